"""Verbs of speech: simple, compound, inverted, led by another verb; and nouns that look like them."""

from __future__ import annotations

import pytest

from ingest.parser.speech import speech_verbs


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Elle explique le plan.", ["explique"]),
        ("Elle a clairement expliqué le plan.", ["a clairement expliqué"]),
        ("Elle s'est félicitée du plan.", ["s'est félicitée"]),
        ("Elle se réjouit.", ["se réjouit"]),
        ("Elle tient à rappeler le plan.", ["tient à rappeler"]),
        ("Elle a tenu à rappeler le plan.", ["a tenu à rappeler"]),
        ("explique-t-elle", ["explique-t-elle"]),
        ("a-t-il ajouté", ["a-t-il ajouté"]),
        ("Elle est convaincue du plan.", ["est convaincue"]),
        ("She said so.", ["said"]),
        ("Sie hat es gesagt.", ["hat es gesagt"]),
        ("Elle publie une note et une annonce.", []),
        ("Le plan a été salué.", []),
        ("La demande de logements.", []),
    ],
)
def test_a_verb_of_speech_comes_with_its_helpers(text: str, verbs: list[str]) -> None:
    """Nouns of the same form and passives are none."""
    assert [verb.span.of(text) for verb in speech_verbs(text, 0, len(text))] == verbs


def test_an_inverted_pronoun_is_kept() -> None:
    """« a-t-elle ajouté » says who."""
    (verb,) = speech_verbs("a-t-elle ajouté", 0, 15)
    assert verb.pronoun == "elle"


def test_a_gerund_is_not_finite() -> None:
    """« avant d'ajouter », « en rappelant » have their subject elsewhere."""
    assert [verb.finite for verb in speech_verbs("avant d'ajouter", 0, 15)] == [False]
    assert [verb.finite for verb in speech_verbs("en rappelant", 0, 12)] == [False]
