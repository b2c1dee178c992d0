"""Periods of publication as people say them, in four languages, each with its exact days.

Only sayings whose days nobody would dispute: no seasons, no « début mars ». Bounds of
« avant », « après » are days on which nothing was published, since people differ on
whether the day itself counts. Knows nothing about issuers or questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from store.period import Period, day_in_words, in_words

FRENCH, ENGLISH, GERMAN, ITALIAN = LANGUAGES = ("fr", "en", "de", "it")
_ORDINALS = {
    FRENCH: ("premier", "deuxième", "troisième", "quatrième"),
    ENGLISH: ("first", "second", "third", "fourth"),
    GERMAN: ("ersten", "zweiten", "dritten", "vierten"),
    ITALIAN: ("primo", "secondo", "terzo", "quarto"),
}


@dataclass(frozen=True, slots=True)
class When:
    """A period and how it is said (« en mars 2009 »); `key` is the shortest way (« mars 2009 »), if there is one."""

    period: Period
    words: str
    key: str = ""


def draw(rng: Random, days: Sequence[date], language: str, today: date, busy: Sequence[date] = ()) -> When:
    """A period that holds at least one of `days`, said in `language`.

    Where a period has one bound, that is a day on which nothing was published: neither one of
    `days` nor of `busy`.
    """
    day = rng.choice(days)
    made = [saying for saying in rng.sample(_SAYINGS, len(_SAYINGS)) if saying is not None]
    for saying in made:
        when = saying(rng, day, [*days, *busy] if saying in (_since, _until) else days, language, today)
        if when is not None and any(_within(one, when.period) for one in days):
            return when
    return _year(rng, day, days, language, today)


def month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, _next_month(first) - timedelta(days=1))


def _within(day: date, period: Period) -> bool:
    return (period.first is None or period.first <= day) and (period.last is None or day <= period.last)


def _year(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When:
    year = day.year
    words = {
        FRENCH: [f"en {year}", f"au cours de l'année {year}", f"durant l'année {year}", f"pendant l'année {year}"],
        ENGLISH: [f"in {year}", f"during {year}"],
        GERMAN: [f"im Jahr {year}", f"im Jahre {year}"],
        ITALIAN: [f"nel {year}", f"nel corso del {year}"],
    }
    return When(Period(date(year, 1, 1), date(year, 12, 31)), rng.choice(words[language]), str(year))


def _month(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When:
    period = month(day)
    said = in_words(period, language)
    words = {
        FRENCH: [f"en {said}", f"au mois {_de(said)}", f"au cours du mois {_de(said)}", f"en {day:%m/%Y}"],
        ENGLISH: [f"in {said}", f"during {said}"],
        GERMAN: [f"im {said}"],
        ITALIAN: [f"nel {said}", f"a {said}", f"nel mese di {said}"],
    }
    return When(period, rng.choice(words[language]), said)


def _day(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When:
    said = day_in_words(day, language)
    words = {
        FRENCH: [f"le {said}", f"le {day:%d.%m.%Y}", f"le {day:%d/%m/%Y}", f"à la date du {said}"],
        ENGLISH: [f"on {said}", f"on {day:%Y-%m-%d}"],
        GERMAN: [f"am {said}", f"am {day.day}.{day.month}.{day.year}"],
        ITALIAN: [f"il {said}", f"in data {said}"],
    }
    return When(Period(day, day), rng.choice(words[language]), said)


def _between(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When:
    last = day + timedelta(days=rng.randrange(5, 60))
    first_said, last_said = day_in_words(day, language), day_in_words(last, language)
    words = {
        FRENCH: [f"entre le {first_said} et le {last_said}", f"du {first_said} au {last_said}"],
        ENGLISH: [f"between {first_said} and {last_said}", f"from {first_said} to {last_said}"],
        GERMAN: [f"zwischen dem {first_said} und dem {last_said}", f"vom {first_said} bis zum {last_said}"],
        ITALIAN: [f"tra il {first_said} e il {last_said}", f"dal {first_said} al {last_said}"],
    }
    return When(Period(day, last), rng.choice(words[language]))


def _months(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When | None:
    first = month(day)
    ahead = _next_month(_next_month(first.first or day)) if rng.random() < 0.5 else _next_month(first.first or day)
    period = Period(first.first, month(ahead).last)
    if ahead.year != day.year:
        return None
    opening, ending = in_words(first, language).rsplit(" ", 1)[0], in_words(month(ahead), language)
    words = {
        FRENCH: [f"entre {opening} et {ending}", f"{_de(opening)} à {ending}"],
        ENGLISH: [f"between {opening} and {ending}", f"from {opening} to {ending}"],
        GERMAN: [f"von {opening} bis {ending}", f"zwischen {opening} und {ending}"],
        ITALIAN: [f"tra {opening} e {ending}", f"da {opening} a {ending}"],
    }
    return When(period, rng.choice(words[language]))


def _week(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When | None:
    monday = day - timedelta(days=day.weekday())
    words = {FRENCH: "la semaine du {}", ENGLISH: "in the week of {}", GERMAN: "in der Woche vom {}"}
    if language not in words:
        return None
    said = words[language].format(day_in_words(monday, language))
    return When(Period(monday, monday + timedelta(days=6)), said)


def _quarter(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When:
    number = (day.month - 1) // 3
    first = date(day.year, 3 * number + 1, 1)
    ordinal = _ORDINALS[language][number]
    words = {
        FRENCH: f"au {ordinal} trimestre {day.year}",
        ENGLISH: f"in the {ordinal} quarter of {day.year}",
        GERMAN: f"im {ordinal} Quartal {day.year}",
        ITALIAN: f"nel {ordinal} trimestre del {day.year}",
    }
    return When(Period(first, month(first + timedelta(days=62)).last), words[language])


def _half(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When | None:
    second = day.month > 6
    words = {
        FRENCH: f"au {'second' if second else 'premier'} semestre {day.year}",
        ENGLISH: f"in the {'second' if second else 'first'} half of {day.year}",
    }
    if language not in words:
        return None
    bounds = (date(day.year, 7, 1), date(day.year, 12, 31)) if second else (date(day.year, 1, 1), date(day.year, 6, 30))
    return When(Period(*bounds), words[language])


def _since(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When | None:
    if (bound := _quiet(day, days, -1)) is None:
        return None
    said = day_in_words(bound, language)
    words = {
        FRENCH: ["depuis le {}", "à partir du {}", "après le {}"],
        ENGLISH: ["since {}", "after {}"],
        GERMAN: ["seit dem {}", "nach dem {}"],
        ITALIAN: ["dal {} in poi", "dopo il {}"],
    }
    return When(Period(bound, None), rng.choice(words[language]).format(said))


def _until(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When | None:
    if (bound := _quiet(day, days, 1)) is None:
        return None
    said = day_in_words(bound, language)
    words = {
        FRENCH: ["avant le {}", "jusqu'au {}"],
        ENGLISH: ["before {}", "until {}"],
        GERMAN: ["vor dem {}", "bis zum {}"],
        ITALIAN: ["prima del {}", "fino al {}"],
    }
    return When(Period(None, bound), rng.choice(words[language]).format(said))


def _relative(rng: Random, day: date, days: Sequence[date], language: str, today: date) -> When | None:
    this, last = month(today), month(today.replace(day=1) - timedelta(days=1))
    year, before = (Period(date(y, 1, 1), date(y, 12, 31)) for y in (today.year, today.year - 1))
    yesterday = today - timedelta(days=1)
    said = {
        FRENCH: [
            (this, "ce mois-ci"),
            (last, "le mois dernier"),
            (year, "cette année"),
            (before, "l'an dernier"),
            (before, "l'année dernière"),
            (Period(yesterday, yesterday), "hier"),
            (Period(today, today), "aujourd'hui"),
        ],
        ENGLISH: [(last, "last month"), (year, "this year"), (before, "last year")],
        GERMAN: [(last, "im letzten Monat"), (year, "dieses Jahr"), (before, "letztes Jahr")],
        ITALIAN: [(last, "il mese scorso"), (year, "quest'anno"), (before, "l'anno scorso")],
    }
    fitting = [(period, words) for period, words in said[language] if any(_within(one, period) for one in days)]
    return When(*rng.choice(fitting)) if fitting else None


_SAYINGS: tuple[Callable[[Random, date, Sequence[date], str, date], When | None], ...] = (
    _year, _month, _month, _month, _day, _day, _between, _months, _week, _quarter, _half, _since, _until, _relative,
)  # fmt: skip


def _quiet(day: date, days: Sequence[date], step: int) -> date | None:
    """The nearest day before or after on which nothing was published."""
    busy = set(days)
    near = (day + timedelta(days=step * far) for far in range(1, 21))
    return next((one for one in near if one not in busy), None)


def _next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def _de(said: str) -> str:
    return f"d'{said}" if said[0] in "ao" else f"de {said}"
