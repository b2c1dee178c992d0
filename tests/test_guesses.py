"""What slows guessing, and whom it leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.web.attempts import FORGOTTEN
from assistant.web.guesses import PROVEN, WRONG, Guesses

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NONE = timedelta()


def tried(guesses: Guesses, place: str, count: int, now: datetime = NOW) -> list[timedelta]:
    waits = []
    for number in range(count):
        waits.append(guesses.begin(place, f"wrong {number}", now))
        if waits[-1] == NONE:
            guesses.wrong(place, f"wrong {number}", now)
    return waits


def test_wrong_keys_make_an_address_wait() -> None:
    """The first are free; then the wait doubles, ends, and in time is forgotten."""
    guesses = Guesses()
    assert tried(guesses, "a", WRONG.free + 1)[-2:] == [NONE, timedelta(seconds=1)]
    assert tried(guesses, "a", 2, NOW + timedelta(seconds=1)) == [NONE, timedelta(seconds=2)]
    assert tried(guesses, "b", 1) == [NONE]
    later = NOW + FORGOTTEN + timedelta(seconds=2)
    assert tried(guesses, "a", WRONG.free, later) == [NONE] * WRONG.free


def test_a_key_that_was_right_never_waits() -> None:
    """Until it is wrong itself: revoked, it is slowed like any other."""
    guesses = Guesses()
    assert guesses.begin("a", "right", NOW) == NONE
    guesses.right("a", "right", NOW)
    assert tried(guesses, "a", WRONG.free + 2)[-1] > NONE
    assert guesses.begin("a", "right", NOW) == NONE
    guesses.wrong("a", "right", NOW)
    assert guesses.begin("a", "right", NOW) > NONE


def test_right_keys_do_not_count() -> None:
    """However many are used from one address."""
    guesses = Guesses()
    for number in range(WRONG.free * 3):
        assert guesses.begin("a", f"right {number}", NOW) == NONE
        guesses.right("a", f"right {number}", NOW)


def test_guesses_at_once_gain_nothing() -> None:
    """They count before they are judged."""
    guesses = Guesses()
    assert [guesses.begin("a", f"{n}", NOW) for n in range(WRONG.free + 5)].count(NONE) == WRONG.free


def test_memory_stays_bounded_and_keeps_no_key() -> None:
    """Neither addresses nor keys pile up, and of a key only a digest is kept."""
    guesses = Guesses(kept=10)
    for number in range(PROVEN + 20):
        guesses.begin(f"address {number}", f"pp_{number}", NOW)
        guesses.right("x", f"pp_{number}", NOW)
    assert (len(guesses._wrong), len(guesses._proven)) == (10, PROVEN)
    assert b"pp_" not in b"".join(guesses._proven)
