"""Word documents (.docx), read from their own XML.

Text boxes, the first page's header and a foot that holds an address belong to the text;
running heads and page numbers do not. Macros are never looked at. What the properties say
is a guess at most: templates carry it from one release to the next.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from ingest.document import Document, Hints
from ingest.readers.letterpaper import assembled, shown_title, stated_title
from ingest.readers.numbering import numbering
from ingest.readers.packed import Package, first, tag, value
from ingest.readers.sheet import Sheet
from ingest.readers.wordtext import Story, Style, numbered
from store.records import OriginKind, UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx_here(data: bytes, name: str) -> Document:
    """The text of a .docx with its links; a title of style or properties as a guess.

    Raises UnreadableDocument for a file that is locked, damaged, a bomb, or without text.
    """
    package = Package(data, name)
    main = _main_part(package)
    root = package.xml(main)
    body = next((each for each in root.iter() if tag(each) in {"body", "p"}), None)
    if body is None:
        raise UnreadableDocument(name, "not a Word document, whatever its name says")
    sheet = Sheet()
    word = _Word(package, posixpath.dirname(main), sheet)
    story = word.story(main)
    story.take(root if tag(body) == "p" else body)
    head, foot = _edges(word, root, story)
    text, links = assembled(sheet, (story.sheet, story.late), head, _notes(word, story), foot, name)
    doubts = (*package.doubts, *(("contenu incorporé non lu",) if story.unread else ()))
    hints = Hints(title=shown_title(story.titles, story.headings), origin=OriginKind.MASTHEAD)
    guesses = Hints(title=stated_title([*story.titles, *_core_title(package)]), origin=OriginKind.PROPERTIES)
    digest = sha256(data).hexdigest()
    return Document(text, name, MEDIA_TYPE, digest, hints=hints, doubts=doubts, guesses=guesses, links=links)


def _main_part(package: Package) -> str:
    relations = package.optional("_rels/.rels")
    for each in relations if relations is not None else ():
        if (value(each, "Type") or "").endswith("/officeDocument"):
            return (value(each, "Target") or "").lstrip("/")
    return "word/document.xml"


class _Word:
    """The parts of one document that its texts share: styles, lists, and the sheet they are taken down on."""

    def __init__(self, package: Package, folder: str, sheet: Sheet) -> None:
        self.package = package
        self.folder = folder
        self.sheet = sheet
        self._lists = numbering(package.optional(f"{folder}/numbering.xml"))
        self._styles = _styles(package.optional(f"{folder}/styles.xml"))

    def story(self, part: str) -> Story:
        """A text of the document, with the links of its part."""
        folder, file = posixpath.split(part)
        relations = self.package.optional(f"{folder}/_rels/{file}.rels")
        found = () if relations is None else relations
        targets = {value(each, "Id") or "": value(each, "Target") or "" for each in found}
        return Story(self.sheet.inside(), self.sheet.inside(), self._lists, self._styles, targets)


def _styles(root: _Element | None) -> dict[str, Style]:
    styles = {}
    for each in root if root is not None else ():
        if tag(each) == "style":
            named = (value(first(each, "name"), "val") or "").casefold()
            based_on = value(first(each, "basedOn"), "val")
            styles[value(each, "styleId") or ""] = Style(named, based_on, *numbered(first(each, "pPr")))
    return styles


def _edges(word: _Word, root: _Element, body: Story) -> tuple[list[str], list[str]]:
    """What stands above and below the text of the first page."""
    section = next((each for each in root.iter() if tag(each) == "sectPr"), None)
    if section is None:
        return [], []
    wanted = "first" if first(section, "titlePg") is not None else "default"
    edges: dict[str, list[str]] = {"headerReference": [], "footerReference": []}
    for each in section:
        if tag(each) in edges and (value(each, "type") or "default") == wanted:
            target = body.targets.get(value(each, "id") or "", "")
            part = posixpath.normpath(posixpath.join(word.folder, target))
            shown = word.package.optional(part)
            if shown is not None:
                story = word.story(part)
                story.take(shown)
                edges[tag(each)] = [*story.sheet.plain(), *story.late.plain()]
    return edges["headerReference"], edges["footerReference"]


def _notes(word: _Word, body: Story) -> Iterator[str]:
    """Footnotes and endnotes at the end, in the order the text calls them."""
    for kind in ("footnote", "endnote"):
        called = [note for note in body.notes if note.startswith(kind)]
        root = word.package.optional(f"{word.folder}/{kind}s.xml") if called else None
        bodies = {f"{kind} {value(each, 'id')}": each for each in (() if root is None else root)}
        for number, note in enumerate(called, start=1):
            if note in bodies:
                below = word.story(f"{word.folder}/{kind}s.xml")
                below.take(bodies[note])
                yield f"Note {number} : {' '.join(below.sheet.plain())}"


def _core_title(package: Package) -> list[str]:
    title = first(package.optional("docProps/core.xml"), "title")
    return [title.text] if title is not None and title.text else []
