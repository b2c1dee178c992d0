"""What the press will read of a curated answer, as HTML; and why it cannot stand so.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from assistant.web import wording
from assistant.web.amending import failed
from assistant.web.asked import opener
from assistant.web.entry import edition
from assistant.web.messages import Messages
from store.entries import BadEntry, Draft, Entry, State
from store.inventory import Kept
from store.records import Status


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry with the releases it rests on and the sentence that is quoted of each, by their ids.

    `hindrance` says why it cannot be approved, "" where it can.
    """

    entry: Entry
    known: Mapping[str, Kept]
    quotes: Mapping[str, str]
    hindrance: str = ""


def public(one: Reviewed, say: Messages) -> Markup:
    """Word for word, with its sources, and the button that approves it."""
    entry, known, hindrance = one.entry, one.known, one.hindrance
    day = wording.day(entry.changed.astimezone(wording.PARIS).date(), say)
    sources = Markup("").join(
        _source(known.get(release_id), one.quotes.get(release_id, ""), say) for release_id, _ in entry.releases
    )
    approve = Markup("")
    if hindrance:
        approve = Markup('<p class="hinders" role="alert"><strong>{}</strong> {}</p>').format(
            say("entry_cannot"), hindrance
        )
    elif entry.state is State.DRAFT:
        approve = Markup(
            '<div class="said" role="alert"></div><p class="acts"><button type="button" class="main" '
            'data-act="approve" data-edition="{}">{}</button></p>'
        ).format(edition(entry), say("entry_approve"))
    return Markup(
        '<section class="what-is-read" aria-labelledby="what-is-read"><h3 id="what-is-read" tabindex="-1">{}</h3>'
        '<article lang="{}"><h4>{}</h4>{}<p class="facts">{}</p><h5>{}</h5><ul>{}</ul></article>{}{}</section>'
    ).format(
        say("entry_public"),
        entry.language,
        entry.question,
        _paragraphs(entry.answer, say),
        say("entry_public_by", day=day),
        say("entry_sources"),
        sources or Markup("<li>{}</li>").format(say.counted("entry_rests", 0)),
        _embargo(entry, known, say),
        approve,
    )


def _paragraphs(text: str, say: Messages) -> Markup:
    """The words as they are, paragraphs and lines kept."""
    if not text:
        return Markup('<p class="nothing">{}</p>').format(say("entry_nothing"))
    return Markup("").join(Markup('<p class="paragraph">{}</p>').format(one) for one in text.split("\n\n"))


def _source(known: Kept | None, quote: str, say: Messages) -> Markup:
    if known is None:
        return Markup("<li>{}</li>").format(say("entry_release_gone"))
    entry = known.entry
    told = [entry.issuer or "", wording.day(entry.published, say)]
    if entry.reference:
        told.append(say("reference", reference=entry.reference))
    if entry.status is not Status.PUBLISHED:
        told.append(wording.status(entry.status, known.embargo, say) or "")
    quoted = Markup('<blockquote lang="{}">{}</blockquote>').format(entry.language, quote) if quote else Markup("")
    return Markup('<li>{} <span class="facts">{}</span>{}</li>').format(
        opener(entry, say), wording.listed(told), quoted
    )


def _embargo(entry: Entry, known: Mapping[str, Kept], say: Messages) -> Markup:
    later = [one.embargo for each, _ in entry.releases if (one := known.get(each)) is not None
             and one.entry.status is Status.EMBARGOED and one.embargo is not None]  # fmt: skip
    if not later:
        return Markup("")
    local = max(later).astimezone(wording.PARIS)
    words = say("entry_waits", day=wording.day(local.date(), say), time=wording.time(local, say))
    return Markup('<p class="fell">{}</p>').format(words)


def refusal(error: BadEntry, say: Messages) -> str:
    """Why an entry cannot stand so, in the visitor's words."""
    if error.reason == "empty":
        return say(f"entry_bad_empty_{'answer' if error.field == 'answer' else 'question'}")
    if error.reason == "changed":
        return say("entry_changed_release")
    known = ("long", "many", "language", "twice", "releases", "unknown", "gone", "corrected", "expired", "date")
    if error.reason not in known:
        return wording.told(str(error))
    field = (
        say(f"entry_{error.field}") if error.field in ("question", "variants", "answer", "releases") else error.field
    )
    return say(f"entry_bad_{error.reason}", field=field)


def refused(error: BadEntry, say: Messages) -> Markup:
    return failed(refusal(error, say))


def conflict(theirs: Entry, mine: Draft, say: Messages) -> Markup:
    """Somebody changed it meanwhile: their version, and how to go on with one or the other."""
    local = theirs.changed.astimezone(wording.PARIS)
    name = say("judge_here").capitalize() if theirs.by in ("", "local") else wording.on_one_line(theirs.by)
    words = say("entry_changed_by", name=name, day=wording.day(local.date(), say), time=wording.time(local, say))
    if _says(theirs) == _says(mine):
        words = say("entry_changed_release")
    return Markup(
        '<div class="note failed conflict"><p>{}</p><details open><summary>{}</summary><div lang="{}"><h4>{}</h4>'
        '{}</div></details><p class="acts"><button type="button" data-act="mine" data-edition="{}">{}</button>'
        '<button type="button" data-act="theirs">{}</button></p></div>'
    ).format(
        words,
        say("entry_theirs"),
        theirs.language,
        theirs.question,
        _paragraphs(theirs.answer, say),
        edition(theirs),
        say("entry_keep_mine"),
        say("entry_take_theirs"),
    )


def _says(one: Entry | Draft) -> tuple[object, ...]:
    return one.question, one.variants, one.answer
