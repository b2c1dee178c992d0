"""How the releases one reader may see are spread: by year, issuer, language, rubric, status, and over time.

Counted on the register, in memory, so that a click costs milliseconds. Each facet is
counted within the filters of all others, so that it tells what choosing in it would give.
Knows nothing about words or screens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from store.period import Period
from store.records import Filters, Status
from store.register import Name, Places, Register, date_of

Mask = npt.NDArray[np.bool_]

DAYS, MONTHS = 62, 60
"""Up to so many days a bar is a day, up to so many months a month; beyond, a year."""
NAMED = 5
"""Issuers told apart in a bar; the others are together."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many releases there are within some filters, and under each value of each facet, most first.

    Years stand newest first. `undated` releases are in no year.
    """

    releases: int
    years: Mapping[int, int]
    issuers: Mapping[str, int]
    languages: Mapping[str, int]
    rubrics: Mapping[str, int]
    statuses: Mapping[Status, int]
    undated: int = 0


class Grain(StrEnum):
    """How long a bar is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Bar:
    """The releases of one day, month or year: how many in all, and of each issuer of `OverTime.issuers`.

    `others` are those that none of them leads.
    """

    period: Period
    releases: int
    of: tuple[int, ...]
    others: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """Releases over time, bars without a gap from first to last; `issuers` are told apart, most prolific first."""

    grain: Grain
    issuers: tuple[str, ...]
    bars: tuple[Bar, ...]
    undated: int


def facets(register: Register, filters: Filters, statuses: Collection[Status], moment: str) -> Facets:
    """Within `filters` and `statuses` (none: all) at `moment` (UTC stamp)."""
    known = register.status(moment)
    standing = _of(register, known, statuses)
    without = {
        "period": replace(filters, period=Period()),
        "issuers": replace(filters, issuers=()),
        "languages": replace(filters, languages=()),
        "rubrics": replace(filters, rubrics=()),
    }
    chosen = register.chosen(filters)
    other = {name: register.chosen(narrower) & standing for name, narrower in without.items()}
    return Facets(
        int(np.count_nonzero(chosen & standing)),
        _years(register.days[other["period"]]),
        _counted(register.signed, other["issuers"]),
        _counted(register.spoken, other["languages"]),
        _counted(register.rubrics, other["rubrics"]),
        _counted(known, chosen),
        int(np.count_nonzero(register.days[other["period"]] == 0)),
    )


def chosen(register: Register, filters: Filters, statuses: Collection[Status], moment: str) -> Mask:
    """The places of the register that filters and statuses leave."""
    mask: Mask = register.chosen(filters)
    return mask & _of(register, register.status(moment), statuses) if statuses else mask


def by_day(register: Register, mask: Mask, newest_first: bool) -> list[str]:
    """The ids of these places by day of publication, undated last; of one day by id."""
    places = register.newest_first[mask[register.newest_first]]
    if not newest_first:
        dated = register.days[places] > 0
        places = np.concatenate([places[dated][::-1], places[~dated][::-1]])
    return [register.ids[place] for place in places]


def over_time(register: Register, mask: Mask, grain: Grain | None = None) -> OverTime:
    """The releases of these places over time; the grain follows from how long it is, where none is given."""
    days = register.days[mask]
    dated = days[days > 0]
    undated = int(len(days) - len(dated))
    if not len(dated):
        return OverTime(grain or Grain.DAY, (), (), undated)
    first, last = date_of(int(dated.min())), date_of(int(dated.max()))
    grain = grain or _grain(first, last)
    periods = _periods(first, last, grain)
    leading = _leading(register, mask)
    whole = _heights(dated, periods, grain)
    each = [_heights(register.days[led & (register.days > 0)], periods, grain) for _, led in leading]
    bars = tuple(
        Bar(period, whole[n], tuple(one[n] for one in each), whole[n] - sum(one[n] for one in each))
        for n, period in enumerate(periods)
    )
    return OverTime(grain, tuple(name for name, _ in leading), bars, undated)


def _of(register: Register, known: Mapping[Status, Places], statuses: Collection[Status]) -> Mask:
    if not statuses:
        return np.ones(len(register.ids), dtype=np.bool_)
    there = np.zeros(len(register.ids), dtype=np.bool_)
    for one in statuses:
        if one in known:
            there[known[one]] = True
    return there


def _counted(named: Mapping[Name, Places], mask: Mask) -> dict[Name, int]:
    found = ((name, int(np.count_nonzero(mask[places]))) for name, places in named.items())
    return dict(sorted(((name, count) for name, count in found if count), key=lambda one: (-one[1], one[0])))


def _years(days: npt.NDArray[np.int32]) -> dict[int, int]:
    years, counts = np.unique(days[days > 0] // 10_000, return_counts=True)
    return {int(year): int(count) for year, count in zip(years[::-1], counts[::-1], strict=True)}


def _leading(register: Register, mask: Mask) -> list[tuple[str, Mask]]:
    """The issuers that lead most of these releases; a release of several is its first's."""
    names, lead = register.leads
    numbers, counts = np.unique(lead[mask & (lead >= 0)], return_counts=True)
    named = sorted(zip(counts, numbers, strict=True), key=lambda one: (-one[0], names[one[1]]))
    kept = named if len(named) <= NAMED + 1 else named[:NAMED]
    return [(names[number], mask & (lead == number)) for _, number in kept]


def _heights(days: npt.NDArray[np.int32], periods: Sequence[Period], grain: Grain) -> list[int]:
    """How many of these days lie in each period."""
    numbers, counts = np.unique(days // _DIVISORS[grain], return_counts=True)
    found = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    return [found.get(int(f"{one.first:%Y%m%d}") // _DIVISORS[grain], 0) for one in periods]


def _grain(first: date, last: date) -> Grain:
    if (last - first).days < DAYS:
        return Grain.DAY
    return Grain.MONTH if (last.year - first.year) * 12 + last.month - first.month < MONTHS else Grain.YEAR


def _periods(first: date, last: date, grain: Grain) -> list[Period]:
    if grain is Grain.DAY:
        span = range((last - first).days + 1)
        return [Period(day, day) for day in (first + timedelta(days=n) for n in span)]
    if grain is Grain.YEAR:
        return [Period(date(year, 1, 1), date(year, 12, 31)) for year in range(first.year, last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [_month(number // 12, number % 12 + 1) for number in months]


def _month(year: int, month: int) -> Period:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), after - timedelta(days=1))


_DIVISORS = {Grain.DAY: 1, Grain.MONTH: 100, Grain.YEAR: 10_000}
