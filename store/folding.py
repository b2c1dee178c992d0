"""Text folded to what a reader would type in a hurry: no capitals, accents or typography.

Knows nothing about words or languages; `store.language` and the reading of dates rest on it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

_PLAIN = {
    "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "‚": "'", "‹": "'", "›": "'",
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "…": "...",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip


class _Folding(dict[int, str]):
    """Code point → folded text, filled as characters are met (there are few hundred)."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).casefold()) if chr(code) not in _PLAIN else _PLAIN[chr(code)]
        folded = "".join(_PLAIN.get(c, c) for c in letters if not unicodedata.combining(c))
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text in small letters without accents; œ is oe, apostrophes, quotes, dashes and
    spaces are the plain ones, soft hyphens and zero-width characters are gone."""
    return text.translate(_FOLDING)


def folded_with_map(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the offset it has in `text`.

    Both have the same length: a character that folds to two is pointed at twice.
    """
    uneven = [letter for letter in set(text) if len(_FOLDING[ord(letter)]) != 1]
    if not uneven:
        return fold(text), list(range(len(text)))
    runs: list[range | list[int]] = []
    start = 0
    for match in re.finditer("[" + re.escape("".join(uneven)) + "]", text):
        runs.append(range(start, match.start()))
        runs.append([match.start()] * len(_FOLDING[ord(match[0])]))
        start = match.end()
    runs.append(range(start, len(text)))
    return fold(text), list(chain.from_iterable(runs))


def letters(text: str) -> str:
    """The letters and figures of a text, folded: what two printings of one sentence share."""
    return "".join(character for character in fold(text) if character.isalnum())


def word_list(words: str) -> frozenset[str]:
    """The words of a list that is written out like prose."""
    return frozenset(words.split())
