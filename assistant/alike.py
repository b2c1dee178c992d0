"""Questions that ask the same: near in meaning, and nothing in them that tells them apart.

A year, a number, a name, « quand » beside « où », « ouvre » beside « ferme »: what an embedding
hardly notices parts two questions here. Knows nothing about who asked or what was answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.directions import CONTRARY, charged
from assistant.kinds import Kind, kinds
from assistant.naming import SMALL
from assistant.polarity import turned
from store.folding import fold, word_list
from store.language import words
from store.period import Period, asked_periods

Vectors = npt.NDArray[np.float32]

NEAR = 0.67
"""How far two questions must be from unrelated (0) to the same (1) to be one: see `grouped`."""
_STRICT = frozenset(
    {Kind.PERSON, Kind.DATE, Kind.HOUR, Kind.DURATION, Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.PLACE,
     Kind.REASON, Kind.CONTACT}
)  # fmt: skip
_TITLES = word_list("m mr mme mlle mrs ms dr monsieur madame mademoiselle maire ministre president mayor minister")
_NAME = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a question from another that is worded nearly as it is."""

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    kinds: frozenset[Kind]
    directions: frozenset[str]
    periods: frozenset[Period]
    denied: bool
    language: str


def marks(question: str, language: str, today: date) -> Marks:
    """The marks of a question that was put on a day; `language` is what it is written in."""
    folded = fold(question)
    every = frozenset(word for word, _, _ in words(question))
    return Marks(
        every,
        frozenset(word for word in every if word[0].isdigit()),
        _names(question),
        frozenset(kinds(question, language).asked),
        frozenset(meant for meant, _ in charged(folded)),
        frozenset(one.period for one in asked_periods(question, today)),
        any(one.kind == "not" for one in turned(question, language)),
        language,
    )


def apart(one: Marks, other: Marks) -> bool:
    """Whether two questions ask different things, however near they are."""
    return (
        one.language != other.language
        or one.numbers != other.numbers
        or one.periods != other.periods
        or one.denied != other.denied
        or _asked_apart(one.kinds, other.kinds)
        or any(CONTRARY.get(meant) in other.directions for meant in one.directions - other.directions)
        or not (one.names <= other.words and other.names <= one.words)
    )


def _asked_apart(one: frozenset[Kind], other: frozenset[Kind]) -> bool:
    return one.isdisjoint(other) and bool((one | other) & _STRICT)


def grouped(
    vectors: Vectors, weights: Sequence[int], told: Callable[[int], Marks], near: float
) -> list[tuple[int, ...]]:
    """Which of these questions are one: tuples of their indexes, each question in one.

    `vectors` (n, d) of length 1, `weights` how often each was put, `told` its marks. A
    question joins those whose cosine to it is `near` on average, unless one of them is apart
    from it. The order is that of the weights, so that the same questions give the same groups.
    """
    cosines = vectors @ vectors.T
    groups: list[list[int]] = []
    first: list[int] = []
    for index in sorted(range(len(weights)), key=lambda one: (-weights[one], one)):
        nearby = np.flatnonzero(cosines[index, first] >= near - _SLACK).tolist() if first else ()
        fitting = sorted(((float(cosines[index, groups[at]].mean()), -at) for at in nearby), reverse=True)
        for mean, at in fitting[:_LOOKED_AT]:
            enough = near + (1 - near) * _NAMED if told(index).names & told(first[-at]).names else near
            if mean >= enough and not any(apart(told(index), told(member)) for member in groups[-at]):
                groups[-at].append(index)
                break
        else:
            groups.append([index])
            first.append(index)
    return [tuple(one) for one in groups]


_LOOKED_AT, _SLACK = 8, 0.02
_NAMED = 0.15
"""The same name in both brings two questions nearer, whatever they ask: how much nearer they have to be."""


def representative(vectors: Vectors, weights: Sequence[int], group: Sequence[int]) -> int:
    """The question of a group that is nearest to the others, those put more often counting for more."""
    if len(group) < 3:
        return max(group, key=lambda one: weights[one])
    within = vectors[list(group)]
    means = within @ (within.T @ np.asarray([weights[one] for one in group], dtype=np.float32))
    return group[int(np.argmax(np.round(means, 4)))]


def _names(question: str) -> frozenset[str]:
    """Folded words that are written as names: with a capital within the question, or in capitals."""
    if question.isupper():
        return frozenset()
    found = set()
    for at, match in enumerate(_NAME.finditer(question)):
        word = match[0]
        if len(word) > 1 and (word.isupper() or (at and word[0].isupper())):
            found |= {part for part, _, _ in words(word)}
    return frozenset(found - SMALL - _TITLES)
