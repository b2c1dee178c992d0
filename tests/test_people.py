"""Who a text names: fullest names, offices, references."""

from __future__ import annotations

import pytest

from ingest.parser.people import People


def people(text: str) -> People:
    return People(text, len(text))


def test_one_person_has_one_name_however_written() -> None:
    """« A. Roux », « Mme Roux », « Roux » are Anne Roux, the fullest form the text gives."""
    text = "A. Roux parle. Anne Roux, cheffe du port, écoute. Mme Roux répond, puis Roux conclut."
    (person,) = people(text).persons
    assert person.name == "Anne Roux"
    assert person.titles == ["cheffe du port"]
    assert len(people(text).mentions) == 4


def test_civilities_tell_two_of_one_surname_apart() -> None:
    """« M. Roux » is Paul, « Mme Roux » Anne."""
    text = "Anne Roux et Paul Roux sont là. M. Roux parle, Mme Roux répond."
    assert [mention.person.name for mention in people(text).mentions][2:] == ["Paul Roux", "Anne Roux"]


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("la maire", "Lise Maréchal"),
        ("la maire de Clair", "Lise Maréchal"),
        ("le chef de l'OPV", "Odon Brémi"),
        ("le chef de l'Office des ports du Val", "Odon Brémi"),
        ("la préfète", None),
        ("le maire de Brume", None),
    ],
)
def test_an_office_is_whoever_holds_it_in_the_text(reference: str, name: str | None) -> None:
    """Every word of the reference has to be among the person's offices; acronyms count by their full name."""
    text = (
        "La maire de Clair, Lise Maréchal, et Odon Brémi, chef de l'Office des ports du Val (OPV), ouvrent le quai. "
        "Puis ils parlent."
    )
    found = people(text).described(reference, len(text))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Lise Maréchal, maire de Clair, parle.", "maire de Clair"),
        ("Le directeur de l'OPV Odon Brémi parle.", "directeur de l'OPV"),
        ("L'ancienne ministre Lise Maréchal parle.", "ancienne ministre"),
        ("Le chef du port, le capitaine Odon Brémi, parle.", "capitaine"),
        ("Lise Maréchal (directrice) parle.", "directrice"),
        ("Lise Maréchal, qui parle, est là.", None),
    ],
)
def test_an_office_stands_before_or_after_a_name(text: str, role: str | None) -> None:
    """As written, without its article."""
    (person,) = people(text).persons
    assert person.role == role


def test_a_name_after_a_preposition_is_governed() -> None:
    """« avec Lise Maréchal » is no subject."""
    text = "Odon Brémi parle avec Lise Maréchal."
    assert [mention.governed for mention in people(text).mentions] == [False, True]
