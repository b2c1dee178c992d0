"""Whether anything was written to a catalogue's file since one last looked, by whichever process.

Asking costs some microseconds, a question to the catalogue some hundred: what is asked again
and again within one search is read once between two writings. Knows nothing of what is kept.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

from store.records import ArchiveError

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Commits:
    """Counts the commits to one SQLite file, seen over a connection that never writes; safe between threads.

    SQLite's `data_version` is another as soon as another connection committed, in this
    process or elsewhere.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._version = -1
        self._number = 0
        self._looking = threading.Lock()

    def number(self) -> int:
        """A higher number after each commit; what is read after asking is as of it, or newer. Raises ArchiveError."""
        with self._looking:
            try:
                if self._db is None:
                    self._db = sqlite3.connect(self._path, timeout=60, check_same_thread=False, isolation_level=None)
                    self._version = -1
                (version,) = self._db.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error as error:
                raise ArchiveError(f"{self._path}: cannot be read ({error}). Check the folder and the disk.") from error
            if version != self._version:
                self._version = version
                self._number += 1
            return self._number

    def close(self) -> None:
        with self._looking:
            if self._db is not None:
                self._db.close()
                self._db = None


class AsCommitted(Generic[K, V]):
    """What `read` gives for a key, remembered until the next commit. For few keys: none is dropped before."""

    def __init__(self, commits: Commits, read: Callable[[K], V]) -> None:
        self._commits = commits
        self._read = read
        self._number = -1
        self._kept: dict[K, V] = {}
        self._keeping = threading.Lock()

    def of(self, key: K) -> V:
        number = self._commits.number()
        with self._keeping:
            if number != self._number:
                self._number, self._kept = number, {}
            elif key in self._kept:
                return self._kept[key]
        value = self._read(key)
        with self._keeping:
            if number == self._number:
                self._kept[key] = value
        return value
