"""The shelf of answers given: kept beside the catalogue, never in an answer's way."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from conftest import NOW
from store.answers import Answers, Told
from store.notebook import PATIENCE
from store.noted import NOTED_VERSION, metadata
from store.records import AnswerNotFound, ArchiveError, ArchiveTooNew

ROOT = Path(__file__).parent.parent


def told(number: int, days_ago: int = 0, release: str = "cp-pont", version: int = 1) -> Told:
    given = NOW - timedelta(days=days_ago) + timedelta(milliseconds=number)
    return Told(f"a-{number}", given, "staff", f"Question {number} ?", ((release, version),), {"answer": {"n": number}})


def test_an_answer_that_was_kept_is_read_back_whole(tmp_path: Path) -> None:
    """Moment to the millisecond, scope, question, releases with versions, and the record."""
    shelf = Answers(tmp_path / "answers.sqlite")
    shelf.keep(told(1))
    assert shelf.told("a-1", NOW) == told(1)
    shelf.close()
    again = Answers(tmp_path / "answers.sqlite")
    assert again.told("a-1", NOW) == told(1)
    again.close()


def test_the_last_answers_come_first_and_those_that_cite_a_release_are_found(tmp_path: Path) -> None:
    """Newest first, even within a second; a release that is corrected leads to the answers that rest on it."""
    shelf = Answers(tmp_path / "answers.sqlite")
    for number in range(5):
        shelf.keep(told(number, release="cp-gare" if number == 3 else "cp-pont"))
    assert [one.id for one in shelf.latest(NOW, 3)] == ["a-4", "a-3", "a-2"]
    assert [one.id for one in shelf.latest(NOW, 9, release_id="cp-gare")] == ["a-3"]
    shelf.close()


def test_an_answer_is_forgotten_after_its_days(tmp_path: Path) -> None:
    """What is too old is neither shown nor left on the disk."""
    path = tmp_path / "answers.sqlite"
    shelf = Answers(path, days=30)
    shelf.keep(told(1, days_ago=31))
    shelf.keep(told(2, days_ago=29))
    assert [one.id for one in shelf.latest(NOW)] == ["a-2"]
    with pytest.raises(AnswerNotFound, match="a-1"):
        shelf.told("a-1", NOW)
    assert shelf.forget(NOW) == 1
    shelf.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT id FROM answers").fetchall() == [("a-2",)]
        assert connection.execute("SELECT answer_id FROM answers_rest_on").fetchall() == [("a-2",)]


def test_the_old_are_forgotten_without_being_asked_to(tmp_path: Path) -> None:
    """The first answer of a day takes away what is too old."""
    path = tmp_path / "answers.sqlite"
    first = Answers(path, days=365)
    first.keep(told(1, days_ago=40))
    first.close()
    shelf = Answers(path, days=30)
    shelf.keep(told(2))
    shelf.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT id FROM answers").fetchall() == [("a-2",)]


def test_nothing_is_kept_where_nothing_is_to_be(tmp_path: Path) -> None:
    """0 days: no file is made, nothing is shown of what was kept before, and it can be erased."""
    path = tmp_path / "answers.sqlite"
    none = Answers(path, days=0)
    none.keep(told(1))
    assert none.latest(NOW) == []
    none.close()
    assert not path.exists()
    before = Answers(path)
    before.keep(told(1))
    before.close()
    none = Answers(path, days=0)
    assert none.latest(NOW) == []
    assert none.forget(NOW) == 1
    none.close()


@pytest.mark.parametrize("spoilt", ["folder", "damaged"])
def test_what_cannot_be_written_is_logged_and_breaks_nothing(
    tmp_path: Path, spoilt: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder in its place, a damaged file: a line in the log, and an error that says where for whoever reads."""
    path = tmp_path / "answers.sqlite"
    if spoilt == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"not a database, and long enough to be seen as none" * 30)
    shelf = Answers(path)
    with caplog.at_level(logging.WARNING):
        shelf.keep(told(1))
        with pytest.raises(ArchiveError, match=r"answers\.sqlite"):
            shelf.told("a-1", NOW)
    shelf.close()
    assert "a-1 is not kept" in caplog.text


def test_a_shelf_that_is_being_written_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Another process holds the file: keeping takes no time, and what waited is written once it lets go."""
    path = tmp_path / "answers.sqlite"
    shelf = Answers(path)
    shelf.keep(told(1))
    shelf.told("a-1", NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    for number in range(2, 50):
        shelf.keep(told(number))
    assert time.perf_counter() - began < PATIENCE / 10
    other.execute("ROLLBACK")
    other.close()
    assert len(shelf.latest(NOW, 100)) == 49
    shelf.close()


def test_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    """The message says which format and what to do."""
    path = tmp_path / "answers.sqlite"
    shelf = Answers(path)
    shelf.keep(told(1))
    shelf.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE answers_format SET version = ?", (NOTED_VERSION + 1,))
    with pytest.raises(ArchiveTooNew, match="Upgrade"):
        Answers(path).latest(NOW)


def test_any_database_of_sqlalchemy_keeps_them(tmp_path: Path) -> None:
    """By address instead of by path; the tables are words PostgreSQL knows, and hold what it refuses in texts."""
    address = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    shelf = Answers(address)
    shelf.keep(Told("a-9", NOW, "public", "Un \ud800 et un \0 ?", (), {"question": "Un \ud800"}))
    assert shelf.told("a-9", NOW).question == "Un ? et un   ?"
    shelf.close()
    with create_engine(address).connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM answers").scalar() == 1
    for table in metadata.sorted_tables:
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))


KEEPING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from store.answers import Answers, Told
shelf = Answers(Path(sys.argv[1]))
for number in range(100_000):
    shelf.keep(Told(f"{sys.argv[2]}-{number}", datetime.now(UTC), "staff", "?", (("cp", 1),), {"whole": ["x"] * 50}))
    shelf.latest(datetime.now(UTC), 1)
    if number == 20:
        print("some", flush=True)
"""


def test_two_processes_keep_answers_and_one_is_killed(tmp_path: Path) -> None:
    """A SIGKILL in the midst of writing leaves whole records, and the other process writes on."""
    path = tmp_path / "answers.sqlite"
    both = [
        subprocess.Popen([sys.executable, "-c", KEEPING, str(path), name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "some\n"
    both[0].kill()
    both[0].wait()
    shelf = Answers(path)
    shelf.keep(Told("mine", datetime.now(UTC), "staff", "?"))
    assert shelf.told("mine", datetime.now(UTC)).id == "mine"
    found = shelf.latest(datetime.now(UTC), 100_000)
    assert {one.id.partition("-")[0] for one in found} == {"one", "two", "mine"}
    assert all(one.record == {"whole": ["x"] * 50} for one in found if one.id != "mine")
    both[1].kill()
    both[1].wait()
    shelf.close()


def test_a_damaged_line_is_told(tmp_path: Path) -> None:
    """Half a record, or a day that is none: the file is named, nothing else breaks."""
    path = tmp_path / "answers.sqlite"
    for column, value in (("record", '{"half'), ("given", "9999-tomorrow")):
        shelf = Answers(path)
        shelf.keep(told(1))
        shelf.close()
        with sqlite3.connect(path) as connection:
            connection.execute(f"UPDATE answers SET {column} = ?", (value,))
        shelf = Answers(path)
        with pytest.raises(ArchiveError, match=r"answers\.sqlite"):
            shelf.latest(NOW)
        shelf.close()
        path.unlink()
