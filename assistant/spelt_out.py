"""Acronyms that texts spell out themselves: « la Société de transport de Sarvelle (STS) », « STS (Société …) ».

Whoever asks about the one asks about the other.

Knows nothing about where the texts come from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from store.folding import fold, word_list

_ACRONYM = r"[A-ZÀ-Ý][A-ZÀ-Ý\d]{1,9}"
_ASIDE = re.compile(rf"\(({_ACRONYM})\)")
_WORD = re.compile(r"[^\W_][\w’'.-]*\s")
_FAR = 120
"""Characters before an acronym in brackets in which it may be spelt out."""
_BEHIND = re.compile(rf"(?<!\w)({_ACRONYM})\s?\(([^()]{{8,90}})\)")
_WRITTEN = re.compile(rf"(?<![\w-]){_ACRONYM}(?![\w-])")
_PART = re.compile(r"(?:\b(?:[ld]|qu)['’])?([^\W_][\w.-]*)")
_ENDS = re.compile(r"\s+(?:-|–|ou|or)\s+|[,;:]")
_SMALL = word_list("le la les l un une des du de d au aux the a an of notre votre ce cette et and")


def spelt_out(texts: Iterable[str]) -> dict[str, str]:
    """Each acronym of these texts with the words it most often stands for."""
    found: dict[str, Counter[str]] = {}
    for text in texts:
        plain = " ".join(text.split())
        for match in _ASIDE.finditer(plain):
            _note(found, match[1], _tail(_row(plain, match.start()), match[1]))
        for match in _BEHIND.finditer(plain):
            _note(found, match[1], _head(match[2], match[1]))
    return {acronym: max(sorted(words), key=lambda one: words[one]) for acronym, words in found.items()}


def spelling(question: str, known: Mapping[str, str]) -> str | None:
    """The question with its acronyms spelt out, where any is known; one that is spelt out beside it is left."""

    def words(match: re.Match[str]) -> str:
        said = known.get(match[0])
        return match[0] if said is None or fold(said) in fold(question) else said

    spelt = _WRITTEN.sub(words, question)
    return None if spelt == question else spelt


def _note(found: dict[str, Counter[str]], acronym: str, words: str) -> None:
    if words and fold(words) != fold(acronym):
        found.setdefault(acronym, Counter())[words] += 1


def _row(text: str, end: int) -> str:
    """The words that stand in a row before a place, nine at most."""
    words = list(_WORD.finditer(text, max(0, end - _FAR), end))
    start = end
    for word in reversed(words[-9:]):
        if word.end() != start:
            break
        start = word.start()
    return text[start:end]


def _tail(before: str, acronym: str) -> str:
    """The shortest run of words up to the bracket that holds most of the acronym's letters as initials, and half."""
    parts = list(_PART.finditer(before))
    best, words = 0, ""
    for at, part in reversed(list(enumerate(parts))):
        if fold(part[1])[0] == fold(acronym)[0] and fold(part[1]) not in _SMALL:
            held = _held([one[1] for one in parts[at:]], acronym)
            if held > best:
                best, words = held, before[part.start(1) :].strip()
    return words


def _head(behind: str, acronym: str) -> str:
    words = _ENDS.split(behind)[0].strip()
    parts = _PART.findall(words)
    return words if parts and fold(parts[0])[0] == fold(acronym)[0] and _held(parts, acronym) else ""


def _held(words: list[str], acronym: str) -> int:
    """How many of the acronym's letters begin these words, in order; 0 where under half do, or one word alone."""
    initials = [fold(word)[0] for word in words]
    at = held = 0
    for letter in fold(acronym):
        if letter in initials[at:]:
            at += initials[at:].index(letter) + 1
            held += 1
    telling = sum(fold(word) not in _SMALL for word in words)
    return held if 2 * held >= len(acronym) and telling > 1 else 0
