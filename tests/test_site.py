"""Web addresses by what stands there: pages, documents, feeds and sitemaps, from a real server."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from paper import column, pdf
from website import Page, Website, article, serving

from ingest.document import Document
from ingest.readers import site as reading
from ingest.readers.collection import Found
from ingest.readers.site import Known, Round
from ingest.readers.visitor import Visitor
from ingest.visits import Visits
from store.records import OriginKind, UnreadableDocument

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEED = """<rss version="2.0"><channel><title>Presse</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{link}</link><pubDate>Mon, 13 May 2024 10:00:00 +0200</pubDate>
<description>La criée de Port-Clair rouvre mardi, après deux ans de travaux.</description>{more}</item>"""
ENCLOSURE = '<enclosure url="{url}" type="application/pdf" length="1"/>'


@dataclass
class Press:
    """A reader of a website, and the shelf it fills: bytes by name."""

    site: Website
    visits: Visits | None
    shelf: dict[str, str] = field(default_factory=dict)
    expected: list[int] = field(default_factory=list)
    hours: float = 0.0

    def read(self, path: str, now: datetime = NOW) -> list[Found | Known]:
        visitor = Visitor(private_addresses=True, sleep=lambda seconds: None, clock=self.clock)
        found: list[Found | Known] = []
        for each in Round(visitor, self.seen, now, self.visits, self.expected.append).read(self.site.url + path):
            found.append(each)
            if isinstance(each, Document):
                self.shelf[each.sha256] = each.name
        return found

    def documents(self, path: str) -> list[Document]:
        return [each for each in self.read(path) if isinstance(each, Document)]

    def seen(self, sha256: str, name: str) -> str | None:
        return self.shelf.get(sha256)

    def clock(self) -> float:
        self.hours += 0.0001
        return self.hours * 3600


@pytest.fixture
def site() -> Iterator[Website]:
    with serving() as site:
        site.pages["/cp/1"] = Page(article("La criée rouvre", "Elle rouvre mardi."), etag='"1"')
        site.pages["/cp/2"] = Page(article("Le port ferme", "Il ferme jeudi."), etag='"2"')
        site.pages["/cp/1.pdf"] = Page(pdf([column(["La criée de Port-Clair rouvre mardi."])]), "application/pdf")
        yield site


@pytest.fixture
def press(site: Website, tmp_path: Path) -> Press:
    return Press(site, Visits(tmp_path / "visits.sqlite"))


def feed(site: Website, *paths: str, more: str = "", etag: str | None = None) -> Page:
    items = "".join(ITEM.format(title=f"Titre de {path}", link=path, more=more) for path in paths)
    return Page(FEED.format(items=items).encode(), "application/rss+xml", etag=etag)


def sitemap(site: Website, *paths: str, lastmod: str = "", kind: str = "url") -> Page:
    dated = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    listed = "".join(f"<{kind}><loc>{site.url}{path}</loc>{dated}</{kind}>" for path in paths)
    root = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    return Page(f"<?xml version='1.0'?><!-- plan --><{root}>{listed}</{root}>".encode(), "text/html")


@pytest.mark.parametrize(
    ("page", "media_type"),
    [
        (Page(article("La criée", "Elle rouvre mardi.")), "text/html"),
        (Page(article("La criée", "Elle rouvre mardi."), "application/octet-stream"), "text/html"),
        (Page(pdf([column(["La criée de Port-Clair rouvre mardi."])]), "application/pdf"), "application/pdf"),
        (Page(pdf([column(["La criée de Port-Clair rouvre mardi."])]), "text/plain"), "application/pdf"),
        (Page(b"La criee de Port-Clair rouvre.", "text/plain"), "text/plain"),
        (Page(b'{"text": "La criee de Port-Clair rouvre."}', "application/x-ndjson"), "application/x-ndjson"),
        (Page(b"texte\nLa criee de Port-Clair rouvre.\n", "text/csv"), "application/x-ndjson"),
    ],
)
def test_a_page_is_read_by_what_it_is(press: Press, page: Page, media_type: str) -> None:
    """By its content, else its content type; it is named by its address."""
    press.site.pages["/x"] = page
    (document,) = press.documents("/x")
    assert document.name.split("#")[0] == f"{press.site.url}/x"
    assert document.media_type == media_type
    assert "rouvre" in document.text


def test_where_a_page_was_found_is_kept(press: Press) -> None:
    """Under the name it was asked by."""
    press.site.pages["/ancien"] = Page(status=301, headers={"Location": "/cp/1"})
    (document,) = press.documents("/ancien")
    assert (document.name, document.hints.url) == (f"{press.site.url}/ancien", f"{press.site.url}/cp/1")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(status=404), "answered 404"),
        (Page(b"\x89PNG\r\n\x1a\n", "video/mp4"), "format not read: video/mp4"),
        (Page(b"<svg/>", "image/svg+xml"), "XML of another kind"),
        (Page(b"<html><body></body></html>"), "page without text"),
        (Page(b"<rss version='2.0'><channel/></rss>"), "a feed without entries"),
        (Page(b"<urlset/>"), "without a page"),
    ],
)
def test_what_cannot_be_read_is_named(press: Press, page: Page, reason: str) -> None:
    """By its address, with the reason."""
    press.site.pages["/x"] = page
    (unreadable,) = press.read("/x")
    assert isinstance(unreadable, UnreadableDocument)
    assert unreadable.name == f"{press.site.url}/x"
    assert reason in unreadable.reason


def test_the_pages_of_a_feed_are_read(press: Press) -> None:
    """With what the feed says of them: title and day of publication."""
    press.site.pages["/fil"] = feed(press.site, "/cp/1", "/cp/2", "/cp/1")
    first, second = press.documents("/fil")
    assert (first.name, second.name) == (f"{press.site.url}/cp/1", f"{press.site.url}/cp/2")
    assert "quatorze millions" in first.text
    assert (first.hints.title, first.hints.published) == ("Titre de /cp/1", date(2024, 5, 13))
    assert first.hints.origin is OriginKind.FEED
    assert press.expected == [2]


def test_where_a_page_cannot_be_read_the_feed_speaks(press: Press) -> None:
    """With a doubt; an entry without words of its own is named, and the others go on."""
    press.site.pages["/fil"] = feed(press.site, "/absent", "/cp/2")
    press.site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /cp/2\n")
    first, second = press.documents("/fil")
    assert first.text == second.text == "La criée de Port-Clair rouvre mardi, après deux ans de travaux."
    assert (first.name, first.hints.url) == (f"{press.site.url}/absent", f"{press.site.url}/absent")
    assert first.doubts == ("texte du flux : la page n'a pas pu être lue",)
    silent = FEED.format(items="<item><link>/absent</link></item><item><link>/cp/1</link></item>")
    press.site.pages["/muet"] = Page(silent.encode())
    broken, document = press.read("/muet")
    assert isinstance(broken, UnreadableDocument)
    assert "404" in broken.reason
    assert isinstance(document, Document)


def test_a_page_that_is_down_today_is_not_replaced_by_its_summary(press: Press) -> None:
    """What was read once stays; that it cannot be read now is told."""
    press.site.pages["/fil"] = feed(press.site, "/cp/1")
    press.read("/fil")
    press.site.pages["/cp/1"] = Page(status=500)
    (unreadable,) = press.read("/fil")
    assert isinstance(unreadable, UnreadableDocument)


def test_what_is_attached_to_an_entry_is_read_too(press: Press) -> None:
    """A PDF as a PDF, by its own address; sounds and pictures are left alone."""
    more = ENCLOSURE.format(url="/cp/1.pdf") + '<enclosure url="/son.mp3" type="audio/mpeg"/>'
    press.site.pages["/fil"] = feed(press.site, "/cp/1", more=more)
    page, attached = press.documents("/fil")
    assert (page.media_type, attached.media_type) == ("text/html", "application/pdf")
    assert attached.name == f"{press.site.url}/cp/1.pdf"
    assert (attached.hints.published, attached.guesses.title) == (date(2024, 5, 13), "Titre de /cp/1")
    assert "/son.mp3" not in press.site.paths


def test_an_entry_may_be_its_attachment(press: Press) -> None:
    """Where it links to nothing else."""
    item = f"<item><title>x</title>{ENCLOSURE.format(url='/cp/1.pdf')}</item>"
    press.site.pages["/fil"] = Page(FEED.format(items=item).encode())
    (document,) = press.documents("/fil")
    assert document.media_type == "application/pdf"


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_sitemap_are_read(press: Press, packed: bool) -> None:
    """Through an index, packed or not, whatever its content type; other sites' are not."""
    pages = sitemap(press.site, "/cp/1", "/absent", "/cp/2")
    pages.body = pages.body.replace(b"</urlset>", b"<url><loc>https://ailleurs.example/1</loc></url></urlset>")
    pages.body = gzip.compress(pages.body) if packed else pages.body
    press.site.pages["/pages"] = pages
    press.site.pages["/sitemap.xml"] = sitemap(press.site, "/pages", kind="sitemap")
    first, broken, second = press.read("/sitemap.xml")
    assert isinstance(first, Document)
    assert isinstance(broken, UnreadableDocument)
    assert isinstance(second, Document)
    assert press.expected == [0, 3]


def test_a_sitemap_in_plain_text_is_walked(press: Press) -> None:
    """One address a line."""
    press.site.pages["/plan.txt"] = Page(f"{press.site.url}/cp/1\n{press.site.url}/cp/2\n".encode(), "text/plain")
    assert len(press.documents("/plan.txt")) == 2


def test_sitemaps_that_lead_to_each_other_end(press: Press) -> None:
    """At a depth, and it is said."""
    press.site.pages["/a"] = sitemap(press.site, "/b", kind="sitemap")
    press.site.pages["/b"] = sitemap(press.site, "/a", kind="sitemap")
    (unreadable,) = press.read("/a")
    assert isinstance(unreadable, UnreadableDocument)
    assert "deep" in unreadable.reason


def test_a_sitemap_may_be_too_long(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pages or in hours; what is left is told."""
    press.site.pages["/plan"] = sitemap(press.site, "/cp/1", "/cp/2", "/cp/3")
    monkeypatch.setattr(reading, "MOST_PAGES", 1)
    _, stopped = press.read("/plan")
    assert isinstance(stopped, UnreadableDocument)
    assert stopped.reason.startswith("2 pages not read: more than 1 at one address")
    monkeypatch.setattr(reading, "LONGEST", 0.0)
    (stopped,) = press.read("/plan")
    assert isinstance(stopped, UnreadableDocument)
    assert "hours are over" in stopped.reason


def test_an_unchanged_page_is_not_read_again(press: Press) -> None:
    """By its etag, else by its bytes; it is known by its release."""
    press.site.pages["/cp/3"] = Page(article("Sans étiquette", "Rien."))
    press.site.pages["/fil"] = feed(press.site, "/cp/1", "/cp/3", etag='"f"')
    press.read("/fil")
    press.site.asked.clear()
    assert [type(each) for each in press.read("/fil")] == [Known, Known]
    assert [headers.get("if-none-match") for _, headers in press.site.asked] == [None, '"f"', '"1"', None]


def test_a_page_that_changed_is_read_though_its_feed_did_not(press: Press) -> None:
    """And the feed's words still hold for it."""
    press.site.pages["/fil"] = feed(press.site, "/cp/1", "/cp/2", etag='"f"')
    press.read("/fil")
    press.site.pages["/cp/1"] = Page(article("La criée rouvre", "Erratum : elle rouvre jeudi."), etag='"1b"')
    changed, known = press.read("/fil")
    assert isinstance(changed, Document)
    assert changed.hints.title == "Titre de /cp/1"
    assert isinstance(known, Known)


def test_what_is_not_on_the_shelf_is_asked_for_whole(press: Press) -> None:
    """Memory of a visit is not enough: what was read may not have been kept."""
    press.read("/cp/1")
    press.shelf.clear()
    (document,) = press.read("/cp/1")
    assert isinstance(document, Document)


@pytest.mark.parametrize(("lastmod", "asked"), [("2026-03-01", False), ("2026-03-02", True), ("", True)])
def test_a_page_unchanged_by_its_sitemap_is_not_asked_for(press: Press, lastmod: str, asked: bool) -> None:
    """Where it says when the page was changed last."""
    press.site.pages["/plan"] = sitemap(press.site, "/cp/1", lastmod=lastmod)
    press.read("/plan")
    press.site.asked.clear()
    (known,) = press.read("/plan")
    assert isinstance(known, Known)
    assert ("/cp/1" in press.site.paths) is asked


def test_without_memory_everything_is_asked_again(site: Website) -> None:
    """And what is on the shelf is still not read again."""
    press = Press(site, None)
    site.pages["/fil"] = feed(site, "/cp/1")
    press.read("/fil")
    (known,) = press.read("/fil")
    assert isinstance(known, Known)


def test_a_walk_cut_short_is_not_remembered_as_done(press: Press) -> None:
    """The next one asks for the whole feed again."""
    press.site.pages["/fil"] = feed(press.site, "/cp/1", "/cp/2", etag='"f"')
    visitor = Visitor(private_addresses=True, sleep=lambda seconds: None)
    walk = Round(visitor, press.seen, NOW, press.visits).read(f"{press.site.url}/fil")
    next(walk)
    close: Callable[[], None] = walk.close  # type: ignore[attr-defined]
    close()
    assert press.visits is not None
    assert press.visits.last(f"{press.site.url}/fil") is None


def test_an_address_claimed_on_another_site_is_not_believed(press: Press) -> None:
    """A page that names another's release as its own address would take its place."""
    claim = b'<link rel="canonical" href="https://ville.example/cp/1"></head>'
    html = article("La criée rouvre", "Elle rouvre mardi.").replace(b"</head>", claim)
    press.site.pages["/faux"] = Page(html)
    (document,) = press.documents("/faux")
    assert document.hints.url == f"{press.site.url}/faux"
