"""What passes between the client and a server: documents, server-sent events, and refusals.

Knows neither routes nor what is asked. All that is raised is a `ClientError`:

    ClientError
    ├── Unreachable      no server answered, or not in time
    ├── Unreadable       what came is no answer of this API
    └── Refused          the server says no: `status`, `detail`, `errors`, `retry_after`
        ├── NotAllowed   the key is missing, wrong, or of too narrow a scope (401, 403)
        ├── NotFound     there is none, or not for this key (404)
        ├── Invalid      what was sent cannot be used; `errors` names the fields (400, 413, 415, 422)
        ├── TooMany      more calls than the key may make (429)
        └── Fault        the server could not (500 and above)
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

import httpx
from pydantic import TypeAdapter, ValidationError

Made = TypeVar("Made")


class ClientError(Exception):
    """What went wrong between this program and the server."""


class Unreachable(ClientError):
    """No server answered, or not in time."""


class Unreadable(ClientError):
    """What came is no answer of this API."""


@dataclass(eq=False)
class Refused(ClientError):
    """The server says no: the status, why in words, the fields at fault, and the seconds after which to ask again."""

    status: int
    detail: str
    errors: tuple[dict[str, str], ...] = ()
    retry_after: float | None = None

    def __str__(self) -> str:
        return f"{self.status}: {self.detail}"


class NotAllowed(Refused):
    """The key is missing, wrong, or of too narrow a scope."""


class NotFound(Refused):
    """There is none, or not for this key."""


class Invalid(Refused):
    """What was sent cannot be used."""


class TooMany(Refused):
    """More calls than may be made."""


class Fault(Refused):
    """The server could not."""


_KINDS: dict[int, type[Refused]] = {
    400: Invalid, 401: NotAllowed, 403: NotAllowed, 404: NotFound, 413: Invalid, 415: Invalid, 422: Invalid,
    429: TooMany,
}  # fmt: skip


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("type[Any]", kind))


def made(kind: type[Made], data: Any) -> Made:
    """A value of what JSON says. Raises Unreadable."""
    try:
        told: Made = _adapter(cast("Hashable", kind)).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise Unreadable(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return told


def part(document: dict[str, Any], key: str) -> Any:
    """What stands under a key. Raises Unreadable."""
    if key not in document:
        raise Unreadable(f"The answer has no « {key} ».")
    return document[key]


def read_object(data: bytes | str) -> dict[str, Any]:
    """The JSON object that was sent. Raises Unreadable."""
    try:
        found = json.loads(data)
    except ValueError as error:
        raise Unreadable(f"The answer is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise Unreadable("The answer is no JSON object.")
    return found


def problem(response: httpx.Response) -> Refused:
    """What a response says no with, be it a problem document or not."""
    try:
        found = read_object(response.read())
    except Unreadable:
        found = {}
    return refusal(response.status_code, found, response.headers.get("retry-after"))


def refusal(status: int, found: dict[str, Any], after: str | None) -> Refused:
    """The error of a status and its problem document; `after` is the Retry-After header."""
    kind = _KINDS.get(status, Fault if status >= 500 else Refused)
    detail = str(found.get("detail") or found.get("title") or "refused")
    return kind(status, detail, tuple(found.get("errors") or ()), float(after) if after and after.isdecimal() else None)


def events(pieces: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Server-sent events in a text that comes in pieces: each one's name and data."""
    name, data = "message", ""
    for line in _lines(pieces):
        if line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            data += line[5:]
        elif not line and data:
            yield name, read_object(data)
            name, data = "message", ""


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines ended by line feeds, and by nothing else that might end one: a release may hold such a character."""
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        yield from (line.removesuffix("\r") for line in whole)
