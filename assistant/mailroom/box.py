"""What a mailbox must be able to do: show what arrived, and take a draft.

Knows nothing of what stands in a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from store.records import PressArchiveError

LARGEST = 1024 * 1024
"""Bytes of a mail that are read: what somebody asks stands at its beginning."""


class MailboxError(PressArchiveError):
    """A mailbox cannot be read or written; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail that lies in the box: `place` names it there for good, `read` gives its first LARGEST bytes."""

    place: str
    read: Callable[[], bytes]


class Box(Protocol):
    """A mailbox. Reading marks nothing as read; every method may raise MailboxError."""

    @property
    def drafts(self) -> str:
        """Where drafts go, in words."""
        ...

    def letters(self, since: datetime) -> Iterator[Arrived]:
        """What arrived since then and was not answered, the oldest first."""
        ...

    def holds(self, draft_id: str) -> bool:
        """Whether a draft with this Message-ID lies there."""
        ...

    def keep(self, draft: EmailMessage) -> None:
        """Lay a draft down."""
        ...
