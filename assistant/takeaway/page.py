"""A dossier as HTML: a page that prints well by itself, and a fragment for the clipboard.

Every value is escaped by markupsafe as it is set in. The page loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from markupsafe import Markup

from assistant.takeaway.dossier import Block, Dossier, Kind, Line, Listed, Note, Piece

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: show it."""

_TAGS = {
    Kind.QUESTION: '<h2 class="question">{}</h2>',
    Kind.NONE: '<p class="none">{}</p>',
    Kind.HEADING: '<p class="heading">{}</p>',
    Kind.FACT: '<p class="fact">{}</p>',
    Kind.NOTICE: '<p class="notice">{}</p>',
    Kind.TEXT: "<p>{}</p>",
    Kind.ITEM: "<li>{}</li>",
    Kind.NEAREST: "<li>{}</li>",
}
_LISTS = (Kind.ITEM, Kind.NEAREST)


def page(dossier: Dossier) -> str:
    """The whole page, to be read and printed."""
    banner = Markup('<p class="banner">{}</p>').format(dossier.banner) if dossier.banner else Markup("")
    running = _running(dossier.banner)
    sources = Markup("").join(_source(one, linked=True) for one in dossier.sources)
    listed = Markup('<section class="sources"><h2>{}</h2><ol>{}</ol></section>').format(dossier.heading, sources)
    return str(
        Markup(
            '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" content="{}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
            "<title>{}</title><style>{}{}</style></head>"
            "<body><main>{}<h1>{}</h1>{}{}</main><footer>{}</footer></body></html>\n"
        ).format(
            dossier.language,
            POLICY,
            dossier.title,
            _style(),
            running,
            banner,
            dossier.title,
            _body(dossier.blocks, linked=True),
            listed if dossier.sources else "",
            Markup("").join(Markup("<p>{}</p>").format(line) for line in dossier.colophon),
        )
    )


def clipping(dossier: Dossier) -> str:
    """What is pasted into a letter or a text: plain elements, no classes, no links but those of the sources."""
    banner = Markup("<p><strong>{}</strong></p>").format(dossier.banner) if dossier.banner else Markup("")
    sources = Markup("").join(_source(one, linked=False) for one in dossier.sources)
    listed = Markup("<p><strong>{}</strong></p><ul>{}</ul>").format(dossier.heading, sources)
    return str(
        Markup('<div lang="{}">{}<p><strong>{}</strong></p>{}{}</div>').format(
            dossier.language,
            banner,
            dossier.title,
            _body(dossier.blocks, linked=False),
            listed if dossier.sources else "",
        )
    )


@cache
def _style() -> Markup:
    return Markup((Path(__file__).parent / "page.css").read_text(encoding="utf-8"))


def _running(banner: str) -> Markup:
    """The embargo at the head of every printed page; the first has it in its text."""
    if not banner:
        return Markup("")
    letters = "".join(f"\\{ord(letter):06x} " for letter in banner)
    running = Markup('@page {{ @top-center {{ content: "{}" }} }} @page :first {{ @top-center {{ content: none }} }}')
    return running.format(Markup(letters))


def _body(blocks: Iterable[Block], *, linked: bool) -> Markup:
    """The blocks; items that follow one another are one list."""
    made = Markup("")
    within: Kind | None = None
    for block in blocks:
        if within is not None and block.kind is not within:
            made += Markup("</ul>")
        if block.kind in _LISTS and block.kind is not within:
            made += Markup("<ul>")
        within = block.kind if block.kind in _LISTS else None
        made += Markup(_TAGS[block.kind] if linked else _bare(block.kind)).format(_line(block.line, linked=linked))
    return made + Markup("</ul>") if within is not None else made


def _bare(kind: Kind) -> str:
    if kind in _LISTS:
        return "<li>{}</li>"
    if kind in (Kind.QUESTION, Kind.NONE, Kind.HEADING):
        return "<p><strong>{}</strong></p>"
    return "<p><em>{}</em></p>" if kind in (Kind.FACT, Kind.NOTICE) else "<p>{}</p>"


def _line(line: Line, *, linked: bool) -> Markup:
    return Markup("").join(_piece(piece, linked=linked) for piece in line)


def _piece(piece: Piece, *, linked: bool) -> Markup:
    if piece.notes:
        mark = Markup('<a href="#note-{0}">{0}</a>' if linked else "{0}")
        return Markup("<sup>{}</sup>").format(Markup(", ").join(mark.format(number) for number in piece.notes))
    said = Markup("{}").format(piece.text)
    if piece.language:
        said = Markup('<span lang="{}">{}</span>').format(piece.language, said)
    if piece.url:
        said = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(piece.url, said)
    return Markup("<em>{}</em>").format(said) if piece.italic else said


def _source(listed: Listed, *, linked: bool) -> Markup:
    pages = len({note.page for note in listed.notes}) > 1
    marks = Markup("").join(
        Markup('<p class="mark">{}</p>' if linked else "<p><strong>{}</strong></p>").format(mark)
        for mark in listed.marks
    )
    notes = Markup("").join(_note(note, pages=pages, linked=linked) for note in listed.notes)
    return Markup("<li><p>{}</p>{}{}</li>").format(_line(listed.reference, linked=linked), marks, notes)


def _note(note: Note, *, pages: bool, linked: bool) -> Markup:
    page = Markup("{}\u00a0: ").format(note.page) if pages and note.page else Markup("")
    opening = Markup('<p class="note" id="note-{0}"><span class="number">{0}</span> ' if linked else "<p>[{0}] ")
    return opening.format(note.number) + page + _line(note.words, linked=linked) + Markup("</p>")
