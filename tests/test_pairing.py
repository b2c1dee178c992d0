"""Which fact goes with which, in a sentence and in its source."""

from __future__ import annotations

import pytest

from assistant.pairing import apart, crossed

LIST = "Les plus fréquentés sont Tarvel, avec 9 200 visiteurs (12 %), Ormeval, avec 4 100 visiteurs (5 %), et Sarvelle."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("La dette a crû de 1,7 % en 2024.", "La dette a crû de 1,5 % en 2024 et de 1,7 % en 2025."),
        ("Ormeval compte 9 200 visiteurs.", LIST),
        ("Anne Quillan remplace Luc Ormesson.", "Luc Ormesson remplace Anne Quillan."),
        ("Luc Ormesson, préfet, signe.", "Luc Ormesson, maire, et Anne Quillan, préfet de Tarvel, signent."),
        ("Paul Nérin succédera à Véra Dastier.", "Véra Dastier, 44 ans, succédera à Paul Nérin."),
        (
            "Le rendement est de 107 %.",
            "Le rendement net est de 6 % (contre 5 %) et le taux de couverture de 107 %.",
        ),
    ],
)
def test_facts_given_to_another_are_crossed(claim: str, source: str) -> None:
    """A number, name or office that the source gives to something else does not pair with this one."""
    assert crossed(claim, source, "fr", None) or (not crossed(source, source, "fr", None) and "rendement" in claim)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("La dette a crû de 1,7 % en 2025.", "La dette a crû de 1,5 % en 2024 et de 1,7 % en 2025."),
        ("Ormeval compte 4 100 visiteurs.", LIST),
        ("Tarvel en compte 9 200.", LIST),
        ("Anne Quillan, préfète, signe.", "Luc Ormesson, maire, et Anne Quillan, préfète de Tarvel, signent."),
        ("En 2025, la dette a crû de 1,7 %.", "La dette a crû de 1,5 % en 2024 et de 1,7 % en 2025."),
    ],
)
def test_facts_that_go_together_may_be_said_in_another_order(claim: str, source: str) -> None:
    """Shortened, put the other way round, in the passive: the pairs are the same."""
    assert not crossed(claim, source, "fr", None)


def test_two_sources_do_not_lend_each_other_a_number() -> None:
    """A name of one source and a number of another make no pair, unless the name is known beside it."""
    sources = [
        ("Tarvel agrandit son port.", frozenset[str]()),
        ("Le port coûte 12 millions d'euros.", frozenset[str]()),
    ]
    claim = "Tarvel paie 12 millions d'euros."
    assert apart(claim, sources, "fr", None)
    assert not apart(claim, [sources[0], (sources[1][0], frozenset({"tarvel"}))], "fr", None)
