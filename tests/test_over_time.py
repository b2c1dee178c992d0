"""How something went, from release to release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from asked import assignment

from assistant.kinds import kinds
from assistant.over_time import LONGEST_ALL, lines, told_over_time
from conftest import release
from store.records import Release


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Comment a évolué le trafic du bac ?", "oldest"),
        ("Comment le trafic du bac a-t-il évolué depuis 2023 ?", "oldest"),
        ("Retrace l'historique du pont", "oldest"),
        ("Le pont, de sa conception à son ouverture : quelles étapes ?", "oldest"),
        ("Tous les communiqués sur le pont", "oldest"),
        ("Que s'est-il passé au port depuis 2023 ?", "oldest"),
        ("How has the traffic of the ferry changed?", "oldest"),
        ("Wie hat sich der Verkehr entwickelt?", "oldest"),
        ("Où en est le chantier du pont ?", "newest"),
        ("Combien de passagers depuis 2023 ?", None),
        ("Depuis quand le bac est-il gratuit ?", None),
        ("Qui dirige le port ?", None),
    ],
)
def test_what_asks_how_it_went(question: str, order: str | None) -> None:
    """Evolution, history, steps; « où en est » wants the newest first; « combien depuis » one figure."""
    assert told_over_time(question, kinds(question)) == order


def ferry(year: int, number: int, more: str = "") -> Release:
    return release(
        f"Le bac de Port-Clair a transporté {number} 000 passagers en {year - 1}. {more}",
        title="Trafic du bac", issuer="Port de Sarvelle", published=date(year, 2, 3),
    )  # fmt: skip


def told(question: str, *releases: Release, order: str = "oldest") -> list[tuple[str, str]]:
    asked = assignment(question, *releases)
    return [(claim.lead_in, claim.text) for claim in lines(asked, kinds(question), order, set())]


def test_a_dated_line_a_release() -> None:
    """Oldest first or newest first, whatever was found best."""
    question = "Comment a évolué le nombre de passagers du bac ?"
    years = [ferry(2025, 95), ferry(2023, 120), ferry(2024, 110)]
    oldest = told(question, *years)
    assert [lead_in for lead_in, _ in oldest] == [
        f"3 février {year}, Port de Sarvelle :" for year in (2023, 2024, 2025)
    ]
    assert oldest[0][1] == "Le bac de Port-Clair a transporté 120 000 passagers en 2022."
    assert told(question, *years, order="newest") == oldest[::-1]


def test_one_day_is_no_evolution() -> None:
    """Nor are releases that speak of something else, or that have no day."""
    question = "Comment a évolué le nombre de passagers du bac ?"
    other = release("La foire ouvre lundi.", title="La foire", published=date(2023, 5, 5))
    assert told(question, ferry(2025, 95), other) == []
    assert told(question, ferry(2025, 95), replace(ferry(2024, 90), published=None)) == []


def test_lines_fit() -> None:
    """Those found best, never more characters than an answer may have."""
    long = "et le port s'en félicite " * 14
    years = [
        replace(ferry(2000 + n, 60 + n), text=f"Le bac a transporté {60 + n} 000 passagers, {long}.") for n in range(9)
    ]
    shown = told("Comment a évolué le nombre de passagers du bac ?", *years)
    assert 2 <= len(shown) <= 6
    assert sum(len(lead_in) + len(text) + 1 for lead_in, text in shown) <= LONGEST_ALL
