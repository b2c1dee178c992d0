"""A file handed in, read without shelving: its documents as releases, or why they are none.

The same readers and parser as `pipeline`, under the same limits. Does not know who handed
the file in, nor what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ingest import readers
from ingest.document import Document
from ingest.parser.communique import parse
from ingest.pipeline import LONGEST
from store.arrival import Read
from store.records import UnreadableDocument


def read(path: Path, name: str, now: datetime) -> Iterator[Read]:
    """What the file at `path` holds, called `name`; whatever breaks in a document stays with it."""
    documents = readers.read(path, name)
    while True:
        try:
            document = next(documents, None)
        except Exception as error:
            yield _broken(name, error)
            return
        if document is None:
            return
        yield _read(document, now)


def _read(document: Document | UnreadableDocument, now: datetime) -> Read:
    if isinstance(document, UnreadableDocument):
        return Read(document.name, reason=document.reason)
    if len(document.text) > LONGEST:
        reason = f"{len(document.text)} characters, more than a release has (at most {LONGEST}); split it"
        return Read(document.name, reason=reason)
    try:
        release = parse(document, now)
    except Exception as error:
        return _broken(document.name, error)
    return Read(document.name, release, revoked=document.hints.revoked, original=document.original)


def _broken(name: str, error: Exception) -> Read:
    return Read(name, reason=f"could not be read ({type(error).__name__}: {error}); please report it")
