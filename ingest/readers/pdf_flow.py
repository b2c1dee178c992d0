"""Lines in reading order as one text: wrapped lines joined, paragraphs parted, pages told.

A line goes on in the next one when the next one's first word would not have fitted on
it. Does not know where columns are, nor what a text means.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from dataclasses import dataclass, field

from ingest.mending import BULLET, join
from ingest.readers.pdf_columns import Block
from ingest.readers.pdf_lines import Line
from store.records import Link, Span

CUT = "\u2010"
"""How some programs write the hyphen that cuts a word, and only that one."""
_HYPHENS = "-" + CUT
_BREAKING = "-/_?&=#@"
_SHORT = 60
_LONG = 45
_PROSE = 13
_FEW = 4
_SPACE = 0.22
_FINISHED = ".!?:;»…"
_BROKEN_ADDRESS = re.compile(r"(?:(?:https?://|www\.)\S*[/\-_?&=#]|[\w.-]@)$")
_REACHED = re.compile(r"t[ée]l\b|[tm] ?:|mobile\b|portable\b|\+?\(?\d[\d ().-]{7,}|\S+@\S|www\.|https?:", re.IGNORECASE)
_COMPOUND = re.compile(r"\w-\d$")
_ROW, _PARAGRAPH = "\n", "\n\n"


class Flow:
    """A text growing line by line; pages begin where their first line does."""

    def __init__(self, known: frozenset[str], cuts_told: bool) -> None:
        self._known = known
        self._cuts_told = cuts_told
        self._done: list[str] = []
        self._length = 0
        self._paragraph = ""
        self._turned = 0
        self._starts: list[int] = []
        self._links: list[Link] = []

    def turn(self) -> None:
        """The lines that follow stand on the next page."""
        self._turned += 1

    def add(self, line: Line, between: str | None) -> None:
        """One line more, after `between`, or joined to the paragraph where that is None."""
        if between is None and self._paragraph:
            self._paragraph = self._joined(line.text)
        elif between == _ROW and self._paragraph:
            self._paragraph += _ROW + line.text
        else:
            self._end(_PARAGRAPH)
            self._paragraph = line.text
        start = self._length + len(self._paragraph) - len(line.text)
        self._starts += [start] * self._turned
        self._turned = 0
        self._links.extend(Link(Span(start + first, start + last), url) for first, last, url in line.marks)

    def _joined(self, text: str) -> str:
        before = self._paragraph
        if before[-1] == CUT:
            return before[:-1] + text
        if before[-1] not in _BREAKING:
            return f"{before} {text}"
        if _BROKEN_ADDRESS.search(before[-200:]) or _COMPOUND.search(before[-20:] + text[:1]):
            return before + text
        if self._cuts_told and before[-1] == "-" and before[-2:-1].isalpha() and text[0].isalpha():
            return before + text
        return join(before, text, self._known)

    def _end(self, after: str) -> None:
        self._paragraph = self._paragraph.replace(CUT, "-")
        if self._paragraph:
            self._done.append(self._paragraph + after)
            self._length += len(self._done[-1])
            self._paragraph = ""

    def finished(self) -> tuple[str, tuple[Span, ...], tuple[Link, ...]]:
        """The text, the pages that tile it, and its links."""
        self._end("")
        text = "".join(self._done)
        starts = [*self._starts, *[len(text)] * self._turned, len(text)]
        starts[0] = 0
        pages = tuple(Span(start, end) for start, end in itertools.pairwise(starts))
        return text, pages, tuple(_merged(self._links, text))


def _merged(links: list[Link], text: str) -> list[Link]:
    """The lines of one link as one."""
    merged: list[Link] = []
    for link in links:
        if merged and merged[-1].url == link.url and not text[merged[-1].span.end : link.span.start].strip():
            merged[-1] = Link(Span(merged[-1].span.start, link.span.end), link.url)
        else:
            merged.append(link)
    return merged


@dataclass(frozen=True, slots=True)
class Setting:
    """How a block is set: its column's edges, the size of most letters and, for a size, the pitch of lines."""

    lines: list[Line]
    left: float
    right: float
    size: float
    pitches: dict[int, float]
    counts: dict[int, int]
    _ends: dict[tuple[int, int], list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, block: Block, body: float) -> Setting:
        lines = block.lines
        steps: dict[int, list[float]] = {}
        for above, line in itertools.pairwise(lines):
            step = above.middle - line.middle
            if abs(above.height - line.height) < 0.1 * line.height and 0 < step < 3 * line.height:
                steps.setdefault(round(line.height), []).append(step)
        pitches = {size: sorted(found)[len(found) // 4] for size, found in steps.items()}
        counts = {size: len(found) for size, found in steps.items()}
        return cls(lines, min(line.left for line in lines), max(line.right for line in lines), body, pitches, counts)

    def pitch(self, line: Line) -> float:
        """The step from line to line of letters this high; of letters nearly so where those are few."""
        size = round(line.height)
        if self.counts.get(size, 0) >= _FEW:
            return self.pitches[size]
        near = [self.pitches[other] for other in (size - 1, size, size + 1) if other in self.pitches]
        return min(near, default=1.2 * line.height)

    def ends(self, line: Line) -> list[float]:
        """Where lines set like this one end, the farthest last."""
        kind = round(10 * line.height), round(line.left)
        if kind not in self._ends:
            self._ends[kind] = sorted(other.right for other in self.lines if _alike(other, line))
        return self._ends[kind]

    def edge(self, line: Line) -> float:
        """The right edge lines set like this one reach: some of them, for a foot may be set like the text."""
        ends = self.ends(line)
        for place in range(len(ends) - 1, 1, -1):
            if ends[place - 2] > ends[place] - 0.06 * (ends[place] - line.left):
                return max(line.right, ends[place])
        return max(line.right, *ends[-1:])


def _alike(other: Line, line: Line) -> bool:
    return abs(other.height - line.height) < 0.1 * line.height and abs(other.left - line.left) < 40


def set_flowing(pages: list[list[Block]], known: frozenset[str]) -> tuple[str, tuple[Span, ...], tuple[Link, ...]]:
    """The blocks of all pages as text, page spans and links. `known` are the document's words, for hyphens."""
    blocks = [block for page in pages for block in page]
    flow = Flow(known, any(line.text[-1] == CUT for block in blocks for line in block.lines))
    body = _body(blocks)
    last: tuple[Line, Setting | None] | None = None
    run = 1
    for page in pages:
        flow.turn()
        for block in page:
            setting = None if block.table or block.whole else Setting.of(block, body)
            for number, line in enumerate(block.lines):
                if last is None:
                    between: str | None = _PARAGRAPH
                elif block.whole:
                    between = None if _runs_on(last[0], line) else _PARAGRAPH
                elif number == 0:
                    between = _over(last[0], last[1], line, setting, run)
                elif setting is None:
                    between = _ROW
                elif wraps(last[0], line, setting, run):
                    between = None
                else:
                    between = _between(last[0], line, setting, run)
                run = run + 1 if between is None else 1
                flow.add(line, between)
                last = (line, setting)
    return flow.finished()


def _body(blocks: list[Block]) -> float:
    """The height of most letters of a document."""
    heights: dict[float, int] = {}
    for block in blocks:
        for line in block.lines:
            heights[round(line.height, 1)] = heights.get(round(line.height, 1), 0) + len(line.text)
    return max(heights, key=lambda height: heights[height], default=10.0)


def wraps(above: Line, line: Line, setting: Setting, run: int) -> bool:
    """Whether `line` goes on with `above` only because the column ended; `run` lines of its paragraph are read."""
    if abs(above.height - line.height) > 0.1 * above.height or BULLET.match(line.text):
        return False
    if above.text.isupper() and not line.text.isupper() and any(letter.islower() for letter in line.text):
        return False
    step, pitch = above.middle - line.middle, setting.pitch(line)
    cut = above.text[-1] in _HYPHENS and len(above.text) > 3 and above.text[-2].isalpha() and line.text[0].islower()
    runs_on = above.text[-1] not in _FINISHED and line.text[0].islower()
    if step > 2.5 * above.height or step > (1.6 if runs_on or cut else 1.2) * pitch:
        return False
    if cut or (runs_on and len(above.text) > _SHORT / 2):
        return True
    if _title(above, line, setting):
        return True
    return not _indented(above, line, run) and _full(above, line, setting)


def _title(above: Line, line: Line, setting: Setting) -> bool:
    """Whether two lines are one title: large, centred, and with the pitch of their kind."""
    centred = abs(above.left + above.right - line.left - line.right) < 0.5 * line.height
    return line.height > 1.15 * setting.size and centred and abs(above.left - line.left) > 2


def _indented(above: Line, line: Line, run: int) -> bool:
    """Whether a line's left edge says that a paragraph begins."""
    shift = line.left - above.left
    if abs(shift) < 0.4 * line.height or _centred(above, line):
        return False
    if shift > 0:
        return not (BULLET.match(above.text) and run == 1 and shift < 4 * line.height)
    return not (run == 1 and shift > -4.5 * line.height)


def _centred(above: Line, line: Line) -> bool:
    return abs(above.left + above.right - line.left - line.right) < 0.3 * line.height


def _full(above: Line, line: Line, setting: Setting) -> bool:
    """Whether the first word of `line` had no room left on `above`."""
    edge = setting.edge(above)
    runs_on = above.text[-1] not in _FINISHED and line.text[0].islower()
    if above.right + _SPACE * line.height + line.first <= edge - (line.height if runs_on else -0.3):
        return False
    column = setting.right - setting.left
    reaching = len(setting.ends(above)) - bisect(setting.ends(above), edge - 0.05 * column)
    if reaching > 2 or runs_on:
        return True
    wide = above.width > 0.6 * column and column > _PROSE * line.height
    return (wide or len(above.text) > _LONG) and not _REACHED.match(line.text)


def _between(above: Line, line: Line, setting: Setting, run: int) -> str:
    step = above.middle - line.middle
    near = 0 < step < 1.35 * setting.pitch(line) and abs(above.height - line.height) < 0.1 * line.height
    short = run == 1 and max(len(above.text), len(line.text)) < _SHORT
    return _ROW if near and (short or BULLET.match(line.text)) else _PARAGRAPH


def _runs_on(above: Line, line: Line) -> bool:
    """Whether the words alone say that a sentence is not finished."""
    long = len(above.text.rsplit("\n", 1)[-1]) > 30 and above.text[-1] not in _FINISHED
    return long and line.text[0].islower() and not BULLET.match(line.text)


def _over(above: Line, before: Setting | None, line: Line, setting: Setting | None, run: int) -> str | None:
    """How a block begins after another: None where a sentence runs over the turn of a column or page."""
    if before is None or setting is None or abs(above.height - line.height) > 0.1 * above.height:
        return _PARAGRAPH
    if BULLET.match(line.text) or above.text.isupper():
        return _PARAGRAPH
    if above.text[-1] not in _FINISHED and line.text[0].islower():
        return None
    if above.text[-1] in _HYPHENS and line.text[0].islower():
        return None
    indented = line.left > min(other.left for other in setting.lines if _alike(other, line)) + 0.4 * line.height
    if indented or run == 1 or above.width < 0.6 * (before.right - before.left):
        return _PARAGRAPH
    reaches = before.edge(above) - above.right
    full = reaches < line.first + _SPACE * line.height
    if above.text[-1] not in _FINISHED and full:
        return None
    justified = reaches < 0.5 and _justified(before, above)
    return None if justified else _PARAGRAPH


def _justified(setting: Setting, line: Line) -> bool:
    """Whether most lines set like this one end at the very edge."""
    ends = setting.ends(line)
    return len(ends) >= 4 and len(ends) - bisect(ends, ends[-1] - 0.5) > 0.5 * len(ends)
