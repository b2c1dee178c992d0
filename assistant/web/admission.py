"""Who calls a door for programs, and whether they may call it now.

Asked by the gate before any route, so that no route can forget it. Knows nothing of
releases, nor what a scope may see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl, unquote

from starlette.requests import HTTPConnection

from assistant.web import problems
from assistant.web.callers import Role, Visitor, api_scope, language_of
from assistant.web.guesses import Guesses
from assistant.web.outside import Outside
from assistant.web.rates import Exceeded, Rates
from assistant.web.terms import Terms

if TYPE_CHECKING:
    from store.keys import Key, Keys

COSTLY = re.compile(r"/(v1/ask|v1/faq|v1/chat/completions|mcp/?|faq/?|faq/ask)")
"""Where a POST asks for what takes long: an answer."""
ROLES = {"public": Role.PUBLIC, "staff": Role.READER, "archivist": Role.ARCHIVIST}
"""What a key may do, by its scope."""

AS_PUBLIC = "Bearer public"
"""What chat clients send that must send some key, to say that they have none."""

_TOKEN = r"pp_[A-Za-z0-9_-]{20,120}"
_BEARER = re.compile(rf"(?i:bearer) +({_TOKEN})")
_ALONE = re.compile(rf"({_TOKEN})")
_IN_ADDRESS = re.compile(r"pp_[A-Za-z0-9_-]{20,}")
_KEY_FIELDS = frozenset({"key", "apikey", "xapikey", "token", "accesstoken", "authorization"})
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Porte-parole"'}
_INVALID = {"WWW-Authenticate": 'Bearer realm="Porte-parole", error="invalid_token"'}


@dataclass
class NotAdmitted(Exception):
    """A caller is turned away: the problem's status, its detail, and headers that go with it."""

    status: int
    detail: str
    headers: dict[str, str] = field(default_factory=dict)


class Admission(Protocol):
    """Knows who calls."""

    def admit(self, connection: HTTPConnection) -> Visitor:
        """The caller. Raises NotAdmitted, and ArchiveError where that cannot be looked up."""

    def holds(self, connection: HTTPConnection, caller: Visitor) -> bool:
        """Whether a caller admitted with a key still is who it was. Raises ArchiveError."""

    def journalist(self, connection: HTTPConnection, token: str = "") -> Key | None:
        """Somebody asks at the journalists' door, which counts; the widget of that token, where one is given.

        Whether the page it stands in is one of the widget's is the door's to see. Raises
        NotAdmitted, and ArchiveError where that cannot be looked up.
        """


@dataclass(frozen=True, slots=True)
class Keyless:
    """Without keys everybody is the public, as often as they like."""

    def admit(self, connection: HTTPConnection) -> Visitor:
        return Visitor("", Role.PUBLIC, api_scope(), language_of(connection))

    def holds(self, connection: HTTPConnection, caller: Visitor) -> bool:
        return not caller.key

    def journalist(self, connection: HTTPConnection, token: str = "") -> Key | None:
        if token:
            raise _refused(connection, 401, "key_unknown")
        return None


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key says who calls; whoever has none is the public; a key that does not hold opens nothing at all.

    Calls are counted: with a key as it says, without one by address, and not at all on
    this machine. `clock` gives aware datetimes.
    """

    keys: Keys
    clock: Callable[[], datetime]
    outside: Outside = field(default_factory=Outside)
    terms: Terms = field(default_factory=Terms)
    rates: Rates = field(default_factory=Rates)
    guesses: Guesses = field(default_factory=Guesses)

    def admit(self, connection: HTTPConnection) -> Visitor:
        _not_in_address(connection)
        token = _token(connection)
        key = None if token is None else self._held(connection, token)
        if key is not None and key.kind != "key":
            raise _refused(connection, 401, "key_widget", _INVALID)
        language = language_of(connection)
        if key is None:
            self._count_place(connection)
            return Visitor("", Role.PUBLIC, api_scope(), language)
        self._count_key(connection, key)
        role = ROLES[key.scope]
        address = self.outside.address(connection)
        return Visitor(f"key:{key.name}", role, role.scope, language, key=key.id, address=address)

    def holds(self, connection: HTTPConnection, caller: Visitor) -> bool:
        key = self.keys.held(_token(connection) or "", self.clock())
        return key is not None and key.id == caller.key

    def journalist(self, connection: HTTPConnection, token: str = "") -> Key | None:
        # First by address: one reader who asks too often leaves the widget to the others.
        self._count_place(connection)
        if not token:
            return None
        # No guess: a widget's token stands in a page for all to read, a while longer than it holds perhaps.
        key = self.keys.held(token, self.clock())
        if key is None or key.kind != "widget":
            raise _refused(connection, 401, "key_unknown")
        self._count_key(connection, key)
        return key

    def _held(self, connection: HTTPConnection, token: str) -> Key:
        now, place = self.clock(), self.outside.place(connection)
        wait = self.guesses.begin(place, token, now)
        if wait > timedelta():
            seconds = ceil(wait.total_seconds())
            raise _refused(connection, 429, "guesses", {"Retry-After": str(seconds)}, wait=seconds)
        key = self.keys.held(token, now)
        if key is None:
            self.guesses.wrong(place, token, now)
            raise _refused(connection, 401, "key_unknown", _INVALID)
        self.guesses.right(place, token, now)
        return key

    def _count_key(self, connection: HTTPConnection, key: Key) -> None:
        _within(connection, self.rates.counted(f"key {key.id}", key.rate))

    def _count_place(self, connection: HTTPConnection) -> None:
        place = self.outside.place(connection)
        if not place:
            return
        if connection.scope.get("method") == "POST" and COSTLY.fullmatch(connection.scope["path"]):
            _within(connection, self.rates.counted(f"answers {place}", self.terms.costly))
        _within(connection, self.rates.counted(f"calls {place}", self.terms.rate))


def _token(connection: HTTPConnection) -> str | None:
    """The key that is sent; None for none at all. Raises NotAdmitted for whatever else is sent in its place."""
    bearers, named = connection.headers.getlist("authorization"), connection.headers.getlist("x-api-key")
    if not named and bearers == [AS_PUBLIC]:
        return None
    if not bearers and not named:
        return None
    if len(bearers) + len(named) == 1:
        given = (bearers or named)[0].strip(" \t")
        found = (_BEARER if bearers else _ALONE).fullmatch(given)
        if found is not None:
            return found[1]
    raise _refused(connection, 401, "key_form", _CHALLENGE)


def _not_in_address(connection: HTTPConnection) -> None:
    query = connection.scope.get("query_string", b"").decode("latin-1")
    fields = {re.sub(r"[^a-z]", "", name.lower()) for name, _ in parse_qsl(query, keep_blank_values=True)}
    address = connection.scope["path"] + "?" + query
    if not _KEY_FIELDS.isdisjoint(fields) or _IN_ADDRESS.search(unquote(address)):
        raise _refused(connection, 400, "key_in_address")


def _within(connection: HTTPConnection, exceeded: Exceeded | None) -> None:
    if exceeded is not None:
        told = {"limit": exceeded.limit, "window": exceeded.window, "wait": exceeded.wait}
        raise _refused(connection, 429, "rate", exceeded.headers, **told)


def _refused(
    connection: HTTPConnection, status: int, key: str, headers: dict[str, str] | None = None, **values: object
) -> NotAdmitted:
    return NotAdmitted(status, problems.say(key, problems.language(connection), **values), dict(headers or {}))
