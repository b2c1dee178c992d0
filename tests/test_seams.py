"""Words that stand side by side stand together in a source, and nothing changes sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.verification import Source, Verified, Verifier
from conftest import release
from store.records import Span


def sources(sentences: Sequence[str]) -> list[Source]:
    text = " ".join(sentences)
    made = release(text, title="Le point", published=date(2025, 6, 2))
    spans = [Span(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    return [Source(number, made, span) for number, span in enumerate(spans, start=1)]


def stands(text: str, *sentences: str, asked: str = "") -> bool:
    return isinstance(Verifier().verify(text, (1,), sources(sentences), asked), Verified)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Paul Sirvet dirige la police.", ("Jean Marvol dirige la police.", "Paul Sirvet préside le club.")),
        (
            "Une grève des transports a fait baisser de 12 % la fréquentation du musée.",
            ("La fréquentation du musée a baissé de 12 %.", "Une grève a touché les transports en mars."),
        ),
        (
            "La construction de 400 logements est achevée.",
            ("La Ville finance la construction de 400 logements.", "La gare est achevée."),
        ),
        (
            "Hélène Vaucresson, maire de Tarvel, était présente.",
            ("Hélène Vaucresson préside la Métropole.", "Luc Ormesson, maire de Tarvel, était présent."),
        ),
    ],
)
def test_two_sentences_are_not_welded(text: str, sentences: tuple[str, ...]) -> None:
    """A subject of one sentence and what another says of another subject make no sentence, even when asked so."""
    assert not stands(text, *sentences)
    assert not stands(text, *sentences, asked=text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("La commune de Sarvelle finance le département.", "Le département finance la commune de Sarvelle."),
        ("Le bus part avant le train.", "Le train part avant le bus."),
        ("Le retraité a tué le chien.", "Le retraité a été tué par le chien."),
        ("Le chien a été tué par le retraité.", "Le retraité a été tué par le chien."),
        ("Luc Ormesson a reçu la médaille d'Anne Quillan.", "Luc Ormesson a remis la médaille à Anne Quillan."),
        ("La rue est ouverte aux voitures.", "La rue est fermée aux voitures et ouverte aux vélos."),
        (
            "La commission a rejeté l'initiative.",
            "Le conseil communal a rejeté l'initiative, contrairement à la commission qui l'avait approuvée.",
        ),
    ],
)
def test_nothing_changes_sides(text: str, sentence: str) -> None:
    """Who does what to whom, which comes before which, and what is open and what closed."""
    assert not stands(text, sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Le chien a mordu le retraité.", "Le retraité a été mordu par le chien."),
        ("En juin, la commune a versé 12 000 francs à l'école.", "La commune a versé 12 000 francs à l'école en juin."),
        ("La rue est ouverte aux vélos.", "La rue est fermée aux voitures et ouverte aux vélos."),
    ],
)
def test_another_order_may_say_the_same(text: str, sentence: str) -> None:
    """The passive, a date in front, half of a sentence."""
    assert stands(text, sentence)
