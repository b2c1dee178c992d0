"""Evaluation: question files, measures, intervals."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from assistant.answer import Question, Turn
from assistant.evaluation.evaluating import joined
from assistant.evaluation.gold import read_questions
from assistant.evaluation.measures import estimate, measure
from store.records import PressArchiveError


def test_questions_are_read_in_both_shapes(tmp_path: Path) -> None:
    """`releases` and `must_contain`, or `gold` and `answers`: both say what is right."""
    file = tmp_path / "questions.jsonl"
    first = {
        "id": "a",
        "category": "followup",
        "question": "Et quand ?",
        "history": [{"question": "Qui ouvre la ligne C ?", "releases": ["r1"]}],
        "releases": ["r2"],
        "must_contain": [["3 mai"], ["ligne C", "tram C"]],
    }
    second = {"question": "Combien de stations ?", "gold": ["r1"], "answers": ["14", "quatorze"]}
    third = {"id": "c", "question": "Et le maire ?", "gold": [], "answerable": False}
    file.write_text("\n".join(["", *map(json.dumps, (first, second, third))]), encoding="utf-8")

    a, b, c = read_questions(file)

    assert a.question == Question("Et quand ?", (Turn("Qui ouvre la ligne C ?", ("r1",)),))
    assert (a.category, a.releases, a.facts) == ("followup", ("r2",), (("3 mai",), ("ligne C", "tram C")))
    assert (b.category, b.releases, b.facts) == ("question", ("r1",), (("14", "quatorze"),))
    assert (c.category, c.releases, c.facts) == ("unanswerable", (), ())
    assert len({a.id, b.id, c.id}) == 3


def test_a_compressed_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    """`.gz` files are read as they are; `limit` takes the first questions."""
    file = tmp_path / "questions.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"question": f"n° {n} ?", "gold": [str(n)]}) + "\n" for n in range(5))
    assert [q.question.text for q in read_questions(file, limit=2)] == ["n° 0 ?", "n° 1 ?"]


@pytest.mark.parametrize("line", ["{", '{"question": "Qui ?"}', '{"gold": ["a"]}', "[]", '"Qui ?"'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """A line that is no question stops the evaluation and says which line it is."""
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "Qui ?", "gold": ["a"]}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(PressArchiveError, match=r"questions\.jsonl line 2"):
        read_questions(file)


def test_a_file_without_questions_says_so(tmp_path: Path) -> None:
    """An empty or absent file is an error with its name, not a perfect score."""
    (tmp_path / "empty.jsonl").write_text("\n")
    for name in ("empty.jsonl", "absent.jsonl"):
        with pytest.raises(PressArchiveError, match=name):
            read_questions(tmp_path / name)


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


def test_a_follow_up_is_joined_to_its_history_for_a_pipeline_without_memory() -> None:
    """The baseline is asked the earlier questions too, in their order."""
    assert joined(Question("Et quand ?", (Turn("Qui ?"), Turn("Où ?")))) == "Qui ? Où ? Et quand ?"
