"""Words: where PDFium has them, mended, upright, with the links behind them."""

from __future__ import annotations

from paper import column, pdf
from pypdfium2 import PdfDocument

from ingest.readers.pdf_words import Word, words_on


def words(data: bytes) -> list[Word]:
    document = PdfDocument(data)
    try:
        return words_on(document[0])
    finally:
        document.close()


def test_words_stand_where_they_were_set() -> None:
    """Left to right on a line, lines downward, the first word of each said to begin one."""
    found = words(pdf([column(["La criée rouvre", "mardi matin"], left=70, top=760)]))
    assert [word.text for word in found] == ["La", "criée", "rouvre", "mardi", "matin"]
    assert [word.starts for word in found] == [True, False, False, True, False]
    assert found[0].left == found[3].left
    assert abs(found[0].left - 70) < 1
    assert found[0].right < found[1].left < found[1].right
    assert found[0].bottom < 760 < found[0].top
    assert 13.9 < found[0].bottom - found[3].bottom < 14.1


def test_a_turned_page_has_the_same_words() -> None:
    """Their places are those of the page as it is set."""
    lines = column(["La criée rouvre"])
    assert words(pdf([lines], turned=90)) == words(pdf([lines]))


def test_a_word_knows_where_it_leads() -> None:
    """And the words beside it do not."""
    found = words(pdf([column(["La criée rouvre"])], links=[(82, 750, 106, 775, "https://port.example/")]))
    assert [word.url for word in found] == [None, "https://port.example/", None]


def test_a_page_without_words_has_none() -> None:
    """A blank page is no error."""
    assert words(pdf([[]])) == []
