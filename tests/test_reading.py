"""How a release is shown when a citation opens it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.messages import Messages
from assistant.web.reading import Shown, opened, text
from conftest import release
from store.records import Span
from store.view import Related

FR = Messages("fr")
ALONE = Related((), (), (), ())
TEXT = (
    "LE PONT ROUVRE\n\nLe pont rouvre lundi, après deux ans de\ntravaux. Il a coûté 3 millions.\n"
    "- une voie\n- deux quais\n"
)


def marked(html: str) -> str:
    return unescape("".join(re.findall(r"<mark>(.*?)</mark>", html, re.S)))


def words(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", " ", html)).split()


def span(quote: str, within: str = TEXT) -> Span:
    return Span(within.index(quote), within.index(quote) + len(quote))


def test_the_quotation_is_marked_and_can_be_found() -> None:
    """The quoted words, and only they, are marked, with a place to scroll to before them."""
    html = opened(Shown(release(TEXT, title="Le pont"), ALONE, span("Il a coûté 3 millions.")), FR)
    assert marked(html) == "Il a coûté 3 millions."
    assert html.index('id="quoted"') < html.index("<mark>")


def test_broken_lines_are_joined_and_lists_kept() -> None:
    """A line broken in mid-sentence is joined; headings and list items keep their lines."""
    html = text(release(TEXT), span("Le pont rouvre lundi, après deux ans de\ntravaux."), FR)
    assert marked(html) == "Le pont rouvre lundi, après deux ans de travaux."
    assert "<p>LE PONT ROUVRE</p>" in html
    assert "- une voie<br>" in html


def test_pages_are_named_where_they_begin() -> None:
    """Each page of a document that has several is named where it begins."""
    cut = TEXT.index("Il a coûté")
    html = text(replace(release(TEXT), pages=(Span(0, cut), Span(cut, len(TEXT)))), None, FR)
    assert html.index("page\u00a01") < html.index("LE PONT") < html.index("page\u00a02") < html.index("Il a coûté")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[", "ftp://a.example/x"])
def test_only_web_addresses_become_links(url: str) -> None:
    """An address that a browser should not follow is not made a link."""
    assert "<a " not in opened(Shown(release(TEXT, url=url), ALONE), FR)
    assert "<a " in opened(Shown(release(TEXT, url="https://presse.example/1"), ALONE), FR)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_no_word_is_lost_or_made(written: str, one: int, two: int) -> None:
    """Whatever the text and the quotation, every word is shown once, and what is marked was quoted."""
    start, end = sorted((min(one, len(written)), min(two, len(written))))
    html = text(release(written), Span(start, end), FR)
    assert "".join(words(html)) == "".join(written.split())
    assert "".join(marked(html).split()) == "".join(written[start:end].split())
