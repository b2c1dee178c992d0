"""The curated answers: which of them a reader may be given, and how they are read.

`given` is the predicate: approved, still valid, and every release it rests on stands for
that reader in exactly the version that was approved, corrected by no other that the reader
may see. It asks the same register as every answer, so that an embargo, a withdrawal or a
correction acts at once, whatever the state an entry is written down with. Knows nothing
about who writes entries (`curating`), nor how a question finds one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from store.entries import BadEntry as BadEntry
from store.entries import Draft as Draft
from store.entries import Entry as Entry
from store.entries import EntryNotFound as EntryNotFound
from store.entries import Fallen as Fallen
from store.entries import Standing as Standing
from store.entries import State as State
from store.register import Register
from store.rows import day_of
from store.schema import corrections, curated, curated_rests_on, releases, versions


@dataclass(frozen=True, slots=True)
class Approved:
    """Every approved entry, and by which releases (ids) those they rest on are corrected."""

    entries: tuple[Entry, ...] = ()
    correctors: dict[str, tuple[str, ...]] | None = None

    def given(self, register: Register, today: date) -> tuple[Entry, ...]:
        """Those that the reader of this register may be answered with on this day in Paris."""
        return tuple(
            replace(entry, standing=Standing.ANSWERING)
            for entry in self.entries
            if not _expired(entry, today) and self.stands(entry, register)
        )

    def stands(self, entry: Entry, register: Register) -> bool:
        """Whether all that an entry rests on stands as it was approved, for the reader of this register."""
        own = {release_id for release_id, _ in entry.releases}
        return (
            bool(own)
            and all(register.stands(*one) for one in entry.releases)
            and not any(register.shows(one) for one in self._others(own))
        )

    def corrector(self, entry: Entry, register: Register) -> tuple[str, str] | None:
        """A release the entry rests on, and one it does not rest on that corrects it for this reader."""
        own = {release_id for release_id, _ in entry.releases}
        pairs = ((target, one) for target in sorted(own) for one in (self.correctors or {}).get(target, ()))
        return next(((target, one) for target, one in pairs if one not in own and register.shows(one)), None)

    def _others(self, own: set[str]) -> Iterable[str]:
        return (one for target in own for one in (self.correctors or {}).get(target, ()) if one not in own)


class Approvals:
    """The approved entries as the catalogue stands, read once between two writings; safe between threads.

    `reading` opens the catalogue, `committed` numbers its writings.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]], committed: Callable[[], int]) -> None:
        self._reading = reading
        self._committed = committed
        self._kept: tuple[int, Approved] = (-1, Approved())
        self._given: tuple[Approved, Register, date, tuple[Entry, ...]] | None = None
        self._keeping = threading.Lock()

    def approved(self) -> Approved:
        with self._keeping:
            number = self._committed()
            if self._kept[0] != number:
                with self._reading() as connection:
                    self._kept = number, approved(connection)
            return self._kept[1]

    def given(self, register: Register, today: date) -> tuple[Entry, ...]:
        """What the reader of this register may be answered with on this day in Paris."""
        standing, kept = self.approved(), self._given
        if kept is not None and kept[0] is standing and kept[1] is register and kept[2] == today:
            return kept[3]
        found = standing.given(register, today)
        self._given = standing, register, today, found
        return found


def approved(connection: Connection) -> Approved:
    """What is written down as approved."""
    entries = entries_of(connection, curated.c.state == State.APPROVED.value)
    return Approved(tuple(entries), correctors(connection, {one for entry in entries for one, _ in entry.releases}))


def entries_of(connection: Connection, *such: ColumnElement[bool]) -> list[Entry]:
    """Entries as they are written down, by question."""
    rows = connection.execute(select(curated).where(*such).order_by(curated.c.key)).all()
    resting: dict[str, list[tuple[str, int]]] = {}
    chosen = select(curated.c.id).where(*such)
    query = select(curated_rests_on).where(curated_rests_on.c.entry_id.in_(chosen))
    for one in connection.execute(query.order_by(curated_rests_on.c.ordinal)) if rows else ():
        resting.setdefault(one.entry_id, []).append((one.release_id, one.version))
    return [_entry(row, resting.get(row.id, ())) for row in rows]


def correctors(connection: Connection, targets: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By which releases (ids) each of these is corrected or replaced, whoever may see them."""
    if not targets:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(select(corrections).where(corrections.c.target.is_not(None))):
        if row.target in targets:
            found[row.target] = (*found.get(row.target, ()), row.release_id)
    return found


def as_it_stands(
    connection: Connection, entry: Entry, standing: Approved, public: Register, staff: Register, today: date
) -> Entry:
    """The entry with its standing: what falls only by the clock (an embargo that ends) is a draft from then on."""
    if entry.state is State.DRAFT:
        return replace(entry, standing=Standing.DRAFT)
    if _expired(entry, today):
        return replace(entry, standing=Standing.EXPIRED)
    if standing.stands(entry, public):
        return replace(entry, standing=Standing.ANSWERING)
    corrector = standing.corrector(entry, public)
    if corrector is None and all(staff.stands(*one) for one in entry.releases):
        return replace(entry, standing=Standing.WAITING)
    fallen = entry.fallen if corrector is None else fallen_by(connection, *corrector)
    return replace(entry, state=State.DRAFT, standing=Standing.DRAFT, fallen=fallen)


def fallen_by(connection: Connection, target: str, corrector: str) -> Fallen:
    """What it is called that one release corrects another."""
    query = (
        select(versions.c.release_id, versions.c.title)
        .join(releases, and_(releases.c.id == versions.c.release_id, releases.c.current == versions.c.version))
        .where(releases.c.id.in_([target, corrector]))
    )
    titles = {row.release_id: row.title for row in connection.execute(query)}
    replaces = connection.scalar(select(corrections.c.replaces).where(corrections.c.release_id == corrector))
    kind = "replaced" if replaces else "rectified"
    return Fallen(kind, target, titles.get(target, ""), titles.get(corrector, ""))


def _expired(entry: Entry, today: date) -> bool:
    return entry.valid_until is not None and entry.valid_until < today


def _entry(row: Row[Any], resting: Sequence[tuple[str, int]]) -> Entry:
    return Entry(
        row.id,
        row.question,
        tuple(row.variants),
        row.answer,
        row.language,
        tuple(resting),
        day_of(row.valid_until),
        row.owner,
        State(row.state),
        datetime.fromisoformat(row.created),
        datetime.fromisoformat(row.changed),
        row.by,
        None if row.fallen is None else Fallen(**row.fallen),
    )
