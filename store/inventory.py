"""The archive as its keepers go through it: every release by words of its head, and by status.

Asks a view, so it sees what its reader may see. Knows nothing about pages of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from store.folding import fold
from store.records import Filters, Status
from store.schema import amendments, releases, replaced, stamp, versions
from store.view import Entry, View

_ACCENTED = {
    "a": "àâäáãå", "c": "ç", "e": "éèêë", "i": "îïíì", "n": "ñ", "o": "ôöóòõø", "u": "ùûüú", "y": "ÿý",
}  # fmt: skip
_PLAIN = frozenset("bdfghjklmpqrtvwxz0123456789")
"""Letters that a text bears as they are folded, but for capitals."""
_TWO = re.compile("oe|ae|ss")
"""Letters that may be written as one."""
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """A release as its keepers see it: when and why it was withdrawn, and whether something was put right."""

    entry: Entry
    embargo: datetime | None = None
    withdrawn: tuple[datetime, str] | None = None
    by_hand: bool = False
    recheck: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """Some of the releases that fit, newest first, and how many fit."""

    kept: tuple[Kept, ...]
    total: int


def inventory(
    view: View, words: str = "", state: Status | None = None, recheck: bool = False, first: int = 0, most: int = 25
) -> Inventory:
    """Releases whose title, issuer, reference or id hold every one of these words, wherever and however accented.

    Of one status where it is given; `recheck` leaves those of which something put right is to be looked at again.
    """
    if not words.split() and not recheck:
        statuses = () if state is None else (state,)
        shown = view.placed(statuses=statuses, limit=most, offset=first)
        return Inventory(kept(view, shown), view.facets(statuses=statuses).releases)
    such = [releases.c.id.in_(_TO_RECHECK)] if recheck else []
    ids = holding(view, words, () if state is None else (state,), *such)
    return Inventory(kept(view, ids[first : first + most]), len(ids))


def holding(
    view: View,
    words: str,
    statuses: Collection[Status] = (),
    *such: ColumnElement[bool],
    within: Filters = Filters(),
    newest_first: bool = True,
) -> list[str]:
    """The ids of all releases whose head holds every one of these words, by day.

    Of these statuses (none: all), and within these filters.
    """
    wanted = fold(words).split()[:MOST_WORDS]
    if statuses:
        such = (*such, or_(*(_of(state, view) for state in statuses)))
    such = (*such, *(or_(*(_holds(column, word) for column in _HEAD)) for word in wanted))
    unsure = any(_TWO.search(word) or not word.isalnum() for word in wanted)
    found = view.rows(_HEAD if unsure else _HEAD[:1], *such, within=within, newest_first=newest_first)
    return [row.id for row in found if not unsure or _surely(row, wanted)]


def to_recheck(view: View) -> int:
    """How many releases there are of which something put right is to be looked at again."""
    return sum(1 for _ in view.rows([releases.c.id], releases.c.id.in_(_TO_RECHECK)))


def kept(view: View, ids: Sequence[str]) -> tuple[Kept, ...]:
    """Those of these releases that this reader may see, newest first."""
    if not ids:
        return ()
    columns = [
        releases.c.id,
        releases.c.withdrawn,
        releases.c.reason,
        versions.c.embargo,
        exists().where(*_LAID).label("by_hand"),
        exists().where(*_LAID, amendments.c.recheck).label("recheck"),
    ]
    within = Filters(releases=tuple(ids))
    told = {row.id: row for row in view.rows(columns, within=within)}
    lines = []
    for entry in view.releases(within):
        row = told.get(entry.id)
        if row is None:  # withdrawn, or corrected, in between
            continue
        withdrawn = None if row.withdrawn is None else (datetime.fromisoformat(row.withdrawn), row.reason or "")
        embargo = None if row.embargo is None else datetime.fromisoformat(row.embargo)
        lines.append(Kept(entry, embargo, withdrawn, bool(row.by_hand), bool(row.recheck)))
    return tuple(lines)


_HEAD: list[Any] = [releases.c.id, versions.c.title, versions.c.issuer, releases.c.reference]
_LAID = (amendments.c.release_id == releases.c.id, amendments.c.version == releases.c.current)
_AGAIN = releases.alias("again")
_TO_RECHECK = (
    select(amendments.c.release_id)
    .join(_AGAIN, and_(_AGAIN.c.id == amendments.c.release_id, _AGAIN.c.current == amendments.c.version))
    .where(amendments.c.recheck)
)


def _of(state: Status, view: View) -> ColumnElement[bool]:
    there = releases.c.withdrawn.is_(None)
    if state is Status.WITHDRAWN:
        return not_(there)
    elsewhere = replaced(view.scope, view.now)
    if state is Status.SUPERSEDED:
        return and_(there, elsewhere)
    later = and_(versions.c.embargo.is_not(None), versions.c.embargo > stamp(view.now))
    return and_(there, not_(elsewhere), later if state is Status.EMBARGOED else not_(later))


def _holds(column: Any, word: str) -> ColumnElement[bool]:
    """SQL for a text that holds a folded word, accents and capitals on any letter; the first look is the faster."""
    parts = _TWO.split(word)
    sure = "%".join("".join(letter if letter in _PLAIN else "%" for letter in part) for part in parts)
    exact = "*".join("".join(_any_of(letter) for letter in part) for part in parts)
    at_least = column.like(f"%{sure}%")
    return and_(at_least, column.op("GLOB")(f"*{exact}*"))


def _any_of(letter: str) -> str:
    if not letter.isalnum():
        return "*"
    written = letter + _ACCENTED.get(letter, "")
    return f"[{written}{written.upper()}]" if letter.isalpha() else letter


def _surely(row: Any, wanted: Sequence[str]) -> bool:
    head = fold(" ".join(filter(None, (row.title, row.issuer, row.reference, row.id))))
    return all(word in head for word in wanted)
