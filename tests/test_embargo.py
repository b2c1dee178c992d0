"""Embargoes: until when, in UTC; held where that cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.parser.embargo import HELD, mentions_embargo, read_embargo, speaks_of_embargo, states_embargo


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("SOUS EMBARGO JUSQU'AU 12 MARS 2024 À 10H", datetime(2024, 3, 12, 9, 0)),
        ("Sous embargo jusqu’au lundi 1er juillet 2024, 6 h 30", datetime(2024, 7, 1, 4, 30)),
        ("EMBARGO : 12.03.2024, 18h00", datetime(2024, 3, 12, 17, 0)),
        ("Embargo jusqu'au 12 mars 2024 à midi", datetime(2024, 3, 12, 11, 0)),
        ("Sous embargo jusqu'au 12 mars 2024 à 10h GMT", datetime(2024, 3, 12, 10, 0)),
        ("Sous embargo jusqu'au 12 mars 2024, 10 heures (heure de Londres)", datetime(2024, 3, 12, 10, 0)),
        ("EMBARGOED UNTIL 12 March 2024, 3:30 pm", datetime(2024, 3, 12, 14, 30)),
        ("Embargo : mardi 12 mars 2024, 10 h 00", datetime(2024, 3, 12, 9, 0)),
        ("STRICTLY EMBARGOED UNTIL 10AM EST, MARCH 12, 2024", datetime(2024, 3, 12, 14, 0)),
        ("Sous embargo jusqu'au 12 mars 2024 à 9h (heure de Montréal)", datetime(2024, 3, 12, 13, 0)),
        ("Sperrfrist: 12. März 2024, 10.00 Uhr", datetime(2024, 3, 12, 9, 0)),
        ("Embargo fino al 12 marzo 2024, ore 10.00", datetime(2024, 3, 12, 9, 0)),
        ("Ne pas diffuser avant le 12 mars 2024 à 10h", datetime(2024, 3, 12, 9, 0)),
    ],
)
def test_day_and_hour_are_read_as_paris_time(line: str, until: datetime) -> None:
    """Unless the line names another clock; summer time counts."""
    embargo = read_embargo(line)
    assert embargo.until == until.replace(tzinfo=UTC)
    assert embargo.doubts == ()


def test_a_day_without_hour_is_a_doubt() -> None:
    """It ends at the day's first minute in Paris."""
    embargo = read_embargo("Sous embargo jusqu'au 12 mars 2024")
    assert embargo.until == datetime(2024, 3, 11, 23, 0, tzinfo=UTC)
    assert "sans heure" in embargo.doubts[0]


def test_midnight_is_the_end_of_the_day_and_a_doubt() -> None:
    """Too late by a day harms less than too early."""
    embargo = read_embargo("Sous embargo jusqu'au 12 mars 2024 à minuit")
    assert embargo.until == datetime(2024, 3, 12, 23, 0, tzinfo=UTC)
    assert "minuit" in embargo.doubts[0]


def test_a_missing_year_is_the_nearest_and_a_doubt() -> None:
    """The release's own date tells which."""
    embargo = read_embargo("Sous embargo jusqu'au 2 janvier à 8h", date(2023, 12, 20))
    assert embargo.until == datetime(2024, 1, 2, 7, 0, tzinfo=UTC)
    assert "année" in embargo.doubts[0]


@pytest.mark.parametrize(
    "line", ["SOUS EMBARGO", "Sous embargo jusqu'au conseil municipal", "Embargo : 31 février 2024"]
)
def test_an_embargo_that_cannot_be_read_holds(line: str) -> None:
    """Publishing by mistake cannot be undone; a doubt says so."""
    embargo = read_embargo(line)
    assert embargo.until == HELD
    assert "retenu" in embargo.doubts[0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("SOUS EMBARGO JUSQU'AU 12 MARS", True),
        ("Embargo levé", False),
        ("L'embargo sur les armes reste en vigueur.", False),
        ("Sans embargo", False),
        ("EMBARGO 12.03.2024 18H", True),
        ("À diffuser à partir du 12 mars 2024, 18h", True),
        ("Not for release before 12 March 2024 9 a.m.", True),
        ("L'Union lève l'embargo le 12 mars 2024", False),
        ("Embargo sur les ventes d'armes : 12 pays concernés", False),
        ("Le texte, sous embargo depuis mars, sera publié.", False),
    ],
)
def test_only_a_release_under_embargo_is_said_to_be(line: str, says: bool) -> None:
    """Other embargoes are other subjects."""
    assert speaks_of_embargo(line) is says


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Document sous embargo jusqu'au 12 mars 2024 à 8h", True),
        ("Embargo : 12 mars 2024, 8h", True),
        ("Il est interdit de publier avant 20 heures les estimations.", False),
        ("L'embargo sur les armes, prolongé jusqu'au 12 mars", False),
    ],
)
def test_below_the_head_only_an_embargo_with_its_end_counts(line: str, says: bool) -> None:
    """Prose may speak of embargoes."""
    assert states_embargo(line) is says
    assert mentions_embargo(f"Texte.\n\n{line}") or not says
