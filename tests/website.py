"""A website on this machine for the tests of what reads the web: pages, their headers, who asked for what."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What an address answers; with an `etag` it answers 304 to who knows it."""

    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    etag: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Website:
    """Its pages by path, and every request in order: path and headers in small letters."""

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def article(title: str, words: str) -> bytes:
    """A page of the press office with one release on it."""
    return (
        f"<html lang='fr'><head><title>{title} | Port-Clair</title></head><body><nav><a href='/'>Accueil</a></nav>"
        f"<main><article><h1>{title}</h1><p>{words} La criée de Port-Clair a fermé il y a deux ans, et quatorze"
        " millions d'euros ont été investis dans ses quais.</p><p>Les pêcheurs y vendront leur poisson dès l'aube,"
        " comme leurs parents et leurs grands-parents avant eux.</p></article></main></body></html>"
    ).encode()


@contextmanager
def serving() -> Iterator[Website]:
    """A website that answers until the end of the block."""
    site = Website()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {key.casefold(): value for key, value in self.headers.items()}))
            page = site.pages.get(self.path, Page(b"absent", status=404))
            unchanged = page.etag is not None and self.headers.get("If-None-Match") == page.etag
            self.send_response(304 if unchanged else page.status)
            if page.etag:
                self.send_header("ETag", page.etag)
            for key, value in page.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", "0" if unchanged else str(len(page.body)))
            self.end_headers()
            self.wfile.write(b"" if unchanged else page.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
