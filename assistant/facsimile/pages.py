"""What PDFium makes of one page: its picture, and the places of quoted words on it.

Runs in a process of its own (`cell.py`), for PDFium is neither safe from every file nor
usable by two threads. Knows nothing about releases, nor who looks.
"""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.facsimile.alignment import align
from store.records import Span

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

PDF = "application/pdf"
MOST_PIXELS = 12_000_000
MOST_CHARACTERS = 60_000
"""Of one page: more are not looked through."""
QUALITY = 85
_FEW = 8
"""A page with fewer characters is a picture to the eye, and has no words to mark."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words to mark on a page, with those around them in the release's text."""

    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Where quoted words stand: `boxes` (left, top, right, bottom) as parts (0 to 1) of the picture's width and height.

    `pages` is how many there are, `ratio` the page's width by its height; `scanned` says that
    the page has no characters, `share` how much of the quote was found (0 to 1).
    """

    pages: int
    ratio: float
    scanned: bool
    share: float
    boxes: tuple[tuple[float, float, float, float], ...] = ()


def marks(pdf: PdfDocument, number: int, asked: Asked) -> Marks:
    """Where the quote stands on page `number` (from 1). Raises IndexError where there is no such page."""
    page = _page(pdf, number)
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            characters = _characters(text)
            scanned = len(characters.strip()) < _FEW
            found = align(characters, asked.quote, asked.before, asked.after)
            boxes = tuple(box for span in found.spans for box in _boxes(page, text, span, characters))
        finally:
            text.close()
        return Marks(len(pdf), width / max(height, 1e-3), scanned, found.share, boxes)
    finally:
        page.close()


def picture(pdf: PdfDocument, number: int, width: int) -> bytes:
    """Page `number` as a JPEG of that width in pixels, or less where it is very long. Raises IndexError."""
    page = _page(pdf, number)
    try:
        wide, high = (max(size, 1.0) for size in page.get_size())
        scale = min(width / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
        return _jpeg(page.render(scale=scale).to_pil())
    finally:
        page.close()


def photograph(data: bytes, number: int, width: int) -> bytes:
    """A picture that was the document itself (a scan), at that width at most. Raises IndexError, OSError."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = 8 * MOST_PIXELS
    with Image.open(io.BytesIO(data)) as opened:
        if not 1 <= number <= getattr(opened, "n_frames", 1):
            raise IndexError(number)
        opened.seek(number - 1)
        shown = ImageOps.exif_transpose(opened.convert("RGB"))
        shown.thumbnail((width, MOST_PIXELS // width))
        return _jpeg(shown)


def photographed(data: bytes, number: int) -> Marks:
    """How many pages a picture has, and this one's shape; nothing is marked on it. Raises IndexError, OSError."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        pages = getattr(opened, "n_frames", 1)
        if not 1 <= number <= pages:
            raise IndexError(number)
        opened.seek(number - 1)
        sideways = opened.getexif().get(0x0112, 1) >= 5
        width, height = reversed(opened.size) if sideways else opened.size
        return Marks(pages, width / max(height, 1), True, 0.0)


def _page(pdf: PdfDocument, number: int) -> PdfPage:
    if not 1 <= number <= len(pdf):
        raise IndexError(number)
    return pdf[number - 1]


def _characters(text: PdfTextPage) -> str:
    """The page's characters by PDFium's own count, one each, so that places in it are PDFium's."""
    import pypdfium2.raw as pdfium

    count = min(text.count_chars(), MOST_CHARACTERS)
    return "".join(_character(pdfium.FPDFText_GetUnicode(text, place)) for place in range(count))


def _character(code: int) -> str:
    return chr(code) if 31 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


@dataclass(slots=True)
class _Line:
    """What is marked of one line, in the page's own points: y grows upwards, before the page is turned."""

    left: float
    bottom: float
    right: float
    top: float

    def takes(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a character's box goes on this line: at its height, not back, and not far off."""
        height = self.top - self.bottom
        return self.bottom <= (top + bottom) / 2 <= self.top and -height / 2 <= left - self.right <= 3 * height

    def grow(self, left: float, bottom: float, right: float, top: float) -> None:
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)


def _boxes(page: PdfPage, text: PdfTextPage, span: Span, characters: str) -> list[tuple[float, float, float, float]]:
    """A box for each line of these characters, as parts of the picture's width and height."""
    lines: list[_Line] = []
    for place in range(span.start, span.end):
        box = None if characters[place].isspace() else _box(text, place)
        if box is None:
            continue
        if lines and lines[-1].takes(*box):
            lines[-1].grow(*box)
        else:
            lines.append(_Line(*box))
    shown = (_seen(page, line) for line in lines)
    return [box for box in shown if box[0] < box[2] and box[1] < box[3]]


def _box(text: PdfTextPage, place: int) -> tuple[float, float, float, float] | None:
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, place, rect):
        return None
    return (rect.left, rect.bottom, rect.right, rect.top) if rect.right > rect.left and rect.top > rect.bottom else None


_FINE = 100_000


def _seen(page: PdfPage, line: _Line) -> tuple[float, float, float, float]:
    """A line's box on the page as it is seen: turned and cropped as its picture is."""
    corners = [_point(page, x, y) for x in (line.left, line.right) for y in (line.bottom, line.top)]
    across, down = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return max(0.0, across[0]), max(0.0, down[0]), min(1.0, across[-1]), min(1.0, down[-1])


def _point(page: PdfPage, x: float, y: float) -> tuple[float, float]:
    import pypdfium2.raw as pdfium

    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _jpeg(shown: Image) -> bytes:
    written = io.BytesIO()
    shown.convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
