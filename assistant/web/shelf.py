"""The archive's own list, as HTML: every release with its status, and what can be done with it.

Every value is escaped by markupsafe as it is set in. Knows neither routes nor the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import Messages
from store.inventory import Kept
from store.records import Status

STATES = (Status.PUBLISHED, Status.EMBARGOED, Status.WITHDRAWN, Status.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the list, from line `first` of `total`; `most` is how many a page has."""

    lines: Sequence[Kept]
    first: int
    total: int
    most: int
    words: str = ""
    state: str = ""


def section(inside: Markup, say: Messages) -> Markup:
    """The list with its search; the timeline of all and the judgments find their place around it."""
    options = Markup("").join(
        Markup('<option value="{0}">{1}</option>').format(state.value, say(f"shelf_{state.value}")) for state in STATES
    )
    return Markup(
        '<section class="over-time"><div class="archive-over-time"></div></section>'
        '<section class="shelf" aria-labelledby="shelf-title"><h3 id="shelf-title">{}</h3>'
        '<form class="shelf-search" role="search"><div class="field"><label for="shelf-words">{}</label>'
        '<input id="shelf-words" name="q" type="search" maxlength="200" autocomplete="off"></div>'
        '<div class="field"><label for="shelf-state">{}</label>'
        '<select id="shelf-state" name="state"><option value="">{}</option>{}</select></div>'
        '<button type="submit">{}</button></form><div class="sheet">{}</div></section>'
        '<section id="judgments"></section>'
    ).format(
        say("shelf_title"),
        say("shelf_search"),
        say("shelf_state"),
        say("shelf_all"),
        options,
        say("shelf_find"),
        inside,
    )


def sheet(page: Sheet, recheck: int, say: Messages) -> Markup:
    """A page of the list."""
    if not page.total and not page.words and not page.state:
        return Markup('<p class="hint">{}</p>').format(say("shelf_empty"))
    told = Markup("")
    if recheck and page.state != "recheck":
        told = Markup('<p class="note"><button type="button" class="link" data-state="recheck">{}</button></p>').format(
            say.counted("shelf_recheck", recheck)
        )
    return Markup('{}<p class="count" role="status">{}</p><ul class="entries">{}</ul>{}').format(
        told,
        say.counted("shelf_count", page.total),
        Markup("").join(line(each, say) for each in page.lines),
        _pages(page, say),
    )


def line(each: Kept, say: Messages, saved: str = "") -> Markup:
    """A release of the list; `saved` tells what was just done to it."""
    entry = each.entry
    title = wording.title(entry.title, say)
    facts = [wording.day(entry.published, say), entry.issuer or ""]
    if entry.reference:
        facts.append(say("reference", reference=entry.reference))
    if each.by_hand:
        facts.append(say("shelf_by_hand"))
    acts = Markup('<button type="button" class="link" data-amend aria-label="{}">{}</button>').format(
        say("shelf_amend_it", title=title), say("shelf_amend")
    )
    if entry.status is not Status.WITHDRAWN:
        acts += Markup(' <button type="button" class="link" data-withdraw aria-label="{}">{}</button>').format(
            say("shelf_withdraw_it", title=title), say("shelf_withdraw")
        )
    done = Markup('<p class="done" role="status">{}</p>').format(saved) if saved else Markup("")
    return Markup(
        '<li class="entry" data-id="{}"><div class="what"><p class="title">{}</p><p class="facts">{}</p>{}{}</div>'
        '<p class="acts">{}</p><div class="inside"></div></li>'
    ).format(
        entry.id,
        Markup('<button type="button" class="link" data-release="{}">{}</button>').format(entry.id, title),
        wording.listed(facts),
        _badges(each, say),
        done,
        acts,
    )


def _badges(each: Kept, say: Messages) -> Markup:
    badges = []
    if each.withdrawn is not None:
        moment, reason = each.withdrawn
        day = wording.day(moment.astimezone(wording.PARIS).date(), say)
        badges.append(say("shelf_withdrawn_for", day=day, reason=wording.on_one_line(reason) or "–"))
    elif words := wording.status(each.entry.status, each.embargo, say):
        badges.append(words)
    if each.recheck:
        badges.append(say("shelf_recheck"))
    return Markup("").join(Markup('<p class="badge">{}</p>').format(words) for words in badges)


def _pages(page: Sheet, say: Messages) -> Markup:
    pages = -(-page.total // page.most)
    if pages <= 1:
        return Markup("")
    here = page.first // page.most

    def step(to: int, words: str) -> Markup:
        if not 0 <= to < pages:
            return Markup("")
        return Markup('<button type="button" data-from="{}">{}</button>').format(to * page.most, words)

    return Markup('<p class="acts pages">{}<span>{}</span>{}</p>').format(
        step(here - 1, say("shelf_before")),
        say("shelf_page", page=say.number(here + 1), pages=say.number(pages)),
        step(here + 1, say("shelf_after")),
    )
