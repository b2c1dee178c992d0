"""Paragraphs an issuer repeats from release to release: boilerplate, learnt rather than announced.

A paragraph of the lower half that stands in three releases of one issuer, of three
different texts, is a refrain. It stays readable; only its weight in searches falls. Knows
nothing about how passages are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from sqlalchemy import Connection, bindparam, delete, insert, select

from store.folding import fold
from store.records import Release, Span
from store.schema import refrains, releases

ENOUGH = 3
"""Releases of one issuer a paragraph stands in when it is a refrain."""
SHORTEST = 80
"""Characters a paragraph must have to be counted."""
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


@dataclass(frozen=True, slots=True)
class Noted:
    """A version with its issuer's refrains set apart, and the releases that said one before it was known as such."""

    release: Release
    first_to_say: list[str]


def note(connection: Connection, release: Release, release_id: str, *, new: bool) -> Noted:
    """Count a version's paragraphs for its issuer, in place of those of the version before.

    `new` releases have none to replace.
    """
    if not new:
        connection.execute(delete(refrains).where(refrains.c.release_id == release_id))
    candidates = list(_candidates(release))
    digests = {digest for _, digest in candidates}
    if release.issuer and digests:
        rows = [{"issuer": release.issuer, "paragraph": digest, "release_id": release_id} for digest in digests]
        connection.execute(insert(refrains), rows)
    times = _times(connection, release.issuer, digests)
    return Noted(
        _set_apart(release, candidates, times),
        _who_say(connection, release.issuer, [digest for digest in digests if times[digest] == ENOUGH], release_id),
    )


def learnt(connection: Connection, release: Release) -> Release:
    """The release with its issuer's refrains among its boilerplate."""
    candidates = list(_candidates(release))
    return _set_apart(release, candidates, _times(connection, release.issuer, {digest for _, digest in candidates}))


def _set_apart(release: Release, candidates: list[tuple[Span, bytes]], times: Mapping[bytes, int]) -> Release:
    spans = [
        span
        for span, digest in candidates
        if times[digest] >= ENOUGH
        and not any(span.start < one.end and one.start < span.end for one in release.boilerplate)
    ]
    return replace(release, boilerplate=tuple(sorted([*release.boilerplate, *spans]))) if spans else release


def _who_say(connection: Connection, issuer: str | None, known: list[bytes], but: str) -> list[str]:
    query = select(refrains.c.release_id).where(
        refrains.c.issuer == issuer, refrains.c.paragraph.in_(known), refrains.c.release_id != but
    )
    return sorted(set(connection.scalars(query))) if known else []


_FAMILIES = (
    select(releases.c.family)
    .join(refrains, releases.c.id == refrains.c.release_id)
    .where(refrains.c.issuer == bindparam("issuer"), refrains.c.paragraph == bindparam("digest"))
    .distinct()
    .limit(ENOUGH + 1)
)


def _times(connection: Connection, issuer: str | None, digests: set[bytes]) -> dict[bytes, int]:
    """In how many of the issuer's texts each paragraph stands, counted up to one more than enough.

    Reprints of one text count once. No further, for some stand in thousands.
    """
    if not issuer:
        return dict.fromkeys(digests, 0)
    return {
        digest: len(connection.execute(_FAMILIES, {"issuer": issuer, "digest": digest}).all()) for digest in digests
    }


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
