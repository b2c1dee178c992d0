"""Answers being given: each has a mark, and whoever knows the mark can stop it.

The events of an answer come in a thread of their own, so that it can be stopped while a
slow model is being waited for. Knows nothing about what the events are.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

Told = TypeVar("Told")

AT_MOST = 16
"""Answers worked at, those among them that nobody waits for any more."""
BUSY = 2
"""The same where this process itself writes them: more would end no sooner, and hold up whatever else is asked."""


@dataclass(frozen=True, slots=True)
class _Come:
    event: Any


@dataclass(frozen=True, slots=True)
class _Broken:
    error: BaseException


@dataclass(slots=True)
class Answering:
    """One answer: the events that have come, until it ends or is stopped."""

    mark: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    stopped: bool = False
    _arrived: SimpleQueue[Any] = field(default_factory=SimpleQueue)

    @property
    def more(self) -> bool:
        """Whether something has come that was not taken yet."""
        return not self._arrived.empty()

    def stop(self) -> None:
        self.stopped = True
        self._arrived.put(None)


class Underway:
    """The answers that are being given now."""

    def __init__(self, at_most: int = AT_MOST) -> None:
        self._answering: dict[str, Answering] = {}
        self._places = threading.BoundedSemaphore(at_most)

    def begin(self) -> Answering:
        """Something to answer, known by its mark until `end`."""
        one = Answering()
        self._answering[one.mark] = one
        return one

    def end(self, one: Answering) -> None:
        self._answering.pop(one.mark, None)

    def holds(self, mark: str) -> bool:
        """Whether an answer with this mark is still being given."""
        return mark in self._answering

    def stop(self, mark: str) -> bool:
        """Stop the answer with this mark; False where there is none under way."""
        one = self._answering.get(mark)
        if one is not None:
            one.stop()
        return one is not None

    def events(self, one: Answering, events: Iterator[Told]) -> Iterator[Told]:
        """The events as they come; they end at once when the answer is stopped, however long the next would take."""
        thread = threading.Thread(target=self._work, args=(one, events), name=f"answer {one.mark}", daemon=True)
        thread.start()
        try:
            while not one.stopped:
                arrived = one._arrived.get()
                if isinstance(arrived, _Broken):
                    raise arrived.error
                if arrived is None:
                    return
                yield arrived.event
        finally:
            one.stopped = True

    def _work(self, one: Answering, events: Iterator[Any]) -> None:
        last: _Broken | None = None
        with self._places:
            try:
                while not one.stopped:
                    one._arrived.put(_Come(next(events)))
            except StopIteration:
                pass
            except BaseException as error:  # it is raised where the answer is waited for
                last = _Broken(error)
            finally:
                if isinstance(events, Generator):
                    events.close()
        one._arrived.put(last)
