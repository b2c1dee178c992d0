"""The list of one's conversations: by day, each with what can be done with it.

Knows nothing of accounts or of how conversations are kept. Every value is escaped by
markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from assistant.web import tools, wording
from assistant.web.messages import Messages, typeset
from store.conversations import LONGEST_TITLE, Conversation

LONGEST_SHOWN = 140
"""Characters of a first question that a list shows."""


def page(days: int, say: Messages) -> Markup:
    """The pane: a field to search in, and room for the list."""
    return Markup(
        '<div class="keep"><h2>{}</h2><form class="seek" role="search"><label for="keep-words">{}</label>'
        '<input id="keep-words" type="search" name="q" maxlength="200" placeholder="{}" autocomplete="off"></form>'
        '<div class="list" data-deleted="{}" data-renamed="{}"></div><p class="how-long">{}</p></div>'
    ).format(
        say("place_conversations"),
        say("keep_search"),
        say("keep_search_hint"),
        say("keep_deleted"),
        say("keep_renamed"),
        say("keep_how_long", days=say.counted("keep_days", days)),
    )


def off(say: Messages) -> Markup:
    """What stands there where nothing is kept."""
    return Markup('<div class="keep"><h2>{}</h2><p class="nothing"><strong>{}</strong> {}</p></div>').format(
        say("place_conversations"), say("keep_off"), say("keep_off_advice")
    )


def listed(
    lines: Sequence[Conversation],
    changed: Collection[str],
    now: datetime,
    days: int,
    say: Messages,
    *,
    after: str = "",
    more: int | None = None,
) -> Markup:
    """The lines by day; `after` is the day the list before ended with, `more` where the next one begins."""
    groups = []
    for day, together in groupby(lines, key=lambda line: _day(line.changed, now)):
        heading = Markup("<h3>{}</h3>").format(say(f"keep_{day}")) if day != after else Markup("")
        items = Markup("").join(line(one, one.id in changed, now, days, say) for one in together)
        groups.append(Markup('{}<ul class="conversations" data-day="{}">{}</ul>').format(heading, day, items))
    if more is not None:
        last = _day(lines[-1].changed, now)
        button = Markup('<button type="button" class="more" data-offset="{}" data-after="{}">{}</button>')
        groups.append(button.format(more, last, say("keep_more")))
    return Markup("").join(groups)


def nothing(words: str, say: Messages) -> Markup:
    """No conversation holds these words; or there is none at all."""
    if words:
        return Markup('<p class="nothing"><strong>{}</strong> {}</p>').format(
            say("keep_none_with", words=typeset(wording.on_one_line(words))), say("keep_none_advice")
        )
    return Markup('<p class="nothing"><strong>{}</strong> {}</p><p><a class="first" href="#ask">{}</a></p>').format(
        say("keep_empty"), say("keep_empty_advice"), say("keep_first")
    )


def line(one: Conversation, changed: bool, now: datetime, days: int, say: Messages) -> Markup:
    """One conversation: its title leads to it."""
    shown = _title(one, say)
    flag = Markup('<p class="flag">{}</p>').format(say("keep_changed")) if changed else Markup("")
    facts = wording.listed([_when(one.changed, now, say), say.counted("keep_questions", one.turns)])
    return Markup(
        '<li class="conversation" data-id="{}"><div class="line"><div><a href="#ask?c={}">{}</a>'
        '<p class="facts">{}</p>{}</div>{}</div>{}{}</li>'
    ).format(one.id, one.id, shown, facts, flag, _doing(one, shown, say), _renaming(one, say), _sure(days, say))


def _doing(one: Conversation, shown: str, say: Messages) -> Markup:
    button = Markup('<button type="button" class="tool {}" aria-expanded="false" aria-label="{}">{}</button>')
    exports = tools.exports(f"/room/conversations/{quote(one.id, safe='')}", say)
    return Markup('<div class="doing">{}{}{}</div>').format(
        button.format("rename", say("keep_rename_it", title=shown), say("keep_rename")),
        exports,
        button.format("delete", say("keep_delete_it", title=shown), say("keep_delete")),
    )


def _renaming(one: Conversation, say: Messages) -> Markup:
    return Markup(
        '<form class="renaming" hidden><label>{} <input name="title" maxlength="{}" value="{}" autocomplete="off">'
        '</label><button type="submit">{}</button><button type="button" class="plain cancel">{}</button></form>'
    ).format(
        say("keep_title"),
        LONGEST_TITLE,
        wording.on_one_line(one.title)[:LONGEST_TITLE],
        say("keep_save"),
        say("keep_cancel"),
    )


def _sure(days: int, say: Messages) -> Markup:
    return Markup(
        '<div class="sure" role="group" aria-label="{}" hidden><p><strong>{}</strong> {}</p>'
        '<button type="button" class="really">{}</button><button type="button" class="plain cancel">{}</button></div>'
    ).format(
        say("keep_sure"),
        say("keep_sure"),
        say("keep_sure_more", days=say.counted("keep_days", days)),
        say("keep_delete"),
        say("keep_keep"),
    )


def _title(one: Conversation, say: Messages) -> str:
    whole = typeset(wording.title(one.title, say))
    if one.named or len(whole) <= LONGEST_SHOWN:
        return whole
    return whole[:LONGEST_SHOWN].rsplit(" ", 1)[0] + "…"


def _day(moment: datetime, now: datetime) -> str:
    """ "today", "yesterday", "week" (this one, from Monday) or "older", in Paris."""
    today, day = _local(now), _local(moment)
    if day >= today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return "week" if day >= today - timedelta(days=today.weekday()) else "older"


def _when(moment: datetime, now: datetime, say: Messages) -> str:
    """The hour, today and yesterday; else the day."""
    if _day(moment, now) in ("today", "yesterday"):
        return wording.time(moment.astimezone(wording.PARIS), say)
    return wording.day(_local(moment), say)


def _local(moment: datetime) -> date:
    return moment.astimezone(wording.PARIS).date()
