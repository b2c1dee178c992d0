"""Lines in reading order as one text: wrapped lines joined, paragraphs parted, pages and links told.

Does not know where columns are, nor what a text means.
"""

from __future__ import annotations

import itertools
import re

from ingest.mending import join
from ingest.readers.pdf_columns import Block
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_paragraphs import CUT, PARAGRAPH, ROW, between, over, runs_on, wraps
from ingest.readers.pdf_setting import Setting
from store.records import Link, Span

_BREAKING = "-/_?&=#@"
_BROKEN_ADDRESS = re.compile(r"(?:(?:https?://|www\.)\S*[/\-_?&=#]|[\w.-]@)$")
_COMPOUND = re.compile(r"\w-\d$")


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
        elif between == ROW and self._paragraph:
            self._paragraph += ROW + line.text
        else:
            self._end(PARAGRAPH)
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
            setting = None if block.table or block.whole else Setting.of(block.lines, body)
            for number, line in enumerate(block.lines):
                if last is None:
                    parted: str | None = PARAGRAPH
                elif block.whole:
                    parted = None if runs_on(last[0], line) else PARAGRAPH
                elif number == 0:
                    parted = over(last[0], last[1], line, setting, run)
                elif setting is None:
                    parted = ROW
                elif wraps(last[0], line, setting, run):
                    parted = None
                else:
                    parted = between(last[0], line, setting, run)
                run = run + 1 if parted is None else 1
                flow.add(line, parted)
                last = (line, setting)
    return flow.finished()


def _body(blocks: list[Block]) -> float:
    """The height of most letters of a document."""
    heights: dict[float, int] = {}
    for block in blocks:
        for line in block.lines:
            heights[round(line.height, 1)] = heights.get(round(line.height, 1), 0) + len(line.text)
    return max(heights, key=lambda height: heights[height], default=10.0)
