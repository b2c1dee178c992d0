"""The notebook beside the catalogue: a database written behind whoever answers, and forgotten after a while.

SQLite lets one process write a file at a time, so in a file of its own no answer waits for
an ingestion and no ingestion for an answer; on PostgreSQL, tables of their own. What must
delay nobody is written in a thread of its own, in the order it came; a write that fails is
logged. Knows nothing about what stands in it.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from store.noted import forget_before, prepare
from store.records import ArchiveError
from store.sqlite import moment_text, opened

log = logging.getLogger(__name__)

DAYS = 365
"""How long it is kept where nothing else is said."""
WAITING = 2_000
"""Notes that may wait to be written; more are not kept."""
PATIENCE = 5.0
"""Seconds that a reader, or the end of the program, waits for what is being written."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Note:
    """Something to write, what it is called in the log, and the moment it is of."""

    named: str
    moment: datetime
    write: Callable[[Connection], object]


class Notebook:
    """An SQLite file or a database's address; safe between threads and processes.

    `days` is how long notes are kept, 0 keeps none. Nothing is opened before it is needed.
    """

    def __init__(self, where: Path | str, days: int = DAYS) -> None:
        self.days = days
        self._where = where
        self._engine: Engine | None = None
        self._opening, self._starting = threading.Lock(), threading.Lock()
        self._queue: queue.SimpleQueue[_Note | threading.Event | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._forgotten: date | None = None

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self.days > 0

    def behind(self, named: str, moment: datetime, write: Callable[[Connection], object]) -> None:
        """Write it down, soon, in a transaction of its own: neither waits nor raises."""
        if not self.keeps:
            return
        if self._queue.qsize() >= WAITING:
            log.warning("%s is not kept: %d others wait to be written", named, WAITING)
            return
        self._queue.put(_Note(named, moment, write))
        self._begin()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction now, behind what was written before. Raises ArchiveError."""
        self._settle()
        with self._named_errors(), self._transaction() as connection:
            yield connection

    def read(self, ask: Callable[[Connection], T], otherwise: T) -> T:
        """What stands there now, all that was told before included; `otherwise` where nothing is. ArchiveError."""
        self._settle()
        if isinstance(self._where, Path) and not self._where.exists():
            return otherwise
        with self._named_errors(), self._opened().connect() as connection:
            return ask(connection)

    def oldest(self, now: datetime) -> str:
        """The moment before which nothing is kept any more."""
        return moment_text(now - timedelta(days=self.days) if self.keeps else datetime.max.replace(tzinfo=UTC))

    def forget(self, now: datetime) -> int:
        """Forget what was kept long enough; gives how many answers that was. Raises ArchiveError."""
        with self._named_errors(), self._transaction() as connection:
            return forget_before(connection, self.oldest(now))

    def close(self) -> None:
        """Write what waits, for `PATIENCE` seconds at most."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(PATIENCE)
            if self._thread.is_alive():
                log.warning("%s is busy: the last answers are not kept", self._named)
            self._thread = None
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _settle(self) -> None:
        """Wait until what was told before is written, where anything is."""
        if self._thread is not None:
            written = threading.Event()
            self._queue.put(written)
            written.wait(PATIENCE)

    def _begin(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="notebook", daemon=True)
                self._thread.start()

    def _write_all(self) -> None:
        while (note := self._queue.get()) is not None:
            if isinstance(note, threading.Event):
                note.set()
                continue
            try:
                with self._transaction() as connection:
                    note.write(connection)
                self._forget_daily(note.moment)
            except Exception as error:
                log.warning("%s is not kept: %s", note.named, error)

    def _forget_daily(self, moment: datetime) -> None:
        if self._forgotten != moment.date():
            self._forgotten = moment.date()
            self.forget(moment)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._opened().connect().execution_options(immediate=True) as connection, connection.begin():
            yield connection

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = _engine(self._where)
                try:
                    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
                        prepare(connection, self._named)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, ValueError) as error:  # ValueError: a damaged record or moment
            reason = getattr(error, "orig", None) or error
            raise ArchiveError(
                f"{self._named}: the answers given cannot be used ({reason}). Move it away to begin anew."
            ) from error

    @property
    def _named(self) -> str:
        """Where it is, for people to read; an address may hold a password."""
        return str(self._where) if isinstance(self._where, Path) else "the database of answers"


def plain(text: str) -> str:
    """Text that any database takes: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _engine(where: Path | str) -> Engine:
    return opened(where, PATIENCE, "secure_delete=ON") if isinstance(where, Path) else create_engine(where)
