"""Which sentences answer: each sentence of the evidence weighed, and the few that are shown.

`chosen` gives them in the order they are to be shown, `answers` how likely the best of them
answers. Knows nothing about how they are worded, cut or cited.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Assignment
from assistant.kinds import Kind, Kinds, holds
from store.fusion import scaled
from store.language import content_terms, fold, trimmed
from store.period import find_dates
from store.records import Hit, Release, Span

PASSAGES = 12
"""Passages whose sentences are weighed."""
SENTENCES = 3
BUDGET = 450
"""Characters an answer aims at; its first sentence may exceed it."""
LATEST = 2.0
"""Weight of a word of a follow-up itself, beside one of the turns before."""
AROUND = 0.5
"""Weight of a word of the question in the sentence before or after, or in the title, beside one in it."""
RELEASE = 2.0
"""Weight of how well the release was found beside the best, next to its sentence's own meaning and words."""
KIND = 0.4
"""What a sentence gains by holding the kind of thing asked for."""
NEAR = 0.5
"""How much less than the best sentence another may weigh and still be shown after it."""
_BANNER = "Communiqué de presse"


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
    language = assignment.language
    stems = {term.stem: 1.0 for term in content_terms(assignment.standalone, language)}
    if assignment.question != assignment.standalone:
        stems.update((term.stem, LATEST) for term in content_terms(assignment.question, language))
    return tuple(_chosen(_weigh(stems, kinds, assignment.hits[:PASSAGES])))


def answers(assignment: Assignment, kinds: Kinds) -> float:
    """How likely (0..1) the best sentence of the evidence holds what is asked; 0.0 where there is none."""
    return max((one.answers for one in chosen(assignment, kinds)), default=0.0)


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of a hit, its cosine to the question, and the question's words in and around it."""

    hit: Hit
    span: Span
    cosine: float | None
    shared: frozenset[str]
    around: frozenset[str]


def _weigh(stems: Mapping[str, float], kinds: Kinds, hits: Sequence[Hit]) -> list[Chosen]:
    read = [sentence for hit in hits for sentence in _read(set(stems), hit)]
    rarity = _rarity(stems, [sentence.shared for sentence in read])
    total = sum(rarity.values()) or 1.0
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.release.id] = max(hit.score, best.get(hit.release.id, hit.score))
    highest = max(best.values(), default=0.0) or 1.0
    weighed = []
    for sentence, meaning in zip(read, scaled([sentence.cosine for sentence in read]), strict=True):
        release, text = sentence.hit.release, sentence.span.of(sentence.hit.release.text)
        folded = fold(text)
        words = sum(rarity[stem] for stem in sentence.shared)
        context = sum(rarity[stem] for stem in sentence.around - sentence.shared)
        found = RELEASE * best[release.id] / highest
        held = sum(holds(text, folded, kind) for kind in kinds.asked) / (len(kinds.asked) or 1)
        weight = meaning + (words + AROUND * context) / total + found + KIND * held
        if Kind.CONTACT not in kinds and holds(text, folded, Kind.CONTACT):
            weight -= KIND
        sure = min(1.0, max(0.0, weight / 5))
        weighed.append(Chosen(release, sentence.span, weight, bool(sentence.shared), sure))
    return sorted(weighed, key=lambda one: -one.weight)


def _read(stems: set[str], hit: Hit) -> list[_Read]:
    """The sentences of a hit that say something; a title counts as said before each of them."""
    release, passage = hit.release, hit.passage
    title = stems & {term.stem for term in content_terms(release.title, release.language)}
    shared = [
        frozenset(stems & {term.stem for term in content_terms(span.of(release.text), release.language)})
        for span in passage.sentences
    ]
    cosines = hit.sentence_scores or (None,) * len(passage.sentences)
    read = []
    for place, (span, cosine) in enumerate(zip(passage.sentences, cosines, strict=False)):
        visible = trimmed(release.text, span)
        if len(visible) >= 3 and not is_heading(release, visible):
            around = title.union(*shared[max(0, place - 1) : place + 2])
            read.append(_Read(hit, visible, cosine, shared[place], frozenset(around)))
    return read


def _rarity(stems: Mapping[str, float], shared: Sequence[frozenset[str]]) -> dict[str, float]:
    """How telling each word of the question is among the sentences at hand."""
    frequency = Counter(stem for one in shared for stem in one)
    return {stem: weight * math.log(1 + len(shared) / (1 + frequency[stem])) for stem, weight in stems.items()}


def is_heading(release: Release, span: Span) -> bool:
    """Whether a sentence only names the release: its title, rubric, banner or dateline."""
    text = span.of(release.text)
    if text[-1] in ".!?»”":
        return False
    words = letters(text)
    named = (release.title, release.rubric, release.place, release.issuer, _BANNER)
    if not words or any(name and words == letters(name) for name in named):
        return True
    if text.isupper() and not any(character.isdigit() for character in text):
        return True
    return bool(len(text) < 60 and find_dates(text) and span.end <= (release.lead.start if release.lead else 400))


def letters(text: str) -> str:
    """The letters and figures of a text, folded: what two printings of one sentence share."""
    return "".join(character for character in fold(text) if character.isalnum())


def _chosen(weighed: Sequence[Chosen]) -> list[Chosen]:
    """The sentence that answers, then those near it that add something, as a reader would meet them."""
    if not weighed:
        return []
    first, *others = weighed
    chosen: list[Chosen] = []
    length = len(first.span)
    told = {letters(first.span.of(first.release.text))}
    for one in others:
        words = letters(one.span.of(one.release.text))
        if len(chosen) == SENTENCES - 1 or one.weight < first.weight - NEAR:
            break
        if words in told or length + len(one.span) > BUDGET or not (one.shares or _follows(one, [first, *chosen])):
            continue
        chosen.append(one)
        told.add(words)
        length += len(one.span)
    rank = {one.release.id: place for place, one in reversed(list(enumerate([first, *chosen])))}
    return [first, *sorted(chosen, key=lambda one: (rank[one.release.id], one.span))]


def _follows(one: Chosen, chosen: Sequence[Chosen]) -> bool:
    """Whether a sentence goes on where a chosen one ends."""
    return any(
        one.release.id == other.release.id and not one.release.text[other.span.end : one.span.start].strip(" \n-•–")
        for other in chosen
        if other.span.end <= one.span.start
    )
