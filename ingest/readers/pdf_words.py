"""The words of a PDF page and where they stand, as PDFium knows them.

Does not know what a line, a column or a paragraph is.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.mending import mend_characters

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")
_ODD = re.compile(r"[^\s!-\]_-~À-ÖØ-öø-ÿŒœ’“”«»–—…€]")
_ADDRESS = re.compile(r"(?:https?|mailto|tel|ftp):[^\s\x00-\x1f]{3,2000}", re.IGNORECASE)
_MOST_LINKS = 2000
_FARTHEST = 1e6


class Word(NamedTuple):
    """A word and its box, in points from the lower left corner of the upright page.

    `starts` says that PDFium had it begin a line of its own; `url` is where it leads.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    starts: bool
    url: str | None = None

    @property
    def height(self) -> float:
        return self.top - self.bottom


Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def words_on(page: PdfPage) -> list[Word]:
    """The words of a page in the order of its content, turned upright; ligatures and the like mended."""
    shown = page.get_textpage()
    try:
        found = list(_words(shown, _links(page)))
    finally:
        shown.close()
    most = max(Counter(quarter for quarter, _ in found).items(), key=lambda turned: turned[1], default=(0, 0))[0]
    words = [word for quarter, word in found if quarter == most]
    return [_upright(word, most) for word in words] if most else words


def _words(shown: Any, links: list[tuple[Box, str]]) -> Iterator[tuple[int, Word]]:
    """Each word with the quarter turns it is set at."""
    import pypdfium2.raw as pdfium

    text = _text(shown)
    rectangle = pdfium.FS_RECTF()

    def box(place: int) -> Box:
        pdfium.FPDFText_GetLooseCharBox(shown.raw, place, rectangle)
        return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top

    quarter = last = 0
    odd = bool(_ODD.search(text))
    for match in _WORD.finditer(text):
        first, end = match.span()
        starts = first == 0 or "\n" in text[last:first] or text[last - 1 : last] in "\ufffe\x02"
        if starts:
            quarter = round(pdfium.FPDFText_GetCharAngle(shown.raw, first) / (math.pi / 2)) % 4
        last = end
        written = mend_characters(_hyphened(match[0])).strip() if odd and _ODD.search(match[0]) else match[0]
        if not written:
            continue
        begin = box(first)
        typical = begin if _is_typical(text[first]) else box(_typical(text, first, end))
        word = _boxed(written, begin, typical, box(_last_drawn(text, first, end)), quarter, starts)
        if word is not None:
            yield quarter, word._replace(url=_leads_to(word, links)) if links else word


def _text(shown: Any) -> str:
    """The letters of a page, one for each place PDFium has."""
    import pypdfium2.raw as pdfium

    count = shown.count_chars()
    with contextlib.suppress(UnicodeDecodeError):
        text: str = shown.get_text_range()
        if len(text) == count:
            return text
    return "".join(_letter(pdfium.FPDFText_GetUnicode(shown.raw, place)) for place in range(count))


def _letter(code: int) -> str:
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code) if code else " "


def _hyphened(text: str) -> str:
    """PDFium marks a word cut at a line's end with U+FFFE or STX, and drops the line's end.

    A last U+2010 stays: only those who cut words write it, where a compound has a plain hyphen.
    """
    return text.replace("\ufffe", "-").replace("\x02", "-").replace("\u2010", "-", text[:-1].count("\u2010"))


def _typical(text: str, first: int, end: int) -> int:
    """A letter in the middle of a word: bullets and marks at its ends may be of another font."""
    middle = (first + end - 1) // 2
    return next((place for place in (*range(middle, end), *range(first, middle)) if _is_typical(text[place])), middle)


def _is_typical(letter: str) -> bool:
    """Whether a letter tells its font's height: those of ligatures have boxes of their own."""
    return letter.isalnum() and letter not in "fil"


def _last_drawn(text: str, first: int, end: int) -> int:
    return end - 2 if text[end - 1] in "\ufffe\x02" and end - first > 1 else end - 1


def _boxed(written: str, begin: Box, typical: Box, end: Box, quarter: int, starts: bool) -> Word | None:
    """A word around the boxes of its first, a typical and its last letter; None where they make no sense."""
    (left, low, near, high), (begins, bottom, ends, top), (far, deep, right, up) = begin, typical, end
    if not abs(left) + abs(right) + abs(bottom) + abs(top) + abs(low) + abs(up) < _FARTHEST:
        return None
    if quarter % 2:
        return Word(written, begins, ends, min(low, deep), max(high, up), starts)
    return Word(written, min(left, far), max(near, right), bottom, max(top, bottom + 0.1), starts)


def _upright(word: Word, quarter: int) -> Word:
    """A word of a page set at `quarter` turns, as if the page were turned back."""
    left, right, bottom, top = word.left, word.right, word.bottom, word.top
    match quarter:
        case 1:
            left, right, bottom, top = bottom, top, -right, -left
        case 2:
            left, right, bottom, top = -right, -left, -top, -bottom
        case 3:
            left, right, bottom, top = -top, -bottom, left, right
    return word._replace(left=left, right=right, bottom=bottom, top=top)


def _leads_to(word: Word, links: list[tuple[Box, str]]) -> str | None:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    for (left, bottom, right, top), url in links:
        if left <= across <= right and bottom <= up <= top:
            return url
    return None


def _links(page: PdfPage) -> list[tuple[Box, str]]:
    """The rectangles of a page that lead to an address."""
    import pypdfium2.raw as pdfium

    found: list[tuple[Box, str]] = []
    position, link, rectangle = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page.raw, position, link):
            break
        url = _address(page, pdfium.FPDFLink_GetAction(link))
        if url and pdfium.FPDFLink_GetAnnotRect(link, rectangle):
            found.append(((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top), url))
    return found


def _address(page: PdfPage, action: Any) -> str | None:
    import pypdfium2.raw as pdfium

    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return None
    length = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
    if not 1 < length < 4096:
        return None
    written = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, written, length)
    url = written.value.decode("utf-8", "replace").strip()
    return url if _ADDRESS.fullmatch(url) else None
