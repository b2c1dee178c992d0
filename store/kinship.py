"""What a release has to do with others: reprints of its text, and what it corrects or replaces.

Worked out in the transaction that shelves it, and again when what it speaks of arrives
later. Knows nothing about who may see what: that is `schema.visible`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from store.folding import fold
from store.language import content_terms
from store.records import CorrectionKind, Release
from store.reprints import Telling, alike, bands, body, reprint
from store.rows import day_of, joined, release_of
from store.schema import corrections, releases, signatures, versions

MOST_COMPARED = 40
"""Releases with a like signature whose texts are compared."""
RECENT = timedelta(days=60)
"""How long before a correction what it corrects was published, where it does not say."""
TITLED_ALIKE = 0.8
SAME_STORY = 0.4
"""Runs of words in common from which a rectification stands in place of what it rectifies."""
_FIGURE = re.compile(r"\d+")
_SAID = [
    versions.c.record["corrects", name].as_string().label(f"said_{name}") for name in ("reference", "day", "title")
]


def relate(connection: Connection, release: Release, release_id: str, *, new: bool) -> set[str]:
    """Find a version's reprints and what it corrects, and look again at the corrections that may mean it.

    Gives the releases that are corrected, or are no longer. `new` ones have no kin yet that
    could be others'.
    """
    touched: set[str] = set()
    if not new:
        connection.execute(delete(signatures).where(signatures.c.release_id == release_id))
        touched |= corrected_by(connection, release_id)
        connection.execute(delete(corrections).where(corrections.c.release_id == release_id))
    _join_family(connection, release, release_id)
    if release.corrects is not None:
        touched |= _link(connection, release, release_id)
    for other in _may_mean(connection, release, release_id):
        touched |= _link(connection, shelved(connection, other), other)
    return touched


def corrected_by(connection: Connection, release_id: str) -> set[str]:
    """What a release is known to correct or replace."""
    query = select(corrections.c.target).where(
        corrections.c.release_id == release_id, corrections.c.target.is_not(None)
    )
    return set(connection.scalars(query))


_SHELVED = joined().where(releases.c.id == bindparam("shelved"), versions.c.version == releases.c.current)


def shelved(connection: Connection, release_id: str) -> Release:
    """The current version of a release, for whoever keeps the shelves."""
    return release_of(connection.execute(_SHELVED, {"shelved": release_id}).one(), datetime.now(UTC))


def _join_family(connection: Connection, release: Release, release_id: str) -> None:
    said = body(release)
    found = bands(said)
    family = _family(connection, said, release.language, found, release_id)
    if found:
        connection.execute(insert(signatures), [{"band": band, "release_id": release_id} for band in set(found)])
    connection.execute(_JOIN, {"joining": release_id, "family": family})


def _family(connection: Connection, said: str, language: str, found: list[bytes], release_id: str) -> str:
    """The family of the first release that says the same; a new one where none does."""
    rows = connection.execute(_ALIKE, {"found": found, "but": release_id}).all() if found else []
    telling = Telling(said) if rows else None
    for row in rows:
        if telling is None or row.language != language or not telling.may_be_said_by(row.text):
            continue
        if reprint(said, body(shelved(connection, row.id))):
            return str(row.family)
    return blake2b(f"{release_id}\n{said}".encode(), digest_size=8).hexdigest()


def resembling(connection: Connection, release: Release) -> list[str]:
    """Releases on the shelf that a new one may be another copy of: the same text, or the same title and day."""
    said = body(release)
    found = bands(said)
    rows = connection.execute(_ALIKE, {"found": found, "but": release.id}).all() if found else []
    telling = Telling(said) if rows else None
    same = [
        row.id
        for row in rows
        if telling is not None
        and row.language == release.language
        and telling.may_be_said_by(row.text)
        and reprint(said, body(shelved(connection, row.id)))
    ]
    titled = select(releases.c.id).join(
        versions, and_(versions.c.release_id == releases.c.id, versions.c.version == releases.c.current)
    )
    if release.title and release.published:
        day = versions.c.published == release.published.isoformat()
        same += connection.scalars(titled.where(day, versions.c.title == release.title, releases.c.id != release.id))
    return list(dict.fromkeys(same))


_JOIN = update(releases).where(releases.c.id == bindparam("joining")).values(family=bindparam("family"))
_SHARED = func.count().label("shared")
_NEAREST = (
    select(signatures.c.release_id, _SHARED)
    .where(signatures.c.band.in_(bindparam("found", expanding=True)), signatures.c.release_id != bindparam("but"))
    .group_by(signatures.c.release_id)
    .order_by(_SHARED.desc(), signatures.c.release_id)
    .limit(MOST_COMPARED)
    .subquery()
)
_ALIKE = (
    select(releases.c.id, releases.c.family, versions.c.language, versions.c.text)
    .join(_NEAREST, _NEAREST.c.release_id == releases.c.id)
    .join(versions, and_(versions.c.release_id == releases.c.id, versions.c.version == releases.c.current))
    .order_by(_NEAREST.c.shared.desc(), releases.c.id)
)
"""Releases that share a band, most bands first."""


def _link(connection: Connection, release: Release, release_id: str) -> set[str]:
    """Note what a release corrects, or that it is not on the shelves (yet); gives what it corrects and corrected."""
    assert release.corrects is not None
    target = _target(connection, release, release_id)
    if target is not None and _leads_to(connection, target, release_id):
        target = None
    stands_in = release.corrects.kind is not CorrectionKind.CORRECTS
    if target is not None and not stands_in:
        stands_in = alike(body(release), body(shelved(connection, target))) >= SAME_STORY
    before = corrected_by(connection, release_id)
    connection.execute(delete(corrections).where(corrections.c.release_id == release_id))
    row = {"release_id": release_id, "target": target, "replaces": stands_in}
    connection.execute(insert(corrections).values(row))
    return before if target is None else {*before, target}


_MAY_MEAN = (
    select(versions.c.release_id, versions.c.title, versions.c.published, *_SAID)
    .join(releases, and_(releases.c.id == versions.c.release_id, releases.c.current == versions.c.version))
    .where(
        # So that the few corrections are looked through and not all releases, of which an issuer has thousands.
        versions.c.release_id.in_(select(corrections.c.release_id)),
        releases.c.id != bindparam("relating"),
        versions.c.language == bindparam("language"),
        or_(bindparam("issuer").is_(None), func.coalesce(versions.c.issuer, "") == bindparam("issuer")),
        or_(
            _SAID[0] == bindparam("reference"),
            and_(_SAID[0].is_(None), or_(_SAID[1].is_(None), _SAID[1] == bindparam("day"))),
        ),
    )
    .order_by(versions.c.release_id)
)


def _may_mean(connection: Connection, release: Release, release_id: str) -> list[str]:
    """Corrections that speak of this release, as far as they say: they waited for it, or are sure no longer."""
    said = {
        "relating": release_id,
        "language": release.language,
        "issuer": release.issuer or None,
        "reference": release.reference or "",
        "day": release.published and release.published.isoformat(),
    }

    def spoken_of(row: Row[Any]) -> bool:
        if row.said_reference or row.said_day:
            return True
        return _within(release.published, day_of(row.published)) and _same_subject(
            row.said_title or row.title, release.title
        )

    return [row.release_id for row in connection.execute(_MAY_MEAN, said) if spoken_of(row)]


def _target(connection: Connection, release: Release, release_id: str) -> str | None:
    """The one release a correction is about, by reference, else day, else title; None if unsure."""
    said = release.corrects
    assert said is not None
    if said.reference:
        named = releases.c.reference == said.reference
        return _only(_others(connection, release, release_id, named), lambda row: True)
    title = said.title or release.title
    if said.published:
        that_day = _others(connection, release, release_id, versions.c.published == said.published.isoformat())
        if len(that_day) == 1 and _speaks_of(release, that_day[0].title):
            return str(that_day[0].id)
        return _only(that_day, lambda row: _same_subject(title, row.title))
    until = release.published or date.max
    since = until - RECENT if release.published else date.min
    recent = versions.c.published.between(since.isoformat(), until.isoformat())
    return _only(_others(connection, release, release_id, recent), lambda row: _same_subject(title, row.title))


def _others(connection: Connection, release: Release, release_id: str, such: ColumnElement[bool]) -> list[Row[Any]]:
    """Current releases of the same issuer and language, newest first; no corrections of the same one.

    Withdrawn ones are among them: « le communiqué du 6 mai » may mean the one already withdrawn.
    """
    said = release.corrects
    assert said is not None
    stated = (said.reference, said.published and said.published.isoformat(), said.title)
    same = exists().where(
        corrections.c.release_id == releases.c.id,
        *(read.is_not_distinct_from(said) for read, said in zip(_SAID, stated, strict=True)),
    )
    query = (
        select(releases.c.id, releases.c.withdrawn, versions.c.title)
        .join(versions, versions.c.release_id == releases.c.id)
        .where(
            versions.c.version == releases.c.current,
            releases.c.id != release_id,
            versions.c.language == release.language,
            or_(versions.c.issuer.is_(None), versions.c.issuer == release.issuer),
            such,
            not_(same),
        )
        .order_by(versions.c.published.desc(), releases.c.id)
    )
    return list(connection.execute(query))


def _only(rows: list[Row[Any]], fits: Callable[[Row[Any]], bool]) -> str | None:
    fitting = [row.id for row in rows if row.withdrawn is None and fits(row)]
    return fitting[0] if len(fitting) == 1 else None


def _leads_to(connection: Connection, start: str, end: str) -> bool:
    """Whether one corrects the other, directly or by way of others: nothing may replace itself."""
    passed: set[str] = set()
    place: str | None = start
    while place is not None and place != end and place not in passed:
        passed.add(place)
        place = connection.scalar(select(corrections.c.target).where(corrections.c.release_id == place))
    return place == end


def _within(day: date | None, until: date | None) -> bool:
    return day is not None and (until is None or until - RECENT <= day <= until)


def _speaks_of(release: Release, title: str) -> bool:
    """Whether a release holds half the words of a title: a day alone may be another's."""
    wanted = {term.stem for term in content_terms(title, release.language)}
    said = {term.stem for term in content_terms(f"{release.title}\n{release.text}", release.language)}
    return 2 * len(wanted & said) >= max(1, len(wanted))


def _same_subject(one: str, other: str) -> bool:
    """Titles alike, and of the same figures: « semaine 11 » does not correct « semaine 12 »."""
    first, second = _subject(one), _subject(other)
    return set(_FIGURE.findall(first)) == set(_FIGURE.findall(second)) and (
        SequenceMatcher(None, first, second).ratio() >= TITLED_ALIKE
    )


def _subject(title: str) -> str:
    """A title without « Rectificatif : » and the like before it."""
    before, colon, after = fold(title).partition(":")
    announced = any(word in before for word in ("rectificatif", "erratum", "annule", "correct", "corrigendum"))
    return (after if colon and announced else fold(title)).strip()
