"""How long whoever fails to sign in waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.web.attempts import FORGOTTEN, FROM, NAMED, PLACED, Attempts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.7", "198.51.100.9"


def tried(attempts: Attempts, name: str, address: str, times: int, now: datetime = NOW) -> datetime:
    """So many failures, each as early as it may be; gives when the last was."""
    for _ in range(times):
        if left := attempts.attempt(name, address, now):
            now += left
            assert attempts.attempt(name, address, now) == timedelta()
    return now


def test_a_few_failures_cost_nothing() -> None:
    """Five mistakes in a row may happen to anybody; the sixth attempt waits a second, the next two."""
    attempts = Attempts()
    now = tried(attempts, "hélène", HERE, PLACED.free)
    assert now == NOW
    waits = []
    for _ in range(4):
        waits.append(attempts.attempt("hélène", HERE, now).total_seconds())
        now = tried(attempts, "hélène", HERE, 1, now)
    assert waits == [1, 2, 4, 8]


def test_an_attempt_that_comes_too_soon_changes_nothing() -> None:
    """Knocking while one waits does not make the wait longer."""
    attempts = Attempts()
    tried(attempts, "hélène", HERE, PLACED.free)
    for _ in range(50):
        assert attempts.attempt("hélène", HERE, NOW) == timedelta(seconds=1)
    assert attempts.attempt("hélène", HERE, NOW + timedelta(seconds=1)) == timedelta()


def test_a_stranger_makes_a_names_owner_wait_a_minute_at_most() -> None:
    """However often a stranger fails elsewhere, the owner at another address is let try within a minute."""
    attempts = Attempts()
    now = tried(attempts, "hélène", THERE, 24)
    assert timedelta() < attempts.attempt("hélène", HERE, now) <= NAMED.longest == timedelta(minutes=1)
    assert attempts.attempt("hélène", THERE, now) > NAMED.longest
    assert attempts.attempt("hélène", HERE, now + NAMED.longest) == timedelta()


def test_many_names_from_one_address_wait_too() -> None:
    """Trying one password on many names is counted for the address."""
    attempts = Attempts()
    for number in range(FROM.free):
        assert attempts.attempt(f"name {number}", HERE, NOW) == timedelta()
    assert attempts.attempt("another", HERE, NOW) == timedelta(seconds=1)
    assert attempts.attempt("another", THERE, NOW) == timedelta()


def test_an_ipv6_address_is_its_network() -> None:
    """Whoever has a network of IPv6 addresses does not begin anew with each."""
    attempts = Attempts()
    for number in range(FROM.free):
        attempts.attempt(f"name {number}", f"2001:db8:0:1::{number:x}", NOW)
    assert attempts.attempt("another", "2001:db8:0:1:ffff::1", NOW) > timedelta()
    assert attempts.attempt("another", "2001:db8:0:2::1", NOW) == timedelta()
    assert attempts.attempt("mapped", f"::ffff:{HERE}", NOW) == timedelta()


def test_behind_an_unnamed_proxy_the_address_counts_for_nothing() -> None:
    """Where everybody comes from one place that says nothing, nobody waits for others' names."""
    attempts = Attempts()
    for number in range(FROM.free * 3):
        assert attempts.attempt(f"name {number}", "", NOW) == timedelta()


def test_signing_in_begins_anew() -> None:
    """Who signs in has no failures any more, under any capitals; the address keeps those of other names."""
    attempts = Attempts()
    tried(attempts, "hélène", HERE, PLACED.free)
    later = NOW + timedelta(seconds=1)
    assert attempts.attempt("hélène", HERE, later) == timedelta()
    attempts.succeeded("HÉLÈNE", HERE)
    assert tried(attempts, "hélène", HERE, PLACED.free, later) == later
    for number in range(FROM.free - 2 * PLACED.free):
        assert attempts.attempt(f"name {number}", HERE, later) == timedelta()
    assert attempts.attempt("another", HERE, later) > timedelta()


def test_nobody_is_locked_out_for_good() -> None:
    """A wait grows to a quarter of an hour, not further, and an hour without failure forgets all."""
    attempts = Attempts()
    now = tried(attempts, "hélène", HERE, 25)
    assert attempts.attempt("hélène", HERE, now) == PLACED.longest == timedelta(minutes=15)
    assert attempts.attempt("hélène", HERE, now + FORGOTTEN) == timedelta()
    assert attempts.attempt("hélène", HERE, now + FORGOTTEN) == timedelta()


def test_memory_is_bounded() -> None:
    """However many names and addresses try, so many are remembered."""
    attempts = Attempts(kept=100)
    for number in range(1_000):
        attempts.attempt(f"{number} {'x' * 10_000}", f"192.0.{number // 250}.{number % 250}", NOW)
    assert len(attempts._failures) == 100
    assert max(len(name) for name, _ in attempts._failures) <= 100
