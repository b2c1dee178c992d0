"""Which reader reads what: an explicit table, suffix → reader.

A reader turns bytes into a Document or raises UnreadableDocument; an export gives one
Document a record. Does not know the parser, nor the shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.document import Document
from ingest.readers.export import count_records, read_export
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.web import read_web
from store.records import UnreadableDocument

Reader = Callable[[bytes, str], Document]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_web,
    ".htm": read_web,
    ".pdf": read_pdf,
}
EXPORTS = (".jsonl", ".jsonl.gz")

_COMING = {
    ".docx": "save it as PDF",
    ".doc": "save it as PDF",
    ".odt": "save it as PDF",
    ".rtf": "save it as PDF",
    ".eml": "save its text as .txt",
    ".mbox": "save its texts as .txt",
    ".zip": "unpack it first",
    ".json": "write one record a line, as .jsonl",
    ".csv": "write one record a line, as .jsonl",
    ".xml": "write one record a line, as .jsonl",
    ".png": "it needs OCR",
    ".jpg": "it needs OCR",
    ".jpeg": "it needs OCR",
    ".tif": "it needs OCR",
    ".tiff": "it needs OCR",
}


def is_export(path: Path) -> bool:
    """Whether a file holds one release a line."""
    return path.name.casefold().endswith(EXPORTS)


def is_readable(path: Path) -> bool:
    """Whether a reader knows the suffix of `path`."""
    return is_export(path) or path.suffix.casefold() in READERS


def count(path: Path) -> int:
    """How many documents a file holds, for a progress bar."""
    return max(1, count_records(path)) if is_export(path) else 1


def read(path: Path, name: str) -> Iterator[Document | UnreadableDocument]:
    """The documents of one file, and an UnreadableDocument for each that cannot be read."""
    try:
        if is_export(path):
            yield from read_export(path, name)
        else:
            yield reader_of(path, name)(path.read_bytes(), name)
    except UnreadableDocument as unreadable:
        yield unreadable
    except OSError as error:
        yield UnreadableDocument(name, f"cannot be opened ({error.strerror or error})")


def reader_of(path: Path, name: str) -> Reader:
    """The reader of a path by its suffix. Raises UnreadableDocument, with what to do, for others."""
    suffix = path.suffix.casefold()
    reader = READERS.get(suffix)
    if reader is None:
        advice = _COMING.get(suffix, f"formats read: {' '.join([*READERS, *EXPORTS])}")
        raise UnreadableDocument(name, f"format not read: {suffix or 'a file without suffix'}; {advice}")
    return reader
