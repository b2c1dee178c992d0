"""Events in time, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.web import timely as module
from assistant.web.problems import Refused
from assistant.web.timely import timely


def test_events_pass_as_they_come() -> None:
    """What comes in time is passed on, in order."""
    assert list(timely(iter([1, 2, 3]))) == [1, 2, 3]


def test_an_error_on_the_way_is_raised_where_it_is_waited_for() -> None:
    """What goes wrong in the making is an error of the asking."""

    def broken() -> Iterator[int]:
        yield 1
        raise LookupError("no more")

    events = timely(broken())
    assert next(events) == 1
    with pytest.raises(LookupError):
        next(events)


def test_who_waits_too_long_is_let_go() -> None:
    """After the time allowed the wait ends, though the next event has not come; the making ends with it."""
    slow, closed = threading.Event(), threading.Event()

    def stuck() -> Iterator[int]:
        try:
            yield 1
            slow.wait(10)
            yield 2
            raise AssertionError("nobody asked for more")
        finally:
            closed.set()

    events = timely(stuck(), within=0.1)
    assert next(events) == 1
    with pytest.raises(Refused) as late:
        next(events)
    assert late.value.status_code == 504
    slow.set()
    assert closed.wait(5)


def test_who_leaves_ends_the_making() -> None:
    """When nobody listens any more, what makes the events is closed."""
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    events = timely(endless())
    assert next(events) == 1
    events.close()  # type: ignore[attr-defined]
    assert closed.wait(5)


def test_too_many_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many answers are worked at, a further one is refused at once, and taken when one has ended."""
    monkeypatch.setattr(module, "_working", threading.BoundedSemaphore(1))
    waiting = threading.Event()

    def held() -> Iterator[int]:
        yield 1
        waiting.wait(10)

    first = timely(held())
    assert next(first) == 1
    with pytest.raises(Refused) as full:
        next(timely(iter([1])))
    assert full.value.status_code == 503
    waiting.set()
    assert list(first) == []
    assert list(timely(iter([1]))) == [1]
