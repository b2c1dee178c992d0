"""What journalists asked, as HTML: one question a line, with what became of it and what can be done.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor how questions are gathered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.gathered import Asked, Fate, Gathered
from assistant.web import wording
from assistant.web.messages import Messages, typeset
from store.entries import State
from store.view import Entry

PERIODS = ("weekend", "week", "month", "quarter")
"""Since when: Friday evening, or so many days."""
CITED = 5
"""Releases of a question that its line names."""
VARIANTS = 30
"""Wordings of a question that its line unfolds."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the questions: those shown, from `first` of `total`; `titles` are releases that may be named."""

    asked: Sequence[Asked]
    first: int
    total: int
    most: int
    period: str
    waiting: bool
    titles: Mapping[str, Entry]


def section(gathered: Gathered, sheet: Sheet, writes: bool, say: Messages) -> Markup:
    """Which to show, the questions, and what was left out; `writes` where the visitor may prepare answers."""
    notes = []
    if gathered.left:
        notes.append(
            Markup('<p class="busy" role="status">{}</p>').format(say.counted("gather_reading", gathered.left))
        )
    if gathered.idle:
        notes.append(Markup('<p class="hint">{}</p>').format(say.counted("gather_idle", gathered.idle)))
    if gathered.cut:
        notes.append(Markup('<p class="hint">{}</p>').format(say("gather_cut")))
    return Markup('<p class="hint">{}</p>{}<div class="sheet" data-left="{}">{}{}</div>').format(
        say("gather_hint"), _which(sheet, say), gathered.left, _listed(sheet, writes, say), Markup("").join(notes)
    )


def off(say: Messages) -> Markup:
    """What stands there where no answers are kept."""
    return Markup('<p class="nothing">{}</p>').format(say("gather_off"))


def _which(sheet: Sheet, say: Messages) -> Markup:
    periods = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(one, _selected(one == sheet.period), say(f"gather_{one}"))
        for one in PERIODS
    )
    states = Markup("").join(
        Markup('<button type="button" data-only="{}" aria-pressed="{}">{}</button>').format(
            value, str(sheet.waiting is waiting).lower(), say(key)
        )
        for key, value, waiting in (("gather_all", "", False), ("gather_waiting", "waiting", True))
    )
    return Markup(
        '<div class="which"><label>{} <select name="since">{}</select></label>'
        '<span role="group" aria-label="{}">{}</span></div>'
    ).format(say("gather_since"), periods, say("gather_which"), states)


def _selected(chosen: bool) -> Markup:
    return Markup(" selected") if chosen else Markup("")


def _listed(sheet: Sheet, writes: bool, say: Messages) -> Markup:
    if not sheet.asked:
        words = say("gather_empty_waiting") if sheet.waiting else say("gather_empty")
        return Markup('<p class="nothing">{}</p>').format(words)
    rows = Markup("").join(row(one, sheet.titles, writes, say) for one in sheet.asked)
    return Markup('<p class="count" role="status">{}</p><div class="asked-list">{}</div>{}').format(
        say.counted("gather_count", sheet.total), rows, pages(sheet.first, sheet.total, sheet.most, say)
    )


def row(one: Asked, titles: Mapping[str, Entry], writes: bool, say: Messages) -> Markup:
    """One question: how it was put, what became of it, and what can be done."""
    local = one.last.astimezone(wording.PARIS)
    last = say("gather_last", day=wording.day(local.date(), say), time=wording.time(local, say))
    facts = [say.counted("gather_put", one.count), last]
    if one.days > 1:
        facts.insert(1, say.counted("gather_days", one.days))
    unanswered = one.fates.get(Fate.UNANSWERED, 0)
    if 0 < unanswered < one.count:
        facts.append(say("gather_partly", count=say.number(unanswered)))
    return Markup(
        '<article class="asked {}" data-question="{}"><h3>{}</h3><p class="facts"><strong class="badge">{}</strong> {}'
        "</p>{}{}{}{}</article>"
    ).format(
        "waits" if one.waits else one.fate.value,
        one.question,
        typeset(one.question),
        say(f"gather_{one.fate.value}"),
        wording.listed(facts),
        _variants(one, say),
        _cited(one, titles, say),
        _left(one, say),
        _acts(one, writes, say),
    )


def _variants(one: Asked, say: Messages) -> Markup:
    if not one.variants:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(typeset(each)) for each in one.variants[:VARIANTS])
    more = Markup("<li>…</li>") if len(one.variants) > VARIANTS else Markup("")
    return Markup('<details class="variants"><summary>{}</summary><ul>{}{}</ul></details>').format(
        say.counted("gather_variants", len(one.variants)), items, more
    )


def _cited(one: Asked, titles: Mapping[str, Entry], say: Messages) -> Markup:
    named = [titles[each] for each in one.releases if each in titles][:CITED]
    if not named:
        return Markup("")
    buttons = Markup(", ").join(opener(each, say) for each in named)
    return Markup('<p class="cited">{} {}</p>').format(say("gather_cited"), buttons)


def opener(entry: Entry, say: Messages) -> Markup:
    """A release's title, which opens it."""
    return Markup('<button type="button" class="link" data-release="{}">{}</button>').format(
        entry.id, typeset(wording.title(entry.title, say))
    )


def _left(one: Asked, say: Messages) -> Markup:
    if not one.enquiries:
        return Markup("")
    return Markup('<p class="left"><a href="#press?view=enquiries">{}</a></p>').format(
        say.counted("gather_left", len(one.enquiries))
    )


def _acts(one: Asked, writes: bool, say: Messages) -> Markup:
    if one.entry is not None:
        words = say("gather_open") if one.entry.state is State.APPROVED else say("gather_draft")
        link = Markup('<p class="acts"><a class="act" href="#press?view=entries&amp;entry={}">{}</a></p>')
        return link.format(one.entry.id, words)
    if not writes:
        return Markup("")
    return Markup(
        '<p class="acts"><button type="button" class="propose" data-busy="{}" aria-label="{}">{}</button></p>'
        '<div class="said" role="alert"></div>'
    ).format(
        say("gather_proposing"),
        say("gather_propose_it", question=typeset(one.question)),
        say("gather_propose"),
    )


def pages(first: int, total: int, most: int, say: Messages) -> Markup:
    """Which page this is, and the pages beside; nothing where all is on one."""
    count = -(-total // most)
    if count <= 1:
        return Markup("")
    here = first // most

    def step(to: int, words: str) -> Markup:
        if not 0 <= to < count:
            return Markup("")
        return Markup('<button type="button" data-from="{}">{}</button>').format(to * most, words)

    told = say("shelf_page", page=say.number(here + 1), pages=say.number(count))
    return Markup('<p class="acts pages">{}<span>{}</span>{}</p>').format(
        step(here - 1, say("shelf_before")), told, step(here + 1, say("shelf_after"))
    )
