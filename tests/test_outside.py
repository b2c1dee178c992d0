"""How the server knows what stands before it."""

from __future__ import annotations

import logging

import pytest
from starlette.requests import HTTPConnection

from assistant.web.outside import Outside
from store.records import SettingsError

HEADER = {"PORTE_PAROLE_PROXY_HEADER": "Remote-User", "PORTE_PAROLE_PROXY_ADDRESSES": "127.0.0.1, 10.1.0.0/16"}


def connection(peer: str | None, *headers: tuple[str, str]) -> HTTPConnection:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    return HTTPConnection({"type": "http", "client": (peer, 1234) if peer else None, "headers": raw})


def test_nothing_is_trusted_unless_it_is_said() -> None:
    """Without settings no header says who asks, and nobody is a proxy."""
    outside = Outside.read({})
    assert outside == Outside()
    assert outside.vouched(connection("127.0.0.1", ("Remote-User", "hélène"))) is None
    assert not outside.trusts(connection("127.0.0.1"))
    assert not outside.secure


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3"])
def test_a_named_proxy_is_believed(peer: str) -> None:
    """The header counts from the addresses that were named, in UTF-8 as proxies write it."""
    assert Outside.read(HEADER).vouched(connection(peer, ("Remote-User", "Hélène"))) == "Hélène"


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.2.0.1", "::1", "testclient", "", None])
def test_from_anybody_else_the_header_is_forged(peer: str | None, caplog: pytest.LogCaptureFixture) -> None:
    """From any other peer the header is ignored; the log says so once, however often it comes, without the name."""
    outside = Outside.read(HEADER)
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            assert outside.vouched(connection(peer, ("Remote-User", "hélène\nforged line"))) is None
    assert len(caplog.records) == 1
    assert "forged" in caplog.text
    assert "hélène" not in caplog.text


def test_two_names_are_none(caplog: pytest.LogCaptureFixture) -> None:
    """A proxy that lets a visitor's own header through beside its own vouches for nobody."""
    outside = Outside.read(HEADER)
    assert outside.vouched(connection("127.0.0.1", ("Remote-User", "admin"), ("Remote-User", "bruno"))) is None
    assert "twice" in caplog.text
    assert outside.vouched(connection("127.0.0.1", ("Remote-User", "  "))) is None
    assert outside.vouched(connection("127.0.0.1")) is None
    assert outside.vouched(connection("127.0.0.1", ("Remote_User", "admin"))) is None


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", (), "192.0.2.7"),
        ("192.0.2.7", ("198.51.100.9",), "192.0.2.7"),
        ("127.0.0.1", ("198.51.100.9",), "198.51.100.9"),
        ("127.0.0.1", ("203.0.113.5, 198.51.100.9, 10.1.0.1",), "198.51.100.9"),
        ("127.0.0.1", ("203.0.113.5", "198.51.100.9"), "198.51.100.9"),
        ("127.0.0.1", (), ""),
        ("::1", ("198.51.100.9",), ""),
    ],
)
def test_an_address_is_what_the_last_known_proxy_saw(peer: str, forwarded: tuple[str, ...], address: str) -> None:
    """Of forwarded addresses only the one that a named proxy saw counts; a visitor may write the rest."""
    outside = Outside.read(HEADER)
    assert outside.address(connection(peer, *(("X-Forwarded-For", value) for value in forwarded))) == address


@pytest.mark.parametrize(
    ("given", "origin", "host", "secure"),
    [
        ("https://press.example", "https://press.example", "press.example", True),
        ("https://Press.Example:443/", "https://press.example", "press.example", True),
        ("http://press.example:8080", "http://press.example:8080", "press.example:8080", False),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443", True),
    ],
)
def test_an_origin_is_read_as_browsers_write_it(given: str, origin: str, host: str, secure: bool) -> None:
    """The outside address is compared with what browsers send: small letters, no usual port, no path."""
    outside = Outside.read({"PORTE_PAROLE_ORIGIN": given})
    assert (outside.origin, outside.host, outside.secure) == (origin, host, secure)


@pytest.mark.parametrize(
    "environment",
    [
        {"PORTE_PAROLE_ORIGIN": "press.example"},
        {"PORTE_PAROLE_ORIGIN": "https://press.example/room"},
        {"PORTE_PAROLE_ORIGIN": "https://user:secret@press.example"},
        {"PORTE_PAROLE_ORIGIN": "ftp://press.example"},
        {"PORTE_PAROLE_ORIGIN": "https://press.example:no"},
        {"PORTE_PAROLE_ORIGIN": "https://[press"},
        {"PORTE_PAROLE_PROXY_HEADER": "Remote-User"},
        {**HEADER, "PORTE_PAROLE_PROXY_HEADER": "Remote User: x"},
        {**HEADER, "PORTE_PAROLE_PROXY_ADDRESSES": "proxy.example"},
        {**HEADER, "PORTE_PAROLE_PROXY_ADDRESSES": "10.0.0.1/8"},
        {**HEADER, "PORTE_PAROLE_PROXY_ADDRESSES": " , "},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(environment: dict[str, str]) -> None:
    """A setting that would trust nobody, or everybody, by mistake is an error that names it."""
    with pytest.raises(SettingsError, match="PORTE_PAROLE_"):
        Outside.read(environment)
