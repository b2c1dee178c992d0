"""How often an address may try a wrong key: the more it did, the longer it waits.

Kept in memory, bounded, forgotten after a while; a wait always ends. A key that was right
before is let through meanwhile: whoever shares an address with a guesser works on. Knows
nothing of keys but their tokens' digests, which it keeps instead of them.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assistant.web.attempts import FORGOTTEN, KEPT, Limit

WRONG = Limit(10, timedelta(minutes=5))
PROVEN = 1_000
"""Keys remembered that were right."""


@dataclass
class Guesses:
    """Wrong keys by address; safe between threads."""

    kept: int = KEPT
    _wrong: OrderedDict[str, tuple[int, datetime]] = field(default_factory=OrderedDict, init=False, repr=False)
    _proven: OrderedDict[bytes, None] = field(default_factory=OrderedDict, init=False, repr=False)
    _counting: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def begin(self, place: str, token: str, now: datetime) -> timedelta:
        """How long to wait before this key is looked at; none: it is, and counts as wrong until `right`."""
        with self._counting:
            if _digest(token) in self._proven:
                return timedelta()
            count, last = self._known(place, now)
            left = last + WRONG.wait(count) - now
            if left > timedelta():
                return left
            self._wrong.pop(place, None)
            self._wrong[place] = count + 1, now
            while len(self._wrong) > self.kept:
                self._wrong.popitem(last=False)
            return timedelta()

    def right(self, place: str, token: str, now: datetime) -> None:
        """The key was right: it does not count, and is let through from now on."""
        with self._counting:
            if _digest(token) not in self._proven:
                count, last = self._known(place, now)
                if count:
                    self._wrong[place] = count - 1, last
            self._proven[_digest(token)] = None
            self._proven.move_to_end(_digest(token))
            while len(self._proven) > PROVEN:
                self._proven.popitem(last=False)

    def wrong(self, place: str, token: str, now: datetime) -> None:
        """The key is wrong; one that was right once is looked at like any other from now on."""
        with self._counting:
            if self._proven.pop(_digest(token), 0) is None:
                self._wrong[place] = self._known(place, now)[0] + 1, now

    def _known(self, place: str, now: datetime) -> tuple[int, datetime]:
        count, last = self._wrong.get(place, (0, now))
        return (count, last) if now - last < FORGOTTEN else (0, now)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
