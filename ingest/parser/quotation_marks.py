"""Where quotations begin and end: guillemets of every kind, paired, nested and carried over paragraphs.

Typography only: does not know whether anybody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.records import Span

LONGEST, DEEPEST = 4000, 30
_MARK = re.compile(r"[«»“”„‟\"]")
_GAP = re.compile(r"\n[^\S\n]*\n")
_BLANKS = " \t\r\n\u00a0\u202f\u2009\u2002\u2003"
_REVERSED = re.compile(r"(?:^|[\s(])»\w")
_FORWARD = re.compile(r"(?:^|[\s(’'])«[\s\w]")
_CLOSERS = {"«": "»", "“": "”", "„": "“”", '"': '"', "»": "«", "‟": "”"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between marks: `words` without the blanks inside the marks, `outer` with the marks.

    `closed` is False where the closing mark is missing and the paragraph's end serves.
    """

    words: Span
    outer: Span
    closed: bool = True


def quoted(text: str, end: int) -> Iterator[Quoted]:
    """The outermost pairs of quotation marks of `text[:end]`, in order."""
    marks = [(match.start(), match[0]) for match in _MARK.finditer(text, 0, end)]
    ends = {mark: place for place, mark in marks}
    gaps = [match.start() for match in _GAP.finditer(text, 0, end)]
    turned = bool(_REVERSED.search(text, 0, end)) and not _FORWARD.search(text, 0, end)
    number = gap = 0
    while number < len(marks):
        start, mark = marks[number]
        if not _opens(text, start, mark, turned):
            number += 1
            continue
        if number + 1 < len(marks) and max((ends.get(closer, -1) for closer in _CLOSERS[mark]), default=-1) <= start:
            number += 1
            continue
        while gap < len(gaps) and gaps[gap] < start:
            gap += 1
        limit = gaps[gap] if gap < len(gaps) else end
        last, following = _closing(text, marks, number, _CLOSERS[mark], limit)
        if last is not None:
            found = Quoted(_trimmed(text, start + 1, last), Span(start, last + 1))
        else:
            stop = min(limit, start + LONGEST)
            if following < len(marks) and marks[following][0] < stop:
                number = following
                continue
            found = Quoted(_trimmed(text, start + 1, stop), Span(start, stop), closed=False)
        if found.words.end > found.words.start:
            yield found
        number = following


def _opens(text: str, at: int, mark: str, turned: bool) -> bool:
    if mark in "«„‟":
        return not (turned and mark == "«")
    if mark == "»":
        return turned
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "“":
        return True
    if mark == '"':
        return (not before or before in "\n\t ([{’'«-–—:/\u00a0") and bool(after) and not after.isspace()
    return False


def _closing(text: str, marks: list[tuple[int, str]], number: int, closers: str, limit: int) -> tuple[int | None, int]:
    """(offset of the mark that closes `marks[number]` or None, number of the next mark to look at).

    A mark that opens again at the head of a paragraph carries the quotation on.
    """
    start, opener = marks[number]
    depth, carried = 1, False
    for index in range(number + 1, min(len(marks), number + DEEPEST)):
        at, mark = marks[index]
        if at - start > LONGEST:
            break
        crossed, head = at > limit, _heads(text, at)
        if (
            crossed
            and head
            and mark in (opener, "»")
            and (mark != '"' or not carried or text[at + 1 : at + 2].isalnum())
        ):
            if len(_GAP.findall(text, marks[index - 1][0], at)) > 1:
                break
            carried = True
        elif mark in closers:
            depth -= 1
            if depth == 0:
                return (None, number + 1) if crossed and not carried and opener == '"' else (at, index + 1)
        elif mark == opener:
            if crossed and not carried:
                break
            depth += 1
    return _unnested(marks, number, closers, limit)


def _unnested(marks: list[tuple[int, str]], number: int, closers: str, limit: int) -> tuple[int | None, int]:
    """The first closing mark of the same paragraph, where pairing fails."""
    for index in range(number + 1, min(len(marks), number + DEEPEST)):
        at, mark = marks[index]
        if at > limit:
            break
        if mark in closers:
            return at, index + 1
    return None, number + 1


def _heads(text: str, at: int) -> bool:
    """Whether a mark is the first character of its paragraph."""
    head = text[max(0, at - 6) : at].rstrip(" \t\u00a0\u202f")
    return not head or head.endswith("\n")


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end)
