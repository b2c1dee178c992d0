"""The catalogue: the truth about releases, their versions, withdrawals and passages.

What is written here, and what the indexes still owe. A release, its passages and the
order to index them are committed together, so a crash in between costs nothing. Reading
on anyone's behalf is `view.py`; this module answers nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Literal

import orjson
from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from store import amendments, falling, refrains, schema, sought
from store.amendments import Hand, differ
from store.commits import AsCommitted, Commits
from store.curated import Approvals
from store.kinship import corrected_by, relate, resembling, shelved
from store.lately import Lately
from store.records import ArchiveError, ArchiveTooNew, Passage, Release, ReleaseNotFound
from store.register import Registers
from store.rows import passage_row, readable_id, same_content, version_row
from store.sayings import Banks
from store.schema import cosigners, meta, passages, pending, releases, sources, stamp, versions
from store.sqlite import opened

Outcome = Literal["added", "corrected", "unchanged"]
Owed = Literal["words", "vectors", "forget"]
Cut = Callable[[Release], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a release that was handed in."""

    release_id: str
    version: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of a release, and of which one on the shelf it would be a version (None: it is new).

    `by` tells what says so: "reference", "url" or "name" (the same place).
    """

    outcome: Outcome
    release_id: str | None = None
    version: int = 1
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """One version the indexes have still to take in (`words`, `vectors`) or to `forget`."""

    seq: int
    kind: Owed
    release_id: str
    version: int


class Catalogue:
    """Releases in one SQLite file (WAL mode); safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = opened(path, 60, "cache_size=-32000", _read_back)
        self._commits = Commits(path)
        self._metas: AsCommitted[str, str | None] = AsCommitted(self._commits, self._meta)
        self._owing: AsCommitted[tuple[Owed, ...], int | None] = AsCommitted(self._commits, self._last_owed)
        self.registers = Registers(self.reading, self.committed)
        self.approvals = Approvals(self.reading, self.committed)
        self.lately = Lately()
        self.banks = Banks()
        try:
            with self.transaction() as connection:
                self._prepare(connection)
        except BaseException:
            self.close()
            raise

    def _prepare(self, connection: Connection) -> None:
        schema.metadata.create_all(connection)
        found = meta_value(connection, "schema")
        if found is None:
            set_meta_value(connection, "schema", str(schema.SCHEMA_VERSION))
            set_meta_value(connection, "generation", "1")
        elif int(found) < schema.SCHEMA_VERSION:
            _upgrade(connection, int(found))
        elif int(found) > schema.SCHEMA_VERSION:
            raise ArchiveTooNew(
                f"{self.path}: written by a newer Porte-parole (format {found}; this one reads up to "
                f"{schema.SCHEMA_VERSION}). Upgrade Porte-parole; nothing was changed."
            )

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction, all or nothing; ArchiveError where the disk refuses."""
        try:
            with self.engine.connect().execution_options(immediate=True) as connection, connection.begin():
                yield connection
        except DatabaseError as error:
            raise ArchiveError(_explained(error, self.path)) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise ArchiveError(_explained(error, self.path)) from error

    def committed(self) -> int:
        """A higher number after each commit, whichever process made it."""
        return self._commits.number()

    def close(self) -> None:
        self._commits.close()
        self.engine.dispose()

    def meta(self, key: str) -> str | None:
        return self._metas.of(key)

    def _meta(self, key: str) -> str | None:
        with self.reading() as connection:
            return meta_value(connection, key)

    def set_meta(self, key: str, value: str) -> None:
        with self.transaction() as connection:
            set_meta_value(connection, key, value)

    def generation(self) -> int:
        """Which set of passages and indexes is in use; `reindex` builds the next."""
        return int(self.meta("generation") or "1")

    def seen(self, sha256: str, name: str) -> str | None:
        """The release these bytes already are, or None if they are to be read.

        Bytes of a superseded version count as seen too, unless they came back at the very
        place the release lives: an old copy in another folder must not resurrect it.
        """
        with self.reading() as connection:
            rows = connection.execute(_SEEN, {"seen": sha256}).all()
        return next((row.id for row in rows if row.version == row.current or row.name != name), None)

    def add(
        self,
        release: Release,
        cut: Sequence[Passage],
        recut: Cut,
        *,
        version_of: str | None = None,
        hand: Hand | None = None,
    ) -> Added:
        """Shelve a release with its passages: added, corrected (a new version), or unchanged.

        It is the same release if it has the same reference, else the same address, else
        the same place; two that each state another reference (or address) stay apart.
        Where a person says of which (its id) it is a version, it is. `recut` makes the
        passages anew of a release whose boilerplate the archive learns. What a `hand` puts
        right stands from the first moment; what was put right before is kept.
        """
        with self.transaction() as connection:
            existing = _same_release(connection, release) if version_of is None else _there(connection, version_of)
            read = release
            if existing is None:
                named = release if hand is None else hand.over(release)
                release_id, version, outcome = _free_id(connection, named), 1, "added"
                connection.execute(insert(releases), {"id": release_id, "current": 1, **_identity(release)})
            else:
                release_id, version = existing.id, existing.current
                before = shelved(connection, release_id)
                if same_content(amendments.as_read(connection, before), release) or _older(release, before):
                    _remember_source(connection, release, release_id, version, new=False)
                    if hand is not None:
                        _put_right(connection, before, amendments.lay(connection, before, hand), recut)
                    return Added(release_id, version, "unchanged")
                _owe(connection, release_id, version, "forget")
                version, outcome = version + 1, "corrected"
                kept = {key: value for key, value in _identity(release).items() if value is not None}
                if version_of is not None:
                    kept = {key: value for key, value in kept.items() if existing._mapping[key] is None}
                connection.execute(update(releases).where(releases.c.id == release_id).values(current=version, **kept))
                release = amendments.carry(connection, replace(release, id=release_id, version=version), version - 1)
            if hand is not None:
                release = amendments.lay(connection, replace(release, id=release_id, version=version), hand)
            if differ(release, read):
                cut = recut(release)
            new = existing is None
            connection.execute(insert(versions), version_row(release, release_id, version))
            for issuer in dict.fromkeys(release.co_issuers):
                connection.execute(insert(cosigners), {"issuer": issuer, "release_id": release_id, "version": version})
            sought.note(connection, release, release_id, version, new=True)
            _remember_source(connection, release, release_id, version, new=new)
            generation = int(meta_value(connection, "generation") or "1")
            shelve_passages(connection, generation, release_id, version, cut)
            _owe(connection, release_id, version, "words", "vectors")
            kin = relate(connection, release, release_id, new=new)
            noted = refrains.note(connection, release, release_id, new=new)
            if noted.release is not release:
                _set_apart(connection, replace(noted.release, id=release_id, version=version), generation, recut)
            for other in noted.first_to_say:
                before = shelved(connection, other)
                learnt = refrains.learnt(connection, before)
                if learnt is not before:
                    _set_apart(connection, learnt, generation, recut)
            _change(connection, {release_id, *kin})
            if not new:
                falling.corrected(connection, replace(release, id=release_id, version=version))
            falling.by_others(connection, kin)
            return Added(release_id, version, outcome)  # type: ignore[arg-type]

    def foreseen(self, release: Release) -> Foreseen:
        """What `add` would make of a release; nothing is written."""
        with self.reading() as connection:
            existing = _same_release(connection, release)
            if existing is None:
                return Foreseen("added")
            by, before = _told_by(existing, release), shelved(connection, existing.id)
            if same_content(amendments.as_read(connection, before), release) or _older(release, before):
                return Foreseen("unchanged", before.id, before.version, by)
            return Foreseen("corrected", before.id, before.version + 1, by)

    def resembling(self, release: Release) -> list[str]:
        """Releases that a new one may be another copy of."""
        with self.reading() as connection:
            return resembling(connection, release)

    def amend(self, id_or_reference: str, hand: Hand, recut: Cut) -> str:
        """Put a release right by hand: its current version, and those to come; gives its id.

        At every door at once. `recut` makes the passages anew where they hold what changed.
        """
        with self.transaction() as connection:
            before = shelved(connection, _there(connection, id_or_reference).id)
            _put_right(connection, before, amendments.lay(connection, before, hand), recut)
            return before.id

    def unamend(self, id_or_reference: str, fields: Collection[str], recut: Cut) -> str:
        """Give up what was put right in these fields: the document's own words stand again."""
        with self.transaction() as connection:
            before = shelved(connection, _there(connection, id_or_reference).id)
            _put_right(connection, before, amendments.take_back(connection, before, fields), recut)
            return before.id

    def withdraw(self, id_or_reference: str, reason: str, now: datetime) -> str:
        """Withdraw a release, at once and for all but the archivist; gives its id."""
        with self.transaction() as connection:
            row = _there(connection, id_or_reference)
            if row.withdrawn is None:
                connection.execute(
                    update(releases).where(releases.c.id == row.id).values(withdrawn=stamp(now), reason=reason)
                )
                _owe(connection, row.id, row.current, "forget")
                _change(connection, {row.id, *corrected_by(connection, row.id)})
                falling.withdrawn(connection, row.id)
            return str(row.id)

    def digests(self) -> set[str]:
        """The SHA-256 of every document that a version was read from."""
        with self.reading() as connection:
            return set(connection.scalars(select(sources.c.sha256)))

    def releases(self) -> int:
        """How many releases there are that are not withdrawn."""
        with self.reading() as connection:
            return connection.scalar(select(func.count()).where(releases.c.withdrawn.is_(None))) or 0

    def passages(self) -> int:
        """How many passages the generation in use has, of every version."""
        with self.reading() as connection:
            generation = int(meta_value(connection, "generation") or "1")
            return connection.scalar(select(func.count()).where(passages.c.generation == generation)) or 0

    def debts(self, *kinds: Owed, limit: int = 256, until: int | None = None) -> list[Debt]:
        """What the indexes still owe, oldest first; up to number `until`."""
        query = select(pending).where(pending.c.kind.in_(kinds)).order_by(pending.c.seq).limit(limit)
        if until is not None:
            query = query.where(pending.c.seq <= until)
        with self.reading() as connection:
            return [Debt(row.seq, row.kind, row.release_id, row.version) for row in connection.execute(query)]

    def settle(self, debts: Sequence[Debt]) -> None:
        if debts:
            with self.transaction() as connection:
                connection.execute(delete(pending).where(pending.c.seq.in_([debt.seq for debt in debts])))

    def owed(self, *kinds: Owed) -> int:
        with self.reading() as connection:
            return connection.scalar(select(func.count()).where(pending.c.kind.in_(kinds))) or 0

    def last_owed(self, *kinds: Owed) -> int | None:
        """The number of the latest debt of these kinds, or None where there is none."""
        return self._owing.of(kinds)

    def _last_owed(self, kinds: tuple[Owed, ...]) -> int | None:
        with self.reading() as connection:
            last: int | None = connection.scalar(_LAST_OWED, {"kinds": kinds})
            return last


_LAST_OWED = select(func.max(pending.c.seq)).where(pending.c.kind.in_(bindparam("kinds", expanding=True)))


_SEEN = (
    select(releases.c.id, releases.c.name, releases.c.current, sources.c.version)
    .join(releases, releases.c.id == sources.c.release_id)
    .where(sources.c.sha256 == bindparam("seen"))
    .order_by(sources.c.version.desc())
)


_VALUE = select(meta.c.value).where(meta.c.key == bindparam("key"))


def meta_value(connection: Connection, key: str) -> str | None:
    return connection.scalar(_VALUE, {"key": key})


def set_meta_value(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(meta).where(meta.c.key == key))
    connection.execute(insert(meta).values(key=key, value=value))


def find(connection: Connection, id_or_reference: str) -> Row[Any] | None:
    """The release of that id, else of that reference."""
    named = or_(releases.c.id == id_or_reference, releases.c.reference == id_or_reference)
    order = (releases.c.id != id_or_reference, releases.c.id)
    return connection.execute(select(releases).where(named).order_by(*order)).first()


def _there(connection: Connection, id_or_reference: str) -> Row[Any]:
    """The release of that id, else of that reference, or ReleaseNotFound."""
    row = find(connection, id_or_reference)
    if row is None:
        raise ReleaseNotFound(id_or_reference)
    return row


def shelve_passages(
    connection: Connection, generation: int, release_id: str, version: int, cut: Sequence[Passage]
) -> None:
    if cut:
        connection.execute(insert(passages), [passage_row(p, release_id, version, generation) for p in cut])


_ALREADY = (
    select(releases)
    .where(
        or_(
            releases.c.reference == bindparam("reference"),
            releases.c.url == bindparam("url"),
            releases.c.name == bindparam("name"),
        )
    )
    .order_by(releases.c.id)
)


def _same_release(connection: Connection, release: Release) -> Row[Any] | None:
    reference, url, name = release.reference or None, release.url or None, release.source.name
    found = connection.execute(_ALREADY, {"reference": reference, "url": url, "name": name}).all()
    if reference and (row := next((row for row in found if row.reference == reference), None)) is not None:
        return row
    rows = [row for row in found if reference is None or row.reference is None]
    if url and (row := next((row for row in rows if row.url == url), None)) is not None:
        return row
    here = (row for row in rows if row.name == name and (url is None or row.url is None))
    return next(here, None)


def _told_by(existing: Row[Any], release: Release) -> str:
    """What tells that a release is the one on the shelf."""
    if release.reference and existing.reference == release.reference:
        return "reference"
    return "url" if release.url and existing.url == release.url else "name"


def _older(release: Release, shelved: Release) -> bool:
    """Whether the source itself calls a version older than the one on the shelf."""
    return release.edition is not None and shelved.edition is not None and release.edition < shelved.edition


_LATEST = select(func.coalesce(func.max(releases.c.changed), 0) + 1).scalar_subquery()
_CHANGE = update(releases).where(releases.c.id.in_(bindparam("touched", expanding=True))).values(changed=_LATEST)


def _change(connection: Connection, touched: set[str]) -> None:
    """Number these releases as changed: what stands of them, or whether they stand, is another now."""
    connection.execute(_CHANGE, {"touched": sorted(touched)})


def _set_apart(connection: Connection, release: Release, generation: int, recut: Cut) -> None:
    """Shelve a version anew whose refrains were set apart: its record, its passages."""
    here = (versions.c.release_id == release.id, versions.c.version == release.version)
    record = version_row(release, release.id, release.version)["record"]
    connection.execute(update(versions).where(*here).values(record=record))
    sought.note(connection, release, release.id, release.version, new=False)
    of_version = (passages.c.release_id == release.id, passages.c.version == release.version)
    connection.execute(delete(passages).where(passages.c.generation == generation, *of_version))
    shelve_passages(connection, generation, release.id, release.version, recut(release))
    _owe(connection, release.id, release.version, "words", "vectors")


def _put_right(connection: Connection, before: Release, release: Release, recut: Cut) -> None:
    """Let a shelved version stand with other values: its columns, and where they hold them, its kin and passages."""
    if release == before:
        return
    here = (versions.c.release_id == release.id, versions.c.version == release.version)
    row = version_row(release, release.id, release.version)
    columns = ("title", "issuer", "published", "embargo", "language", "record")
    connection.execute(update(versions).where(*here).values({column: row[column] for column in columns}))
    sought.note(connection, release, release.id, release.version, new=False)
    touched = {release.id}
    if differ(release, before):
        touched |= relate(connection, release, release.id, new=False)
        noted = refrains.note(connection, release, release.id, new=False)
        generation = int(meta_value(connection, "generation") or "1")
        # Of every generation: one that is being built takes the release in again.
        passages_of = (passages.c.release_id == release.id, passages.c.version == release.version)
        connection.execute(delete(passages).where(*passages_of))
        _owe(connection, release.id, release.version, "forget")
        _set_apart(connection, noted.release, generation, recut)
        for other in noted.first_to_say:
            _set_apart(connection, refrains.learnt(connection, shelved(connection, other)), generation, recut)
    _change(connection, touched)
    falling.amended(connection, before, release)
    falling.by_others(connection, touched)


def _upgrade(connection: Connection, found: int) -> None:
    """An older archive's tables as this version writes them; `create_all` made the new ones."""
    for column in (releases.c.family, releases.c.translations, releases.c.changed, passages.c.kind):
        table = column.table.name
        if column.name not in {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}:
            kind = column.type.compile(connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column.name} {kind}")
    for table_of in schema.metadata.sorted_tables:
        for index in table_of.indexes:
            index.create(connection, checkfirst=True)
    alone = func.lower(func.hex(func.randomblob(8)))
    connection.execute(update(releases).where(releases.c.family.is_(None)).values(family=alone))
    if found < 4:
        sought.fill(connection)
    set_meta_value(connection, "schema", str(schema.SCHEMA_VERSION))


def _identity(release: Release) -> dict[str, str | None]:
    return {
        "reference": release.reference,
        "url": release.url,
        "name": release.source.name,
        "translations": release.group,
    }


_TAKEN = select(releases.c.id).where(releases.c.id == bindparam("wanted"))


def _free_id(connection: Connection, release: Release) -> str:
    wanted = readable_id(release)
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if connection.scalar(_TAKEN, {"wanted": name}) is None)


_KNOWN = select(sources).where(*(column == bindparam(f"of_{column.name}") for column in sources.c))


def _remember_source(connection: Connection, release: Release, release_id: str, version: int, *, new: bool) -> None:
    row = {"sha256": release.source.sha256, "release_id": release_id, "version": version}
    if new or connection.execute(_KNOWN, {f"of_{key}": value for key, value in row.items()}).first() is None:
        connection.execute(insert(sources), row)


def _owe(connection: Connection, release_id: str, version: int, *kinds: Owed) -> None:
    rows = [{"kind": kind, "release_id": release_id, "version": version} for kind in kinds]
    connection.execute(insert(pending), rows)


def _read_back(written: str | float) -> Any:
    """A JSON column's value; SQLite gives back a lone number as one."""
    return orjson.loads(written) if isinstance(written, str) else written


def _explained(error: DatabaseError, path: Path) -> str:
    reason = str(error.orig)
    if "full" in reason or "disk I/O" in reason:
        return (
            f"{path}: the disk is full or refuses writing ({reason}). What was already taken in is kept: "
            "free some space and run the same command again."
        )
    if "readonly" in reason or "unable to open" in reason:
        return f"{path}: cannot be written ({reason}). Check the folder's owner and permissions."
    if "malformed" in reason or "not a database" in reason:
        return f"{path}: not a readable catalogue ({reason}). Restore it from a backup, or ingest into a new folder."
    return f"{path}: {reason}"
