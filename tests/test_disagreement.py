"""Releases that contradict each other, told from those that only seem to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.disagreement import disagreements
from conftest import release
from ingest.parser.figures import find_figures
from store.language import sentences
from store.records import Hit, Passage, Release, Span


def told(text: str, title: str, published: date, number: int, **facts: object) -> Release:
    made = release(text, title=title, published=published, figures=find_figures(text))
    return replace(made, id=f"cp-{number}", **facts)  # type: ignore[arg-type]


def found(one: Release, *others: Release, dated: bool = False) -> list[tuple[str, str]]:
    hits = [
        Hit(Passage(0, Span(0, len(each.text)), tuple(sentences(each.text)), each.text), each, 1.0)
        for each in (one, *others)
    ]
    cited = [(one, Span(0, len(one.text)))]
    return [(each.newer.value, each.older.value) for each in disagreements(cited, hits, dated)]


BRIDGE = told(
    "Les travaux du pont des Brumes coûteront 3,2 millions d'euros à la Métropole.",
    "Le pont des Brumes sera refait",
    date(2024, 11, 6),
    1,
)


def later(text: str, title: str = "Pont des Brumes : où en sont les travaux", **facts: object) -> Release:
    return told(text, title, date(2025, 3, 3), 2, **facts)


def test_another_figure_of_the_same_thing_is_told_newest_first() -> None:
    """The same words, unit and subject; both values as they are written."""
    other = later("À la Métropole, les travaux du pont des Brumes coûteront finalement 4,1 millions d'euros.")
    assert found(BRIDGE, other) == [("4,1 millions d'euros", "3,2 millions d'euros")]
    assert found(other, BRIDGE) == [("4,1 millions d'euros", "3,2 millions d'euros")]


def test_what_is_counted_is_told_with_it() -> None:
    """« 140 agents », not « 140 »."""
    one = told("La police de Sarvelle compte 120 agents de terrain.", "Police de Sarvelle", date(2024, 5, 1), 1)
    other = told("La police de Sarvelle compte 140 agents de terrain.", "Sarvelle : sa police", date(2024, 9, 1), 2)
    assert found(one, other) == [("140 agents", "120 agents")]


@pytest.mark.parametrize(
    "text",
    [
        "Les travaux du pont des Brumes coûteront 3,2 millions d'euros à la Métropole.",
        "Les travaux du pont des Brumes coûteront 3 200 000 euros à la Métropole.",
        "Les travaux du pont des Brumes coûteront 3,24 millions d'euros à la Métropole.",
        "Les travaux du pont des Brumes coûteront environ 3,3 millions d'euros à la Métropole.",
        "Les travaux du pont des Brumes coûteront plus de 3 millions d'euros à la Métropole.",
        "Les travaux du pont des Brumes coûteront 4,1 millions d'euros à la Métropole en 2023.",
        "Les travaux du pont des Brumes coûteront 4,1 millions d'euros en mai à la Métropole.",
        "Les travaux du pont des Brumes coûteront 4,1 millions d'euros, dont 1,2 million d'euros à la Métropole.",
        "Les travaux du pont des Brumes coûteront 900 millions d'euros à la Métropole.",
        "Le coût des travaux du pont des Brumes augmente de 1,2 million d'euros pour la Métropole.",
        "Les travaux du pont des Brumes dureront 14 mois, dit la Métropole.",
        "La Métropole versera 1,2 million d'euros aux clubs de natation.",
    ],
)
def test_what_may_be_right_beside_it_is_no_contradiction(text: str) -> None:
    """The same figure, its rounding, another year or month, a part, a change, another thing."""
    assert found(BRIDGE, later(text)) == []


def test_releases_of_a_series_do_not_contradict_each_other() -> None:
    """« Semaine 11 » and « semaine 12 », or the same title month after month, are of their own time."""
    text = "Les piscines de Sarvelle ont accueilli {} visiteurs au total."
    for first, second in (
        ("Piscines de Sarvelle : semaine 11", "Piscines de Sarvelle : semaine 12"),
        ("Piscines de Sarvelle : le bilan", "Piscines de Sarvelle : le bilan"),
        ("Le bilan de mars des piscines de Sarvelle", "Le bilan d'avril des piscines de Sarvelle"),
    ):
        one = told(text.format("12 400"), first, date(2024, 3, 18), 1)
        assert found(one, told(text.format("15 900"), second, date(2024, 4, 25), 2)) == []


def test_other_things_of_the_same_kind_do_not_contradict_each_other() -> None:
    """Another bridge: names that the other release does not hold."""
    other = later(
        "Les travaux du pont Vaucresson coûteront 4,1 millions d'euros à la Métropole.",
        "Le pont Vaucresson sera refait",
    )
    assert found(BRIDGE, other) == []


def test_reprints_translations_and_the_release_itself_are_passed_over() -> None:
    """One text under two numbers says nothing twice."""
    text = "Les travaux du pont des Brumes coûteront 4,1 millions d'euros à la Métropole."
    twin = told(BRIDGE.text, BRIDGE.title, date(2024, 11, 6), 1, family="f")
    assert found(twin, later(text, family="f")) == []
    assert found(told(BRIDGE.text, BRIDGE.title, date(2024, 11, 6), 1, group="g"), later(text, group="g")) == []


def test_another_day_is_told_where_days_are_asked_for() -> None:
    """The reopening that was put off; a day of another year's edition, or asked for nothing of the kind, is not."""
    one = told("Le pont des Brumes rouvrira le 12 juin 2025.", "Le pont des Brumes rouvre", date(2025, 1, 6), 1)
    other = later("Le pont des Brumes rouvrira le 4 octobre 2025.")
    assert found(one, other, dated=True) == [("4 octobre 2025", "12 juin 2025")]
    assert found(one, other) == []
    assert found(one, later("Le pont des Brumes rouvrira le 4 octobre 2027."), dated=True) == []


def test_the_next_session_is_no_contradiction() -> None:
    """Once the day first announced has passed, another day is another meeting's."""
    text = "La conférence des maires de Sarvelle se réunit le {} à la Métropole."
    spring = told(text.format("15 mars 2025"), "La conférence des maires de Sarvelle", date(2025, 3, 10), 1)
    autumn = told(text.format("28 septembre 2025"), "Conférence des maires : Sarvelle", date(2025, 9, 20), 2)
    assert found(spring, autumn, dated=True) == []
    early = told(text.format("4 avril 2025"), "Conférence des maires : Sarvelle", date(2025, 3, 12), 2)
    assert found(spring, early, dated=True) == [("4 avril 2025", "15 mars 2025")]
