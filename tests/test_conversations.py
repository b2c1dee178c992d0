"""Conversations of one owner each: kept in order, found by their words, gone when they are to be."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from conftest import NOW
from store.answers import Answers, Told
from store.conversations import LONGEST_TITLE, Conversations, Exchange, new_id
from store.notebook import PATIENCE, Notebook
from store.records import ArchiveError, ConversationNotFound

ROOT = Path(__file__).parent.parent


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path / "answers.sqlite")


def exchange(number: int, days_ago: int = 0, question: str | None = None) -> Exchange:
    given = NOW - timedelta(days=days_ago) + timedelta(milliseconds=number)
    return Exchange(question or f"Question {number} ?", given, f"a-{number}")


def test_questions_are_read_back_in_order(notebook: Notebook) -> None:
    """Each with its moment and its answer's id, by whoever opens the file next."""
    kept = Conversations(notebook)
    for number in (1, 2, 3):
        kept.add("anne", "c", exchange(number), "La gare rouvre.")
    notebook.close()
    assert kept.turns("anne", "c", NOW) == [exchange(1), exchange(2), exchange(3)]
    assert kept.turns("anne", "c", NOW, last=2) == [exchange(2), exchange(3)]
    notebook.close()


def test_a_conversation_is_called_by_its_first_question_until_it_is_renamed(notebook: Notebook) -> None:
    """And again when its own title is taken away; a title is one line of bounded length."""
    kept = Conversations(notebook)
    kept.add("anne", "c", exchange(1), "")
    kept.add("anne", "c", exchange(2), "")
    line = kept.one("anne", "c", NOW)
    assert (line.title, line.named, line.turns) == ("Question 1 ?", False, 2)
    assert (line.began, line.changed) == (exchange(1).given, exchange(2).given)
    kept.rename("anne", "c", "  La\ngare \0 " + "x" * 500)
    line = kept.one("anne", "c", NOW)
    assert line.named
    assert line.title.startswith("La gare x")
    assert len(line.title) == LONGEST_TITLE
    kept.rename("anne", "c", " ")
    assert kept.one("anne", "c", NOW).title == "Question 1 ?"
    notebook.close()


def test_nobody_meets_the_conversation_of_another(notebook: Notebook) -> None:
    """Neither reading, searching, renaming, deleting, nor adding to it: for another it does not exist."""
    kept = Conversations(notebook)
    kept.add("anne", "c", exchange(1), "Un secret de la gare.")
    kept.add("bruno", "d", exchange(2), "")
    for attempt in (
        lambda: kept.one("bruno", "c", NOW),
        lambda: kept.turns("bruno", "c", NOW),
        lambda: kept.rename("bruno", "c", "À moi"),
        lambda: kept.delete("bruno", "c"),
    ):
        with pytest.raises(ConversationNotFound):
            attempt()
    assert [line.id for line in kept.listed("bruno", NOW)] == ["d"]
    assert kept.listed("bruno", NOW, "secret") == []
    assert kept.cited("bruno", ["c"], NOW) == {}
    assert not kept.got("bruno", "a-1", NOW)
    assert kept.got("anne", "a-1", NOW)
    kept.add("bruno", "c", exchange(3), "")
    assert kept.turns("anne", "c", NOW) == [exchange(1)]
    assert kept.listed("", NOW) == []
    notebook.close()


def test_the_latest_comes_first_and_the_list_has_pages(notebook: Notebook) -> None:
    """By its last question, not by its first."""
    kept = Conversations(notebook)
    for number in (1, 2, 3):
        kept.add("anne", f"c{number}", exchange(number), "")
    kept.add("anne", "c1", exchange(4), "")
    assert [line.id for line in kept.listed("anne", NOW)] == ["c1", "c3", "c2"]
    assert [line.id for line in kept.listed("anne", NOW, limit=1, offset=1)] == ["c3"]
    notebook.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("GARE", {"c1"}),
        ("rénovée", {"c1"}),
        ("renovee", {"c1"}),
        ("gare sarvelle", {"c1"}),
        ("gare piscine", set()),
        ("piscine été", {"c2"}),
        ("oeuvre", {"c2"}),
        ("%", {"c2"}),
        ("_", set()),
        ("' OR 1=1 --", set()),
        ("   ", {"c1", "c2"}),
    ],
)
def test_it_is_found_by_words_of_title_question_or_answer(notebook: Notebook, words: str, found: set[str]) -> None:
    """Every word must be there, whatever its capitals and accents; signs of SQL are only signs."""
    kept = Conversations(notebook)
    kept.add("anne", "c1", exchange(1, question="Que dit la Métropole de Sarvelle ?"), "La\u00a0gare sera RÉNOVÉE.")
    kept.add("anne", "c2", exchange(2, question="Et l’été ?"), "Une œuvre coûte 30 % de plus.")
    kept.rename("anne", "c2", "La piscine")
    assert {line.id for line in kept.listed("anne", NOW, words)} == found
    notebook.close()


def test_an_answer_that_is_asked_again_takes_the_place_of_the_one_before(notebook: Notebook) -> None:
    """Where that is not there any more, it comes last."""
    kept = Conversations(notebook)
    for number in (1, 2, 3):
        kept.add("anne", "c", exchange(number), "")
    kept.add("anne", "c", exchange(9), "Autrement.", instead_of="a-2")
    assert kept.turns("anne", "c", NOW) == [exchange(1), exchange(9), exchange(3)]
    kept.add("anne", "c", exchange(10), "", instead_of="a-2")
    assert kept.turns("anne", "c", NOW)[-1] == exchange(10)
    assert kept.listed("anne", NOW, "autrement")
    notebook.close()


def test_two_windows_on_one_conversation_lose_no_question(tmp_path: Path) -> None:
    """Nor do two programs on one file: what both ask stands there, each question once."""
    path = tmp_path / "answers.sqlite"
    windows = [Notebook(path), Notebook(path)]

    def ask(which: int) -> None:
        for number in range(20):
            Conversations(windows[which]).add("anne", "c", exchange(100 * which + number), "")

    threads = [threading.Thread(target=ask, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    windows[1].close()
    found = Conversations(windows[0]).turns("anne", "c", NOW)
    assert {one.answer_id for one in found} == {f"a-{100 * which + n}" for which in (0, 1) for n in range(20)}
    assert len(found) == 40
    windows[0].close()


def test_a_deleted_conversation_is_gone(tmp_path: Path, notebook: Notebook) -> None:
    """Its questions are left neither in the tables nor in the file; the answers' records, nameless, stay."""
    kept, answers = Conversations(notebook), Answers(notebook)
    answers.keep(Told("a-1", NOW, "staff", "La question ?", (), {"who": "nobody"}))
    kept.add("anne", "c", exchange(1, question="Zanzibar, la question ?"), "réponse")
    kept.delete("anne", "c")
    with pytest.raises(ConversationNotFound):
        kept.turns("anne", "c", NOW)
    assert answers.told("a-1", NOW).record == {"who": "nobody"}
    notebook.close()
    assert b"anzibar" not in (tmp_path / "answers.sqlite").read_bytes()


def test_questions_live_as_long_as_answers(tmp_path: Path) -> None:
    """Each by its own day: a conversation goes with its last question, and its title is the first that is left."""
    notebook = Notebook(tmp_path / "answers.sqlite", days=30)
    kept = Conversations(notebook)
    kept.add("anne", "old", exchange(1, days_ago=31), "")
    kept.add("anne", "c", exchange(2, days_ago=40, question="Oubliée ?"), "vieille")
    kept.add("anne", "c", exchange(3), "")
    assert [line.title for line in kept.listed("anne", NOW)] == ["Question 3 ?"]
    assert kept.listed("anne", NOW, "vieille") == []
    assert kept.turns("anne", "c", NOW) == [exchange(3)]
    notebook.forget(NOW)
    notebook.close()
    with sqlite3.connect(tmp_path / "answers.sqlite") as connection:
        assert connection.execute("SELECT id FROM conversations").fetchall() == [("c",)]
        assert connection.execute("SELECT answer_id FROM turns").fetchall() == [("a-3",)]


def test_nothing_is_kept_where_no_answer_is(tmp_path: Path) -> None:
    """0 days: no file, an empty list, and no error for whoever asks on."""
    notebook = Notebook(tmp_path / "answers.sqlite", days=0)
    kept = Conversations(notebook)
    kept.add("anne", new_id(), exchange(1), "")
    assert not kept.keeps
    assert kept.listed("anne", NOW) == []
    notebook.close()
    assert not (tmp_path / "answers.sqlite").exists()


def test_the_releases_of_a_list_of_conversations_are_told_at_once(notebook: Notebook) -> None:
    """Each with the version that was cited, and when first; conversations without any are left out."""
    kept, answers = Conversations(notebook), Answers(notebook)
    answers.keep(Told("a-1", NOW, "staff", "?", (("cp-gare", 1), ("cp-pont", 2))))
    answers.keep(Told("a-2", NOW, "staff", "?", (("cp-gare", 1),)))
    for number, conversation in ((1, "c"), (2, "c"), (3, "d")):
        kept.add("anne", conversation, exchange(number), "")
    first = exchange(1).given
    assert kept.cited("anne", ["c", "d"], NOW) == {"c": {("cp-gare", 1): first, ("cp-pont", 2): first}}
    notebook.close()


def test_adding_waits_for_nobody_and_breaks_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Another process holds the file: no time is lost. A damaged file: a line in the log, told to who reads."""
    path = tmp_path / "answers.sqlite"
    notebook = Notebook(path)
    kept = Conversations(notebook)
    kept.add("anne", "c", exchange(1), "")
    kept.one("anne", "c", NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    kept.add("anne", "c", exchange(2), "")
    assert time.perf_counter() - began < PATIENCE / 10
    other.execute("ROLLBACK")
    other.close()
    assert kept.one("anne", "c", NOW).turns == 2
    notebook.close()
    path.write_bytes(b"not a database, and long enough to be seen as none" * 30)
    spoilt = Notebook(path)
    with caplog.at_level(logging.WARNING):
        Conversations(spoilt).add("anne", "c", exchange(3), "")
        with pytest.raises(ArchiveError, match=r"answers\.sqlite"):
            Conversations(spoilt).listed("anne", NOW)
    assert "is not kept" in caplog.text
    spoilt.close()


def test_any_database_of_sqlalchemy_keeps_them(tmp_path: Path) -> None:
    """By address instead of by path, whatever stands in the texts."""
    notebook = Notebook(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    kept = Conversations(notebook)
    kept.add("anne", "c", exchange(1, question="Un \ud800 et un \0 ?"), "\0\udfff")
    assert kept.turns("anne", "c", NOW)[0].question == "Un ? et un   ?"
    notebook.close()
    with create_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}").connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM turns").scalar() == 1


ASKING = """
import os, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from store.conversations import Conversations, Exchange
from store.notebook import Notebook
kept = Conversations(Notebook(Path(sys.argv[1])))
for number in range(50):
    kept.add("anne", "c", Exchange(f"{number} ?", datetime.now(UTC), f"a-{number}"), "La gare. " * 200)
print("shown", flush=True)
time.sleep(1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_shown_is_there_after_the_program_was_killed(tmp_path: Path, notebook: Notebook) -> None:
    """A SIGKILL a second after an answer: every question stands there, in order."""
    done = subprocess.run(
        [sys.executable, "-c", ASKING, str(tmp_path / "answers.sqlite")], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (-9, "shown\n")
    found = Conversations(notebook).turns("anne", "c", datetime.now(UTC))
    assert [one.answer_id for one in found] == [f"a-{number}" for number in range(50)]
    notebook.close()
