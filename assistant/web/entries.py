"""The curated answers as a list, as HTML: what became of each first, then its question.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor the catalogue.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.web import wording
from assistant.web.asked import pages
from assistant.web.messages import Messages, typeset
from store.entries import Entry, Standing, State
from store.folding import fold

STATES = ("fallen", "draft", "answering", "waiting", "expired")
"""What an entry is to whoever keeps it; "fallen": a draft again, because of a release."""

LOOK_AGAIN = ("fallen", "expired")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the list, from entry `first` of `total`; of those `hidden` (ids) the visitor reads no text."""

    entries: Sequence[Entry]
    first: int
    total: int
    most: int
    words: str = ""
    state: str = ""
    hidden: Collection[str] = ()


def state_of(entry: Entry) -> str:
    """One of STATES."""
    if entry.state is State.DRAFT:
        return "draft" if entry.fallen is None else "fallen"
    return {Standing.WAITING: "waiting", Standing.EXPIRED: "expired"}.get(entry.standing, "answering")


def chosen(entries: Sequence[Entry], words: str, state: str, hidden: Collection[str] = ()) -> list[Entry]:
    """Those of a state that hold all of these words, what is to be looked at again first, then the last changed.

    Of those `hidden` only the question is searched.
    """
    wanted = fold(words).split()
    fitting = [
        one
        for one in entries
        if (not state or state_of(one) == state)
        and (not wanted or all(word in _held(one, one.id in hidden) for word in wanted))
    ]
    return sorted(fitting, key=lambda one: (state_of(one) not in LOOK_AGAIN, -one.changed.timestamp(), one.id))


def _held(one: Entry, hidden: bool) -> str:
    return fold(one.question if hidden else " ".join((*one.asked, one.answer, one.owner)))


def section(sheet: Sheet, writes: bool, say: Messages) -> Markup:
    """The list with its search, a new entry, and files; `writes` where the visitor may change anything."""
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            one, Markup(" selected") if one == sheet.state else "", say(f"entries_{one}")
        )
        for one in STATES
    )
    new = Markup('<a class="act main" href="#press?view=entries&amp;entry=new">{}</a>').format(say("entries_new"))
    return Markup(
        '<p class="hint">{}</p><form class="entries-search" role="search"><div class="field">'
        '<label for="entries-words">{}</label><input id="entries-words" name="q" type="search" maxlength="200" '
        'autocomplete="off" value="{}"></div>'
        '<div class="field"><label for="entries-state">{}</label><select id="entries-state" name="state">'
        '<option value="">{}</option>{}</select></div><button type="submit">{}</button>{}</form>'
        '<div class="sheet">{}</div>{}'
    ).format(
        say("entries_hint"),
        say("entries_search"),
        sheet.words,
        say("entries_state"),
        say("entries_all"),
        options,
        say("entries_find"),
        new if writes else "",
        listed(sheet, say),
        _files(writes, say),
    )


def listed(sheet: Sheet, say: Messages) -> Markup:
    """A page of the list."""
    if not sheet.total and not sheet.words and not sheet.state:
        return Markup('<p class="nothing">{}</p>').format(say("entries_empty"))
    lines = Markup("").join(line(one, one.id in sheet.hidden, say) for one in sheet.entries)
    return Markup('<p class="count" role="status">{}</p><ul class="entries">{}</ul>{}').format(
        say.counted("entries_count", sheet.total), lines, pages(sheet.first, sheet.total, sheet.most, say)
    )


def line(entry: Entry, hidden: bool, say: Messages) -> Markup:
    """An entry of the list."""
    state = state_of(entry)
    question = typeset(entry.question)
    return Markup(
        '<li class="entry {}" data-entry="{}"><p class="title"><a href="#press?view=entries&amp;entry={}" '
        'aria-label="{}">{}</a></p>{}<p class="facts"><strong class="badge">{}</strong> {}</p></li>'
    ).format(
        state,
        entry.id,
        entry.id,
        say("entry_open_it", question=question),
        question,
        fallen(entry, hidden, say),
        say(f"entry_{state}"),
        wording.listed(facts(entry, say)),
    )


def fallen(entry: Entry, hidden: bool, say: Messages) -> Markup:
    """Why an entry is a draft again; nothing where it is not."""
    if entry.fallen is None or entry.state is not State.DRAFT:
        return Markup("")
    words = say("entry_hidden_notice") if hidden else wording.told(entry.fallen.words(say.language))
    return Markup('<p class="fell">{}</p>').format(words)


def facts(entry: Entry, say: Messages) -> list[str]:
    """How an entry is worded, what it rests on, whose it is, until when, and who changed it."""
    changed = wording.day(entry.changed.astimezone(wording.PARIS).date(), say)
    by = say("judge_here") if entry.by in ("", "local") else wording.on_one_line(entry.by)
    told = [say.counted("entry_rests", len(entry.releases))]
    if entry.variants:
        told.insert(0, say.counted("entry_wordings", len(entry.variants)))
    if entry.owner:
        told.append(say("entry_owner", name=entry.owner))
    if entry.valid_until is not None:
        told.append(say("entry_until", day=wording.day(entry.valid_until, say)))
    return [*told, say("entry_changed", day=changed, name=by)]


def _files(writes: bool, say: Messages) -> Markup:
    export = Markup('<p class="facts"><a href="/room/press/entries.csv" download>{}</a></p>').format(say("csv_export"))
    if not writes:
        return Markup('<section class="files">{}</section>').format(export)
    return Markup(
        '<section class="files"><h3>{}</h3><p class="hint">{}</p><p class="acts"><label class="pick">{}'
        '<input class="unseen" type="file" accept=".csv,text/csv" data-busy="{}"></label></p>'
        '<div class="report" role="status"></div>{}</section>'
    ).format(say("csv_title"), say("csv_hint"), say("csv_choose"), say("csv_sending"), export)
