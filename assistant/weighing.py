"""Which sentences answer: those of the evidence weighed by their traits, and the few that are shown.

`chosen` gives them in the order they are to be shown, `answers` how likely they hold what is
asked. Few where that is likely; more, from more releases, where the choice is open. Knows
nothing about how they are worded, cut or cited.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Assignment
from assistant.kinds import Kinds
from assistant.traits import Sentence, is_heading, sentences
from store.records import Release, Span

__all__ = ["Chosen", "answers", "chosen", "is_heading", "ranked"]

WEIGHTS = {
    "cosine": 7.8,
    "release": 3.8,
    "passage": 2.2,
    "covered": 3.2,
    "timely": 1.4,
    "asked": 3.9,
    "latest": 0.2,
    "figure": 3.2,
    "counted": 1.0,
    "dated": 2.8,
    "named": 1.0,
    "placed": 0.9,
    "reached": 7.9,
    "spoken": 7.2,
    "lead": -0.2,
    "early": 1.2,
    "short": 1.4,
    "asks": -2.0,
}
"""What each trait is worth, as a logit.

Found by conditional logit (the probability that, of all sentences found for a question, an
answering one is taken; L2 of 8 on standardised traits) over 109 questions on releases of 2018
put in other words than theirs, 60 of 2016 (weight 0.7) and 130 of 2018 that repeat the words
(0.4). Five-fold by question, brief answers below `LIKELY` made longer, the sentences hold all
facts of 0.23, 0.50 and 0.66 of them (0.18, 0.50 and 0.65 with the weights before, at the
likelihood that kept the same median).
"""
FEW, BRIEF = 3, 450
"""Sentences and characters of an answer that is likely to be there; its first sentence may be longer."""
MANY, LONG = 6, 1_000
"""The same where the choice is open."""
SURE = 0.9
"""Likelihood of the sentences taken from which no further one is, unless several kinds are asked for."""
LIKELY = 0.25
"""Likelihood from which a brief answer is given.

Set on the same questions so that the median stays within `BRIEF` for each set (445 characters
for those in other words). At 0.5 it was 910 there with the weights before, and the sentences
held all facts of 0.26, 0.58 and 0.67.
"""
LONGEST = 480
"""Characters that a sentence counts at most: longer ones are cut."""
ALIKE = 0.75
"""Share of the shorter sentence's words from which another says the same."""
BESIDE = 0.3
"""What a sentence gains that goes on where one taken ends, or leads to it."""
AGAIN = 0.4
"""What a sentence loses for each one taken of its release, where the choice is open."""
_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence to show: `weight` orders them, `shares` tells whether it holds a word of the question.

    `answers` is how likely (0..1) this sentence is to hold what is asked.
    """

    release: Release
    span: Span
    weight: float
    shares: bool
    answers: float = 0.0


def chosen(assignment: Assignment, kinds: Kinds) -> tuple[Chosen, ...]:
    """The sentences to show, in order, best release first; empty where nothing was found."""
    weighed = _weighed(assignment, kinds)
    few = _few(weighed, kinds)
    if few and sum(one.chosen.answers for one in few) < LIKELY:
        return _in_order(_taken(weighed, MANY, LONG, AGAIN))
    return _in_order(few)


def answers(assignment: Assignment, kinds: Kinds) -> float:
    """How likely (0..1) the few best sentences hold what is asked, if any sentence does; 0.0 where none was found.

    Read on 251 questions, five-fold: of those with 0.9 and more every answer holds all facts,
    with 0.5 to 0.6 half, below 0.2 one in five. Read with the weights before, on questions that
    mostly repeat the releases' words: not read again since.
    """
    return sum(one.chosen.answers for one in _few(_weighed(assignment, kinds), kinds))


def ranked(assignment: Assignment, kinds: Kinds) -> tuple[Chosen, ...]:
    """The sentences a reader with time would read, best first."""
    return tuple(one.chosen for one in _weighed(assignment, kinds))


@dataclass(frozen=True, slots=True)
class _Weighed:
    chosen: Chosen
    stems: frozenset[str]

    @property
    def length(self) -> int:
        return min(len(self.chosen.span), LONGEST)


def _weighed(assignment: Assignment, kinds: Kinds) -> list[_Weighed]:
    """The best sentences found, best first, each with how likely it answers among all."""
    read = sentences(assignment, kinds)
    weights = [_weight(one) for one in read]
    highest = max(weights, default=0.0)
    total = sum(math.exp(weight - highest) for weight in weights)
    weighed = [
        _Weighed(
            Chosen(one.release, one.span, weight, one.shares, math.exp(weight - highest) / total),
            one.stems,
        )
        for one, weight in zip(read, weights, strict=True)
    ]
    return sorted(weighed, key=lambda one: -one.chosen.weight)[:_CANDIDATES]


def _weight(sentence: Sentence) -> float:
    return sum(WEIGHTS[name] * value for name, value in sentence.traits.items())


def _few(weighed: Sequence[_Weighed], kinds: Kinds) -> list[_Weighed]:
    """The brief answer: no more sentences than make it sure where one thing is asked."""
    taken = _taken(weighed, FEW, BRIEF)
    likely = 0.0
    for place, one in enumerate(taken, start=1):
        likely += one.chosen.answers
        if likely >= SURE and len(kinds.asked) < 2:
            return taken[:place]
    return taken


def _taken(weighed: Sequence[_Weighed], most: int, budget: int, again: float = 0.0) -> list[_Weighed]:
    """The best sentences that fit, none saying what another says, best first."""
    left, taken, length = list(weighed), list[_Weighed](), 0
    while left and len(taken) < most:
        best = max(left, key=lambda one: _worth(one, taken, again))
        left.remove(best)
        if taken and (length + best.length > budget or any(_alike(best, other) for other in taken)):
            continue
        taken.append(best)
        length += best.length
    return taken


def _worth(one: _Weighed, taken: Sequence[_Weighed], again: float) -> float:
    """What a sentence is worth beside those taken."""
    same = [other.chosen for other in taken if other.chosen.release.id == one.chosen.release.id]
    beside = any(_follows(one.chosen, other) or _follows(other, one.chosen) for other in same)
    return one.chosen.weight - again * len(same) + BESIDE * beside


def _alike(one: _Weighed, other: _Weighed) -> bool:
    fewer = min(len(one.stems), len(other.stems))
    return len(one.stems & other.stems) > ALIKE * fewer


def _follows(one: Chosen, other: Chosen) -> bool:
    """Whether a sentence goes on where another of its release ends."""
    return 0 <= one.span.start - other.span.end <= 4


def _in_order(taken: Sequence[_Weighed]) -> tuple[Chosen, ...]:
    """The best sentence first with those it stands among, then the others as a reader would meet them."""
    if not taken:
        return ()
    found = [one.chosen for one in taken]
    rank = {one.release.id: place for place, one in reversed(list(enumerate(found)))}
    runs: list[list[Chosen]] = []
    for one in sorted(found, key=lambda one: (rank[one.release.id], one.span)):
        joined = runs and runs[-1][-1].release.id == one.release.id and _follows(one, runs[-1][-1])
        runs[-1].append(one) if joined else runs.append([one])
    runs.sort(key=lambda run: found[0] not in run)
    return tuple(one for run in runs for one in run)
