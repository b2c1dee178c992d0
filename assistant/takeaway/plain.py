"""A dossier as plain text: marks in brackets, sources below, each with the words that were cited."""

from __future__ import annotations

from assistant.takeaway.dossier import Dossier, Kind, Line, Listed, Note, words_of

_BEFORE = {Kind.ITEM: "– ", Kind.NEAREST: "– ", Kind.QUESTION: "— "}


def plain(dossier: Dossier) -> str:
    """The text, its lines ended by line feeds."""
    parts = [dossier.title]
    if dossier.banner:
        parts.append(f"*** {dossier.banner} ***")
    for number, block in enumerate(dossier.blocks):
        line = _BEFORE.get(block.kind, "") + _marked(block.line)
        before = dossier.blocks[number - 1].kind if number else None
        if block.kind in (Kind.ITEM, Kind.NEAREST, Kind.FACT) and before is block.kind:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    if dossier.sources:
        parts.append(dossier.heading)
        parts += [_source(one) for one in dossier.sources]
    return "\n\n".join([*parts, " ".join(dossier.colophon)]).rstrip() + "\n"


def _marked(line: Line) -> str:
    """The words, each mark in brackets behind what rests on it."""
    said = ""
    for piece in line:
        said += piece.text or " " + " ".join(f"[{number}]" for number in piece.notes)
    return said


def _source(listed: Listed) -> str:
    lines = [words_of(listed.reference), *(f"    ! {mark}" for mark in listed.marks)]
    return "\n".join([*lines, *(f"    {cited(note, listed)}" for note in listed.notes)])


def cited(note: Note, listed: Listed) -> str:
    """« [1] p. 2 : « … » »; the page where the source has several."""
    page = note.page if len({one.page for one in listed.notes}) > 1 else ""
    return f"[{note.number}] " + "\u00a0: ".join(part for part in (page, words_of(note.words)) if part)
