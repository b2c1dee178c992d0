"""HTML pages, read in a process of their own, for malformed ones can cost any amount of time.

Does not know what is on one; see `web_page.py`. Does not fetch: see `page.py`.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.document import Document
from ingest.readers.confined import confined


def read_web(data: bytes, name: str, url: str | None = None) -> Document:
    """The release on an HTML page as paragraphs, with links; what the page says of itself as hints.

    `url` is the address it was fetched from, if it was. Raises UnreadableDocument for a
    page without text, and for one its reader could not cope with.
    """
    return replace(confined("web", data, url or name), name=name)
