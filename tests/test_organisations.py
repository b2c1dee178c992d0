"""Names of bodies and their acronyms."""

from __future__ import annotations

import pytest

from ingest.parser.organisations import acronyms, body_at, common_body, is_body, spells


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'Office des ports du Val (OPV) ouvre.", {"OPV": "Office des ports du Val"}),
        ("Le Conseil des riverains (Council of Neighbours, CR) siège.", {"CR": "Conseil des riverains"}),
        ("La séance du Comité des eaux (CDE) et du Bureau (B).", {"CDE": "Comité des eaux"}),
        ("Le quai (voir Annexe) est fermé.", {}),
    ],
)
def test_an_acronym_stands_for_the_name_before_it(text: str, found: dict[str, str]) -> None:
    """From the nearest capital of its first letter."""
    assert acronyms(text, len(text)) == found


def test_initials_spell_an_office_out() -> None:
    """« chef du DDE » is « chef du département des eaux »."""
    assert spells("chef du département des eaux", "DDE")
    assert not spells("chef du département des eaux", "OPV")


def test_a_common_word_is_the_body_named_before() -> None:
    """« l'association » is the one the text named; « l'association Quai vif » names itself."""
    text = "L'association Quai vif est née. Depuis, l'association agit."
    found = common_body(text, text.rindex("l'association"), len(text))
    assert found is not None
    assert found[0] is not None
    assert found[0].of(text) == "association Quai"


def test_a_body_is_read_without_its_article() -> None:
    """And known by its first word or its capitals."""
    text = "la Ville de Clair annonce"
    span = body_at(text, 0, len(text))
    assert span is not None
    assert span.of(text) == "Ville de Clair"
    assert is_body("Ville de Clair")
    assert is_body("OPV")
    assert not is_body("Lise Maréchal")
