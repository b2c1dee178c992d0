"""An answer in a word or two (« Le 20 septembre. ») says nothing by itself: the sentence it was taken from is shown.

Knows nothing about whether that sentence answers; the model pointed at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Claim
from assistant.draft import Drafted
from assistant.verification import Source
from store.language import fold, trimmed

LONGEST = 6
"""Words up to which a piece of a source is no sentence of its own."""
_POINTS = frozenset("oui non si yes no ja nein doch sì".split())


def is_fragment(sentence: Drafted, sources: Sequence[Source]) -> bool:
    """Whether a sentence is a bare yes or no, or a few words that stand in a longer sentence of the sources."""
    said = _words(sentence.text)
    if len(said) > LONGEST:
        return False
    return _bare(said) or any(_holds(_words(source.text), said) for source in sources)


def pointed(sentence: Drafted, sources: Sequence[Source]) -> Claim | None:
    """The sentence that a fragment was taken from, verbatim: one it names before others; None where it names none."""
    said = _words(sentence.text)
    named = [source for source in sources if source.number in sentence.marks]
    if _bare(said):
        return verbatim(named[0]) if named else None
    holding = [source for source in (*named, *sources) if _holds(_words(source.text), said)]
    return verbatim(holding[0]) if holding else None


def verbatim(source: Source) -> Claim:
    """A source's own sentence."""
    span = trimmed(source.release.text, source.span)
    return Claim(" ".join(span.of(source.release.text).split()), ((source.release, span),))


def _bare(said: Sequence[str]) -> bool:
    return len(said) == 1 and said[0] in _POINTS


def _holds(text: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words stand there one after the other, among others."""
    if not said or len(said) >= len(text):
        return False
    return any(text[start : start + len(said)] == said for start in range(len(text) - len(said) + 1))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
