"""Where quoted words stand among a page's characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facsimile.alignment import LEAST, Found, align
from store.records import Span

PAGE = (
    "MÉTROPOLE DE SARVELLE \r\nLe pont de la Var- \r\nlone rouvre lun\ufffe\r\ndi, après deux ans d'eﬀorts. "
    "Il a coûté 3 millions."
)


def marked(page: str, found: Found) -> list[str]:
    return [" ".join(span.of(page).split()) for span in found.spans]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Le pont de la Varlone rouvre lundi", "Le pont de la Var- lone rouvre lun\ufffe di"),
        ("deux ans d’efforts", "deux ans d'eﬀorts"),
        ("« Il a coûté 3\u00a0millions. »", "Il a coûté 3 millions"),
        ("Métropole de Sarvelle", "MÉTROPOLE DE SARVELLE"),
    ],
)
def test_a_quote_is_found_however_it_is_set(quote: str, words: str) -> None:
    """Hyphens at line ends, ligatures, capitals, apostrophes and blanks hide nothing."""
    found = align(PAGE, quote)
    assert marked(PAGE, found) == [words]
    assert found.share == 1.0


def test_of_several_places_the_neighbours_choose() -> None:
    """Words that stand twice are marked where the release's text has them."""
    page = "Lundi : trois bus. Mardi : trois bus. Mercredi : trois bus."
    found = align(page, "trois bus", "Mardi : ", ". Mercredi")
    assert found.spans == (Span(27, 36),)


def test_columns_in_another_order_give_two_pieces() -> None:
    """A quote whose second half the file holds before its first is marked in both places."""
    page = "et deux quais ont été reconstruits entièrement. Autre texte, plus long. Le pont de la Varlone rouvre lundi"
    found = align(page, "Le pont de la Varlone rouvre lundi et deux quais ont été reconstruits entièrement")
    assert marked(page, found) == [
        "Le pont de la Varlone rouvre lundi",
        "et deux quais ont été reconstruits entièrement",
    ]


def test_a_wrong_letter_is_bridged() -> None:
    """A character that was read otherwise leaves no hole in the mark."""
    page = "Le pont de la Varl0ne rouvre lundi matin"
    assert marked(page, align(page, "pont de la Varlone rouvre lundi")) == ["pont de la Varl0ne rouvre lundi"]


@pytest.mark.parametrize("quote", ["", "« »", "Une tout autre phrase, qui n'est pas sur cette page du tout."])
def test_what_is_not_there_is_not_marked(quote: str) -> None:
    """Neither chance letters nor nothing at all are marked."""
    assert align(PAGE, quote) == Found()


@given(st.text("abé -\n", max_size=60), st.text("abé -\n", max_size=30), st.text("abé -\n", max_size=60))
def test_what_stands_there_is_found(before: str, quote: str, after: str) -> None:
    """Whatever stands around it, a quote of the page is found whole, and the marks hold its letters and no other."""
    page = before + quote + after
    found = align(page, quote, before[-20:], after[:20])
    letters = [letter for letter in quote if letter.isalnum()]
    assert found.share == (1.0 if letters else 0.0)
    assert [letter for span in found.spans for letter in span.of(page) if letter.isalnum()] == letters


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_answered(page: str, quote: str) -> None:
    """Whatever the texts, the spans lie in the page and the share says whether enough was found."""
    found = align(page, quote)
    assert all(0 <= span.start < span.end <= len(page) for span in found.spans)
    assert found == Found() or LEAST <= found.share <= 1.0
