"""Who is asking: a visitor with a role and a scope, the one place where a door decides what its caller may see.

Decides who looks, never what they see: that is the catalogue's. Knows neither accounts nor
sessions (`sessions` does); without accounts, the address the server is bound to decides.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from starlette.requests import HTTPConnection

from store.records import Scope

LANGUAGE = "language"
"""The cookie that remembers the language chosen on the page."""
LANGUAGES = ("fr", "en")


class Role(StrEnum):
    """What a visitor may do, from least to most; each may what those before it may."""

    PUBLIC = "public"
    READER = "reader"
    ARCHIVIST = "archivist"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return tuple(Role).index(self)

    @property
    def scope(self) -> Scope:
        """What answers and lists show to somebody of this role."""
        return Scope.PUBLIC if self is Role.PUBLIC else Scope.STAFF


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page: the account's name ("" for the public, "local" at this machine), and as what.

    `session` says whether they signed in here, and so can sign out here; `key` is the id
    of the key a program calls with, `address` where they ask from, as far as that is known.
    """

    name: str
    role: Role
    scope: Scope
    language: str = "fr"
    session: bool = False
    key: str = ""
    address: str = ""

    def may(self, role: Role) -> bool:
        """Whether they may do what `role` may."""
        return self.role.rank >= role.rank

    @property
    def whole(self) -> Scope:
        """The scope to look at the archive itself with: withdrawn and superseded too, for archivists."""
        return Scope.ARCHIVIST if self.may(Role.ARCHIVIST) else self.scope


class Callers(Protocol):
    """Knows who is behind a connection."""

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Who it is; None where somebody must sign in first."""

    def used(self, connection: HTTPConnection) -> None:
        """They asked for something just now: whatever ends when idle goes on."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """Without accounts: who reaches a loopback address sits at this machine and may do all, others are the public.

    `bound` is the address the server listens on.
    """

    bound: str

    def visitor(self, connection: HTTPConnection) -> Visitor:
        language = language_of(connection)
        if page_scope(self.bound) is Scope.STAFF:
            return Visitor("local", Role.ADMIN, Scope.STAFF, language)
        return Visitor("", Role.PUBLIC, Scope.PUBLIC, language)

    def used(self, connection: HTTPConnection) -> None:
        """Nobody is signed out here."""


def language_of(connection: HTTPConnection, otherwise: str = "fr") -> str:
    """The language chosen on the page, else the first of the browser's that is ours; `otherwise` where none is."""
    chosen = connection.cookies.get(LANGUAGE)
    if chosen in LANGUAGES:
        return chosen
    accepted = connection.headers.get("accept-language", "")[:500]
    wanted = sorted(accepted.split(","), key=_weight, reverse=True)
    known = [tag.strip()[:2].lower() for tag in wanted if _weight(tag) > 0 and tag.strip()[:2].lower() in LANGUAGES]
    return known[0] if known else otherwise


def _weight(accepted: str) -> float:
    """How much a language is wanted: `en;q=0.8` is wanted 0.8."""
    _, _, weight = accepted.partition("q=")
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def api_scope() -> Scope:
    """The scope of a call to the HTTP API: without a key, public, wherever it comes from."""
    return Scope.PUBLIC


def page_scope(bound: str) -> Scope:
    """The scope of the chat page of a server bound to the address `bound`.

    Whoever reaches a loopback address sits at this machine: staff. Any other address,
    every interface ("0.0.0.0", "::", "") included, is open to strangers: public.
    """
    return Scope.STAFF if is_loopback(bound) else Scope.PUBLIC


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_of(header: str) -> str:
    """The name or address in a `Host` header, without its port; "" when there is none."""
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0]
