"""What the counting of calls promises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from assistant.web.rates import Exceeded, Rates


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_the_window_moves() -> None:
    """So many calls in any so many seconds: no burst at the turn of a minute, and what was refused does not count."""
    clock = Clock()
    rates = Rates(clock)
    for seconds in (0, 50):
        clock.seconds = 1000 + seconds
        assert rates.counted("a", "2/minute") is None
    clock.seconds = 1055
    assert rates.counted("a", "2/minute") == Exceeded(2, 60, 5)
    clock.seconds = 1060
    assert rates.counted("a", "2/minute") is None
    assert rates.counted("a", "2/minute") == Exceeded(2, 60, 50)


def test_everybody_is_counted_apart() -> None:
    """One caller's calls are not another's; without a rate nobody is counted."""
    rates = Rates(Clock())
    assert [rates.counted(who, "1/second") is None for who in ("a", "b", "a")] == [True, True, False]
    assert all(rates.counted("a", None) is None for _ in range(100))


def test_memory_stays_bounded() -> None:
    """A flood of addresses pushes out those longest silent, never who calls meanwhile."""
    rates = Rates(Clock(), kept=100)
    for number in range(1000):
        rates.counted("busy", "1000/day")
        rates.counted(f"address {number}", "2/day")
    assert rates.counted("busy", "1000/day") is not None
    windows = rates._strategy.storage
    assert len(windows._calls) == 100  # type: ignore[attr-defined]


def test_callers_at_once_get_no_more() -> None:
    """Many threads together are let through as often as one."""
    rates = Rates(Clock())
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: rates.counted("a", "50/hour"), range(200)))
    assert told.count(None) == 50
