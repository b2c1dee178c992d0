"""Pictures of releases, read by OCR in a process of their own.

Does not know how; see `picture_file.py`.
"""

from __future__ import annotations

from ingest.document import Document
from ingest.readers.confined import confined


def read_picture(data: bytes, name: str) -> Document:
    """The words on a picture; each page of a TIFF is one.

    Raises UnreadableDocument for what is no picture, is too large, or shows no words, and
    where OCR is not installed.
    """
    return confined("picture", data, name)
