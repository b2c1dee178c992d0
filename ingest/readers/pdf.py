"""PDF: read in a process of its own, for no library that reads it is safe from every file.

Does not know what is in one; see `pdf_file.py`.
"""

from __future__ import annotations

from ingest.document import Document
from ingest.readers.confined import confined


def read_pdf(data: bytes, name: str) -> Document:
    """A PDF's text as paragraphs, with pages that tile it, links, and its properties as guesses.

    Raises UnreadableDocument for a file that is locked, damaged, cut short or without
    text, and for one its reader could not cope with.
    """
    return confined("pdf", data, name)
