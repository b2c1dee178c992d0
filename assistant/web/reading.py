"""A release opened at a quotation, as HTML: what it is, then its text as it was published.

Lines broken in mid-sentence are joined for reading; no word is changed. Every value is
escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlsplit

from markupsafe import Markup

from assistant.understood import facts
from assistant.web import wording
from assistant.web.messages import Messages
from store.language import sentences
from store.records import Release, Span
from store.view import Related


def opened(release: Release, quoted: Span | None, note: str, related: Related, say: Messages) -> Markup:
    """The release with `quoted` marked (an empty span is only the place to open at).

    `note` is set above the text where there is something to say of it; what was understood
    of it is folded away below.
    """
    facts = [release.issuer or "", wording.day(release.published, say), release.place or "", release.rubric or ""]
    more = [
        say("reference", reference=release.reference) if release.reference else "",
        say("version", version=release.version) if release.version > 1 else "",
    ]
    badge = wording.status(release.status, release.embargo, say)
    return Markup('<h2 tabindex="-1">{}</h2>{}{}{}{}{}<div class="text" lang="{}">{}</div>{}').format(
        wording.title(release.title, say),
        _line("facts", facts),
        _line("facts", more),
        Markup('<p class="badge">{}</p>').format(badge) if badge else "",
        _original(release.url, say),
        Markup('<p class="note">{}</p>').format(note) if note else "",
        release.language,
        text(release, quoted, say),
        _understood(release, related, say),
    )


def missing(say: Messages) -> Markup:
    """What stands where a release may no longer be read."""
    return Markup('<h2 tabindex="-1">{}</h2><p class="note">{}</p>').format(say("gone"), say("gone_advice"))


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


def _understood(release: Release, related: Related, say: Messages) -> Markup:
    """Every field read in the release, where it was read, and the doubts."""
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}{}</dd>").format(
            fact.field, fact.value, Markup(' <span class="origin">{}</span>').format(fact.origin) if fact.origin else ""
        )
        for fact in facts(release, related, say.language)
    )
    return Markup('<details class="facts-read"><summary>{}</summary><dl>{}</dl></details>').format(
        say("understood"), rows
    )


def _line(name: str, facts: list[str]) -> Markup:
    said = wording.listed(facts)
    return Markup('<p class="{}">{}</p>').format(name, said) if said else Markup("")


def _original(url: str | None, say: Messages) -> Markup:
    """A link to the publication, where its address is one a browser may safely follow."""
    try:
        followed = urlsplit(url or "").scheme in ("http", "https")
    except ValueError:
        followed = False
    if not followed:
        return Markup("")
    link = Markup('<p class="facts"><a href="{}" target="_blank" rel="noopener noreferrer">{}</a></p>')
    return link.format(url, say("original"))
