"""Scans in a PDF: pages that are pictures go through OCR, the others do not."""

from __future__ import annotations

import io

import pytest
from paper import column, pdf
from PIL import Image
from pypdfium2 import PdfDocument
from test_ocr import needs_tesseract
from test_picture import page

from ingest.readers.ocr import ask_again
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_file import read_pdf_here
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_scans import pictured, pictures_of
from store.records import UnreadableDocument

TEXT = ["Le conseil municipal de Port-Clair se réunit jeudi soir à l'hôtel de ville."]


def scan(pages: int = 1) -> bytes:
    """Pages of nothing but a picture of words."""
    file = io.BytesIO()
    others = [page([f"Le quai numéro {number} de Port-Clair reste ouvert"]) for number in range(1, pages)]
    page().save(file, "PDF", resolution=300, save_all=True, append_images=others)
    return file.getvalue()


def mixed() -> bytes:
    """A page of text, a scanned one, a blank one."""
    made = PdfDocument.new()
    made.import_pages(PdfDocument(pdf([column(TEXT)])))
    made.import_pages(PdfDocument(scan()))
    made.import_pages(PdfDocument(pdf([[]])))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_pages_that_show_something_without_text_are_told() -> None:
    """Neither those with text nor the blank ones."""
    document = PdfDocument(mixed())
    try:
        text = [Line(TEXT[0], 70, 400, 755, 766, 10)]
        assert pictured(document, [text, [], []]) == [1]
        assert pictured(document, [[], [], []]) == [0, 1], "letters without a name are a picture"
        (picture,) = pictures_of(document, [1])
    finally:
        document.close()
    assert len(picture.pixels) == picture.width * picture.height
    assert min(picture.pixels) < 60
    assert max(picture.pixels) == 255


def test_a_huge_page_is_drawn_at_fewer_dots() -> None:
    """A poster costs no more than a page."""
    file = io.BytesIO()
    Image.new("L", (1000, 1000), 255).save(file, "PDF", resolution=5)
    document = PdfDocument(file.getvalue())
    try:
        (picture,) = pictures_of(document, [0])
    finally:
        document.close()
    assert picture.width * picture.height <= 30_100_000


@needs_tesseract
def test_only_scanned_pages_go_through_ocr() -> None:
    """They are named in a doubt, and pages tile the text."""
    read = read_pdf(mixed(), "a.pdf")
    assert read.doubts == ("page 2 : texte reconnu par OCR : à relire",)
    assert read.pages[0].of(read.text).strip() == TEXT[0]
    assert "criée de Port-Clair" in read.pages[1].of(read.text)
    assert "".join(span.of(read.text) for span in read.pages) == read.text
    assert len(read.pages) == 3


@needs_tesseract
def test_a_scan_is_read_with_a_doubt() -> None:
    """Every word of it wants reading again."""
    read = read_pdf(scan(2), "a.pdf")
    assert read.doubts == ("texte reconnu par OCR : à relire",)
    assert "criée de Port-Clair" in read.pages[0].of(read.text)
    assert "quai numéro 1 de Port-Clair" in read.pages[1].of(read.text)


def test_without_tesseract_pages_are_left_out_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF with some text is read; one without says what to install."""
    monkeypatch.setenv("PATH", "")
    ask_again()
    try:
        read = read_pdf_here(mixed(), "a.pdf", lambda seconds: None)
        with pytest.raises(UnreadableDocument, match=r"« sans texte ».*apt install tesseract-ocr tesseract-ocr-fra"):
            read_pdf_here(scan(), "a.pdf", lambda seconds: None)
    finally:
        monkeypatch.undo()
        ask_again()
    assert read.doubts == ("page 2 sans texte, à lire par OCR (apt install tesseract-ocr tesseract-ocr-fra)",)
