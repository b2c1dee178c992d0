"""A release opened at a quotation, as HTML: what it is, then its text as it was published.

Lines broken in mid-sentence are joined for reading; no word is changed. Every value is
escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.web import around, sheets, wording
from assistant.web.differences import moment
from assistant.web.messages import Messages
from assistant.web.originals import Original
from store.language import sentences
from store.records import Release, Span
from store.view import Related


@dataclass(frozen=True, slots=True)
class Shown:
    """A release as one reader sees it.

    `quoted` is what to mark (an empty span is only the place to open at), `versions` those
    this reader may see, oldest first, `gone` the number of a version that was asked for and
    is not among them. `withdrawn` is when and why, `drawn` whether its pages can be shown.
    """

    release: Release
    related: Related
    quoted: Span | None = None
    versions: tuple[Release, ...] = ()
    gone: int | None = None
    withdrawn: tuple[datetime, str] | None = None
    original: Original = Original.ABSENT
    drawn: bool = False


def panel(say: Messages) -> Markup:
    """The panel a release opens in, which the page's script fills."""
    step = Markup('<button type="button" class="step" data-step="{}" aria-label="{}" title="{}">{}</button>')
    return Markup(
        '<div class="reader" role="dialog" aria-label="{}" data-loading="{}" hidden><div class="bar">'
        '<div class="steps" hidden>{}<span class="which" data-said="{}"></span>{}</div>'
        '<span class="what">{}</span><button type="button" class="close">{}</button></div>'
        '<div class="leaves" tabindex="-1"></div></div>'
    ).format(
        say("release"),
        say("loading"),
        step.format(-1, say("previous_citation"), say("previous_citation"), "‹"),
        say("which_citation"),
        step.format(1, say("next_citation"), say("next_citation"), "›"),
        say("release"),
        say("close"),
    )


def opened(shown: Shown, say: Messages) -> Markup:
    """The release with what is quoted marked; what was understood of it, and its versions and kin, below."""
    release = shown.release
    return Markup(
        '<article class="opened" data-shown="{}" data-version="{}" data-link="{}" data-cited="{}">'
        "<header>{}</header>{}{}<div class=\"face text\" data-face=\"text\" lang=\"{}\">{}</div>{}{}</article>"
    ).format(
        release.id,
        release.version,
        link(release),
        link(release, shown.quoted),
        _head(shown, say),
        around.doings(release, shown.original, bool(shown.quoted), say),
        _faces(shown, say),
        release.language,
        text(release, shown.quoted, say),
        _sheet(shown),
        around.around(release, shown.related, shown.versions, shown.original, say),
    )  # fmt: skip


def missing(say: Messages) -> Markup:
    """What stands where a release may no longer be read."""
    return Markup('<article class="opened"><h2 tabindex="-1">{}</h2><p class="note">{}</p></article>').format(
        say("gone"), say("gone_advice")
    )


def link(release: Release, quoted: Span | None = None) -> str:
    """The permanent address of a version, or of words quoted from it."""
    place: dict[str, int] = {"version": release.version}
    if quoted:
        place |= {"start": quoted.start, "end": quoted.end}
    return f"/r/{release.id}?{urlencode(place)}"


def _head(shown: Shown, say: Messages) -> Markup:
    release = shown.release
    facts = [release.issuer or "", wording.day(release.published, say), release.place or "", release.rubric or ""]
    last = shown.versions[-1].version if shown.versions else release.version
    more = [
        say("reference", reference=release.reference) if release.reference else "",
        say("version_of", version=release.version, last=last) if last > 1 else "",
    ]
    badge = wording.status(release.status, release.embargo, say)
    return Markup('<h2 tabindex="-1">{}</h2>{}{}{}{}').format(
        wording.title(release.title, say),
        _line("facts", facts),
        _line("facts", more),
        Markup('<p class="badge">{}</p>').format(badge) if badge else "",
        Markup("").join(_notes(shown, last, say)),
    )


def _notes(shown: Shown, last: int, say: Messages) -> list[Markup]:
    """What a reader must know before quoting: withdrawn, not the version in force, corrected, doubted."""
    notes: list[Markup] = []
    if shown.withdrawn is not None:
        when, why = shown.withdrawn
        notes.append(_note(say("withdrawn_on", when=moment(when, say)), say("reason", reason=why) if why else ""))
    if shown.gone is not None:
        notes.append(_note(say("replaced")))
    elif shown.release.version < last:
        newer = around.to_release(shown.release.id, say("read_current"), version=last)
        notes.append(_note(say("not_current", version=shown.release.version, last=last), newer))
    if shown.related.corrected_by:
        by = Markup(", ").join(around.to_entry(entry, say) for entry in shown.related.corrected_by)
        notes.append(_note(say("corrected_since"), by))
    return notes


def _note(words: str, more: str | Markup = "") -> Markup:
    return Markup('<div class="note"><p>{}</p>{}</div>').format(words, Markup("<p>{}</p>").format(more) if more else "")


def _faces(shown: Shown, say: Messages) -> Markup:
    """« Texte » and « Page », where its pages can be shown."""
    if not shown.drawn:
        return Markup("")
    button = Markup('<button type="button" data-shows="{}" aria-pressed="{}">{}</button>')
    return Markup('<div class="faces" role="group" aria-label="{}">{}{}</div>').format(
        say("faces"),
        button.format("text", "true", say("face_text")),
        button.format("page", "false", say("face_page")),
    )


def _sheet(shown: Shown) -> Markup:
    """Where the page's picture is set, by the script, once it is wanted."""
    if not shown.drawn:
        return Markup("")
    release, quoted = shown.release, shown.quoted
    number = (release.page_of(quoted.start) if quoted else None) or 1
    return Markup('<div class="face sheet" data-face="page" data-sheet="{}" hidden></div>').format(
        sheets.address(release, number, quoted)
    )


def text(release: Release, quoted: Span | None, say: Messages) -> Markup:
    """The text in paragraphs, with page numbers where pages begin and `quoted` marked."""
    whole = release.text
    pages = {_first_word(whole, page.start): number for number, page in enumerate(release.pages, start=1)}
    cuts = sorted({*pages, *((quoted.start, quoted.end) if quoted else ())})
    paragraphs: list[list[Markup]] = [[]]
    anchored = False
    for sentence in sentences(whole):
        said = len(sentence.of(whole).rstrip())
        breaks = sentence.of(whole)[said:].count("\n")
        last = sentence.start + said if breaks else sentence.end
        edges = [sentence.start, *(cut for cut in cuts if sentence.start < cut < last), last]
        for start, end in pairwise(edges):
            if start in pages and len(pages) > 1:
                paragraphs[-1].append(Markup('<span class="leaf">{}</span>').format(say("page", page=pages[start])))
            here = quoted is not None and start in quoted
            if quoted is not None and not anchored and (here or start == quoted.start):
                paragraphs[-1].append(Markup('<span id="quoted"></span>'))
                anchored = True
            paragraphs[-1].append(_piece(whole[start:end], here))
        if breaks == 1:
            paragraphs[-1].append(Markup("<br>"))
        elif breaks > 1:
            paragraphs.append([])
    return Markup("").join(_paragraph(pieces) for pieces in paragraphs)


def _first_word(whole: str, start: int) -> int:
    """Where the first word at or after `start` begins."""
    return start + len(whole[start:]) - len(whole[start:].lstrip())


def _paragraph(pieces: list[Markup]) -> Markup:
    words = Markup("").join(pieces[:-1] if pieces and pieces[-1] == "<br>" else pieces).strip()
    return Markup("<p>{}</p>").format(words) if words else Markup("")


def _piece(words: str, marked: bool) -> Markup:
    """Words with their line breaks as blanks; the blank that ends them stays outside the mark."""
    shown = wording.on_one_line(words)
    if not shown:
        return Markup(" ") if words else Markup("")
    before = " " if words[0].isspace() else ""
    after = " " if words[-1].isspace() else ""
    shown = before + shown
    return Markup("<mark>{}</mark>{}").format(shown, after) if marked else Markup("{}{}").format(shown, after)


def _line(name: str, facts: list[str]) -> Markup:
    said = wording.listed(facts)
    return Markup('<p class="{}">{}</p>').format(name, said) if said else Markup("")
