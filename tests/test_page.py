"""Addresses: asked of a real server on this machine, and nowhere they should not lead."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from website import Page, Website, serving

from ingest.readers import page
from ingest.readers.page import fetch, is_address
from store.records import UnreadableDocument


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with serving() as site:
        site.pages["/"] = Page(b"La criee rouvre.", "text/plain; charset=utf-8", etag='"1"')
        site.pages["/long"] = Page(b"x" * 3000)
        site.pages["/packed"] = Page(b"\x1f\x8bno gzip", headers={"Content-Encoding": "gzip"})
        site.pages["/to/ftp"] = Page(status=302, headers={"Location": "ftp://elsewhere.example/x"})
        site.pages["/to/private"] = Page(status=302, headers={"Location": "http://10.0.0.8/secret"})
        site.pages["/to/itself"] = Page(status=302, headers={"Location": "/to/itself"})
        site.pages["/to/top"] = Page(status=302, headers={"Location": "/"})
        yield site


def test_an_answer_is_bytes_and_what_they_are(site: Website) -> None:
    """With its media type, and its headers for the next visit."""
    answer = fetch(f"{site.url}/", private_addresses=True)
    assert (answer.status, answer.data, answer.media_type) == (200, b"La criee rouvre.", "text/plain")
    assert answer.headers["etag"] == '"1"'
    assert site.asked[-1][1]["user-agent"] == "porte-parole"


def test_a_redirect_is_followed(site: Website) -> None:
    """The answer knows where it was found, and each address was told before it was asked."""
    told: list[str] = []
    answer = fetch(f"{site.url}/to/top", private_addresses=True, before=told.append)
    assert answer.url == f"{site.url}/"
    assert told == [f"{site.url}/to/top", f"{site.url}/"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/to/ftp", "no web address"),
        ("/to/itself", "more than 5 redirects"),
        ("/packed", "cannot be fetched"),
    ],
)
def test_what_cannot_be_had_is_named(site: Website, path: str, reason: str) -> None:
    """Each refusal says why, by the name that was asked for."""
    with pytest.raises(UnreadableDocument, match=reason) as raised:
        fetch(site.url + path, private_addresses=True)
    assert raised.value.name == site.url + path


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a:b:c/", "http://exa mple/", "https://a..example/"])
def test_what_is_no_address_is_named(url: str) -> None:
    """Whatever was typed."""
    with pytest.raises(UnreadableDocument):
        fetch(url, resolve=lambda host, port: [])


def test_an_endless_answer_ends(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size."""
    monkeypatch.setattr(page, "LARGEST", 1000)
    with pytest.raises(UnreadableDocument, match="larger than"):
        fetch(f"{site.url}/long", private_addresses=True)


@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_slow_answer_ends(monkeypatch: pytest.MonkeyPatch, beginning: bytes) -> None:
    """By the clock, however steadily it drips, before its body or in it."""
    monkeypatch.setattr(page, "LONGEST", 0.4)
    done = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(beginning)
            while not done.wait(0.02):
                connection.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip, args=(server,), daemon=True)
        dripping.start()
        with pytest.raises(UnreadableDocument, match="took longer than"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", private_addresses=True)
        done.set()
        dripping.join()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fc00::1",
     "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:8"],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    """Whatever name leads there, and whatever a gateway would make of them."""
    with pytest.raises(UnreadableDocument, match="private network"):
        fetch("https://presse.example/a", resolve=lambda host, port: [address])


def test_one_private_address_among_public_ones_is_enough() -> None:
    """A name server may mix them."""
    with pytest.raises(UnreadableDocument, match="private network"):
        fetch("https://presse.example/a", resolve=lambda host, port: ["93.184.215.14", "10.0.0.8"])


def test_a_redirect_to_a_private_address_is_refused(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hop is checked, not the first alone."""
    monkeypatch.setattr(page, "_public", lambda address: address == "127.0.0.1")
    with pytest.raises(UnreadableDocument, match="private network"):
        fetch(f"{site.url}/to/private")


def test_a_name_is_asked_at_the_next_number_when_one_does_not_answer(site: Website) -> None:
    """As long as all of them were checked."""
    port = site.url.rsplit(":", 1)[1]
    answer = fetch(
        f"http://presse.example:{port}/", private_addresses=True, resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"]
    )
    assert answer.status == 200
    assert site.asked[-1][1]["host"] == f"presse.example:{port}"


def test_a_host_that_does_not_answer_is_named() -> None:
    """With what the network said."""
    with pytest.raises(UnreadableDocument, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/", private_addresses=True)


@pytest.mark.parametrize(
    ("text", "address"), [("https://a.example", True), ("HTTP://a", True), ("presse/http", False), ("https:a", False)]
)
def test_addresses_are_told_from_paths(text: str, address: bool) -> None:
    """By their scheme."""
    assert is_address(text) is address


def test_an_answer_packed_over_and_over_is_refused(site: Website) -> None:
    """Each layer could unpack a thousandfold, all in one piece."""
    site.pages["/bomb"] = Page(b"x", headers={"Content-Encoding": "gzip, gzip"})
    with pytest.raises(UnreadableDocument, match="packed in a way not asked for"):
        fetch(f"{site.url}/bomb", private_addresses=True)


@pytest.mark.parametrize("number", ["fec0::1", "::7f00:1", "64:ff9b:1::a00:1", "::ffff:0:7f00:1"])
def test_old_forms_of_private_addresses_are_refused(number: str) -> None:
    """Of IPv6 only what is given out for the internet is of the internet."""
    with pytest.raises(UnreadableDocument, match="private network"):
        fetch("http://cp.example/", resolve=lambda host, port: [number])
