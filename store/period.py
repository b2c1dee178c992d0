"""Dates as the press writes them, as periods with a first and a last day.

The one door to them: finding them in a text, reading them in a question, saying them.
Knows nothing about releases or the clock: "today" is always passed in.
"""

from __future__ import annotations

from datetime import date

from store.almanac import Period, days_in
from store.asked import AskedPeriod, asked_period, asked_periods
from store.dates import DateMention, find_dates, impossible_dates, parse_day

__all__ = [
    "AskedPeriod",
    "DateMention",
    "Period",
    "asked_period",
    "asked_periods",
    "day_in_words",
    "find_dates",
    "impossible_dates",
    "in_words",
    "parse_day",
]

_MONTHS = {
    language: names.split()
    for language, names in (
        ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        ("en", "January February March April May June July August September October November December"),
        ("de", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        ("it", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    )
}
_PHRASES = {
    "fr": ("du {} au {}", "depuis le {}", "jusqu'au {}", "de {} à {}", "sans limite de date"),
    "en": ("from {} to {}", "since {}", "until {}", "{} to {}", "at any time"),
    "de": ("vom {} bis {}", "seit dem {}", "bis zum {}", "{} bis {}", "ohne zeitliche Grenze"),
    "it": ("dal {} al {}", "dal {}", "fino al {}", "da {} a {}", "senza limiti di tempo"),
}


def day_in_words(day: date, language: str = "fr") -> str:
    """« 6 novembre 2017 », « 1er mars 2019 », "6 November 2017", „6. November 2017“, « 1º marzo 2019 »."""
    return f"{_numbered(day, language)} {_month(day, language)} {day.year}"


def in_words(period: Period, language: str = "fr") -> str:
    """« novembre 2017 », « du 3 au 7 mai 2018 », « depuis le 1er mars 2018 », « 2018 »."""
    between, since, until, months, always = _PHRASES[_known(language)]
    first, last = period.first, period.last
    if first is None:
        return always if last is None else until.format(day_in_words(last, language))
    if last is None:
        return since.format(day_in_words(first, language))
    if first == last:
        return day_in_words(first, language)
    if first.day != 1 or last.day != days_in(last.year, last.month):
        return between.format(_shortened(first, last, language), day_in_words(last, language))
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    ending = f"{_month(last, language)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return ending
    opening = _month(first, language) + ("" if first.year == last.year else f" {first.year}")
    return _elided(months.format(opening, ending))


def _elided(phrase: str) -> str:
    return phrase.replace("de a", "d'a").replace("de o", "d'o") if phrase.startswith("de ") else phrase


def _shortened(first: date, last: date, language: str) -> str:
    """The first day without the month and year that it shares with the last."""
    words = _numbered(first, language)
    if first.year != last.year:
        return day_in_words(first, language)
    return words if first.month == last.month else f"{words} {_month(first, language)}"


def _numbered(day: date, language: str) -> str:
    if day.day == 1 and _known(language) in ("fr", "it"):
        return {"fr": "1er", "it": "1º"}[_known(language)]
    return f"{day.day}." if language == "de" else str(day.day)


def _month(day: date, language: str) -> str:
    return _MONTHS[_known(language)][day.month - 1]


def _known(language: str) -> str:
    return language if language in _MONTHS else "fr"
