"""The table of keys, and its rows as values.

Knows nothing about who calls, nor about files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Row, String, Table

from store.apart import made

KEYS_VERSION = 1

metadata = MetaData()

format_ = Table("keys_format", metadata, Column("version", Integer, primary_key=True))

keys = Table(
    "keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("rate", String),
    Column("origins", String, nullable=False),
    Column("created", String, nullable=False),
    Column("expires", String),
    Column("revoked", String),
)


@dataclass(frozen=True, slots=True)
class Key:
    """What a program may call with, without its token; moments know their time zone.

    `scope` is "public", "staff" or "archivist", `rate` such as "60/minute" (None: no limit), `kind`
    "key" or "widget"; a widget's token stands in a page for all to read, so it is public,
    and serves only pages of its `origins`.
    """

    id: str
    name: str
    scope: str
    rate: str | None
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    kind: str = "key"
    origins: tuple[str, ...] = ()

    def state(self, now: datetime) -> str:
        """ "in force", "expired" or "revoked"."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires <= now else "in force"

    def document(self, now: datetime) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "scope": self.scope,
            "rate": self.rate,
            "origins": list(self.origins),
            "created": self.created.isoformat(),
            "expires": None if self.expires is None else self.expires.isoformat(),
            "revoked": None if self.revoked is None else self.revoked.isoformat(),
            "state": self.state(now),
        }


def prepare(connection: Connection, named: str) -> None:
    """Make the tables where there are none. Raises ArchiveTooNew."""
    made(connection, metadata, format_, KEYS_VERSION, named)


def key_of(row: Row[Any]) -> Key:
    created, expires, revoked = (
        None if each is None else datetime.fromisoformat(each) for each in (row.created, row.expires, row.revoked)
    )
    assert created is not None
    origins = tuple(json.loads(row.origins))
    return Key(row.id, row.name, row.scope, row.rate, created, expires, revoked, row.kind, origins)
