"""Sentences and paragraphs as speakers are looked for in them."""

from __future__ import annotations

import pytest

from ingest.parser.speakers import Scene, by_pronoun, reference, subject_after, subject_before


def scene(text: str) -> Scene:
    return Scene(text, len(text))


def test_initials_and_titles_end_no_sentence() -> None:
    """« M. », « Dr. », « P. » belong to the name after them."""
    text = "Le Dr. P. Roux et M. Brix parlent. Ils partent.\nVoilà."
    found = scene(text)
    assert [span.of(text).strip() for span in found.sentences] == [
        "Le Dr. P. Roux et M. Brix parlent.",
        "Ils partent.",
        "Voilà.",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" Lise Maréchal, maire.", "Lise Maréchal"),
        (" hier la maire Lise Maréchal.", "Lise Maréchal"),
        (" la présence de Lise Maréchal.", None),
    ],
)
def test_the_subject_after_a_verb_is_not_a_complement(text: str, name: str | None) -> None:
    """Adverbs may stand between."""
    found = subject_after(scene(text), None, 0, len(text))
    assert (found.name if found else None) == name


def test_the_subject_before_a_verb_is_the_clause_s() -> None:
    """Not whoever stands after a preposition."""
    text = "Lise Maréchal parle avec Odon Brémi et explique"
    found = subject_before(scene(text), 0, text.index("explique"))
    assert found is not None
    assert found.name == "Lise Maréchal"


def test_a_pronoun_is_the_last_one_who_can_be_meant() -> None:
    """« il » is no woman, « elle » no man."""
    text = "Mme Anne Roux et M. Paul Brix sont là. "
    assert by_pronoun(scene(text), "elle", len(text)).name == "Anne Roux"
    assert by_pronoun(scene(text), "il", len(text)).name == "Paul Brix"
    assert by_pronoun(scene(text), "ils", len(text)).name is None


def test_a_bare_office_is_whoever_was_named_last_unless_two_were() -> None:
    """« l'architecte » of a text that names one person; nobody's where it names two."""
    one = "Mme Anne Roux dessine le quai. "
    two = "Mme Anne Roux et Mme Lise Brix dessinent le quai. "
    for text, name in ((one, "Anne Roux"), (two, None)):
        found = reference(scene(text + "l'architecte"), len(text), len(text) + 12)
        assert found is not None
        assert found.name == name
