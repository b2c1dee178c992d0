"""Periods of publication as people say them: the words and the days belong together."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pytest

from assistant.evaluation.whens import LANGUAGES, When, draw, month
from store.period import Period

DAYS = sorted({date(2031, 1, 6) + timedelta(days=7 * week) for week in range(48)} | {date(2031, 5, 14)})
TODAY = date(2031, 12, 10)


def sayings(language: str, days: list[date] = DAYS) -> dict[str, Period]:
    rng = Random(7)
    drawn = (draw(rng, days, language, TODAY) for _ in range(1500))
    return {when.words: when.period for when in drawn}


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("en mai 2031", date(2031, 5, 1), date(2031, 5, 31)),
        ("au mois d'août 2031", date(2031, 8, 1), date(2031, 8, 31)),
        ("en 02/2031", date(2031, 2, 1), date(2031, 2, 28)),
        ("le 14 mai 2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("le 14.05.2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("au deuxième trimestre 2031", date(2031, 4, 1), date(2031, 6, 30)),
        ("au second semestre 2031", date(2031, 7, 1), date(2031, 12, 31)),
        ("la semaine du 12 mai 2031", date(2031, 5, 12), date(2031, 5, 18)),
        ("entre mai et juillet 2031", date(2031, 5, 1), date(2031, 7, 31)),
        ("de mai à juin 2031", date(2031, 5, 1), date(2031, 6, 30)),
        ("durant l'année 2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("le mois dernier", date(2031, 11, 1), date(2031, 11, 30)),
        ("cette année", date(2031, 1, 1), date(2031, 12, 31)),
    ],
)
def test_french_sayings_mean_their_days(words: str, first: date, last: date) -> None:
    """Each saying is drawn, with the first and last day anybody would give it."""
    assert sayings("fr")[words] == Period(first, last)


@pytest.mark.parametrize(
    ("language", "words", "first", "last"),
    [
        ("en", "in the third quarter of 2031", date(2031, 7, 1), date(2031, 9, 30)),
        ("en", "on 14 May 2031", date(2031, 5, 14), date(2031, 5, 14)),
        ("de", "im März 2031", date(2031, 3, 1), date(2031, 3, 31)),
        ("de", "im vierten Quartal 2031", date(2031, 10, 1), date(2031, 12, 31)),
        ("it", "nel primo trimestre del 2031", date(2031, 1, 1), date(2031, 3, 31)),
        ("it", "nel mese di giugno 2031", date(2031, 6, 1), date(2031, 6, 30)),
    ],
)
def test_other_languages_say_the_same(language: str, words: str, first: date, last: date) -> None:
    """Quarters, months and days in English, German and Italian."""
    assert sayings(language)[words] == Period(first, last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_drawn_holds_something(language: str) -> None:
    """No period is empty, and no bound of « avant » or « depuis » is a day something was published on."""
    for words, period in sayings(language).items():
        held = [day for day in DAYS if (period.first or day) <= day <= (period.last or day)]
        assert held, words
        if period.first is None:
            assert period.last not in DAYS
        if period.last is None:
            assert period.first not in DAYS


def test_yesterday_is_said_only_where_something_came_out() -> None:
    """« Hier » and « aujourd'hui » are drawn when the archive has such a day, and never else."""
    assert sayings("fr", [TODAY - timedelta(days=1)])["hier"] == Period(*[TODAY - timedelta(days=1)] * 2)
    assert "hier" not in sayings("fr")


def test_the_same_seed_says_the_same() -> None:
    """Periods are drawn with the generator they are given."""
    first, second = Random(3), Random(3)
    assert [draw(first, DAYS, "fr", TODAY) for _ in range(20)] == [draw(second, DAYS, "fr", TODAY) for _ in range(20)]


def test_years_in_the_words_are_those_of_the_period() -> None:
    """A saying with a year names a year its period touches."""
    for words, period in sayings("fr").items():
        years = {int(year) for year in re.findall(r"\b\d{4}\b", words)}
        assert years <= {day.year for day in (period.first, period.last) if day}, words


def test_a_month_ends_on_its_last_day() -> None:
    """Leap years and years' ends."""
    assert month(date(2032, 2, 3)) == Period(date(2032, 2, 1), date(2032, 2, 29))
    assert month(date(2031, 12, 31)) == Period(date(2031, 12, 1), date(2031, 12, 31))
    assert When(month(date(2031, 4, 30)), "").period.last == date(2031, 4, 30)
