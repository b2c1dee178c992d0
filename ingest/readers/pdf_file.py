"""PDF: the text layer, page by page, lines joined by where they stand on the page.

PDFium reads; it is not thread-safe, so one document is read at a time. No OCR: a PDF
without a text layer is said to have none. Document properties are not trusted.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from hashlib import sha256
from statistics import median
from threading import Lock
from typing import TYPE_CHECKING, Any

from ingest.document import Document
from ingest.mending import BULLET, join, join_lines, mend_characters, words_of
from ingest.readers.cell import MoreTime
from store.records import Span, UnreadableDocument

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_ONE_AT_A_TIME = Lock()
_PASSWORD, _SECURITY = 4, 5
_TAIL = 2048
_PAGE_NUMBER = re.compile(
    r"(?P<before>.{0,90}?)(?P<word>\bpage|\bp\.)?\s*[-–]?\s*(?P<page>\d{1,4})\s*"
    r"(?:(?:/|sur|of|von|di)\s*(?P<pages>\d{1,4}))?\s*[-–]?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:er|ers|ère|re|e|ème|èmes|nd|nde|th|st)\b")
_SHORT_LINE = 60
_CUT = ("\ufffe", "\x02")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and its place, in points from the lower left corner; `size` is its height."""

    text: str
    left: float
    right: float
    top: float
    size: float


def read_pdf_here(data: bytes, name: str, more_time: MoreTime) -> Document:
    """The text layer of a PDF as paragraphs, with pages that tile it.

    Running heads and page numbers are left out. Raises UnreadableDocument for a file that
    is locked, damaged, cut short, or holds no text.
    """
    if not data.strip():
        raise UnreadableDocument(name, "empty file")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(name, "not a PDF, whatever its name says")
    if b"%%EOF" not in data[-_TAIL:]:
        raise UnreadableDocument(name, "truncated PDF: its end is missing; copy it again from its origin")
    with _ONE_AT_A_TIME:
        pages = _pages(data, name)
    known = words_of("\n".join(line.text for page in pages if isinstance(page, list) for line in page))
    kept = _without_heads(pages)
    text, spans = _tiled([_paragraphs(page, known) if isinstance(page, list) else page for page in kept])
    if not text.strip():
        raise UnreadableDocument(name, "no text layer (« sans texte »): a scan has to go through OCR first")
    return Document(text, name, "application/pdf", sha256(data).hexdigest(), pages=spans)


def _pages(data: bytes, name: str) -> list[list[Line] | str]:
    """Each page as placed lines, or as bare text where PDFium's offsets cannot be relied on."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf: PdfDocument = PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            raise UnreadableDocument(name, "protected by a password; save it without one") from error
        raise UnreadableDocument(name, f"damaged PDF ({error}); copy it again from its origin") from error
    try:
        return [_page(pdf[number]) for number in range(len(pdf))]
    except PdfiumError as error:
        raise UnreadableDocument(name, f"damaged PDF ({error}); copy it again from its origin") from error
    finally:
        pdf.close()


def _page(page: PdfPage) -> list[Line] | str:
    shown = page.get_textpage()
    try:
        text = shown.get_text_range()
        if len(text) != shown.count_chars():
            return join_lines(mend_characters(_hyphened(text)))
        return list(_lines(shown, text))
    finally:
        shown.close()
        page.close()


def _lines(shown: Any, text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for raw in re.split(r"(?<=\ufffe)|(?<=\x02)|\n", text):
        first = start + len(raw) - len(raw.lstrip())
        last = start + len(raw.rstrip()) - 1
        start += len(raw) + (raw[-1:] not in _CUT)
        words = mend_characters(_hyphened(raw)).strip()
        if not words:
            continue
        left = shown.get_charbox(first, loose=True)[0]
        _, bottom, _, top = shown.get_charbox(_typical(text, first, last), loose=True)
        right = shown.get_charbox(last, loose=True)[2]
        if lines and lines[-1].text[-1].isdigit() and _ORDINAL.match(words):
            before = lines[-1]
            lines[-1] = Line(before.text + words, before.left, max(before.right, right), before.top, before.size)
        else:
            lines.append(Line(words, left, right, top, max(0.1, top - bottom)))
    return lines


def _typical(text: str, first: int, last: int) -> int:
    """A letter in the middle of a line: bullets and marks at its ends may be of another font."""
    middle = (first + last) // 2
    return next((place for place in (*range(middle, last), *range(first, middle)) if text[place].isalnum()), first)


def _hyphened(text: str) -> str:
    """PDFium marks a word cut at a line's end with U+FFFE or STX, and drops the line's end."""
    return text.replace("\ufffe", "-").replace("\x02", "-")


def _without_heads(pages: list[list[Line] | str]) -> list[list[Line] | str]:
    """Pages without page numbers, and without what stands at the same place of most of them.

    The first page keeps its head: it is the letterhead.
    """
    edges = [_edges(page) if isinstance(page, list) else set() for page in pages]
    counts: dict[tuple[str, int], int] = {}
    for edge in edges:
        for key in edge:
            counts[key] = counts.get(key, 0) + 1
    often = {key for key, count in counts.items() if count >= 2 and count > len(pages) / 2}
    return [
        _kept(page, often, number, len(pages)) if isinstance(page, list) else page
        for number, page in enumerate(pages, start=1)
    ]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.top / 6)


def _edges(page: list[Line]) -> set[tuple[str, int]]:
    return {_key(line) for line in (*page[:2], *page[-2:])}


def _kept(page: list[Line], often: set[tuple[str, int]], number: int, pages: int) -> list[Line]:
    highest = max((line.top for line in page), default=0.0)
    lowest = min((line.top for line in page), default=0.0)
    kept = []
    for place, line in enumerate(page):
        edge = place < 2 or place >= len(page) - 2
        letterhead = number == 1 and line.top > (highest + lowest) / 2
        if edge and ((_key(line) in often and not letterhead) or _numbers(line.text, number, pages)):
            continue
        kept.append(line)
    return kept


def _numbers(text: str, number: int, pages: int) -> bool:
    """Whether a line is a page number, alone or after a running title."""
    match = _PAGE_NUMBER.fullmatch(text)
    if match is None or int(match["page"]) != number:
        return False
    return match["pages"] == str(pages) or (match["pages"] is None and (bool(match["word"]) or not match["before"]))


def _paragraphs(lines: list[Line], known: frozenset[str]) -> str:
    """Lines of one page as text: wrapped lines joined, paragraphs parted by a blank line."""
    if not lines:
        return ""
    pitch = _pitch(lines)
    text = lines[0].text
    run = 1
    for above, line in itertools.pairwise(lines):
        if _wraps(above, line, lines, pitch):
            text = join(text, line.text, known)
            run += 1
            continue
        near = 0 < above.top - line.top < 1.35 * pitch and abs(above.size - line.size) < 0.1 * line.size
        short = run == 1 and max(len(above.text), len(line.text)) < _SHORT_LINE
        text += ("\n" if near and (short or BULLET.match(line.text)) else "\n\n") + line.text
        run = 1
    return text


def _pitch(lines: list[Line]) -> float:
    """The usual distance from one line to the next."""
    steps = [above.top - line.top for above, line in itertools.pairwise(lines)]
    return median([step for step in steps if 0 < step < 4 * lines[0].size] or [1.2 * lines[0].size])


def _wraps(above: Line, line: Line, page: list[Line], pitch: float) -> bool:
    """Whether `line` goes on with `above` only because the column ended."""
    if abs(above.size - line.size) > 0.1 * above.size or BULLET.match(line.text):
        return False
    step = above.top - line.top
    unfinished = above.text[-1] not in ".!?:;»…"
    if unfinished and line.text[0].islower() and (step <= 0 or (len(above.text) > 30 and step < 2.5 * above.size)):
        return True
    alike = [other for other in page if abs(other.size - above.size) < 0.1 * above.size]
    usual = median(_letter(other) for other in alike)
    if not 0 < step <= 1.45 * max(pitch, 1.1 * above.size) or max(_letter(above), _letter(line)) > 1.4 * usual:
        return False
    if above.text.isupper() and any(character.islower() for character in line.text):
        return False
    column = [other.right for other in alike if _same_left(other, above)]
    edge = max(column)
    full = above.right + _letter(above) * (min(14, len(line.text.split(maxsplit=1)[0])) + 0.5) > edge
    reaching = sum(right > edge - 0.05 * (edge - above.left) for right in column)
    return full and (reaching > 2 or above.right - above.left > 0.6 * max(other.right - other.left for other in page))


def _letter(line: Line) -> float:
    """The average width of a character: large in a table's row, where columns are far apart."""
    return max(0.1, (line.right - line.left) / len(line.text))


def _same_left(other: Line, line: Line) -> bool:
    return abs(other.left - line.left) < 40


def _tiled(pages: list[str]) -> tuple[str, tuple[Span, ...]]:
    """The pages as one text, and the spans that tile it; a sentence runs on over the turn."""
    text, spans, start = "", [], 0
    for number, page in enumerate(pages):
        after = next((later for later in pages[number + 1 :] if later), "")
        runs_on = bool(page) and page[-1] not in ".!?:;»…" and after[:1].islower()
        cut = runs_on and page.endswith("-")
        text += (page[:-1] if cut else page) + ("" if not after or cut or not page else " " if runs_on else "\n\n")
        spans.append(Span(start, len(text)))
        start = len(text)
    return text, tuple(spans)
