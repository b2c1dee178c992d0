"""The tables of accounts and sessions, their rows as values, and which names an account can have.

Knows nothing about who asks, nor about files.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Row,
    Select,
    String,
    Table,
    select,
)

from store.apart import made
from store.records import AccountRefused

ACCOUNTS_VERSION = 1
ROLES = ("reader", "archivist", "admin")
LONGEST_NAME = 64
RESERVED = frozenset({"local", "public"})
"""Names that would pass for somebody who needs no account."""
KEYED = "key:"
"""How the name of a program begins that calls with a key: no account's does."""

metadata = MetaData()

format_ = Table("accounts_format", metadata, Column("version", Integer, primary_key=True))

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("password", String),
    Column("created", String, nullable=False),
    Column("disabled", String),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("account", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("began", String, nullable=False),
    Column("seen", String, nullable=False),
    Column("ends", String, nullable=False),
    Column("device", String, nullable=False),
    Index("sessions_of", "account", "seen"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in, under `name`, as `role` (one of ROLES); moments know their time zone."""

    id: int
    name: str
    role: str
    created: datetime
    disabled: datetime | None = None
    password: bool = True
    sessions: int = 0

    def document(self) -> dict[str, Any]:
        """As JSON: all but the password, of which only that there is one."""
        return {
            "name": self.name,
            "role": self.role,
            "created": self.created.isoformat(),
            "disabled": None if self.disabled is None else self.disabled.isoformat(),
            "password": self.password,
            "sessions": self.sessions,
        }


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that still holds, at a `device` in words; `id` names it without opening it."""

    id: str
    account: Account
    began: datetime
    seen: datetime
    ends: datetime
    device: str


def prepare(connection: Connection, named: str) -> None:
    """Make the tables where there are none. Raises ArchiveTooNew."""
    made(connection, metadata, format_, ACCOUNTS_VERSION, named)


def held_sessions() -> Select[Any]:
    of = sessions.join(accounts, accounts.c.id == sessions.c.account)
    return select(accounts, sessions).select_from(of).where(accounts.c.disabled.is_(None))


def account_of(row: Row[Any], held: int = 0) -> Account:
    disabled = None if row.disabled is None else datetime.fromisoformat(row.disabled)
    created = datetime.fromisoformat(row.created)
    return Account(row.id, row.name, row.role, created, disabled, row.password is not None, held)


def session_of(row: Row[Any]) -> Session:
    began, seen, ends = (datetime.fromisoformat(each) for each in (row.began, row.seen, row.ends))
    return Session(row.digest[:16], account_of(row), began, seen, ends, row.device)


def checked_name(name: str) -> str:
    """The name as it is kept. Raises AccountRefused."""
    shown = unicodedata.normalize("NFC", name)
    if not shown or shown != shown.strip() or len(shown) > LONGEST_NAME:
        raise AccountRefused(f"A name has 1 to {LONGEST_NAME} characters, and no blank around them.")
    if any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in shown):
        raise AccountRefused("A name has no line breaks, and nothing that cannot be seen.")
    if folded(shown) in RESERVED or folded(shown).startswith(KEYED):
        raise AccountRefused(f"« {shown} » cannot be the name of an account; choose another.")
    return shown


def folded(name: str) -> str:
    """One spelling for names that read the same."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return folded.encode("utf-8", "replace").decode()


def checked_role(role: str) -> str:
    if role not in ROLES:
        raise AccountRefused(f"« {role} » is no role; choose {', '.join(ROLES[:-1])} or {ROLES[-1]}.")
    return role
