"""How the server is reached from outside: its address there, and a proxy that says who is asking.

Knows neither accounts nor sessions. What a proxy says is believed only from the addresses
that were named; from anybody else it is forged.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.web.attempts import place_of
from store.records import SettingsError

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

log = logging.getLogger(__name__)

FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-real-ip"})
PROXY = "proxy"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TOLD_EVERY = 60.0
"""Seconds between two warnings that a header is forged: whoever forges it does not fill the log."""


@dataclass(frozen=True)
class Outside:
    """What the server is told of its surroundings; nothing at all by default.

    `origin` is the address people open ("https://press.example"), "" where it is the
    server's own. `header` holds the name of whoever asks, believed from `proxies`.
    """

    origin: str = ""
    header: str = ""
    proxies: tuple[Network, ...] = ()
    _told: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Outside:
        """From PORTE_PAROLE_ORIGIN, _PROXY_HEADER and _PROXY_ADDRESSES. Raises SettingsError."""
        header = environment.get("PORTE_PAROLE_PROXY_HEADER", "").strip()
        addresses = environment.get("PORTE_PAROLE_PROXY_ADDRESSES", "")
        if header and not re.fullmatch(r"[A-Za-z0-9-]+", header):
            raise SettingsError(f"PORTE_PAROLE_PROXY_HEADER: « {header} » is no header's name, such as Remote-User")
        proxies = tuple(_network(address.strip()) for address in addresses.split(",") if address.strip())
        if header and not proxies:
            raise SettingsError(
                "PORTE_PAROLE_PROXY_HEADER needs PORTE_PAROLE_PROXY_ADDRESSES: the addresses it is believed from, "
                "such as 127.0.0.1 or 10.0.0.0/8"
            )
        return cls(_origin(environment.get("PORTE_PAROLE_ORIGIN", "").strip()), header.lower(), proxies)

    @property
    def secure(self) -> bool:
        """Whether people reach the server by https, so that its cookies must never travel otherwise."""
        return self.origin.startswith("https://")

    @property
    def host(self) -> str:
        """Host and port of the origin, as a `Host` header names them; "" without one."""
        return urlsplit(self.origin).netloc

    def trusts(self, connection: HTTPConnection) -> bool:
        """Whether the connection comes from a proxy that was named."""
        return _within(_peer(connection), self.proxies)

    def vouched(self, connection: HTTPConnection) -> str | None:
        """The name a trusted proxy gives for whoever asks; None for none, several, or from anybody else."""
        if not self.header:
            return None
        given = connection.headers.getlist(self.header)
        if not given:
            return None
        if not self.trusts(connection):
            self._tell(f"{_peer(connection)} is no trusted proxy and sent {self.header}: ignored, it is forged")
            return None
        if len(given) > 1:
            self._tell(f"the proxy {_peer(connection)} sent {self.header} twice: ignored")
            return None
        return _decoded(given[0]).strip() or None

    def address(self, connection: HTTPConnection) -> str:
        """Where whoever asks is, as far as that is known: "" behind a proxy on this machine that was not named."""
        peer = _peer(connection)
        if not _within(peer, self.proxies):
            return "" if _loopback(peer) else peer
        hops = [hop.strip() for value in connection.headers.getlist("x-forwarded-for") for hop in value.split(",")]
        beyond = [hop for hop in hops if not _within(hop, self.proxies)]
        return beyond[-1][:64] if beyond else ""

    def place(self, connection: HTTPConnection) -> str:
        """Where whoever asks is counted: an address, of IPv6 its network; "" for a program on this machine.

        What comes through a proxy that was not named is counted together, as from one place.
        """
        address = self.address(connection)
        if address:
            return place_of(address)
        if self.trusts(connection) or not _loopback(_peer(connection)):
            return PROXY
        if FORWARDED.isdisjoint(connection.headers.keys()) and _local(connection.headers.get("host", "")):
            return ""
        self._tell("PORTE_PAROLE_PROXY_ADDRESSES does not name the proxy calls come through: all count as one place")
        return PROXY

    def _tell(self, warning: str) -> None:
        now = time.monotonic()
        if now - self._told.get("", -TOLD_EVERY) >= TOLD_EVERY:
            self._told[""] = now
            log.warning("%s", warning)


def _peer(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _within(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(mapped in network for network in networks)


def _local(host: str) -> bool:
    """Whether a `Host` header names this machine as it names itself."""
    named = host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0]
    return named.lower() == "localhost" or _loopback(named)


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _network(address: str) -> Network:
    try:
        return ipaddress.ip_network(address)
    except ValueError as error:
        raise SettingsError(
            f"PORTE_PAROLE_PROXY_ADDRESSES: « {address} » is neither an address nor a network ({error})"
        ) from error


def _origin(text: str) -> str:
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        port, whole = parts.port, f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        port, parts, whole = None, urlsplit(""), ""
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.username
        or text.lower().rstrip("/") != whole
    ):
        raise SettingsError(
            f"PORTE_PAROLE_ORIGIN: « {text} » is no address without a path, such as https://press.example"
        )
    usual = {"http": 80, "https": 443}[parts.scheme]
    return whole.removesuffix(f":{port}") if port == usual else whole


def _decoded(header: str) -> str:
    """A header's text: proxies write UTF-8, which arrives as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
