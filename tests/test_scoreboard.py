"""An evaluation of a small archive, from the questions to the printed table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import Program
from assistant.answer import Question, Turn
from assistant.desk import Desk
from assistant.evaluation.evaluating import Evaluation, asking, evaluate, joined
from assistant.evaluation.figures import document, milliseconds
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.misses import misses
from assistant.evaluation.scoreboard import table
from assistant.tutorial import Tutorial
from store.archive import Archive
from store.fusion import Weights
from store.records import Filters, Scope

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRAM = "La ligne C du tramway ouvrira le 3 mai 2026. Elle comptera quatorze stations entre la gare et le campus."
POOL = "Le centre aquatique des Ormeaux ferme six semaines pour la réfection de son grand bassin de 50 mètres."
QUESTIONS = (
    GoldQuestion("a", "factoid", Question("Quand ouvrira la ligne C du tramway ?"), ("C-1",), (("3 mai", "03.05"),)),
    GoldQuestion("b", "factoid", Question("Pourquoi le centre aquatique ferme-t-il ?"), ("2026/bassin.txt",)),
    GoldQuestion("c", "followup", Question("Et combien de stations ?", (Turn("Quand ouvre le tramway C ?", ("C-1",)),)),
                 ("C-1",), (("quatorze", "14"),)),
    GoldQuestion("d", "unanswerable", Question("Quel est le salaire du directeur de l'opéra de Valmore ?"), ()),
    GoldQuestion("e", "factoid", Question("Quand ouvrira la ligne C du tramway ?"), ("C-99",), (("12 juin",),)),
)  # fmt: skip


@pytest.fixture
def board(archive: Archive, shelve: Callable[..., object]) -> Evaluation:
    shelve(TRAM, title="Le tramway C ouvre en mai", reference="C-1", published=date(2026, 2, 3))
    shelve(POOL, title="Le centre aquatique ferme", name="/presse/2026/bassin.txt", published=date(2026, 2, 4))
    archive.flush()
    desk = Desk(archive, clock=lambda: NOW)
    return evaluate(desk, archive.view(Scope.STAFF, NOW), QUESTIONS, Scope.STAFF)


def test_what_is_right_and_wrong_is_counted(board: Evaluation) -> None:
    """Found, said and abstained are measured question by question; gold goes by reference or path."""
    assert board.missing == ("C-99",)
    assert {id: values["R@5"] for id, values in board.retrieval.items()} == {"a": 1, "b": 1, "c": 1, "e": 0}
    assert board.marks["a"].correct
    assert board.marks["a"].cites_gold
    assert board.marks["c"].correct
    assert board.marks["d"].abstained
    assert not board.marks["e"].correct
    assert not board.marks["e"].cites_gold
    assert all(not mark.inexact and not mark.unsupported for mark in board.marks.values())


def test_the_document_keeps_every_question(board: Evaluation) -> None:
    """The JSON document has a row a category, one for all, and a line a question."""
    whole = json.loads(json.dumps(document(board)))
    assert list(whole["categories"]) == ["factoid", "followup", "unanswerable", "all"]
    everything = whole["categories"]["all"]
    assert everything["n"] == len(whole["questions"]) == 5
    assert everything["retrieval"]["R@5"]["mean"] == pytest.approx(0.75)
    assert everything["answers"]["correct"] == pytest.approx(2 / 3, abs=1e-4)
    assert everything["answers"]["inexact"] == 0
    assert whole["categories"]["unanswerable"]["retrieval"] is None
    assert whole["categories"]["unanswerable"]["answers"]["abstained"] == 1.0
    assert everything["beside"] == {}


def test_the_table_fits_a_page(board: Evaluation) -> None:
    """The table names each category, the missing gold, and keeps within 120 columns."""
    lines = table(board).splitlines()
    assert max(map(len, lines)) <= 120
    for word in ("factoid", "followup", "unanswerable", "nDCG@10", "Latency", "C-99"):
        assert word in table(board)
    assert "tutorial" not in table(board)


def test_a_damaged_quote_is_seen(board: Evaluation) -> None:
    """A citation that does not match its release is counted and printed."""
    damaged = replace(board.marks["a"], inexact=(1,))
    assert "of which 1 do not match" in table(replace(board, marks={**board.marks, "a": damaged}))


def test_retrieval_alone_asks_for_no_answer(archive: Archive, shelve: Callable[..., object]) -> None:
    """Without answers there are measures and no marks."""
    shelve(TRAM, title="Le tramway C ouvre en mai", reference="C-1")
    archive.flush()
    desk, view = Desk(archive, clock=lambda: NOW), archive.view(Scope.STAFF, NOW)
    board = evaluate(desk, view, QUESTIONS[:1], Scope.STAFF, answers=False)
    assert not board.marks
    assert "Answers" not in table(board)


def test_the_tutorial_stands_beside_it(
    program: Program, archive: Archive, shelve: Callable[..., object], tmp_path: Path
) -> None:
    """Against a baseline, both are measured on the same questions and the gain has its interval."""
    pytest.importorskip("langchain_chroma")
    pytest.importorskip("langchain_huggingface")
    shelve(TRAM, title="Le tramway C ouvre en mai", reference="C-1")
    shelve(POOL, title="Le centre aquatique ferme", reference="C-2")
    archive.flush()
    desk, view = Desk(archive, clock=lambda: NOW), archive.view(Scope.STAFF, NOW)
    tutorial = Tutorial(program.model, tmp_path / "tutorial")
    tutorial.index((release.id, release.text) for release in map(view.release, ("C-1", "C-2")))

    beside = {"tutorial": lambda question: tutorial.retrieve(joined(question))}
    board = evaluate(desk, view, QUESTIONS[:1], Scope.STAFF, answers=False, beside=beside)

    assert board.beside["tutorial"]["a"]["RR"] == 1.0
    assert "Gained over tutorial: nDCG@10 +0.00" in table(board)
    assert document(board)["categories"]["factoid"]["beside"]["tutorial"]["retrieval"]["RR"]["mean"] == 1.0


def test_other_rankings_stand_beside_it(archive: Archive, shelve: Callable[..., object]) -> None:
    """Each ranking has its row, its gain question by question, and its shares by category."""
    shelve(TRAM, title="Le tramway C ouvre en mai", reference="C-1", published=date(2026, 2, 3))
    shelve(POOL, title="Le centre aquatique ferme", name="/presse/2026/bassin.txt", published=date(2026, 2, 4))
    archive.flush()
    view = archive.view(Scope.STAFF, NOW)
    words = asking(Desk(archive, clock=lambda: NOW, weights=Weights(passage=0, sentence=0, title=0)), Scope.STAFF)
    beside = {"words": words, "blind": lambda question: ["nothing"]}

    board = evaluate(Desk(archive, clock=lambda: NOW), view, QUESTIONS[:4], Scope.STAFF, answers=False, beside=beside)

    assert board.beside["words"]["a"]["Success@1"] == 1.0
    assert {value["R@10"] for value in board.beside["blind"].values()} == {0.0}
    text = table(board)
    assert "Gained over blind: nDCG@10 +1.00 [+1.00–+1.00], first +1.00" in text
    assert "factoid           2     1.00 / 1.00   1.00 / 1.00   0.00 / 0.00" in text
    assert max(map(len, text.splitlines())) <= 120
    assert document(board)["categories"]["all"]["beside"]["blind"]["gained"]["R@5"]["mean"] == 1.0


def test_the_catalogue_s_answers_have_their_own_table(archive: Archive, shelve: Callable[..., object]) -> None:
    """Exact or not, and what was wrong: a gold count the archive does not bear out is a miss."""
    shelve(TRAM, title="Le tramway C ouvre en mai", reference="C-1", published=date(2026, 2, 3))
    shelve(POOL, title="Le centre aquatique ferme", reference="C-2", published=date(2026, 2, 4))
    archive.flush()
    newest = Question("Quel est le dernier communiqué ?")
    questions = (
        GoldQuestion("right", "last", newest, ("C-2",), filters=Filters(), ordered=True),
        GoldQuestion("wrong", "last", newest, ("C-1",), filters=Filters(issuers=("Port de Sarvelle",)), ordered=True),
    )
    desk, view = Desk(archive, clock=lambda: NOW), archive.view(Scope.STAFF, NOW)

    board = evaluate(desk, view, questions, Scope.STAFF)

    assert board.faults == {"right": (), "wrong": ("filters", "order")}
    assert "last              2  0.50 [0.00–1.00]           1        1        0        0" in table(board)
    assert document(board)["categories"]["last"]["exact"]["mean"] == 0.5
    told = misses(board)
    assert "wrong  Quel est le dernier communiqué ?\n      filters; order\n" in told
    assert "right: issuers ['Port de Sarvelle']" in told
    assert "right  Quel" not in told


def test_misses_are_told_with_their_questions(board: Evaluation) -> None:
    """A question without its gold release in the first five is listed with what came first; a good one is not."""
    told = misses(board)
    assert (
        "Misses in factoid\n  e  Quand ouvrira la ligne C du tramway ?\n      no gold release in the first ten" in told
    )
    assert "gold C-99; first" in told
    assert "« Le tramway C ouvre en mai »" in told
    assert "  a  " not in told
    assert "followup" not in told


def test_latency_is_given_in_milliseconds() -> None:
    """Median and 95th percentile, of one figure as of many; of none, none."""
    assert milliseconds([0.1] * 19 + [2.0])["p50"] == 100.0
    assert milliseconds([0.2])["p95"] == 200.0
    assert milliseconds([])["p50"] is None
