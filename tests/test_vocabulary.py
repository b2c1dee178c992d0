"""The words an index holds, and the nearest to one it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.language import Term, stem
from store.lexical import Lexical, LexicalDocument

TEXTS = [
    "La patinoire de Sarvelle rouvre après la rénovation de la piste. Le conseil a voté le budget.",
    "Le conseil municipal finance la rénovation de la bibliothèque. La patinoire attendra.",
    "Une pharmacie de garde ouvre à Sarvelle. Le conseil rappelle le numéro 3615.",
    "La gare de Sarvelle accueille un tramway. Le règlement du marché change.",
    "La réglementation du tramway et de la bibliothèque est publiée. Le marché ouvre.",
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Lexical]:
    lexical = Lexical(tmp_path / "words")
    lexical.add(
        LexicalDocument(f"{n}:1:0", f"{n}:1", "Communiqué", text, "fr", (), 20260302) for n, text in enumerate(TEXTS)
    )
    lexical.commit()
    yield lexical
    lexical.close()


@pytest.mark.parametrize(
    ("asked", "corrected"),
    [
        ("renovassion de la patinoir", {"renovassion": "renovation"}),
        ("la farmacie", {"farmacie": "pharmacie"}),
        ("les bibliothèqes", {"bibliothèqes": "bibliotheque"}),
        ("le trmaway", {"trmaway": "tramway"}),
        ("la reglemetnation", {"reglemetnation": "reglementation"}),
        ("la Biblioteque", {"Biblioteque": "bibliotheque"}),
        ("les rénovations", {}),
        ("combien, pourquoi, quand", {}),
        ("le 3614", {}),
        ("le vélodrome", {}),
        ("la garde de Sarville", {"Sarville": "sarvelle"}),
    ],
)
def test_unknown_words_become_the_nearest_known(index: Lexical, asked: str, corrected: dict[str, str]) -> None:
    """Accents never count, known words and inflections stay, and so do numbers and words that nothing is near."""
    assert index.corrected(asked, ["fr"]) == corrected


def test_a_name_is_one_letter_away_at_most(index: Lexical) -> None:
    """Two slips are forgiven a word, and never a name."""
    assert index.corrected("la reglemantassion", ["fr"]) == {"reglemantassion": "reglementation"}
    assert index.corrected("madame Reglemantassion", ["fr"]) == {}


def test_the_word_that_stands_most_often_is_meant(index: Lexical) -> None:
    """« gardr » may be « garde » or « gare »: what sounds alike comes first, then what is frequent."""
    assert index.corrected("le consel", ["fr"]) == {"consel": "conseil"}


def test_known_words(index: Lexical) -> None:
    """A word is known as written, inflected, with or without accents."""
    assert index.knows("Rénovations", ["fr"])
    assert index.knows("reglement", ["fr"])
    assert not index.knows("vélodrome", ["fr"])


def test_rarity_grows_as_words_are_rarer(index: Lexical) -> None:
    """A word nobody wrote is the rarest."""
    common, rare, unknown = (
        index._vocabulary.rarity(Term(word, stem(word, "fr"))) for word in ("conseil", "gare", "velodrome")
    )
    assert common < rare < unknown


def test_a_word_is_known_from_the_commit_that_brings_it(index: Lexical) -> None:
    """What was looked up before is forgotten when others come in: the word itself, and what was taken for it."""
    assert not index.knows("vélodrome", ["fr"])
    assert index.corrected("le trmaway", ["fr"]) == {"trmaway": "tramway"}
    text = "Le vélodrome et le trmaway."
    index.add([LexicalDocument("9:1:0", "9:1", "Communiqué", text, "fr", (), 20260302)])
    index.commit()
    assert index.knows("vélodrome", ["fr"])
    assert index.corrected("le trmaway", ["fr"]) == {}
