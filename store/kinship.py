"""What a release has to do with others: reprints of its text, and what it corrects or replaces.

Worked out in the transaction that shelves it, and again when what it speaks of arrives
later. Knows nothing about who may see what: that is `schema.visible`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from store.folding import fold
from store.records import CorrectionKind, Release
from store.reprints import alike, bands, body, reprint
from store.rows import joined, release_of
from store.schema import corrections, releases, signatures, versions

MOST_COMPARED = 40
"""Releases with a like signature whose texts are compared."""
RECENT = timedelta(days=60)
"""How long before a correction what it corrects was published, where it does not say."""
TITLED_ALIKE = 0.8
SAME_STORY = 0.4
"""Runs of words in common from which a rectification stands in place of what it rectifies."""


def relate(connection: Connection, release: Release, release_id: str) -> None:
    """Find a version's reprints and what it corrects, and the corrections that waited for it."""
    _join_family(connection, release, release_id)
    connection.execute(delete(corrections).where(corrections.c.release_id == release_id))
    if release.corrects is not None:
        _link(connection, release, release_id)
    waiting = select(corrections.c.release_id).where(corrections.c.target.is_(None))
    for other in list(connection.scalars(waiting)):
        if other != release_id:
            _link(connection, shelved(connection, other), other)


def shelved(connection: Connection, release_id: str) -> Release:
    """The current version of a release, for whoever keeps the shelves."""
    query = joined().where(releases.c.id == release_id, versions.c.version == releases.c.current)
    return release_of(connection.execute(query).one(), datetime.now(UTC))


def _join_family(connection: Connection, release: Release, release_id: str) -> None:
    said = body(release)
    found = bands(said)
    connection.execute(delete(signatures).where(signatures.c.release_id == release_id))
    family = blake2b(release_id.encode(), digest_size=8).hexdigest()
    for other in _alike(connection, found, release_id):
        text = shelved(connection, other.id)
        if text.language == release.language and reprint(said, body(text)):
            family = other.family
            break
    if found:
        connection.execute(insert(signatures), [{"band": band, "release_id": release_id} for band in set(found)])
    connection.execute(update(releases).where(releases.c.id == release_id).values(family=family))


def _alike(connection: Connection, found: list[bytes], release_id: str) -> list[Row[Any]]:
    """Releases that share a band, most bands first."""
    shared = func.count().label("shared")
    query = (
        select(releases.c.id, releases.c.family, shared)
        .join(signatures, signatures.c.release_id == releases.c.id)
        .where(signatures.c.band.in_(found), releases.c.id != release_id)
        .group_by(releases.c.id, releases.c.family)
        .order_by(shared.desc(), releases.c.id)
        .limit(MOST_COMPARED)
    )
    return list(connection.execute(query)) if found else []


def _link(connection: Connection, release: Release, release_id: str) -> None:
    """Note what a release corrects, or that it is not on the shelves (yet)."""
    assert release.corrects is not None
    target = _target(connection, release, release_id)
    stands_in = release.corrects.kind is not CorrectionKind.CORRECTS
    if target is not None and not stands_in:
        stands_in = alike(body(release), body(shelved(connection, target))) >= SAME_STORY
    connection.execute(delete(corrections).where(corrections.c.release_id == release_id))
    row = {"release_id": release_id, "target": target, "replaces": stands_in}
    connection.execute(insert(corrections).values(row))


def _target(connection: Connection, release: Release, release_id: str) -> str | None:
    """The one release a correction is about, by reference, else day, else title; None if unsure."""
    said = release.corrects
    assert said is not None
    if said.reference:
        named = releases.c.reference == said.reference
        return _only(_others(connection, release, release_id, named), lambda row: True)
    title = _subject(said.title or release.title)

    def same_subject(row: Row[Any]) -> bool:
        return SequenceMatcher(None, title, _subject(row.title)).ratio() >= TITLED_ALIKE

    if said.published:
        that_day = _others(connection, release, release_id, versions.c.published == said.published.isoformat())
        return that_day[0].id if len(that_day) == 1 else _only(that_day, same_subject)
    until = release.published or date.max
    since = until - RECENT if release.published else date.min
    recent = versions.c.published.between(since.isoformat(), until.isoformat())
    return _only(_others(connection, release, release_id, recent), same_subject)


def _others(connection: Connection, release: Release, release_id: str, such: ColumnElement[bool]) -> list[Row[Any]]:
    """Current releases of the same issuer and language, newest first."""
    query = (
        select(releases.c.id, versions.c.title)
        .join(versions, versions.c.release_id == releases.c.id)
        .where(
            versions.c.version == releases.c.current,
            releases.c.id != release_id,
            releases.c.withdrawn.is_(None),
            versions.c.language == release.language,
            or_(versions.c.issuer.is_(None), versions.c.issuer == release.issuer),
            such,
        )
        .order_by(versions.c.published.desc(), releases.c.id)
    )
    return list(connection.execute(query))


def _only(rows: list[Row[Any]], fits: Callable[[Row[Any]], bool]) -> str | None:
    fitting = [row.id for row in rows if fits(row)]
    return fitting[0] if len(fitting) == 1 else None


def _subject(title: str) -> str:
    """A title without « Rectificatif : » and the like before it."""
    before, colon, after = fold(title).partition(":")
    announced = any(word in before for word in ("rectificatif", "erratum", "annule", "correct", "corrigendum"))
    return (after if colon and announced else fold(title)).strip()
