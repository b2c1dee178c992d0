"""From question to evidence: the conversation's releases, its time, and the language it is in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answer import Question, Turn
from assistant.desk import Desk
from assistant.retrieval import told_around
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.period import Period
from store.records import Scope

Shelve = Callable[..., Added]
UNEMPLOYED = "Fin {month}, {count} chômeurs étaient inscrits à Sarvelle. Le taux de chômage s'établit à {rate} %."


def first(desk: Desk, question: str, *history: Turn) -> str | None:
    found = desk.ask(Question(question, history), Scope.STAFF).evidence
    return found[0].release.reference if found else None


@pytest.fixture
def desk(archive: Archive, shelve: Shelve) -> Desk:
    told = [("mars", 4, 3800), ("avril", 5, 3750), ("mai", 6, 3700), ("juin", 7, 3650), ("juillet", 8, 3600)]
    for year in (2023, 2024, 2025):
        for name, month, count in told:
            shelve(
                UNEMPLOYED.format(month=name, count=count + year % 10, rate="4,2"),
                title=f"Marché du travail en {name}",
                reference=f"{year}-{name}",
                published=date(year, month, 8),
            )
    shelve("Le musée des Tisserands rouvre. Il a coûté 4 millions.", reference="musee", published=date(2025, 2, 3))
    shelve("Le stade rouvre en mars. Il a coûté 98 millions.", reference="stade", published=date(2025, 2, 3))
    archive.flush()
    return Desk(archive, clock=lambda: NOW)


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_of_like_releases_the_one_of_the_time_asked_about_comes_first(desk: Desk, year: int) -> None:
    """Of monthly figures told alike for years, those published about the month asked for lead."""
    assert first(desk, f"Combien de chômeurs étaient inscrits fin mai {year} ?") == f"{year}-mai"


def test_a_follow_up_stays_with_the_release_cited(desk: Desk) -> None:
    """« Combien a-t-il coûté ? » is asked of what the conversation was about."""
    for reference, subject in (("musee", "le musée des Tisserands"), ("stade", "le stade")):
        turn = Turn(f"Quand {subject} rouvre-t-il ?", (reference,))
        assert first(desk, "Et combien a-t-il coûté ?", turn) == reference


def test_a_release_nobody_knows_is_ignored_in_the_history(desk: Desk) -> None:
    """An unknown reference in the history changes nothing."""
    turn = Turn("Quand le stade rouvre-t-il ?", ("inconnu", "stade"))
    assert first(desk, "Et combien a-t-il coûté ?", turn) == "stade"


def test_another_language_finds_the_same_release(desk: Desk) -> None:
    """A question in English over French releases leans on meaning, and finds what the French one finds."""
    assert first(desk, "How much did the stadium cost?") == "stade"


@pytest.mark.parametrize(
    ("topic", "around"),
    [
        (None, Period()),
        (Period(date(2018, 5, 1), None), Period()),
        (Period(date(2018, 5, 1), date(2018, 5, 31)), Period(date(2018, 3, 17), date(2018, 7, 15))),
        (Period(date(2019, 1, 1), date(2019, 12, 31)), Period(date(2018, 7, 5), date(2020, 5, 29))),
    ],
)
def test_a_time_is_told_of_around_it(topic: Period | None, around: Period) -> None:
    """A month is told of some weeks before and after, a year half a year; an open time at any time."""
    assert told_around(topic) == around
