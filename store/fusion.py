"""One score out of three: words (BM25), passage vectors, and the best sentence's vector.

Score fusion rather than rank fusion: on PIAF it is worth two points of nDCG@10 (DESIGN §7).
Knows nothing about where the scores come from or who may see the passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What each of the three scores counts for, once it is brought to 0..1 over the candidates."""

    words: float = 1.0
    passage: float = 1.0
    sentence: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage an index proposes. Cosines are None until its vectors are made."""

    passage_id: str
    bm25: float = 0.0
    cosine: float | None = None
    sentences: tuple[float, ...] = ()

    @property
    def sentence(self) -> float | None:
        return max(self.sentences, default=None)

    def why(self) -> dict[str, float]:
        scores = {"bm25": self.bm25, "cosine": self.cosine, "sentence": self.sentence}
        return {name: score for name, score in scores.items() if score is not None}


def fused(candidates: Sequence[Candidate], weights: Weights = Weights()) -> list[tuple[Candidate, float]]:
    """Candidates with their fused score in 0..1, best first."""
    words = scaled([c.bm25 for c in candidates], floor=0.0)
    passage = scaled([c.cosine for c in candidates])
    sentence = scaled([c.sentence for c in candidates])
    total = weights.words + weights.passage + weights.sentence
    scored = [
        (candidate, (weights.words * w + weights.passage * p + weights.sentence * s) / total)
        for candidate, w, p, s in zip(candidates, words, passage, sentence, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].passage_id))


def scaled(scores: Sequence[float | None], floor: float | None = None) -> list[float]:
    """Scores brought to 0..1 by their own range; a missing one counts as the average."""
    known = [score for score in scores if score is not None]
    if not known:
        return [0.0] * len(scores)
    low = min(known) if floor is None else floor
    width = max(known) - low
    if width <= 0:
        return [0.0] * len(scores)
    average = (sum(known) / len(known) - low) / width
    return [average if score is None else (score - low) / width for score in scores]
