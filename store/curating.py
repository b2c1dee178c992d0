"""The curated answers as the press office keeps them: added, changed, approved, taken back.

They live in the catalogue, so that what happens to a release they rest on happens to them
in the same transaction. Knows nothing about who may do so, nor how a question finds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Connection, delete, func, insert, select, update

from store.amendments import one_line
from store.catalogue import Catalogue, find
from store.curated import as_it_stands, correctors, entries_of
from store.entries import LONGEST, BadEntry, Draft, Entry, EntryNotFound, State, key_of
from store.folding import fold
from store.records import Scope
from store.register import Register
from store.schema import PARIS, curated, curated_rests_on, curated_vectors, stamp

MOST = 10_000
"""Entries an archive keeps."""


class Curating:
    """Keeps the curated answers of a catalogue; safe between threads and processes.

    Whatever is written needs a name (`by`) and a moment with its time zone. Those that name
    an entry raise EntryNotFound; ArchiveError where the disk refuses.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def listed(self, now: datetime, state: State | None = None) -> list[Entry]:
        """Every entry as it stands at a moment, by question."""
        with self._catalogue.reading() as connection:
            written = entries_of(connection)
            found = [self._standing(connection, entry, now) for entry in written]
        return [entry for entry in found if state is None or entry.state is state]

    def entry(self, entry_id: str, now: datetime) -> Entry:
        """One entry as it stands at a moment."""
        with self._catalogue.reading() as connection:
            return self._standing(connection, _there(connection, entry_id), now)

    def asking(self, question: str, now: datetime) -> Entry | None:
        """The entry of that very question, capitals and punctuation aside."""
        with self._catalogue.reading() as connection:
            found = entries_of(connection, curated.c.key == key_of(question))
            return self._standing(connection, found[0], now) if found else None

    def resolved(self, draft: Draft) -> tuple[str, ...]:
        """The ids of the releases a draft names. Raises BadEntry where there is no such release."""
        with self._catalogue.reading() as connection:
            return tuple(release_id for release_id, _ in _resting(connection, draft))

    def add(self, draft: Draft, by: str, now: datetime) -> Entry:
        """A new entry, a draft. Raises BadEntry where it cannot be kept so."""
        with self._catalogue.transaction() as connection:
            _alone(connection, draft)
            if (connection.scalar(select(func.count()).select_from(curated)) or 0) >= MOST:
                raise BadEntry("question", "many", f"an archive keeps {MOST} curated answers; remove some first")
            entry_id = _free_id(connection, draft)
            resting = _resting(connection, draft)
            written = {"id": entry_id, "created": stamp(now), "state": State.DRAFT.value}
            connection.execute(insert(curated), {**written, **_written(draft, by, now)})
            _rest(connection, entry_id, resting)
        return self.entry(entry_id, now)

    def change(self, entry_id: str, draft: Draft, by: str, now: datetime, seen: Entry | None = None) -> Entry:
        """Write an entry anew: a draft again, unless only its owner or its last day changed.

        `seen` is what the writer had before them. Raises BadEntry, where it is another by now ("changed") too.
        """
        with self._catalogue.transaction() as connection:
            before = _as_seen(_there(connection, entry_id), seen)
            _alone(connection, draft, entry_id)
            resting = _resting(connection, draft)
            same = _says(before) == _says(draft) and [one for one, _ in resting] == [one for one, _ in before.releases]
            written = _written(draft, by, now)
            if not same:
                written |= {"state": State.DRAFT.value, "fallen": None}
                connection.execute(delete(curated_rests_on).where(curated_rests_on.c.entry_id == entry_id))
                _rest(connection, entry_id, resting)
            connection.execute(update(curated).where(curated.c.id == entry_id).values(written))
        return self.entry(entry_id, now)

    def approve(self, entry_id: str, by: str, now: datetime, seen: Entry | None = None) -> Entry:
        """Let an entry answer, resting on the versions that are current now.

        Releases under embargo may be among them: it answers once all are published. Raises
        BadEntry where it may not be approved, or is another than the one `seen` ("changed").
        """
        with self._catalogue.transaction() as connection:
            entry = _as_seen(_there(connection, entry_id), seen)
            if not entry.answer:
                raise BadEntry("answer", "empty", "there is none yet; write it first")
            if entry.valid_until is not None and entry.valid_until < now.astimezone(PARIS).date():
                raise BadEntry("valid_until", "expired", f"{entry.valid_until} is over; give it a later day first")
            resting = _current(connection, entry, self._register(Scope.STAFF, now))
            connection.execute(delete(curated_rests_on).where(curated_rests_on.c.entry_id == entry_id))
            _rest(connection, entry_id, resting)
            approved = {"state": State.APPROVED.value, "fallen": None, **_signed(by, now)}
            connection.execute(update(curated).where(curated.c.id == entry_id).values(approved))
        return self.entry(entry_id, now)

    def withdraw_to_draft(self, entry_id: str, by: str, now: datetime) -> Entry:
        """Let an entry answer no more."""
        with self._catalogue.transaction() as connection:
            entry = _there(connection, entry_id)
            if entry.state is State.APPROVED:
                withdrawn = {"state": State.DRAFT.value, **_signed(by, now)}
                connection.execute(update(curated).where(curated.c.id == entry_id).values(withdrawn))
        return self.entry(entry_id, now)

    def remove(self, entry_id: str) -> None:
        """Forget an entry."""
        with self._catalogue.transaction() as connection:
            _there(connection, entry_id)
            connection.execute(delete(curated_rests_on).where(curated_rests_on.c.entry_id == entry_id))
            connection.execute(delete(curated).where(curated.c.id == entry_id))

    def vectors(self, model: str) -> dict[bytes, bytes]:
        """What was read by this model: vectors (float32) by the digest of what they were read from."""
        query = select(curated_vectors.c.digest, curated_vectors.c.vector).where(curated_vectors.c.model == model)
        with self._catalogue.reading() as connection:
            return {row.digest: row.vector for row in connection.execute(query)}

    def keep_vectors(self, model: str, read: Mapping[bytes, bytes]) -> None:
        """Keep exactly these vectors; those of other models are forgotten."""
        with self._catalogue.transaction() as connection:
            connection.execute(delete(curated_vectors))
            rows = [{"model": model, "digest": digest, "vector": vector} for digest, vector in read.items()]
            if rows:
                connection.execute(insert(curated_vectors), rows)

    def _standing(self, connection: Connection, entry: Entry, now: datetime) -> Entry:
        if entry.state is State.DRAFT:
            return entry
        today = now.astimezone(PARIS).date()
        standing = self._catalogue.approvals.approved()
        public, staff = self._register(Scope.PUBLIC, now), self._register(Scope.STAFF, now)
        return as_it_stands(connection, entry, standing, public, staff, today)

    def _register(self, scope: Scope, now: datetime) -> Register:
        return self._catalogue.registers.of(scope, now)


def _there(connection: Connection, entry_id: str) -> Entry:
    found = entries_of(connection, curated.c.id == entry_id)
    if not found:
        raise EntryNotFound(entry_id)
    return found[0]


def _as_seen(entry: Entry, seen: Entry | None) -> Entry:
    if seen is not None and (entry.changed, entry.releases, entry.fallen or seen.fallen) != (
        seen.changed,
        seen.releases,
        seen.fallen,
    ):
        raise BadEntry("entry", "changed", "it, or a release it rests on, was changed meanwhile; look at it again")
    return entry


def _alone(connection: Connection, draft: Draft, but: str = "") -> None:
    """Raises BadEntry where another entry has that question."""
    other = connection.scalar(select(curated.c.id).where(curated.c.key == key_of(draft.question), curated.c.id != but))
    if other is not None:
        raise BadEntry("question", "twice", f"the entry « {other} » has that very question; change that one")


def _resting(connection: Connection, draft: Draft) -> list[tuple[str, int]]:
    """The releases of a draft with their current versions. Raises BadEntry where there is no such release."""
    found: dict[str, int] = {}
    for named in draft.releases:
        row = find(connection, named)
        if row is None:
            raise BadEntry("releases", "unknown", f"no release « {named[:80]} » in this archive")
        found[row.id] = row.current
    return list(found.items())


def _current(connection: Connection, entry: Entry, staff: Register) -> list[tuple[str, int]]:
    """The current versions of what an entry rests on. Raises BadEntry where it may not answer from them."""
    if not entry.releases:
        raise BadEntry("releases", "releases", "it rests on none; name at least one it is answered from")
    current: list[tuple[str, int]] = []
    others = correctors(connection, {release_id for release_id, _ in entry.releases})
    own = {release_id for release_id, _ in entry.releases}
    for release_id, _ in entry.releases:
        row = find(connection, release_id)
        if row is None or not staff.stands(row.id, row.current):
            by = next((one for one in others.get(release_id, ()) if staff.shows(one)), None)
            instead = "" if by is None else f": rest on « {by} » instead"
            raise BadEntry("releases", "gone", f"« {release_id} » is withdrawn or replaced{instead}")
        by = next((one for one in others.get(release_id, ()) if one not in own and staff.shows(one)), None)
        if by is not None:
            raise BadEntry("releases", "corrected", f"« {release_id} » is corrected by « {by} »: rest on that one too")
        current.append((row.id, row.current))
    return current


def _rest(connection: Connection, entry_id: str, resting: list[tuple[str, int]]) -> None:
    rows = [
        {"entry_id": entry_id, "release_id": release_id, "version": version, "ordinal": ordinal}
        for ordinal, (release_id, version) in enumerate(resting)
    ]
    if rows:
        connection.execute(insert(curated_rests_on), rows)


def _written(draft: Draft, by: str, now: datetime) -> dict[str, object]:
    return {
        "key": key_of(draft.question),
        "question": draft.question,
        "variants": list(draft.variants),
        "answer": draft.answer,
        "language": draft.language,
        "valid_until": draft.valid_until and draft.valid_until.isoformat(),
        "owner": draft.owner,
        **_signed(by, now),
    }


def _signed(by: str, now: datetime) -> dict[str, object]:
    return {"by": one_line(by)[: LONGEST["by"]], "changed": stamp(now)}


def _says(one: Entry | Draft) -> tuple[object, ...]:
    return one.question, one.variants, one.answer, one.language


def _free_id(connection: Connection, draft: Draft) -> str:
    """`combien-coute-la-renovation-3f2a91bc`: the question's first words, and a hash of it."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(draft.question)).split()
    slug = "-".join(words)[:40].strip("-") or "question"
    wanted = f"{slug}-{blake2b(key_of(draft.question).encode(), digest_size=4).hexdigest()}"
    taken = connection.scalar(select(curated.c.id).where(curated.c.id == wanted))
    return wanted if taken is None else f"{wanted}-{blake2b(taken.encode(), digest_size=4).hexdigest()}"
