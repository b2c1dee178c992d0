"""What one web address answers, asked with care about where addresses lead.

Each hop is resolved here and connected to by the very address that was checked, so that
neither a redirect nor a changing name server reaches a private network. Asks once: pace,
robots.txt and memory are the visitor's.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from store.records import UnreadableDocument

if TYPE_CHECKING:
    import httpx

AGENT = "porte-parole"
LARGEST = 50 * 1024 * 1024
SECONDS = 30.0
LONGEST = 180.0
MOST_HOPS = 5
_CONNECTING = 10.0
_MOST_ADDRESSES = 4
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_INTERNET = ipaddress.ip_network("2000::/3")

Resolve = Callable[[str, int], list[str]]
Ask = Callable[[str], None]
"""Told each address before it is asked, the redirects' too; may wait, or raise UnreadableDocument."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave; `url` is where the redirects ended, `headers` by small letters."""

    status: int
    data: bytes
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().casefold()


def is_address(text: str) -> bool:
    """Whether `text` is a web address rather than a path."""
    return text.casefold().startswith(("http://", "https://"))


def resolved(host: str, port: int) -> list[str]:
    """The addresses a host name has, by the system's resolver."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(
    url: str,
    *,
    private_addresses: bool = False,
    resolve: Resolve = resolved,
    headers: Mapping[str, str] | None = None,
    before: Ask = lambda url: None,
) -> Answer:
    """What `url` answers, whatever its status, redirects followed and checked one by one.

    Raises UnreadableDocument: an address that cannot be reached, is refused (private,
    loopback or link-local unless `private_addresses`), too large, or too slow.
    """
    import httpx

    asked = url
    late = threading.Event()
    try:
        for _ in range(MOST_HOPS + 1):
            before(url)
            place = _checked(url, asked, private_addresses, resolve)
            with _client(headers or {}, late) as client, _connected(client, place) as response:
                if not response.has_redirect_location:
                    return _received(response, asked, url)
                url = urljoin(url, response.headers["location"])
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError, RuntimeError) as error:
        if late.is_set():
            raise UnreadableDocument(asked, f"took longer than {LONGEST:.0f} s") from error
        raise UnreadableDocument(asked, f"cannot be fetched ({type(error).__name__}: {error})") from error
    raise UnreadableDocument(asked, f"more than {MOST_HOPS} redirects")


@contextmanager
def _client(headers: Mapping[str, str], late: threading.Event) -> Iterator[httpx.Client]:
    """A client for one request, closed after LONGEST seconds however steadily a server drips.

    It keeps no connection: another name on the same address must show its own certificate.
    """
    import httpx

    def close() -> None:
        late.set()
        client.close()

    timeout = httpx.Timeout(SECONDS, connect=_CONNECTING)
    sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers}
    with httpx.Client(timeout=timeout, trust_env=False, headers=sent) as client:
        timer = threading.Timer(LONGEST, close)
        timer.daemon = True
        timer.start()
        try:
            yield client
        finally:
            timer.cancel()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an address leads: the same by each number it resolves to, its Host header, its certificate's name."""

    targets: tuple[str, ...]
    host: str
    name: str


def _checked(url: str, asked: str, private_addresses: bool, resolve: Resolve) -> _Place:
    import httpx

    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreadableDocument(asked, f"leads to « {url} », which is no web address")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        name = httpx.URL(url).raw_host.decode("ascii")
    except (ValueError, httpx.InvalidURL) as error:
        raise UnreadableDocument(asked, f"« {url} » is no web address ({error})") from error
    addresses = resolve(name, port)
    if not addresses:
        raise UnreadableDocument(asked, f"« {parts.hostname} » has no address")
    if not private_addresses and not all(_public(address) for address in addresses):
        raise UnreadableDocument(asked, f"refused: {parts.hostname} is on a private network")
    numbers = [f"[{address}]" if ":" in address else address for address in addresses[:_MOST_ADDRESSES]]
    targets = [urlunsplit((parts.scheme, f"{n}:{port}", parts.path or "/", parts.query, "")) for n in numbers]
    host = f"[{name}]" if ":" in name else name
    return _Place(tuple(targets), host if parts.port is None else f"{host}:{port}", name)


@contextmanager
def _connected(client: httpx.Client, place: _Place) -> Iterator[httpx.Response]:
    """The answer of the first of a host's numbers that takes the connection."""
    import httpx

    for number, target in enumerate(place.targets, start=1):
        request = client.build_request(
            "GET", target, headers={"Host": place.host}, extensions={"sni_hostname": place.name}
        )
        try:
            response = client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if number == len(place.targets):
                raise
            continue
        try:
            yield response
        finally:
            response.close()
        return


def _public(address: str) -> bool:
    """Whether an address, or the one a gateway would translate it to, is of the internet."""
    number = ipaddress.ip_address(address.split("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in _NAT64 else None
        within = number.ipv4_mapped or number.sixtofour or translated
        if within is None and number not in _INTERNET:
            return False
        return (within or number).is_global and not (within or number).is_multicast
    return number.is_global and not number.is_multicast


def _received(response: httpx.Response, asked: str, url: str) -> Answer:
    packed = response.headers.get("content-encoding", "").strip().casefold()
    if packed not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise UnreadableDocument(asked, f"packed in a way not asked for (« {packed[:40]} »)")
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > LARGEST:
            raise UnreadableDocument(asked, f"larger than {LARGEST >> 20} MB")
    return Answer(response.status_code, bytes(data), url, {key.casefold(): v for key, v in response.headers.items()})
