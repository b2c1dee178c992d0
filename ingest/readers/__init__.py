"""Which reader reads what: two explicit tables, suffix → reader.

A reader turns bytes into one Document or raises UnreadableDocument; a collection yields
several. Does not know the parser, nor the shelf.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import IO

from ingest.document import Document
from ingest.readers.collection import DEEPEST, Allowance, Collection, Found, Inside
from ingest.readers.confined import confined
from ingest.readers.export import count_records, read_array, read_export
from ingest.readers.mail import count_mails, read_mail, read_mailbox
from ingest.readers.office import read_doc, read_docx, read_odt, read_rtf
from ingest.readers.pdf import read_pdf
from ingest.readers.picture import read_picture
from ingest.readers.table import read_table
from ingest.readers.tarred import read_tar
from ingest.readers.web import read_web
from ingest.readers.webarchive import read_web_archive
from ingest.readers.wire import LARGEST
from ingest.readers.xmlfile import read_xml
from ingest.readers.zipped import count_members, read_zip
from store.records import UnreadableDocument

Reader = Callable[[bytes, str], Document]


def _lines(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    return read_export(stream, name)


def _array(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    return read_array(stream, name)


def _rows(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    return read_table(stream, name)


READERS: dict[str, Reader] = {
    ".txt": partial(confined, "plain"),
    ".text": partial(confined, "plain"),
    ".md": partial(confined, "markdown"),
    ".markdown": partial(confined, "markdown"),
    ".html": read_web,
    ".htm": read_web,
    ".xhtml": read_web,
    ".pdf": read_pdf,
    ".mht": read_web_archive,
    ".mhtml": read_web_archive,
    ".doc": read_doc,
    ".docx": read_docx,
    ".docm": read_docx,
    ".dotx": read_docx,
    ".odt": read_odt,
    ".ott": read_odt,
    ".fodt": read_odt,
    ".rtf": read_rtf,
    ".png": read_picture,
    ".jpg": read_picture,
    ".jpeg": read_picture,
    ".tif": read_picture,
    ".tiff": read_picture,
    ".webp": read_picture,
}
COLLECTIONS: dict[str, Collection] = {
    ".jsonl": _lines,
    ".jsonl.gz": _lines,
    ".ndjson": _lines,
    ".json": _array,
    ".csv": _rows,
    ".csv.gz": _rows,
    ".tsv": _rows,
    ".eml": read_mail,
    ".mbox": read_mailbox,
    ".zip": read_zip,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".rdf": read_xml,
    ".tar": read_tar,
    ".tar.gz": read_tar,
    ".tgz": read_tar,
    ".tar.xz": read_tar,
    ".txz": read_tar,
    ".tar.bz2": read_tar,
}
_COUNTS: dict[str, Callable[[Path], int]] = {
    ".jsonl": count_records,
    ".jsonl.gz": count_records,
    ".mbox": count_mails,
    ".zip": count_members,
}
_ADVICE = {
    ".msg": "save it as .eml",
    ".pst": "save its mails as .eml or .mbox",
    ".pages": "save it as .docx or PDF",
    ".wps": "save it as .docx or PDF",
    ".gif": "save it as PNG",
    ".heic": "save it as JPEG",
    ".rar": "pack it as .zip",
    ".7z": "pack it as .zip",
    ".xls": "save it as CSV",
    ".xlsx": "save it as CSV",
}


def suffixes() -> list[str]:
    """Every suffix that is read."""
    return [*READERS, *COLLECTIONS]


def suffix_of(name: str | PurePath) -> str:
    """The suffix a name is looked up by: « .jsonl.gz » where both are known together, else the last."""
    parts = [part.casefold() for part in PurePath(str(name).rpartition("#")[2]).suffixes]
    return next((whole for whole in ("".join(parts[-2:]), *parts[-1:]) if whole in COLLECTIONS), "".join(parts[-1:]))


def is_collection(path: PurePath) -> bool:
    """Whether a file holds several releases."""
    return suffix_of(path) in COLLECTIONS


def is_readable(path: PurePath) -> bool:
    """Whether a reader knows the suffix of `path`."""
    return is_collection(path) or suffix_of(path) in READERS


def count(path: Path) -> int:
    """How many documents a file holds, for a progress bar."""
    counted = _COUNTS.get(suffix_of(path))
    return max(1, counted(path)) if counted else 1


def read(path: Path, name: str) -> Iterator[Found]:
    """The documents of one file, and an UnreadableDocument for each that cannot be read."""
    try:
        if is_collection(path):
            with path.open("rb") as stream:
                yield from _members(stream, name, suffix_of(path), Allowance(), 0)
        else:
            reader = reader_of(path, name)
            if path.stat().st_size > LARGEST:
                raise UnreadableDocument(name, f"larger than {LARGEST >> 20} MB; split it")
            yield _with_original(reader, path.read_bytes(), name)
    except UnreadableDocument as unreadable:
        yield unreadable
    except OSError as error:
        yield UnreadableDocument(name, f"cannot be opened ({error.strerror or error})")


def read_bytes(data: bytes, name: str, suffix: str | None = None) -> Iterator[Found]:
    """The same for bytes that are no file: an attachment, an upload, a page.

    The suffix is that of `name` unless it is given.
    """
    yield from _read_bytes(data, name, suffix, allowance=Allowance(), depth=0)


def reader_of(path: PurePath, name: str) -> Reader:
    """The reader of a path by its suffix. Raises UnreadableDocument, with what to do, for others."""
    suffix = suffix_of(path)
    reader = READERS.get(suffix)
    if reader is None:
        advice = _ADVICE.get(suffix, f"formats read: {' '.join(suffixes())}")
        raise UnreadableDocument(name, f"format not read: {suffix or 'a file without suffix'}; {advice}")
    return reader


def _read_bytes(
    data: bytes, name: str, suffix: str | None = None, *, allowance: Allowance, depth: int
) -> Iterator[Found]:
    suffix = suffix or suffix_of(name)
    try:
        if suffix in COLLECTIONS:
            yield from _members(io.BytesIO(data), name, suffix, allowance, depth)
        else:
            yield _with_original(reader_of(PurePath(f"_{suffix}"), name), data, name)
    except UnreadableDocument as unreadable:
        yield unreadable
    except Exception as error:  # what breaks in a member leaves the others be
        yield UnreadableDocument(name, f"could not be read ({type(error).__name__}: {error}); please report it")


def _with_original(reader: Reader, data: bytes, name: str) -> Document:
    read = reader(data, name)
    return read if read.original is not None else replace(read, original=data)


def _members(stream: IO[bytes], name: str, suffix: str, allowance: Allowance, depth: int) -> Iterator[Found]:
    if depth > DEEPEST:
        raise UnreadableDocument(name, f"packed more than {DEEPEST} times over; unpack it first")
    inside = Inside(partial(_read_bytes, allowance=allowance, depth=depth + 1), allowance)
    yield from COLLECTIONS[suffix](stream, name, inside)
