"""A PDF in the process that reads it: opened, its pages set as text, its properties kept as guesses.

Only the child of `confined.py` runs this: PDFium is not safe from every file. Dates among
the properties are the file's own time, and never looked at.
"""

from __future__ import annotations

import contextlib
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from ingest.document import Document, Hints
from ingest.mending import words_of
from ingest.readers.cell import MoreTime
from ingest.readers.ocr import (
    INSTALL,
    Recognised,
    blocks_of_scan,
    doubts_of,
    has_words,
    in_words,
    languages,
    recognised,
)
from ingest.readers.pdf_columns import blocks_of
from ingest.readers.pdf_flow import set_flowing
from ingest.readers.pdf_heads import without_heads
from ingest.readers.pdf_lines import Line, pieces_of
from ingest.readers.pdf_scans import pictured, pictures_of
from ingest.readers.pdf_words import words_on
from store.records import Link, OriginKind, Span, UnreadableDocument

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PASSWORD, _SECURITY = 4, 5
_END = b"%%EOF"
_BEGUN = re.compile(rb"\d+ \d+ obj\b")
_REPLACED, _MANY = b"\xef\xbf\xbd", 200
_PLEASE_WAIT = re.compile(r"please wait\.\.\.|veuillez patienter|bitte warten", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - |untitled|sans titre|titre|title|document\d*|présentation\d*|diapo)"
    r"|.*\.(?:docx?|odt|indd|pptx?|pub|pdf|rtf|xlsx?|ai|qxd|html?)\s*$",
    re.IGNORECASE,
)


def read_pdf_here(data: bytes, name: str, more_time: MoreTime) -> Document:
    """The text of a PDF as paragraphs, with pages that tile it, links, and its title as a guess.

    Pages without a text layer go through OCR. Raises UnreadableDocument for a file that
    is locked, damaged, cut short, or holds no text.
    """
    _check(data, name)
    pdf = _opened(data, name)
    try:
        pages = [_pieces(pdf, number, name) for number in range(len(pdf))]
        scans = pictured(pdf, pages)
        form, guesses = _is_form(pdf), _properties(pdf)
        read = list(recognised(pictures_of(pdf, scans), more_time)) if scans and languages() else []
    finally:
        pdf.close()
    scanned = {number: page for number, page in zip(scans, read, strict=False) if page and has_words(page)}
    lines = [scanned[number].lines if number in scanned else page for number, page in enumerate(pages)]
    text, spans, links = _set(lines, scanned)
    if form and (len(text) < 20 or _PLEASE_WAIT.search(text[:400])):
        raise UnreadableDocument(name, "an XFA form, which only Adobe's reader shows; print it to a PDF there")
    if not text.strip():
        raise UnreadableDocument(name, f"no text layer (« sans texte »){_why_none(scans, data)}")
    doubts = _doubts(scans, read, len(pages))
    digest = sha256(data).hexdigest()
    return Document(
        text, name, "application/pdf", digest, pages=spans, guesses=guesses, links=links, doubts=tuple(doubts)
    )


def _set(pages: list[list[Line]], scanned: dict[int, Recognised]) -> tuple[str, tuple[Span, ...], tuple[Link, ...]]:
    """The lines of all pages as text, those of scanned pages by the paragraphs OCR told."""
    known = words_of("\n".join(line.text for page in pages for line in page))
    return set_flowing(
        [
            blocks_of_scan(scanned[number], page, known) if number in scanned else blocks_of(page)
            for number, page in enumerate(without_heads(pages))
        ],
        known,
    )


def _why_none(scans: list[int], data: bytes) -> str:
    if not scans and data.count(_REPLACED) > _MANY:
        return ": its bytes were changed as if they were text; copy it again from its origin"
    if not scans:
        return ": its pages are blank"
    return ", and OCR found no words on its pages" if languages() else f": its pages are pictures; for OCR: {INSTALL}"


def _doubts(scans: list[int], read: list[Recognised | None], pages: int) -> list[str]:
    numbers = [number + 1 for number in scans]
    if numbers and not languages():
        return [f"{in_words(numbers)} sans texte, à lire par OCR ({INSTALL})"]
    return doubts_of(numbers, read, pages)


def _check(data: bytes, name: str) -> None:
    if not data.strip():
        raise UnreadableDocument(name, "empty file")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(name, "not a PDF, whatever its name says")
    end = data.rfind(_END)
    if end < 0 or _BEGUN.search(data, end):
        raise UnreadableDocument(name, "truncated PDF: its end is missing; copy it again from its origin")


def _opened(data: bytes, name: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            raise UnreadableDocument(name, "protected by a password; save it without one") from error
        raise _damaged(name, error) from error


def _pieces(pdf: PdfDocument, number: int, name: str) -> list[Line]:
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number]
        try:
            return pieces_of(words_on(page))
        finally:
            page.close()
    except PdfiumError as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(name, f"damaged PDF ({error}); copy it again from its origin")


def _is_form(pdf: PdfDocument) -> bool:
    """Whether what it shows is made by a program in it (XFA), which PDFium does not run."""
    import pypdfium2.raw as pdfium

    return pdf.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)


def _properties(pdf: PdfDocument) -> Hints:
    """The title, unless it is a file's name or a program's default."""
    title = ""
    with contextlib.suppress(UnicodeDecodeError):
        title = " ".join(pdf.get_metadata_value("Title").replace("\x00", "").split())
    usable = 8 <= len(title) <= 300 and not _NO_TITLE.match(title)
    return Hints(title=title if usable else None, origin=OriginKind.PROPERTIES)
