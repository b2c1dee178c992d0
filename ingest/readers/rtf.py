"""Rich Text Format (.rtf): the text as it is printed, in whatever code pages it was written.

The first page's header and a foot that holds an address belong to the text; pictures,
deletions, hidden text, comments and page numbers do not.
"""

from __future__ import annotations

from hashlib import sha256

from ingest.document import Document, Hints
from ingest.readers.letterpaper import assembled, stated_title
from ingest.readers.packed import DOUBT
from ingest.readers.rtfreading import RtfReading
from ingest.readers.sheet import Sheet
from store.records import OriginKind, UnreadableDocument

MEDIA_TYPE = "application/rtf"


def read_rtf_here(data: bytes, name: str) -> Document:
    """The text of an .rtf with its links; the title of its properties as a guess.

    Raises UnreadableDocument for what is no RTF and for a file without text.
    """
    if not data.strip():
        raise UnreadableDocument(name, "empty file")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableDocument(name, "not RTF, whatever its name says")
    sheet = Sheet()
    reading = RtfReading(sheet)
    whole = reading.read(data)
    parts = {page: reading.pages[page].finish() for page in reading.pages}
    edges = ("headerf", "footerf") if reading.first_page_differs else ("header", "footer")
    head, foot = (parts[edge].plain() if edge in parts else [] for edge in edges)
    notes = [f"Note {number} : {' '.join(note.plain())}" for number, note in enumerate(reading.notes, start=1)]
    text, links = assembled(sheet, (parts["body"],), head, notes, foot, name)
    guesses = Hints(
        title=stated_title(parts["title"].plain() if "title" in parts else []), origin=OriginKind.PROPERTIES
    )
    doubts = () if whole else (DOUBT,)
    return Document(text, name, MEDIA_TYPE, sha256(data).hexdigest(), doubts=doubts, guesses=guesses, links=links)
