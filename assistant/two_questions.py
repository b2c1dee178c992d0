"""How surely two questions are one, seen by themselves: whatever other questions there are.

Among hundreds of curated answers the right one stands out; where there are few, any question
about the same subject would. So what two questions do not share must be borne by the other,
and the fewer entries there are, the surer this must be. Knows nothing about entries.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from assistant.kinds import FIGURES, Kind, holds, kinds
from assistant.likeness import Matrix, Read
from assistant.matters import at_odds, matters, sought
from store.folding import fold
from store.language import is_small, words

WHOLE, ASKED, KEPT, NEVER = 11.4, 1.3, 4.5, 9.9
"""What is worth: the likeness of both as a whole, of what only the asker says to what is kept, and the reverse.

Log-odds fitted over the CNIL's questions, its entries against their nearest neighbours, and
invented questions that ask one subject for everything (40 things of 19 subjects).
"""
ALONE, OTHERS = 3.5, 0.56
"""How high these log-odds must be for a single entry, and what each entry more takes off (by their logarithm).

Each entry that was compared and is less likely is evidence too: 3.5 for one entry, 0.3 for 299.
"""
WHOLE_FAQ, STANDS_OUT = 300, -1.5
"""As many entries cover what is asked of a house; which one stands out among them tells more than two questions do.

Measured over the CNIL's 512 entries and 89 questions: strict as with few entries, 0.35 of the
right ones answer at once and 0.01 wrong ones; so, 0.45 and 0.02.
"""
SAME_MATTER = 1.5
"""What it is worth that both ask the same thing of their subject, as far as `matters` knows it."""
_HELD = FIGURES | {Kind.DATE, Kind.HOUR}


def needed(entries: int) -> float:
    """How sure it must be that two questions are one, where the kept one is the likeliest of so many."""
    return STANDS_OUT if entries >= WHOLE_FAQ else ALONE - OTHERS * math.log(max(entries, 1))


def sureness(asked: Read, kept: Read, entries: int, middle: Matrix, middle_word: Matrix) -> float:
    """The log-odds that two questions are one; minus infinity where they surely ask for different things.

    The kept one is the likeliest of so many `entries`. `middle` is what the vector of any
    question holds, `middle_word` what that of any word does.
    """
    if at_odds(asked.text, kept.text, asked.language, among_many=entries >= WHOLE_FAQ):
        return -math.inf
    whole = float(_unit(asked.vector - middle) @ _unit(kept.vector - middle))
    alike = _unit(asked.words - middle_word) @ _unit(kept.words - middle_word).T
    here, there = _telling(asked), _telling(kept)
    only_asked = [float(alike[at].max()) for at, stem in here if stem not in {one for _, one in there}]
    only_kept = [float(alike[:, at].max()) for at, stem in there if stem not in {one for _, one in here}]
    same = SAME_MATTER if matters(kept.text) else 0.0
    return WHOLE * whole + ASKED * _mean(only_asked) + KEPT * _mean(only_kept) + same - NEVER


def told(asked: Read, kept: Read, answer: str) -> bool:
    """Whether an answer holds the figure or the date that is asked for; nothing is known where the kept one asks it."""
    if not answer or sought(kept.text, kept.language)[0]:
        return True
    wanted = [kind for kind in kinds(asked.text, asked.language).asked if kind in _HELD]
    folded = fold(answer)
    return not wanted or any(holds(answer, folded, kind) for kind in wanted)


def _telling(read: Read) -> tuple[tuple[int, str], ...]:
    return _words_that_tell(read.text, read.language, read.stems)


@lru_cache(maxsize=4_096)
def _words_that_tell(text: str, language: str, stems: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """The places and stems of the words that carry a subject."""
    folded = [word for word, _, _ in words(text)] or [""]
    return tuple(
        (at, stem)
        for at, (word, stem) in enumerate(zip(folded, stems, strict=True))
        if stem and not is_small(word, language)
    )


def _mean(found: list[float]) -> float:
    """How well all that one says alone is borne; wholly where it says nothing alone."""
    return sum(found) / len(found) if found else 1.0


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Matrix = (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return unit
