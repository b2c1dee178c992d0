"""What grounds there are to answer a question: traits of its best sentence and of all that was found.

Traits lie in 0..1 about, and say something a person can check: which words of the question
the sentence holds, which its surroundings, which nobody. They come to two things: `related`,
whether the releases found are about what is asked at all, and `likelihood`, whether what is
asked specially (a name, a figure, a time) is there. Words alone decide neither: who asks in
other words than a release's holds fewer of them than who asks about what no release says.
Knows nothing about what is said instead of an answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import fmean

from assistant.kinds import FIGURES, Kind, Kinds, counts, holds
from assistant.retrieval import distinct, told_around
from assistant.telling import Word, matcher, misspelt, plain
from store.embedding import SPREAD
from store.period import Period
from store.records import Hit, PassageKind, Release, Span

PASSAGES = 10
"""Passages whose sentences are looked at."""
SHORTEST = 25
"""Characters from which a line may answer."""
FAR = -1.0
"""How near in meaning, in spreads, a sentence of all the words must be."""
NEAREST, AMONG = 3, 24
"""Sentences whose nearness in meaning says whether the archive is about what is asked, and passages they are of."""
TITLES = 20
"""Titles from which the nearest of them says something: of a few, none need be near."""
WHOLE = 0.99
"""The share of a question's words from which all of them are held."""
USUAL, USUAL_TITLE = 2.0, 1.4
"""How near, in spreads, an answer's sentence and its release's title usually are."""
BESIDE = 1
"""Years that a release may tell of without naming them: the one before it, and the one after."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Scale:
    """What the archive's model means by near: the cosine of the unrelated, and how far a question's cosines spread.

    `unrelated` is None where that was not measured: cosines then say nothing.
    """

    unrelated: float | None = None
    spread: float = SPREAD

    def of(self, cosine: float | None, usual: float) -> float:
        """A cosine in spreads above the unrelated; `usual` where it is not known."""
        if cosine is None or self.unrelated is None:
            return usual
        return (cosine - self.unrelated) / self.spread


@dataclass(frozen=True, slots=True)
class Grounds:
    """The sentence that bears the question best, with the traits that speak for or against an answer.

    `missed` are the words of the question that its release does not hold.
    """

    release: Release
    span: Span
    traits: Mapping[str, float]
    missed: tuple[Word, ...] = field(default=())
    foreign: bool = False

    @property
    def whole(self) -> bool:
        """Whether the sentence, its neighbours and its title hold every word of the question, and what is asked."""
        traits = self.traits
        against = self.foreign or traits["uncounted"] or traits["untimely"] or traits["meaning"] < FAR
        return bool(traits["near"] >= WHOLE and traits["held"] == 1.0 and not against)

    @property
    def related(self) -> float:
        """How likely (0..1) the releases found are about what is asked."""
        return _probability(_RELATED, _RELATED_BIAS, self.traits)

    @property
    def likelihood(self) -> float:
        """How likely (0..1) releases that are about it say what is asked specially."""
        return _probability(_WEIGHTS, _BIAS, self.traits)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sentence and the words of the question it holds, alone, with its neighbours, and by its title."""

    hit: Hit
    span: Span
    around: str
    folded: str
    cosine: float | None
    own: frozenset[Word]
    near: frozenset[Word]
    titled: frozenset[Word]
    released: frozenset[Word]

    @property
    def text(self) -> str:
        return self.span.of(self.hit.release.text)


def grounds(
    asked: Sequence[Word], kinds: Kinds, hits: Sequence[Hit], language: str, topic: Period | None, scale: Scale
) -> Grounds | None:
    """The best-borne reading of the question (asked in `language`); None where no sentence was found.

    In a release of another language its numbers and acronyms are looked for, and no other words.
    """
    told = [hit for hit in distinct(hits) if hit.passage.kind is not PassageKind.BOILERPLATE][:PASSAGES]
    seen = [sentence for hit in told for sentence in _read(asked, hit)]
    if not seen:
        return None
    asked = _well_spelt(asked, seen) if any(one.hit.release.language == language for one in seen) else asked
    there = tuple(word for word in asked if word.number or word.written.isupper())
    common = {"title": _nearest_title(hits, scale), "nearest": _nearest(hits, scale)}
    foreign = [one.hit.release.language != language for one in seen]
    traits = [
        {**common, **_of_one(there if away else asked, Kinds(kinds.asked) if away else kinds, one, topic, scale)}
        for one, away in zip(seen, foreign, strict=True)
    ]
    place = max(range(len(seen)), key=lambda one: _fit(traits[one]))
    best = seen[place]
    missed = tuple(word for word in (there if foreign[place] else asked) if word not in best.released)
    return Grounds(best.hit.release, best.span, traits[place], missed, foreign[place])


def _well_spelt(asked: Sequence[Word], seen: Sequence[_Seen]) -> tuple[Word, ...]:
    """The words without those that are likely others of the sentences, misspelt: they speak neither way."""
    heard = frozenset[Word]().union(*(one.released for one in seen))
    strange = [word for word in asked if word not in heard]
    if not strange:
        return tuple(asked)
    known = {word for one in seen for word in _WORD.findall(one.folded)}
    meant = {word for word in strange if misspelt(word, known)}
    return tuple(word for word in asked if word not in meant)


def _read(asked: Sequence[Word], hit: Hit) -> list[_Seen]:
    release, passage = hit.release, hit.passage
    find = matcher(asked, release.language)
    titled = find(plain(f"{release.title}\n{release.issuer or ''}\n{release.place or ''}"))
    folded = [_plain(span.of(release.text)) for span in passage.sentences]
    own = [find(one) for one in folded]
    released = titled | find(_plain(release.text))
    cosines = hit.sentence_scores or (None,) * len(folded)
    return [
        _Seen(hit, span, _around(hit, place), folded[place], cosine, own[place],
              titled.union(*own[max(0, place - 1) : place + 2]), titled, released)
        for place, (span, cosine) in enumerate(zip(passage.sentences, cosines, strict=False))
        if len(span) >= SHORTEST
    ]  # fmt: skip


def _around(hit: Hit, place: int) -> str:
    """A sentence with the one before and the one after."""
    near = hit.passage.sentences[max(0, place - 1) : place + 2]
    return hit.release.text[near[0].start : near[-1].end]


@lru_cache(maxsize=5_000)
def _plain(text: str) -> str:
    return plain(text)


def _nearest_title(hits: Sequence[Hit], scale: Scale) -> float:
    """How near the nearest title is to the question, in spreads."""
    titles = {hit.release.id: hit.why["title"] for hit in hits if "title" in hit.why}
    return scale.of(max(titles.values()) if len(titles) >= TITLES else None, USUAL_TITLE)


def _nearest(hits: Sequence[Hit], scale: Scale) -> float:
    """How near the nearest sentences are to the question, in spreads, on average."""
    cosines = sorted((cosine for hit in distinct(hits)[:AMONG] for cosine in hit.sentence_scores), reverse=True)
    return scale.of(fmean(cosines[:NEAREST]) if cosines else None, USUAL)


def _of_one(asked: Sequence[Word], kinds: Kinds, one: _Seen, topic: Period | None, scale: Scale) -> dict[str, float]:
    """What one sentence says for and against."""
    release = one.hit.release
    text, folded = (one.around, plain(one.around)) if len(kinds.asked) > 1 else (one.text, one.folded)
    held = _held(kinds.asked, text, folded)
    figures = bool(kinds.asked) and FIGURES.issuperset(kinds.asked)
    counted = bool(kinds.counted) and counts(folded, kinds.counted, release.language)
    figureless = figures and not counted and not _held(kinds.asked, one.around, plain(one.around))
    near = _share(asked, one.near)
    return {
        "meaning": scale.of(one.cosine, USUAL),
        "own": _share(asked, one.own),
        "near": near,
        "held": held,
        "held_near": held * near,
        "uncounted": float(bool(kinds.counted) and not counted),
        "figureless": near * figureless,
        "misnamed": near * min(2.0, sum(word.weight for word in asked if _strange(word, one))),
        "untimely": _untimely(one, topic),
        "found": one.hit.score,
    }


def _strange(word: Word, one: _Seen) -> bool:
    """Whether a word is a name that the release does not hold; German writes every noun like one."""
    named = word.name and (one.hit.release.language != "de" or word.written.isupper())
    return named and word not in one.released


def _held(asked: Sequence[Kind], text: str, folded: str) -> float:
    """The share of these kinds of answer that a text holds; 1.0 of none."""
    return sum(holds(text, folded, kind) for kind in asked) / len(asked) if asked else 1.0


def _share(asked: Collection[Word], held: Collection[Word]) -> float:
    """The share of the words that are held, by weight; 1.0 of none."""
    total = sum(word.weight for word in asked)
    return sum(word.weight for word in asked if word in held) / total if total else 1.0


def _untimely(one: _Seen, topic: Period | None) -> float:
    """1.0 where a release came out at another time than the question is about and does not name its year; half
    where it names it elsewhere, or where that is the year before its own or the one after."""
    release, around = one.hit.release, told_around(topic)
    if topic is None or topic.first is None or around == Period() or release.published is None:
        return 0.0
    if release.published in around:
        return 0.0
    year = str(topic.first.year)
    lead = release.lead.of(release.text) if release.lead else ""
    if year in f"{release.title} {lead}" or year in release.text[max(0, one.span.start - 200) : one.span.end + 200]:
        return 0.0
    beside = abs(release.published.year - topic.first.year) <= BESIDE
    return 0.5 if beside or year in release.text else 1.0


_FIT = {"held_near": 1.0, "near": 1.0, "own": 1.0, "uncounted": -0.5, "meaning": 0.38, "found": 2.0}
"""What makes a sentence the one to judge by."""
_RELATED, _RELATED_BIAS = {"nearest": 1.99, "title": 0.29}, -0.63
"""Logistic regression over 420 questions that releases of two years answer and 149 about something else (PIAF).

The mean of three cosines tells these apart at an AUC of 0.92, no word of the question at more than 0.65.
"""
_WEIGHTS, _BIAS = {"misnamed": -4.32, "figureless": -4.37, "untimely": -2.05}, 1.06
"""The same over these 420 and 136 near what the releases tell that they do not say; those asked in other words than the
releases' count five times the others, each sign is fixed beforehand, 8-fold cross-validated by question.

A name that is missed counts by how many of the question's other words are there: asked in other words it is often
called otherwise (« Riga » for Latvia).
"""


def _fit(traits: Mapping[str, float]) -> float:
    return sum(weight * traits[name] for name, weight in _FIT.items())


def _probability(weights: Mapping[str, float], bias: float, traits: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-bias - sum(weight * traits[name] for name, weight in weights.items())))
