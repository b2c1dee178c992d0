"""Offices in every gender, and what they tell of it."""

from __future__ import annotations

import pytest

from ingest.parser.offices import first_name_gender, is_office, office_gender


@pytest.mark.parametrize(
    "word", ["maire", "Directrice", "présidentes", "cheffe", "députée", "hydrogéologue", "Stadtpräsidentin", "PDG"]
)
def test_offices_are_known_in_every_gender_and_number(word: str) -> None:
    """Lists in one form, and the endings of trades."""
    assert is_office(word)


@pytest.mark.parametrize("word", ["maison", "rapport", "liste", "terroriste", "Ville", "fédéral"])
def test_other_words_are_no_offices(word: str) -> None:
    """Nor what only ends like one."""
    assert not is_office(word)


def test_forms_tell_the_gender_where_they_do() -> None:
    """« ministre » does not."""
    assert [office_gender(word) for word in ("directrice", "directeur", "ministre")] == ["f", "m", None]
    assert [first_name_gender(word) for word in ("Anne", "Jean-Marc", "Dominique", "Quai")] == ["f", "m", "m", None]
