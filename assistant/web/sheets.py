"""A page of the document as it came, as HTML: its picture, the cited words marked on it, the pages beside it.

The marks are drawn over the picture, which stays the same whatever is cited. Every value is
escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from assistant.facsimile.facsimiles import WIDTHS
from assistant.facsimile.pages import Asked, Marks
from assistant.web.messages import Messages
from store.records import Release, Span

NEIGHBOURS = 90
"""Characters before and after the cited words that tell which of several places is meant."""


def asked_on(release: Release, number: int, quoted: Span | None) -> Asked:
    """What of the cited words stands on page `number`, by the release's own pages, and what stands around it."""
    pages = release.pages or (Span(0, len(release.text)),)
    if quoted is None or (release.pages and number > len(pages)):
        return Asked("")
    page = pages[min(number, len(pages)) - 1]
    start, end = max(page.start, quoted.start), min(page.end, quoted.end)
    if start >= end:
        return Asked("")
    text = release.text
    return Asked(
        text[start:end],
        text[max(page.start, start - NEIGHBOURS) : start],
        text[end : min(page.end, end + NEIGHBOURS)],
    )


def sheet(release: Release, number: int, quoted: Span | None, marks: Marks, say: Messages) -> Markup:
    """Page `number` of the document, with what is cited marked on it where it was found."""
    asked = asked_on(release, number, quoted)
    picture = f"/room/release/{release.id}/page/{number}.jpg"
    small, large = (f"{picture}?{urlencode({'version': release.version, 'width': width})}" for width in WIDTHS)
    return Markup(
        '<div class="turning">{}<p role="status">{}</p>{}'
        '<button type="button" class="plain zoom" aria-pressed="false">{}</button></div>'
        '<figure><div class="paper" tabindex="0" role="group" aria-label="{}"><div class="drawn">'
        '<img src="{}" data-large="{}" width="{}" height="{}" alt="{}">{}</div></div>'
        "<figcaption>{}</figcaption></figure>"
    ).format(
        _turn(release, number - 1, quoted, marks, say("previous_page"), "‹"),
        say("sheet_of", page=number, pages=marks.pages),
        _turn(release, number + 1, quoted, marks, say("next_page"), "›"),
        say("zoom"),
        say("page_picture", page=number),
        small,
        large,
        WIDTHS[0],
        round(WIDTHS[0] / marks.ratio),
        say("page_alternative", page=number),
        _marked(marks),
        _caption(release, asked, number, quoted, marks, say),
    )


def undrawable(say: Messages) -> Markup:
    """What stands where a page cannot be shown."""
    return Markup('<p class="note">{}</p>').format(say("undrawable"))


def address(release: Release, number: int, quoted: Span | None) -> str:
    """Where the page's fragment is fetched from."""
    place: dict[str, int] = {"version": release.version}
    if quoted is not None:
        place |= {"start": quoted.start, "end": quoted.end}
    return f"/room/release/{release.id}/sheet/{number}?{urlencode(place)}"


def _turn(release: Release, number: int, quoted: Span | None, marks: Marks, words: str, sign: str) -> Markup:
    there = 1 <= number <= marks.pages
    return Markup('<button type="button" class="step" data-turn="{}" aria-label="{}" title="{}"{}>{}</button>').format(
        address(release, number, quoted), words, words, Markup("") if there else Markup(" disabled"), sign
    )


def _marked(marks: Marks) -> Markup:
    """The marks in a drawing as wide and high as the picture, in thousandths."""
    if not marks.boxes:
        return Markup("")
    rectangles = Markup("").join(
        Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"></rect>').format(
            1000 * left, 1000 * top, 1000 * (right - left), 1000 * (bottom - top)
        )
        for left, top, right, bottom in marks.boxes
    )
    return Markup('<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        rectangles
    )


def _caption(
    release: Release, asked: Asked, number: int, quoted: Span | None, marks: Marks, say: Messages
) -> str | Markup:
    """Whether the cited words are marked here, and if not, why or where they are."""
    if quoted is None or not quoted:
        return ""
    if not asked.quote.strip():
        return _elsewhere(release, quoted, say)
    if marks.boxes:
        beyond = release.page_of(quoted.end - 1)
        goes_on = beyond is not None and beyond > number
        return say("marked_goes_on", page=beyond) if goes_on else say("marked")
    return say("scanned") if marks.scanned else say("not_marked")


def _elsewhere(release: Release, quoted: Span, say: Messages) -> Markup:
    page = release.page_of(quoted.start) or 1
    return Markup('<button type="button" class="plain" data-turn="{}">{}</button>').format(
        address(release, page, quoted), say("cited_elsewhere", page=page)
    )
