"""When the releases that a question wants were published, and the time it is about.

A wrongly narrow period is worse than none: what was said or decided on a day may have been
published later, a year left unsaid is supplied only where one fits. Knows the archive's
first and last day; nothing about issuers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.period import AskedPeriod, Period, asked_periods
from store.view import Extent

DORMANT = timedelta(days=180)
"""Silence after which « l'an dernier » is reckoned from the archive's last day, if nothing was published then."""
LIVE = timedelta(days=62)
"""How recent the last release is of an archive that is kept up: « en mars » is then the last March."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """`asked`: every period named. `published` narrows (Period() where nothing does), `exact` before it
    was widened; `topic` is the time the question is about, or that of its releases."""

    asked: tuple[AskedPeriod, ...]
    published: Period = Period()  # noqa: RUF009 - frozen
    exact: Period = Period()  # noqa: RUF009 - frozen
    topic: Period | None = None


def when(text: str, extent: Extent, today: date, year: int | None = None) -> When:
    """The periods of a question over an archive of that extent; `year` is the conversation's own."""
    asked = _anchored(text, extent, today)
    year = _year_said(asked) or year
    settled = [(one, _settled(one, extent, today, year)) for one in asked]
    known = tuple(replace(one, period=period, year_given=True) if period else one for one, period in settled)
    published = [
        one for one in known if one.kind == "publication" and one.year_given and not _still_to_come(one, today)
    ]
    topics = [one.period for one in known if one.year_given and one.kind == "topic"]
    if not published:
        return When(known, topic=topics[0] if topics else None)
    exact = _together(text, published)
    return When(known, _widened(exact, min(one.later for one in published)), exact, exact)


def _anchored(text: str, extent: Extent, today: date) -> list[AskedPeriod]:
    """The periods as of today; of an archive that ended long ago, as of its last day where today finds nothing."""
    asked = asked_periods(text, today)
    last = extent.last
    if last is None or today - last <= DORMANT:
        return asked
    if any(one.relative and not _meets(one.period, extent) for one in asked):
        return asked_periods(text, last)
    return asked


def _settled(one: AskedPeriod, extent: Extent, today: date, year: int | None) -> Period | None:
    """The period with its year: the one said beside it, or the only one, or of an archive kept up the last one."""
    if one.year_given:
        return one.period
    first, last = one.period.first or one.period.last, extent.last
    if first is None:
        return None
    if year is not None:
        return in_year(one.period, year - (one.period.last or first).year)
    if extent.first is None or last is None:
        return one.period
    moved = (
        in_year(one.period, shift) for shift in range(extent.first.year - first.year - 1, last.year - first.year + 2)
    )
    within = [period for period in moved if _meets(period, extent)]
    if len(within) == 1:
        return within[0]
    return one.period if today - last <= LIVE and _meets(one.period, extent) else None


def in_year(period: Period, shift: int) -> Period:
    """The same days `shift` years later; the end of February stays the end of February."""
    first, last = period.first, period.last
    end = last and _moved(last + _DAY, shift) - _DAY
    return Period(first and _moved(first, shift), end)


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _year_said(asked: Sequence[AskedPeriod]) -> int | None:
    """The year that one of the periods says and that may hold for the others: « le 3 mai … en 2018 »."""
    years = {
        one.period.first.year
        for one in asked
        if one.year_given and one.kind == "publication" and one.period.first is not None and one.period.last is not None
        and one.period.first.year == one.period.last.year
    }  # fmt: skip
    return years.pop() if len(years) == 1 else None


def _together(text: str, published: Sequence[AskedPeriod]) -> Period:
    """« En 2017 et 2018 » is both; otherwise the narrowest that holds the rest of what is said, else the first."""
    first = published[0]
    for one in published[1:]:
        between = text[first.end : one.start].strip(" ,").lower()
        a, b = first.period, one.period
        if (
            between in ("et", "ou", "and", "or", "und", "oder", "e", "o", "et en", "et de", "and in")
            and a.first
            and b.last
        ):
            return Period(min(a.first, b.first or a.first), max(a.last or b.last, b.last))
        if _holds(a, b):
            first = one
    return first.period


def _holds(whole: Period, part: Period) -> bool:
    return (whole.first is None or (part.first is not None and whole.first <= part.first)) and (
        whole.last is None or (part.last is not None and part.last <= whole.last)
    )


def _widened(period: Period, later: int) -> Period:
    """Room for what was decided then and published a little later, or announced the day before."""
    first, last = period.first, period.last
    if not later:
        return period
    return Period(first and first - _DAY, last and last + timedelta(days=later))


def _meets(period: Period, extent: Extent) -> bool:
    first, last = extent.first, extent.last
    if first is None or last is None:
        return True
    return (period.first is None or period.first <= last) and (period.last is None or first <= period.last)


def _still_to_come(one: AskedPeriod, today: date) -> bool:
    """Nothing was published in the future: that is what the question is about."""
    return one.period.first is not None and one.period.first > today
