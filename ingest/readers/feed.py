"""RSS and Atom feeds: their entries, and what each says of the page it announces.

Reading is feedparser's, given bytes only: nothing is fetched here. The day of an entry is
that of its publication, never of its update.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from ingest.document import Document, Hints
from ingest.readers import fields
from ingest.readers.fragment import read_fragment
from store.dates import parse_day
from store.records import OriginKind, UnreadableDocument

FEEDS = frozenset({"rss", "feed", "rdf"})
LARGEST = 10 * 1024 * 1024
MOST_TAGS = 120_000
"""feedparser needs a tenth of a millisecond for each, and a hundredth for an entity."""
MOST_ENTRIES = 5_000
_SHORTEST = 40
_DC_DATED = frozenset({"rss10", "rss090"})
"""The kinds whose only date is dc:date, which feedparser files under « updated »."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `id` is the feed's own name for it, `content` HTML.

    `enclosures` are the addresses of what is attached to it, with their media types.
    """

    id: str
    title: str | None
    link: str | None
    published: date | None
    content: str
    enclosures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed announces; `language` is that of its entries, where it says so."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]


def read_feed(data: bytes, name: str, url: str = "") -> Feed:
    """The entries of a feed in its order; `url` is what its links are relative to.

    Raises UnreadableDocument for bytes that are no feed.
    """
    import feedparser

    if len(data) > LARGEST:
        raise UnreadableDocument(name, f"a feed larger than {LARGEST >> 20} MB; give one with fewer entries")
    if data.count(b"<") + data.count(b"&") / 8 > MOST_TAGS:
        raise UnreadableDocument(name, f"a feed of more than {MOST_TAGS} tags; give one with fewer entries")
    headers = {"content-location": url, "content-type": "application/xml"} if url else {}
    try:
        found: Any = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
        entries = [_entry(each, str(found.get("version") or ""), url) for each in found.entries[:MOST_ENTRIES]]
        title, language = _line(found.feed.get("title")), str(found.feed.get("language") or "")
    except Exception as error:  # feedparser raises what its parsers and decoders happen to raise
        raise UnreadableDocument(name, f"a feed that cannot be read ({type(error).__name__}: {error})") from error
    if not found.get("version") and not entries:
        raise UnreadableDocument(name, "no feed: neither RSS nor Atom in it")
    return Feed(title, fields.language(language), tuple(entries))


def read_feed_file(data: bytes, name: str) -> Iterator[Document | UnreadableDocument]:
    """The entries of a feed saved to disk, each from its own content; no page is fetched."""
    feed = read_feed(data, name)
    if not feed.entries:
        yield UnreadableDocument(name, "a feed without entries")
    taken: set[str] = set()
    for number, entry in enumerate(feed.entries, start=1):
        key = entry.link or entry.id or str(number)
        if key in taken:
            continue
        taken.add(key)
        try:
            yield document_of(entry, feed, f"{name}#{key}")
        except UnreadableDocument as unreadable:
            yield unreadable


def document_of(entry: Entry, feed: Feed, name: str) -> Document:
    """An entry as a document of its own content. Raises UnreadableDocument where that says nothing."""
    text, links = read_fragment(entry.content, entry.link or "")
    if len(text) < _SHORTEST:
        raise UnreadableDocument(name, "a feed's entry without text of its own")
    facts = [entry.id, entry.title, entry.link, str(entry.published), entry.content]
    digest = sha256(json.dumps(facts).encode()).hexdigest()
    hints = replace(hints_of(entry), url=entry.link, language=feed.language)
    guesses = Hints(issuer=feed.title, origin=OriginKind.FEED)
    return Document(text, name, "text/html", digest, hints=hints, guesses=guesses, links=links)


def hints_of(entry: Entry) -> Hints:
    """What an entry says of the page it announces."""
    return Hints(title=entry.title, published=entry.published, origin=OriginKind.FEED)


def _entry(found: Any, version: str, base: str) -> Entry:
    dated = found.get("published") or (found.get("updated") if version in _DC_DATED else None)
    contents = [str(each.get("value") or "") for each in found.get("content") or []]
    content = max([*contents, str(found.get("summary") or "")], key=len)
    attached = found.get("enclosures") or []
    enclosures = [(_address(base, each.get("href")), str(each.get("type") or "")) for each in attached]
    return Entry(
        id=str(found.get("id") or ""),
        title=_line(found.get("title")),
        link=None if _only_an_id(found) else _address(base, found.get("link")),
        published=_day(str(dated)) if dated else None,
        content=content,
        enclosures=tuple((url, kind.casefold()) for url, kind in dict.fromkeys(enclosures) if url),
    )


def _only_an_id(found: Any) -> bool:
    """Whether what feedparser took for a link is a guid that is no address."""
    link = str(found.get("link") or "")
    return link == found.get("id") and not link.startswith(("http://", "https://"))


def _address(base: str, href: object) -> str | None:
    if not isinstance(href, str) or not href.strip():
        return None
    try:
        url = urljoin(base, href.strip()).split("#")[0]
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _day(stated: str) -> date | None:
    """The day as written; a moment in universal time is that of Paris.

    Publishing tools write a midnight of Paris as 22 or 23 o'clock the day before.
    """
    moment = _moment(stated)
    if moment is not None and moment.tzinfo is not None:
        return (moment.astimezone(fields.PARIS) if not moment.utcoffset() else moment).date()
    try:
        return parse_day(stated)
    except (ValueError, OverflowError):
        return None


def _moment(stated: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return datetime.fromisoformat(stated.strip())
    except ValueError:
        try:
            return parsedate_to_datetime(stated)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None


def _line(value: object) -> str | None:
    """A title on one line, without the markup some feeds put in it."""
    if not isinstance(value, str):
        return None
    text, _ = read_fragment(value) if re.search(r"<\w|&#?\w+;", value) else (value, ())
    return " ".join(text.split()) or None
