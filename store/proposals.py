"""What the indexes proposed lately, so that a question put again is not looked for again.

Ids and scores only, and only as long as nothing was committed and time shows no more: the
key says for whom, of which commit and of which moment. Who may see what is proposed is
asked of the catalogue at each answer. Knows nothing about releases.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from store.again import Again
from store.fusion import Candidate

KEPT = 256
"""Questions at most: some 100 KB each."""


class Proposals:
    """The latest proposals by key; safe between threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._again: Again[tuple[Candidate, ...]] = Again(kept)

    def of(self, key: Hashable, find: Callable[[], Sequence[Candidate]]) -> list[Candidate]:
        """What was proposed under this key, or is found now; a list of the caller's own."""
        return list(self._again.of(key, lambda: tuple(find())))
