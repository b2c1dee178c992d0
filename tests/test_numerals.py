"""Numbers as written, in digits and words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.numerals import multiplier, spelled, value_of


@pytest.mark.parametrize(
    ("digits", "language", "value"),
    [
        ("12 500", "fr", "12500"),
        ("12 500,5", "fr", "12500.5"),
        ("1,234", "fr", "1.234"),
        ("1,234", "en", "1234"),
        ("1.234", "de", "1234"),
        ("1’234’567", "it", "1234567"),
        ("2.6", "fr", "2.6"),
        ("1.234.567,8", "de", "1234567.8"),
    ],
)
def test_separators_mean_what_the_language_means(digits: str, language: str, value: str) -> None:
    """Thousands and decimals."""
    assert value_of(digits, language) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("deux cents", 200),
        ("quatre-vingt-dix", 90),
        ("quatre-vingt-dix-sept", 97),
        ("soixante-dix-huit", 78),
        ("dix-neuf mille", 19_000),
        ("trois mille deux cents", 3200),
        ("vingt et un", 21),
        ("vingt-et-un", 21),
        ("soixante-et-onze", 71),
        ("mille neuf cent quatre-vingt-quatre", 1984),
        ("one hundred and six", 106),
        ("ten", 10),
    ],
)
def test_words_are_numbers(words: str, value: int) -> None:
    """To where the words end."""
    assert spelled(words + " maisons", 0, 40) == (Decimal(value), len(words))


def test_numbers_in_a_row_are_not_added() -> None:
    """« Deux trois » says two and three, not five."""
    for words in ("deux trois maisons", "six douze maisons", "onze deux maisons", "vingt trente maisons"):
        first = words.split(" ", maxsplit=1)[0]
        assert spelled(words, 0, 40) == spelled(first, 0, 40)


def test_a_billion_is_what_its_language_means() -> None:
    """10⁹ in English, 10¹² elsewhere."""
    assert multiplier("billion", "en") == 10**9
    assert multiplier("billion", "fr") == 10**12
    assert multiplier("maison", "fr") is None
