"""The register: every release one scope may see, as the facts that filters ask for, in memory.

Read through `schema.visible` like everything else, and kept true by three things: whether
anything was committed at all, whichever process did; the catalogue's number of its latest
change; and the moments at which time alone changes what may be seen (an embargo that ends,
a day that begins).
It answers how many, whose, when and in which language; texts stay in the catalogue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, false, func, select

from store.records import Filters, Scope, Status
from store.schema import PARIS, amendments, cosigners, releases, replaced, rubrics, stamp, versions, visible

MANY = 2_000
"""Changed releases beyond which the register is read anew."""

Places = npt.NDArray[np.int64]
Name = TypeVar("Name", bound=str)

_LATEST = select(func.max(releases.c.changed))


@dataclass(frozen=True, slots=True)
class Extent:
    """How many releases there are, and the first and last day they were published."""

    releases: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class _Line:
    release_id: str
    version: int
    day: int
    language: str
    signed: tuple[str, ...]
    rubric: str | None = None
    embargo: str | None = None
    gone: Status | None = None
    title: str | None = None
    """Only where it was put right by hand."""


class Register:
    """The releases visible to one scope from `since` until `until` (UTC stamps). Never changes.

    `edition` is another number as soon as another release, another version or title of one, may be seen.
    """

    def __init__(self, lines: dict[str, _Line], edition: int, latest: int, since: str, until: str) -> None:
        self.edition = edition
        self.latest = latest
        self.since = since
        self.until = until
        self._lines = lines

    def holds(self, moment: str) -> bool:
        return self.since <= moment < self.until

    @cached_property
    def issuers(self) -> dict[str, int]:
        """Each issuer with its number of releases, signed alone or with others, most prolific first."""
        counted = ((issuer, len(places)) for issuer, places in self.signed.items())
        return dict(sorted(counted, key=lambda one: (-one[1], one[0])))

    @cached_property
    def languages(self) -> list[str]:
        return sorted({line.language for line in self._lines.values()})

    @cached_property
    def whole(self) -> Extent:
        return self._extent(self.days)

    def extent(self, filters: Filters) -> Extent:
        """Of the releases that `filters` leave."""
        return self._extent(self.days[self.chosen(filters)]) if filters.narrow else self.whole

    @staticmethod
    def _extent(days: npt.NDArray[np.int32]) -> Extent:
        dated = days[days > 0]
        first, last = (date_of(int(dated.min())), date_of(int(dated.max()))) if len(dated) else (None, None)
        return Extent(len(days), first, last)

    def standing(self, filters: Filters, at_most: int) -> list[str] | None:
        """The versions (`release:version`) that `filters` leave; None where there are over `at_most`."""
        places = np.flatnonzero(self.chosen(filters))
        return None if len(places) > at_most else [self._versions[place] for place in places]

    def stands(self, release_id: str, version: int) -> bool:
        """Whether this version is the one that stands."""
        line = self._lines.get(release_id)
        return line is not None and line.version == version

    def shows(self, release_id: str) -> bool:
        """Whether this release stands, in whichever version."""
        return release_id in self._lines

    def admits(self, passage_ids: Iterable[str], filters: Filters) -> list[str]:
        """Those of these passages (`release:version:ordinal`) whose version stands and is left by `filters`."""
        places = self._places_of_versions
        standing = [(one, place) for one in passage_ids if (place := places.get(one.rpartition(":")[0])) is not None]
        if not filters.narrow:
            return [one for one, _ in standing]
        chosen = self.chosen(filters)
        return [one for one, place in standing if chosen[place]]

    def after(self, changed: Collection[str], lines: dict[str, _Line], latest: int, since: str, until: str) -> Register:
        """The register after a change: of these releases, none stands but as `lines` say."""
        if all(self._lines.get(release_id) == lines.get(release_id) for release_id in {*changed, *lines}):
            same = Register(self._lines, self.edition, latest, since, until)
            same.__dict__.update({name: value for name, value in self.__dict__.items() if name not in same.__dict__})
            return same
        kept = {release_id: line for release_id, line in self._lines.items() if release_id not in changed}
        return Register({**kept, **lines}, self.edition + 1, latest, since, until)

    def chosen(self, filters: Filters) -> npt.NDArray[np.bool_]:
        chosen = np.ones(len(self.ids), dtype=np.bool_)
        first, last = filters.period.first, filters.period.last
        if first is not None or last is not None:
            chosen &= (self.days >= (_number(first) if first else 1)) & (self.days > 0)
            if last is not None:
                chosen &= self.days <= _number(last)
        if filters.issuers:
            chosen &= self._at(self.signed[issuer] for issuer in filters.issuers if issuer in self.signed)
        if filters.languages:
            chosen &= self._at(self.spoken[one] for one in filters.languages if one in self.spoken)
        if filters.rubrics:
            chosen &= self._at(self.rubrics[one] for one in filters.rubrics if one in self.rubrics)
        if filters.releases:
            chosen &= self._at([[self.places[one] for one in filters.releases if one in self.places]])
        return chosen

    def _at(self, several: Iterable[npt.ArrayLike]) -> npt.NDArray[np.bool_]:
        there = np.zeros(len(self.ids), dtype=np.bool_)
        for places in several:
            there[np.asarray(places, dtype=np.int64)] = True
        return there

    @cached_property
    def ids(self) -> list[str]:
        return list(self._lines)

    @cached_property
    def newest_first(self) -> Places:
        """Every place by day of publication, undated last; of one day by id, backwards."""
        order = sorted(range(len(self.ids)), key=lambda place: (self.days[place], self.ids[place]), reverse=True)
        return np.array(order, dtype=np.int64)

    @cached_property
    def leads(self) -> tuple[list[str], Places]:
        """The issuers' names, and of each place the number of the one that leads it; -1 of none."""
        names = sorted(self.signed)
        number = {name: place for place, name in enumerate(names)}
        leading = (number[line.signed[0]] if line.signed else -1 for line in self._lines.values())
        return names, np.fromiter(leading, dtype=np.int64, count=len(self._lines))

    @cached_property
    def _versions(self) -> list[str]:
        return [f"{line.release_id}:{line.version}" for line in self._lines.values()]

    @cached_property
    def _places_of_versions(self) -> dict[str, int]:
        return {version: place for place, version in enumerate(self._versions)}

    @cached_property
    def places(self) -> dict[str, int]:
        return {release_id: place for place, release_id in enumerate(self._lines)}

    @cached_property
    def days(self) -> npt.NDArray[np.int32]:
        return np.fromiter((line.day for line in self._lines.values()), dtype=np.int32, count=len(self._lines))

    @cached_property
    def signed(self) -> dict[str, Places]:
        return _by_name(line.signed for line in self._lines.values())

    @cached_property
    def spoken(self) -> dict[str, Places]:
        return _by_name((line.language,) for line in self._lines.values())

    @cached_property
    def rubrics(self) -> dict[str, Places]:
        return _by_name((line.rubric,) if line.rubric else () for line in self._lines.values())

    def status(self, moment: str) -> dict[Status, Places]:
        """Under each status, the places that have it at `moment` (UTC stamp)."""
        standing, gone, embargoes = self._states
        held = np.array([place for place, embargo in embargoes if embargo > moment], dtype=np.int64)
        known = {**gone, Status.EMBARGOED: held, Status.PUBLISHED: np.setdiff1d(standing, held, assume_unique=True)}
        return {status: places for status, places in known.items() if len(places)}

    @cached_property
    def _states(self) -> tuple[Places, dict[Status, Places], list[tuple[int, str]]]:
        """The places that stand, those that do not, and the embargoes of those that do."""
        lines = list(self._lines.values())
        standing = np.array([place for place, line in enumerate(lines) if line.gone is None], dtype=np.int64)
        gone = _by_name((line.gone,) if line.gone else () for line in lines)
        embargoes = [(place, line.embargo) for place, line in enumerate(lines) if line.embargo and not line.gone]
        return standing, gone, embargoes


def _by_name(named: Iterable[tuple[Name, ...]]) -> dict[Name, Places]:
    """Under each name, the places that bear it."""
    places: dict[Name, list[int]] = {}
    for place, names in enumerate(named):
        for name in names:
            places.setdefault(name, []).append(place)
    return {name: np.array(found, dtype=np.int64) for name, found in places.items()}


class Registers:
    """A register per scope, kept true; safe between threads.

    `reading` opens the catalogue; `committed` gives another number after each commit to it.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]], committed: Callable[[], int]) -> None:
        self._reading = reading
        self._committed = committed
        self._kept: dict[Scope, tuple[int, Register]] = {}
        self._keeping = threading.Lock()

    def of(self, scope: Scope, now: datetime) -> Register:
        """The register of `scope` at `now`, as the catalogue stands."""
        with self._keeping:
            number = self._committed()
            before, kept = self._kept.get(scope, (-1, None))
            if kept is None or before != number or not kept.holds(stamp(now)):
                kept = self._read(kept, scope, now)
                self._kept[scope] = number, kept
            return kept

    def _read(self, kept: Register | None, scope: Scope, now: datetime) -> Register:
        with self._reading() as connection:
            latest = connection.scalar(_LATEST) or 0
            if kept is None:
                return Register(_lines(connection, scope, now), 0, latest, *_interval(connection, scope, now))
            if latest != kept.latest or not kept.holds(stamp(now)):
                return _brought_up(connection, kept, scope, now, latest)
            return kept


def _brought_up(connection: Connection, kept: Register, scope: Scope, now: datetime, latest: int) -> Register:
    interval = _interval(connection, scope, now)
    since = releases.c.changed > kept.latest
    changed = set(connection.scalars(select(releases.c.id).where(since).limit(MANY + 1)))
    if len(changed) > MANY or latest < kept.latest or not kept.holds(stamp(now)):
        return kept.after({*kept.ids, *changed}, _lines(connection, scope, now), latest, *interval)
    return kept.after(changed, _lines(connection, scope, now, since), latest, *interval)


def _lines(connection: Connection, scope: Scope, now: datetime, *such: Any) -> dict[str, _Line]:
    others: dict[tuple[str, int], list[str]] = {}
    for row in connection.execute(
        select(cosigners).join(releases, releases.c.id == cosigners.c.release_id).where(*such)
    ):
        others.setdefault((row.release_id, row.version), []).append(row.issuer)
    named = select(rubrics).join(releases, releases.c.id == rubrics.c.release_id).where(*such)
    rubric = {(row.release_id, row.version): row.rubric for row in connection.execute(named)}
    laid = select(amendments).join(releases, releases.c.id == amendments.c.release_id).where(*such)
    by_hand = connection.execute(laid.where(amendments.c.field == "title"))
    titles = {(row.release_id, row.version): row.value for row in by_hand}
    # Nobody but the archivist meets a release that another replaces.
    annulled = replaced(scope, now) if scope is Scope.ARCHIVIST else false()
    query = (
        select(*_FACTS, releases.c.withdrawn, annulled.label("annulled"))
        .join(releases, releases.c.id == versions.c.release_id)
        .where(versions.c.version == releases.c.current, visible(scope, now), *such)
    )
    lines = {}
    for release_id, version, published, language, issuer, embargo, withdrawn, superseded in connection.execute(query):
        key = release_id, version
        signers = dict.fromkeys([*([issuer] if issuer else []), *others.get(key, ())])
        day = int(published.replace("-", "")) if published else 0
        gone = Status.WITHDRAWN if withdrawn else Status.SUPERSEDED if superseded else None
        lines[release_id] = _Line(
            release_id, version, day, language, tuple(signers), rubric.get(key), embargo or None, gone, titles.get(key)
        )
    return lines


_FACTS = (
    versions.c.release_id, versions.c.version, versions.c.published, versions.c.language, versions.c.issuer,
    versions.c.embargo,
)  # fmt: skip


def _interval(connection: Connection, scope: Scope, now: datetime) -> tuple[str, str]:
    """From when until when time changes nothing: between two embargoes, within a day of Paris."""
    if scope is not Scope.PUBLIC:
        return "", "9"
    today = now.astimezone(PARIS).date()
    moment = stamp(now)
    ended = connection.scalar(select(func.max(versions.c.embargo)).where(versions.c.embargo <= moment))
    ends = connection.scalar(select(func.min(versions.c.embargo)).where(versions.c.embargo > moment))
    return max(_midnight(today), ended or ""), min(_midnight(today + timedelta(days=1)), ends or "9")


def _midnight(day: date) -> str:
    return stamp(datetime.combine(day, time(), PARIS).astimezone(UTC))


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def date_of(number: int) -> date:
    """The day of a number such as 20171106."""
    return date(number // 10_000, number // 100 % 100, number % 100)
