"""A dossier as Markdown with footnotes (`[^1]`), every character of it taken as text.

CommonMark with the footnotes of GitHub and Pandoc. Runs through no HTML: what looks like a
tag is written as entities.
"""

from __future__ import annotations

import re

from assistant.takeaway.dossier import Dossier, Kind, Line, Listed, Note, Piece

_SPECIAL = re.compile(r"[\\`*_{}\[\]~|$^#]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^(\d*)([-+=:.)])")
_BEFORE = {Kind.QUESTION: "## ", Kind.NONE: "**", Kind.HEADING: "**", Kind.NOTICE: "> ", Kind.ITEM: "- ",
           Kind.NEAREST: "- ", Kind.FACT: "*"}  # fmt: skip
_AFTER = {Kind.NONE: "**", Kind.HEADING: "**", Kind.FACT: "*"}
_LISTS = (Kind.ITEM, Kind.NEAREST)


def markdown(dossier: Dossier) -> str:
    """The text, its lines ended by line feeds."""
    parts = [f"# {escaped(dossier.title)}"]
    if dossier.banner:
        parts.append(f"> **{escaped(dossier.banner)}**")
    for number, block in enumerate(dossier.blocks):
        line = _BEFORE.get(block.kind, "") + _line(block.line) + _AFTER.get(block.kind, "")
        together = block.kind in _LISTS and number and dossier.blocks[number - 1].kind is block.kind
        if together:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    if dossier.sources:
        parts += [f"## {escaped(dossier.heading)}", "\n".join(_source(one) for one in dossier.sources)]
    parts.append(f"*{escaped(' '.join(dossier.colophon))}*")
    parts += [_note(note) for note in dossier.notes]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text without meaning for Markdown, HTML or a template, wherever it stands in a line."""
    said = re.sub(r"[&<>]", lambda found: _ENTITIES[found[0]], text)
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", said)


def _line(line: Line) -> str:
    """The words; what would begin a list, a rule or a heading begins nothing."""
    return _LEADING.sub(r"\1\\\2", "".join(_piece(piece) for piece in line))


def _piece(piece: Piece) -> str:
    if piece.notes:
        return "".join(f"[^{number}]" for number in piece.notes)
    if piece.url:
        return f"<{piece.url}>"
    said = escaped(piece.text)
    return f"*{said}*" if piece.italic and said else said


def _source(listed: Listed) -> str:
    marks = "".join(f" **{escaped(mark)}**" for mark in listed.marks)
    return f"- {_line(listed.reference)}{marks}"


def _note(note: Note) -> str:
    place = (Piece(f", {note.page}"),) if note.page else ()
    words = (Piece("\u00a0: "), *note.words) if note.words else ()
    return f"[^{note.number}]: {_line((*note.short, *place, *words, Piece(note.stop)))}"
