"""The specification of what two questions ask of one subject."""

from __future__ import annotations

import pytest

from assistant.matters import at_odds, matters


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("À qui appartient la halle Viollet ?", {"own"}),
        ("Qui a bâti la halle Viollet ?", {"build"}),
        ("Combien a coûté la construction de la halle ?", {"build", "cost"}),
        ("Who owns the hall?", {"own"}),
        ("Que dit la halle Viollet ?", set()),
    ],
)
def test_what_is_asked_is_told_by_its_words(question: str, asked: set[str]) -> None:
    """Whatever the subject, in French and in English; nothing where no list knows it."""
    assert matters(question) == asked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qui possède la halle ?", "Où se trouve la halle ?"),
        ("Qui possède la halle ?", "Qui a construit la halle ?"),
        ("Qui possède la halle ?", "Qui chante dans la halle ?"),
        ("Pourquoi la halle ferme-t-elle ?", "Quand la halle ferme-t-elle ?"),
        ("Comment louer la halle ?", "Combien coûte la halle ?"),
    ],
)
def test_questions_of_one_subject_are_told_apart(one: str, other: str) -> None:
    """Another kind of answer, another matter, or something no list knows against something one does."""
    assert at_odds(one, other, "fr")
    assert at_odds(other, one, "fr")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qui possède la halle ?", "Qui est le propriétaire de la halle ?"),
        ("Combien coûte l'entrée ?", "Quel est le prix de l'entrée ?"),
        ("Quelle entreprise a bâti la halle ?", "Qui a construit la halle ?"),
        ("Quels sont les horaires de la halle ?", "À quelle heure ouvre la halle ?"),
    ],
)
def test_other_words_for_the_same_are_not_at_odds(one: str, other: str) -> None:
    """A price and what it costs, an owner and who it belongs to."""
    assert not at_odds(one, other, "fr")


def test_among_many_a_matter_that_only_one_names_is_no_odds() -> None:
    """Who stands out among hundreds need not be asked in the same words; another matter tells them apart still."""
    one, other = "À qui appartient le stade ?", "Qui peut entrer au stade ?"
    assert at_odds(one, other, "fr")
    assert not at_odds(one, other, "fr", among_many=True)
    assert at_odds(one, "Qui a construit le stade ?", "fr", among_many=True)
