"""A model's words cut to sentences as they come, each with the numbers it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft import LONGEST, Draft, Drafted

CASES = {
    "marks before the full stop": (
        "Le stade rouvre le 20 mai [1]. Il a coûté 98,6 millions d'euros [2].",
        [("Le stade rouvre le 20 mai.", (1,)), ("Il a coûté 98,6 millions d'euros.", (2,))],
    ),
    "marks after it": (
        "Le stade rouvre le 20 mai. [1] Il a coûté cher.[2][3] Fin.",
        [("Le stade rouvre le 20 mai.", (1,)), ("Il a coûté cher.", (2, 3)), ("Fin.", ())],
    ),
    "marks first": (
        "[1] Le stade rouvre. [2] Il a coûté cher.",
        [("Le stade rouvre.", (1,)), ("Il a coûté cher.", (2,))],
    ),
    "several numbers in one mark": (
        "Le stade rouvre en mai [1, 2]. Il est beau [3-5]. Il est grand [6 et 7].",
        [("Le stade rouvre en mai.", (1, 2)), ("Il est beau.", (3, 4, 5)), ("Il est grand.", (6, 7))],
    ),
    "other ways to point": (
        "Le stade rouvre (1). Il est beau (source 2). Il est grand【3】. Il est vert [phrase 4]. Il est plat [^5].",
        [
            ("Le stade rouvre.", (1,)),
            ("Il est beau.", (2,)),
            ("Il est grand.", (3,)),
            ("Il est vert.", (4,)),
            ("Il est plat.", (5,)),
        ],
    ),
    "a source led in": (
        "Selon la source 3, le stade rouvre. D'après les phrases [1] et [2], il est beau.",
        [("Le stade rouvre.", (3,)), ("Il est beau.", (1, 2))],
    ),
    "abbreviations, decimals and ordinals": (
        "M. Dupont a dit 3.2 millions [1]. Am 3. Mai 2025 öffnet das Stadion [2]. Art. 5 al. 2 le dit [3].",
        [
            ("M. Dupont a dit 3.2 millions.", (1,)),
            ("Am 3. Mai 2025 öffnet das Stadion.", (2,)),
            ("Art. 5 al. 2 le dit.", (3,)),
        ],
    ),
    "a quotation": (
        "« Ce stade est à vous », a dit la maire. [1] « Merci ! » [2] Elle part [3].",
        [("« Ce stade est à vous », a dit la maire.", (1,)), ("« Merci ! »", (2,)), ("Elle part.", (3,))],
    ),
    "bullets": (
        "- Le stade rouvre (1).\n* **Il est beau** [2]\n• Il est grand [3]",
        [("Le stade rouvre.", (1,)), ("Il est beau.", (2,)), ("Il est grand.", (3,))],
    ),
    "a numbered list": (
        "1. Le stade rouvre [2].\n2. Il est beau [1].",
        [("Le stade rouvre.", (2,)), ("Il est beau.", (1,))],
    ),
    "a list and its introduction": (
        "Les communes sont :\n- Ormeval [1]\n- Sarvelle [2]\n\nElles votent [3].",
        [("Les communes sont : Ormeval ; Sarvelle.", (1, 2)), ("Elles votent.", (3,))],
    ),
    "thinking aloud": (
        "<think>La phrase [1] dit 5. Donc 6.</think>Le stade rouvre [2].",
        [("Le stade rouvre.", (2,))],
    ),
    "thinking that was never opened": (
        "Voyons la phrase 1 </think> Le stade rouvre [2].",
        [("Le stade rouvre.", (2,))],
    ),
    "thinking that never ends": ("<think>La phrase [1] dit 5. Donc 6. Ou 7 ?", []),
    "a fence": ("```text\nLe stade rouvre [1].\n```", [("Le stade rouvre.", (1,))]),
    "a label": ("**Réponse :** Le stade rouvre [1].\nSources : [1]", [("Le stade rouvre.", (1,))]),
    "headings and links": (
        "## Le stade\n\nIl [rouvre](https://example.org/x) [1].",
        [("Le stade.", ()), ("Il rouvre.", (1,))],
    ),
    "marks of turns": ("Le stade rouvre [1].<|im_end|></s>", [("Le stade rouvre.", (1,))]),
    "a mark alone on its line": (
        "La ville vote.\n[1]\n\nLa région aussi.\n[2]",
        [("La ville vote.", (1,)), ("La région aussi.", (2,))],
    ),
    "a word in brackets": ("[exemple.example/elections]", [("exemple.example/elections.", ())]),
    "nothing but marks": ("[1] [2] [3]", []),
    "nothing": ("  \n\n ", []),
}


def drafted(text: str, size: int) -> list[Drafted]:
    draft = Draft()
    found = [one for start in range(0, len(text), size) for one in draft.add(text[start : start + size])]
    return found + draft.end()


@pytest.mark.parametrize("size", [1, 4, 10_000], ids=["letter by letter", "by four", "at once"])
@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES.keys())
def test_sentences_with_their_numbers(text: str, wanted: list[tuple[str, tuple[int, ...]]], size: int) -> None:
    """Whatever way a model writes marks and lists, in whatever pieces it comes, the sentences are the same."""
    assert drafted(text, size) == [Drafted(*one) for one in wanted]


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    """A reader does not wait for the end of the answer."""
    draft = Draft()
    assert draft.add("Le stade rouvre le 20 mai [1]. ") == []
    assert draft.add("Il a ") == [Drafted("Le stade rouvre le 20 mai.", (1,))]


def test_half_a_sentence_is_not_given() -> None:
    """« 3 » of « 3.2 millions », « M. » of « M. Dupont »: what may still go on is held back."""
    draft = Draft()
    assert [one for piece in ("Il coûte 3", ".", "2 millions, dit M", ". ", "Du") for one in draft.add(piece)] == []
    assert draft.end() == [Drafted("Il coûte 3.2 millions, dit M. Du.", ())]


def test_a_sentence_without_end_is_noticed() -> None:
    """What never comes to a full stop is no longer listened to; thinking aloud may take its time."""
    draft, thinking = Draft(), Draft()
    draft.add("le stade " * LONGEST)
    thinking.add("<think>" + "le stade " * LONGEST)
    assert draft.endless
    assert not thinking.endless


@given(st.text(alphabet="Le stade[1]().,:\n-*<>think/«»é35 ", max_size=200), st.integers(1, 40))
def test_nothing_breaks_it(text: str, size: int) -> None:
    """Garbage in, whatever sentences are left out; never an error, never a mark in a sentence's words."""
    for sentence in drafted(text, size):
        assert sentence.text.strip() == sentence.text != ""
        assert "[1]" not in sentence.text


def test_a_long_thought_costs_little() -> None:
    """What a model thinks is forgotten as it comes, and the sentence after it is read, however its end is cut."""
    draft = Draft()
    draft.add("<think>")
    for _ in range(3_000):
        assert draft.add("je me demande ") == []
    assert len(draft._text) < 100
    said = [one for piece in ("</thi", "nk>Le stade", " rouvre en mai.", " ") for one in draft.add(piece)]
    assert [one.text for one in [*said, *draft.end()]] == ["Le stade rouvre en mai."]
