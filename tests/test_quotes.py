"""Quotations: the exact words between guillemets, and who says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quotes import find_quotes


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(quote.span.of(text), quote.speaker, quote.role) for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("« Les marins rentrent chez eux », déclare Lise Maréchal, maire de Clair.", "Lise Maréchal", "maire de Clair"),
        ("« Les marins rentrent chez eux », a déclaré Lise Maréchal.", "Lise Maréchal", None),
        ("« Les marins rentrent chez eux » explique Paul de Brix, directeur.", "Paul de Brix", "directeur"),
        ("« Les marins rentrent chez eux », se réjouit l'architecte Lise Maréchal.", "Lise Maréchal", None),
        (
            "Lise Maréchal, maire de Clair, a déclaré : « Les marins rentrent chez eux ».",
            "Lise Maréchal",
            "maire de Clair",
        ),
        ("Selon Lise Maréchal, « Les marins rentrent chez eux ».", "Lise Maréchal", None),
        ("“Les marins rentrent chez eux,” said Lise Maréchal, mayor of Clair.", "Lise Maréchal", "mayor of Clair"),
        ("Le film « Les marins rentrent chez eux » passe mardi.", None, None),
    ],
)
def test_the_speaker_is_who_the_sentence_names(text: str, speaker: str | None, role: str | None) -> None:
    """Named after or before; nobody where the text names nobody."""
    ((words, found, office),) = read(text)
    assert words.rstrip(",") == "Les marins rentrent chez eux"
    assert (found, office) == (speaker, role)


def test_a_second_half_has_the_same_speaker() -> None:
    """« A », dit X. « B » : both are X's."""
    text = "« Nous revenons chez nous », dit Lise Maréchal, maire. « Et nous y resterons longtemps. »"
    assert [speaker for _, speaker, _ in read(text)] == ["Lise Maréchal", "Lise Maréchal"]


def test_a_pronoun_is_the_last_speaker() -> None:
    """« a-t-elle ajouté » names nobody new, even a paragraph later."""
    text = (
        "« Nous revenons chez nous », dit Lise Maréchal, maire.\n\n« Et nous y resterons longtemps », a-t-elle ajouté."
    )
    assert [(speaker, role) for _, speaker, role in read(text)] == [("Lise Maréchal", "maire")] * 2


def test_a_word_in_guillemets_is_no_quotation() -> None:
    """Nor is a title of two words."""
    assert read("Le navire « Alouette » et la « Belle Étoile » sont à quai.") == []


@given(st.text(alphabet="« »“”abA.,\n", max_size=200))
def test_a_quotation_never_holds_its_marks(text: str) -> None:
    """Spans are inside the guillemets and inside the text."""
    for words, _, _ in read(text):
        assert words == words.strip()
        assert not set(words) & set("«»")
