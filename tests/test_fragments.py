"""An answer in a word or two is the sentence it was taken from."""

from __future__ import annotations

import pytest

from assistant.draft import Drafted
from assistant.fragments import is_fragment, pointed
from assistant.verification import Source
from conftest import release
from store.records import Span

TEXT = "Le stade rouvrira le 20 septembre 2025.  Le chantier a coûté 98,6 millions d'euros."
MADE = release(TEXT)
SOURCES = (Source(1, MADE, Span(0, 41)), Source(2, MADE, Span(41, len(TEXT))))


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("Le 20 septembre 2025.", (), "Le stade rouvrira le 20 septembre 2025."),
        ("98,6 millions d'euros.", (1,), "Le chantier a coûté 98,6 millions d'euros."),
        ("Oui.", (2,), "Le chantier a coûté 98,6 millions d'euros."),
        ("Non.", (), None),
        ("Nein.", (9,), None),
    ],
)
def test_a_fragment_is_its_sentence(text: str, marks: tuple[int, ...], shown: str | None) -> None:
    """The piece is looked for where the model points, then everywhere; a bare yes only where it points."""
    sentence = Drafted(text, marks)
    claim = pointed(sentence, SOURCES)
    assert is_fragment(sentence, SOURCES)
    assert (claim and claim.text) == shown


@pytest.mark.parametrize(
    "text", ["Le stade rouvrira le 20 septembre 2025.", "Le stade ferme.", "Vienne.", "20 sept. 2025, dit-on"]
)
def test_sentences_are_no_fragments(text: str) -> None:
    """A whole sentence, or words that no source holds, are for the verification to judge."""
    assert not is_fragment(Drafted(text), SOURCES)
