"""« Aujourd'hui » and « actuellement »: as of which day an answer speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.as_of import as_of, asks_of_now, newest_of_the_best
from conftest import release
from store.records import Hit, Passage, Span


@pytest.mark.parametrize(
    "question",
    [
        "Combien la ville compte-t-elle d'agents aujourd'hui ?",
        "Qui préside actuellement la Métropole ?",
        "Où en est-on du chantier en ce moment ?",
        "How many officers are there currently?",
        "Wie viele sind es derzeit?",
        "Quanti sono attualmente?",
    ],
)
def test_questions_of_today_are_recognised(question: str) -> None:
    """In four languages."""
    assert asks_of_now(question)


@pytest.mark.parametrize("question", ["Combien a coûté le pont ?", "Quelle est l'actualité du port ?"])
def test_others_are_not(question: str) -> None:
    """Nothing is said of today where nobody asks."""
    assert not asks_of_now(question)


def hit(number: int, score: float, published: date | None) -> Hit:
    made = replace(release(f"Texte {number}.", published=published), id=f"cp-{number}")
    return Hit(Passage(0, Span(0, 8), (Span(0, 8),), made.text), made, score)


def test_the_newest_of_what_is_as_good_comes_first() -> None:
    """Days decide among near equals only: what is clearly better, or clearly worse, keeps its place."""
    hits = [hit(1, 1.0, date(2024, 1, 1)), hit(2, 0.95, date(2025, 1, 1)), hit(3, 0.5, date(2026, 1, 1))]
    assert [one.release.id for one in newest_of_the_best(hits)] == ["cp-2", "cp-1", "cp-3"]
    assert [one.score for one in newest_of_the_best(hits)] == [1.0, 0.95, 0.5]
    assert newest_of_the_best([]) == []


def test_the_day_of_the_newest_is_told() -> None:
    """In the asker's language; nothing where no release is dated."""
    dated = [hit(1, 1.0, date(2024, 1, 1)).release, hit(2, 1.0, date(2025, 3, 3)).release]
    told = as_of(dated, "fr")
    assert told is not None
    assert (told.kind, told.releases) == ("as_of", ("cp-2",))
    assert told.message == "D’après le communiqué le plus récent sur ce point, du 3 mars 2025."
    english = as_of(dated, "en")
    assert english is not None
    assert english.message == "As of the latest release on this point, of 3 March 2025."
    assert as_of([hit(1, 1.0, None).release], "fr") is None
