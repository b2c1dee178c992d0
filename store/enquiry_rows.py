"""The tables of journalists' questions and their delivery, and their rows as values.

Knows nothing about who asks, nor about files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Row, String, Table

from store.apart import made
from store.notebook import plain
from store.sqlite import moment_text

ENQUIRIES_VERSION = 1

metadata = MetaData()

format_ = Table("enquiries_format", metadata, Column("version", Integer, primary_key=True))

enquiries = Table(
    "enquiries",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("question", String, nullable=False),
    Column("language", String, nullable=False),
    Column("name", String, nullable=False),
    Column("medium", String, nullable=False),
    Column("email", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("deadline", String),
    Column("answer_id", String),
    Column("releases", String, nullable=False),
    Column("state", String, nullable=False),
    Column("changed", String),
    Column("changed_by", String, nullable=False, default=""),
    Index("enquiries_at", "at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("enquiry", String, primary_key=True),
    Column("by", String, primary_key=True),
    Column("due", String),
    Column("attempts", Integer, nullable=False, default=0),
    Column("delivered", String),
    Column("trouble", String, nullable=False, default=""),
    Index("deliveries_due", "due"),
)


class EnquiryState(StrEnum):
    """What became of a question left for the press office."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Left:
    """A question as a journalist leaves it; "" where a field was left empty.

    `answer_id` is the answer it follows on, where that is kept, `releases` the ids that stood
    beside it. `deadline` knows its time zone.
    """

    question: str
    language: str = "fr"
    name: str = ""
    medium: str = ""
    email: str = ""
    phone: str = ""
    deadline: datetime | None = None
    answer_id: str | None = None
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question left for the press office, and by whom. Personal data: for staff, and for a while.

    `delivered` is when it last reached where it is sent to besides; None where it is sent
    nowhere or did not arrive yet. `trouble` is why it did not, "" otherwise.
    """

    id: str
    at: datetime
    question: str
    language: str
    name: str
    medium: str
    email: str
    phone: str
    deadline: datetime | None
    answer_id: str | None
    releases: tuple[str, ...]
    state: EnquiryState
    changed: datetime | None = None
    changed_by: str = ""
    delivered: datetime | None = None
    trouble: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "question": self.question,
            "language": self.language,
            "name": self.name,
            "medium": self.medium,
            "email": self.email,
            "phone": self.phone,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "answer_id": self.answer_id,
            "releases": list(self.releases),
            "state": self.state.value,
            "changed": self.changed.isoformat() if self.changed else None,
            "changed_by": self.changed_by,
            "delivered": self.delivered.isoformat() if self.delivered else None,
            "trouble": self.trouble,
        }


@dataclass(frozen=True, slots=True)
class Parcel:
    """An enquiry that waits to be delivered, by what, and how often that was tried in vain."""

    enquiry: Enquiry
    by: str
    attempts: int


def prepare(connection: Connection, named: str) -> None:
    """Make the tables where there are none. Raises ArchiveTooNew."""
    made(connection, metadata, format_, ENQUIRIES_VERSION, named)


def row_of(enquiry_id: str, left: Left, now: datetime) -> dict[str, Any]:
    words = {key: plain(getattr(left, key)) for key in ("question", "language", "name", "medium", "email", "phone")}
    return {
        **words,
        "id": enquiry_id,
        "at": moment_text(now),
        "deadline": moment_text(left.deadline) if left.deadline else None,
        "answer_id": left.answer_id and plain(left.answer_id),
        "releases": json.dumps(left.releases),
        "state": EnquiryState.OPEN.value,
    }


def enquiry_of(row: Row[Any]) -> Enquiry:
    return Enquiry(
        row.id,
        datetime.fromisoformat(row.at),
        row.question,
        row.language,
        row.name,
        row.medium,
        row.email,
        row.phone,
        _moment_of(row.deadline),
        row.answer_id,
        tuple(json.loads(row.releases)),
        EnquiryState(row.state),
        _moment_of(row.changed),
        row.changed_by or "",
        _moment_of(row.delivered),
        row.trouble or "",
    )


def _moment_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
