"""Who calls a door for programs, and whether they may call it now.

Asked by the gate before any route, so that no route can forget it. Knows nothing of
releases, nor what a scope may see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from starlette.requests import HTTPConnection

from assistant.web.callers import Role, Visitor, api_scope, language_of


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


@dataclass(frozen=True, slots=True)
class Keyless:
    """Without keys everybody is the public."""

    def admit(self, connection: HTTPConnection) -> Visitor:
        return Visitor("", Role.PUBLIC, api_scope(), language_of(connection))
