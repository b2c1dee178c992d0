"""Reading order: the pieces of a page as blocks, column after column, tables row by row.

Does not know paragraphs, nor running heads.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean, median

from ingest.readers.pdf_gutters import Gutter, gutters_of
from ingest.readers.pdf_lines import Line, beside, row_as_line
from ingest.readers.pdf_tables import is_table, rows_of

_FEWEST = 3
_MARK = 3
_DEEPEST = 12
_MOST_PIECES = 1500


@dataclass(frozen=True, slots=True)
class Block:
    """Lines read one after the other; a table's are its rows, those of a `whole` block paragraphs already."""

    lines: list[Line]
    table: bool = False
    whole: bool = False


def blocks_of(pieces: list[Line], depth: int = 0) -> list[Block]:
    """The pieces of a page, or of a part of one, in reading order."""
    if not pieces:
        return []
    found = gutters_of(pieces) if depth < _DEEPEST and len(pieces) < _MOST_PIECES else []
    for gutter in sorted(found, key=lambda gutter: gutter.bottom - gutter.top):
        level = [other for other in found if _overlap(other, gutter) > 0.5]
        cuts = sorted((other.left + other.right) / 2 for other in level)
        if is_table([piece for piece in pieces if gutter.core[0] <= piece.middle <= gutter.core[1]], cuts):
            gutter.bottom, gutter.top = gutter.core
        region = [piece for piece in pieces if gutter.bottom <= piece.middle <= gutter.top]
        left = [piece for piece in region if (piece.left + piece.right) / 2 < gutter.right]
        right = [piece for piece in region if (piece.left + piece.right) / 2 >= gutter.right]
        above = [piece for piece in pieces if piece.middle > gutter.top]
        below = [piece for piece in pieces if piece.middle < gutter.bottom]
        if (gutter.bottom, gutter.top) == gutter.core and is_table(region, cuts):
            inside = [Block(rows_of(region, cuts), table=True)]
        elif _parts(gutter, left, right):
            first, second = (right, left) if _beside(left, right) else (left, right)
            inside = [*blocks_of(first, depth + 1), *blocks_of(second, depth + 1)]
        else:
            continue
        return [*blocks_of(above, depth + 1), *inside, *blocks_of(below, depth + 1)]
    return [Block([row_as_line(row) for row in beside(pieces)])]


def _overlap(one: Gutter, other: Gutter) -> float:
    (low, high), (deep, up) = one.core, other.core
    return (min(high, up) - max(low, deep)) / max(0.1, min(high - low, up - deep))


def _parts(gutter: Gutter, left: list[Line], right: list[Line]) -> bool:
    """Whether two sides are columns, and not one text whose wide spaces happen to fall together.

    The last column of a text may hold a line or two beside a long one, or both may be short.
    """
    if not left or not right or max(_words(left), _words(right)) < 1.5:
        return False
    if max(len(piece.text) for piece in left) <= _MARK:
        return False
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    wide = gutter.right - gutter.left > 1.2 * left[0].height
    return (
        (gutter.count >= _FEWEST and len(shorter) >= 2)
        or (len(longer) >= 8 and _filled(longer))
        or (gutter.count == 2 and wide and min(_words(left), _words(right)) >= 3)
    )


def _beside(left: list[Line], right: list[Line]) -> bool:
    """Whether the left column only accompanies the text: addresses down the margin are read after it."""
    narrow = 2 * median(piece.width for piece in left) < median(piece.width for piece in right)
    return narrow and 2 * sum(len(piece.text) for piece in left) < sum(len(piece.text) for piece in right)


def _filled(side: list[Line]) -> bool:
    """Whether most lines are about as wide as their column."""
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    return median(piece.width for piece in side) > 0.7 * width


def _words(side: list[Line]) -> float:
    return mean(piece.text.count(" ") + 1 for piece in side)
