"""What is denied, what may or will be, and which way a sentence points."""

from __future__ import annotations

import pytest

from assistant.directions import CONTRARY, charged
from assistant.polarity import turned
from assistant.predicates import predicates


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("Le conseil n'a pas retenu la vente.", "fr", ["not"]),
        ("Rien ne change pour les écoles.", "fr", ["not"]),
        ("Aucune école ne ferme.", "fr", ["not"]),
        ("La ligne ne compte que deux arrêts.", "fr", []),
        ("Non seulement la ligne ouvre, mais elle grandit.", "fr", []),
        ("La ligne pourrait fermer.", "fr", ["may"]),
        ("La ligne ouvrira bientôt.", "fr", ["will"]),
        ("La ville prévoit une ligne.", "fr", ["will"]),
        ("Un bon plan pour la ville.", "fr", []),
        ("The council did not sell the land.", "en", ["not"]),
        ("The line may close.", "en", ["may"]),
        ("Die Brücke wird nicht gesperrt.", "de", ["not"]),
        ("Il ponte non riapre.", "it", ["not"]),
    ],
)
def test_what_is_denied_possible_or_planned(text: str, language: str, kinds: list[str]) -> None:
    """Negations, conditionals, futures and plans are seen, restrictions are none."""
    assert list(dict.fromkeys(one.kind for one in turned(text, language))) == kinds


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Une hausse de 5 %", ["up"]),
        ("Ein Rückgang um 5 %", ["down"]),
        ("The council approved it", ["yes"]),
        ("Il consiglio ha respinto", ["no"]),
        ("au moins cinq", []),
        ("moins cher", ["less"]),
    ],
)
def test_directions_are_the_same_in_every_language(text: str, meant: list[str]) -> None:
    """Up and down, yes and no mean the same whatever the words."""
    assert [one for one, _ in charged(text)] == meant


def test_contraries_are_each_others() -> None:
    """What up is to down, down is to up."""
    assert all(CONTRARY[CONTRARY[one]] == one for one in CONTRARY)


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("La Ville a démoli le stade.", "fr", 1),
        ("Le stade a été vendu par la Ville.", "fr", 1),
        ("The stadium was demolished.", "en", 1),
        ("Das Stadion wurde verkauft.", "de", 1),
        ("Lo stadio è stato venduto.", "it", 1),
        ("Le stade de la Ville.", "fr", 0),
        ("Pagina", "pt", 0),
    ],
)
def test_what_was_done_is_found(text: str, language: str, count: int) -> None:
    """Participles after an auxiliary say what was done."""
    assert len(predicates(text, language)) == count
