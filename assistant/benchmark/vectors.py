"""Vectors without a model, for archives too large to encode: every word has a fixed direction.

A text's vector is the sum of its words' directions, long words counting more, so texts
that share words are neighbours, as they are with a model; nothing is understood. They
are generated, and every table that rests on them says so. Knows nothing about archives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np

from store.embedding import Matrix, PassageVectors, Sentences
from store.folding import fold

NAME = "generated: directions of words, 384"
DIMENSIONS = 384
_DIRECTIONS = 16_384
_WORD = re.compile(r"\w{3,}")
_TOKENS_A_WORD = 1.5
_OF_PASSAGE = 0.3
"""How much of its passage a sentence's vector holds: a model reads it in its context."""


class WordVectors:
    """An embedder without a model; the same text has the same vector on every machine."""

    name = NAME
    dimensions = DIMENSIONS
    max_tokens = 512

    def __init__(self, seed: int = 0) -> None:
        drawn = np.random.default_rng(seed).standard_normal((_DIRECTIONS, DIMENSIONS), dtype=np.float32)
        self._directions: Matrix = drawn / np.sqrt(np.float32(DIMENSIONS))

    def count_tokens(self, text: str) -> int:
        """About what a tokenizer would count."""
        return int(_TOKENS_A_WORD * len(text.split()))

    def embed_query(self, text: str) -> list[float]:
        made: list[float] = _unit(self._sum(text)).tolist()
        return made

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_passages(self, passages: Sequence[tuple[str, str, Sentences]]) -> list[PassageVectors]:
        """(context, text, sentences) → vectors, in the order given; sentences as spans of text."""
        return [self._passage(*passage) for passage in passages]

    def _passage(self, context: str, text: str, sentences: Sentences) -> PassageVectors:
        sums = [self._sum(text[start:end]) for start, end in sentences]
        whole = _unit(self._sum(context) + (np.sum(sums, axis=0) if sums else self._sum(text)))
        own = [_unit(_unit(one) + _OF_PASSAGE * whole) for one in sums]
        return PassageVectors(whole, np.stack(own) if own else np.zeros((0, DIMENSIONS), dtype=np.float32))

    def _sum(self, text: str) -> Matrix:
        words = [_direction(word) for word in _WORD.findall(fold(text))]
        if not words:
            return np.zeros(DIMENSIONS, dtype=np.float32)
        rows, weights = zip(*words, strict=True)
        added: Matrix = np.asarray(weights, dtype=np.float32) @ self._directions[list(rows)]
        return added


@lru_cache(maxsize=200_000)
def _direction(word: str) -> tuple[int, float]:
    """Which direction a word has, and its weight: short words are everywhere."""
    return crc32(word.encode()) % _DIRECTIONS, float(min(len(word), 10) - 2)


def _unit(vector: Matrix) -> Matrix:
    length = float(np.linalg.norm(vector))
    made: Matrix = (vector / length if length else vector).astype(np.float32)
    return made
