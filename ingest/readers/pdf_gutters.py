"""Gutters: strips of paper nothing is printed on, with words on both sides, line after line.

Does not know what stands beside them, columns or cells.
"""

from __future__ import annotations

import math
from bisect import bisect, bisect_left
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf_lines import Line

_NARROWEST = 5.0
_FILLED = 3
_BAND, _BAND_BEFORE_OTHER_LETTERS = 2.0, 1.0
_UNBREAKABLE = 25
_MOST_GUTTERS = 60


@dataclass(slots=True)
class Gutter:
    """An empty strip from `left` to `right`, between heights `bottom` and `top`; `count` lines have words beside it.

    `core` is as far as words stand on both sides, `bounds` what it must not go beyond.
    """

    left: float
    right: float
    top: float
    bottom: float
    count: int = 1
    core: tuple[float, float] = (0.0, 0.0)
    bounds: tuple[float, float] = (-math.inf, math.inf)


def gutters_of(pieces: list[Line]) -> list[Gutter]:
    """The gutters of a page, each as high as words stand on both sides, and on while one side goes on."""
    pieces = sorted(pieces, key=lambda piece: -piece.middle)
    depths = [-piece.middle for piece in pieces]
    grown: list[Gutter] = []
    growing: list[Gutter] = []
    for place, piece in enumerate(pieces):
        end = _neighbour(pieces, place)
        if end is None:
            continue
        held = False
        growing = [gutter for gutter in growing if gutter.bottom - piece.bottom < 20 * piece.height]
        for gutter in growing:
            left, right = max(gutter.left, end), min(gutter.right, piece.left)
            between = pieces[bisect(depths, -gutter.bottom) : bisect_left(depths, -piece.top)]
            strip = _clear(between, left, right, max(_NARROWEST, 0.45 * piece.height))
            if strip is None:
                continue
            gutter.left, gutter.right = strip
            gutter.bottom, gutter.count = min(gutter.bottom, piece.bottom), gutter.count + 1
            held = True
        if not held:
            grown.append(Gutter(end, piece.left, piece.top, piece.bottom))
            growing.append(grown[-1])
    grown = sorted(grown, key=lambda gutter: -gutter.count)[:_MOST_GUTTERS]
    lasting = [part for gutter in grown for part in _parted(gutter, pieces)]
    return [_reaching(gutter, pieces) for gutter in lasting]


def _neighbour(pieces: list[Line], place: int) -> float | None:
    """Where the nearest piece to the left of this one, on its height, ends."""
    piece = pieces[place]
    ends = []
    for step in (-1, 1):
        other = place + step
        while 0 <= other < len(pieces) and abs(pieces[other].middle - piece.middle) < 2 * piece.height:
            near = pieces[other]
            together = min(near.top, piece.top) - max(near.bottom, piece.bottom)
            if near.right < piece.left + 1 and together > 0.3 * min(near.height, piece.height):
                ends.append(near.right)
            other += step
    return max(ends, default=None)


def _clear(between: list[Line], left: float, right: float, least: float) -> tuple[float, float] | None:
    """What is left of a strip that nothing `between` may cross; None where that is narrower than `least`."""
    for piece in between:
        if right - left < least:
            return None
        if piece.right <= left or piece.left >= right or _unbreakable(piece):
            continue
        if piece.left < left:
            left = piece.right
        elif piece.right > right:
            right = piece.left
        else:
            return None
    return (left, right) if right - left >= least else None


def _unbreakable(piece: Line) -> bool:
    """Whether a piece may run over its column's edge because it is one long word, as an address is."""
    return len(piece.text) > _UNBREAKABLE and " " not in piece.text


def _parted(gutter: Gutter, pieces: list[Line]) -> list[Gutter]:
    """A gutter cut where columns begin anew: below a heading on one side alone, or below a blank band."""
    region = [piece for piece in pieces if gutter.bottom <= piece.middle <= gutter.top]
    usual = median(piece.height for piece in region)
    middle = (gutter.left + gutter.right) / 2
    cuts, printed = [], region[0].bottom
    for place, piece in enumerate(region):
        if _after_band(region[place:], printed, usual, middle):
            cuts.append((printed, piece.top))
        elif piece.height > 1.15 * usual and piece.left < middle and _alone(piece, region, middle):
            cuts.append((piece.top, piece.bottom))
        printed = min(printed, piece.bottom)
    parts: list[Gutter] = []
    top = gutter.top
    for end, start in [*cuts, (gutter.bottom, gutter.bottom)]:
        inside = [piece for piece in region if end < piece.middle < top]
        count = min(sum((piece.left > middle) == side for piece in inside) for side in (False, True))
        if count:
            bounds = end if end > gutter.bottom else -math.inf, top if parts else math.inf
            count = count if cuts else gutter.count
            parts.append(Gutter(gutter.left, gutter.right, top, end, count, bounds=bounds))
        top = start
    return parts


def _after_band(below: list[Line], printed: float, usual: float, middle: float) -> bool:
    """Whether a blank band right across parts what is `below` from what was printed above; a narrow one
    only where other letters follow on both sides."""
    blank = (printed - below[0].top) / usual
    if blank < _BAND_BEFORE_OTHER_LETTERS or below[0].text[0].islower():
        return False
    nexts = [next((piece for piece in below if (piece.left > middle) == side), below[0]) for side in (False, True)]
    return blank > _BAND or all(abs(piece.height - usual) > 0.07 * usual for piece in nexts)


def _alone(heading: Line, region: list[Line], middle: float) -> bool:
    """Whether nothing stands on the other side of the gutter, at a heading's height."""
    return all(other.bottom > heading.top or other.top < heading.bottom for other in region if other.left > middle)


def _reaching(gutter: Gutter, pieces: list[Line]) -> Gutter:
    """A gutter drawn out while a column beside it goes on alone: columns are seldom of one length."""
    middle = (gutter.left + gutter.right) / 2
    gutter.core = gutter.bottom, gutter.top
    inside = [piece for piece in pieces if gutter.bottom <= piece.middle <= gutter.top]
    pieces = [piece for piece in pieces if gutter.bounds[0] < piece.middle < gutter.bounds[1]]
    for right in (False, True):
        side = [piece for piece in inside if (piece.left >= middle) == right]
        if not side:
            continue
        edges = min(piece.left for piece in side), max(piece.right for piece in side)
        lower = [piece for piece in pieces if piece.middle < gutter.bottom]
        upper = [piece for piece in reversed(pieces) if piece.middle > gutter.top]
        for outward, last in ((lower, side[-1]), (upper, side[0])):
            end = _last_alone(outward, last, edges, gutter)
            gutter.bottom, gutter.top = min(gutter.bottom, end.bottom), max(gutter.top, end.top)
    return gutter


def _last_alone(outward: list[Line], last: Line, edges: tuple[float, float], gutter: Gutter) -> Line:
    """How far a column goes on, line after line away from `last`, until something crosses the gutter.

    Over a wider gap only where lines that fill the column follow.
    """
    near, full, far, chained = last, 0, last, True
    middle = (gutter.left + gutter.right) / 2
    for piece in outward:
        if piece.left < middle and piece.right > gutter.right - 2 and not _unbreakable(piece):
            break
        if (piece.left >= middle) != (last.left >= middle):
            continue
        step = abs(far.middle - piece.middle)
        if step > 4.5 * last.height or not edges[0] - piece.height < piece.left < edges[1]:
            break
        chained = chained and step < 2.2 * last.height
        if chained and abs(piece.height - last.height) < 0.1 * last.height:
            near = piece
        full += piece.width > 0.8 * (edges[1] - edges[0])
        far = piece
    return far if full >= _FILLED else near
