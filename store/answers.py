"""The shelf of answers given: each with what it rested on, kept for a while and then forgotten.

A database of its own beside the catalogue: SQLite lets one process write a file at a time,
so no answer waits for an ingestion and no ingestion for an answer; on PostgreSQL, tables of
their own. Writing never delays nor breaks an answer: it happens in a thread of its own, and
a write that fails is logged. Knows nothing about what a record holds, nor who may read it.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from store.records import AnswerNotFound, ArchiveError, ArchiveTooNew
from store.sqlite import opened

log = logging.getLogger(__name__)

ANSWERS_VERSION = 1
DAYS = 365
"""How long answers are kept where nothing else is said."""
WAITING = 1_000
"""Answers that may wait to be written; more are not kept."""
PATIENCE = 5.0
"""Seconds that a reader, or the end of the program, waits for what is being written."""

metadata = MetaData()

format_ = Table("answers_format", metadata, Column("version", Integer, primary_key=True))

answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("given", String, nullable=False, index=True),
    Column("scope", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("record", JSON, nullable=False),
)

rested_on = Table(
    "answers_rest_on",
    metadata,
    Column("answer_id", String, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("release_id", String, primary_key=True, index=True),
    Column("version", Integer, primary_key=True),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that was given at a moment (with its time zone), to whom, and its record as JSON.

    `releases` are the releases it cited, each with the version.
    """

    id: str
    given: datetime
    scope: str
    question: str
    releases: tuple[tuple[str, int], ...] = ()
    record: dict[str, Any] = field(default_factory=dict)


class Answers:
    """Answers given, in an SQLite file or at a database's address; safe between threads and processes.

    `days` is how long they are kept, 0 keeps none. Nothing is opened before it is needed.
    """

    def __init__(self, where: Path | str, days: int = DAYS) -> None:
        self._where = where
        self._days = days
        self._engine: Engine | None = None
        self._opening, self._starting = threading.Lock(), threading.Lock()
        self._queue: queue.SimpleQueue[Told | threading.Event | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._forgotten: date | None = None

    @property
    def keeps(self) -> bool:
        """Whether answers are kept at all."""
        return self._days > 0

    def keep(self, told: Told) -> None:
        """Write it down, soon: neither waits nor raises."""
        if not self.keeps:
            return
        if self._queue.qsize() >= WAITING:
            log.warning("answer %s is not kept: %d others wait to be written", told.id, WAITING)
            return
        self._queue.put(told)
        self._begin()

    def told(self, answer_id: str, now: datetime) -> Told:
        """The answer of that id. Raises AnswerNotFound, ArchiveError."""
        query = select(answers).where(answers.c.id == answer_id)
        found = self._read(query, now)
        if not found:
            raise AnswerNotFound(answer_id)
        return found[0]

    def latest(self, now: datetime, limit: int = 20, release_id: str | None = None) -> list[Told]:
        """The last answers given, newest first; of those that cited a release, where it is named."""
        query = select(answers).order_by(answers.c.given.desc(), answers.c.id).limit(limit)
        if release_id is not None:
            citing = select(rested_on.c.answer_id).where(rested_on.c.release_id == release_id)
            query = query.where(answers.c.id.in_(citing))
        return self._read(query, now)

    def forget(self, now: datetime) -> int:
        """Forget what was kept long enough; gives how many answers that was. Raises ArchiveError."""
        old = answers.c.given < self._oldest(now)
        try:
            with self._opened().connect().execution_options(immediate=True) as connection, connection.begin():
                connection.execute(delete(rested_on).where(rested_on.c.answer_id.in_(select(answers.c.id).where(old))))
                return connection.execute(delete(answers).where(old)).rowcount
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

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

    def _read(self, query: Select[Any], now: datetime) -> list[Told]:
        self._settle()
        if isinstance(self._where, Path) and not self._where.exists():
            return []
        try:
            with self._opened().connect() as connection:
                rows = connection.execute(query.where(answers.c.given >= self._oldest(now))).all()
                cited = _cited(connection, [row.id for row in rows])
            return [
                Told(
                    row.id,
                    datetime.fromisoformat(row.given),
                    row.scope,
                    row.question,
                    cited.get(row.id, ()),
                    row.record,
                )
                for row in rows
            ]
        except (SQLAlchemyError, ValueError) as error:  # ValueError: a damaged record or moment
            raise self._unusable(error) from error

    def _oldest(self, now: datetime) -> str:
        return _moment(now - timedelta(days=self._days) if self.keeps else datetime.max.replace(tzinfo=UTC))

    def _settle(self) -> None:
        """Wait until what was told before is written, where anything is."""
        if self._thread is not None:
            written = threading.Event()
            self._queue.put(written)
            written.wait(PATIENCE)

    def _begin(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="answers", daemon=True)
                self._thread.start()

    def _write_all(self) -> None:
        while (told := self._queue.get()) is not None:
            if isinstance(told, threading.Event):
                told.set()
                continue
            try:
                self._write(told)
            except Exception as error:
                log.warning("answer %s is not kept: %s", told.id, error)

    def _write(self, told: Told) -> None:
        with self._opened().connect().execution_options(immediate=True) as connection, connection.begin():
            row = {"id": told.id, "given": _moment(told.given), "scope": told.scope, "question": _plain(told.question)}
            connection.execute(insert(answers), {**row, "record": told.record})
            cited = [{"answer_id": told.id, "release_id": one, "version": n} for one, n in dict.fromkeys(told.releases)]
            if cited:
                connection.execute(insert(rested_on), cited)
        today = told.given.date()
        if self._forgotten != today:
            self._forgotten = today
            self.forget(told.given)

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = _engine(self._where)
                try:
                    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
                        _prepare(connection, self._named)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    def _unusable(self, error: SQLAlchemyError | ValueError) -> ArchiveError:
        reason = getattr(error, "orig", None) or error
        return ArchiveError(f"{self._named}: the answers given cannot be used ({reason}). Move it away to begin anew.")

    @property
    def _named(self) -> str:
        """Where it is, for people to read; an address may hold a password."""
        return str(self._where) if isinstance(self._where, Path) else "the database of answers"


def _cited(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    query = select(rested_on).where(rested_on.c.answer_id.in_(ids)).order_by(rested_on.c.release_id)
    cited: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in connection.execute(query) if ids else ():
        cited[row.answer_id] = (*cited.get(row.answer_id, ()), (row.release_id, row.version))
    return cited


def _prepare(connection: Connection, named: str) -> None:
    metadata.create_all(connection)
    found = connection.scalar(select(format_.c.version))
    if found is None:
        connection.execute(insert(format_), {"version": ANSWERS_VERSION})
    elif found > ANSWERS_VERSION:
        raise ArchiveTooNew(
            f"{named}: written by a newer Porte-parole (format {found}; this one reads up to {ANSWERS_VERSION}). "
            "Upgrade Porte-parole; nothing was changed."
        )


def _moment(moment: datetime) -> str:
    """UTC text that sorts as it reads, to the millisecond: several answers are given in a second."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _plain(text: str) -> str:
    """Text that any database takes: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _engine(where: Path | str) -> Engine:
    return opened(where, PATIENCE, "secure_delete=ON") if isinstance(where, Path) else create_engine(where)
