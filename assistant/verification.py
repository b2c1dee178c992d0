"""Does a model's sentence stand in the sentences it was given? What does not is repaired or dropped.

Knows the sentence, the numbered sources and the question; nothing about models or prompts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Claim
from assistant.refusals import declines, says_nothing
from store.language import fold
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


class Verifier:
    """Checks sentences against their sources. `similarity` None leaves meaning to the words."""

    def __init__(self, similarity: Similarity | None = None) -> None:
        self._similarity = similarity

    def verify(self, text: str, marks: Sequence[int], sources: Sequence[Source], asked: str) -> Verdict:
        """What becomes of `text`, which names `marks`, given `sources` and the question `asked`."""
        for source in sources:
            if _letters(text) and _letters(text) == _letters(source.text):
                claim = Claim(text, ((source.release, source.span),), paraphrase=True)
                return Verified(claim, sum(mark != source.number for mark in marks))
        return Dropped("unborne")


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
