"""The words an index holds: which it knows, how rare they are, and the nearest to one it does not know.

Reads the index's own term dictionary, and remembers what it read there until it is told that
the index holds others. Knows nothing about passages or who may see them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import tantivy

from store.language import Term, stem
from store.misspelling import Slip, beginnings, may_be_misspelt, one_letter_away, slip
from store.stopwords import STOPWORDS
from store.words import words

_WRITTEN = ("body_word", "title_word")
_STEMS = ("body_stem", "title_stem")
_COMPARED = 2_000
"""Words of one beginning, most frequent first, that a misspelling is compared with."""
_REMEMBERED = 20_000
"""Words remembered: most of a question's were asked before, and the nearest to one costs some 20 ms."""
_NO_SUBJECT = frozenset().union(*STOPWORDS.values())


class Vocabulary:
    """The words of a tantivy index whose fields hold them as written and stemmed."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._edition = 0
        self._knows = lru_cache(_REMEMBERED)(self._looked_up)
        self._rarity = lru_cache(_REMEMBERED)(self._counted)
        self._meant = lru_cache(_REMEMBERED)(self._nearest)

    def forget(self) -> None:
        """Look every word up anew: the index holds others now. What is being looked up meanwhile counts as old."""
        self._edition += 1

    def knows(self, term: Term) -> bool:
        """Whether a word stands in the index, written so or inflected."""
        return self._knows(self._edition, term)

    def rarity(self, term: Term) -> float:
        """BM25's inverse document frequency of a term's stem; that of a word nobody wrote where it is unknown."""
        return self._rarity(self._edition, term)

    def _looked_up(self, _edition: int, term: Term) -> bool:
        searcher = self._index.searcher()
        return any(searcher.doc_freq(field, term.raw) for field in _WRITTEN) or any(
            searcher.doc_freq(field, term.stem) for field in _STEMS
        )

    def _counted(self, _edition: int, term: Term) -> float:
        searcher = self._index.searcher()
        count, found = searcher.num_docs, min(searcher.doc_freq("body_stem", term.stem), searcher.num_docs)
        return math.log(1 + (count - found + 0.5) / (found + 0.5))

    def corrected(self, text: str, languages: Sequence[str]) -> dict[str, str]:
        """The unknown words of a text, as written, each with the nearest known one, folded.

        A word with a capital inside the text may be a name: it is one letter away at most.
        """
        found: dict[str, str] = {}
        for word, start, end in words(text):
            if word in _NO_SUBJECT or not may_be_misspelt(word) or text[start:end] in found:
                continue
            if any(self.knows(Term(word, stem(word, language))) for language in languages):
                continue
            name = start > 0 and text[start].isupper()
            if nearest := self._meant(self._edition, word, name):
                found[text[start:end]] = nearest
        return found

    def _nearest(self, _edition: int, word: str, name: bool) -> str | None:
        """The known word that is likeliest meant, of several the most frequent."""
        near = list(self._believed(word, self._one_letter_away(word)))
        if not near and not name:
            near = list(self._believed(word, self._same_beginning(word)))
        best = max(near, key=lambda one: (one[0] is Slip.SOUND, one[1], one[2]), default=None)
        return None if best is None or best[2] in _NO_SUBJECT else best[2]

    @staticmethod
    def _believed(word: str, known: Iterator[tuple[str, int]]) -> Iterator[tuple[Slip, int, str]]:
        """A word that stands once may itself be misspelt: it is meant where it sounds alike or letters are swapped."""
        for other, count in known:
            how = slip(word, other)
            if how is not None and (how >= Slip.SWAPPED or count > 1):
                yield how, count, other

    def _one_letter_away(self, word: str) -> Iterator[tuple[str, int]]:
        searcher = self._index.searcher()
        for other in set(one_letter_away(word)):
            if count := sum(searcher.doc_freq(field, other) for field in _WRITTEN):
                yield other, count

    def _same_beginning(self, word: str) -> Iterator[tuple[str, int]]:
        letters, searcher = set(word), self._index.searcher()
        for beginning in beginnings(word):
            for other, count in searcher.terms_with_prefix("body_word", beginning, limit=_COMPARED):
                near = abs(len(other) - len(word)) <= 3 and len(letters.symmetric_difference(other)) <= 4
                if near and other.isalpha():
                    yield other, count
