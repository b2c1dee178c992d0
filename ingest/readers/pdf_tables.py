"""Tables: whether pieces beside gutters are one, and its rows as `cell | cell`.

Does not know where gutters are found; rules drawn around cells are not looked at.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from statistics import mean, median

from ingest.mending import BULLET
from ingest.readers.pdf_lines import Line, beside, row_as_line

_NUMBER = re.compile(r"[-+–]?\s?(?:[\d\s.,’'/]*\d|[-–—])\s?(?:%|€|CHF|[kKMm]€?|millions?|milliards?|[a-z]{1,3})?\s?\*?")
_LOOSE = 1.35
_LISTED = 0.2
_BLANK = 0.4
_FEWEST_BANDS = 3
_MOST_LINES = 4


def is_table(region: list[Line], cuts: list[float]) -> bool:
    """Whether cells stand side by side in rows, so that columns must not be read one after the other."""
    columns = _columns(region, cuts)
    if len(columns) < 2 or min(len(column) for column in columns) < 2:
        return False
    if mean(bool(BULLET.match(piece.text)) for column in columns for piece in column) > _LISTED:
        return False
    if len(_bands(region, cuts)) >= _FEWEST_BANDS:
        return True
    lines = [[row_as_line(row) for row in beside(column)] for column in columns]
    if sum(_prose(column) for column in lines) >= 2 or not _level(lines):
        return False
    others = [line.text for column in lines[1:] for line in column]
    numbers = mean(bool(_NUMBER.fullmatch(text)) for text in others)
    return numbers >= 0.4 or _loose(region) or (len(lines) > 2 and not _addresses(others) and _short(lines))


def _bands(region: list[Line], cuts: list[float]) -> list[list[Line]]:
    """The rows of a table whose cells hold some lines each, parted by blank bands; none where it is not clearly so.

    Texts in columns have no such bands right across, or go on beyond them.
    """
    usual = median(piece.height for piece in region)
    bands: list[list[Line]] = []
    bottom = 0.0
    for piece in sorted(region, key=lambda piece: -piece.top):
        if bands and bottom - piece.top < _BLANK * usual:
            bands[-1].append(piece)
        else:
            bands.append([piece])
        bottom = min(bottom, piece.bottom) if len(bands[-1]) > 1 else piece.bottom
    cells = [_cells_of(band, cuts) for band in bands]
    tall = any(len(cell) > _MOST_LINES for band in cells for cell in band.values())
    full = sum(len(band) > 1 and 0 in band for band in cells)
    several = sum(len(cell) > 1 for band in cells for cell in band.values())
    if tall or not several or full < 0.75 * len(bands):
        return []
    unfinished = sum(
        above[column][-1].text[-1] not in ".!?:;" and below[column][0].text[0].islower()
        for above, below in itertools.pairwise(cells)
        for column in above.keys() & below.keys()
    )
    return bands if unfinished <= 0.1 * len(bands) else []


def _cells_of(band: list[Line], cuts: list[float]) -> dict[int, list[Line]]:
    """The lines of each cell of a row."""
    cells: dict[int, list[Line]] = {}
    for piece in band:
        cells.setdefault(bisect(cuts, (piece.left + piece.right) / 2), []).append(piece)
    return {column: [row_as_line(row) for row in beside(pieces)] for column, pieces in sorted(cells.items())}


def _columns(region: list[Line], cuts: list[float]) -> list[list[Line]]:
    columns: list[list[Line]] = [[] for _ in range(len(cuts) + 1)]
    for piece in region:
        columns[bisect(cuts, (piece.left + piece.right) / 2)].append(piece)
    return [column for column in columns if column]


def _prose(lines: list[Line]) -> bool:
    """Whether lines fill their column and go on in one another as running text does."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    if len(lines) < 3 or mean(line.width for line in lines) < 0.55 * width:
        return False
    wordy = mean(line.text.count(" ") + 1 for line in lines) >= 3.5
    on = [above.text[-1] not in ".!?:;" and line.text[0].islower() for above, line in itertools.pairwise(lines)]
    return mean(on) >= 0.3 or (wordy and mean(on) >= 0.1)


def _level(columns: list[list[Line]]) -> bool:
    """Whether lines of neighbouring columns stand on the same height."""
    shares = []
    for one, other in itertools.pairwise(columns):
        matched = sum(any(abs(line.middle - beside.middle) < 0.2 * line.height for beside in other) for line in one)
        shares.append(matched / max(len(one), len(other)))
    return mean(shares) >= 0.6


def _loose(region: list[Line]) -> bool:
    """Whether rows stand further apart than lines of text."""
    rows = [row_as_line(row) for row in beside(region)]
    steps = [above.middle - below.middle for above, below in itertools.pairwise(rows)]
    return bool(steps) and median(steps) >= _LOOSE * median(row.height for row in rows)


def _addresses(texts: list[str]) -> bool:
    return any("@" in text or "www." in text or sum(map(str.isdigit, text)) >= 9 for text in texts)


def _short(columns: list[list[Line]]) -> bool:
    return not any(_prose(column) for column in columns)


def rows_of(region: list[Line], cuts: list[float]) -> list[Line]:
    """The rows of a table from the top; a cell of several lines is one cell."""
    bands = _bands(region, cuts)
    if len(bands) >= _FEWEST_BANDS:
        return [_joined({column: _one(cell) for column, cell in _cells_of(band, cuts).items()}) for band in bands]
    rows: list[dict[int, Line]] = []
    lines = [_cells(row, cuts) for row in beside(region)]
    steps = [_height(above) - _height(below) for above, below in itertools.pairwise(lines)]
    tight = min(steps, default=0.0)
    wrapped = bool(steps) and median(steps) > 0 and tight < 0.8 * max(steps)
    for number, cells in enumerate(lines):
        step = steps[number - 1] if number else 0.0
        if rows and wrapped and step < 1.15 * tight and len(cells) < len(rows[-1]) and 0 not in cells:
            for column, piece in cells.items():
                rows[-1][column] = _one([rows[-1][column], piece]) if column in rows[-1] else piece
        else:
            rows.append(dict(cells))
    return [_joined(row) for row in rows]


def _one(lines: list[Line]) -> Line:
    """The lines of a cell as one."""
    joined = lines[0]
    for line in lines[1:]:
        joined = _put(joined, " ", line)
    return joined


def _cells(row: list[Line], cuts: list[float]) -> dict[int, Line]:
    cells: dict[int, list[Line]] = {}
    for piece in row:
        cells.setdefault(bisect(cuts, (piece.left + piece.right) / 2), []).append(piece)
    return {column: row_as_line(pieces) for column, pieces in sorted(cells.items())}


def _height(cells: dict[int, Line]) -> float:
    return mean(piece.middle for piece in cells.values())


def _joined(row: dict[int, Line]) -> Line:
    cells = [row[column] for column in sorted(row)]
    joined = cells[0]
    for cell in cells[1:]:
        joined = _put(joined, " | ", cell)
    return joined


def _put(first: Line, between: str, second: Line) -> Line:
    start = len(first.text) + len(between)
    marks = (*first.marks, *((start + begin, start + end, url) for begin, end, url in second.marks))
    return Line(
        first.text + between + second.text,
        min(first.left, second.left),
        max(first.right, second.right),
        min(first.bottom, second.bottom),
        max(first.top, second.top),
        first.first,
        marks,
    )
