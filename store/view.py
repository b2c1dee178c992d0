"""What one reader may see of the archive at one moment: the only object with read methods.

Every query here goes through `schema.visible`. A hit an index proposes is read back
through it before anyone sees it, so a stale index can cost recall and never a leak.
Knows nothing about doors or accounts: the scope is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select

from store import amendments, facets, sayings
from store.amendments import Amendment
from store.catalogue import Catalogue
from store.curated import Entry as CuratedEntry
from store.facets import Facets, OverTime
from store.fusion import Candidate, Weights, fused
from store.period import Period
from store.records import Filters, Hit, Passage, PassageKind, Query, Release, ReleaseNotFound, Scope, Status
from store.register import Extent as Extent
from store.register import Register
from store.rows import day_of, joined, passage_of, release_of, stands_replaced, status_of
from store.sayings import Bank, Heard, Key, Mask, Saying, Sought, Speakers, saying_of
from store.schema import (
    PARIS,
    corrections,
    cosigners,
    passages,
    releases,
    replaced,
    rubrics,
    sources,
    stamp,
    versions,
    visible,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as a line of a list."""

    id: str
    reference: str | None
    title: str
    issuer: str | None
    published: date | None
    status: Status
    language: str


@dataclass(frozen=True, slots=True)
class Related:
    """Releases that have to do with one: each as a line of a list, oldest first."""

    translations: tuple[Entry, ...]
    reprints: tuple[Entry, ...]
    corrects: tuple[Entry, ...]
    corrected_by: tuple[Entry, ...]


class Proposes(Protocol):
    """The indexes, as a view needs them: passages that may answer, with their scores."""

    def candidates(self, asked: Query, view: View, filters: Filters) -> list[Candidate]: ...


REPEATED = 0.6
"""What boilerplate and contacts keep of their score: read everywhere, rarely asked for."""

_LINE = (
    releases.c.id, releases.c.reference, releases.c.withdrawn, versions.c.title, versions.c.issuer,
    versions.c.published, versions.c.embargo, versions.c.language,
)  # fmt: skip


class View:
    """The archive as `scope` sees it at `now` (a moment that knows its time zone)."""

    def __init__(self, catalogue: Catalogue, indexes: Proposes, scope: Scope, now: datetime) -> None:
        self._catalogue = catalogue
        self._indexes = indexes
        self.scope = scope
        self.now = now

    def release(self, id_or_reference: str) -> Release:
        """The current version; ReleaseNotFound where it does not exist for this reader."""
        return self.versions(id_or_reference)[-1]

    def versions(self, id_or_reference: str) -> list[Release]:
        """Every version this reader may see of the release of that id, else of that reference, oldest first.

        Raises ReleaseNotFound where there is none; in one query, so that what is hidden takes as long as what is not.
        """
        by_id = releases.c.id == id_or_reference
        query = self._told(joined()).where(or_(by_id, releases.c.reference == id_or_reference), self._visible())
        with self._catalogue.reading() as connection:
            rows = connection.execute(query.order_by(~by_id, releases.c.id, versions.c.version)).all()
        if not rows:
            raise ReleaseNotFound(id_or_reference)
        return [release_of(row, self.now) for row in rows if row.release_id == rows[0].release_id]

    def sees_all_of(self, sha256: str) -> bool:
        """Whether this reader may see every release that these bytes were ever read as."""
        mine = (
            select(releases.c.id)
            .select_from(_RELEASES)
            .where(versions.c.version == releases.c.current, self._visible(), releases.c.id == sources.c.release_id)
        )
        hidden = select(sources.c.release_id).where(sources.c.sha256 == sha256, ~mine.exists()).limit(1)
        with self._catalogue.reading() as connection:
            return connection.execute(hidden).first() is None

    def several(self, cited: Collection[tuple[str, int]]) -> dict[tuple[str, int], Release]:
        """Of these versions (release id, number), those this reader may see."""
        chosen = releases.c.id.in_(bindparam("ids", expanding=True))
        query = self._told(joined()).where(chosen, self._visible())
        wanted, ids = set(cited), sorted({release_id for release_id, _ in cited})
        found: dict[tuple[str, int], Release] = {}
        with self._catalogue.reading() as connection:
            for start in range(0, len(ids), 500):
                for row in connection.execute(query, {"ids": ids[start : start + 500]}):
                    if (row.release_id, row.release_version) in wanted:
                        found[row.release_id, row.release_version] = release_of(row, self.now)
        return found

    def unstable(self, cited: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
        """Of these versions, those that may not stand any more as they did: a sieve, without reading texts.

        What this reader sees no current version of is one of them; so is what others correct.
        """
        chosen = releases.c.id.in_(bindparam("ids", expanding=True))
        query = self._current(self._told(select(releases.c.id, releases.c.current, releases.c.withdrawn)), Filters())
        ids = sorted({release_id for release_id, _ in cited})
        current: dict[str, int] = {}
        with self._catalogue.reading() as connection:
            for start in range(0, len(ids), 500):
                for row in connection.execute(query.where(chosen), {"ids": ids[start : start + 500]}):
                    if row.withdrawn is None and not stands_replaced(row):
                        current[row.id] = row.current
        by_others = self.corrections(ids)
        return {one for one in cited if current.get(one[0]) != one[1] or one[0] in by_others}

    def withdrawal(self, id_or_reference: str) -> tuple[datetime, str] | None:
        """When and why a release this reader may see was withdrawn; None if it was not."""
        release_id = self.release(id_or_reference).id
        query = select(releases.c.withdrawn, releases.c.reason).where(releases.c.id == release_id)
        with self._catalogue.reading() as connection:
            withdrawn, reason = connection.execute(query).one()
        return None if withdrawn is None else (datetime.fromisoformat(withdrawn), reason or "")

    def amendments(self, id_or_reference: str) -> tuple[Amendment, ...]:
        """What was put right by hand in the current version; the public is not told by whom, nor why."""
        release = self.release(id_or_reference)
        with self._catalogue.reading() as connection:
            found = amendments.of(connection, release.id, release.version)
        if self.scope is Scope.PUBLIC:
            return tuple(replace(one, by="", note="") for one in found)
        return found

    def releases(
        self, filters: Filters = Filters(), limit: int | None = None, offset: int = 0, newest_first: bool = True
    ) -> list[Entry]:
        """Current releases by day of publication, undated last."""
        query = self._current(self._told(select(*_LINE)), filters).order_by(*_by_day(newest_first))
        query = query.limit(limit).offset(offset)
        with self._catalogue.reading() as connection:
            return [self._entry(row) for row in connection.execute(query)]

    def related(self, id_or_reference: str) -> Related:
        """What this reader may see of a release's translations, reprints and corrections."""
        release = self.release(id_or_reference)
        mine = releases.c.id != release.id
        by = select(corrections.c.release_id).where(corrections.c.target == release.id)
        of = select(corrections.c.target).where(corrections.c.release_id == release.id)
        group = and_(releases.c.translations == release.group, versions.c.language != release.language)
        return Related(
            translations=self._entries(mine, group) if release.group else (),
            reprints=self._entries(mine, releases.c.family == release.family),
            corrected_by=self._entries(releases.c.id.in_(by)),
            corrects=self._entries(releases.c.id.in_(of)),
        )

    def corrections(self, targets: Collection[str]) -> dict[str, tuple[Entry, ...]]:
        """Of these releases (ids), those that others correct, with what this reader may see of these, oldest first."""
        query = self._current(self._told(select(*_LINE, corrections.c.target)), Filters()).where(
            corrections.c.release_id == releases.c.id, corrections.c.target.in_(sorted(targets))
        )
        found: dict[str, tuple[Entry, ...]] = {}
        with self._catalogue.reading() as connection:
            for row in connection.execute(query.order_by(versions.c.published, releases.c.id)) if targets else ():
                found[row.target] = (*found.get(row.target, ()), self._entry(row))
        return found

    def extent(self, filters: Filters = Filters()) -> Extent:
        return self._register().extent(filters)

    def issuers(self) -> dict[str, int]:
        """Each issuer's name with its number of releases, signed alone or with others, most prolific first."""
        return dict(self._register().issuers)

    def languages(self) -> list[str]:
        return list(self._register().languages)

    def edition(self) -> int:
        """Another number once another release, version or title may be seen, whoever wrote it."""
        return self._register().edition

    def facets(self, filters: Filters = Filters(), statuses: Collection[Status] = ()) -> Facets:
        """How current releases are spread, within these filters and statuses (none: all)."""
        return facets.facets(self._register(), filters, statuses, stamp(self.now))

    def over_time(self, filters: Filters = Filters(), statuses: Collection[Status] = ()) -> OverTime:
        """Current releases over time, within these filters and statuses (none: all)."""
        register = self._register()
        return facets.over_time(register, facets.chosen(register, filters, statuses, stamp(self.now)))

    def listed(
        self,
        filters: Filters = Filters(),
        statuses: Collection[Status] = (),
        limit: int = 20,
        offset: int = 0,
        newest_first: bool = True,
    ) -> list[Release]:
        """A page of the current releases within filters and statuses, by day of publication, undated last."""
        wanted = self.placed(filters, statuses, limit, offset, newest_first)
        query = self._told(joined()).where(
            releases.c.id.in_(wanted), versions.c.version == releases.c.current, self._visible()
        )
        with self._catalogue.reading() as connection:
            found = {release.id: release for release in (release_of(r, self.now) for r in connection.execute(query))}
        return [found[one] for one in wanted if one in found]

    def placed(
        self,
        filters: Filters = Filters(),
        statuses: Collection[Status] = (),
        limit: int = 20,
        offset: int = 0,
        newest_first: bool = True,
    ) -> list[str]:
        """The ids of `listed`, without reading any."""
        register = self._register()
        mask = facets.chosen(register, filters, statuses, stamp(self.now))
        return facets.by_day(register, mask, newest_first)[offset : offset + limit]

    def sayings(
        self, sought: Sought = Sought(), limit: int = 20, offset: int = 0, newest_first: bool = True
    ) -> list[Saying]:
        """A page of the quotations of current releases, by day."""
        bank = self._bank()
        wanted = bank.page(bank.mask(sought, self._held(bank, sought)), limit, offset, newest_first)
        query = self._told(sayings.SHOWN).where(sayings.these(wanted), self._visible())
        with self._catalogue.reading() as connection:
            rows = {(row.id, row.version, row.ordinal): row for row in connection.execute(query)}
        found = [rows[key] for key in wanted if key in rows]
        return [saying_of(r, status_of(r.withdrawn, stands_replaced(r), r.embargo, self.now)) for r in found]

    def heard(self, sought: Sought = Sought()) -> Heard:
        """Who says how much of it, in which office, for whom and when."""
        bank = self._bank()
        return bank.heard(sought, self._held(bank, sought))

    def speakers(self, sought: Sought = Sought(), named: str = "", limit: int = 20, offset: int = 0) -> Speakers:
        """A page of those who are quoted, most quoted first; `named` are beginnings of words of the name."""
        bank = self._bank()
        return bank.speakers(sought, self._held(bank, sought), named, limit, offset)

    def search(
        self, asked: str | Query, filters: Filters = Filters(), limit: int = 50, weights: Weights = Weights()
    ) -> list[Hit]:
        """Passages an answer may rest on, best first; `Hit.why` keeps each index's score."""
        asked = Query(asked) if isinstance(asked, str) else asked
        proposed = self._indexes.candidates(asked, self, filters)
        left = set(self.proposable([c.passage_id for c in proposed], filters))
        best = fused([c for c in proposed if c.passage_id in left], weights)
        shelved: dict[str, tuple[Passage, Release]] = {}
        read = 0
        while len(shelved) < limit and read < len(best):
            part = best[read : read + limit - len(shelved)]
            shelved |= self._passages([c.passage_id for c, _ in part])
            read += len(part)
        hits = [
            Hit(*shelved[c.passage_id], score=score, why=c.why(), sentence_scores=c.sentences)
            for c, score in best[:read]
            if c.passage_id in shelved
        ]
        weighed = [h if h.passage.kind is PassageKind.BODY else replace(h, score=h.score * REPEATED) for h in hits]
        return sorted(weighed, key=lambda hit: -hit.score)

    def openings(self, per_issuer: int = 12, characters: int = 1_200) -> list[str]:
        """How the newest releases of each issuer begin: where names are spelt out."""
        newest = func.row_number().over(partition_by=versions.c.issuer, order_by=versions.c.published.desc())
        ranked = self._current(
            select(func.substr(versions.c.text, 1, characters).label("opening"), newest.label("place")), Filters()
        ).subquery()
        with self._catalogue.reading() as connection:
            return list(connection.scalars(select(ranked.c.opening).where(ranked.c.place <= per_issuer)))

    def rows(
        self, columns: Sequence[Any], *such: ColumnElement[bool], within: Filters = Filters(), newest_first: bool = True
    ) -> Iterator[Row[Any]]:
        """These columns of every current release this reader may see, in the order of `releases`."""
        query = self._current(select(*columns), within).where(*such).order_by(*_by_day(newest_first))
        with self._catalogue.reading() as connection:
            yield from connection.execution_options(yield_per=200).execute(query)

    def passages(self, id_or_reference: str) -> list[Passage]:
        """The passages of a release's current version, in order, where it may bear an answer."""
        release = self.release(id_or_reference)
        query = self._answerable(select(passages), Filters()).where(releases.c.id == release.id)
        with self._catalogue.reading() as connection:
            rows = connection.execute(query.order_by(passages.c.ordinal))
            return [passage_of(row, release.text) for row in rows]

    def admitted(self, passage_ids: Iterable[str], filters: Filters) -> set[str]:
        """Of these passages, those an answer to this reader may rest on."""
        wanted = self.proposable(passage_ids, filters)
        chosen = passages.c.id.in_(bindparam("ids", expanding=True))
        query = self._answerable(select(passages.c.id), filters).where(chosen)
        found: set[str] = set()
        with self._catalogue.reading() as connection:
            for start in range(0, len(wanted), 5_000):
                found.update(connection.scalars(query, {"ids": wanted[start : start + 5_000]}))
        return found

    def proposable(self, passage_ids: Iterable[str], filters: Filters) -> list[str]:
        """Those of these passages whose release this reader may be answered from, in order: a first sieve.

        It does not know whether a passage still stands; `admitted` asks the catalogue.
        """
        return self._register(answering=True).admits(passage_ids, filters)

    def bears(self, release: Release) -> bool:
        """Whether an answer may still rest on this version: it may have been withdrawn or held back since it was read.

        As the catalogue stands now, at the view's own moment.
        """
        return self._register(answering=True).stands(release.id, release.version)

    def curated(self) -> tuple[CuratedEntry, ...]:
        """The curated answers this reader may be given now: approved, still valid, resting on what stands."""
        today = self.now.astimezone(PARIS).date()
        return self._catalogue.approvals.given(self._register(answering=True), today)

    @property
    def as_of(self) -> tuple[Scope, int, str]:
        """For whom, of which commit and since which moment: as long as it is the same, so is what may be proposed."""
        committed = self._catalogue.committed()
        return self._answering, committed, self._register(answering=True).since

    def standing(self, filters: Filters, at_most: int) -> list[str] | None:
        """Every version (`release:version`) that `filters` leave to answer from; None where over `at_most`."""
        return self._register(answering=True).standing(filters, at_most)

    def _bank(self) -> Bank:
        def read() -> list[Row[Any]]:
            with self._catalogue.reading() as connection:
                return list(connection.execute(sayings.HEARD))

        return self._catalogue.banks.of(self.scope, self._register(), read)

    def _held(self, bank: Bank, sought: Sought) -> Mask | None:
        """Which quotations of this bank hold the words looked for (None: all); another may take its place meanwhile."""

        def find() -> list[Key] | None:
            query = sayings.worded(sought.words, self.languages())
            if query is None:
                return None
            with self._catalogue.reading() as connection:
                return [(r, v, n) for r, v, n in connection.execute(query)]

        return bank.holding(sought.words, find)

    def _register(self, answering: bool = False) -> Register:
        return self._catalogue.registers.of(self._answering if answering else self.scope, self.now)

    @property
    def _answering(self) -> Scope:
        """No answer rests on withdrawn or superseded text, not even the archivist's."""
        return Scope.STAFF if self.scope is Scope.ARCHIVIST else self.scope

    def _passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Release]]:
        query = _shown(visible(self._answering, self.now), self._catalogue.generation())
        with self._catalogue.reading() as connection:

            def read(wanted: list[str]) -> list[Release]:
                found = connection.execute(_CURRENT, {"ids": wanted}) if wanted else ()
                return [release_of(row, self.now) for row in found]

            before = self._catalogue.committed()
            rows = connection.execute(query, {"ids": list(passage_ids)}).all()
            wanted = [row.release_id for row in rows]
            if before == self._catalogue.committed():
                shelf = self._catalogue.lately.of(wanted, before, self.now, read)
            else:  # written in between: only this transaction knows what stands
                shelf = {release.id: release for release in read(list(dict.fromkeys(wanted)))}
        return {row.id: (passage_of(row, shelf[row.release_id].text), shelf[row.release_id]) for row in rows}

    def _entries(self, *such: ColumnElement[bool]) -> tuple[Entry, ...]:
        query = self._current(self._told(select(*_LINE)), Filters()).where(*such)
        with self._catalogue.reading() as connection:
            found = connection.execute(query.order_by(versions.c.published, releases.c.id))
            return tuple(self._entry(row) for row in found)

    def _entry(self, row: Row[Any]) -> Entry:
        return Entry(
            row.id,
            row.reference,
            row.title,
            row.issuer,
            day_of(row.published),
            status_of(row.withdrawn, stands_replaced(row), row.embargo, self.now),
            row.language,
        )

    def _told(self, query: Select[Any]) -> Select[Any]:
        """The query with whether each release is replaced; nobody else meets one that is."""
        if self.scope is not Scope.ARCHIVIST:
            return query
        return query.add_columns(replaced(self.scope, self.now).label("replaced"))

    def _visible(self) -> ColumnElement[bool]:
        return visible(self.scope, self.now)

    def _current(self, query: Select[*tuple[Any, ...]], filters: Filters) -> Select[Any]:
        return query.select_from(_RELEASES).where(
            versions.c.version == releases.c.current, self._visible(), *_narrowed(filters)
        )

    def _answerable(self, query: Select[Any], filters: Filters) -> Select[Any]:
        return query.select_from(_SHELF).where(
            passages.c.generation == self._catalogue.generation(),
            visible(self._answering, self.now),
            *_narrowed(filters),
        )


_RELEASES = releases.join(versions, versions.c.release_id == releases.c.id)
_SHELF = passages.join(releases, releases.c.id == passages.c.release_id).join(
    versions, (versions.c.release_id == passages.c.release_id) & (versions.c.version == passages.c.version)
)


@lru_cache(8)
def _shown(seen: ColumnElement[bool], generation: int) -> Select[Any]:
    """The passages `ids` of this generation, of what is `seen`."""
    chosen = passages.c.id.in_(bindparam("ids", expanding=True))
    return select(passages).select_from(_SHELF).where(passages.c.generation == generation, seen, chosen)


_CURRENT = joined().where(releases.c.id.in_(bindparam("ids", expanding=True)), versions.c.version == releases.c.current)


def _by_day(newest_first: bool) -> tuple[ColumnElement[Any], ...]:
    """By day of publication, undated last."""
    day = func.coalesce(versions.c.published, "0" if newest_first else "9")
    return (day.desc(), releases.c.id.desc()) if newest_first else (day, releases.c.id)


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.period.first is not None:
        conditions.append(versions.c.published >= filters.period.first.isoformat())
    if filters.period.last is not None:
        conditions.append(versions.c.published <= filters.period.last.isoformat())
    if filters.issuers:
        signed = exists().where(
            cosigners.c.issuer.in_(filters.issuers),
            cosigners.c.release_id == versions.c.release_id,
            cosigners.c.version == versions.c.version,
        )
        conditions.append(or_(versions.c.issuer.in_(filters.issuers), signed))
    if filters.languages:
        conditions.append(versions.c.language.in_(filters.languages))
    if filters.rubrics:
        under = exists().where(
            rubrics.c.rubric.in_(filters.rubrics),
            rubrics.c.release_id == versions.c.release_id,
            rubrics.c.version == versions.c.version,
        )
        conditions.append(under)
    if filters.releases:
        conditions.append(versions.c.release_id.in_(filters.releases))
    return conditions


def filters_to(filters: Filters) -> dict[str, Any]:
    """Filters as JSON, to hand them to another process."""
    first, last = filters.period.first, filters.period.last
    return {
        "first": first and first.isoformat(),
        "last": last and last.isoformat(),
        "issuers": list(filters.issuers),
        "languages": list(filters.languages),
        "releases": list(filters.releases),
        "rubrics": list(filters.rubrics),
    }


def filters_from(document: dict[str, Any]) -> Filters:
    return Filters(
        Period(day_of(document["first"]), day_of(document["last"])),
        tuple(document["issuers"]),
        tuple(document["languages"]),
        tuple(document["releases"]),
        rubrics=tuple(document.get("rubrics", ())),
    )
