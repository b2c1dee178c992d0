"""What the indexes proposed lately, so that a question put again is not looked for again.

Ids and scores only, and only as long as nothing was committed and time shows no more: the
key says for whom, of which commit and of which moment. Who may see what is proposed is
asked of the catalogue at each answer. Knows nothing about releases.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

from store.fusion import Candidate

KEPT = 256
"""Questions at most: some 100 KB each."""


class Proposals:
    """The latest proposals by key; safe between threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._at_most = kept
        self._kept: OrderedDict[Hashable, tuple[Candidate, ...]] = OrderedDict()
        self._keeping = threading.Lock()

    def of(self, key: Hashable, find: Callable[[], Sequence[Candidate]]) -> list[Candidate]:
        """What was proposed under this key, or is found now."""
        with self._keeping:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return list(found)
        found = tuple(find())
        with self._keeping:
            self._kept[key] = found
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)
        return list(found)
