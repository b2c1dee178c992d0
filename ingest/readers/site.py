"""What stands at a web address, told by its content: a page, a document, a feed, a sitemap.

A feed or sitemap is walked, one page after the other. A page that has not changed since
the last visit is not read again. Does not shelve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from ingest import readers
from ingest.document import Document
from ingest.readers.collection import Found
from ingest.readers.feed import FEEDS, Entry, Feed, document_of, hints_of, read_feed
from ingest.readers.page import Answer
from ingest.readers.served import suffix_at, suffix_of, unpacked
from ingest.readers.sitemap import SITEMAPS, Listed, is_list, read_list, read_sitemap, same_site
from ingest.readers.visitor import Visitor
from ingest.readers.web import read_web
from ingest.readers.xmlfile import root_of
from ingest.visits import Visit, Visits
from store.records import OriginKind, UnreadableDocument

MOST_PAGES = 5_000
DEEPEST = 2
LONGEST = 2 * 60 * 60.0
"""Seconds one address given may take, with all the pages it leads to."""

_ATTACHED = frozenset({".pdf", ".docx", ".odt", ".rtf"})


@dataclass(frozen=True, slots=True)
class Known:
    """A page that is on the shelf already, unchanged."""

    name: str
    release_id: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round of `visitor` at `now` (UTC); `visits` is what is remembered of earlier ones.

    `seen` tells which release bytes of that name already are; `expect` is told how many
    pages an address turned out to lead to.
    """

    visitor: Visitor
    seen: Callable[[str, str], str | None]
    now: datetime
    visits: Visits | None = None
    expect: Callable[[int], None] = lambda pages: None

    def read(self, url: str) -> Iterator[Found | Known]:
        """The documents at `url` and at all it announces, each named by its own address."""
        yield from self._address(url, self.visitor.clock() + LONGEST, MOST_PAGES, DEEPEST)

    def _address(self, url: str, end: float, most: int, depth: int) -> Iterator[Found | Known]:
        try:
            answer = self._asked(url)
            if answer is None:
                yield from self._known(url)
                return
            data = unpacked(answer.data, url)
            root = root_of(data)
            if root in FEEDS:
                yield from self._feed(read_feed(data, url, answer.url), url, end, most)
            elif root in SITEMAPS:
                yield from self._sitemap(data, answer.url, url, end, most, depth)
            elif answer.media_type in {"text/plain", ""} and is_list(data):
                yield from self._pages(read_list(data, answer.url).pages, url, end, most)
            else:
                yield from self._read(answer, url, None)
                return
            self._remember(url, answer, body=answer.data)
        except UnreadableDocument as unreadable:
            yield unreadable

    def _sitemap(self, data: bytes, base: str, name: str, end: float, most: int, depth: int) -> Iterator[Found | Known]:
        sitemap = read_sitemap(data, name, base)
        yield from self._pages(sitemap.pages, name, end, most)
        if sitemap.sitemaps and depth == 0:
            yield UnreadableDocument(name, f"sitemaps of sitemaps more than {DEEPEST} deep are not followed")
            return
        left = most - len(sitemap.pages)
        for nested in sitemap.sitemaps:
            if left <= 0:
                yield UnreadableDocument(nested.url, f"not read: more than {MOST_PAGES} pages at one address")
                return
            for found in self._address(nested.url, end, left, depth - 1):
                left -= 1
                yield found

    def _pages(self, pages: tuple[Listed, ...], name: str, end: float, most: int) -> Iterator[Found | Known]:
        self.expect(min(len(pages), most))
        for number, listed in enumerate(pages):
            if number >= most or self.visitor.clock() > end:
                yield _stopped(name, len(pages) - number, number >= most)
                return
            unchanged = self._unchanged(listed)
            if unchanged is not None:
                yield unchanged
            else:
                yield from self._page(listed.url, None)

    def _feed(self, feed: Feed, name: str, end: float, most: int) -> Iterator[Found | Known]:
        entries = {entry.link or f"{name}#{entry.id or number}": entry for number, entry in enumerate(feed.entries, 1)}
        if not entries:
            yield UnreadableDocument(name, "a feed without entries")
        self.expect(len(entries))
        for number, (where, entry) in enumerate(entries.items()):
            if number >= most or self.visitor.clock() > end:
                yield _stopped(name, len(entries) - number, number >= most)
                return
            yield from self._entry(entry, feed, where)

    def _entry(self, entry: Entry, feed: Feed, where: str) -> Iterator[Found | Known]:
        """The page of an entry; where it cannot be read, what the feed itself says of it. Then what is attached."""
        for each in self._page(entry.link, entry) if entry.link else ():
            if not isinstance(each, UnreadableDocument) or any(self._known(where)):
                yield each
            else:
                yield self._instead(entry, feed, where, each)
        attached = [url for url, kind in entry.enclosures if url != entry.link and suffix_at(url, kind) in _ATTACHED]
        if not entry.link and (entry.content or not attached):
            yield self._instead(entry, feed, where, None)
        for url in attached:
            yield from self._page(url, entry, attached=True)

    def _instead(self, entry: Entry, feed: Feed, where: str, why: UnreadableDocument | None) -> Found:
        try:
            document = document_of(entry, feed, where)
        except UnreadableDocument as unreadable:
            return why or unreadable
        if why is None:
            return document
        return replace(document, doubts=("texte du flux : la page n'a pas pu être lue",))

    def _page(self, url: str, entry: Entry | None, attached: bool = False) -> Iterator[Found | Known]:
        try:
            answer = self._asked(url)
            if answer is None:
                yield from self._known(url)
            else:
                yield from self._read(answer, url, entry, attached)
        except UnreadableDocument as unreadable:
            yield unreadable

    def _read(self, answer: Answer, url: str, entry: Entry | None, attached: bool = False) -> Iterator[Found | Known]:
        digest = sha256(answer.data).hexdigest()
        known = self.seen(digest, url)
        if known is not None:
            yield Known(url, known)
        else:
            suffix = suffix_of(answer, url)
            if suffix == ".html":
                yield _told(_web(answer, url), answer.url, entry, attached)
            else:
                for found in readers.read_bytes(answer.data, url, suffix):
                    alone = found.name == url
                    yield _told(found, answer.url, entry, attached) if isinstance(found, Document) and alone else found
        self._remember(url, answer)

    def _asked(self, url: str) -> Answer | None:
        """What `url` holds now; None where it has not changed and its page is on the shelf."""
        last = self.visits.last(url) if self.visits else None
        if last is None or (last.body is None and self.seen(last.sha256, url) is None):
            return self.visitor.ask(url)
        answer = self.visitor.ask(url, etag=last.etag, modified=last.modified)
        if answer is not None or last.body is None:
            return answer
        return Answer(200, last.body, url)

    def _known(self, url: str) -> Iterator[Known]:
        last = self.visits.last(url) if self.visits else None
        known = self.seen(last.sha256, url) if last else None
        if known is not None:
            yield Known(url, known)

    def _unchanged(self, listed: Listed) -> Known | None:
        """A page whose sitemap says that it has not changed since the last visit."""
        last = self.visits.last(listed.url) if self.visits and listed.modified else None
        if last is None or listed.modified is None or listed.modified >= last.seen:
            return None
        return next(self._known(listed.url), None)

    def _remember(self, url: str, answer: Answer, body: bytes | None = None) -> None:
        if self.visits is not None and answer is not None and answer.headers:
            etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
            self.visits.keep(url, Visit(sha256(answer.data).hexdigest(), self.now, etag, modified, body))


def _web(answer: Answer, name: str) -> Document:
    try:
        return replace(read_web(answer.data, name, answer.url), original=answer.data)
    except UnreadableDocument as unreadable:
        raise UnreadableDocument(name, unreadable.reason) from unreadable


def _told(document: Document, url: str, entry: Entry | None, attached: bool) -> Document:
    """A document with its address, and with what a feed says of it; of what is attached the title is a guess.

    An address the page claims on another site is not believed: it would take that release's place.
    """
    own = document.hints.url
    hints = replace(document.hints, url=own if own and same_site(own, url) else url)
    if entry is None:
        return replace(document, hints=hints)
    said = hints_of(entry)
    title = None if attached or (said.title or "").endswith(("…", "...")) else said.title
    if said.published or title:
        published = said.published or hints.published
        hints = replace(hints, title=title or hints.title, published=published, origin=OriginKind.FEED)
    guesses = replace(document.guesses, title=document.guesses.title or said.title)
    return replace(document, hints=hints, guesses=guesses)


def _stopped(name: str, left: int, many: bool) -> UnreadableDocument:
    why = f"more than {MOST_PAGES} at one address" if many else f"{LONGEST / 3600:.0f} hours are over"
    return UnreadableDocument(name, f"{left} pages not read: {why}; run the same command again, or give their feed")
