"""Answers that are being given can be stopped, whatever they wait for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.web.underway import Underway

PATIENCE = 10


def test_events_come_in_order_and_end() -> None:
    """What the desk tells arrives as it was told; then the answer is forgotten."""
    underway = Underway()
    one = underway.begin()
    assert underway.holds(one.mark)
    assert list(underway.events(one, iter([1, 2, 3]))) == [1, 2, 3]
    underway.end(one)
    assert not underway.holds(one.mark)
    assert not underway.stop(one.mark)


def test_an_error_is_raised_where_the_answer_is_waited_for() -> None:
    """What fails in the answer's own thread fails here, after what came before."""

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("the model is gone")

    events = Underway().events(Underway().begin(), failing())
    assert next(events) == 1
    with pytest.raises(ValueError, match="the model is gone"):
        next(events)


def test_a_slow_answer_stops_at_once_and_is_closed() -> None:
    """Nobody waits for a sentence that a model is still writing; once written, the work ends there."""
    waiting, written, closed = threading.Event(), threading.Event(), threading.Event()
    told: list[int] = []

    def slow() -> Iterator[int]:
        try:
            yield 1
            waiting.set()
            assert written.wait(PATIENCE)
            yield 2
            told.append(3)
            yield 3
        finally:
            closed.set()

    underway = Underway()
    one = underway.begin()
    events = underway.events(one, slow())
    assert next(events) == 1
    assert waiting.wait(PATIENCE)
    assert underway.stop(one.mark)
    assert list(events) == []
    written.set()
    assert closed.wait(PATIENCE)
    assert told == []


def test_whoever_leaves_stops_the_work() -> None:
    """An answer that is no longer looked at is worked at no further."""
    left, closed = threading.Event(), threading.Event()

    def endless() -> Iterator[int]:
        try:
            yield 0
            assert left.wait(PATIENCE)
            while True:
                yield 1
        finally:
            closed.set()

    underway = Underway()
    events = underway.events(underway.begin(), endless())
    assert next(events) == 0
    events.close()  # type: ignore[attr-defined]
    left.set()
    assert closed.wait(PATIENCE)


def test_marks_are_nobody_else_s() -> None:
    """A mark is not to be guessed, and an unknown one stops nothing."""
    underway = Underway()
    first, second = underway.begin(), underway.begin()
    assert first.mark != second.mark
    assert len(first.mark) >= 12
    assert not underway.stop("")
    assert not first.stopped


def test_no_more_are_worked_at_than_it_may() -> None:
    """The others begin when one of them ends; a page asked for meanwhile is not behind them all."""
    underway, begun, go = Underway(2), threading.Semaphore(0), threading.Event()
    at_work: list[int] = []

    def working(number: int) -> Iterator[int]:
        at_work.append(number)
        begun.release()
        assert go.wait(PATIENCE)
        yield number

    def asked(number: int) -> None:
        told.extend(underway.events(underway.begin(), working(number)))

    told: list[int] = []
    askers = [threading.Thread(target=asked, args=(number,)) for number in range(5)]
    for asker in askers:
        asker.start()
    assert begun.acquire(timeout=PATIENCE)
    assert begun.acquire(timeout=PATIENCE)
    assert not begun.acquire(timeout=0.05)
    assert len(at_work) == 2
    go.set()
    for asker in askers:
        asker.join(PATIENCE)
    assert sorted(told) == [0, 1, 2, 3, 4]


def test_what_has_come_already_is_known() -> None:
    """Whoever draws each event can wait for the last of those that came together."""
    come = threading.Event()

    def three() -> Iterator[int]:
        yield from (1, 2, 3)
        come.set()

    underway = Underway()
    one = underway.begin()
    more = []
    for event in underway.events(one, three()):
        assert come.wait(PATIENCE)
        more.append((event, one.more))
    assert more[:2] == [(1, True), (2, True)]
