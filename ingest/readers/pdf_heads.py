"""Running heads, feet and page numbers, told from text by what other pages show at the same place.

The first page keeps its head: it is the letterhead. Does not know columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf_lines import Line, beside, row_as_line

_EDGE = 5
_NUMBER = re.compile(
    r"(?P<before>.{0,120}?)(?P<word>\bpage|\bp\.|\bseite|\bpagina)?\s*[-–—|]?\s*(?P<page>\d{1,4})\s*"
    r"(?:(?:/|sur|of|von|de|di)\s*(?P<pages>\d{1,4}))?\s*[-–—|]?(?P<after>(?<=[-–—|])\s.{0,90})?",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? (?:à )?\d{1,2}:\d{2}(?: [AP]M)? .*|(?:https?|file)://\S+ \d{1,4}/\d{1,4}"
)
_REACHABLE = re.compile(r"@|\bcontacts?\b|\bpresse?\b.*\d\d[ .]?\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one height near the edge of a page; `depth` 0 is the outermost."""

    line: Line
    pieces: list[Line]
    upper: bool
    depth: int

    @property
    def key(self) -> str:
        return re.sub(r"\d+", "#", self.line.text.casefold())


def without_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without running heads, feet and page numbers.

    A foot that says how to reach someone stays once, on the last page.
    """
    rows = [[*_rows(page, True), *_rows(page, False)] for page in pages]
    repeated = _repeated(rows)
    bands = [row for number, page in enumerate(rows) for row in page if (number, id(row)) in repeated]
    left_out: list[set[int]] = []
    for number, page in enumerate(rows):
        dropped = [
            row
            for row in page
            if (len(row.pieces) == 1 and _numbers(row.line.text, number + 1, len(pages)))
            or _PRINTED.fullmatch(row.line.text)
            or ((number, id(row)) in repeated and not (number == 0 and row.upper))
            or (number > 0 and _in_band(row, bands))
            or (number > 0 and row.upper and _echo(row, page, pages[0]))
        ]
        dropped = _outermost(dropped)
        if number == len(pages) - 1:
            dropped = [row for row in dropped if row.upper or not _REACHABLE.search(row.line.text)]
        numbers = {
            id(piece)
            for row in page
            if row.depth < 2 and len(row.pieces) > 1
            for piece in (row.pieces[0], row.pieces[-1])
            if _numbers(piece.text, number + 1, len(pages))
        }
        left_out.append(numbers | {id(piece) for row in dropped for piece in row.pieces})
    kept = [[piece for piece in page if id(piece) not in out] for page, out in zip(pages, left_out, strict=True)]
    return kept if any(kept) else pages


def _rows(page: list[Line], upper: bool) -> list[Row]:
    """The rows next to the upper or the lower edge, the outermost first."""
    halfway = (max((piece.top for piece in page), default=0) + min((piece.bottom for piece in page), default=0)) / 2
    half = [piece for piece in page if (piece.middle > halfway) == upper]
    near = sorted(half, key=lambda piece: piece.middle, reverse=upper)[: _EDGE * 6]
    rows = beside(near) if upper else beside(near)[::-1]
    return [Row(row_as_line(row), row, upper, depth) for depth, row in enumerate(rows[:_EDGE])]


def _repeated(pages: list[list[Row]]) -> set[tuple[int, int]]:
    """The rows that stand at one place of most pages, or of most odd or most even ones."""
    places: dict[tuple[bool, str], list[tuple[int, Row]]] = {}
    for number, page in enumerate(pages):
        for row in page:
            places.setdefault((row.upper, row.key), []).append((number, row))
    found: set[tuple[int, int]] = set()
    for alike in places.values():
        for number, row in alike:
            same = {other for other, there in alike if abs(there.line.middle - row.line.middle) < 6}
            parity = {other for other in same if other % 2 == number % 2}
            often = len(same) > len(pages) / 2 or len(parity) > len(range(number % 2, len(pages), 2)) / 2
            if len(same) >= 2 and often:
                found.add((number, id(row)))
    return found


def _in_band(row: Row, bands: list[Row]) -> bool:
    """Whether a row stands where other pages have their running head or foot, in its letters."""
    return row.depth < 2 and any(
        band.upper == row.upper
        and abs(band.line.middle - row.line.middle) < 2
        and abs(band.line.height - row.line.height) < 0.5
        and len(row.line.text) < 120
        for band in bands
    )


def _echo(row: Row, page: list[Row], first: list[Line]) -> bool:
    """Whether the first row of a later page only repeats words of the first page's head, apart from the text."""
    if row.depth > 1 or len(row.line.text) > 120:
        return False
    head = sorted(first, key=lambda piece: -piece.middle)[:12]
    known = {word for piece in head for word in _words(piece.text)}
    words = _words(row.line.text)
    inner = [other.line for other in page if other.upper and other.depth > row.depth]
    if len(words) < 2 or not inner or not words <= known:
        return False
    usual = median(line.height for line in inner)
    apart = row.line.bottom - inner[0].top > 0.5 * row.line.height and row.line.height < 1.05 * usual
    return apart or row.line.height < 0.9 * usual


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.casefold()))


def _outermost(rows: list[Row]) -> list[Row]:
    """Only those with nothing but others of them between them and the edge, one row of text let pass."""
    kept = []
    for upper in (True, False):
        depths = {row.depth for row in rows if row.upper == upper}
        kept += [
            row for row in rows if row.upper == upper and row.depth <= 1 + len([d for d in depths if d < row.depth])
        ]
    return kept


def _numbers(text: str, number: int, pages: int) -> bool:
    """Whether a row is a page number, alone or beside a running title."""
    match = _NUMBER.fullmatch(text)
    if match is None or int(match["page"]) != number:
        return False
    if match["pages"]:
        return match["pages"] == str(pages)
    return bool(match["word"]) or not (match["before"].strip(" -–—|") or match["after"])
