"""Whether one word may be another misspelt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.misspelling import Slip, distance, may_be_misspelt, one_letter_away, slip, sound

WORD = st.text(alphabet="abcdefghisntuwz", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("written", "meant", "how"),
    [
        ("farmacie", "pharmacie", Slip.SOUND),
        ("konseil", "conseil", Slip.SOUND),
        ("abatoir", "abattoir", Slip.SOUND),
        ("reglemant", "reglement", Slip.SOUND),
        ("enfan", "enfant", Slip.SOUND),
        ("plastik", "plastique", Slip.SOUND),
        ("metoe", "meteo", Slip.SWAPPED),
        ("piscile", "piscine", None),
        ("piscinqs", "piscines", Slip.CHANGED),
        ("fontsine", "fontaine", Slip.BESIDE),
        ("jardon", "jardin", Slip.BESIDE),
        ("biblotheque", "bibliotheque", Slip.LEFT_OUT),
        ("promenande", "promenade", Slip.ADDED),
        ("lassurance", "assurance", Slip.ADDED),
        ("bassurance", "assurance", None),
        ("restsurarion", "restauration", Slip.TWO),
        ("radeau", "cadeau", None),
        ("scie", "suie", None),
    ],
)
def test_slips_that_are_believed(written: str, meant: str, how: Slip | None) -> None:
    """The likelier the slip, the shorter a word it is believed in; a first letter is seldom wrong."""
    assert slip(written, meant) is how


@pytest.mark.parametrize("word", ["sms", "2018", "km2", "e-mail", ""])
def test_short_words_and_codes_are_as_they_are(word: str) -> None:
    """No number is ever another number misspelt."""
    assert not may_be_misspelt(word)


@settings(max_examples=20, deadline=None)
@given(WORD)
def test_what_is_one_letter_away_is_at_distance_one(word: str) -> None:
    """Every word made is at most one letter away, and leaving out, adding and swapping are among them."""
    made = set(one_letter_away(word))
    assert all(distance(word, other, 1) is not None for other in made)
    assert {word[1:], word + "a", "z" + word, word[:-2] + word[-1:] + word[-2:-1]} <= made | {word}


@settings(deadline=None)
@given(WORD, WORD)
def test_a_distance_is_the_same_both_ways(one: str, other: str) -> None:
    """And none is given beyond what was asked."""
    away = distance(one, other, 3)
    assert away == distance(other, one, 3)
    assert away is None or abs(len(one) - len(other)) <= away <= 3
    assert (away == 0) == (one == other)


@settings(deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_doubling_a_consonant_is_not_heard(word: str) -> None:
    """« étonner » sounds like « étoner »."""
    assert sound(word + "onner") == sound(word + "oner")
