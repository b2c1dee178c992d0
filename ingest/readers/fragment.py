"""A piece of HTML that another format carries (a feed's entry, a message's text) as paragraphs.

Nothing is mended and no furniture is looked for: who wrote the piece meant all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from store.records import Link, Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset("script style template noscript iframe object svg form button select head title".split())
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table section article header footer main figure figcaption "
    "address hr center aside nav details summary caption".split()
)
_LINES = frozenset("li dt dd tr".split())
_CELLS = frozenset({"td", "th"})
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_LEADS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_MARK = re.compile(r"- |\d+\. ")
_BREAKS = ("", " ", " | ", "\n", "\n\n")


def read_fragment(html: str, base: str = "") -> tuple[str, tuple[Link, ...]]:
    """The fragment's text and where its links stand; `base` is what their addresses are relative to.

    Items begin with « - » or their number, rows are « cell | cell ». What holds no markup
    is taken as plain text, its lines kept.
    """
    from lxml import etree
    from lxml.html import fromstring

    if not _TAG.search(html):
        html = "<br>".join(html.replace("<", "&lt;").splitlines())
    try:
        root = fromstring(f"<div>{_printable(html)}</div>")
    except (etree.LxmlError, ValueError, AssertionError):
        return " ".join(_TAG.sub(" ", html).split()), ()
    taken = _Taken(base)
    dropped: _Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if dropped is None and event == "start":
            if tag in _DROPPED:
                dropped = element
            else:
                taken.open(tag, element)
                taken.words(element.text)
        elif event != "start":
            if dropped is None and event == "end":
                taken.close(tag)
            if dropped is element:
                dropped = None
            if dropped is None and element is not root:
                taken.words(element.tail)
    return taken.written()


@dataclass(slots=True)
class _Taken:
    """The text as it is taken down; `_due` is the break that comes before the next word."""

    base: str
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _due: str = ""
    _mark: str = ""
    _breaks: int = 0
    _lists: list[int | None] = field(default_factory=list)
    _flat: list[bool] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _opened: list[tuple[int, int, str]] = field(default_factory=list)

    def open(self, tag: str, element: _Element) -> None:
        if tag == "br":
            self._breaks += 1
            self._break("\n" if self._breaks == 1 else "\n\n")
        elif tag in _BLOCKS:
            self._block()
            if tag in {"ul", "ol"}:
                self._lists.append(_first(element) if tag == "ol" else None)
        elif tag in _LINES:
            self._break("\n")
            self._mark = self._item() if tag == "li" else ""
        elif tag in _CELLS:
            alone, follows = _place(element)
            self._flat.append(not alone)
            if follows:
                self._due = max(self._due, " | ", key=_BREAKS.index)
        elif tag == "a":
            self._opened.append((self._length, len(self._parts), _address(self.base, element.get("href") or "")))

    def close(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._block()
        elif tag in _LINES:
            self._mark = ""
            self._break("\n")
        elif tag in _CELLS and self._flat:
            self._flat.pop()
        elif tag == "a" and self._opened:
            self._end_link(*self._opened.pop())

    def words(self, words: str | None) -> None:
        words = _BLANK.sub(" ", words or "")
        if not words.strip():
            self._due = self._due or (" " if words else "")
            return
        if words.startswith(" "):
            self._due = self._due or " "
        for part in (self._due if self._length else "", self._mark, words.strip(" ")):
            if part:
                self._parts.append(part)
                self._length += len(part)
        self._due, self._mark, self._breaks = " " if words.endswith(" ") else "", "", 0

    def written(self) -> tuple[str, tuple[Link, ...]]:
        return "".join(self._parts), tuple(self._links)

    def _block(self) -> None:
        """A paragraph; inside an item it is a line of its own."""
        self._break("\n" if self._lists else "\n\n")

    def _break(self, due: str) -> None:
        """Not between an item's mark and its first word; inside a row's cell a blank."""
        if not self._mark:
            self._due = max(self._due, " " if any(self._flat) else due, key=_BREAKS.index)

    def _item(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _end_link(self, start: int, part: int, url: str) -> None:
        words = [each for each in self._parts[part:] if each not in _BREAKS and not _MARK.fullmatch(each)]
        if not words or not _LEADS.fullmatch(url):
            return
        while self._parts[part] in _BREAKS or _MARK.fullmatch(self._parts[part]):
            start, part = start + len(self._parts[part]), part + 1
        self._links.append(Link(Span(start, self._length), url))


def _place(cell: _Element) -> tuple[bool, bool]:
    """Whether a cell is alone in its row, and whether another stands before it."""
    before, after = cell.getprevious() is not None, cell.getnext() is not None
    return not before and not after, before


def _first(element: _Element) -> int:
    start = element.get("start") or ""
    return int(start) if re.fullmatch(r"\d{1,4}", start) else 1


def _address(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _printable(html: str) -> str:
    """Without the characters no XML tree can hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", html)
