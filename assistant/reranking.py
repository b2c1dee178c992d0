"""An optional second reading of what was found: a cross-encoder reads question and passage together.

Off unless a model is named. Any model that sentence-transformers' `CrossEncoder` loads, a
hub name or a folder, will do. Nothing here was measured: no such model is reachable from
where this is built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from store.records import Hit, ModelUnavailable

Rerank = Callable[[str, Sequence[str]], Sequence[float]]
"""A question and passages → how well each answers it; higher is better, on any scale."""

READ = 40
"""Hits that are read again; a cross-encoder costs as much for each as embedding it."""


def load(model: str) -> Rerank:
    """The cross-encoder of that name or folder. Raises ModelUnavailable when it cannot be had."""
    from sentence_transformers import CrossEncoder

    try:
        encoder = CrossEncoder(model, device="cpu")
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnavailable(
            f"« {model} » cannot be loaded as a cross-encoder ({str(error).splitlines()[0]}). Unset "
            "PORTE_PAROLE_RERANKER to search without one, or name a hub model or a folder."
        ) from error

    def rerank(question: str, passages: Sequence[str]) -> Sequence[float]:
        scores = encoder.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return [float(score) for score in scores]

    return rerank


def reranked(question: str, hits: Sequence[Hit], rerank: Rerank) -> list[Hit]:
    """The first `READ` hits in the reranker's order, the others after them as they were.

    The fused scores stay in place and change hands, so they still fall from first to last.
    """
    read, rest = list(hits[:READ]), list(hits[READ:])
    if not read:
        return rest
    scores = rerank(question, [f"{hit.passage.context}\n{hit.passage.text}" for hit in read])
    order = sorted(range(len(read)), key=lambda place: -scores[place])
    again = [
        replace(read[place], score=hit.score, why={**read[place].why, "reranker": scores[place]})
        for hit, place in zip(read, order, strict=True)
    ]
    return again + rest
