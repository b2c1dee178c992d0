"""Pages by address: read from a real server on this machine, and nowhere they should not lead."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from paper import column, pdf

from ingest.readers import page
from ingest.readers.page import is_address, read_page
from store.records import UnreadableDocument

HTML = (
    b"<html lang='fr'><body><article><h1>La criee rouvre</h1><p>La criee de Port-Clair rouvre mardi, apres deux ans"
    b" de travaux et quatorze millions d'euros d'investissement.</p></article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    """A press office's site of a few pages."""

    def do_GET(self) -> None:
        pages = {
            "/": ("text/html; charset=utf-8", HTML),
            "/a.pdf": ("application/pdf", pdf([column(["La criée de Port-Clair rouvre mardi."])])),
            "/a.txt": ("text/plain", b"La criee rouvre."),
            "/a.zip": ("application/zip", b"PK"),
            "/long": ("text/plain", b"x" * 3000),
        }
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        kind, body = pages.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html"), ("/a.pdf", "application/pdf"), ("/a.txt", "text/plain")]
)
def test_a_page_is_read_by_its_content_type(site: str, path: str, kind: str) -> None:
    """And named by its address."""
    document = read_page(site + path, private_addresses=True)
    assert (document.name, document.media_type) == (site + path, kind)
    assert "rouvre" in document.text


def test_a_redirect_is_followed(site: str) -> None:
    """The page keeps the name it was asked by, and knows where it was found."""
    document = read_page(f"{site}/to//", private_addresses=True)
    assert document.name == f"{site}/to//"
    assert document.hints.url == f"{site}/"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/absent", "answered 404"),
        ("/a.zip", "format not read: application/zip"),
        ("/to/ftp://elsewhere/x", "no web address"),
        ("/to//to//to//to//to//to//to//", "more than 5 redirects"),
    ],
)
def test_what_cannot_be_read_is_named(site: str, path: str, reason: str) -> None:
    """Each refusal says why."""
    with pytest.raises(UnreadableDocument, match=reason):
        read_page(site + path, private_addresses=True)


def test_a_page_has_a_largest_size(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless answer ends."""
    monkeypatch.setattr(page, "LARGEST", 1000)
    with pytest.raises(UnreadableDocument, match="larger than"):
        read_page(f"{site}/long", private_addresses=True)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fc00::1",
     "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1"],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    """Whatever name leads there."""
    with pytest.raises(UnreadableDocument, match="private network"):
        read_page("https://presse.example/a", resolve=lambda host, port: [address])


def test_one_private_address_among_public_ones_is_enough() -> None:
    """A name server may mix them."""
    with pytest.raises(UnreadableDocument, match="private network"):
        read_page("https://presse.example/a", resolve=lambda host, port: ["93.184.215.14", "10.0.0.8"])


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hop is checked, not the first alone."""
    monkeypatch.setattr(page, "_public", lambda address: address == "127.0.0.1")
    with pytest.raises(UnreadableDocument, match="private network"):
        read_page(f"{site}/to/http://10.0.0.8/secret")


def test_a_host_that_does_not_answer_is_named() -> None:
    """With what the network said."""
    with pytest.raises(UnreadableDocument, match="cannot be fetched"):
        read_page("http://127.0.0.1:9/", private_addresses=True)


@pytest.mark.parametrize(("text", "address"), [("https://a.example", True), ("http://a", True), ("presse/http", False)])
def test_addresses_are_told_from_paths(text: str, address: bool) -> None:
    """By their scheme."""
    assert is_address(text) is address
