"""What a page says of itself: structured data first, then its head."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.readers.webfacts import Facts, day_of, read_facts
from ingest.readers.webtext import parsed


def facts(head: str, url: str | None = None) -> Facts:
    return read_facts(parsed(f"<html><head>{head}</head><body><p>x</p></body></html>".encode(), "a")[0], url)


def test_structured_data_go_first() -> None:
    """The article among other nodes; who runs the site and who wrote are told apart; a change is no publication."""
    found = facts(
        """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Portail"},
        {"@type": ["NewsArticle"], "headline": "La criée rouvre", "datePublished": "2024-05-13T22:30:00Z",
         "dateModified": "2024-06-01", "publisher": {"@type": "Organization", "name": "Portail"},
         "author": [{"@type": "Person", "name": "Anne Douce"}, {"@type": "GovernmentOrganization", "name": "Ville"}],
         "inLanguage": "fr-FR", "description": "Après deux ans.", "dateline": "Port-Clair",
         "contentLocation": {"@type": "Place", "name": "Port-Clair"}}]}</script>
        <meta property="og:title" content="Autre titre"><meta property="article:published_time" content="2020-01-01">"""
    )
    assert (found.titles[0], found.published, found.site, found.issuer) == (
        "La criée rouvre",
        date(2024, 5, 14),
        "Portail",
        "Ville",
    )
    assert (found.language, found.place, found.dateline, found.description) == (
        "fr-FR",
        "Port-Clair",
        "Port-Clair",
        "Après deux ans.",
    )


def test_the_head_serves_where_there_are_none() -> None:
    """Open Graph, Dublin Core, the canonical address made whole; a site that is only an address names nobody."""
    found = facts(
        """<title>La criée rouvre | Ville</title><meta name="DC.date" content="13/05/2024">
        <meta property="og:site_name" content="port-clair.example"><link rel="canonical" href="/criee">""",
        "https://port-clair.example/x?y",
    )
    assert (found.titles, found.published, found.site) == (("La criée rouvre | Ville",), date(2024, 5, 13), None)
    assert (found.url, found.base) == ("https://port-clair.example/x?y", "https://port-clair.example/x?y")
    saved = facts('<base href="https://a.example/b/"><link rel="canonical" href="criee">')
    assert (saved.url, saved.base) == ("https://a.example/b/criee", "https://a.example/b/")


@pytest.mark.parametrize(
    "script", ["", "{", "[[[[", '{"@graph": 7}', '{"@type": "Article", "headline": 3, "author": "x", "name": []}',
               '{"a":' * 5000, '"\\ud800"'],
)  # fmt: skip
def test_broken_data_are_as_good_as_none(script: str) -> None:
    """Nothing on a page can stop its reading."""
    found = facts(f'<title>T</title><script type="application/ld+json">{script}</script>')
    assert (found.titles, found.issuer) == (("T",), None)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-05-13", date(2024, 5, 13)), ("2024-05-13T00:30:00+02:00", date(2024, 5, 13)),
     ("2024-05-12T22:30:00Z", date(2024, 5, 13)), ("13 mai 2024", date(2024, 5, 13)), ("hier", None), ("", None),
     ("0001-01-01T00:00:00Z", None), ("9999-12-31T23:59:59Z", None)],
)  # fmt: skip
def test_moments_are_days_of_where_they_were_written(written: str, day: date | None) -> None:
    """Universal time is taken as programs write it for Paris; an offset is the writer's own."""
    assert day_of(written) == day
