"""Measures of what was found, and their intervals."""

from __future__ import annotations

import pytest

from assistant.evaluation.measures import estimate, gained, measure


def test_measures_follow_the_order_of_what_was_found() -> None:
    """The first place is worth more than the third, and what is not found is worth nothing."""
    wanted = {"first": ["g"], "third": ["g"], "lost": ["g"], "two": ["g", "h"], "none": []}
    found = {"first": ["g", "x"], "third": ["x", "y", "g"], "lost": ["x"], "two": ["g", "x", "h"]}

    values = measure(wanted, found)

    assert values["first"] == pytest.approx(dict.fromkeys(values["first"], 1.0))
    assert values["third"]["RR"] == pytest.approx(1 / 3)
    assert (values["third"]["R@1"], values["third"]["R@5"]) == (0.0, 1.0)
    assert values["third"]["nDCG@10"] == pytest.approx(0.5)
    assert set(values["lost"].values()) == {0.0}
    assert (values["two"]["R@1"], values["two"]["Success@1"], values["two"]["R@5"]) == (0.5, 1.0, 1.0)
    assert "none" not in values


def test_nothing_found_at_all_is_zero() -> None:
    """An engine that finds nothing scores zero, question by question."""
    assert measure({"q": ["g"]}, {"q": []})["q"]["nDCG@10"] == 0.0
    assert measure({}, {}) == {}


def test_an_interval_holds_its_mean_and_is_the_same_twice() -> None:
    """Bootstrap intervals surround the mean, narrow with more questions, and are seeded."""
    few, many = estimate([0.0, 1.0] * 10), estimate([0.0, 1.0] * 500)
    assert few is not None
    assert many is not None
    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert estimate([0.0, 1.0] * 10) == few
    assert estimate([]) is None


def test_an_interval_is_as_wide_as_theory_says() -> None:
    """For a share of one half over 400 questions 95 % lie within 0.049 of it."""
    made = estimate([0.0, 1.0] * 200)
    assert made is not None
    assert made.high - made.mean == pytest.approx(0.049, abs=0.004)
    assert made.mean - made.low == pytest.approx(0.049, abs=0.004)


def test_a_difference_is_taken_question_by_question() -> None:
    """Where one ranking is better on every question by the same, the interval has no width at all."""
    ours = {"a": {"RR": 1.0}, "b": {"RR": 0.5}, "c": {"RR": 0.75}}
    other = {"a": {"RR": 0.75}, "b": {"RR": 0.25}, "c": {"RR": 0.5}}
    difference = gained(ours, other, "RR")
    assert difference is not None
    assert (difference.low, difference.mean, difference.high) == pytest.approx((0.25, 0.25, 0.25))
    backwards = gained(other, ours, "RR")
    assert backwards is not None
    assert backwards.mean == pytest.approx(-0.25)
