"""Events that come in time, or not at all: whoever waits is let go, however long the next would take.

The events are made in a thread of their own, which ends with the event it is at; the wait
for a remote model ends by its own time-out. Knows nothing about what the events are.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, TypeVar

from assistant.web.problems import Refused

Told = TypeVar("Told")

LONGEST = 180.0
"""Seconds in which an answer must be whole."""
AT_MOST = 64
"""Answers worked at, those among them that nobody waits for any more."""

_working = threading.BoundedSemaphore(AT_MOST)


def timely(events: Iterator[Told], within: float = LONGEST) -> Iterator[Told]:
    """The events as they come, until `within` seconds have passed.

    Raises Refused where they have, or too many are worked at already, and what `events` raises.
    """
    if not _working.acquire(blocking=False):
        raise Refused(503, "asked", {"Retry-After": "5"})
    arrived: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    over = threading.Event()
    working = threading.Thread(
        target=copy_context().run, args=(_work, events, arrived, over), name="answer", daemon=True
    )
    working.start()
    ends = monotonic() + within
    try:
        while True:
            try:
                what, told = arrived.get(timeout=max(0.0, ends - monotonic()))
            except Empty:
                raise Refused(504, "long", seconds=round(within)) from None
            if what == "error":
                raise told
            if what == "end":
                return
            yield told
    finally:
        over.set()


def _work(events: Iterator[Any], arrived: SimpleQueue[tuple[str, Any]], over: threading.Event) -> None:
    last: tuple[str, Any] = ("end", None)
    try:
        for event in events:
            if over.is_set():
                break
            arrived.put(("event", event))
    except BaseException as error:  # it is raised where the answer is waited for
        last = ("error", error)
    finally:
        if isinstance(events, Generator):
            events.close()
        _working.release()
        arrived.put(last)
