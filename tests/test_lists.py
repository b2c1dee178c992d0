"""Lists of a release."""

from __future__ import annotations

import pytest

from assistant.lists import LONGEST, listed
from conftest import release
from store.records import Span

TEXT = """La Ville agit. Voici ce qui change :

- la rue des Tanneurs devient piétonne
  du lundi au samedi ;
- le bac passe à 20 minutes.

Les mesures phares

• 26 capteurs près des écoles ;
• une prime de 300 euros.

Le maire s'en réjouit. - Rien d'autre."""


@pytest.mark.parametrize(
    ("sentence", "introduction", "items"),
    [
        ("Voici ce qui change :", "Voici ce qui change :", 2),
        ("le bac passe à 20 minutes.", "Voici ce qui change :", 2),
        ("Les mesures phares", "Les mesures phares", 2),
        ("une prime de 300 euros.", "Les mesures phares", 2),
    ],
)
def test_a_list_is_found_from_any_of_its_lines(sentence: str, introduction: str, items: int) -> None:
    """From what introduces it, a heading too, or from an item; items keep their bullets and broken lines."""
    start = TEXT.index(sentence)
    found = listed(release(TEXT), Span(start, start + len(sentence)))
    assert found is not None
    assert found.introduction.of(TEXT) == introduction
    assert len(found.items) == items
    assert not found.cut
    if introduction.endswith(":"):
        assert found.items[0].of(TEXT) == "- la rue des Tanneurs devient piétonne\n  du lundi au samedi ;"


@pytest.mark.parametrize("sentence", ["La Ville agit.", "Le maire s'en réjouit."])
def test_prose_is_no_list(sentence: str) -> None:
    """A sentence without items stands alone."""
    start = TEXT.index(sentence)
    assert listed(release(TEXT), Span(start, start + len(sentence))) is None


def test_a_list_that_is_too_long_is_cut_between_items() -> None:
    """And says so."""
    text = "Les rues :\n" + "\n".join(f"- la rue numéro {n} et ses abords jusqu'au marché" for n in range(60))
    found = listed(release(text), Span(0, 10))
    assert found is not None
    assert found.cut
    assert len(found.span) <= LONGEST
