"""The forms a written date takes, read into values whose year may still be unsaid.

Knows the patterns, not the day the text was written: `store.dates` settles what is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from store.almanac import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    UNSURE_MONTHS,
    WEEKDAYS,
    Period,
    day_of,
    days_in,
    months,
    part_of_year,
    season,
    years,
)
from store.datepatterns import NUMBER_BEFORE, OPENED_BEFORE, SECOND_WEEKDAY, UNITS, WEEKDAY_BEFORE, patterns
from store.folding import folded_with_map


class Written:
    """A text beside its folded form; `at` and `until` lead from the folded offsets back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self._offsets = folded_with_map(text)

    def at(self, start: int) -> int:
        return self._offsets[start]

    def until(self, end: int) -> int:
        return self._offsets[end - 1] + 1

    @cached_property
    def is_german(self) -> bool:
        """« hier » is yesterday in French and here in German."""
        german = len(re.findall(r"\b(?:der|die|das|und|ist|wird|wurde|ich|wir)\b", self.folded))
        return german > len(re.findall(r"\b(?:le|la|les|et|est|du|de|a|nous)\b", self.folded))


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, their year perhaps unsaid, at `start` to `end` of the folded text."""

    start: int
    end: int
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None
    first_year: int | None = None
    whole_months: bool = False
    weekday: int | None = None

    def in_year(self, year: int) -> Period | None:
        """The period when it ends in that year; None where one of its days does not exist."""
        first_year = self.first_year or (year - 1 if self.first > self.last else year)
        last_day = days_in(year, self.last[0]) if self.whole_months else self.last[1]
        first, last = day_of(first_year, *self.first), day_of(year, self.last[0], last_day)
        return Period(first, last) if first and last and first <= last else None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that is known whole, at `start` to `end` of the folded text."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class Near:
    """A period that only a day nearby can settle: « hier », « jeudi 9 »."""

    start: int
    end: int
    settle: Callable[[date], Period | None]
    weekday: int | None = None
    relative: bool = False


Form = Days | Fixed | Near


def forms(written: Written) -> list[Form]:
    """The dates of a text in order, none overlapping another; offsets are those of its folded form."""
    found: list[Form] = []
    taken = bytearray(len(written.folded))
    for name, pattern in patterns():
        for match in pattern.finditer(written.folded):
            if taken.find(1, *match.span()) >= 0:
                continue
            for form in _READERS[name](match, written):
                found.append(form)
                taken[form.start : form.end] = b"\1" * (form.end - form.start)
    return sorted(found, key=lambda form: form.start)


def exists(days: Days) -> bool:
    """Whether the calendar has these days; 29 February does where no year is said."""
    return days.in_year(days.year or 2016) is not None


def _month_number(name: str) -> int:
    return MONTHS.get(name) or SHORT_MONTHS[name.rstrip(".")]


def _day_number(name: str) -> int:
    return int(name) if name.isdigit() else 1


def _optional(year: str | None) -> int | None:
    return None if year is None else int(year)


def _weekday_before(folded: str, start: int) -> tuple[int, int | None]:
    """Where a date begins with the weekday before it, and which; « lundi et mardi, 3 et 4 mai » names two."""
    named = WEEKDAY_BEFORE.search(folded, max(0, start - 24), start)
    if named is None or SECOND_WEEKDAY.search(folded, max(0, named.start() - 8), named.start()):
        return start, None
    return named.start(), WEEKDAYS[named["weekday"]]


def _given_year(match: re.Match[str]) -> tuple[int | None, int]:
    """The year of a match and where the match then ends: « le 6 novembre, 2018 personnes » has none."""
    if match["year"] is None:
        return None, match.end()
    if UNITS.match(match.string, match.end()):
        return None, match.end("month")
    return int(match["year"]), match.end()


def _sure(match: re.Match[str], written: Written) -> bool:
    """Whether a month without a year is one: « 3 mars » is, "in room 3 may" is not."""
    name = match["month"]
    if name in ("march", "may"):
        return written.text[written.at(match.start("month"))].isupper()
    return name not in UNSURE_MONTHS or name == "mars"


def _between(match: re.Match[str]) -> bool:
    """Whether « entre » stands before, so that « et » says "until"."""
    opened = OPENED_BEFORE.search(match.string, max(0, match.start() - 16), match.start())
    return opened is not None and opened["open"] in ("entre", "between", "zwischen", "tra")


def _iso(match: re.Match[str], _: Written) -> Iterator[Form]:
    day = (int(match["month"]), int(match["day"]))
    yield from _numbered(Days(*match.span(), day, day, int(match["year"])))


def _numeric(match: re.Match[str], written: Written) -> Iterator[Form]:
    day = int(match["day"])
    month = int(match["month"] or match["month2"] or match["month3"])
    year = int(match["year"] or match["year2"] or match["year3"])
    if match["year3"]:
        year += 2000 if year < 70 else 1900
    if month > 12 >= day and match["mark"] == "/":
        day, month = month, day
    start, weekday = _weekday_before(written.folded, match.start())
    yield from _numbered(Days(start, match.end(), (month, day), (month, day), year, weekday=weekday))


def _numbered(days: Days) -> Iterator[Form]:
    """Figures too far from a date (99.45.2018) are something else, not an impossible day."""
    month, day = days.first
    if days.year and 1900 <= days.year < 2100 and 1 <= month <= 12 and 1 <= day <= 31:
        yield days


def _day_month(match: re.Match[str], written: Written) -> Iterator[Form]:
    year, end = _given_year(match)
    start, weekday = _weekday_before(written.folded, match.start())
    day = (_month_number(match["month"]), _day_number(match["day"]))
    if year is not None or ((weekday is not None or _sure(match, written)) and 1 <= day[1] <= 31):
        yield Days(start, end, day, day, year, weekday=weekday)


def _day_range(match: re.Match[str], written: Written) -> Iterator[Form]:
    (year, end), link = _given_year(match), match["link"]
    if link.isalpha() and not re.search(rf"[\s.°}}]{link}\s", match[0]):
        return
    if year is None and not _sure(match, written):
        return
    last = (_month_number(match["month"]), _day_number(match["day"]))
    first = (_month_number(match["m1"]) if match["m1"] else last[0], _day_number(match["d1"]))
    first_year = _optional(match["y1"])
    start, weekday = _weekday_before(written.folded, match.start())
    days_run_on = first[0] == last[0] and last[1] == first[1] + 1 and weekday is None
    if link in _AND and not _between(match) and not days_run_on:
        first_end = match.end("m1") if match["m1"] else match.end("d1")
        yield Days(start, first_end, first, first, first_year or year, weekday=weekday)
        tail, named = _weekday_before(written.folded, match.start("day"))
        yield Days(tail, end, last, last, year, weekday=named)
        return
    opened = OPENED_BEFORE.search(written.folded, max(0, start - 16), start)
    if opened and opened["open"] != "les":
        start = opened.start()
    yield Days(start, end, first, last, year, first_year)


def _month_day(match: re.Match[str], written: Written) -> Iterator[Form]:
    year = _optional(match["year"])
    if year is None:
        capital = written.text[written.at(match.start("month"))].isupper()
        # Without a year only where English alone writes the month so.
        if not capital or match["month"] in ("september", "april", "august", "november", "mar"):
            return
    month = _month_number(match["month"])
    first = (month, int(match["d1"]))
    last = (month, int(match["day"])) if match["day"] else first
    start, weekday = _weekday_before(written.folded, match.start())
    if max(first[1], last[1]) <= 31:
        yield Days(start, match.end(), first, last, year, weekday=weekday if first == last else None)


def _month_range(match: re.Match[str], _: Written) -> Iterator[Form]:
    m1, m2, year = _month_number(match["m1"]), _month_number(match["month"]), int(match["year"])
    first_year = _optional(match["y1"])
    if match["link"] in _AND and m1 % 12 + 1 != m2 and not _between(match):
        yield Fixed(match.start(), match.end("m1"), months(first_year or year, m1))
        yield Fixed(match.start("month"), match.end(), months(year, m2))
    else:
        yield Days(match.start(), match.end(), (m1, 1), (m2, 1), year, first_year, whole_months=True)


def _month_year(match: re.Match[str], _: Written) -> Iterator[Form]:
    if not UNITS.match(match.string, match.end()):
        yield Fixed(*match.span(), months(int(match["year"]), _month_number(match["month"])))


def _season(match: re.Match[str], _: Written) -> Iterator[Form]:
    first_month, year = SEASONS[match["season"]], int(match["year"])
    # « hiver 2017/18 » begins in the first of the two years, « hiver 2018 » in the year before.
    if match["y2"] and first_month == 12:
        year += 1
    yield Fixed(*match.span(), season(year, first_month))


def _part_of_year(match: re.Match[str], _: Written) -> Iterator[Form]:
    groups = match.groupdict()
    name, ordinal = groups["part"] or groups["part2"], groups["ordinal"] or groups["ordinal2"]
    parts = {"t": 4, "q": 4, "trimestre": 4, "quartal": 4, "quarter": 4, "quadrimestre": 3}.get(name, 2)
    period = part_of_year(int(groups["year"] or groups["year2"]), ORDINALS.get(ordinal) or int(ordinal), parts)
    if period:
        yield Fixed(*match.span(), period)


def _first_months(match: re.Match[str], _: Written) -> Iterator[Form]:
    name = match["count"] or match["count2"]
    count = NUMBERS.get(name) or int(name)
    if 1 <= count <= 12:
        yield Fixed(*match.span(), months(int(match["year"]), 1, count))


def _decade(match: re.Match[str], _: Written) -> Iterator[Form]:
    first = int(match["year"] or match["year2"])
    yield Fixed(*match.span(), years(first, first + 9))


def _year_range(match: re.Match[str], _: Written) -> Iterator[Form]:
    first, name = int(match["year"]), match["y2"] or match["y3"]
    if match["link"] in _AND and not _between(match):
        yield Fixed(match.start(), match.end("year"), years(first))
        yield Fixed(*match.span("y3"), years(int(name)))
        return
    if len(name) == 2 and match["mark"] == "-" and int(name) <= first % 100:
        if 1 <= int(name) <= 12:
            yield Fixed(*match.span(), months(first, int(name)))
        return
    last = int(name) if len(name) == 4 else first - first % 100 + int(name)
    if first < last:
        yield Fixed(*match.span(), years(first, last))


def _year(match: re.Match[str], written: Written) -> Iterator[Form]:
    before = written.folded[max(0, match.start() - 8) : match.start()]
    if not (NUMBER_BEFORE.search(before) or UNITS.match(written.folded, match.end()) or _postcode(match, written)):
        yield Fixed(*match.span(), years(int(match["year"])))


def _postcode(match: re.Match[str], written: Written) -> bool:
    """« Rue Basse 5, 2000 Neuchâtel »: after a comma or at a line's start, before a name."""
    before = written.folded[max(0, match.start() - 3) : match.start()].rstrip(" \t")[-1:]
    end = written.until(match.end())
    return before in (",", "", "\n") and bool(re.match(r" [A-ZÉÎ][a-zà-ÿ]{2}", written.text[end : end + 4]))


def _weekday_day(match: re.Match[str], _: Written) -> Iterator[Form]:
    weekday, day = WEEKDAYS[match["weekday"]], int(match["day"])

    def settle(near: date) -> Period | None:
        around = (near + timedelta(days=shift) for shift in range(-45, 46))
        days = [other for other in around if other.day == day and other.weekday() == weekday]
        nearest = min(days, key=lambda other: abs(other - near), default=None)
        return Period(nearest, nearest) if nearest else None

    yield Near(*match.span(), settle, weekday)


def _relative_day(match: re.Match[str], written: Written) -> Iterator[Form]:
    name = match["word"]
    if name == "hier" and written.is_german:
        return
    back = timedelta(days=_DAYS_AGO.get(name, 0))
    yield Near(*match.span(), lambda near: Period(near - back, near - back), relative=True)


_AND = ("et", "and", "und", "e", "/")
_DAYS_AGO = {"avant-hier": 2, "hier": 1, "yesterday": 1, "gestern": 1, "ieri": 1}
_READERS: dict[str, Callable[[re.Match[str], Written], Iterator[Form]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "day range": _day_range,
    "day month": _day_month,
    "month day": _month_day,
    "month range": _month_range,
    "month year": _month_year,
    "season": _season,
    "part of year": _part_of_year,
    "first months": _first_months,
    "decade": _decade,
    "year range": _year_range,
    "year": _year,
    "weekday day": _weekday_day,
    "relative day": _relative_day,
}
