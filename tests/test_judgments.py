"""What people think of answers: one standing judgment a person and answer, seen to by an archivist."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW
from store.answers import Answers, Told
from store.judgments import LONGEST_WORD, Handled, Judgment, Judgments, Tally, Verdict
from store.notebook import Notebook
from store.records import AnswerNotFound


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    notebook = Notebook(tmp_path / "answers.sqlite")
    for number in range(4):
        Answers(notebook).keep(Told(f"a-{number}", NOW, "staff", f"Question {number} ?"))
    return notebook


def judged(number: int, judge: str = "anne", verdict: Verdict = Verdict.WRONG, **more: object) -> Judgment:
    return Judgment(f"a-{number}", judge, verdict, NOW + timedelta(milliseconds=number), **more)  # type: ignore[arg-type]


def test_a_judgment_stands_with_its_answer(notebook: Notebook) -> None:
    """Verdict, the number of the source, the word why, who and when."""
    kept = Judgments(notebook)
    kept.judge(judged(1, verdict=Verdict.WRONG_SOURCE, citation=2, why=" Le [2] parle d’un autre pont. "))
    assert kept.standing("anne", ["a-1", "a-2"], NOW) == {
        "a-1": judged(1, verdict=Verdict.WRONG_SOURCE, citation=2, why="Le [2] parle d’un autre pont.")
    }
    assert kept.standing("bruno", ["a-1"], NOW) == {}
    notebook.close()


def test_one_person_has_one_judgment_of_an_answer(notebook: Notebook) -> None:
    """The later takes the place of the earlier; it can be taken back; another's stays."""
    kept = Judgments(notebook)
    kept.judge(judged(1, verdict=Verdict.USEFUL))
    kept.judge(judged(1, "bruno"))
    kept.judge(judged(1, why="Faux."))
    assert kept.listed(NOW) == [judged(1, why="Faux."), judged(1, "bruno")]
    kept.retract("a-1", "anne")
    kept.retract("a-1", "anne")
    assert kept.listed(NOW) == [judged(1, "bruno")]
    notebook.close()


def test_an_answer_that_is_not_kept_cannot_be_judged(notebook: Notebook) -> None:
    """Nor one that was kept long enough."""
    with pytest.raises(AnswerNotFound):
        Judgments(notebook).judge(judged(9))
    late = Judgment("a-1", "anne", Verdict.USEFUL, NOW + timedelta(days=400))
    with pytest.raises(AnswerNotFound):
        Judgments(notebook).judge(late)
    notebook.close()


def test_the_archivist_sees_to_them(notebook: Notebook) -> None:
    """With a note; a judgment that changes is to be seen to again; one can be opened again."""
    kept = Judgments(notebook)
    kept.judge(judged(1))
    seen = Handled(NOW, "carole", "La date était fausse : corrigée.")
    kept.handle("a-1", "anne", seen)
    assert kept.listed(NOW, handled=True)[0].handled == seen
    assert kept.listed(NOW, handled=False) == []
    kept.handle("a-1", "anne", None)
    assert kept.listed(NOW, handled=False)[0].handled is None
    kept.handle("a-1", "anne", seen)
    kept.judge(judged(1, why="Toujours faux."))
    assert kept.listed(NOW)[0].handled is None
    with pytest.raises(AnswerNotFound):
        kept.handle("a-1", "bruno", seen)
    notebook.close()


def test_they_are_listed_newest_first_and_by_verdict(notebook: Notebook) -> None:
    """In pages, with how many there are of each and how many wait."""
    kept = Judgments(notebook)
    kept.judge(judged(0, verdict=Verdict.USEFUL))
    for number in (1, 2, 3):
        kept.judge(judged(number))
    kept.handle("a-2", "anne", Handled(NOW, "carole", ""))
    assert [one.answer_id for one in kept.listed(NOW, limit=2, offset=1)] == ["a-2", "a-1"]
    assert [one.answer_id for one in kept.listed(NOW, Verdict.WRONG, handled=False)] == ["a-3", "a-1"]
    assert kept.tallies(NOW) == {
        Verdict.USEFUL: Tally(1, 1),
        Verdict.WRONG: Tally(3, 2),
        Verdict.WRONG_SOURCE: Tally(0, 0),
    }
    notebook.close()


def test_a_word_why_is_bounded(notebook: Notebook) -> None:
    """And holds nothing a database refuses."""
    kept = Judgments(notebook)
    kept.judge(judged(1, why="a\0\ud800" + "x" * 5_000))
    assert len(kept.listed(NOW)[0].why) == LONGEST_WORD
    notebook.close()


def test_they_go_with_their_answers(tmp_path: Path) -> None:
    """What is forgotten is neither listed nor left behind; where nothing is kept, nothing can be judged."""
    notebook = Notebook(tmp_path / "answers.sqlite", days=30)
    Answers(notebook).keep(Told("a-1", NOW, "staff", "?"))
    kept = Judgments(notebook)
    kept.judge(judged(1))
    later = NOW + timedelta(days=31)
    assert kept.listed(later) == []
    assert kept.tallies(later)[Verdict.WRONG] == Tally(0, 0)
    notebook.forget(later)
    assert kept.listed(NOW) == []
    notebook.close()
    none = Notebook(tmp_path / "none.sqlite", days=0)
    assert not Judgments(none).keeps
    assert Judgments(none).listed(NOW) == []
    none.close()
