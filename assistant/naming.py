"""A question as a row of words, and names found in it: exactly, in part, or mistyped.

What a name belongs to is the finder's business. Knows nothing about issuers or people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.spelling import Spelling
from store.folding import folded_with_map, word_list

SMALL = word_list(
    """le la les l un une de des du d et en pour a au aux the of and for der die das und fur des dem den von vom zur zum
    di del della dei degli dell e il lo gli per contre entre sur par"""
)
"""Words that join a name's others; « office des routes » and « office routes » are one name."""
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"[\s'&/-]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts, folded, at `start` to `end` of the question; `meant` where it was mistyped."""

    text: str
    start: int
    end: int
    capital: bool
    joined: bool
    meant: str = ""

    @property
    def read(self) -> str:
        return self.meant or self.text


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that count, folded."""
    return tuple(word for word in _WORD.findall(folded_with_map(name)[0]) if word not in SMALL)


def words_of(question: str) -> list[Word]:
    """The words of a question that count; `joined` where nothing but small words parts one from the last."""
    folded, offsets = folded_with_map(question)
    found: list[Word] = []
    end = 0
    parted = True
    for match in _WORD.finditer(folded):
        parted = parted or not _JOINED.fullmatch(folded, end, match.start())
        end = match.end()
        if match[0] in SMALL and not question[offsets[match.start()]].isupper():
            continue
        start, stop = offsets[match.start()], offsets[match.end() - 1] + 1
        found.append(Word(match[0], start, stop, question[start].isupper(), not parted))
        parted = False
    return found


def corrected(words: Sequence[Word], spelling: Spelling) -> list[Word]:
    """The words with what was meant by those that no name holds."""
    return [replace(word, meant=spelling.meant(word.text) or "") for word in words]


def longest(words: Sequence[Word], at: int, names: Mapping[tuple[str, ...], object]) -> int:
    """How many words from `at` make the longest of these names; 0 where none begins there."""
    best = 0
    said: tuple[str, ...] = ()
    for count, word in enumerate(words[at : at + LONGEST], start=1):
        if count > 1 and not word.joined:
            break
        said = (*said, word.read)
        if said in names:
            best = count
    return best


LONGEST = 16
"""Words that count in the longest of names."""
