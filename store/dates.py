"""Dates and periods as texts write them, found in any of four languages at once.

Knows nothing about questions (« l'an dernier » is read in `store.asked`) or the clock:
`near` says when the text was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from store.almanac import Period
from store.dateforms import Days, Fixed, Form, Near, Written, exists, forms


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period at characters `start` to `end` of a text.

    `precise`: it names a single day. `year_given` is False where the year had to be
    supplied, `relative` True for « hier ». `weekday` (Monday is 0) is the one written,
    which `period` may contradict.
    """

    start: int
    end: int
    period: Period
    precise: bool
    year_given: bool = True
    weekday: int | None = None
    relative: bool = False


def find_dates(text: str, near: date | None = None) -> list[DateMention]:
    """Every date and period in a text, in order, none overlapping another.

    A date without its year is read as the nearest to `near`, or else to the first full
    date of the text; where there is neither it is left out. So are dates that do not
    exist (`impossible_dates`).
    """
    return _mentions(text, near, past=False)


def dates_before(text: str, today: date) -> list[DateMention]:
    """As `find_dates`, but a missing year makes a date the most recent one up to `today`."""
    return _mentions(text, today, past=True)


def impossible_dates(text: str) -> list[str]:
    """What is written like a date but names a day that does not exist: « 31 février 2018 »."""
    written = Written(text)
    return [
        text[written.at(form.start) : written.until(form.end)]
        for form in forms(written)
        if isinstance(form, Days) and not exists(form)
    ]


def parse_day(text: str) -> date:
    """The day that a metadata field holds: ISO 8601, 06/11/2017, « 6 novembre 2017 », RFC 2822.

    Raises ValueError where it holds none, more than one, or one that does not exist.
    """
    field = text.strip()
    if re.fullmatch(r"(?:19|20)\d{6}", field):
        field = f"{field[:4]}-{field[4:6]}-{field[6:]}"
    impossible = impossible_dates(field)
    if impossible:
        raise ValueError(f"« {impossible[0]} » is not a day of the calendar; correct the date, e.g. 2017-11-06.")
    days = {mention.period.first for mention in find_dates(field) if mention.precise and mention.year_given}
    day = days.pop() if len(days) == 1 else None
    if day is not None:
        return day
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(field).date()
    except ValueError:
        raise ValueError(f"« {field} » is not one date; write it like 2017-11-06 or « 6 novembre 2017 ».") from None


def _mentions(text: str, near: date | None, past: bool) -> list[DateMention]:
    written = Written(text)
    found = forms(written)
    near = near or _first_full_day(found)
    return [mention for form in found if (mention := _mention(written, form, near, past))]


def _first_full_day(found: list[Form]) -> date | None:
    periods = (form.in_year(form.year) for form in found if isinstance(form, Days) and form.year)
    return next((period.first for period in periods if period), None)


def _mention(written: Written, form: Form, near: date | None, past: bool) -> DateMention | None:
    """The form with its period settled, or None where it cannot be."""
    if isinstance(form, Fixed):
        period: Period | None = form.period
    elif isinstance(form, Near):
        period = form.settle(near) if near else None
    elif form.year is not None:
        period = form.in_year(form.year)
    else:
        period = _nearest(form, near, past) if near else None
    if period is None:
        return None
    return DateMention(
        written.at(form.start),
        written.until(form.end),
        period,
        precise=period.first is not None and period.first == period.last,
        year_given=isinstance(form, Fixed) or (isinstance(form, Days) and form.year is not None),
        weekday=None if isinstance(form, Fixed) else form.weekday,
        relative=isinstance(form, Near) and form.relative,
    )


def _nearest(days: Days, near: date, past: bool) -> Period | None:
    """The days in the year nearest to `near`; far from it, a weekday that is written chooses the year."""
    candidates = [period for year in range(near.year - 8, near.year + 9) if (period := days.in_year(year))]
    if past:
        candidates = [period for period in candidates if period.first is not None and period.first <= near]

    def distance(period: Period) -> tuple[bool, int]:
        first = period.first or near
        away = abs((first - near).days)
        agrees = days.weekday is None or first.weekday() == days.weekday
        return away > _SOON and not (agrees and away < _FAR), away

    return min(candidates, key=distance, default=None)


_SOON, _FAR = 60, 2 * 366
