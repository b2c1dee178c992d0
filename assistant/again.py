"""What the public was answered lately, for whoever asks the same while nothing changed.

A key says what was asked, on which day, and of which archive: another commit, an embargo
that ends or a day that begins make it another. Knows nothing about how answers are found.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

KEPT = 1_000
"""Answers at most: some 80 KB each, most of it releases that others hold too."""

Given = TypeVar("Given")


class Again(Generic[Given]):
    """The latest by key; safe between threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._at_most = kept
        self._kept: OrderedDict[Hashable, Given] = OrderedDict()
        self._keeping = threading.Lock()

    def given(self, key: Hashable) -> Given | None:
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, given: Given) -> None:
        with self._keeping:
            self._kept[key] = given
            self._kept.move_to_end(key)
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)
