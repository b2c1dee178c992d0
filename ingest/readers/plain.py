"""Plain text.

Does not know what a communiqué looks like: that is the parser's.
"""

from __future__ import annotations

from hashlib import sha256

from ingest.document import Document
from ingest.mending import mend
from ingest.readers.encoding import decode
from store.records import UnreadableDocument


def read_plain(data: bytes, name: str) -> Document:
    """The text of a file in any Western encoding, mended.

    Raises UnreadableDocument for an empty or a binary file.
    """
    decoded, doubts = decode(data, name)
    text = mend(decoded)
    if not text:
        raise UnreadableDocument(name, "empty: no text in it")
    return Document(text, name, "text/plain", sha256(data).hexdigest(), doubts=doubts)
