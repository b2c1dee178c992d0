"""How many answers are worked at at once: so many in all, so many for each caller, and a short queue.

A slow model must not take every thread, nor one caller every place. Belongs to one event
loop. Knows nothing of requests.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from anyio import Semaphore, move_on_after

IN_ALL = 16
IN_ALL_WRITING = 4
"""The same where this process itself writes them: more would end no sooner."""
EACH_WAITING = 32
WAITING = 128
PATIENCE = 30.0
"""Seconds somebody waits for a place."""


@dataclass(frozen=True, slots=True)
class NoPlace(Exception):
    """Too much is asked at once: by this caller (`own`), or by all together; again in `wait` seconds."""

    own: bool
    wait: int = 5


@dataclass(slots=True)
class _Caller:
    free: Semaphore
    there: int = 0


@dataclass
class Places:
    """The places there are, of which a caller takes `each` at most (None: half of them).

    A caller without a name ("") has no limit of its own.
    """

    in_all: int = IN_ALL
    each: int | None = None
    each_waiting: int = EACH_WAITING
    waiting: int = WAITING
    patience: float = PATIENCE
    _each: int = field(init=False, repr=False)
    _free: Semaphore = field(init=False, repr=False)
    _there: int = field(default=0, init=False, repr=False)
    _callers: dict[str, _Caller] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        self._each = max(1, self.in_all // 2) if self.each is None else self.each
        self._free = Semaphore(self.in_all)

    @asynccontextmanager
    async def taken(self, who: str) -> AsyncIterator[None]:
        """A place for as long as the context lasts. Raises NoPlace where there is none in time."""
        if self._there >= self.in_all + self.waiting:
            raise NoPlace(own=False)
        caller = self._callers.get(who) or _Caller(Semaphore(self._each if who else self.in_all + self.waiting))
        if who and caller.there >= self._each + self.each_waiting:
            raise NoPlace(own=True)
        self._callers[who] = caller
        self._there += 1
        caller.there += 1
        try:
            await self._had(caller)
            try:
                yield
            finally:
                self._free.release()
                caller.free.release()
        finally:
            self._there -= 1
            caller.there -= 1
            if not caller.there:
                self._callers.pop(who, None)

    async def _had(self, caller: _Caller) -> None:
        own = True
        with move_on_after(self.patience):
            await caller.free.acquire()
            own = False
            try:
                await self._free.acquire()
            except BaseException:
                caller.free.release()
                raise
            return
        raise NoPlace(own)
