"""Word, OpenDocument and RTF files, each read in a process of its own.

Does not know what is in one; see `docx.py`, `odt.py` and `rtf.py`.
"""

from __future__ import annotations

from ingest.document import Document
from ingest.readers.confined import confined


def read_docx(data: bytes, name: str) -> Document:
    """A Word document's text, links and stated title. Raises UnreadableDocument."""
    return confined("docx", data, name)


def read_odt(data: bytes, name: str) -> Document:
    """An OpenDocument text's text, links and stated title. Raises UnreadableDocument."""
    return confined("odt", data, name)


def read_rtf(data: bytes, name: str) -> Document:
    """An RTF file's text, links and stated title. Raises UnreadableDocument."""
    return confined("rtf", data, name)
