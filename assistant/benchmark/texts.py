"""Generated press releases, for an archive larger than any that was found.

Words are invented and drawn by rank as words are (Zipf); each release has a subject whose
words come back in its title and passages, so that some releases are nearer than others.
The same seed and number give the same release anywhere. Nothing here is a text to read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256

import numpy as np

from store.records import Passage, Release, Source, Span

WORDS, SUBJECTS, ISSUERS = 60_000, 2_000, 150
PASSAGES = 10
"""Passages of each release."""
_SENTENCES, _LENGTH = 4, 18
_FIRST, _DAYS = date(1998, 1, 1), 27 * 365
_RANKED = 1.05
"""How steeply words grow rare; French newspapers are near one."""
_OF_SUBJECT = 0.15
"""The share of words that belong to a release's subject."""
_LANGUAGES, _SHARES = ("fr", "de", "en", "it"), (0.9, 0.05, 0.03, 0.02)
_ONSETS = "b c ch d f g h j l m n p qu r s t v bl br cl cr dr fl gr pl pr tr".split()
_NUCLEI = "a e é i o u ai au eau ei eu ou oi an en in on".split()
_CODAS = ["", "", "", "r", "l", "s", "t", "c", "n", "x"]


class Texts:
    """Releases by number, `PASSAGES` passages each."""

    def __init__(self, seed: int = 2026) -> None:
        self._seed = seed

    def release(self, number: int) -> tuple[Release, tuple[Passage, ...]]:
        """Release `number` with its passages, as the archive takes them in."""
        drawn = np.random.default_rng((self._seed, number))
        subject = self._subjects[int(SUBJECTS * drawn.random() ** 1.5)]
        issuer = self.issuers[int(ISSUERS * drawn.random() ** 2)]
        count = PASSAGES * _SENTENCES * _LENGTH
        picked = self._common(drawn, count)
        of_subject = drawn.random(count) < _OF_SUBJECT
        picked[of_subject] = drawn.choice(subject, int(of_subject.sum()))
        words = [self.words[one] for one in picked]
        title = " ".join(self.words[one] for one in drawn.choice(subject, 7, replace=False)).capitalize()
        published = _FIRST + timedelta(days=int(drawn.integers(_DAYS)))
        text, passages = _written(words, f"{issuer}, {published:%d.%m.%Y}. {title}")
        digest = sha256(text.encode()).hexdigest()
        source = Source(f"generated/{number}", "text/plain", digest, received=datetime(2026, 1, 1, tzinfo=UTC))
        language = _LANGUAGES[int(drawn.choice(len(_LANGUAGES), p=_SHARES))]
        release = Release(
            text, source, reference=f"g-{number}", title=title, issuer=issuer, published=published, language=language
        )
        return release, passages

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, most frequent first; frequent words are short."""
        drawn = np.random.default_rng(self._seed)
        found: dict[str, None] = {}
        while len(found) < WORDS:
            syllables = 1 + min(3, int(np.log1p(len(found)) / 4 + drawn.random()))
            found["".join(_syllable(drawn) for _ in range(syllables))] = None
        return list(found)

    @cached_property
    def issuers(self) -> list[str]:
        drawn = np.random.default_rng((self._seed, 1))
        named = (self.words[one].capitalize() for one in drawn.choice(np.arange(500, WORDS), ISSUERS, replace=False))
        return [f"Office {name}" for name in named]

    @cached_property
    def _subjects(self) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        return np.random.default_rng((self._seed, 2)).integers(200, WORDS, (SUBJECTS, 40))

    @cached_property
    def _reached(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        share = 1.0 / np.arange(1, WORDS + 1) ** _RANKED
        reached: np.ndarray[tuple[int], np.dtype[np.float64]] = np.cumsum(share / share.sum())
        return reached

    def _common(self, drawn: np.random.Generator, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.minimum(np.searchsorted(self._reached, drawn.random(count)), WORDS - 1)


def _written(words: list[str], context: str) -> tuple[str, tuple[Passage, ...]]:
    """The words as a text of passages of sentences, each tiling the next."""
    parts: list[str] = []
    passages: list[Passage] = []
    at = 0
    for ordinal in range(PASSAGES):
        start, sentences = at, []
        for number in range(_SENTENCES):
            first = (ordinal * _SENTENCES + number) * _LENGTH
            ending = ".\n\n" if number == _SENTENCES - 1 else ". "
            said = " ".join(words[first : first + _LENGTH]).capitalize() + ending
            sentences.append(Span(at, at + len(said)))
            parts.append(said)
            at += len(said)
        text = "".join(parts[-_SENTENCES:])
        passages.append(Passage(ordinal, Span(start, at), tuple(sentences), text, context))
    return "".join(parts), tuple(passages)


def _syllable(drawn: np.random.Generator) -> str:
    onset, nucleus, coda = (kind[int(drawn.integers(len(kind)))] for kind in (_ONSETS, _NUCLEI, _CODAS))
    return onset + nucleus + coda
