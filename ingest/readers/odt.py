"""OpenDocument texts (.odt, and .fodt, the same in one XML file), read from their own XML.

Text boxes, the first page's header and a foot that holds an address belong to the text;
deletions, comments, hidden text and page numbers do not. What the properties say is a
guess at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from ingest.document import Document, Hints
from ingest.readers.letterpaper import assembled, shown_title, stated_title
from ingest.readers.packed import DOUBT, Package, first, tag, tree, value
from ingest.readers.sheet import Sheet, foreign
from store.records import OriginKind, UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_SKIPPED = frozenset(
    """tracked-changes annotation annotation-end page-number page-count hidden-text hidden-paragraph sequence-decls
    user-field-decls variable-decls forms ruby-text soft-page-break table-of-content alphabetical-index desc title
    event-listeners image object script bookmark bookmark-start bookmark-end toc-mark meta""".split()
)
_BLOCKS = frozenset("p h list table section text-box frame".split())
_LOW_ON_THE_PAGE = 14.5
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
_MOST_BLANKS = 100


@dataclass(slots=True)
class _Story:
    """Takes one part of the document down; boxes low on their page go on `late`, notes are gathered."""

    sheet: Sheet
    late: Sheet
    numbered: dict[str, set[int]]
    parents: dict[str, str]
    notes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def take(self, parent: _Element, sheet: Sheet, level: int = 0) -> None:
        for child in parent:
            name = tag(child)
            if name in {"p", "h"}:
                self._paragraph(child, sheet)
            elif name == "list":
                self._list(child, sheet, level + 1, None)
            elif name == "table":
                self._table(child, sheet)
            elif name == "frame":
                self.take(child, self.late if _low(child) else sheet, level)
            elif name and name not in _SKIPPED:
                self.take(child, sheet, level)

    def _paragraph(self, paragraph: _Element, sheet: Sheet) -> None:
        out: list[str] = []
        boxes: list[_Element] = []
        self._inline(paragraph, out, boxes)
        for box in boxes:
            self.take(box, self.late if _low(box) else sheet)
        words = "".join(out)
        if "Title" in self._styles(value(paragraph, "style-name")) and words.strip():
            self.titles.append(words)
        elif tag(paragraph) == "h" and value(paragraph, "outline-level") == "1" and words.strip():
            self.headings.append(words)
        sheet.paragraph(words)

    def _styles(self, name: str | None) -> set[str]:
        """A style and those it refines."""
        names: set[str] = set()
        while name and name not in names:
            names.add(name)
            name = self.parents.get(name)
        return names

    def _list(self, element: _Element, sheet: Sheet, level: int, outer: str | None) -> None:
        style = value(element, "style-name") or outer
        counted = level in self.numbered.get(style or "", ())
        number = 0
        if level == 1:
            sheet.gap()
        for item in element:
            if tag(item) not in {"list-item", "list-header"}:
                continue
            number += tag(item) == "list-item"
            part = sheet.inside()
            for child in item:
                if tag(child) == "list":
                    self._list(child, part, level + 1, style)
                elif tag(child) in {"p", "h"}:
                    self._paragraph(child, part)
            if tag(item) == "list-header":
                sheet.add(part)
            else:
                sheet.items(part, f"{number}." if counted else "-")
        if level == 1:
            sheet.gap()

    def _table(self, table: _Element, sheet: Sheet) -> None:
        rows = []
        for row in _within(table, "table-row"):
            cells = []
            for cell in _within(row, "table-cell"):
                cells.append(sheet.inside())
                self.take(cell, cells[-1])
            rows.append(cells)
        sheet.table(rows)

    def _inline(self, parent: _Element, out: list[str], boxes: list[_Element]) -> None:
        out.append(foreign(parent.text or ""))
        for child in parent:
            name = tag(child)
            if name == "s":
                count = value(child, "c") or "1"
                out.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
            elif name in {"tab", "line-break"}:
                out.append("\t" if name == "tab" else "\n")
            elif name == "a":
                words: list[str] = []
                self._inline(child, words, boxes)
                out.append(self.sheet.link("".join(words), value(child, "href") or ""))
            elif name == "note":
                below: list[str] = []
                for paragraph in _children(first(child, "note-body")):
                    self._inline(paragraph, below, boxes)
                self.notes.append("".join(below))
            elif name in {"frame", "text-box"}:
                boxes.append(child)
            elif name and name not in _SKIPPED:
                self._inline(child, out, boxes)
            out.append(foreign(child.tail or ""))


def read_odt_here(data: bytes, name: str) -> Document:
    """The text of an .odt or .fodt with its links; a title of style or properties as a guess.

    Raises UnreadableDocument for a file that is locked, damaged, a bomb, or without text.
    """
    content, styles, meta, doubts = _parts(data, name)
    text_body = next((each for each in content.iter() if tag(each) in {"text", "p"}), None)
    if text_body is None:
        raise UnreadableDocument(name, "not an OpenDocument text, whatever its name says")
    sheet = Sheet()
    numbered = _numbered(content) | _numbered(styles)
    story = _Story(sheet.inside(), sheet.inside(), numbered, _parents(content))
    story.take(content if tag(text_body) == "p" else text_body, story.sheet)
    head, foot = _edges(content, styles, story)
    notes = [f"Note {number} : {' '.join(note.split())}" for number, note in enumerate(story.notes, start=1)]
    text, links = assembled(sheet, (story.sheet, story.late), head, notes, foot, name)
    stated = first(meta, "meta", "title")
    titles = [*story.titles, *([stated.text] if stated is not None and stated.text else [])]
    hints = Hints(title=shown_title(story.titles, story.headings), origin=OriginKind.MASTHEAD)
    guesses = Hints(title=stated_title(titles), origin=OriginKind.PROPERTIES)
    digest = sha256(data).hexdigest()
    return Document(text, name, MEDIA_TYPE, digest, hints=hints, doubts=doubts, guesses=guesses, links=links)


def _parts(data: bytes, name: str) -> tuple[_Element, _Element | None, _Element | None, tuple[str, ...]]:
    """Content, styles and properties; one tree is all three in a flat file."""
    if data.lstrip()[:5] in {b"<?xml", b"<offi"}:
        root, whole = tree(data, name)
        return root, root, root, () if whole else (DOUBT,)
    package = Package(data, name)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.bytes("META-INF/manifest.xml"):
        raise UnreadableDocument(name, "protected by a password; save it without one")
    content = package.xml("content.xml")
    return content, package.optional("styles.xml"), package.optional("meta.xml"), package.doubts


def _numbered(root: _Element | None) -> dict[str, set[int]]:
    """List style → the levels it counts, for the styles in a part."""
    styles: dict[str, set[int]] = {}
    for each in root.iter() if root is not None else ():
        if tag(each) == "list-level-style-number" and value(each, "num-format"):
            named = value(each.getparent(), "name") or ""
            level = value(each, "level") or "1"
            styles.setdefault(named, set()).add(int(level) if level.isdecimal() else 1)
    return styles


def _parents(content: _Element) -> dict[str, str]:
    """Automatic style → the named style it refines."""
    styles = first(content, "automatic-styles")
    found = ((value(each, "name"), value(each, "parent-style-name")) for each in (() if styles is None else styles))
    return {name: parent for name, parent in found if name and parent}


def _edges(content: _Element, styles: _Element | None, story: _Story) -> tuple[list[str], list[str]]:
    """What stands above and below the text of the first page."""
    masters = {value(each, "name"): each for each in _children(first(styles, "master-styles"))}
    wanted = "Standard"
    automatic = {value(each, "name"): each for each in _children(first(content, "automatic-styles"))}
    opening = next((each for each in content.iter() if tag(each) in {"p", "h"}), None)
    opening_style = automatic.get(value(opening, "style-name"))
    wanted = value(opening_style, "master-page-name") or wanted
    page = masters.get(wanted)
    edges = []
    for side in ("header", "footer"):
        part = first(page, f"{side}-first")
        part = first(page, side) if part is None else part
        below = _Story(story.sheet.inside(), story.sheet.inside(), story.numbered, story.parents)
        if part is not None and value(part, "display") != "false":
            below.take(part, below.sheet)
        edges.append([*below.sheet.plain(), *below.late.plain()])
    return edges[0], edges[1]


def _children(element: _Element | None) -> Iterator[_Element]:
    yield from () if element is None else element


def _within(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Rows or cells, through the groups they may stand in."""
    for child in parent:
        if tag(child) == wanted:
            yield child
        elif tag(child) in {"table-header-rows", "table-row-group", "table-rows", "table-header-columns"}:
            yield from _within(child, wanted)


def _low(frame: _Element) -> bool:
    """Whether a text box hangs in the lower half of its page."""
    written = value(frame, "y") or ""
    if value(frame, "anchor-type") != "page" or written[-2:] not in _CENTIMETRES:
        return False
    try:
        return float(written[:-2]) * _CENTIMETRES[written[-2:]] > _LOW_ON_THE_PAGE
    except ValueError:
        return False
