"""Does a model's sentence stand in the sentences it was given? What does not is repaired or dropped.

Knows the sentence, the numbered sources and the question; nothing about models or prompts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answer import Claim
from assistant.claims import Bearer, Said, said, same_language, shown, strange, word_for_word
from assistant.namings import supposes
from assistant.refusals import declines, says_nothing
from assistant.support import support, unborne
from store.folding import fold, letters
from store.language import is_small, trimmed
from store.records import Release, Span

__all__ = ["Dropped", "Repaired", "Similarity", "Source", "Verdict", "Verified", "Verifier", "declines", "says_nothing"]

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosines of a sentence to others, by the archive's own model."""


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered sentence that a model was given."""

    number: int
    release: Release
    span: Span

    @property
    def text(self) -> str:
        return self.span.of(self.release.text)


@dataclass(frozen=True, slots=True)
class Verified:
    """The sentence stands: `claim` rests on what bears it. `ignored` marks named no source, or none that bears it."""

    claim: Claim
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Repaired:
    """The sentence does not stand, but what it meant is clear: the source's own words, and why."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """The sentence does not stand; `why` in a word for logs and measurements, never for readers."""

    why: str


Verdict = Verified | Repaired | Dropped


SUPPORT = 1.0
"""The share of its words from which a sentence is borne (measured; see `Verifier`)."""
ALIKE = 0.87
"""The cosine (e5-small, passages) from which a sentence and what it rests on mean the same; `ACROSS` between two
languages. Measured: true paraphrases .870 to .99, sentences of other releases .73 to .877."""
ACROSS = 0.86
MEANT = 0.5
"""The share of its words from which a source is what a wrong sentence meant."""
MOST = 3
"""Sources that one sentence may rest on."""


class Verifier:
    """Checks sentences against their sources. `similarity` None leaves meaning to the words."""

    def __init__(
        self,
        similarity: Similarity | None = None,
        support: float = SUPPORT,
        alike: float = ALIKE,
        across: float = ACROSS,
        meant: float = MEANT,
    ) -> None:
        self._similarity = similarity
        self._support, self._alike, self._across, self._meant = support, alike, across, meant

    def verify(self, text: str, marks: Sequence[int], sources: Sequence[Source], asked: str) -> Verdict:
        """What becomes of `text`, which names `marks`, given `sources` and the question `asked`."""
        text = unicodedata.normalize("NFC", shown(text))
        if not sources or not letters(text):
            return Dropped("empty")
        if strange(text, [source.text for source in sources]):
            return Dropped("strange")
        if (whole := _verbatim(text, marks, sources)) is not None:
            return _verified(text, marks, [whole])
        claim = said(text, asked, sources[0].release.language)
        if _cut_short(text, claim.language):
            return Dropped("cut")
        if len(claim.stems) + claim.counted < 2:
            return Dropped("fragment")
        readings = _ranked(claim, marks, sources)
        for chosen in _choices(readings):
            if self._borne(claim, chosen):
                return _verified(text, marks, [reading.source for reading in _completed(claim, chosen, readings)])
        return self._mended(claim, readings)

    def why(self, text: str, sources: Sequence[Source], asked: str) -> str | None:
        """Why these sources together do not bear the sentence (a word), or None where they do."""
        claim = said(text, asked, sources[0].release.language if sources else "fr")
        return self._refusal(claim, [Bearer(source.release, source.span) for source in sources])

    def _borne(self, claim: Said, chosen: Sequence[_Reading]) -> bool:
        return self._refusal(claim, [reading.bearer for reading in chosen]) is None

    def _refusal(self, claim: Said, bearers: Sequence[Bearer]) -> str | None:
        native = same_language(claim, bearers)
        if native and support(claim, bearers) < self._support:
            return "words"
        if (why := unborne(claim, bearers)) is not None:
            return why
        if self._similarity is not None:
            texts = [bearer.text for bearer in bearers]
            cosine = max(self._similarity(claim.text, [*texts, " ".join(texts)] if len(texts) > 1 else texts))
            if cosine < (self._alike if native else self._across):
                return "meaning"
        elif not native:
            return "language"
        return None

    def _mended(self, claim: Said, readings: Sequence[_Reading]) -> Verdict:
        """The source that a sentence which does not stand was about, where that is clear.

        Nothing mends a sentence about someone whom only the question names.
        """
        if supposes(claim, [reading.bearer for reading in readings]):
            return Dropped("premise")
        nearest = max(readings, key=lambda reading: reading.share + 0.1 * reading.marked)
        others = [reading.share for reading in readings if reading is not nearest]
        why = unborne(claim, [nearest.bearer]) or "words"
        clear = nearest.marked or nearest.share > max(others, default=0.0)
        asks = nearest.source.text.rstrip().endswith("?")
        if asks or nearest.share < self._meant or not clear or len(nearest.stems) < ADDS:
            return Dropped(why)
        source = nearest.source
        span = trimmed(source.release.text, source.span)
        return Repaired(Claim(" ".join(span.of(source.release.text).split()), ((source.release, span),)), why)


def _cut_short(text: str, language: str) -> bool:
    """Whether a sentence breaks off after a small word: « … est également la »."""
    return text[-1].isalpha() and is_small(fold(text.split()[-1]), language)


@dataclass(frozen=True)
class _Reading:
    """A source read against a claim: the share of the claim's words it bears."""

    source: Source
    bearer: Bearer
    marked: bool
    share: float
    stems: frozenset[str]


def _ranked(claim: Said, marks: Sequence[int], sources: Sequence[Source]) -> list[_Reading]:
    """The sources by what they bear of the claim, those it names first among equals."""
    readings = []
    for source in sources:
        bearer = Bearer(source.release, source.span)
        stems = claim.stems & bearer.stems
        share = len(stems) / len(claim.stems) if claim.stems else 1.0
        readings.append(_Reading(source, bearer, source.number in marks, share, stems))
    return sorted(readings, key=lambda reading: (-reading.marked, -reading.share))


def _choices(readings: Sequence[_Reading]) -> Iterator[tuple[_Reading, ...]]:
    """Sets of sources to rest on, the smallest first, of these the ones the model named first."""
    yield from ((reading,) for reading in readings)
    near = sorted(readings, key=lambda reading: (-reading.marked, -reading.share))[:NEAR]
    for size in range(2, MOST + 1):
        yield from (
            several for several in combinations(near, size) if _of_one_language(several) and _each_adds(several)
        )


def _of_one_language(several: Sequence[_Reading]) -> bool:
    return len({reading.bearer.language for reading in several}) == 1


def _each_adds(several: Sequence[_Reading]) -> bool:
    """Whether each source bears words that no other does: one that only lends a number or a name bears nothing."""
    return all(
        len(reading.stems.difference(*(other.stems for other in several if other is not reading))) >= ADDS
        for reading in several
    )


ADDS = 2
"""Words that a source must add to be rested on beside others."""


NEAR = 6
"""Sources looked at together."""


def _completed(claim: Said, chosen: Sequence[_Reading], readings: Sequence[_Reading]) -> list[_Reading]:
    """What is rested on, with the named source that bears two more of the words, if any."""
    told = frozenset[str]().union(*(reading.stems for reading in chosen))
    kept = list(chosen)
    for reading in readings:
        more = reading.stems - told
        if reading.marked and reading not in kept and len(kept) < MOST and len(more) >= 2:
            kept.append(reading)
            told |= reading.stems
    return kept


def _verbatim(text: str, marks: Sequence[int], sources: Sequence[Source]) -> Source | None:
    """The source that says just this, one that is named before others."""
    same = [source for source in sources if word_for_word(source.text, text)]
    return next((source for source in same if source.number in marks), same[0] if same else None)


def _verified(text: str, marks: Sequence[int], sources: Sequence[Source]) -> Verified:
    rests_on = tuple((source.release, trimmed(source.release.text, source.span)) for source in sources)
    numbers = {source.number for source in sources}
    return Verified(Claim(text, rests_on, paraphrase=True), sum(mark not in numbers for mark in marks))
