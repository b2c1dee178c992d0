"""The form in which the releases to search are chosen: when they were published, by whom, in which language.

Draws what it is given. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from assistant.web import wording
from assistant.web.chips import language
from assistant.web.messages import Messages
from store.almanac import shifted
from store.language import fold
from store.period import Period
from store.records import Filters

OFFERED = 20
"""Issuers offered at once, those that are chosen not counted."""


def form(filters: Filters, issuers: Mapping[str, int], languages: Sequence[str], today: date, say: Messages) -> Markup:
    """The form, filled in with the filters in force; `issuers` with how many releases each has."""
    return Markup('<form class="filtering" aria-label="{}">{}{}{}{}</form>').format(
        say("filtering"),
        _period(filters.period, today, say),
        _issuers(filters.issuers, issuers, say),
        _languages(filters.languages, languages, say),
        Markup(
            '<p class="row"><button type="submit" class="primary">{}</button>'
            '<button type="button" class="cancel">{}</button></p>'
        ).format(say("ask_so"), say("cancel")),
    )


def rewording(standalone: str, say: Messages) -> Markup:
    """The form in which the question made whole is said otherwise."""
    return Markup(
        '<form class="rewording"><label>{}<textarea name="question" rows="3" maxlength="2000" required>{}</textarea>'
        '</label><p class="row"><button type="submit" class="primary">{}</button>'
        '<button type="button" class="cancel">{}</button></p></form>'
    ).format(say("reword"), standalone, say("ask_so"), say("cancel"))


def offered(chosen: Sequence[str], issuers: Mapping[str, int], words: str, say: Messages) -> Markup:
    """Issuers to tick: those that are chosen, then those whose name holds every word, most prolific first."""
    wanted = fold(words).split()
    found = [name for name in issuers if name not in chosen and all(word in fold(name) for word in wanted)]
    choices = [_choice("issuer", name, name, issuers.get(name), say, ticked=True) for name in chosen]
    choices += [_choice("issuer", name, name, issuers[name], say, ticked=False) for name in found[:OFFERED]]
    if not found and wanted:
        choices.append(Markup('<li class="none">{}</li>').format(say("no_issuer")))
    if len(found) > OFFERED:
        choices.append(
            Markup('<li class="none">{}</li>').format(say("more_issuers", count=say.number(len(found) - OFFERED)))
        )
    return Markup("").join(choices)


def _period(period: Period, today: date, say: Messages) -> Markup:
    year = today.year
    months = date(*shifted(year, today.month, -12), 1)
    common = (
        ("this_year", date(year, 1, 1), None),
        ("last_year", date(year - 1, 1, 1), date(year - 1, 12, 31)),
        ("last_months", months, None),
        ("any_time", None, None),
    )
    buttons = Markup("").join(
        Markup('<button type="button" class="common" data-from="{}" data-to="{}">{}</button>').format(
            _iso(first), _iso(last), say(key)
        )
        for key, first, last in common
    )
    days = Markup("").join(
        Markup('<label>{} <input type="date" name="{}" value="{}" max="9999-12-31"></label>').format(
            say(f"{name}_day"), name, _iso(day)
        )
        for name, day in (("from", period.first), ("to", period.last))
    )
    return Markup(
        '<fieldset class="when"><legend>{}</legend><p class="days">{}</p><p class="usual">{}</p></fieldset>'
    ).format(say("published_between"), days, buttons)


def _issuers(chosen: Sequence[str], issuers: Mapping[str, int], say: Messages) -> Markup:
    search = Markup(
        '<label class="seek"><span>{}</span><input type="search" name="words" autocomplete="off" maxlength="200">'
        "</label>"
    ).format(say("find_issuer"))
    return Markup('<fieldset class="who"><legend>{}</legend>{}<ul class="choices">{}</ul></fieldset>').format(
        say("issuers"), search if len(issuers) > OFFERED // 2 else "", offered(chosen, issuers, "", say)
    )


def _languages(chosen: Sequence[str], languages: Sequence[str], say: Messages) -> Markup:
    every = list(dict.fromkeys([*languages, *chosen]))
    if len(every) < 2:
        return Markup("")
    choices = Markup("").join(
        _choice("language", code, language(code, say), None, say, ticked=code in chosen) for code in every
    )
    return Markup('<fieldset class="tongue"><legend>{}</legend><ul class="choices">{}</ul></fieldset>').format(
        say("released_in"), choices
    )


def _choice(name: str, value: str, shown: str, count: int | None, say: Messages, *, ticked: bool) -> Markup:
    counted = Markup(' <span class="counted">{}</span>').format(say.number(count)) if count else ""
    return Markup('<li><label><input type="checkbox" name="{}" value="{}"{}><span>{}{}</span></label></li>').format(
        name, value, Markup(" checked") if ticked else "", wording.on_one_line(shown), counted
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
