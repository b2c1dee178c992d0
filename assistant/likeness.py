"""How like a question is to those whose answers are curated: five signs, and what each is worth.

Meaning (the question's vector, and each of its words' in context against the other's words,
both ways), letters (as BM25 over runs of letters, so that typing errors cost little), the
kind of answer asked for, and the answer's own sentences. Vectors of questions are taken from
the middle of what any question looks like, so that a cosine means the same over five entries
and over five thousand. Knows nothing about where entries live, nor which may be shown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.kinds import Kind, kinds
from store.folding import fold
from store.language import terms

Matrix = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worth:
    """What each sign counts for, and `nothing`: what the right entry must be worth to stand out.

    Fitted together as a choice among entries and none of them, the right one left out a fifth
    of the time (512 entries of the CNIL's FAQ, 89 questions; `evaluate --curated`).
    """

    question: float = 3.9
    answer: float = 68.5
    words: float = 6.0
    words_back: float = 4.0
    kind: float = 1.1
    letters: float = 2.1
    nothing: float = 68.4


@dataclass(frozen=True, slots=True)
class Read:
    """A question as the model reads it: its vector, and one for each of its words (folded, with their stems)."""

    text: str
    language: str
    vector: Matrix
    words: Matrix
    stems: tuple[str, ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(kinds(self.text, self.language).asked)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry to be found: every way it is asked, and its answer's sentences (n, d), none where it has none."""

    forms: tuple[Read, ...]
    answer: Matrix


class Likeness:
    """Entries, to all of which a question is compared at once.

    `middle` is what the vector of any question holds, `middle_word` what that of any word does.
    """

    def __init__(self, kept: Sequence[Kept], middle: Matrix, middle_word: Matrix, worth: Worth = Worth()) -> None:
        self._worth, self._middle, self._middle_word = worth, middle, middle_word
        forms = [form for entry in kept for form in entry.forms]
        self._of = np.array([at for at, entry in enumerate(kept) for _ in entry.forms], dtype=np.int64)
        self._count = len(kept)
        self._questions = _unit(np.stack([form.vector for form in forms]) - middle)
        spread = Counter(stem for form in forms for stem in set(form.stems))
        self._rarity: Callable[[str], float] = lambda stem: math.log(1 + len(forms) / (1 + spread.get(stem, 0)))
        self._words = _unit(np.concatenate([form.words for form in forms]) - middle_word)
        lengths = np.array([len(form.stems) for form in forms])
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        weights = np.array([self._rarity(stem) for form in forms for stem in form.stems])
        self._weights = weights / np.repeat(np.add.reduceat(weights, self._starts), lengths)
        self._kinds = [form.kinds for form in forms]
        self._letters = _Letters([form.text for form in forms])
        answered = [at for at, entry in enumerate(kept) if len(entry.answer)]
        self._answered = np.array(answered, dtype=np.int64)
        sizes = [len(kept[at].answer) for at in answered]
        self._answers = np.concatenate([kept[at].answer for at in answered]) if answered else None
        self._answer_starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)

    def signs(self, asked: Read) -> tuple[npt.NDArray[np.float64], Scores]:
        """What each form of each entry shares with a question (forms, 5), and the answer of each entry (entries,)."""
        forward, back = self._by_words(asked)
        own = asked.kinds
        kind = [0.5 if own & other else -0.5 if own and other else 0.0 for other in self._kinds]
        question = self._questions @ _unit((asked.vector - self._middle)[None])[0]
        return np.stack([question, forward, back, kind, self._letters.shared(asked.text)], axis=1), self._said(asked)

    def scores(self, asked: Read) -> tuple[Scores, npt.NDArray[np.int64]]:
        """What each entry is worth (entries,), `nothing` taken off, and its nearest form (entries,)."""
        worth = self._worth
        weights = np.array([worth.question, worth.words, worth.words_back, worth.kind, worth.letters])
        signs, answers = self.signs(asked)
        by_form = signs @ weights
        best = np.full(self._count, -np.inf)
        np.maximum.at(best, self._of, by_form)
        nearest = np.zeros(self._count, dtype=np.int64)
        for at in range(len(by_form) - 1, -1, -1):
            if by_form[at] == best[self._of[at]]:
                nearest[self._of[at]] = at
        firsts = np.searchsorted(self._of, np.arange(self._count))
        return best + worth.answer * answers - worth.nothing, nearest - firsts

    def _by_words(self, asked: Read) -> tuple[Scores, Scores]:
        """How much of the question's words each form says, and how much of the form's words the question."""
        if not asked.stems:
            nothing = np.zeros(len(self._of))
            return nothing, nothing
        alike = _unit(asked.words - self._middle_word) @ self._words.T
        weights = np.array([self._rarity(stem) for stem in asked.stems])
        there = np.maximum.reduceat(alike, self._starts, axis=1)
        forward = (weights / weights.sum()) @ there
        return forward, np.add.reduceat(alike.max(axis=0) * self._weights, self._starts)

    def _said(self, asked: Read) -> Scores:
        """How near the nearest sentence of each answer is; that of an entry without one counts as the mean."""
        if self._answers is None:
            return np.full(self._count, _UNSAID)
        nearest = np.maximum.reduceat(self._answers @ asked.vector, self._answer_starts)
        found = np.full(self._count, float(nearest.mean()))
        found[self._answered] = nearest
        return found


_UNSAID = 0.84
"""The cosine of a question to an answer that has nothing to do with it, for the default model."""


class _Letters:
    """Runs of three to five letters, weighed as BM25 does, as a share of what the question's could score."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(_runs(text)) for text in texts]
        lengths = np.array([sum(runs.values()) for runs in counted], dtype=np.float64)
        norm = 1.2 * (0.7 + 0.3 * lengths / max(lengths.mean(), 1.0))
        found: dict[str, list[tuple[int, int]]] = {}
        for at, runs in enumerate(counted):
            for run, times in runs.items():
                found.setdefault(run, []).append((at, times))
        self._count = len(texts)
        self._found: dict[str, tuple[float, npt.NDArray[np.int64], Scores]] = {}
        for run, places in found.items():
            where = np.array([place for place, _ in places], np.int64)
            often = np.array([many for _, many in places], np.float64)
            self._found[run] = self._rarity(len(places)), where, often / (often + norm[where])

    def shared(self, text: str) -> Scores:
        scores, whole = np.zeros(self._count), 0.0
        for run in set(_runs(text)):
            known = self._found.get(run)
            rarity = self._rarity(0) if known is None else known[0]
            whole += rarity
            if known is not None:
                scores[known[1]] += rarity * known[2]
        return scores / (whole or 1.0)

    def _rarity(self, places: int) -> float:
        return math.log(1 + (self._count - places + 0.5) / (places + 0.5))


def _runs(text: str) -> list[str]:
    plain = " " + " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split()) + " "
    return [plain[at : at + size] for size in (3, 4, 5) for at in range(len(plain) - size + 1)]


def word_stems(words: Sequence[str], language: str) -> tuple[str, ...]:
    """The stem of each word, "" where it has none."""
    return tuple(next((term.stem for term in terms(word, language)), "") for word in words)


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Matrix = (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return unit
