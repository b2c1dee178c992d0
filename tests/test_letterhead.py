"""Which heading names who issues a release."""

from __future__ import annotations

import pytest

from ingest.parser.letterhead import is_organisation, is_unit, joint, parts_of
from store.folding import fold


@pytest.mark.parametrize(
    "words",
    [
        "Ville de Port-Clair", "Conseil départemental de l'Estuaire", "UNIVERSITÉ DE PORT-CLAIR",
        "Clair-Estuaire Habitat", "University of Port-Clair", "Port-Clair City Council", "Bundesamt für Fischerei",
        "CRPM, Institut suisse des produits de la mer", "Ministère de la Mer et du Littoral",
        "Unité de pilotage (nouveau : Transformation du littoral)", "General Secretariat of the Sea",
    ],
)  # fmt: skip
def test_organisations_are_known_by_their_nouns(words: str) -> None:
    """In four languages, with articles and acronyms."""
    assert is_organisation(words)


@pytest.mark.parametrize(
    "words",
    [
        "La Ville de Port-Clair lance son plan vélo", "Port-Clair, le 3 mai", "Une criée neuve pour Port-Clair",
        "Ville de Port-Clair : la criée rouvre", "Budget 2024", "Commission : oui ou non ?", "Port-Clair",
    ],
)  # fmt: skip
def test_titles_and_places_are_none(words: str) -> None:
    """A line that says something names nobody."""
    assert not is_organisation(words)


@pytest.mark.parametrize("words", ["Service de presse", "Direction de la communication", "Relations presse", "Presse"])
def test_a_press_office_writes_for_the_issuer(words: str) -> None:
    """It is not the issuer."""
    assert is_unit(fold(words))
    assert not is_unit(fold("Service départemental d'incendie"))


def test_two_names_on_one_line_are_two() -> None:
    """Whatever parts them; « Chambre de commerce et d'industrie » stays one."""
    for line in ("Ville de Port-Clair – Département de l'Estuaire", "Ville de Port-Clair / Département de l'Estuaire",
                 "Ville de Port-Clair et Département de l'Estuaire"):  # fmt: skip
        assert [line[a:b] for a, b in parts_of(line)] == ["Ville de Port-Clair", "Département de l'Estuaire"]
    line = "Conseil de l'Estuaire Office du littoral"
    assert [line[a:b] for a, b in parts_of(line)] == ["Conseil de l'Estuaire", "Office du littoral"]
    for line in ("Chambre de commerce et d'industrie", "Département de la Justice et de la Police",
                 "Association des Ports de l'Estuaire", "Union Nationale des Communes du Littoral",
                 "Federal Office of the Sea", "The Swiss Federal Institute", "State Secretariat for Fisheries",
                 "Eidgenössisches Departement des Meeres"):  # fmt: skip
        assert parts_of(line) == [(0, len(line))]


def test_a_joint_release_names_its_issuers_in_its_banner() -> None:
    """« Communiqué commun de la Ville de X, du Département de Y et de l'Agence Z »."""
    line = "Communiqué commun de la Ville de Port-Clair, du Département de l'Estuaire et de l'Agence du littoral"
    assert [line[a:b] for a, b in joint(line, len("Communiqué commun"))] == [
        "Ville de Port-Clair", "Département de l'Estuaire", "Agence du littoral",
    ]  # fmt: skip
