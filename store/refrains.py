"""Paragraphs an issuer repeats from release to release: boilerplate, learnt rather than announced.

A paragraph of the lower half that stands in three releases of one issuer, of three
different texts, is a refrain. It stays readable; only its weight in searches falls. Knows
nothing about how passages are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

from sqlalchemy import Connection, delete, func, insert, select

from store.folding import fold
from store.records import Release, Span
from store.schema import refrains, releases

ENOUGH = 3
"""Releases of one issuer a paragraph stands in when it is a refrain."""
SHORTEST = 80
"""Characters a paragraph must have to be counted."""
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


def note(connection: Connection, release: Release, release_id: str) -> None:
    """Count a version's paragraphs for its issuer, in place of those of the version before."""
    connection.execute(delete(refrains).where(refrains.c.release_id == release_id))
    found = {digest for _, digest in _candidates(release)}
    if release.issuer and found:
        rows = [{"issuer": release.issuer, "paragraph": digest, "release_id": release_id} for digest in found]
        connection.execute(insert(refrains), rows)


def learnt(connection: Connection, release: Release) -> Release:
    """The release with its issuer's refrains among its boilerplate."""
    candidates = list(_candidates(release))
    known = _repeated(connection, release.issuer, [digest for _, digest in candidates], at_least=ENOUGH)
    spans = [
        span
        for span, digest in candidates
        if digest in known and not any(span.start < one.end and one.start < span.end for one in release.boilerplate)
    ]
    return replace(release, boilerplate=tuple(sorted([*release.boilerplate, *spans]))) if spans else release


def first_to_say(connection: Connection, release: Release, release_id: str) -> list[str]:
    """Releases that said a paragraph before it was known as a refrain, which this one makes it."""
    digests = [digest for _, digest in _candidates(release)]
    known = _repeated(connection, release.issuer, digests, at_least=ENOUGH, at_most=ENOUGH)
    query = select(refrains.c.release_id).where(
        refrains.c.issuer == release.issuer, refrains.c.paragraph.in_(known), refrains.c.release_id != release_id
    )
    return sorted(set(connection.scalars(query))) if known else []


def _repeated(
    connection: Connection, issuer: str | None, digests: list[bytes], at_least: int, at_most: int | None = None
) -> set[bytes]:
    """Of these paragraphs, those in so many of the issuer's texts; reprints of one text count once."""
    if not issuer or not digests:
        return set()
    times = func.count(releases.c.family.distinct())
    query = (
        select(refrains.c.paragraph)
        .join(releases, releases.c.id == refrains.c.release_id)
        .where(refrains.c.issuer == issuer, refrains.c.paragraph.in_(digests))
        .group_by(refrains.c.paragraph)
        .having(times >= at_least, *([times <= at_most] if at_most is not None else []))
    )
    return set(connection.scalars(query))


def _candidates(release: Release) -> Iterator[tuple[Span, bytes]]:
    """Paragraphs of the lower half after the lead, without contacts and quotations, with their digests."""
    text = release.text
    after = release.lead.end if release.lead else 0
    apart = [contact.span for contact in release.contacts if contact.span]
    apart += [quote.span for quote in release.quotes]
    for match in _PARAGRAPH.finditer(text):
        span = Span(match.start(), match.start() + len(match[0].rstrip()))
        if len(span) < SHORTEST or span.start < after or span.start + span.end < len(text):
            continue
        if any(span.start < other.end and other.start < span.end for other in apart):
            continue
        words = " ".join(re.findall(r"\w+", fold(span.of(text))))
        yield span, blake2b(words.encode(), digest_size=8).digest()
