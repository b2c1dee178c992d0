"""Footnotes of a Word file, which python-docx has none of: the part, its styles, the marks that lead to it.

WordprocessingML only (ECMA-376, 17.11). Knows nothing of dossiers.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Pt
from lxml import etree

TEXT_STYLE, MARK_STYLE = "footnote text", "footnote reference"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_BEFORE_FOOTNOTES = ("footnotePr", "endnotePr", "compat")
"""In the settings, `footnotePr` stands before the last two of these (17.15.1)."""


class Footnotes:
    """The footnotes of one document, added one by one and put into it at the end (`close`)."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = parse_xml(f'<w:footnotes xmlns:w="{_W}"/>')
        self._known: set[int] = set()
        for kind, number in _SEPARATORS:
            self._root.append(_separator(kind, number))
        self._styles = _styles(document)

    def mark(self, paragraph: Any, number: int) -> bool:
        """The mark of footnote `number` at the end of a paragraph; False where it refers to the first."""
        if number in self._known:
            paragraph._p.append(_reference_again(number))
            return False
        self._known.add(number)
        run = paragraph.add_run()
        run._r.style = self._styles[MARK_STYLE]
        run._r.append(_element("w:footnoteReference", id=number))
        _bookmarked(run._r, number)
        return True

    def add(self, number: int, runs: list[Any]) -> None:
        """The text of footnote `number`, as runs (`w:r`)."""
        note = _element("w:footnote", id=number)
        paragraph = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(_element("w:pStyle", val=self._styles[TEXT_STYLE]))
        mark, blank = OxmlElement("w:r"), OxmlElement("w:r")
        style = OxmlElement("w:rPr")
        style.append(_element("w:rStyle", val=self._styles[MARK_STYLE]))
        mark.extend([style, OxmlElement("w:footnoteRef")])
        blank.append(_text("\u00a0"))
        paragraph.extend([properties, mark, blank, *runs])
        note.append(paragraph)
        self._root.append(note)

    def close(self) -> None:
        """Put them into the document, where there are any."""
        if not self._known:
            return
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob, self._document.part.package)
        self._document.part.relate_to(part, _RELATION)
        _settle(self._document.settings.element)


def run_of(text: str, *, italic: bool = False, language: str | None = None) -> Any:
    """A run of a footnote; the properties in the order of the schema."""
    run = OxmlElement("w:r")
    if italic or language:
        properties = OxmlElement("w:rPr")
        if italic:
            properties.append(OxmlElement("w:i"))
        if language:
            properties.append(_element("w:lang", val=language))
        run.append(properties)
    run.append(_text(text))
    return run


def _separator(kind: str, number: int) -> Any:
    note = _element("w:footnote", type=kind, id=number)
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    run.append(OxmlElement(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _bookmarked(run: Any, number: int) -> None:
    start = _element("w:bookmarkStart", id=number, name=f"_Note{number}")
    run.addprevious(start)
    run.addnext(_element("w:bookmarkEnd", id=number))


def _reference_again(number: int) -> Any:
    """A field that shows the number of a footnote called before, and follows it when notes are added."""
    field = _element("w:fldSimple", instr=f" NOTEREF _Note{number} \\f \\h ")
    run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
    properties.append(_element("w:rStyle", val="FootnoteReference"))
    run.extend([properties, _text(str(number))])
    field.append(run)
    return field


def _settle(settings: Any) -> None:
    """Tell the settings which footnotes are the separators."""
    properties = OxmlElement("w:footnotePr")
    for _, number in _SEPARATORS:
        properties.append(_element("w:footnote", id=number))
    after = next(child for child in settings if child.tag in {qn(f"w:{name}") for name in _BEFORE_FOOTNOTES})
    after.addprevious(properties)


def _styles(document: Document) -> dict[str, str]:
    """Adds the styles of footnotes; gives their ids."""
    styles: Any = document.styles
    text = styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    text.paragraph_format.line_spacing = 1.0
    mark = styles.add_style(MARK_STYLE, WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    ids = {TEXT_STYLE: "FootnoteText", MARK_STYLE: "FootnoteReference"}
    text.element.set(qn("w:styleId"), ids[TEXT_STYLE])
    mark.element.set(qn("w:styleId"), ids[MARK_STYLE])
    for style in (text, mark):
        style.element.attrib.pop(qn("w:customStyle"), None)  # they are Word's own
    return ids


def _text(text: str) -> Any:
    element = OxmlElement("w:t")
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _element(tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element
