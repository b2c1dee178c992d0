"""The parts of a body under their headings.

Knows a heading by its length, its ending and what follows; does not know the head of the release.
"""

from __future__ import annotations

import re

from ingest.parser.lines import Line, lines
from store.records import Section, Span

_ITEM = re.compile(r"[-•●▪–*·]|\(?\d{1,2}[.)]\s*$|[a-z]\)")
_OPENS_PROSE = 50
_LONGEST = 110


def find_sections(text: str, start: int, end: int) -> tuple[Section, ...]:
    """The sections of `text[start:end]`; what stands before the first heading belongs to none."""
    body = list(lines(text, start, end))
    heads = [
        line
        for number, line in enumerate(body[:-1])
        if number and _is_heading(line, body[number - 1], body[number + 1])
    ]
    sections = []
    for number, head in enumerate(heads):
        stop = heads[number + 1].start if number + 1 < len(heads) else end
        first = head.end + len(text[head.end : stop]) - len(text[head.end : stop].lstrip())
        last = first + len(text[first:stop].rstrip())
        if first < last:
            sections.append(Section(Span(head.start, head.end), Span(first, last)))
    return tuple(sections)


def _is_heading(line: Line, before: Line, after: Line) -> bool:
    words = line.text
    if len(words) > _LONGEST or len(words) < 3 or not re.search(r"[^\W\d_]{2}", words) or "|" in words:
        return False
    if words[-1] in ".,;…" or _ITEM.match(words) or words[0].islower() or words[0] in '«("“':
        return False
    if not line.after_gap and not line.shouted:
        return before.text[-1] in ".!?»" and len(after.text) > 2 * len(words) and words[-1] != ":"
    prose = len(after.text) >= _OPENS_PROSE or bool(_ITEM.match(after.text)) or len(after.text) > len(words)
    return prose and (words[-1] != ":" or after.after_gap) and not (words[-1] == ":" and _ITEM.match(after.text))
