"""How people name an issuer, read from the catalogue by rules of their own."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from assistant.evaluation.shelf import Shelved
from assistant.evaluation.spoken_names import Named, misspelt, spoken_name, ways_of_naming
from store.folding import fold

PORTS = "Office national des ports"
LAKES = "OLAC - Office national des lacs"
OPERA = "Opéra de Sarvelle, maison des arts lyriques"


def releases(*texts: tuple[str, str]) -> list[Shelved]:
    return [
        Shelved(str(n), date(2031, 5, 1), (issuer,), "fr", "Un titre", text, None)
        for n, (issuer, text) in enumerate(texts)
    ]


def ways(*texts: tuple[str, str]) -> dict[str, dict[str, Named]]:
    made = ways_of_naming(releases(*texts), Random(1))
    return {issuer: {way.way: way for way in named} for issuer, named in made.items()}


@pytest.mark.parametrize(
    ("issuer", "spoken"),
    [
        (LAKES, "Office national des lacs"),
        ("Office des routes ORX", "Office des routes"),
        ("Office vétérinaire (OVX) - dès 2031 au ministère", "Office vétérinaire"),
        (OPERA, "Opéra de Sarvelle"),
        ("Ville de Sarvelle", "Ville de Sarvelle"),
        ("ARSEN", "ARSEN"),
    ],
)
def test_a_name_is_said_without_its_trimmings(issuer: str, spoken: str) -> None:
    """Letters, brackets and explanations are left out of the name people say."""
    assert spoken_name(issuer) == spoken


def test_letters_are_learnt_where_texts_spell_them_out() -> None:
    """Two texts that put letters in brackets after the name make them a name; one is a whim."""
    told = "L'Office national des ports (ONP) annonce une digue."
    assert ways((PORTS, told), (PORTS, told))[PORTS]["acronym"].bare == "ONP"
    assert "acronym" not in ways((PORTS, told), (PORTS, "Une digue."))[PORTS]
    assert ways((LAKES, "Un lac."))[LAKES]["acronym"].bare == "OLAC"


@pytest.mark.parametrize(
    "issuer", ["Énergies: l'institut des eaux du domaine des EPX", "Secrétariat général DFX", "Office postal PosteCom"]
)
def test_letters_of_somebody_else_are_no_name(issuer: str) -> None:
    """Letters after « des », or that begin otherwise than the name, are those of another body."""
    assert "acronym" not in ways((issuer, "Un texte."))[issuer]


def test_letters_two_issuers_share_name_neither() -> None:
    """An acronym is asked for only where it can mean one issuer."""
    text = "L'Office national des {} (ONX) annonce. L'Office national des {} (ONX) répète."
    made = ways((PORTS, text.format("ports", "ports")), ("Office national des phares", text.format("phares", "phares")))
    assert all("acronym" not in named for named in made.values())


@pytest.mark.parametrize(
    ("issuer", "the", "of"),
    [
        (PORTS, "l'Office national des ports", "de l'Office national des ports"),
        ("Ministère de la Mer", "le Ministère de la Mer", "du Ministère de la Mer"),
        ("Ville de Sarvelle", "la Ville de Sarvelle", "de la Ville de Sarvelle"),
        ("Archives de Sarvelle", "les Archives de Sarvelle", "des Archives de Sarvelle"),
        ("Arsenix", "Arsenix", "d'Arsenix"),
        ("Voltix", "Voltix", "de Voltix"),
    ],
)
def test_articles_are_french(issuer: str, the: str, of: str) -> None:
    """« de le » is « du », « de les » is « des », and a vowel takes the article's."""
    named = ways((issuer, "Un texte."))[issuer]["name"]
    assert (named.the, named.of) == (the, of)


def test_a_short_form_fits_one_issuer_alone() -> None:
    """« Office des ports » for the national one, unless the region has one as well."""
    assert ways((PORTS, ""))[PORTS]["short"].bare == "Office des ports"
    assert "short" not in ways((PORTS, ""), ("Office régional des ports", ""))[PORTS]


def test_a_typing_error_is_one_and_only_one() -> None:
    """A misspelt name differs by a letter lost, doubled or swapped; short names are left alone."""
    rng = Random(5)
    for _ in range(200):
        wrong = misspelt("Office national des ports", rng)
        if wrong is not None:
            assert fold(wrong) != fold(PORTS)
            assert abs(len(wrong) - len(PORTS)) <= 1
            assert sum(a != b for a, b in zip(wrong.split(), PORTS.split(), strict=True)) == 1
    assert misspelt("Les ports", rng) is None
