"""Evidence: the words of a release that prove an answer, and where in the archive they stand.

Knows nothing about questions or answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.records import ReleaseNotFound, Span

if TYPE_CHECKING:
    from store.view import View

_ALIKE = {character: f"[{re.escape(alike)}]" for alike in ("'’‘ʼ´`′", "-‐‑‒–—−", '"“”„«»') for character in alike}
_TOKEN = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Proof:
    """Exact words, and the release they stand in ("": one of the gold releases)."""

    quote: str
    release: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a proof stands: characters of the current version of a release, by its id."""

    release: str
    span: Span

    def overlap(self, start: int, end: int) -> int:
        """How many of its characters lie between `start` and `end`."""
        return max(0, min(self.span.end, end) - max(self.span.start, start))


Places = tuple[Place, ...]
"""Everywhere one proof stands: a release may say a thing twice."""


def proofs(given: Sequence[Any]) -> tuple[Proof, ...]:
    """Evidence as a question file writes it: quotes, or objects with `quote` and `release`. TypeError for others."""
    found = []
    for one in given:
        quote, release = (one, "") if isinstance(one, str) else (one["quote"], one.get("release") or "")
        if not isinstance(quote, str) or not isinstance(release, str):
            raise TypeError(f"{one!r} is no evidence")
        found.append(Proof(quote, release))
    return tuple(found)


def places(view: View, asked: Sequence[Proof], gold: dict[str, str]) -> tuple[Places, ...]:
    """Where each proof stands, none where it is not found; `gold` are release ids by the names of the file."""
    return tuple(tuple(_standing(view, proof, gold)) for proof in asked)


def _standing(view: View, proof: Proof, gold: dict[str, str]) -> Iterator[Place]:
    named = gold.get(proof.release)
    for id in [named] if named else dict.fromkeys(gold.values()):
        try:
            text = view.release(id).text
        except ReleaseNotFound:
            continue
        for match in _pattern(proof.quote).finditer(text):
            yield Place(id, Span(*match.span()))


def _pattern(quote: str) -> re.Pattern[str]:
    """The quote, whatever its blanks, apostrophes, dashes and capitals."""
    words = (
        "".join(_ALIKE.get(character, re.escape(character)) for character in word)
        for word in _TOKEN.split(quote.strip())
    )
    return re.compile(r"\s+".join(words), re.IGNORECASE)
