"""Pages saved as one file (.mht, .mhtml): the first page in it, read as any page.

Does not know what is on a page; see `web_page.py`.
"""

from __future__ import annotations

from dataclasses import replace
from email.message import Message

from ingest.document import Document
from ingest.readers.mailbody import payload
from ingest.readers.mailheads import header
from ingest.readers.mailtree import tree_of
from ingest.readers.web import read_web
from store.records import UnreadableDocument


def read_web_archive(data: bytes, name: str) -> Document:
    """The release on the saved page, known by the address it was saved from.

    Raises UnreadableDocument where no page is in the file.
    """
    try:
        whole = tree_of(data)
        page = next((part for part in whole.walk() if part.get_content_type() == "text/html"), None)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError):
        page = None
    if not isinstance(page, Message):
        raise UnreadableDocument(name, "no page in it; save the page as HTML")
    address = header(whole, "Snapshot-Content-Location") or header(page, "Content-Location") or ""
    inside = payload(page)
    read = read_web(inside, name, address if address.startswith(("http://", "https://")) else None)
    return replace(read, original=inside)
