"""Words typed wrong: the one known word that a typing error away was meant, where there is one.

Every known word is kept under what is left of it without one or two of its letters, so a
look-up costs the same however many words are known. Knows nothing about languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from store.misspelling import distance

SHORT, LONG = 5, 9
"""Letters from which one typing error is forgiven, and two."""
ENDLESS = 40
"""Letters from which a word is none: its shortenings would be without number."""
REMEMBERED = 20_000
"""Words looked up that are remembered: most of a question's were asked before."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Known words under every shortening of theirs."""

    words: frozenset[str]
    _shortened: Mapping[str, tuple[str, ...]]
    _found: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    def meant(self, word: str) -> str | None:
        """The nearest known word; None where `word` is known, none is near, or two are as near."""
        try:
            return self._found[word]
        except KeyError:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            return self._found.setdefault(word, self._nearest(word))

    def _nearest(self, word: str) -> str | None:
        allowed = errors(word)
        if word in self.words or not allowed:
            return None
        candidates = {known for short in _shortenings(word, allowed) for known in self._shortened.get(short, ())}
        near = sorted(
            (away, known)
            for known in candidates
            if (away := distance(word, known, min(allowed, errors(known)))) is not None
        )
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return near[0][1]


def spelling(words: Iterable[str]) -> Spelling:
    known = frozenset(words)
    shortened: dict[str, list[str]] = {}
    for word in known:
        for short in _shortenings(word, errors(word)):
            shortened.setdefault(short, []).append(word)
    return Spelling(known, {short: tuple(sorted(of)) for short, of in shortened.items()})


def errors(word: str) -> int:
    """How many typing errors a word of this length is forgiven; figures are never mistyped words."""
    if not word.isalpha() or len(word) >= ENDLESS:
        return 0
    return (len(word) >= SHORT) + (len(word) >= LONG)


def _shortenings(word: str, lost: int) -> Iterator[str]:
    for count in range(lost + 1):
        for kept in combinations(range(len(word)), len(word) - count):
            yield "".join(word[place] for place in kept)
