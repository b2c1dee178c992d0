"""What a reader of many documents is: a mail with attachments, a zip, an export.

A collection yields its members as they are found, each a Document or, by name, an
UnreadableDocument: one that fails never stops the others. Knows no format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol

from ingest.document import Document
from store.records import UnreadableDocument

Found = Document | UnreadableDocument

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 200 * 1024 * 1024
LARGEST_WHOLE = 1024 * 1024 * 1024
DEEPEST = 2
_LONGEST_NAME = 500


@dataclass(slots=True)
class Allowance:
    """What one file and all that is packed in it may still unpack to: members, and bytes."""

    members: int = MOST_MEMBERS
    size: int = LARGEST_WHOLE

    def take(self, size: int, name: str) -> None:
        """Count a member of `size` bytes. Raises UnreadableDocument for the first that is too much."""
        if size > LARGEST_MEMBER:
            raise UnreadableDocument(name, f"larger than {LARGEST_MEMBER >> 20} MB; give it on its own")
        self.members -= 1
        self.size -= size
        if self.spent:
            limits = f"{MOST_MEMBERS} documents or {LARGEST_WHOLE >> 30} GB"
            raise UnreadableDocument(name, f"not read, nor what follows: more than {limits} in one file; split it")

    @property
    def spent(self) -> bool:
        return self.members < 0 or self.size < 0


def printable(path: str) -> str:
    """A member's name as a line can show it and the archive keep it, its suffix included."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in path)
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME // 2]}…{shown[-_LONGEST_NAME // 2 :]}"


class Read(Protocol):
    """Has a member read by the suffix of its name, or by the one given."""

    def __call__(self, data: bytes, name: str, suffix: str | None = None) -> Iterator[Found]: ...


@dataclass(frozen=True, slots=True)
class Inside:
    """How a collection has its members read, and what they may cost."""

    read: Read
    allowance: Allowance = field(default_factory=Allowance)


Collection = Callable[[IO[bytes], str, Inside], Iterator[Found]]
"""Reads an open file (bytes, seekable) of that name, from its beginning."""
