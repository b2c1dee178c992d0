"""Embargoes: until when, in UTC; held where that cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.embargo import HELD, read_embargo, speaks_of_embargo


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
    ],
)
def test_only_a_release_under_embargo_is_said_to_be(line: str, says: bool) -> None:
    """Other embargoes are other subjects."""
    assert speaks_of_embargo(line) is says
