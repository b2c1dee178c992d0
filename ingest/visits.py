"""What is remembered of web addresses from one visit to the next, in one SQLite file.

Only memory: without it everything is asked and read again, and nothing else is lost. So a
damaged file is put aside and begun anew. Does not know what a feed or a page is.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

LARGEST_BODY = 32 * 1024 * 1024
_PATIENCE = 30.0
_TABLE = """create table if not exists visits (
    url text primary key, etag text, modified text, sha256 text not null, seen text not null, body blob
)"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address answered at `seen` (UTC), and by what it can be asked whether it has changed.

    `body` is kept of feeds and sitemaps alone: unchanged, they are read again.
    """

    sha256: str
    seen: datetime
    etag: str | None = None
    modified: str | None = None
    body: bytes | None = None


class Visits:
    """The last visit to each address; made where there is no file yet. `notice` is told what was lost."""

    def __init__(self, path: Path, notice: Callable[[str], None] = lambda words: None) -> None:
        self._path = path
        self._notice = notice
        self._connection: sqlite3.Connection | None = None

    def last(self, url: str) -> Visit | None:
        """The last visit to `url`, if there was one."""
        rows = self._run("select sha256, seen, etag, modified, body from visits where url = ?", (url,))
        try:
            for sha256, seen, etag, modified, body in rows:
                unpacked = None if body is None else zlib.decompress(body)
                return Visit(sha256, datetime.fromisoformat(seen), etag, modified, unpacked)
        except (ValueError, TypeError, zlib.error):
            return None
        return None

    def keep(self, url: str, visit: Visit) -> None:
        """Remember a visit in the place of the one before."""
        body = visit.body if visit.body is not None and len(visit.body) <= LARGEST_BODY else None
        packed = None if body is None else zlib.compress(body)
        row = (url, visit.etag, visit.modified, visit.sha256, visit.seen.astimezone(UTC).isoformat(), packed)
        self._run("insert or replace into visits (url, etag, modified, sha256, seen, body) values (?,?,?,?,?,?)", row)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[str, str, str, str, bytes]]:
        for _ in range(2):
            try:
                if self._connection is None:
                    self._connection = self._opened()
                with self._connection:
                    return list(self._connection.execute(statement, values))
            except sqlite3.OperationalError as error:
                self._notice(f"{self._path}: {error}; web pages will be asked for anew")
                return []
            except sqlite3.DatabaseError as error:
                self._begin_anew(error)
        return []

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
        try:
            connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        self.close()
        aside = self._path.with_name(f"{self._path.name}.damaged")
        try:
            self._path.replace(aside)
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError:
            aside = self._path
        self._notice(f"{self._path}: damaged ({error}); put aside as {aside.name}, web pages will be asked for anew")
