"""What was found lately, kept for whoever asks the same: the latest by key, and no more than so many.

The key is the asker's: it says all that what is found rests on, the archive's standing too.
Knows nothing about what is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Again(Generic[Found]):
    """The latest `at_most` by key; safe between threads. What is kept is never changed by anybody."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._kept: OrderedDict[Hashable, Found] = OrderedDict()
        self._keeping = threading.Lock()

    def of(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What is kept under this key, or is found now."""
        found = self.kept(key)
        if found is None:
            found = find()
            self.keep(key, found)
        return found

    def kept(self, key: Hashable) -> Found | None:
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, found: Found) -> None:
        with self._keeping:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)
