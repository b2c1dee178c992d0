"""Files handed in, and what was read in them, until somebody says whether it counts.

A file waits in a folder of its own under the archive's, named by us and never by its
sender; a database beside it says who handed it in, when, and how far it is. Every step is
one transaction: a program killed at any moment finds each file where it was, read once and
counted once. Knows nothing about how files are read, nor what an archive makes of them.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import (
    JSON,
    Column,
    ColumnClause,
    Connection,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    and_,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from store.arrival import Accept, Arrival, ArrivalNotFound, Decision, Found, Read, State, TooMuch, plain_name, suffix_of
from store.originals import Originals
from store.records import ArchiveError, Release
from store.rows import release_of, version_row
from store.schema import stamp
from store.sqlite import opened

LARGEST = 50 * 1024 * 1024
"""Bytes of one file."""
WAITING, WAITING_BYTES = 200, 1024**3
"""Files that may wait to be decided on, and their bytes in all."""
DOCUMENTS = 2_000
"""Documents in one file; more are for the command line."""
ATTEMPTS = 3
"""Times a file is read that the program did not survive."""
SPARED = timedelta(hours=1)
"""How long what nobody knows is left alone: it may be an upload under way."""
_ID = re.compile(r"[0-9a-f]{16}")

metadata = MetaData()

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("file", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
)

found = Table(
    "found",
    metadata,
    Column("arrival_id", String, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("release", JSON),
    Column("revoked", Text),
    Column("reason", Text),
    Column("decision", JSON),
    Column("release_id", String),
    Column("outcome", String),
    Index("found_by_state", "state", "arrival_id", "ordinal"),
)

beforehand = Table(
    "beforehand",
    metadata,
    Column("arrival_id", String, primary_key=True),
    Column("accept", String, nullable=False),
)
"""What was decided of a file when it was handed in, before anybody knew what it holds."""


_COMING: ColumnClause[int] = literal_column("arrivals.rowid")
"""The order in which files came; several come in a second."""


class Arrivals:
    """The files that wait, under `folder`; safe between threads. Nothing is opened before it is needed."""

    def __init__(self, folder: Path, largest: int = LARGEST, waiting: int = WAITING) -> None:
        self.folder = folder
        self.largest = largest
        self._waiting = waiting
        self.originals = Originals(folder / "originals")
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "arrivals.lock", thread_local=False)
        self._engine = opened(folder / "arrivals.sqlite", 30, "cache_size=-4000")
        with self._writing() as connection:
            metadata.create_all(connection)

    def close(self) -> None:
        self._engine.dispose()
        self._lock.release(force=True)

    # Handing in

    def room_for(self, name: str, size: int) -> None:
        """Whether a file of so many bytes can be taken. Raises TooMuch."""
        if size > self.largest:
            raise TooMuch(name, "large", f"larger than {self.largest >> 20} MB")
        undecided = (State.READING.value, State.READ.value, State.UNREADABLE.value)
        query = select(func.count(), func.coalesce(func.sum(arrivals.c.size), 0)).where(arrivals.c.state.in_(undecided))
        with self._reading() as connection:
            files, used = connection.execute(query).one()
        if files >= self._waiting or used + size > WAITING_BYTES:
            raise TooMuch(name, "many", f"{files} files wait already: decide on some first")

    def place(self) -> Path:
        """Where the bytes of a file are written while they come; hand it to `take`, or delete it."""
        coming = self.folder / "coming"
        coming.mkdir(exist_ok=True)
        return coming / secrets.token_hex(12)

    def take(self, written: Path, name: str, by: str, now: datetime, accept: Accept = Accept.NONE) -> str:
        """A file has come whole: it waits to be read, and what `accept` says of it then counts.

        Gives its id. Raises TooMuch.
        """
        shown, size = plain_name(name), written.stat().st_size
        if not size:
            raise TooMuch(shown, "empty", "empty file")
        self.room_for(shown, size)
        arrival_id = secrets.token_hex(8)
        place = self.folder / arrival_id
        place.mkdir()
        file = f"document{suffix_of(shown)}"
        written.replace(place / file)
        row = {"id": arrival_id, "name": shown, "file": file, "size": size, "by": by, "at": stamp(now)}
        with self._writing() as connection:
            connection.execute(insert(arrivals), {**row, "state": State.READING.value, "attempts": 0})
            if accept is not Accept.NONE:
                connection.execute(insert(beforehand), {"arrival_id": arrival_id, "accept": accept.value})
        return arrival_id

    # Reading

    def next(self) -> tuple[Arrival, Path] | None:
        """The oldest file to be read; one that the program did not survive several times is unreadable."""
        with self._writing() as connection:
            due = select(arrivals).where(arrivals.c.state == State.READING.value).order_by(_COMING)
            for row in connection.execute(due).all():
                here = arrivals.c.id == row.id
                if row.attempts >= ATTEMPTS:
                    reason = "could not be read: the program broke down on it several times; please report it"
                    _unreadable(connection, row.id, row.name, reason)
                    continue
                connection.execute(update(arrivals).where(here).values(attempts=row.attempts + 1))
                return _arrival(row, {}), self.folder / row.id / row.file
        return None

    def keep_original(self, one: Read) -> Read:
        """Put the bytes of a document aside until somebody decides on it; the document without them."""
        if one.release is not None and one.original is not None:
            self.originals.keep(one.release.source.sha256, one.original)
        return replace(one, original=None)

    def has_read(self, arrival_id: str, documents: Iterable[Read]) -> None:
        """Keep what was found in a file, all at once; nothing where it was read already.

        What was decided when it was handed in is decided of its documents now.
        """
        kept = list(documents)
        rows = [_row(arrival_id, ordinal, one) for ordinal, one in enumerate(kept)]
        state = State.READ if any(one.release for one in kept) else State.UNREADABLE
        reason = None if state is State.READ else next((one.reason for one in kept), "empty: no document in it")
        with self._writing() as connection:
            here = and_(arrivals.c.id == arrival_id, arrivals.c.state == State.READING.value)
            done = connection.execute(update(arrivals).where(here).values(state=state.value, reason=reason))
            if done.rowcount and rows:
                connection.execute(insert(found), rows)
                _decide_beforehand(connection, arrival_id)

    def spared(self, arrival_id: str) -> None:
        """Reading was ended politely: it does not count as an attempt."""
        with self._writing() as connection:
            here = and_(arrivals.c.id == arrival_id, arrivals.c.attempts > 0)
            connection.execute(update(arrivals).where(here).values(attempts=arrivals.c.attempts - 1))

    # Looking

    def waiting(self) -> list[Arrival]:
        """The files of which something is still to be read or decided, oldest first."""
        undecided = (State.READING.value, State.READ.value, State.UNREADABLE.value)
        query = select(arrivals).where(arrivals.c.state.in_(undecided)).order_by(_COMING)
        with self._reading() as connection:
            rows = connection.execute(query).all()
            counts = _counts(connection, [row.id for row in rows])
        return [_arrival(row, counts.get(row.id, {})) for row in rows]

    def arrival(self, arrival_id: str) -> Arrival:
        """One file, whatever became of it. Raises ArrivalNotFound."""
        with self._reading() as connection:
            row = connection.execute(select(arrivals).where(arrivals.c.id == arrival_id)).first()
            if row is None:
                raise ArrivalNotFound(arrival_id)
            return _arrival(row, _counts(connection, [arrival_id]).get(arrival_id, {}))

    def documents(self, arrival_id: str, limit: int | None = None, offset: int = 0) -> list[Found]:
        """The documents found in a file, in its order."""
        query = select(found).where(found.c.arrival_id == arrival_id).order_by(found.c.ordinal)
        with self._reading() as connection:
            return [_found(row) for row in connection.execute(query.limit(limit).offset(offset))]

    def document(self, arrival_id: str, ordinal: int) -> Found:
        """One document found. Raises ArrivalNotFound."""
        query = select(found).where(found.c.arrival_id == arrival_id, found.c.ordinal == ordinal)
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise ArrivalNotFound(f"{arrival_id}/{ordinal}")
        return _found(row)

    # Deciding

    def decide(self, arrival_id: str, ordinals: Sequence[int] | None, decision: Decision) -> int:
        """These documents (None: all) are to count, where nobody decided otherwise yet; gives how many."""
        told = _decision_row(decision)
        return self._pass(arrival_id, ordinals, State.WAITING, State.ACCEPTING, decision=told)

    def decided(self) -> Found | None:
        """A document that is to count and does not yet."""
        query = select(found).where(found.c.state == State.ACCEPTING.value).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _found(row)

    def counts(self, one: Found, release_id: str, outcome: str) -> None:
        """A document is in the archive now."""
        told = {"release_id": release_id, "outcome": outcome}
        self._pass(one.arrival_id, [one.ordinal], State.ACCEPTING, State.ACCEPTED, release=None, **told)

    def undecided(self, one: Found, reason: str | None = None) -> None:
        """A document is not taken in after all: it waits again, with the reason where there is one."""
        self._pass(one.arrival_id, [one.ordinal], State.ACCEPTING, State.WAITING, reason=reason)

    def discard(self, arrival_id: str, ordinals: Sequence[int] | None = None) -> int:
        """These documents (None: all, and the file) shall not count; gives how many."""
        arrival = self.arrival(arrival_id)
        if ordinals is None and (arrival.state is State.READING or not arrival.counts.get(State.WAITING)):
            with self._writing() as connection:
                here = and_(arrivals.c.id == arrival_id, arrivals.c.state != State.ACCEPTED.value)
                busy = select(found.c.ordinal).where(
                    found.c.arrival_id == arrival_id, found.c.state == State.ACCEPTING.value
                )
                if connection.execute(busy).first() is None:
                    connection.execute(update(arrivals).where(here).values(state=State.DISCARDED.value))
            self._let_go(arrival_id)
            return 1
        return self._pass(arrival_id, ordinals, State.WAITING, State.DISCARDED, release=None)

    def sweep(self, now: datetime) -> None:
        """Take away what no file that waits needs: of uploads cut off, and of files decided on.

        What is recent is left alone: another program may be taking it in.
        """
        before = (now - SPARED).timestamp()
        kept = {arrival.id for arrival in self.waiting()}
        decided = (one for one in self.folder.iterdir() if _ID.fullmatch(one.name) and one.name not in kept)
        for place in (*(self.folder / "coming").glob("*"), *decided):
            with suppress(OSError):
                if place.stat().st_mtime >= before:
                    continue
                if place.is_dir():
                    shutil.rmtree(place, ignore_errors=True)
                else:
                    place.unlink()
        if not kept:
            self.originals.sweep((), now)

    def own(self) -> bool:
        """Whether it is this program's to read and count them; of several at one archive it is one's."""
        if not self._lock.is_locked:
            with suppress(Timeout):
                self._lock.acquire(timeout=0)
        return bool(self._lock.is_locked)

    def _pass(self, arrival_id: str, ordinals: Sequence[int] | None, before: State, after: State, **values: Any) -> int:
        """Let documents pass from one state to another, unless somebody was faster; a file all decided is done."""
        here = [found.c.arrival_id == arrival_id, found.c.state == before.value]
        if ordinals is not None:
            here.append(found.c.ordinal.in_(list(ordinals)))
        with self._writing() as connection:
            passed = connection.execute(update(found).where(*here).values(state=after.value, **values)).rowcount
            left = _counts(connection, [arrival_id]).get(arrival_id, {})
            done = not any(left.get(state) for state in (State.WAITING, State.ACCEPTING))
            if passed and done:
                state = State.ACCEPTED if left.get(State.ACCEPTED) else State.DISCARDED
                connection.execute(update(arrivals).where(arrivals.c.id == arrival_id).values(state=state.value))
        if passed and done:
            self._let_go(arrival_id)
        return passed

    def _let_go(self, arrival_id: str) -> None:
        if _ID.fullmatch(arrival_id):
            shutil.rmtree(self.folder / arrival_id, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(immediate=True) as connection, connection.begin():
                yield connection
        except DatabaseError as error:
            raise ArchiveError(f"{self.folder}: arrivals cannot be written ({error.orig}).") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise ArchiveError(f"{self.folder}: arrivals cannot be read ({error.orig}).") from error


def _decide_beforehand(connection: Connection, arrival_id: str) -> None:
    query = select(beforehand.c.accept, arrivals.c.by, arrivals.c.at).join(
        arrivals, arrivals.c.id == beforehand.c.arrival_id
    )
    told = connection.execute(query.where(beforehand.c.arrival_id == arrival_id)).first()
    if told is None:
        return
    decision = Decision(told.by, datetime.fromisoformat(told.at), only_sure=told.accept == Accept.SURE.value)
    here = and_(found.c.arrival_id == arrival_id, found.c.state == State.WAITING.value)
    connection.execute(update(found).where(here).values(state=State.ACCEPTING.value, decision=_decision_row(decision)))


def _decision_row(decision: Decision) -> dict[str, Any]:
    return {
        "by": decision.by,
        "at": stamp(decision.at),
        "values": dict(decision.values),
        "version_of": decision.version_of,
        "apart": decision.apart,
        "only_sure": decision.only_sure,
    }


def _row(arrival_id: str, ordinal: int, one: Read) -> dict[str, Any]:
    return {
        "arrival_id": arrival_id,
        "ordinal": ordinal,
        "name": one.name,
        "state": State.UNREADABLE.value if one.release is None else State.WAITING.value,
        "release": None if one.release is None else _written(one.release),
        "revoked": one.revoked,
        "reason": one.reason,
    }


def _written(release: Release) -> dict[str, Any]:
    return {**version_row(release, "", 0), "reference": release.reference, "url": release.url}


def _read_back(row: dict[str, Any], now: datetime) -> Release:
    """A release that is not shelved, as it was read."""
    columns = {**row, "release_version": 0, "current": 0, "withdrawn": None, "family": None}
    return release_of(SimpleNamespace(**columns, _mapping={}), now)  # type: ignore[arg-type]


def _found(row: Row[Any]) -> Found:
    told = row.decision
    decision = None if told is None else Decision(**{**told, "at": datetime.fromisoformat(told["at"])})
    release = None if row.release is None else _read_back(row.release, _EPOCH)
    return Found(
        row.arrival_id, row.ordinal, row.name, State(row.state), release, row.revoked, row.reason, decision,
        row.release_id, row.outcome,
    )  # fmt: skip


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""A release that waits is embargoed as long as it states an embargo, whatever the hour."""


def _arrival(row: Row[Any], counts: Mapping[State, int]) -> Arrival:
    at = datetime.fromisoformat(row.at)
    return Arrival(row.id, row.name, row.size, row.by, at, State(row.state), row.reason, counts)


def _counts(connection: Connection, ids: Sequence[str]) -> dict[str, dict[State, int]]:
    query = (
        select(found.c.arrival_id, found.c.state, func.count())
        .where(found.c.arrival_id.in_(ids))
        .group_by(found.c.arrival_id, found.c.state)
    )
    counted: dict[str, dict[State, int]] = {}
    for arrival_id, state, number in connection.execute(query) if ids else ():
        counted.setdefault(arrival_id, {})[State(state)] = number
    return counted


def _unreadable(connection: Connection, arrival_id: str, name: str, reason: str) -> None:
    here = arrivals.c.id == arrival_id
    connection.execute(update(arrivals).where(here).values(state=State.UNREADABLE.value, reason=reason))
    connection.execute(insert(found), [_row(arrival_id, 0, Read(name, reason=reason))])
