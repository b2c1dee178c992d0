"""Whether a catalogue's file was written to: noticed at once, whoever wrote, and nothing read twice in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.commits import AsCommitted, Commits
from store.records import ArchiveError


def written(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.sqlite"
    written(path, "PRAGMA journal_mode = WAL")
    written(path, "CREATE TABLE notes (word TEXT)")
    return path


@pytest.fixture
def commits(path: Path) -> Iterator[Commits]:
    with closing(Commits(path)) as commits:
        yield commits


def test_number_rises_with_each_commit_and_not_otherwise(path: Path, commits: Commits) -> None:
    """The number is the same while nothing is written, and higher after each commit of another connection."""
    first = commits.number()
    assert commits.number() == first
    written(path, "INSERT INTO notes VALUES ('pont')")
    second = commits.number()
    assert second > first
    written(path, "INSERT INTO notes VALUES ('quai')")
    assert commits.number() > second


def test_what_is_not_committed_does_not_count(path: Path, commits: Commits) -> None:
    """A transaction that is open or undone changes nothing for who reads."""
    first = commits.number()
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO notes VALUES ('pont')")
        assert commits.number() == first
        writer.execute("ROLLBACK")
    assert commits.number() == first


def test_number_rises_when_opened_again(path: Path, commits: Commits) -> None:
    """What was committed while nobody looked is not missed: once closed, the next number is another."""
    first = commits.number()
    commits.close()
    written(path, "INSERT INTO notes VALUES ('pont')")
    assert commits.number() > first


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    """A catalogue that is not there is an error with its place, not a silence."""
    with pytest.raises(ArchiveError, match="nowhere"):
        Commits(tmp_path / "nowhere" / "catalogue.sqlite").number()


def test_a_value_is_read_once_between_two_commits(path: Path, commits: Commits) -> None:
    """A key is read when first asked for, then again only after a commit."""
    read: list[str] = []

    def count(key: str) -> int:
        read.append(key)
        with closing(sqlite3.connect(path)) as connection:
            found: int = connection.execute("SELECT count(*) FROM notes").fetchone()[0]
        return found

    counted = AsCommitted(commits, count)
    assert [counted.of("a"), counted.of("a"), counted.of("b")] == [0, 0, 0]
    assert read == ["a", "b"]
    written(path, "INSERT INTO notes VALUES ('pont')")
    assert counted.of("a") == 1
