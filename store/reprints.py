"""Reprints: two releases that say the same, however their heads and feet differ.

A MinHash signature proposes, the texts decide: nine tenths of the runs of words in common,
and no figure and no name in one body that the other lacks. Letters of credence that differ
by an ambassador's name are two releases. Knows nothing of shelves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from store.folding import fold
from store.records import OriginKind, Release

if TYPE_CHECKING:
    from datasketch import MinHash

SAME = 0.9
"""Share of the runs of words that two reprints have in common (Jaccard), at least."""
SHORTEST = 30
"""Words a body must have to be told from another."""
RUN = 4
_HEADS = frozenset({OriginKind.LETTERHEAD, OriginKind.MASTHEAD, OriginKind.DATELINE})
_PERMUTATIONS, _BANDS = 64, 16
_WORD = re.compile(r"\w+")
_STARTS = re.compile(r"(?:^|[.!?:…«»“”\"\n–—-])\s*$")


def body(release: Release) -> str:
    """The text after its head, without boilerplate and contacts: what a reprint repeats."""
    heads = [origin.span.end for origin in release.origins if origin.kind in _HEADS and origin.span]
    if release.lead and release.lead.start < len(release.text) // 4:
        heads.append(release.lead.start)
    kept, after = [], max(heads, default=0)
    apart = [*release.boilerplate, *(contact.span for contact in release.contacts if contact.span)]
    for span in sorted(apart):
        kept.append(release.text[after : max(after, span.start)])
        after = max(after, span.end)
    return "".join([*kept, release.text[after:]])


def bands(text: str) -> list[bytes]:
    """Sixteen digests of a body; reprints nearly always share one. None for a text too short."""
    runs = _runs(text)
    if len(runs) < SHORTEST:
        return []
    signature = _blank().copy()
    signature.update_batch([run.encode() for run in runs])
    rows = _PERMUTATIONS // _BANDS
    return [
        blake2b(signature.hashvalues[row : row + rows].tobytes(), digest_size=8, person=b"%d" % row).digest()
        for row in range(0, _PERMUTATIONS, rows)
    ]


@cache
def _blank() -> MinHash:
    """A signature of nothing, whose permutations serve all the others."""
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS)


class Telling:
    """What tells a body from others like it, read once to be looked for in many."""

    def __init__(self, said: str) -> None:
        self._words = frozenset(_telling(said))

    def may_be_said_by(self, text: str) -> bool:
        """Whether a text holds every figure and name; no body of another is a reprint."""
        return self._words.issubset(_words(text))


def reprint(first: str, second: str) -> bool:
    """Whether two bodies say the same."""
    if alike(first, second) < SAME:
        return False
    return _words(second).issuperset(_telling(first)) and _words(first).issuperset(_telling(second))


def alike(first: str, second: str) -> float:
    """The share of runs of four words that two texts have in common, 0 to 1."""
    one, other = _runs(first), _runs(second)
    return len(one & other) / len(one | other) if one and other else 0.0


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


def _runs(text: str) -> set[str]:
    words = _WORD.findall(fold(text))
    return {" ".join(words[place : place + RUN]) for place in range(max(1, len(words) - RUN + 1))} if words else set()


def _telling(text: str) -> Iterator[str]:
    """Figures, and words with a capital that does not only open a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        opens = word[0].isupper() and _STARTS.search(text, max(0, match.start() - 3), match.start())
        if word[0].isdigit() or (word[0].isupper() and not opens):
            yield fold(word)
