"""How near sentences are in meaning, by the archive's own model; a text met again is not embedded again.

Knows nothing about what nearness is held to prove.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

KEPT = 4_096
"""Texts whose vectors are kept, 6 MB; then all are forgotten at once."""


class Embeds(Protocol):
    """What makes a vector of length 1 of a text: LangChain's own `Embeddings` do."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...


class Meaning:
    """Cosines of a sentence to others, all embedded as passages are. May be asked by several threads."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}

    def __call__(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """The cosine of `text` to each of `others`."""
        known = self._vectors
        wanted = dict.fromkeys([text, *others])
        vectors = {one: known[one] for one in wanted if one in known}
        if unknown := [one for one in wanted if one not in vectors]:
            made = np.asarray(self._embedder.embed_documents(unknown), dtype=np.float32)
            vectors.update(zip(unknown, made, strict=True))
            self._vectors = {**(known if len(known) < KEPT else {}), **vectors}
        return [float(vectors[text] @ vectors[one]) for one in others]
