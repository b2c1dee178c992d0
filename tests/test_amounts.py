"""Numbers with their unit, what they count and how they are bounded, in four languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.amounts import amounts


def read(text: str, language: str = "fr") -> list[tuple[str, str, str]]:
    """Value, unit and bound of each amount."""
    return [(f"{one.value.normalize():f}", one.unit, one.bound) for one in amounts(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1,9 million de francs", "fr", ("1900000", "CHF", "")),
        ("1 900 000 francs", "fr", ("1900000", "CHF", "")),
        ("CHF 1.9 Mio.", "en", ("1900000", "CHF", "")),
        ("1'900'000 Franken", "de", ("1900000", "CHF", "")),
        ("12 M€", "fr", ("12000000", "EUR", "")),
        ("12,500.5 euros", "en", ("12500.5", "EUR", "")),
        ("3,2 milioni di euro", "it", ("3200000", "EUR", "")),
        ("deux cents habitants", "fr", ("200", "", "")),
        ("12 Prozent", "de", ("12", "%", "")),
        ("12 pour cent", "fr", ("12", "%", "")),
        ("12 points", "fr", ("12", "point", "")),
        ("plus de 300 emplois", "fr", ("300", "", "more")),
        ("mindestens 40 Jahre", "de", ("40", "year", "more")),
        ("up to 20 km", "en", ("20", "km", "less")),
        ("environ un tiers", "fr", (f"{1 / Decimal(3):f}", "share", "about")),
        ("la moitié", "fr", ("0.5", "share", "")),
        ("la troisième édition", "fr", ("3", "ordinal", "")),
        ("la 2e fois", "fr", ("2", "ordinal", "")),
        ("une dizaine de projets", "fr", ("10", "", "about")),
        ("à 14 h 30", "fr", ("870", "clock", "")),
        ("um 14.30 Uhr", "de", ("870", "clock", "")),
        ("at 2:30", "en", ("150", "clock", "")),
        ("04 65 71 00 12", "fr", ("465710012", "phone", "")),
        ("+33 4 65 71 00 12", "fr", ("465710012", "phone", "")),
    ],
)
def test_an_amount_is_the_same_however_it_is_written(text: str, language: str, expected: tuple[str, str, str]) -> None:
    """Digits, words, scales, currencies, bounds, ordinals, shares, hours and telephone numbers are read."""
    assert read(text, language) == [expected]


def test_a_range_shares_scale_and_unit() -> None:
    """« 5 à 7 % » are two percentages, « entre 5 et 7 millions d'euros » two sums."""
    assert read("de 5 à 7 %") == [("5", "%", "range"), ("7", "%", "range")]
    assert [value for value, unit, _ in read("entre 5 et 7 millions d'euros") if unit == "EUR"] == [
        "5000000",
        "7000000",
    ]


def test_what_is_counted_tells_two_numbers_apart() -> None:
    """300 jobs are not 300 homes; what is counted may be left unsaid."""
    jobs, homes, bare = (amounts(text, "fr")[0] for text in ("300 emplois", "300 logements neufs", "300."))
    assert not homes.borne_by(jobs)
    assert bare.borne_by(jobs)
    assert homes.borne_by(jobs, same_language=False)


@given(st.integers(1, 10**9))
def test_grouping_changes_no_number(number: int) -> None:
    """Spaces, thin spaces and apostrophes between thousands leave the value as it is."""
    grouped = f"{number:,}"
    for mark in (" ", "\u00a0", "\u202f", "'", "’"):
        assert read(f"{grouped.replace(',', mark)} euros") == [(str(number), "EUR", "")]
