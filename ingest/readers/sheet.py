"""A text as a reader takes it down from a document that knows its own paragraphs, items and tables.

Links travel through mending as marks around their words, so that their spans are exact.
Knows no format, nor what any paragraph means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from ingest.mending import BULLET, mend, mend_characters
from store.records import Link, Span

_CLOSE, _FIRST, _MOST = 0xF0000, 0xF0001, 60_000
_MARKS = re.compile("[\U000f0000-\U000ffffd]")
_LONGEST_CELL, _LONGEST_VALUE, _LONGEST_LABEL = 600, 15, 30
_CALLS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:\+|\b0)\d[\d .()/-]{7,16}\d")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d\b")
_LEADS = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@[^\s@]|tel:\+?\d)\S*", re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """Blocks in order: paragraphs, and lines that follow one another without a blank line."""

    _blocks: list[tuple[bool, str]] = field(default_factory=list)
    _urls: list[str] = field(default_factory=list)

    def paragraph(self, words: str) -> None:
        """A paragraph; its line breaks stay, unless they only obey a margin."""
        self._blocks.append((True, words))

    def line(self, words: str) -> None:
        """A line that keeps to itself: an item, a row."""
        flat = " ".join(words.split())
        if flat:
            self._blocks.append((False, flat))

    def gap(self) -> None:
        """What follows belongs to another list or table."""
        self.paragraph("")

    def inside(self) -> Sheet:
        """A sheet for a part of this one, whose links it shares."""
        return Sheet(_urls=self._urls)

    def add(self, part: Sheet) -> None:
        """What was taken down on a sheet made by `inside`."""
        self._blocks.extend(part._blocks)

    def plain(self) -> list[str]:
        """Its blocks as bare words."""
        return [" ".join(_MARKS.sub("", words).split()) for _, words in self._blocks if words.strip()]

    def item(self, words: str, mark: str = "-") -> None:
        """An item of a list behind its mark, unless it brings one of its own."""
        if words.strip():
            self.line(words if BULLET.match(_MARKS.sub("", words)) else f"{mark} {words}")

    def items(self, part: Sheet, mark: str = "-") -> None:
        """What stands in one item of a list, on a sheet made by `inside`: its words, then the lists within it."""
        words: list[str] = []
        for paragraph, block in part._blocks:
            if paragraph:
                words.append(block)
                continue
            self.item(" ".join(words), mark)
            words.clear()
            self.line(block)
        self.item(" ".join(words), mark)

    def row(self, cells: Iterable[str]) -> None:
        """A row of a table as « cell | cell »; empty cells are left out."""
        self.line(" | ".join(cell for cell in cells if cell.strip()))

    def table(self, rows: list[list[Sheet]]) -> None:
        """A table of data as rows; one that only places blocks side by side, cell after cell.

        Persons beside one another are read one after the other, « Tél. | 01 … » as a line.
        """
        rows = [row for row in rows if any(cell.plain() for cell in row)]
        self.gap()
        cells = [[" ".join(words for _, words in cell._blocks) for cell in row] for row in rows]
        if not _is_grid(rows):
            for parts, words in zip(rows, cells, strict=True):
                self._side_by_side(parts, words)
        elif _are_persons(cells):
            for column in zip(*cells, strict=True):
                for line in column:
                    self.line(line)
                self.gap()
        elif _are_labels(cells):
            for label, said in cells:
                self.line(f"{label.rstrip(' :')} : {said}" if label.strip() else said)
        else:
            for values in cells:
                self.row(values)
        self.gap()

    def _side_by_side(self, row: list[Sheet], cells: list[str]) -> None:
        """Blocks one after the other; a person in cells of one line each stays together."""
        if all(len(cell.plain()) <= 1 for cell in row) and any(_CALLS.search(words) for words in cells):
            for words in cells:
                self.line(words)
            self.gap()
            return
        for cell in row:
            self.add(cell)
            self.gap()

    def link(self, words: str, url: str) -> str:
        """`words` marked as leading to `url`, for a block; what leads nowhere comes back as it is."""
        url = url.strip()
        if not words.strip() or _MARKS.search(words) or not _LEADS.fullmatch(url) or len(self._urls) >= _MOST:
            return words
        before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        self._urls.append(url)
        return f"{before}{chr(_FIRST + len(self._urls) - 1)}{words.strip()}{chr(_CLOSE)}{after}"

    def written(self) -> tuple[str, tuple[Link, ...]]:
        """The text, mended, and where its links stand."""
        parts = []
        for paragraphs, blocks in groupby(self._blocks, key=lambda block: block[0]):
            words = [words for _, words in blocks]
            parts.append(mend("\n\n".join(words)) if paragraphs else "\n".join(map(mend_characters, words)))
        return self._unmarked("\n\n".join(part for part in parts if part.strip()))

    def _unmarked(self, text: str) -> tuple[str, tuple[Link, ...]]:
        links: list[Link] = []
        kept: list[str] = []
        length = last = 0
        opened: tuple[int, str] | None = None
        for mark in _MARKS.finditer(text):
            kept.append(text[last : mark.start()])
            length += mark.start() - last
            last = mark.end()
            number = ord(mark[0]) - _FIRST
            if number < 0 and opened is not None and length > opened[0]:
                links.append(Link(Span(opened[0], length), opened[1]))
            opened = (length, self._urls[number]) if number >= 0 else None
        kept.append(text[last:])
        return "".join(kept), tuple(links)


def _is_grid(rows: list[list[Sheet]]) -> bool:
    """Whether cells hold values rather than paragraphs: letterheads and columns are set in tables too."""
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    cells = [cell.plain() for row in rows for cell in row]
    flat = [" ".join(blocks) for blocks in cells]
    heavy = sum(len(blocks) > 1 for blocks in cells)
    if len(rows) == 2 and not any(_is_value(words) for words in flat):
        return False
    return max(map(len, flat)) <= _LONGEST_CELL and (heavy == 0 or (len(rows) > 2 and heavy < 0.3 * len(cells)))


def _is_value(words: str) -> bool:
    """« 1,2 M€ », « 14 »; neither a day nor a telephone."""
    digits = sum(letter.isdigit() for letter in words)
    return 0 < digits < 9 and len(words) <= _LONGEST_VALUE and not _DAY.search(words)


def _are_persons(cells: list[list[str]]) -> bool:
    """Whether each column ends in a way to call someone, under a name."""
    columns = list(zip(*cells, strict=True)) if len({len(row) for row in cells}) == 1 else []
    return bool(columns) and all(
        not _CALLS.search(column[0]) and any(_CALLS.search(words) for words in column[1:]) for column in columns
    )


def _are_labels(cells: list[list[str]]) -> bool:
    """Whether each row says what its second cell is, and one of these calls someone."""
    pairs = all(len(row) == 2 and len(row[0]) <= _LONGEST_LABEL for row in cells)
    return pairs and not any(_CALLS.search(row[0]) for row in cells) and any(_CALLS.search(row[1]) for row in cells)


def foreign(text: str) -> str:
    """`text` without the characters a sheet keeps for itself; for what comes from outside."""
    return _MARKS.sub("", text)
