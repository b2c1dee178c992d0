"""Pages of a PDF that are pictures: which they are, and their pixels for OCR.

Does not know how words are recognised.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.readers.ocr import DPI, MOST_PIXELS, Picture
from ingest.readers.pdf_lines import Line

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_FEWEST_LETTERS = 15
_DRAWN = 40
_LOOKED_AT = 400


def pictured(pdf: PdfDocument, pages: list[list[Line]]) -> list[int]:
    """The indexes of pages that show something but have no text layer to speak of."""
    bare = [number for number, page in enumerate(pages) if sum(len(piece.text) for piece in page) < _FEWEST_LETTERS]
    return [number for number in bare if _shows_something(pdf, number)]


def _shows_something(pdf: PdfDocument, number: int) -> bool:
    """Whether a page holds a picture, letters nobody can name, or so many strokes that they may be letters."""
    import pypdfium2.raw as pdfium

    page = pdf[number]
    try:
        count = pdfium.FPDFPage_CountObjects(page.raw)
        kinds = [pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, place))
                 for place in range(min(count, _LOOKED_AT))]  # fmt: skip
        shown = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_TEXT)
        return any(kind in shown for kind in kinds) or kinds.count(pdfium.FPDF_PAGEOBJ_PATH) >= _DRAWN
    finally:
        page.close()


def pictures_of(pdf: PdfDocument, numbers: list[int]) -> Iterator[Picture]:
    """Those pages as printed at 300 dots an inch, larger ones at fewer."""
    for number in numbers:
        page = pdf[number]
        try:
            width, height = page.get_size()
            most = (MOST_PIXELS / max(1.0, width * height)) ** 0.5
            bitmap = page.render(scale=min(DPI / 72, most), grayscale=True)
            try:
                stride, rows = bitmap.stride, bytes(bitmap.buffer)
                pixels = b"".join(rows[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
                picture = Picture(bitmap.width, bitmap.height, pixels)
            finally:
                bitmap.close()
        finally:
            page.close()
        yield picture
