"""Dates and periods as texts write them, found in any of four languages at once.

Knows nothing about questions (« l'an dernier » is read in `store.asked`) or the clock:
`near` says when the text was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from store.almanac import (
    ENGLISH_MONTHS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    UNSURE_MONTHS,
    WEEKDAYS,
    Period,
    any_of,
    day_of,
    days_in,
    months,
    part_of_year,
    season,
    years,
)
from store.folding import folded_with_map


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
    return _Reading(text).mentions(near)


def dates_before(text: str, today: date) -> list[DateMention]:
    """As `find_dates`, but a missing year makes a date the most recent one up to `today`."""
    return _Reading(text).mentions(today, past=True)


def impossible_dates(text: str) -> list[str]:
    """What is written like a date but names a day that does not exist: « 31 février 2018 »."""
    reading = _Reading(text)
    return [text[reading.at(start) : reading.until(end)] for start, end in sorted(reading.impossible)]


def parse_day(text: str) -> date:
    """The day that a metadata field holds: ISO 8601, 06/11/2017, « 6 novembre 2017 », RFC 2822.

    Raises ValueError where it holds none, more than one, or one that does not exist.
    """
    written = text.strip()
    if re.fullmatch(r"(?:19|20)\d{6}", written):
        written = f"{written[:4]}-{written[4:6]}-{written[6:]}"
    impossible = impossible_dates(written)
    if impossible:
        raise ValueError(f"« {impossible[0]} » is not a day of the calendar; correct the date, e.g. 2017-11-06.")
    found = [mention for mention in find_dates(written) if mention.precise and mention.year_given]
    if len(found) == 1 and found[0].period.first is not None:
        return found[0].period.first
    try:
        return parsedate_to_datetime(written).date()
    except ValueError:
        raise ValueError(f"« {written} » is not one date; write it like 2017-11-06 or « 6 novembre 2017 ».") from None


@dataclass(frozen=True, slots=True)
class _Days:
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
class _Fixed:
    """A period that is known whole, at `start` to `end` of the folded text."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True)
class _Near:
    """A period that only a day nearby can settle: « hier », « jeudi 9 »."""

    start: int
    end: int
    settle: Callable[[date], Period | None]
    weekday: int | None = None
    relative: bool = False


_Found = _Days | _Fixed | _Near


class _Reading:
    """What one text says of time, in offsets of its folded form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self._offsets = folded_with_map(text)
        self.found: list[_Found] = []
        self.impossible: list[tuple[int, int]] = []
        taken: list[tuple[int, int]] = []
        for pattern, read in _rules():
            for match in pattern.finditer(self.folded):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                for found in read(match, self):
                    taken.append((found.start, found.end))
                    if isinstance(found, _Days) and not _exists(found):
                        self.impossible.append((found.start, found.end))
                    else:
                        self.found.append(found)
        self.found.sort(key=lambda found: found.start)

    def at(self, start: int) -> int:
        return self._offsets[start]

    def until(self, end: int) -> int:
        return self._offsets[end - 1] + 1

    def mentions(self, near: date | None, past: bool = False) -> list[DateMention]:
        near = near or self._first_full_day()
        return [mention for found in self.found if (mention := self._mention(found, near, past))]

    def _first_full_day(self) -> date | None:
        days = (found.in_year(found.year) for found in self.found if isinstance(found, _Days) and found.year)
        return next((period.first for period in days if period), None)

    def _mention(self, found: _Found, near: date | None, past: bool) -> DateMention | None:
        period: Period | None
        if isinstance(found, _Fixed):
            period = found.period
        elif isinstance(found, _Near):
            period = found.settle(near) if near else None
        elif found.year is not None:
            period = found.in_year(found.year)
        else:
            period = _nearest(found, near, past) if near else None
        if period is None:
            return None
        return DateMention(
            self.at(found.start),
            self.until(found.end),
            period,
            precise=period.first is not None and period.first == period.last,
            year_given=isinstance(found, _Fixed) or (isinstance(found, _Days) and found.year is not None),
            weekday=None if isinstance(found, _Fixed) else found.weekday,
            relative=isinstance(found, _Near) and found.relative,
        )


def _exists(days: _Days) -> bool:
    # 2016 is a leap year: without its year, 29 February exists.
    return days.in_year(days.year or 2016) is not None


def _nearest(days: _Days, near: date, past: bool) -> Period | None:
    candidates = [period for year in range(near.year - 8, near.year + 9) if (period := days.in_year(year))]
    if past:
        candidates = [period for period in candidates if period.first is not None and period.first <= near]
    return min(candidates, key=lambda period: abs((period.first or near) - near), default=None)


# Patterns, all over the folded text. `_GAP` lets a date run over one line break.
_GAP = r"[ \t]{0,2}\n?[ \t]{0,2}"
_SPACE = r"(?:[ \t]{1,3}\n?[ \t]{0,2}|\n[ \t]{0,2})"
_MONTH = any_of({**MONTHS, **SHORT_MONTHS})
_YEAR = r"(?:19|20)\d\d(?![\d]|[.,']\d)"
_ORDER = r"(?:\^?\{?(?:ere|er|re|eme|e|st|nd|rd|th|o)\}?|[.°])?"
_FIRST = "premier|primo"
_WEEKDAY = any_of(WEEKDAYS)
_OF_YEAR = rf"(?:,?{_SPACE}(?:(?:de|del|of)\s(?:l'annee\s|l'an\s|dell'anno\s)?|dell'anno\s|des jahres\s)?)"
_BEFORE = r"(?<![\w.,/^])(?<!\d-)"
_UNITS = (
    r"(?:francs?|fr\.|chf|euros?|eur|dollars?|usd|livres|personnes?|habitants?|cas|fois|ans|jours|heures|km2?|m2?|ha|kg"
    r"|tonnes?|hectares|metres|litres|logements|places|emplois|postes|entreprises|visiteurs|demandes|voix|pages|membres"
    r"|franken|personen|einwohner|stunden|tage|stellen|people|persons|jobs|cases|hours|days|franchi|persone|abitanti"
    r"|casi|giorni|posti|w|kwh|mw|gwh|mhz|points?|pieces|exemplaires|eleves|etudiants|agents|salaries)(?![a-z0-9])"
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Reading], Iterator[_Found]]], ...]:
    """The patterns, the most telling first, each with what reads its matches."""
    day, month, year = rf"\d{{1,2}}|{_FIRST}", _MONTH, _YEAR
    ordinal, number = any_of(ORDINALS), any_of(NUMBERS)
    link = r"(?:jusqu'au|jusqu'a|until|till|through|bis|and|und|al|au|to|et|a|e|-|/)"
    patterns = (
        (r"(?<![\w.-])(?P<year>\d{4})([-/])(?P<month>\d{2})\2(?P<day>\d{2})(?!\d|[-/]\d)", _iso),
        (
            r"(?<![\d./-])(?P<day>\d{1,2})(?:(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
            r"|\.\s(?P<month2>\d{1,2})\.\s(?P<year2>\d{4})"
            r"|(?<=\d\d)(?P<mark3>[./])(?P<month3>\d\d)(?P=mark3)(?P<year3>\d\d))(?!\d|[./-]\d)",
            _numeric,
        ),
        (
            rf"{_BEFORE}(?P<d1>{day}){_ORDER}(?:\s(?P<m1>{month})\.?(?:\s(?P<y1>{year}))?)?\s?(?<![a-z](?=[a-z]))(?P<link>{link})\s?"
            rf"(?:(?:{_WEEKDAY}),?\s)?(?:(?:le|the|den|dem|il)\s)?(?P<day>{day}){_ORDER}{_SPACE}(?:di\s|of\s)?"
            rf"(?P<month>{month})(?![a-z0-9])\.?(?:{_OF_YEAR}(?P<year>{year}))?",
            _day_range,
        ),
        (
            rf"{_BEFORE}(?P<day>{day}){_ORDER}{_GAP}(?:di\s|of\s)?(?P<month>{month})(?![a-z0-9])\.?"
            rf"(?:{_OF_YEAR}(?P<year>{year}))?",
            _day_month,
        ),
        (
            rf"(?<![\w^'])(?P<month>{any_of(ENGLISH_MONTHS)})\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:\s?(?:-|to|and)\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,?{_SPACE}(?P<year>{year})|(?![\d.,:%]\d|\d))",
            _month_day,
        ),
        (
            rf"(?<![\w^])(?P<m1>{month})(?![a-z])\.?(?:\s(?P<y1>{year}))?\s?(?P<link>{link})\s?"
            rf"(?P<month>{month})(?![a-z])\.?{_OF_YEAR}(?P<year>{year})",
            _month_range,
        ),
        (rf"(?<![\w^])(?P<month>{month})(?![a-z])\.?{_OF_YEAR}(?P<year>{year})", _month_year),
        (
            rf"(?<![\w^])(?P<season>{any_of(SEASONS)}){_OF_YEAR}(?P<year>{year})(?:[-/](?P<y2>\d{{4}}|\d\d)(?!\d))?",
            _season_year,
        ),
        (
            rf"(?<![\w^])(?P<ordinal>{ordinal})\s(?P<part>semestre|trimestre|quadrimestre|quartal|quarter|half|halbjahr"
            rf"|semester|moitie)(?:\sof)?{_OF_YEAR}(?P<year>{year})",
            _part_year,
        ),
        (
            rf"(?<![\w^])(?:(?P<part>[tqsh])(?P<ordinal>[1-4])[ /-]?(?P<year>{year})"
            rf"|(?P<year2>(?:19|20)\d\d)[ /-]?(?P<part2>[tqsh])(?P<ordinal2>[1-4]))(?!\w)",
            _part_year,
        ),
        (
            rf"(?<![\w^])(?:(?P<count>{number}|\d{{1,2}})\s(?:premiers\smois|primi\smesi)"
            rf"|(?:first|ersten|primi)\s(?P<count2>{number}|\d{{1,2}})\s(?:months|monaten?|mesi)){_OF_YEAR}(?P<year>{year})",
            _first_months,
        ),
        (
            rf"(?<![\w.,/'-])(?P<year>(?:19|20)\d\d)(?:\s?(?P<mark>[-/])\s?(?P<y2>(?:19|20)\d\d|\d\d)"
            rf"|\s(?:a|to|bis|al)\s(?P<y3>(?:19|20)\d\d))(?!\w|[.,/-]\d)",
            _year_range,
        ),
        (r"(?<![\w.,/'+-])(?P<year>(?:19|20)\d\d)(?![\w%']|[.,]\d|[/-]\d)", _bare_year),
        (rf"(?<![\w^])(?P<weekday>{_WEEKDAY})\s(?P<day>\d{{1,2}})(?:er)?(?![\w%:^]|[.,/-]\d|\s(?:h|uhr|heures)\b)", _weekday_day),
        (r"(?<![\w'-])(?P<word>avant-hier|hier|aujourd'hui|yesterday|today|gestern|heute|ieri|oggi)(?![\w'-])", _relative_day),
    )
    return tuple((re.compile(pattern), read) for pattern, read in patterns)


def _month_number(name: str) -> int:
    return MONTHS.get(name) or SHORT_MONTHS[name]


def _day_number(written: str) -> int:
    return int(written) if written.isdigit() else 1


_NAMED_BEFORE = re.compile(rf"(?<![a-z])(?P<weekday>{_WEEKDAY})\.?,?\s{{1,2}}(?:(?:le|the|den|dem|il)\s)?$")
_OPENED_BEFORE = re.compile(r"(?<![a-z])(?P<open>du|entre|from|between|vom|zwischen|dal|tra|les)\s(?:le\s|the\s|dem\s|il\s)?$")


def _weekday_before(folded: str, start: int) -> tuple[int, int | None]:
    """Where a date begins with the weekday before it, and which weekday that is."""
    named = _NAMED_BEFORE.search(folded, max(0, start - 24), start)
    return (named.start(), WEEKDAYS[named["weekday"]]) if named else (start, None)


def _given_year(match: re.Match[str], group: str = "year") -> tuple[int | None, int]:
    """The year of a match and where the match then ends: « le 6 novembre, 2018 personnes » has none."""
    written = match[group]
    if written is None:
        return None, match.end()
    if match.end() == match.end(group) and re.match(rf"\s?{_UNITS}", match.string[match.end() : match.end() + 20]):
        return None, match.end("month")
    return int(written), match.end()


def _iso(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    day = (int(match["month"]), int(match["day"]))
    if 1900 <= int(match["year"]) < 2100:
        yield from _real(_Days(*match.span(), day, day, int(match["year"])))


def _numeric(match: re.Match[str], reading: _Reading) -> Iterator[_Found]:
    day = int(match["day"])
    month = int(match["month"] or match["month2"] or match["month3"])
    year = int(match["year"] or match["year2"] or match["year3"])
    if match["year3"]:
        year += 2000 if year < 70 else 1900
    if month > 12 >= day and match["mark"] == "/":
        day, month = month, day
    if 1900 <= year < 2100:
        start, weekday = _weekday_before(reading.folded, match.start())
        yield from _real(_Days(start, match.end(), (month, day), (month, day), year, weekday=weekday))


def _real(days: _Days) -> Iterator[_Found]:
    """Numbers only: those far from any date (99.45.2018) are something else, not impossible days."""
    if days.first[0] <= 12 and days.first[1] <= 31 or _exists(days):
        yield days


def _day_month(match: re.Match[str], reading: _Reading) -> Iterator[_Found]:
    year, end = _given_year(match)
    start, weekday = _weekday_before(reading.folded, match.start())
    if year is None and weekday is None and not _sure(match, reading):
        return
    day = (_month_number(match["month"]), _day_number(match["day"]))
    if day[1] <= 31 or year is not None:
        yield _Days(start, end, day, day, year, weekday=weekday)


def _sure(match: re.Match[str], reading: _Reading) -> bool:
    """Whether a month without a year is one: « 3 mars » is, "in room 3 may" is not."""
    name = match["month"]
    if name in ("march", "may"):
        return reading.text[reading.at(match.start("month"))].isupper()
    return name not in UNSURE_MONTHS or name == "mars"


def _day_range(match: re.Match[str], reading: _Reading) -> Iterator[_Found]:
    link, year = match["link"], _given_year(match)[0]
    end = _given_year(match)[1]
    last = (_month_number(match["month"]), _day_number(match["day"]))
    first = (_month_number(match["m1"]) if match["m1"] else last[0], _day_number(match["d1"]))
    if not link.strip("-/") == "" and not re.search(rf"[\s.°}}]{re.escape(link)}\s", match[0]):
        return
    if year is None and not _sure(match, reading):
        return
    start, weekday = _weekday_before(reading.folded, match.start())
    opened = _OPENED_BEFORE.search(reading.folded, max(0, start - 16), start)
    first_year = int(match["y1"]) if match["y1"] else None
    apart = link in ("et", "and", "und", "e", "/") and not (opened and opened["open"] in _BETWEEN)
    if apart and not (first[0] == last[0] and last[1] == first[1] + 1 and weekday is None):
        yield _Days(start, match.end("m1") if match["m1"] else match.end("d1"), first, first, first_year or year, weekday=weekday)
        tail, named = _weekday_before(reading.folded, match.start("day"))
        yield _Days(tail, end, last, last, year, weekday=named)
        return
    if opened and opened["open"] != "les":
        start = opened.start()
    yield _Days(start, end, first, last, year, first_year)


_BETWEEN = frozenset(("entre", "between", "zwischen", "tra"))


def _month_day(match: re.Match[str], reading: _Reading) -> Iterator[_Found]:
    if match["year"] is None:
        written = reading.text[reading.at(match.start("month"))]
        if not written.isupper() or match["month"] in ("september", "april", "august", "november", "mar"):
            return
    month = _month_number(match["month"])
    first = (month, int(match["d1"]))
    last = (month, int(match["day"])) if match["day"] else first
    start, weekday = _weekday_before(reading.folded, match.start())
    if max(first[1], last[1]) <= 31:
        year = int(match["year"]) if match["year"] else None
        yield _Days(start, match.end(), first, last, year, weekday=weekday if first == last else None)


def _month_range(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    m1, m2, year = _month_number(match["m1"]), _month_number(match["month"]), int(match["year"])
    first_year = int(match["y1"]) if match["y1"] else None
    if match["link"] in ("et", "and", "und", "e") and shifted_by_one(m1) != m2 and not _opened(match):
        yield _Fixed(match.start(), match.end("m1"), months(first_year or year, m1))
        yield _Fixed(match.start("month"), match.end(), months(year, m2))
        return
    yield _Days(match.start(), match.end(), (m1, 1), (m2, 1), year, first_year, whole_months=True)


def shifted_by_one(month: int) -> int:
    return month % 12 + 1


def _opened(match: re.Match[str]) -> bool:
    opened = _OPENED_BEFORE.search(match.string, max(0, match.start() - 16), match.start())
    return opened is not None and opened["open"] in _BETWEEN


def _month_year(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    if not re.match(rf"\s?{_UNITS}", match.string[match.end() : match.end() + 20]):
        yield _Fixed(match.start(), match.end(), months(int(match["year"]), _month_number(match["month"])))


def _season_year(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    first_month, year = SEASONS[match["season"]], int(match["year"])
    # Winter 2017/18 begins in the first of the two years, as winter 2018 does.
    if match["y2"] and first_month == 12:
        year += 1
    yield _Fixed(match.start(), match.end(), season(year, first_month))


def _part_year(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    groups = match.groupdict()
    name, ordinal = groups["part"] or groups["part2"], groups["ordinal"] or groups["ordinal2"]
    parts = {"t": 4, "q": 4, "quadrimestre": 3, "trimestre": 4, "quartal": 4, "quarter": 4}.get(name, 2)
    period = part_of_year(int(groups["year"] or groups["year2"]), ORDINALS.get(ordinal) or int(ordinal), parts)
    if period:
        yield _Fixed(match.start(), match.end(), period)


def _first_months(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    written = match["count"] or match["count2"]
    count = NUMBERS.get(written) or int(written)
    if 1 <= count <= 12:
        yield _Fixed(match.start(), match.end(), months(int(match["year"]), 1, count))


def _year_range(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    first, written = int(match["year"]), match["y2"] or match["y3"]
    if len(written) == 2 and match["mark"] == "-" and int(written) <= first % 100:
        if 1 <= int(written) <= 12:
            yield _Fixed(match.start(), match.end(), months(first, int(written)))
        return
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if first < last:
        yield _Fixed(match.start(), match.end(), years(first, last))


_NUMBER_BEFORE = re.compile(r"(?:(?<!\d)\d{2,3} |\b(?:chf|eur|usd|fr\.|no|nos|n°|art\.?|p\.|page|rs) ?|[$€£] ?)$")


def _bare_year(match: re.Match[str], reading: _Reading) -> Iterator[_Found]:
    before = reading.folded[max(0, match.start() - 8) : match.start()]
    after = reading.folded[match.end() : match.end() + 24]
    if _NUMBER_BEFORE.search(before) or re.match(rf"\s?(?:{_UNITS}|[%€$£]|\d{{3}}(?!\d))", after):
        return
    if not _postcode(match, reading):
        yield _Fixed(match.start(), match.end(), years(int(match["year"])))


def _postcode(match: re.Match[str], reading: _Reading) -> bool:
    """« 2000 Neuchâtel », « CH-1920 Martigny »: after a comma or at a line's start, before a name."""
    before = reading.folded[: match.start()].rstrip(" \t")[-1:]
    return before in (",", "", "\n") and bool(re.match(r" [A-ZÉÎ][a-zà-ÿ]{2,}", reading.text[reading.until(match.end()) : reading.until(match.end()) + 6]))


def _weekday_day(match: re.Match[str], _: _Reading) -> Iterator[_Found]:
    weekday, day = WEEKDAYS[match["weekday"]], int(match["day"])

    def settle(near: date) -> Period | None:
        around = (near + timedelta(days=shift) for shift in range(-45, 46))
        days = [other for other in around if other.day == day and other.weekday() == weekday]
        nearest = min(days, key=lambda other: abs(other - near), default=None)
        return Period(nearest, nearest) if nearest else None

    yield _Near(match.start(), match.end(), settle, weekday)


_DAYS_AGO = {"avant-hier": 2, "hier": 1, "yesterday": 1, "gestern": 1, "ieri": 1}


def _relative_day(match: re.Match[str], reading: _Reading) -> Iterator[_Found]:
    word = match["word"]
    if word == "hier" and _reads_german(reading.folded):
        return

    def settle(near: date) -> Period:
        day = near - timedelta(days=_DAYS_AGO.get(word, 0))
        return Period(day, day)

    yield _Near(match.start(), match.end(), settle, relative=True)


def _reads_german(folded: str) -> bool:
    """« hier » is « yesterday » in French and "here" in German."""
    german = len(re.findall(r"\b(?:der|die|das|und|ist|wird|wurde|ich|wir)\b", folded))
    return german > len(re.findall(r"\b(?:le|la|les|et|est|du|de|a|nous)\b", folded))
