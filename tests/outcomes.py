"""What became of bytes that went through the table of readers, in words: for tests with damaged files.

Knows no format.
"""

from __future__ import annotations

from ingest.document import Document
from ingest.readers import read_bytes


def outcome(data: bytes, name: str) -> list[str]:
    """« read », or the reason, of each document in `data`; any other exception is the reader's fault."""
    found = list(read_bytes(data, name))
    for each in found:
        if isinstance(each, Document):
            assert each.text.strip(), "a document without text"
            assert all(link.span.of(each.text).strip() for link in each.links), "a link on no words"
    return ["read" if isinstance(each, Document) else each.reason for each in found]
