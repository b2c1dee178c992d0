"""Word, OpenDocument and RTF files, each read in a process of its own.

Does not know what is in one; see `docx.py`, `odt.py` and `rtf.py`. Word of before 2007
is not read, but what other programs call .doc often is something else.
"""

from __future__ import annotations

from ingest.document import Document
from ingest.readers.confined import confined
from store.records import UnreadableDocument


def read_docx(data: bytes, name: str) -> Document:
    """A Word document's text, links and stated title. Raises UnreadableDocument."""
    return confined("docx", data, name)


def read_odt(data: bytes, name: str) -> Document:
    """An OpenDocument text's text, links and stated title. Raises UnreadableDocument."""
    return confined("odt", data, name)


def read_rtf(data: bytes, name: str) -> Document:
    """An RTF file's text, links and stated title. Raises UnreadableDocument."""
    return confined("rtf", data, name)


def read_doc(data: bytes, name: str) -> Document:
    """A file called .doc that is RTF, HTML or .docx in truth. Raises UnreadableDocument for Word's old format."""
    head = data[:512].lstrip().lower()
    if head.startswith(b"{\\rtf"):
        return read_rtf(data, name)
    if head.startswith(b"pk"):
        return read_docx(data, name)
    if head.startswith((b"<html", b"<!doctype html", b"\xef\xbb\xbf<html")):
        return confined("web", data, name)
    if not head:
        raise UnreadableDocument(name, "empty file")
    raise UnreadableDocument(name, "format not read: .doc of before 2007; save it as .docx or PDF")
