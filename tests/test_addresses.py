"""Addresses of the page's places: a link changes one thing, keeps the others, and begins at the first page."""

from __future__ import annotations

from assistant.web.addresses import address

HERE = address("find", [("q", "tram & co"), ("issuer", "Ville"), ("issuer", "Port"), ("from", ""), ("page", "3")])


def test_an_address_says_every_parameter_that_has_a_value() -> None:
    """Whatever it holds is quoted; even what no encoding takes."""
    assert str(HERE) == "#find?q=tram+%26+co&issuer=Ville&issuer=Port&page=3"
    assert str(address("find", [])) == "#find"
    assert str(address("find", [("q", "\ud800")])) == "#find?q=%3F"


def test_a_change_begins_at_the_first_page() -> None:
    """One value set, added, or taken away."""
    assert str(HERE.having(q="pont", order="oldest")) == "#find?issuer=Ville&issuer=Port&q=pont&order=oldest"
    assert str(HERE.having(q=None)) == "#find?issuer=Ville&issuer=Port"
    assert str(HERE.adding("issuer", "Ville").without("q")) == "#find?issuer=Port&issuer=Ville"
    assert str(HERE.without("issuer", "Ville")) == "#find?q=tram+%26+co&issuer=Port"
    assert str(HERE.without("issuer").at_page(2)) == "#find?q=tram+%26+co&page=2"
    assert str(HERE.at_page(1)) == "#find?q=tram+%26+co&issuer=Ville&issuer=Port"
