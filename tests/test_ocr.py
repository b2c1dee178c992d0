"""OCR: Tesseract's words as lines and paragraphs, and what is said of pages that went through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from paper import column, pdf
from pypdfium2 import PdfDocument

from ingest.readers import ocr
from ingest.readers.ocr import (
    Picture,
    Recognised,
    ask_again,
    blocks_of_scan,
    doubts_of,
    has_words,
    in_words,
    languages,
    recognised,
)

needs_tesseract = pytest.mark.skipif(not languages(), reason=f"Tesseract is not installed: {ocr.INSTALL}")


@pytest.fixture
def anew() -> Iterator[None]:
    """What is known of Tesseract is asked again."""
    ask_again()
    yield
    ask_again()


def picture(lines: list[str]) -> Picture:
    """The upper part of a page as a scanner sees it at 300 dots an inch."""
    document = PdfDocument(pdf([column(lines, top=800, size=12, step=18)]))
    try:
        grey = document[0].render(scale=300 / 72, grayscale=True, crop=(0, 640, 0, 0)).to_pil().convert("L")
    finally:
        document.close()
    return Picture(grey.width, grey.height, grey.tobytes())


@needs_tesseract
def test_words_are_recognised() -> None:
    """In French, each line at its place, the first one highest."""
    asked: list[float] = []
    (page,) = recognised([picture(["La criée de Port-Clair rouvre", "mardi après les travaux"])], asked.append)
    assert page is not None
    assert [line.text for line in page.lines] == ["La criée de Port-Clair rouvre", "mardi après les travaux"]
    assert page.lines[0].middle > page.lines[1].middle
    assert page.confidence > 60
    assert has_words(page)
    assert len(asked) == 1


@pytest.mark.skipif("osd" not in ocr._installed(), reason="Tesseract knows no orientation here")
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_on_its_side_is_turned(degrees: int) -> None:
    """The words say how it lies."""
    lines = ["La criée de Port-Clair rouvre mardi après deux ans de travaux", "et un chantier payé par la région."] * 3
    (page,) = recognised([picture(lines).turned(degrees)], lambda seconds: None)
    assert page is not None
    assert page.lines[0].text == lines[0]


def test_turning_four_times_changes_nothing() -> None:
    """A quarter each time, clockwise."""
    small = Picture(3, 2, bytes([1, 2, 3, 4, 5, 6]))
    assert small.turned(90) == Picture(2, 3, bytes([4, 1, 5, 2, 6, 3]))
    assert small.turned(90).turned(90) == small.turned(180)
    assert small.turned(270).turned(90) == small


@needs_tesseract
def test_a_blank_page_has_no_words() -> None:
    """Nor has one with a few strokes."""
    (page,) = recognised([picture(["| ."])], lambda seconds: None)
    assert page is not None
    assert not has_words(page)


def test_no_page_begins_after_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before is kept, the rest is None."""
    monkeypatch.setattr(ocr, "ALL_SECONDS", 0.0)
    assert list(recognised([picture(["a"]), picture(["b"])], lambda seconds: None)) == [None, None]


def test_without_tesseract_no_language_is_known(monkeypatch: pytest.MonkeyPatch, anew: None) -> None:
    """A machine without it is told so by the readers."""
    monkeypatch.setenv("PATH", "")
    assert languages() == ""


def recognised_lines(texts: list[str], paragraphs: list[int], confidence: float = 90) -> Recognised:
    made = [ocr.Line(text, 60, 60 + 5 * len(text), 700 - 14 * place, 710 - 14 * place, 5 * len(text.split()[0]))
            for place, text in enumerate(texts)]  # fmt: skip
    return Recognised(made, paragraphs, confidence, 100)


def test_wrapped_lines_are_joined_and_addresses_are_not() -> None:
    """Paragraphs are Tesseract's; inside one, a line that left room for the next word ends there."""
    page = recognised_lines(
        ["La criée de Port-Clair rouvre ses", "portes mardi.", "Anne DOUCE", "Ville de Port-Clair", "01 99 00 12 34"],
        [0, 0, 1, 1, 1],
    )
    blocks = blocks_of_scan(page, page.lines, frozenset())
    assert blocks[0].lines[0].text == "La criée de Port-Clair rouvre ses portes mardi."
    assert blocks[1].lines[0].text.startswith("Anne DOUCE\n")


def test_lines_that_are_no_text_are_left_out() -> None:
    """Running heads and page numbers were taken away before."""
    page = recognised_lines(["Ville de Port-Clair", "La criée rouvre."], [0, 1])
    assert [block.lines[0].text for block in blocks_of_scan(page, page.lines[1:], frozenset())] == ["La criée rouvre."]


@pytest.mark.parametrize(
    ("numbers", "pages", "of", "doubts"),
    [
        ([1], [recognised_lines(["a"], [0])], 1, ["texte reconnu par OCR : à relire"]),
        ([3], [recognised_lines(["a"], [0])], 5, ["page 3 : texte reconnu par OCR : à relire"]),
        (
            [1],
            [recognised_lines(["a"], [0], 61.6)],
            1,
            ["texte reconnu par OCR (confiance moyenne 62 %) : à relire"],
        ),
        (
            [1, 2, 3],
            [recognised_lines(["a"], [0]), None, None],
            3,
            [
                "page 1 : texte reconnu par OCR : à relire",
                "pages 2 et 3 : reconnaissance trop longue, texte laissé de côté",
            ],
        ),
        ([], [], 3, []),
    ],
)
def test_what_a_press_officer_is_told(
    numbers: list[int], pages: list[Recognised | None], of: int, doubts: list[str]
) -> None:
    """Which pages to read again, how sure the words are where they are not, and which pages are missing."""
    assert doubts_of(numbers, pages, of) == doubts


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "page 3"),
        ([3, 4], "pages 3 et 4"),
        ([3, 5, 6, 7, 12], "pages 3, 5 à 7 et 12"),
        ([1, 2, 4], "pages 1, 2 et 4"),
    ],
)
def test_pages_are_named_in_words(numbers: list[int], said: str) -> None:
    """As one would say them."""
    assert in_words(numbers) == said
