"""Feeds: what each entry says of the page it announces."""

from __future__ import annotations

from datetime import date

import pytest
from mutation import mutants

from ingest.document import Document
from ingest.readers.feed import Feed, read_feed, read_feed_file
from store.records import OriginKind, UnreadableDocument

BASE = "https://port-clair.example/fil.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Presse &amp; médias</title><language>fr-FR</language><link>https://port-clair.example/</link>
<item><title>La criée &lt;b&gt;rouvre&lt;/b&gt;</title><link>/cp/1</link><guid isPermaLink="false">cp-1</guid>
 <pubDate>{date}</pubDate><description>Deux ans après.</description>
 <content:encoded><![CDATA[<p>Elle rouvre mardi, après deux ans de travaux.</p>
 <p>Voir <a href="/plan">le plan</a>.</p>]]></content:encoded>
 <enclosure url="/f/criee.pdf" type="application/pdf" length="3"/><enclosure url="son.mp3" type="audio/mpeg"/></item>
<item><guid>https://port-clair.example/cp/2</guid><title>Le port ferme</title></item>
<item><description>sans rien d'autre</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Presse</title><entry><id>urn:1</id>
<title type="html">La &lt;i&gt;criée&lt;/i&gt;</title><link href="https://port-clair.example/cp/1"/>
{date}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Elle rouvre mardi, après deux ans de
travaux.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Presse</title></channel><item><title>La criée</title>
<link>https://port-clair.example/cp/1</link><dc:date>2024-05-13</dc:date></item></rdf:RDF>"""


def rss(date: str = "Mon, 13 May 2024 10:00:00 +0200") -> bytes:
    return RSS.format(date=date).encode()


def test_entries_of_rss() -> None:
    """Title without markup, addresses made whole, the fullest content, what is attached."""
    feed = read_feed(rss(), "fil", BASE)
    first, second, third = feed.entries
    assert (feed.title, feed.language) == ("Presse & médias", "fr")
    assert (first.title, first.link, first.published) == (
        "La criée rouvre", "https://port-clair.example/cp/1", date(2024, 5, 13),
    )  # fmt: skip
    assert "<p>Elle rouvre" in first.content
    assert first.enclosures[0] == ("https://port-clair.example/f/criee.pdf", "application/pdf")
    assert second.link == "https://port-clair.example/cp/2"
    assert (third.link, third.title, third.published) == (None, None, None)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Mon, 13 May 2024 00:30:00 +0200", date(2024, 5, 13)),
        ("Sun, 12 May 2024 22:30:00 GMT", date(2024, 5, 13)),
        ("2024-05-12T22:00:00Z", date(2024, 5, 13)),
        ("Sun, 12 May 2024 20:00:00 -0400", date(2024, 5, 12)),
        ("lundi 13 mai 2024", date(2024, 5, 13)),
        ("bientôt", None),
        ("Mon, 99 May 2024 10:00:00 GMT", None),
    ],
)
def test_the_day_is_the_one_at_the_newsroom(stated: str, day: date | None) -> None:
    """As written; universal time is read as Paris reads it, whose midnight is 22 or 23 o'clock there."""
    assert read_feed(rss(stated), "fil").entries[0].published == day


def test_an_update_is_no_publication() -> None:
    """A page touched today was not published today."""
    updated, published = "<updated>2024-06-01T10:00:00Z</updated>", "<published>2024-05-13T10:00:00Z</published>"
    assert read_feed(ATOM.format(date=updated).encode(), "fil").entries[0].published is None
    assert read_feed(ATOM.format(date=updated + published).encode(), "fil").entries[0].published == date(2024, 5, 13)
    assert read_feed(RDF.encode(), "fil").entries[0].published == date(2024, 5, 13)


def test_a_saved_feed_is_read_by_its_own_content() -> None:
    """Entries without any are named; nothing is fetched."""
    first, *others = read_feed_file(rss(), "fil.xml")
    assert isinstance(first, Document)
    assert first.text == "Elle rouvre mardi, après deux ans de travaux.\n\nVoir le plan."
    assert first.name == "fil.xml#cp-1"
    assert (first.hints.title, first.hints.origin) == ("La criée rouvre", OriginKind.FEED)
    assert [str(each) for each in others] == [
        "fil.xml#https://port-clair.example/cp/2: a feed's entry without text of its own",
        "fil.xml#3: a feed's entry without text of its own",
    ]


@pytest.mark.parametrize("data", [b"", b"<html/>", b"criee", b"\x00\xff" * 50])
def test_what_is_no_feed_is_named(data: bytes) -> None:
    """Whatever it is instead."""
    with pytest.raises(UnreadableDocument):
        read_feed(data, "fil")


def test_a_feed_cut_short_gives_the_entries_before_the_cut() -> None:
    """Feeds are often not well-formed."""
    assert len(read_feed(rss()[: rss().index(b"sans rien")], "fil", BASE).entries) >= 2
    assert read_feed(rss().replace(b"&amp;", b"&"), "fil", BASE).entries[0].title == "La criée rouvre"


@pytest.mark.parametrize("much", [b"<a>" * 130_000, b"&amp;" * 1_000_000, b"x" * (11 << 20)])
def test_a_feed_may_be_too_long(much: bytes) -> None:
    """It is refused before its reading would take minutes."""
    with pytest.raises(UnreadableDocument, match="fewer entries"):
        read_feed(rss() + much, "fil", BASE)


def test_a_feed_opens_nothing() -> None:
    """Neither files nor entities of its own making."""
    bomb = (
        b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + rss()[38:]
    )
    entries = read_feed(bomb.replace(b"Le port ferme", b"[&b;&x;]"), "fil", BASE).entries
    assert entries[1].title is not None
    assert set(entries[1].title) <= set("[ha]&b;x")


def test_damaged_feeds_are_read_or_named() -> None:
    """Never another exception."""
    for sound in (rss(), ATOM.format(date="").encode()):
        for damaged in mutants(sound, 15, seed=12):
            try:
                assert isinstance(read_feed(damaged, "fil", BASE), Feed)
            except UnreadableDocument:
                continue
