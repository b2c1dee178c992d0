"""Whether one word may be another misspelt: same sound, letters swapped, left out, added or hit beside.

Over folded words, so accents never count. How French is heard decides most: it is where most
slips come from. Knows no dictionary: whoever asks brings the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""A shorter word is taken as it is: too many others are one letter away."""


class Slip(IntEnum):
    """How a word became misspelt, the likeliest last."""

    TWO = 1
    CHANGED = 2
    LEFT_OUT = 3
    ADDED = 4
    BESIDE = 5
    SWAPPED = 6
    SOUND = 7


# Letters from which each is believed: the shorter the word, the more words are one letter away that were never meant.
_BELIEVED_FROM = {
    Slip.SOUND: SHORTEST,
    Slip.SWAPPED: 5,
    Slip.BESIDE: 6,
    Slip.ADDED: 6,
    Slip.LEFT_OUT: 6,
    Slip.CHANGED: 8,
    Slip.TWO: 10,
}
_KEYBOARDS = (
    "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm"
)  # fmt: skip
_BESIDE = frozenset(pair for row in _KEYBOARDS for a, b in pairwise(row) for pair in (a + b, b + a))
_ELIDED = "ldjnsmt"
_HEARD = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"ph", "f"), (r"s?ch|sh", "2"), (r"(?<![cs])h", ""), (r"sc(?=[eiy])", "s"), (r"ti(?=on|el|eu|en\b)", "si"),
        (r"qu|ck|k|q|c(?![eiy])", "k"), (r"c", "s"), (r"gu(?=[eiy])|g(?![eiy])", "g"), (r"g(?=[eiy])", "j"),
        (r"je(?=[ao])", "j"), (r"eau|au", "o"), (r"gn", "ni"), (r"[ae]i(?![nl])", "e"), (r"y", "i"), (r"z", "s"),
        (r"w", "v"), (r"(?:ai|ei|i|u)[nm](?![aeiounm])", "1"), (r"[ae][nm](?![aeiounm])", "3"), (r"(.)\1+", r"\1"),
        (r"(?<=..)(?:e[rzst]?s?|[tdpx]?s?)$", ""),
    )
]  # fmt: skip


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """About how a folded word is heard in French: « farmassie » as « pharmacie »."""
    for pattern, heard in _HEARD:
        word = pattern.sub(heard, word)
    return word


def beginnings(word: str) -> list[str]:
    """The ways to begin a word that sounds like this one: « farmacie » as « pharmacie »."""
    for heard in _BEGINNINGS:
        for written in heard:
            if word.startswith(written):
                return [word[:2], *(other + word[len(written) :][:1] for other in heard if other != written)]
    return [word[:2]]


_BEGINNINGS = (("ph", "f"), ("ch", "sh", "sch"), ("qu", "k", "c"), ("an", "en", "am", "em", "han"), ("au", "o", "ho"))


def may_be_misspelt(word: str) -> bool:
    """Whether a word is long enough to be taken for another; numbers and codes never are."""
    return len(word) >= SHORTEST and word.isalpha()


def slip(written: str, meant: str) -> Slip | None:
    """How `written` may have come of `meant`; None where that is not believed."""
    found = _slip(written, meant)
    return found if found is not None and len(written) >= _BELIEVED_FROM[found] else None


def one_letter_away(word: str) -> Iterator[str]:
    """Every word that one letter left out, added, changed or swapped with its neighbour makes of `word`."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def distance(one: str, other: str, at_most: int) -> int | None:
    """Letters left out, added, changed or swapped between two words; None where over `at_most`."""
    if abs(len(one) - len(other)) > at_most:
        return None
    one, other = _differing(one, other)
    width, beyond = len(other), at_most + 1
    earlier: list[int] = []
    last = [min(column, beyond) for column in range(width + 1)]
    for row, letter in enumerate(one, start=1):
        current = [beyond] * (width + 1)
        current[0] = least = min(row, beyond)
        # Farther from the diagonal there are more letters left out or added than are allowed.
        for column in range(max(1, row - at_most), min(width, row + at_most) + 1):
            wanted = other[column - 1]
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, earlier[column - 2] + 1)
            current[column] = cost
            least = min(least, cost)
        if least > at_most:
            return None
        earlier, last = last, current
    return last[-1] if last[-1] <= at_most else None


def _differing(one: str, other: str) -> tuple[str, str]:
    """Two words without what both begin and end with."""
    start, most = 0, min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _slip(written: str, meant: str) -> Slip | None:
    if sound(written) == sound(meant):
        return Slip.SOUND
    away = distance(written, meant, 2)
    if away != 1:
        return Slip.TWO if away == 2 and written[:2] == meant[:2] else None
    if len(written) == len(meant):
        places = [place for place, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
        if len(places) == 2:
            return Slip.SWAPPED
        typed, wanted = written[places[0]], meant[places[0]]
        if places[0] == 0:
            return None
        return Slip.BESIDE if typed + wanted in _BESIDE else Slip.CHANGED
    if written[1:] == meant:  # « lassurance »
        return Slip.ADDED if written[0] in _ELIDED else None
    if written[0] != meant[0]:
        return None
    return Slip.ADDED if len(written) > len(meant) else Slip.LEFT_OUT
