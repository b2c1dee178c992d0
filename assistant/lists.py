"""Lists of a release: a line that introduces items, the items, and the line an item hangs on.

Knows nothing about why a list is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.language import trimmed
from store.records import Release, Span

LONGEST = 900
"""Characters of a list shown at most."""
ITEM = 300
"""Characters from which a line among bullets is a paragraph and no item."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: the line that introduces it, its items with their bullets, and whether some were left out."""

    introduction: Span
    items: tuple[Span, ...]
    cut: bool

    @property
    def span(self) -> Span:
        return Span(self.introduction.start, self.items[-1].end)


def listed(release: Release, span: Span) -> Listed | None:
    """The list that a sentence introduces or belongs to, with as many of its items as fit; None where none is."""
    introduction = _introduction(release, span)
    if introduction is None:
        return None
    items: list[Span] = []
    cut = False
    for item in _items(release, introduction.end):
        if item.end - introduction.start > LONGEST:
            cut = True
            break
        items.append(item)
    return Listed(introduction, tuple(items), cut) if len(items) > 1 else None


def _introduction(release: Release, span: Span) -> Span | None:
    """The line before the items: the sentence itself where it ends in a colon or heads them, else the one above."""
    text = span.of(release.text).rstrip()
    heads = text[-1:] not in tuple(".!?»”;,") and _ITEM.match(text) is None and "\n" not in text
    if text.endswith(":") or (heads and _BELOW.match(release.text, span.end)):
        return span
    line = release.text.rfind("\n", 0, span.start) + 1
    if _ITEM.match(release.text, line) is None:
        return None
    while line > 0 and _WITHIN.match(release.text, line):
        line = release.text.rfind("\n", 0, line - 1) + 1
    end = release.text.find("\n", line)
    whole = trimmed(release.text, Span(line, end if end > 0 else len(release.text)))
    text = whole.of(release.text)
    if text[-1:] in tuple(".!?»”;,"):
        return None
    # Of a paragraph, only its last sentence introduces the list.
    start = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
    return Span(whole.start + start, whole.end)


def _items(release: Release, start: int) -> Iterator[Span]:
    at = start
    while (match := _NEXT_ITEM.match(release.text, at)) is not None:
        item = Span(match.start("words"), match.start("words") + len(match["words"].rstrip()))
        if len(item) > ITEM:
            return
        yield item
        at = match.end()


_BULLET = r"(?:[-–—•▪■◦●‣∙·*]|\(?(?:\d{1,2}|[a-z])[.)])"
_ITEM = re.compile(rf"[ \t\u00a0]*{_BULLET}[ \t\u00a0]+\S")
_BELOW = re.compile(rf"[ \t]*\n\s*{_BULLET}[ \t\u00a0]+\S")
# An item, an empty line, or one that an item runs on to and that introduces nothing itself.
_WITHIN = re.compile(rf"[ \t\u00a0]*(?:{_BULLET}[ \t\u00a0]+\S|\n|[a-zà-ÿ(][^\n]*(?<!:)\n)")
_NEXT_ITEM = re.compile(
    rf"\s*^[ \t\u00a0]*(?P<words>{_BULLET}[ \t\u00a0]+[^\n]+"
    rf"(?:\n(?![ \t]*\n)(?![ \t\u00a0]*{_BULLET}[ \t\u00a0])(?=[ \t]*[a-zà-ÿ(])[^\n]+)*)",
    re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?»”]\s+(?=[A-ZÀ-Ý«“])")
