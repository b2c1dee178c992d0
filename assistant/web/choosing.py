"""What narrows a list, as links: chips that take back, facets that choose, pages that go on.

Knows nothing about what is listed. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assistant.web import wording
from assistant.web.addresses import Address
from assistant.web.messages import Messages, typeset
from store.period import Period

AT_ONCE = 6
"""Values of a facet that are shown before the others are unfolded."""
MANY = 14
"""Values from which a field narrows those that are unfolded."""
_CROSS = Markup(
    '<svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" '
    'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its name, how many it leaves, and the address that chooses it, or takes it back."""

    name: str
    count: int
    href: Address
    chosen: bool = False


def chip(label: str, value: str, off: Address, say: Messages) -> Markup:
    """Something that narrows, and the link that takes it back."""
    what = wording.on_one_line(f"{label} {value}")
    return Markup(
        '<li class="chip"><span class="words"><span class="what">{}</span> {}</span>'
        '<a class="off" href="{}" aria-label="{}" title="{}">{}</a></li>'
    ).format(label, wording.on_one_line(value), off, say("take_back", what=what), say("take_back_short"), _CROSS)


def chips(narrowing: Iterable[Markup], say: Messages) -> Markup:
    """All of them; nothing where nothing narrows."""
    every = Markup("").join(narrowing)
    return Markup('<ul class="narrowed" aria-label="{}">{}</ul>').format(say("narrowed_by"), every) if every else every


def choices(
    key: str,
    counted: Mapping[str, int],
    chosen: Collection[str],
    here: Address,
    name: Callable[[str], str] = wording.on_one_line,
) -> list[Choice]:
    """The values of a parameter; those chosen that no counted one is stand first, with none."""
    every = {**{one: 0 for one in chosen if one not in counted}, **counted}
    return [
        Choice(name(one), count, here.without(key, one) if one in chosen else here.adding(key, one), one in chosen)
        for one, count in every.items()
    ]


def years(counted: Mapping[int, int], period: Period, here: Address) -> list[Choice]:
    """The years, newest first; the one that the period is, is chosen."""
    return [
        Choice(str(year), count, here.without("from").without("to") if is_year(period, year) else in_year(here, year),
               is_year(period, year))
        for year, count in counted.items()
    ]  # fmt: skip


def is_year(period: Period, year: int) -> bool:
    return period == Period(date(year, 1, 1), date(year, 12, 31))


def in_year(here: Address, year: int) -> Address:
    return dated(here, Period(date(year, 1, 1), date(year, 12, 31)))


def dated(here: Address, period: Period) -> Address:
    """The address narrowed to a period."""
    first, last = (day.isoformat() if day else None for day in (period.first, period.last))
    return here.without("no", "period").having(**{"from": first, "to": last})


def facets(groups: Iterable[tuple[str, Sequence[Choice]]], title: str, say: Messages) -> Markup:
    """Those that leave a choice, folded away where the screen is narrow."""
    drawn = Markup("").join(_facet(heading, values, say) for heading, values in groups if _worth(values))
    return Markup('<details class="facets" open><summary>{0}</summary><div class="groups">{1}</div></details>').format(
        title, drawn
    ) if drawn else Markup('<div class="facets"></div>')  # fmt: skip


def _worth(values: Sequence[Choice]) -> bool:
    return len(values) > 1 or any(one.chosen for one in values)


def _facet(heading: str, values: Sequence[Choice], say: Messages) -> Markup:
    ordered = [*(one for one in values if one.chosen), *(one for one in values if not one.chosen)]
    shown, rest = ordered[:AT_ONCE], ordered[AT_ONCE:]
    if len(rest) == 1:
        shown, rest = ordered, []
    first = Markup("<ul>{}</ul>").format(_values(shown, say))
    more = Markup("")
    if rest:
        field = Markup('<label class="sift"><span>{}</span><input type="search" autocomplete="off"></label>')
        more = Markup('<details class="more"><summary>{}</summary>{}<ul>{}</ul></details>').format(
            say("facet_more", count=say.number(len(rest))),
            field.format(say("facet_sift")) if len(rest) > MANY else "",
            _values(rest, say),
        )
    return Markup('<section class="facet"><h3>{}</h3>{}{}</section>').format(heading, first, more)


_CHOSEN = Markup(
    '<li><a class="chosen" href="%s" aria-current="true" aria-label="%s"><span class="name">%s</span>'
    '<span class="off">%s</span></a></li>'
)
_OTHER = Markup('<li><a href="%s"><span class="name">%s</span> <span class="counted">%s</span></a></li>')


def _values(values: Iterable[Choice], say: Messages) -> Markup:
    return Markup("").join(
        _CHOSEN % (one.href, say("take_back", what=one.name), typeset(one.name), _CROSS)
        if one.chosen
        else _OTHER % (one.href, typeset(one.name), say.number(one.count))
        for one in values
    )


def pages(total: int, page: int, each: int, here: Address, say: Messages) -> Markup:
    """Which lines these are of how many, and the links to the pages beside; nothing where all are on one."""
    if total <= each:
        return Markup("")
    first, last = (page - 1) * each + 1, min(page * each, total)
    link = Markup('<a rel="{}" href="{}">{}</a>')
    before = link.format("prev", here.at_page(page - 1), say("page_before")) if page > 1 else ""
    after = link.format("next", here.at_page(page + 1), say("page_after")) if last < total else ""
    told = say("page_of", first=say.number(first), last=say.number(last), total=say.number(total))
    return Markup('<nav class="pages" aria-label="{}"><span>{}</span><span>{}</span><span>{}</span></nav>').format(
        say("pages"), before, told if first <= last else "", after
    )


def orders(names: Iterable[tuple[str, str]], current: str, here: Address, say: Messages) -> Markup:
    """The orders a list can be in: (parameter, message) pairs."""
    links = Markup("").join(
        Markup('<a href="{}"{}>{}</a>').format(
            here.having(order=key), Markup(' aria-current="true"') if key == current else "", say(name)
        )
        for key, name in names
    )
    return Markup('<p class="orders"><span>{}</span>{}</p>').format(say("sorted_by"), links)


def titled(release: str, version: int, start: int, end: int, title: str) -> Markup:
    """The title that opens a release at a place of its text."""
    return Markup(
        '<button type="button" class="title" data-release="{}" data-version="{}" data-start="{}" data-end="{}">{}'
        "</button>"
    ).format(release, version, start, end, typeset(title))


def days(period: Period, say: Messages) -> Markup:
    """Two fields for the first and the last day."""
    fields = Markup("").join(
        Markup('<label>{} <input type="date" name="{}" value="{}" min="1800-01-01" max="2200-12-31"></label>').format(
            say(f"{name}_day"), name, day or ""
        )
        for name, day in (("from", period.first), ("to", period.last))
    )
    return Markup('<fieldset class="days"><legend>{}</legend>{}</fieldset>').format(say("published_between"), fields)


def kept(here: Address, changing: Collection[str]) -> Markup:
    """The parameters a form does not change, as fields nobody sees."""
    return Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(key, value)
        for key, value in here.params
        if key not in changing and key != "page"
    )


def nothing(told: str, ways_out: Iterable[tuple[Address, str]]) -> Markup:
    """Nothing there, and what to do about it."""
    links = Markup("").join(
        Markup('<li><a href="{}">{}</a></li>').format(href, typeset(name)) for href, name in ways_out
    )
    return Markup('<div class="note"><h3 tabindex="-1">{}</h3>{}</div>').format(
        told, Markup('<ul class="ways-out">{}</ul>').format(links) if links else ""
    )
