"""Sitemaps: the addresses a site lists of its own pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from mutation import mutants

from ingest.readers.sitemap import Sitemap, is_list, read_list, read_sitemap, same_site
from store.records import UnreadableDocument

BASE = "https://www.port-clair.example/sitemap.xml"
PAGES = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://www.port-clair.example/cp/1 </loc><lastmod>2024-05-13</lastmod>
    <image:image><image:loc>https://www.port-clair.example/a.jpg</image:loc></image:image></url>
  <url><loc>https://port-clair.example/cp/2?a=1&amp;b=2</loc><lastmod>2024-05-13T10:00:00+02:00</lastmod></url>
  <url><loc>/cp/3</loc><lastmod>hier</lastmod></url>
  <url><loc>https://ailleurs.example/x</loc></url>
  <url><loc>/cp/3</loc></url>
  <url><loc>ftp://port-clair.example/x</loc></url>
  <url></url>
</urlset>"""
INDEX = PAGES.replace(b"urlset", b"sitemapindex").replace(b"<url>", b"<sitemap>").replace(b"</url>", b"</sitemap>")


def test_pages_of_the_site_are_listed_once() -> None:
    """In order, with the moment they were changed; those of other sites are counted."""
    sitemap = read_sitemap(PAGES, BASE, BASE)
    assert [page.url for page in sitemap.pages] == [
        "https://www.port-clair.example/cp/1",
        "https://port-clair.example/cp/2?a=1&b=2",
        "https://www.port-clair.example/cp/3",
    ]
    assert sitemap.foreign == 1
    assert sitemap.pages[1].modified == datetime(2024, 5, 13, 8, 0, tzinfo=UTC)


def test_a_day_alone_counts_from_its_end() -> None:
    """A page changed in the afternoon is read again by who came in the morning."""
    modified = read_sitemap(PAGES, BASE, BASE).pages[0].modified
    assert modified is not None
    assert modified > datetime(2024, 5, 13, 20, 0, tzinfo=UTC)


def test_an_index_lists_sitemaps() -> None:
    """Of its own site alone, as pages are."""
    sitemap = read_sitemap(INDEX, BASE, BASE)
    assert len(sitemap.sitemaps) == 3
    assert sitemap.pages == ()


def test_a_sitemap_cut_short_gives_what_came_before() -> None:
    """As does one with an unescaped ampersand."""
    assert len(read_sitemap(PAGES[: PAGES.index(b"/cp/3")], BASE, BASE).pages) >= 2
    assert len(read_sitemap(PAGES.replace(b"&amp;", b"&"), BASE, BASE).pages) == 3


@pytest.mark.parametrize(
    "data", [b"<urlset/>", b"", b"x", b"<urlset><url><loc>https://ailleurs.example/</loc></url></urlset>"]
)
def test_a_sitemap_without_a_page_is_named(data: bytes) -> None:
    """An empty walk is no success."""
    with pytest.raises(UnreadableDocument):
        read_sitemap(data, BASE, BASE)


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    """A text with anything else in it is not."""
    listing = b"https://www.port-clair.example/1\nhttps://port-clair.example/2\n\nhttps://ailleurs.example/3\n"
    assert is_list(listing)
    assert not is_list(b"Voir https://www.port-clair.example/1\nhttps://port-clair.example/2\n")
    assert not is_list(b"https://www.port-clair.example/1\n")
    assert [page.url for page in read_list(listing, BASE).pages] == [
        "https://www.port-clair.example/1",
        "https://port-clair.example/2",
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/1", "http://A.example/2", True),
        ("https://www.a.example/1", "https://a.example", True),
        ("https://b.a.example/1", "https://a.example", False),
        ("https://a.example@b.example/", "https://a.example", False),
        ("https://a.example:8080/", "https://a.example", False),
        ("https://[", "https://a.example", False),
    ],
)
def test_what_is_one_site(one: str, other: str, same: bool) -> None:
    """One host, « www. » or not, whatever stands before an @."""
    assert same_site(one, other) is same


def test_damaged_sitemaps_are_read_or_named() -> None:
    """Never another exception."""
    for damaged in mutants(PAGES, 30, seed=11):
        try:
            assert isinstance(read_sitemap(damaged, BASE, BASE), Sitemap)
        except UnreadableDocument:
            continue
