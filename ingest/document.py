"""A document as its reader understood it: text, pages, and what its file said about it.

Values only: does not know how any format is read, nor what a communiqué looks like.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from store.records import Link, OriginKind, Span

EXPORT = "application/x-ndjson"
"""The media type of a record whose text an export states, character for character."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file says of its release beside the text; None where it is silent.

    `contact` is the contact block as given, `dateline` the line a page shows as its date,
    `embargo` in UTC, `group` what the source calls the translations of one release,
    `revoked` why the source has taken it back, `edition` its own number of this version.
    `origin` is where all this was written.
    """

    title: str | None = None
    published: date | None = None
    issuer: str | None = None
    url: str | None = None
    reference: str | None = None
    language: str | None = None
    contact: str | None = None
    place: str | None = None
    embargo: datetime | None = None
    rubric: str | None = None
    dateline: str | None = None
    lead: str | None = None
    co_issuers: tuple[str, ...] = ()
    group: str | None = None
    revoked: str | None = None
    edition: int | None = None
    origin: OriginKind = OriginKind.METADATA


@dataclass(frozen=True, slots=True)
class Document:
    """One release's bytes, read.

    `name` is the path (`path#record` for one record of an export), `sha256` the digest of
    the bytes the text came from. `pages` tile `text`, or are empty where there are none.
    `hints` win over what is read in the text; `guesses` (a PDF's properties, a mail's
    header) serve where the text is silent. `doubts` say in French what the reader had to
    guess. `original` is the bytes themselves, where they are worth keeping.
    """

    text: str
    name: str
    media_type: str
    sha256: str
    pages: tuple[Span, ...] = ()
    hints: Hints = field(default_factory=Hints)
    doubts: tuple[str, ...] = ()
    guesses: Hints = field(default_factory=lambda: Hints(origin=OriginKind.PROPERTIES))
    links: tuple[Link, ...] = ()
    original: bytes | None = field(default=None, repr=False, compare=False)
