"""The calendar's words in French, English, German and Italian, and the periods they name.

Names are folded (no capitals, no accents). Knows nothing about texts or questions.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from store.folding import word_list


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def common(self, other: Period) -> Period | None:
        """The days of both; None where they share none."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        first, last = max(firsts, default=None), min(lasts, default=None)
        return None if first is not None and last is not None and first > last else Period(first, last)


MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "janvier january januar janner gennaio",
            "fevrier february februar febbraio",
            "mars march marz maerz marzo",
            "avril april aprile",
            "mai may maggio",
            "juin june juni giugno",
            "juillet july juli luglio",
            "aout august agosto",
            "septembre september settembre",
            "octobre october oktober ottobre",
            "novembre november",
            "decembre december dezember dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
SHORT_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "janv jan gen",
            "fevr fev feb febr",
            "mar mrz",
            "avr apr",
            "mag",
            "jun giu",
            "juil jul lug",
            "aug ago",
            "sept sep set sett",
            "oct okt ott",
            "nov",
            "dec dez dic",
        ),
        start=1,
    )
    for name in names.split()
}
# Also ordinary words: a month only beside a year.
UNSURE_MONTHS = word_list("mar mag set ago gen dic lug giu ott mars march may")
ENGLISH_MONTHS = word_list(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sept sep oct nov dec"
)
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday montag lunedi",
            "mardi tuesday dienstag martedi",
            "mercredi wednesday mittwoch mercoledi",
            "jeudi thursday donnerstag giovedi",
            "vendredi friday freitag venerdi",
            "samedi saturday samstag sonnabend sabato",
            "dimanche sunday sonntag domenica",
        )
    )
    for name in names.split()
}
# Season → its first month; three calendar months each, winter beginning in the year before.
SEASONS: dict[str, int] = {
    name: month
    for month, names in (
        (3, "printemps spring fruhling fruhjahr primavera"),
        (6, "ete summer sommer estate"),
        (9, "automne autumn fall herbst autunno"),
        (12, "hiver winter inverno"),
    )
    for name in names.split()
}
ORDINALS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "1er 1re 1ere 1^{er} 1^{re} 1^{ere} premier premiere 1st first 1. erste ersten erster erstes 1o"
            " primo prima",
            "2e 2eme 2nd 2d 2^{e} 2^{eme} 2^{nd} deuxieme second seconde 2. zweite zweiten zweiter zweites"
            " secondo seconda",
            "3e 3eme 3^{e} 3^{eme} troisieme 3rd third 3. dritte dritten drittes terzo terza",
            "4e 4eme 4^{e} 4^{eme} quatrieme 4th fourth 4. vierte vierten viertes quarto quarta",
        ),
        start=1,
    )
    for name in names.split()
}
NUMBERS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "un une one einen ein",
            "deux two zwei due",
            "trois three drei tre",
            "quatre four vier quattro",
            "cinq five funf cinque",
            "six sechs sei",
            "sept seven sieben sette",
            "huit eight acht otto",
            "neuf nine neun nove",
            "dix ten zehn dieci",
            "onze eleven elf undici",
            "douze twelve zwolf dodici",
        ),
        start=1,
    )
    for name in names.split()
}


def any_of(names: dict[str, int] | frozenset[str]) -> str:
    """A regular expression for any of these names, longest first."""
    return "|".join(sorted((name.replace(".", r"\.").replace("^", r"\^") for name in names), key=len, reverse=True))


def days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def months(year: int, month: int, count: int = 1) -> Period:
    """The `count` months from this one on."""
    end_year, end_month = shifted(year, month, count - 1)
    return Period(date(year, month, 1), date(end_year, end_month, days_in(end_year, end_month)))


def shifted(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month that lie `by` months later (earlier when negative)."""
    years, index = divmod(year * 12 + month - 1 + by, 12)
    return years, index + 1


def season(year: int, first_month: int) -> Period:
    return months(*shifted(year, first_month, -12 if first_month == 12 else 0), 3)


def years(first: int, last: int | None = None) -> Period:
    return Period(date(first, 1, 1), date(last or first, 12, 31))


def part_of_year(year: int, ordinal: int, parts: int) -> Period | None:
    """The quarter (`parts` 4), third or half of a year, or None where there is no such part."""
    length = 12 // parts
    return months(year, (ordinal - 1) * length + 1, length) if ordinal <= parts else None


def months_before(day: date, count: int) -> date:
    year, month = shifted(day.year, day.month, -count)
    return date(year, month, min(day.day, days_in(year, month)))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Gauss's reckoning, as Meeus gives it)."""
    century = year // 100
    golden = year % 19
    correction = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = correction - (correction // 28) * (1 - (29 // (correction + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    shift = moon - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))


def week_of(day: date, weeks: int = 0) -> Period:
    """Monday to Sunday around `day`, `weeks` later."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return Period(monday, monday + timedelta(days=6))
