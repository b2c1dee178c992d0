"""Words typed wrong, and the known word that was meant."""

from __future__ import annotations

import pytest

from assistant.spelling import spelling

KNOWN = spelling(["sarvelle", "ormeval", "transports", "port", "quorbeline", "marine", "marina", "2025"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sarvele", "sarvelle"),
        ("savrelle", "sarvelle"),
        ("sarvellle", "sarvelle"),
        ("trnsportt", "transports"),
        ("qorbelina", "quorbeline"),
    ],
)
def test_one_error_is_forgiven_and_two_in_a_long_word(written: str, meant: str) -> None:
    """A letter lost, added, changed or swapped with the next."""
    assert KNOWN.meant(written) == meant


@pytest.mark.parametrize("written", ["sarvelle", "porr", "marinx", "2026", "sxrvxllx", "", "a" * 5_000])
def test_what_is_known_short_ambiguous_or_far_is_left_alone(written: str) -> None:
    """« marinx » may be « marine » or « marina »; figures and short words are never corrected."""
    assert KNOWN.meant(written) is None
