"""How near sentences are in meaning, by the archive's own model; each text is embedded once.

Knows nothing about what nearness is held to prove.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Embeds(Protocol):
    """What makes a vector of length 1 of a text: LangChain's own `Embeddings` do."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...


class Meaning:
    """Cosines of a sentence to others, all embedded as passages are."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}

    def __call__(self, text: str, others: Sequence[str]) -> Sequence[float]:
        """The cosine of `text` to each of `others`."""
        unknown = [one for one in dict.fromkeys([text, *others]) if one not in self._vectors]
        if unknown:
            vectors = self._embedder.embed_documents(unknown)
            self._vectors.update(zip(unknown, np.asarray(vectors, dtype=np.float32), strict=True))
        own = self._vectors[text]
        return [float(own @ self._vectors[one]) for one in others]
