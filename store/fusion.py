"""One score out of four: how much of the question's words a passage bears, and three cosines.

Words count by the share they bear of what the question's words could score, not by the best
among the candidates: a question put in other words than the archive's then leaves the
choice to the vectors. Cosines count by how far they spread. On 943 PIAF questions this is
worth 0.8 point of nDCG@10 over scores scaled to the candidates' range, and on 63
paraphrased questions over releases of 2018 it doubles those whose release is among the
first five (0.22 to 0.49). Knows nothing about where the scores come from or who may see
the passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import NamedTuple

RISE = 1.5
"""Power of the share of words borne: half of a question's words is worth a third of all of them."""
_WIDTH = 6.0  # spreads between the nearest and the farthest candidate, about


@dataclass(frozen=True, slots=True)
class Weights:
    """What each score counts for: the share of words borne, and each cosine per `spread`.

    `spread` is the standard deviation of a question's cosines to its candidates, where it was
    measured for the model (`store.embedding.Model`); None takes each question's own.
    """

    words: float = 1.0
    passage: float = 0.022
    sentence: float = 0.065
    title: float = 0.033
    spread: float | None = None


class Candidate(NamedTuple):
    """A passage an index proposes: a tuple, since every question makes some hundreds.

    `words` is its BM25 score over what the question's words could score at most. Cosines
    are None until its vectors are made; `title` is that of its release's title.
    """

    passage_id: str
    bm25: float = 0.0
    words: float = 0.0
    cosine: float | None = None
    sentences: tuple[float, ...] = ()
    title: float | None = None

    @property
    def sentence(self) -> float | None:
        return max(self.sentences) if self.sentences else self.cosine

    def why(self) -> dict[str, float]:
        scores = {
            "bm25": self.bm25,
            "words": self.words,
            "cosine": self.cosine,
            "sentence": self.sentence,
            "title": self.title,
        }
        return {name: score for name, score in scores.items() if score is not None}


def fused(candidates: Sequence[Candidate], weights: Weights = Weights()) -> list[tuple[Candidate, float]]:
    """Candidates with their fused score, best first; the scores lie in 0..1 or little above."""
    meanings = (
        (weights.passage, [c.cosine for c in candidates]),
        (weights.sentence, [c.sentence for c in candidates]),
        (weights.title, [c.title for c in candidates]),
    )
    spread = weights.spread or _spread([c.cosine for c in candidates])
    near = [sum(parts) for parts in zip(*(_beyond(cosines, w, spread) for w, cosines in meanings), strict=True)]
    total = weights.words + _WIDTH * sum(weight for weight, _ in meanings)
    scored = [
        (candidate, (weights.words * candidate.words**RISE + meaning) / total)
        for candidate, meaning in zip(candidates, near, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].passage_id))


def scaled(scores: Sequence[float | None]) -> list[float]:
    """Scores brought to 0..1 by their own range; a missing one counts as the average."""
    known = [score for score in scores if score is not None]
    if not known:
        return [0.0] * len(scores)
    low = min(known)
    width = max(known) - low
    if width <= 0:
        return [0.0] * len(scores)
    average = (sum(known) / len(known) - low) / width
    return [average if score is None else (score - low) / width for score in scores]


def _beyond(cosines: Sequence[float | None], weight: float, spread: float) -> list[float]:
    """What each cosine is worth above the lowest; a missing one counts as the average."""
    known = [cosine for cosine in cosines if cosine is not None]
    if not known or spread <= 0:
        return [0.0] * len(cosines)
    low, mean = min(known), fmean(known)
    return [weight * ((mean if cosine is None else cosine) - low) / spread for cosine in cosines]


def _spread(cosines: Sequence[float | None]) -> float:
    known = [cosine for cosine in cosines if cosine is not None]
    return pstdev(known) if len(known) > 1 else 0.0
