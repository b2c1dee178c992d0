"""One page of the web by its address, fetched with care about where addresses lead.

Each hop is resolved here and connected to by the very address that was checked, so that
neither a redirect nor a changing name server reaches a private network. Does not crawl.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from ingest.document import Document
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.web import read_web
from store.records import UnreadableDocument

if TYPE_CHECKING:
    import httpx

LARGEST = 50 * 1024 * 1024
SECONDS = 30.0
MOST_HOPS = 5

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave; `url` is where the redirects ended."""

    data: bytes
    media_type: str
    url: str


def is_address(text: str) -> bool:
    """Whether `text` is a web address rather than a path."""
    return text.startswith(("http://", "https://"))


def read_page(url: str, *, private_addresses: bool = False, resolve: Resolve | None = None) -> Document:
    """The document at `url`, named by it, read as HTML, PDF or plain text by its content type.

    Raises UnreadableDocument: an address that cannot be reached, is refused (private,
    loopback or link-local unless `private_addresses`), too large, or of another type.
    """
    page = fetch(url, private_addresses=private_addresses, resolve=resolve or resolved)
    if page.media_type in {"text/html", "application/xhtml+xml", ""}:
        return read_web(page.data, url, page.url)
    if page.media_type == "application/pdf":
        return read_pdf(page.data, url)
    if page.media_type in {"text/plain", "text/markdown"}:
        return read_plain(page.data, url)
    raise UnreadableDocument(url, f"format not read: {page.media_type}; a page, a PDF or plain text is")


def fetch(url: str, *, private_addresses: bool, resolve: Resolve) -> Fetched:
    """The bytes at `url`, redirects followed and checked one by one."""
    import httpx

    asked = url
    try:
        with httpx.Client(timeout=SECONDS, trust_env=False, headers={"User-Agent": "porte-parole"}) as client:
            for _ in range(MOST_HOPS + 1):
                target, host, name = _checked(url, asked, private_addresses, resolve)
                certificate = {"sni_hostname": name}
                with client.stream("GET", target, headers={"Host": host}, extensions=certificate) as response:
                    if not response.is_redirect:
                        return _received(response, asked, url)
                    url = urljoin(url, response.headers["location"])
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise UnreadableDocument(asked, f"cannot be fetched ({type(error).__name__}: {error})") from error
    raise UnreadableDocument(asked, f"more than {MOST_HOPS} redirects")


def resolved(host: str, port: int) -> list[str]:
    """The addresses a host name has, by the system's resolver."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _checked(url: str, asked: str, private_addresses: bool, resolve: Resolve) -> tuple[str, str, str]:
    """`url` by the very address that was checked, its Host header, and the name its certificate must bear."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreadableDocument(asked, f"leads to « {url} », which is no web address")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise UnreadableDocument(asked, f"« {url} » is no web address ({error})") from error
    addresses = resolve(parts.hostname, port)
    if not addresses:
        raise UnreadableDocument(asked, f"« {parts.hostname} » has no address")
    if not private_addresses and not all(_public(address) for address in addresses):
        raise UnreadableDocument(asked, f"refused: {parts.hostname} is on a private network")
    literal = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    target = urlunsplit((parts.scheme, f"{literal}:{port}", parts.path or "/", parts.query, ""))
    return target, parts.netloc.rsplit("@", 1)[-1], parts.hostname


def _public(address: str) -> bool:
    number = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(number, "ipv4_mapped", None)
    return (mapped or number).is_global and not number.is_multicast


def _received(response: httpx.Response, asked: str, url: str) -> Fetched:
    if response.status_code != 200:
        raise UnreadableDocument(asked, f"the server answered {response.status_code}")
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > LARGEST:
            raise UnreadableDocument(asked, f"larger than {LARGEST // 1024 // 1024} MB")
    return Fetched(bytes(data), response.headers.get("content-type", "").split(";")[0].strip().casefold(), url)
