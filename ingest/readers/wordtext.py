"""The running text of a Word part (body, header, foot, note), as it is printed.

Insertions are text; deletions, hidden text, comments and the instructions of fields are
not. Knows nothing of the package around the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.readers.numbering import Numbering
from ingest.readers.packed import first, tag, value
from ingest.readers.sheet import Sheet, foreign

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    """del moveFrom rPr pPr delText annotationRef commentReference sectPr tblPr tblGrid trPr tcPr rt sdtPr sdtEndPr
    footnoteRef endnoteRef separator continuationSeparator""".split()
)
_WRITTEN = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NUMBERING_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b", re.IGNORECASE)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)
_FIRST_HEADING = frozenset({"heading 1", "titre 1", "heading1", "titre1"})
_HEADING = re.compile(r"title|(?:heading|titre) ?\d")
_LOW_ON_THE_PAGE = 5_300_000  # half of A4 in the units of DrawingML (914,400 an inch)
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, the one it refines, the list it numbers."""

    name: str = ""
    based_on: str | None = None
    number: str | None = None
    level: int = 0


@dataclass(slots=True)
class _Field:
    """A field not yet ended: what it asks for, and where in `out` its result began."""

    asks: str = ""
    shown: bool = False
    out: list[str] | None = None
    at: int = 0


@dataclass(slots=True)
class Story:
    """Takes one part down on `sheet`; text boxes that stand low on their page go on `late`."""

    sheet: Sheet
    late: Sheet
    lists: Numbering
    styles: dict[str, Style]
    targets: dict[str, str]
    notes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    unread: bool = False
    _fields: list[_Field] = field(default_factory=list)
    _boxes: list[tuple[_Element, bool]] = field(default_factory=list)
    _carried: str = ""

    def take(self, parent: _Element, sheet: Sheet | None = None) -> None:
        """The paragraphs, tables and text boxes of `parent`, in order."""
        sheet = self.sheet if sheet is None else sheet
        for child in parent:
            match tag(child):
                case "p":
                    self._paragraph(child, sheet)
                case "tbl":
                    self._table(child, sheet)
                case "sdt":
                    self._control(child, sheet)
                case "AlternateContent":
                    self.take(_chosen(child), sheet)
                case "altChunk":
                    self.unread = True
                case name if name and name not in _SKIPPED:
                    self.take(child, sheet)
        if self._carried and tag(parent) in {"body", "tc", "txbxContent"}:
            sheet.paragraph(self._carried)
            self._carried = ""

    def _control(self, control: _Element, sheet: Sheet) -> None:
        """A content control, unless it is a table of contents or still asks to be filled in."""
        properties, content = first(control, "sdtPr"), first(control, "sdtContent")
        gallery = value(first(properties, "docPartObj", "docPartGallery"), "val")
        if content is not None and gallery != "Table of Contents" and first(properties, "showingPlcHdr") is None:
            self.take(content, sheet)

    def _paragraph(self, paragraph: _Element, sheet: Sheet) -> None:
        self._fields = [each for each in self._fields if each.shown and not _NUMBERING_FIELD.match(each.asks)]
        out: list[str] = []
        self._inline(paragraph, out)
        words, self._carried = self._carried + "".join(out), ""
        properties = first(paragraph, "pPr")
        if first(properties, "rPr", "del") is not None:
            self._carried = words
            return
        boxes, self._boxes = self._boxes, []
        for box, low in boxes:
            self.take(box, self.late if low else sheet)
        self._written(words, properties, sheet)

    def _written(self, words: str, properties: _Element | None, sheet: Sheet) -> None:
        if not words.strip():
            return
        style = value(first(properties, "pStyle"), "val")
        names = self._names(style)
        if "title" in names:
            self.titles.append(words)
        elif _FIRST_HEADING.intersection(names):
            self.headings.append(words)
        mark, listed = self._mark(properties, style)
        if listed and not any(_HEADING.fullmatch(name) for name in names):
            sheet.item(words, mark) if mark else sheet.line(words)
        else:
            sheet.paragraph(f"{mark} {words.lstrip()}" if mark and mark != "-" else words)

    def _mark(self, properties: _Element | None, style: str | None) -> tuple[str, bool]:
        """The mark of a paragraph, and whether it belongs to a list at all."""
        number, level = numbered(properties)
        for _ in range(_DEEPEST_STYLE):
            if number is not None or style is None:
                break
            known = self.styles.get(style, Style())
            number, level, style = known.number, known.level, known.based_on
        if number is None or number == "0":
            return "", False
        return self.lists.mark(number, level), True

    def _names(self, style: str | None) -> list[str]:
        """The names of a style and of those it refines."""
        names: list[str] = []
        while style is not None and len(names) < _DEEPEST_STYLE:
            known = self.styles.get(style, Style(style.casefold()))
            names.append(known.name)
            style = known.based_on
        return names

    def _table(self, table: _Element, sheet: Sheet) -> None:
        rows = []
        for row in _within(table, "tr"):
            if first(row, "trPr", "del") is None:
                cells = []
                for cell in _within(row, "tc"):
                    cells.append(sheet.inside())
                    self.take(cell, cells[-1])
                rows.append(cells)
        sheet.table(rows)

    def _inline(self, parent: _Element, out: list[str]) -> None:
        for child in parent:
            name = tag(child)
            if name == "t":
                self._say(foreign(child.text or ""), out)
            elif name in _WRITTEN:
                self._say(_WRITTEN[name], out)
            elif name == "r":
                if not _hidden(child):
                    self._inline(child, out)
            elif name in {"fldChar", "instrText", "fldSimple"}:
                self._field(child, name, out)
            elif name == "hyperlink":
                self._link(child, out)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append(f"{name[:-9]} {value(child, 'id')}")
            elif name == "AlternateContent":
                self._inline(_chosen(child), out)
            elif name == "txbxContent":
                self._boxes.append((child, _low(child)))
            elif name == "sdt":
                if first(child, "sdtPr", "showingPlcHdr") is None:
                    self._inline(child, out)
            elif name and name not in _SKIPPED:
                self._inline(child, out)

    def _say(self, words: str, out: list[str]) -> None:
        if all(each.shown and not _NUMBERING_FIELD.match(each.asks) for each in self._fields):
            out.append(words)

    def _link(self, hyperlink: _Element, out: list[str]) -> None:
        words: list[str] = []
        self._inline(hyperlink, words)
        out.append(self.sheet.link("".join(words), self.targets.get(value(hyperlink, "id") or "", "")))

    def _field(self, element: _Element, name: str, out: list[str]) -> None:
        if name == "instrText":
            if self._fields:
                self._fields[-1].asks += element.text or ""
            return
        if name == "fldSimple":
            if not _NUMBERING_FIELD.match(value(element, "instr") or ""):
                self._inline(element, out)
            return
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            open_field = self._fields[-1]
            open_field.shown, open_field.out, open_field.at = True, out, len(out)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            leads = _HYPERLINK.match(ended.asks)
            if leads and ended.out is out:
                out[ended.at :] = [self.sheet.link("".join(out[ended.at :]), leads[1])]


def numbered(properties: _Element | None) -> tuple[str | None, int]:
    """The list a paragraph says it belongs to, and its level there."""
    level = value(first(properties, "numPr", "ilvl"), "val") or "0"
    return value(first(properties, "numPr", "numId"), "val"), int(level) if level in set("012345678") else 0


def _within(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, through content controls and insertions."""
    for child in parent:
        if tag(child) == wanted:
            yield child
        elif tag(child) in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _within(child, wanted)


def _chosen(alternatives: _Element) -> _Element:
    """The same thing is written twice, for new and for old programs: the first that holds text."""
    held = [child for child in alternatives if tag(child) in {"Choice", "Fallback"}]
    return next((child for child in held if _holds_text(child)), held[0] if held else alternatives)


def _holds_text(element: _Element) -> bool:
    return any(tag(each) == "t" and each.text for each in element.iter())


def _hidden(run: _Element) -> bool:
    vanish = first(run, "rPr", "vanish")
    return vanish is not None and value(vanish, "val") not in {"0", "false", "off"}


def _low(box: _Element) -> bool:
    """Whether a text box hangs in the lower half of its page."""
    anchor = next((each for each in box.iterancestors() if tag(each) in {"anchor", "p"}), None)
    position = first(anchor, "positionV")
    if position is None or value(position, "relativeFrom") not in {"page", "margin"}:
        return False
    offset, aligned = first(position, "posOffset"), first(position, "align")
    if aligned is not None:
        return bool(aligned.text == "bottom")
    written = (offset.text or "").strip() if offset is not None else ""
    return len(written) < 12 and written.isascii() and written.isdigit() and int(written) > _LOW_ON_THE_PAGE
