"""What may be said of a sentence before a question: how near it is, which words it shares, what it holds.

`sentences` reads the passages found into sentences with their traits, numbers that mostly
lie in 0..1. Knows nothing about what each trait is worth (`assistant.weighing`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Assignment
from assistant.kinds import FIGURES, Kind, Kinds, counts, holds
from store.almanac import MONTHS
from store.folding import letters
from store.language import content_terms, fold, trimmed
from store.period import Period, find_dates
from store.records import Hit, Release, Span

PASSAGES = 24
"""Passages whose sentences are read: 12 hold the answers of 0.85 of 251 questions, 30 of 0.88."""
LATEST = 2.0
"""Weight of a word of a follow-up itself, beside one of the turns before."""
SHORT = 60
"""Characters under which a sentence is short."""
_BANNER = "Communiqué de presse"
_NAME = re.compile(r"(?<!\w)[A-ZÀ-Ý][\w-]{2,}")
_WORD = re.compile(r"\w+")
_NEWLY = FIGURES | {Kind.DATE, Kind.HOUR, Kind.PERSON, Kind.PLACE}
"""Kinds that answer only where the question does not name the same itself."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that was found, whether it shares a word with the question, its stems, and its traits by name."""

    release: Release
    span: Span
    shares: bool
    stems: frozenset[str]
    traits: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a sentence is made of: folded, and the stems of its words."""

    folded: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question: what the stem of each of its words weighs, those of its last turn, whom it names."""

    kinds: Kinds
    stems: dict[str, float]
    latest: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    topic: Period | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sentence as it stands in its passage, and the question's words in it and in its title."""

    hit: Hit
    span: Span
    words: _Words
    cosine: float | None
    shared: frozenset[str]
    titled: frozenset[str]


def sentences(assignment: Assignment, kinds: Kinds) -> list[Sentence]:
    """The sentences of the passages found that say something, with their traits, in the order they were found."""
    asked = _asked(assignment, kinds)
    hits = assignment.hits[:PASSAGES]
    seen: dict[tuple[str, Span], _Seen] = {}
    for hit in hits:
        for one in _read(asked, hit):
            seen.setdefault((hit.release.id, one.span), one)
    if not seen:
        return []
    others = _Others(asked, hits, list(seen.values()))
    return [_sentence(asked, others, one) for one in seen.values()]


class _Others:
    """What all that was found has in common: what a sentence is compared with."""

    def __init__(self, asked: _Asked, hits: Sequence[Hit], seen: Sequence[_Seen]) -> None:
        frequency = Counter(stem for one in seen for stem in one.shared)
        self.rarity = {
            stem: weight * math.log(1 + len(seen) / (1 + frequency[stem])) for stem, weight in asked.stems.items()
        }
        self.total = self.of(frozenset(self.rarity)) or 1.0
        self.latest = self.of(asked.latest) or 1.0
        cosines = [one.cosine for one in seen if one.cosine is not None]
        self.mean = sum(cosines) / len(cosines) if cosines else 0.0
        self.found: dict[str, float] = {}
        for hit in hits:
            self.found[hit.release.id] = max(hit.score, self.found.get(hit.release.id, hit.score))
        self.highest = max(self.found.values(), default=0.0) or 1.0
        covered: dict[str, frozenset[str]] = {}
        for one in seen:
            covered[one.hit.release.id] = covered.get(one.hit.release.id, frozenset()) | one.shared | one.titled
        self.covered = {release: self.of(stems) / self.total for release, stems in covered.items()}

    def of(self, stems: frozenset[str]) -> float:
        """How telling some words of the question are, together."""
        return sum(self.rarity[stem] for stem in stems)


def _sentence(asked: _Asked, others: _Others, one: _Seen) -> Sentence:
    release = one.hit.release
    cosine = others.mean if one.cosine is None else one.cosine
    untitled = others.total - others.of(one.titled)
    near = {
        "cosine": (cosine - others.mean) * 10,
        "passage": one.hit.score / others.highest,
        "release": others.found[release.id] / others.highest,
        "covered": others.covered[release.id],
        "asked": others.of(one.shared - one.titled) / (untitled or 1.0),
        "latest": others.of(one.shared & asked.latest) / others.latest,
    }
    traits = {**near, **_held(asked, one), **_standing(asked, one)}
    return Sentence(release, one.span, bool(one.shared), one.words.stems, traits)


def _asked(assignment: Assignment, kinds: Kinds) -> _Asked:
    language = assignment.language
    stems = {term.stem: 1.0 for term in content_terms(assignment.standalone, language)}
    latest = {term.stem for term in content_terms(assignment.question, language)}
    if assignment.question != assignment.standalone:
        stems.update(dict.fromkeys(latest, LATEST))
    names = content_terms(" ".join(_NAME.findall(assignment.standalone[1:])), language)
    return _Asked(
        kinds,
        stems,
        frozenset(latest & stems.keys()),
        frozenset(term.stem for term in names),
        frozenset(_WORD.findall(fold(assignment.standalone))),
        assignment.inferred.topic,
    )


def _read(asked: _Asked, hit: Hit) -> list[_Seen]:
    """The sentences of a hit that say something."""
    release, passage = hit.release, hit.passage
    titled = frozenset(asked.stems.keys() & _words(release.title, release.language).stems)
    cosines = hit.sentence_scores or (None,) * len(passage.sentences)
    read = []
    for span, cosine in zip(passage.sentences, cosines, strict=False):
        visible = trimmed(release.text, span)
        if len(visible) >= 3 and not is_heading(release, visible):
            words = _words(visible.of(release.text), release.language)
            read.append(_Seen(hit, visible, words, cosine, frozenset(asked.stems.keys() & words.stems), titled))
    return read


@lru_cache(maxsize=20_000)
def _words(text: str, language: str) -> _Words:
    return _Words(fold(text), frozenset(term.stem for term in content_terms(text, language)))


def _held(asked: _Asked, one: _Seen) -> dict[str, float]:
    """The kinds asked for that a sentence holds, without what the question says itself."""
    text, folded = one.span.of(one.hit.release.text), one.words.folded
    held = {kind for kind in asked.kinds.asked if holds(text, folded, kind)}
    if not held.isdisjoint(_NEWLY):
        text = _news(asked, one.hit.release, text)
        folded = fold(text)
        held = {kind for kind in held if kind not in _NEWLY or holds(text, folded, kind)}
    return {
        "figure": float(not held.isdisjoint(FIGURES)),
        "counted": float(counts(one.words.folded, asked.kinds.counted, one.hit.release.language)),
        "dated": float(Kind.DATE in held or Kind.HOUR in held),
        "named": float(Kind.PERSON in held),
        "placed": float(Kind.PLACE in held),
        "reached": float(Kind.CONTACT in held),
    }


def _news(asked: _Asked, release: Release, text: str) -> str:
    """A sentence without the figures and names that the question gives, nor the day its release is of."""
    if release.published is not None:
        text = _day_of(release.published.day, release.published.month).sub("x", text)
    return _WORD.sub(lambda word: "x" if _is_name(word[0]) and fold(word[0]) in asked.words else word[0], text)


def _is_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


@lru_cache(maxsize=400)
def _day_of(day: int, month: int) -> re.Pattern[str]:
    names = "|".join(name for name, number in MONTHS.items() if number == month)
    accented = names.replace("fevrier", "f[eé]vrier").replace("aout", "ao[uû]t").replace("decembre", "d[eé]cembre")
    return re.compile(rf"\b{day}(?:er|[.º])? (?:{accented})\b(?: \d{{4}})?", re.IGNORECASE)


def _standing(asked: _Asked, one: _Seen) -> dict[str, float]:
    """Where a sentence stands in its release, and who speaks in it."""
    release, span = one.hit.release, one.span
    published, topic = release.published, asked.topic
    return {
        "lead": float(release.lead is not None and span.start in release.lead),
        "early": 1.0 / (1.0 + span.start / 400),
        "short": max(0.0, 1 - len(span) / SHORT),
        "asks": float(release.text[span.end - 1] == "?"),
        "spoken": float(Kind.QUOTATION in asked.kinds and _speaks(asked, release, span)),
        "timely": float(topic is not None and published is not None and published in topic),
    }


def _speaks(asked: _Asked, release: Release, span: Span) -> bool:
    """Whether the sentence holds words of someone whom the question names."""
    return any(
        quote.span.start < span.end
        and span.start < quote.span.end
        and not asked.names.isdisjoint(_words(quote.speaker, release.language).stems)
        for quote in release.quotes
        if quote.speaker
    )


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
