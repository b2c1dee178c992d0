"""What is taken away, before it is a file: blocks of text, notes, sources.

Values only; every text in them is clean, typeset and in the language of its reader. Knows
neither answers nor formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row: italic, leading to `url`, in another `language` than the rest (ISO 639-1).

    Where `notes` are given there are no words: the marks of these notes stand here.
    """

    text: str = ""
    italic: bool = False
    url: str | None = None
    language: str | None = None
    notes: tuple[int, ...] = ()


Line = tuple[Piece, ...]


class Kind(StrEnum):
    """What a block is."""

    QUESTION = "question"
    FACT = "fact"
    TEXT = "text"
    ITEM = "item"
    NOTICE = "notice"
    NONE = "none"
    HEADING = "heading"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item of a list or a heading."""

    kind: Kind
    line: Line


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark leads to: the source in short, the page, and the words between quotation marks.

    `page` is "" where there is none to tell, `words` are empty where they may not be read (any more).
    """

    number: int
    short: Line
    page: str
    words: Line

    @property
    def stop(self) -> str:
        """The full stop that ends it, unless the words cited end with their own."""
        said = words_of(self.words).rstrip(' \u00a0»”’"')
        return "" if said.endswith((".", "!", "?", "…")) else "."


@dataclass(frozen=True, slots=True)
class Listed:
    """A source, listed once: its reference in full, what must be known of it, the notes that lead to it."""

    reference: Line
    marks: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole, in reading order. `banner` is "" where nothing is under embargo."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    sources: tuple[Listed, ...]
    banner: str = ""
    heading: str = ""
    colophon: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes by their numbers."""
        return tuple(sorted((note for one in self.sources for note in one.notes), key=lambda note: note.number))


def words_of(line: Line) -> str:
    """The line without marks or italics."""
    return "".join(piece.text for piece in line)
