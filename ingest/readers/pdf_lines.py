"""Words set side by side on a page as pieces of line, and pieces on the same height as lines.

Does not know columns, nor which lines make a paragraph.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from statistics import median

from ingest.readers.pdf_words import Word

Mark = tuple[int, int, str]
"""Characters `start` to `end` of a text, and the address they lead to."""

_BULLET = re.compile(r"(?:[-–—•●▪■◦‣·*►➢✓o]|\(?\d{1,2}[.)°–-]|[a-z]\))$")
_DINGBATS = "èØüqvnl§"
_WIDE, _NARROW = 0.8, 0.55
_LOOKED_AT = 60
_NEAREST = 8
_LETTER_SPACED = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a piece of one up to the next wide gap; places in points.

    `first` is the width of its first word, `marks` where its links stand.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    first: float
    marks: tuple[Mark, ...] = ()
    height: float = field(init=False)
    middle: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "height", self.top - self.bottom)
        object.__setattr__(self, "middle", (self.bottom + self.top) / 2)

    @property
    def width(self) -> float:
        return self.right - self.left


def pieces_of(words: list[Word]) -> list[Line]:
    """Words in the order of the page's content as pieces: a wide gap, a jump or a turn back begins a new one."""
    runs: list[list[Word]] = []
    wide = _WIDE
    for place, word in enumerate(words):
        if word.starts:
            wide = _wide_gap(words, place)
        if runs and (_goes_on(runs[-1][-1], word, wide) or _item(runs[-1], word) or _spelled(runs[-1], word)):
            runs[-1].append(word)
        else:
            runs.append([_with_bullet(word)])
    return [_line(run) for run in _spread(runs)]


def _wide_gap(words: list[Word], first: int) -> float:
    """The gap that parts pieces on the line `first` begins, in heights: less where words stand close together."""
    gaps: list[float] = []
    for before, word in itertools.pairwise(words[first : first + _LOOKED_AT]):
        if word.starts:
            break
        gaps.append((word.left - before.right) / word.height)
    gaps = sorted(gap for gap in gaps if gap > 0.1)
    return min(_WIDE, max(_NARROW, 2.2 * gaps[len(gaps) // 4])) if len(gaps) >= 3 else _WIDE


def _item(run: list[Word], word: Word) -> bool:
    """Whether a word is the first of a list's item, whose bullet or number is all that stands before it."""
    bullet = run[-1]
    level = abs(bullet.bottom + bullet.top - word.bottom - word.top) < word.height
    near = 0 < word.left - bullet.right < 4 * word.height
    return len(run) == 1 and level and near and bool(_BULLET.match(bullet.text))


def _with_bullet(word: Word) -> Word:
    """Arrows, ticks and squares of symbol fonts as a bullet: they read as letters, but are wider than those."""
    drawn = len(word.text) == 1 and word.text in _DINGBATS and word.right - word.left > 0.7 * word.height
    return word._replace(text="•") if drawn and word.starts else word


def _spelled(run: list[Word], word: Word) -> bool:
    """Whether a letter goes on with a line of spaced letters, whose words are far apart."""
    letters = all(len(other.text) == 1 for other in (*run[-3:], word))
    level = abs(run[-1].bottom - word.bottom) < 0.2 * word.height
    return len(run) >= 3 and letters and level and 0 < word.left - run[-1].right < 2 * word.height


def _spread(runs: list[list[Word]]) -> list[list[Word]]:
    """Runs with the lines made whole that were only spread out to fill a justified column."""
    lines: list[list[list[Word]]] = []
    for run in runs:
        if lines and not run[0].starts and _even([*(word for other in lines[-1] for word in other), *run]):
            lines[-1].append(run)
        else:
            lines.append([run])
    for _ in range(2):
        for number, line in enumerate(lines):
            near = [other[0] for other in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])]
            if len(line) > 1 and any(_same_column(line, other) for other in near):
                lines[number] = [[word for run in line for word in run]]
        lines.reverse()
    return [run for line in lines for run in line]


def _even(words: list[Word]) -> bool:
    """Whether words on one height are about equally far apart."""
    gaps = [word.left - before.right for before, word in itertools.pairwise(words)]
    level = abs(words[0].bottom - words[-1].bottom) < 0.2 * words[0].height
    return level and 0 < max(gaps) < 1.4 * min(gaps) + 1.5


def _same_column(line: list[list[Word]], solid: list[Word]) -> bool:
    """Whether a line in pieces begins and ends where the whole line next to it does."""
    first, last, height = line[0][0], line[-1][-1], line[0][0].height
    return (
        abs(first.height - solid[0].height) < 0.1 * height
        and abs(first.bottom - solid[0].bottom) < 2.2 * height
        and abs(last.right - solid[-1].right) < 2
        and abs(first.left - solid[0].left) < 3 * height
    )


def _goes_on(before: Word, word: Word, wide: float) -> bool:
    """Whether a word stands where the next one on the line of `before` would."""
    smaller, larger = sorted((before.height, word.height))
    gap = word.left - before.right
    if not -0.3 * larger < gap < wide * larger:
        return False
    together = min(before.top, word.top) - max(before.bottom, word.bottom)
    return together > 0.5 * smaller and (smaller > 0.8 * larger or gap < 0.5 * larger)


def _line(words: list[Word]) -> Line:
    text, marks = "", list[Mark]()
    spaced = _letter_spaced(words)
    for number, word in enumerate(words):
        if number and _apart(words[number - 1], word, spaced):
            text += " "
        if word.url:
            marks.append((len(text), len(text) + len(word.text), word.url))
        text += word.text
    largest = max(words, key=lambda word: word.height * len(word.text))
    right = max(word.right for word in words)
    return Line(
        text, words[0].left, right, largest.bottom, largest.top, words[0].right - words[0].left, _merged(marks, text)
    )


def _apart(before: Word, word: Word, spaced: float) -> bool:
    """Whether a space parts two words: raised letters (1er) and letter-spaced words have none."""
    gap = word.left - before.right
    if spaced:
        return gap > spaced
    return not word.starts or gap > 0.12 * min(before.height, word.height)


def _letter_spaced(words: list[Word]) -> float:
    """The gap between words of a line set « C O M M U N I Q U É », 0 for any other line."""
    single = sum(len(word.text) == 1 for word in words)
    if single < _LETTER_SPACED or single < 0.8 * len(words):
        return 0.0
    gaps = sorted(word.left - before.right for before, word in itertools.pairwise(words))
    return 1.6 * max(median(gaps), 0.1)


def beside(pieces: list[Line]) -> list[list[Line]]:
    """Pieces gathered by height, from the top of the page down; each row from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        row = next((row for row in rows[-3:] if _level(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _level(row: list[Line], piece: Line) -> bool:
    for other in row[-_NEAREST:]:
        smaller, larger = sorted((other.height, piece.height))
        apart = abs(other.middle - piece.middle)
        if apart < 0.35 * larger and (smaller > 0.6 * larger or _touch(other, piece) or apart < 0.15 * larger):
            return True
        if apart < 0.65 * larger and smaller < 0.85 * larger and _touch(other, piece):
            return True
    return False


def _touch(one: Line, other: Line) -> bool:
    gap = max(one.left, other.left) - min(one.right, other.right)
    return abs(gap) < 0.4 * max(one.height, other.height)


def row_as_line(row: list[Line], between: str | None = None) -> Line:
    """Pieces side by side as one line; `between` parts those that a wide gap parts."""
    if len(row) == 1:
        return row[0]
    text, marks = row[0].text, list(row[0].marks)
    end = row[0].right
    for piece in row[1:]:
        gap, height = piece.left - end, max(piece.height, row[0].height)
        text += between if between and gap > _WIDE * height else "" if -0.3 * height < gap <= 0.12 * height else " "
        marks.extend((len(text) + start, len(text) + stop, url) for start, stop, url in piece.marks)
        text += piece.text
        end = max(end, piece.right)
    largest = max(row, key=lambda piece: piece.height * len(piece.text))
    return Line(text, row[0].left, end, largest.bottom, largest.top, row[0].first, _merged(marks, text))


def _merged(marks: list[Mark], text: str) -> tuple[Mark, ...]:
    """Neighbouring words that lead to the same address as one mark."""
    merged: list[Mark] = []
    for start, end, url in marks:
        if merged and merged[-1][2] == url and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end, url)
        else:
            merged.append((start, end, url))
    return tuple(merged)
