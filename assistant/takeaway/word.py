"""A dossier as a Word file: headings, paragraphs, footnotes with the words cited, the list of sources.

Imports python-docx, so import this module only to make one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.takeaway.dossier import Dossier, Kind, Line, Note, Piece
from assistant.takeaway.footnotes import Footnotes, run_of
from assistant.takeaway.references import together
from assistant.web.messages import Messages

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LOCALES = {"fr": "fr-FR", "en": "en-GB", "de": "de-DE", "it": "it-IT"}
_STYLES = {
    Kind.QUESTION: "Heading 1",
    Kind.NONE: "Heading 2",
    Kind.HEADING: "Heading 2",
    Kind.FACT: "take_style_fact",
    Kind.NOTICE: "take_style_notice",
    Kind.TEXT: "Normal",
    Kind.ITEM: "List Bullet",
    Kind.NEAREST: "List Bullet",
}
_GREY, _RED, _INK = RGBColor(0x55, 0x55, 0x55), RGBColor(0x8A, 0x1C, 0x1C), RGBColor(0x1A, 0x1A, 0x1A)
_LONGEST_TITLE = 255
"""Characters of a title among the properties of a file (python-docx refuses more)."""


def word(dossier: Dossier, made: datetime) -> bytes:
    """The file's bytes; `made` (with its time zone) is when the dossier was."""
    document, say = docx.Document(), Messages(dossier.language)
    _prepare(document, dossier, made, say)
    sheet = _Sheet(document, dossier.notes)
    styles = {kind: say(name) if name.startswith("take_") else name for kind, name in _STYLES.items()}
    if dossier.banner:
        sheet.add(say("take_style_banner"), (Piece(dossier.banner),))
    sheet.add("Title", (Piece(dossier.title),))
    for block in dossier.blocks:
        sheet.add(styles[block.kind], block.line)
    if dossier.sources:
        sheet.add("Heading 1", (Piece(dossier.heading),))
        for one in dossier.sources:
            paragraph = sheet.add(say("take_style_reference"), one.reference)
            for mark in one.marks:
                paragraph.add_run(f" {mark}").bold = True
            paragraph.add_run(f" {_numbers(one.notes, say)}")
    for line in dossier.colophon:
        sheet.add(say("take_style_colophon"), (Piece(line),))
    sheet.notes.close()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Sheet:
    """The document as it is filled. Styles are set by their ids: python-docx looks each name up anew."""

    def __init__(self, document: Document, notes: Iterable[Note]) -> None:
        self.document = document
        self.notes = Footnotes(document)
        self._known = {note.number: note for note in notes}
        styles: Any = document.styles
        self._ids = {style.name: style.style_id for style in styles}

    def add(self, style: str, line: Line) -> Paragraph:
        """A paragraph behind the others."""
        body: Any = self.document.element.body
        element = body.add_p()
        element.style = self._ids[style]
        paragraph = Paragraph(element, self.document._body)
        for piece in line:
            self._put(paragraph, piece)
        return paragraph

    def _put(self, paragraph: Paragraph, piece: Piece) -> None:
        for place, number in enumerate(piece.notes):
            if place:
                paragraph.add_run(", ").font.superscript = True
            if self.notes.mark(paragraph, number):
                self.notes.add(number, _runs(self._known[number]))
        if piece.url:
            paragraph._p.append(_link(self.document, piece))
        elif piece.text:
            run = paragraph.add_run(piece.text)
            run.italic = True if piece.italic else None
            _speak(run._r, piece.language)


def _runs(note: Note) -> list[Any]:
    line = [*note.short, *([Piece(f", {note.page}")] if note.page else [])]
    line += [Piece("\u00a0: "), *note.words] if note.words else []
    pieces = [*line, *([Piece(note.stop)] if note.stop else [])]
    return [run_of(piece.text, italic=piece.italic, language=_locale(piece.language)) for piece in pieces]


def _numbers(notes: tuple[Note, ...], say: Messages) -> str:
    """« Notes 1 et 3. »"""
    told = together([str(note.number) for note in notes], say)
    return say("take_note_one" if len(notes) == 1 else "take_note_many", numbers=told) + "."


def _link(document: Document, piece: Piece) -> Any:
    link, run = OxmlElement("w:hyperlink"), run_of(piece.text)
    properties = run.get_or_add_rPr()
    underline = OxmlElement("w:u")
    underline.set(qn("w:val"), "single")
    properties.append(underline)
    link.set(qn("r:id"), document.part.relate_to(piece.url or "", RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run)
    return link


def _prepare(document: Document, dossier: Dossier, made: datetime, say: Messages) -> None:
    _properties(document, dossier, made)
    _style(document, say)
    locale = _locale(dossier.language) or _LOCALES["fr"]
    root: Any = document.styles.element
    for spoken in root.iter(qn("w:lang")):
        spoken.set(qn("w:val"), locale)
    settings: Any = document.settings.element
    for spoken in settings.iter(qn("w:themeFontLang")):
        spoken.set(qn("w:val"), locale)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    if dossier.banner:
        head = section.header.paragraphs[0]
        run = head.add_run(dossier.banner)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(9), _RED
    _page_number(section.footer.paragraphs[0])


def _properties(document: Document, dossier: Dossier, made: datetime) -> None:
    """The title and the day; nobody's name, not even the library's."""
    told = document.core_properties
    told.title, told.language = dossier.title[:_LONGEST_TITLE], _locale(dossier.language) or ""
    told.author = told.comments = told.last_modified_by = told.keywords = told.subject = told.category = ""
    told.created = told.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.revision = 1
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]  # the picture of an empty page


def _style(document: Document, say: Messages) -> None:
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(11), _INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(7), 1.25
    for name, size, before in (("Title", 20, 0), ("Heading 1", 14, 22), ("Heading 2", 11.5, 12)):
        style = styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, _INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
    for name, size, colour, before in (
        ("fact", 9.5, _GREY, 0), ("notice", 10.5, _INK, 6), ("reference", 10, _INK, 0),
        ("colophon", 8.5, _GREY, 0), ("banner", 11, _RED, 0),
    ):  # fmt: skip
        style = styles.add_style(say(f"take_style_{name}"), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.font.bold = True if name == "banner" else None
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(3 if name in ("fact", "colophon") else 7)
    styles[say("take_style_notice")].paragraph_format.left_indent = Cm(0.6)
    hanging = styles[say("take_style_reference")].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Cm(0.8), Cm(-0.8)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = 1
    for field in ("PAGE", "NUMPAGES"):
        if field == "NUMPAGES":
            paragraph.add_run("\u00a0/\u00a0").font.size = Pt(8.5)
        shown = OxmlElement("w:fldSimple")
        shown.set(qn("w:instr"), f" {field} ")
        shown.append(run_of("1"))
        paragraph._p.append(shown)


def _speak(run: Any, language: str | None) -> None:
    locale = _locale(language)
    if locale is not None:
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), locale)
        run.get_or_add_rPr().append(spoken)


def _locale(language: str | None) -> str | None:
    return _LOCALES.get(language or "")
