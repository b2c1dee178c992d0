"""How often a caller may call: so many times within a moving window, counted in memory.

The counting is `limits`' own strategy, over a memory that is bounded: an address costs
nothing once its window is over, and a flood of addresses pushes out those longest silent.
Knows nothing of keys, nor of requests.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from limits import RateLimitItem, parse
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter

KEPT = 10_000
"""Callers remembered; of more, those longest silent are forgotten."""


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A caller called too often: `limit` calls a `window` (seconds), the next in `wait` seconds."""

    limit: int
    window: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """What a program may read of it."""
        return {
            "Retry-After": str(self.wait),
            "RateLimit-Policy": f'"calls";q={self.limit};w={self.window}',
            "RateLimit": f'"calls";r=0;t={self.wait}',
        }


@dataclass
class Rates:
    """Counts calls; safe between threads. `clock` gives seconds that never go back."""

    clock: Callable[[], float] = time.monotonic
    kept: int = KEPT
    _strategy: MovingWindowRateLimiter = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._strategy = MovingWindowRateLimiter(_Windows(self.clock, self.kept))

    def counted(self, who: str, rate: str | None) -> Exceeded | None:
        """Count a call of `who`, or say how long to wait; what is refused does not count. None is no limit."""
        if rate is None:
            return None
        item = _item(rate)
        if self._strategy.hit(item, who):
            return None
        free = self._strategy.get_window_stats(item, who).reset_time
        return Exceeded(item.amount, item.get_expiry(), max(1, math.ceil(free - self.clock())))


class _Windows(Storage, MovingWindowSupport):
    """The moments of each caller's last calls, the latest last; no more of them than its limit."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float], kept: int) -> None:
        super().__init__()
        self._clock, self._kept = clock, kept
        self._calls: OrderedDict[str, deque[float]] = OrderedDict()
        self._counting = threading.Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with self._counting:
            calls = self._within(key, expiry)
            if len(calls) + amount > limit:
                return False
            calls.extend([self._clock()] * amount)
            self._calls[key] = calls
            self._calls.move_to_end(key)
            while len(self._calls) > self._kept:
                self._calls.popitem(last=False)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        with self._counting:
            calls = self._within(key, expiry)
            return (calls[0] if calls else self._clock()), len(calls)

    def _within(self, key: str, expiry: int) -> deque[float]:
        calls = self._calls.get(key, deque())
        begins = self._clock() - expiry
        while calls and calls[0] <= begins:
            calls.popleft()
        return calls

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def get(self, key: str) -> int:
        with self._counting:
            return len(self._calls.get(key, ()))

    def clear(self, key: str) -> None:
        with self._counting:
            self._calls.pop(key, None)

    def reset(self) -> int:
        with self._counting:
            forgotten = len(self._calls)
            self._calls.clear()
            return forgotten

    def check(self) -> bool:
        return True

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError("only moving windows are counted here")

    def get_expiry(self, key: str) -> float:
        raise NotImplementedError("only moving windows are counted here")


@cache
def _item(rate: str) -> RateLimitItem:
    return parse(rate)
