"""Questions with known answers: the files they stand in, and how a pipeline without memory is asked."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Question, Turn
from assistant.evaluation.evaluating import joined
from assistant.evaluation.gold import question_document, read_questions
from store.period import Period
from store.records import Filters, PressArchiveError


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


def test_what_the_catalogue_should_answer_is_read_and_written(tmp_path: Path) -> None:
    """Filters, counts, order and completeness are gold too; a question written down is read back the same."""
    file = tmp_path / "questions.jsonl"
    filters = {"from": "2031-05-01", "to": "2031-05-31", "issuers": ["Ville de Sarvelle"], "languages": []}
    line = {
        "id": "n",
        "category": "count",
        "question": "Combien en mai 2031 ?",
        "gold": [],
        "filters": filters,
        "count": 0,
    }
    file.write_text(json.dumps(line), encoding="utf-8")

    (gold,) = read_questions(file)

    assert gold.filters == Filters(Period(date(2031, 5, 1), date(2031, 5, 31)), ("Ville de Sarvelle",))
    assert (gold.count, gold.ordered, gold.of_catalogue) == (0, False, True)
    file.write_text(json.dumps(question_document(replace(gold, ordered=True, complete=True))), encoding="utf-8")
    assert read_questions(file) == (replace(gold, ordered=True, complete=True),)


def test_a_compressed_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    """`.gz` files are read as they are; `limit` takes the first questions."""
    file = tmp_path / "questions.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"question": f"n° {n} ?", "gold": [str(n)]}) + "\n" for n in range(5))
    assert [q.question.text for q in read_questions(file, limit=2)] == ["n° 0 ?", "n° 1 ?"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"question": "Qui ?"}',
        '{"gold": ["a"]}',
        "[]",
        '"Qui ?"',
        '{"question": 3, "gold": []}',
        '{"question": "Q", "gold": [1]}',
        '{"question": "Q", "gold": [], "filters": {"from": "mai"}}',
        '{"question": "Q", "gold": [], "count": "many"}',
    ],
)
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


def test_a_follow_up_is_joined_to_its_history_for_a_pipeline_without_memory() -> None:
    """The baseline is asked the earlier questions too, in their order."""
    assert joined(Question("Et quand ?", (Turn("Qui ?"), Turn("Où ?")))) == "Qui ? Où ? Et quand ?"
