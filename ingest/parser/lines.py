"""The lines and paragraphs of a text with their offsets, as the parser walks over them.

Does not know what any line means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.folding import fold
from store.records import Span

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks around it; `after_gap`: a blank line precedes it."""

    text: str
    start: int
    end: int
    after_gap: bool

    @property
    def folded(self) -> str:
        """The line folded, each character at its own place (« œ » is o)."""
        return evenly_folded(self.text)

    @property
    def shouted(self) -> bool:
        """Whether it is set in capitals."""
        letters = [character for character in self.text if character.isalpha()]
        return len(letters) >= 3 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def evenly_folded(text: str) -> str:
    """A text folded to one character for each of its own, so that offsets hold in both."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join((fold(letter) or " ")[0] for letter in text)


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]`, in order, with offsets into `text`."""
    after = start
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        written = match[0].rstrip()
        first = match.start()
        yield Line(written, first, first + len(written), text.count("\n", after, first) > 1 or after == start)
        after = first + len(written)


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The paragraphs (parted by blank lines) of `text[start:end]`, without the blanks around them."""
    for match in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.start() + len(match[0].rstrip()))
