"""robots.txt: what it allows this program, and how fast."""

from __future__ import annotations

import pytest
from mutation import mutants

from ingest.readers.robots import SLOWEST, Robots, read_robots

RULES = b"""User-agent: *
Disallow: /prive/
Allow: /prive/presse
Disallow: /*.php$

User-agent: Porte-Parole
Disallow: /brouillons
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        (RULES, "/presse", True),
        (RULES, "/brouillons/1", False),
        (RULES.replace(b"Porte-Parole", b"autre"), "/prive/1", False),
        (RULES.replace(b"Porte-Parole", b"autre"), "/prive/presse/1", True),
        (RULES.replace(b"Porte-Parole", b"autre"), "/a.php", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/presse", False),
        (b"<html>not found</html>", "/presse", True),
        (b"", "/presse", True),
    ],
)
def test_rules_are_obeyed(rules: bytes, path: str, allowed: bool) -> None:
    """Ours before everyone's, the more particular before the general; none allow all."""
    assert read_robots(rules).allows(f"https://presse.example{path}") is allowed


def test_the_pace_is_what_the_site_asks_within_reason() -> None:
    """Seconds between two requests, from either way of saying it."""
    assert read_robots(RULES).delay == 2.5
    assert read_robots(b"User-agent: *\nRequest-rate: 1/5\n").delay == 5
    assert read_robots(b"User-agent: *\nCrawl-delay: 86400\n").delay == SLOWEST
    assert Robots().delay == 0


def test_damaged_rules_never_break() -> None:
    """Whatever a server sends under that name."""
    for damaged in mutants(RULES, 50, seed=9):
        assert read_robots(damaged).allows("https://presse.example/a") in {True, False}
