"""What is set of how programs may call."""

from __future__ import annotations

import pytest

from assistant.web.terms import Terms
from store.records import SettingsError


@pytest.mark.parametrize(
    ("rate", "read"),
    [
        ("", ("60/minute", "20/minute")),
        ("10/second", ("10/second", "10/second")),
        ("100/minute, 10/minute", ("100/minute", "10/minute")),
        ("0", (None, None)),
        ("0,5/hour", (None, "5/hour")),
    ],
)
def test_rates_are_read(rate: str, read: tuple[str | None, str | None]) -> None:
    """One for all calls, another for questions; 0 sets no limit."""
    terms = Terms.read({"PORTE_PAROLE_PUBLIC_RATE": rate})
    assert (terms.rate, terms.costly) == read


def test_no_site_is_let_in_unless_it_is_named() -> None:
    """Origins are kept as browsers write them."""
    assert Terms.read({}).origins == ()
    named = Terms.read({"PORTE_PAROLE_CORS_ORIGINS": "https://A.example/, http://b.example:8080,"})
    assert named.origins == ("https://a.example", "http://b.example:8080")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_RATE", "often"),
        ("PUBLIC_RATE", "1/minute,2/minute,3/minute"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "null"),
        ("CORS_ORIGINS", "https://a.example/path"),
        ("CORS_ORIGINS", "https://*.example"),
    ],
)
def test_what_cannot_be_used_is_refused(name: str, value: str) -> None:
    """The error names the setting."""
    with pytest.raises(SettingsError, match=f"PORTE_PAROLE_{name}"):
        Terms.read({f"PORTE_PAROLE_{name}": value})
