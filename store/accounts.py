"""The shelf of accounts: who may sign in, as what, and the sessions open under their names.

A file of its own beside the catalogue, readable by nobody else on the machine. Of a session
only the digest of its token is kept, so that the file opens no door. Knows nothing about
what a role may do, nor how a token travels.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from store.account_rows import (
    Account,
    Session,
    account_of,
    accounts,
    checked_name,
    checked_role,
    folded,
    held_sessions,
    prepare,
    session_of,
    sessions,
)
from store.apart import Apart
from store.passwords import Passwords
from store.records import AccountNotFound, AccountRefused
from store.sqlite import moment_text

SESSIONS_EACH = 20
"""Sessions one account may have open; the oldest end."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts: so long after the last request, and so long in all."""

    idle: timedelta = timedelta(hours=2)
    whole: timedelta = timedelta(hours=12)


@dataclass
class Accounts:
    """The accounts in an SQLite file; safe between threads and processes. Made when the first is added.

    Every method may raise ArchiveError where the file cannot be used; those that name an
    account raise AccountNotFound.
    """

    path: Path
    passwords: Passwords = field(default_factory=Passwords)
    lasting: Lasting = field(default_factory=Lasting)
    _file: Apart = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._file = Apart(self.path, "accounts", prepare)

    def anybody(self) -> bool:
        """Whether somebody could sign in: an account that is not disabled. Raises ArchiveError."""
        query = select(accounts.c.id).where(accounts.c.disabled.is_(None)).limit(1)
        return bool(self._file.rows(query))

    def listed(self, now: datetime) -> list[Account]:
        """All accounts by name, each with how many sessions it has open."""
        held = (
            select(sessions.c.account, func.count().label("held"))
            .where(self._holds(now))
            .group_by(sessions.c.account)
            .subquery()
        )
        query = select(accounts, func.coalesce(held.c.held, 0).label("held")).outerjoin(
            held, held.c.account == accounts.c.id
        )
        return [account_of(row, row.held) for row in self._file.rows(query.order_by(accounts.c.folded))]

    def account(self, name: str) -> Account:
        return account_of(self._row(name))

    def add(self, name: str, role: str, password: str | None, now: datetime) -> Account:
        """A new account; without a password it is only known where a proxy says so. Raises AccountRefused."""
        shown = checked_name(name)
        row = {
            "name": shown,
            "folded": folded(shown),
            "role": checked_role(role),
            "password": None if password is None else self.passwords.hashed(password),
            "created": moment_text(now),
        }
        with self._file.writing() as connection:
            if connection.scalar(select(accounts.c.id).where(accounts.c.folded == row["folded"])) is not None:
                raise AccountRefused(f"An account « {shown} » is there already; `porte-parole accounts` lists them.")
            connection.execute(insert(accounts), row)
        return self.account(shown)

    def set_password(self, name: str, password: str) -> None:
        """A new password; sessions open under the old one end. Raises AccountRefused."""
        self._change(name, password=self.passwords.hashed(password))

    def set_role(self, name: str, role: str) -> None:
        """Another role; sessions open under the old one end. Raises AccountRefused."""
        self._change(name, role=checked_role(role))

    def disable(self, name: str, now: datetime) -> None:
        """Nobody signs in under that name any more, and nobody stays signed in."""
        self._change(name, disabled=moment_text(now))

    def enable(self, name: str) -> None:
        self._change(name, disabled=None)

    def sign_out(self, name: str) -> int:
        """End every session of the account; gives how many there were."""
        held = self._row(name).id
        with self._file.writing() as connection:
            return connection.execute(delete(sessions).where(sessions.c.account == held)).rowcount

    def known(self, name: str, password: str) -> Account | None:
        """The account, where the password is its own and it is not disabled; as slow for a name that nobody has."""
        found = self._file.rows(select(accounts).where(accounts.c.folded == folded(name)))
        row = found[0] if found else None
        matching = self.passwords.matches(row.password if row else None, password)
        if row is None or not matching or row.disabled is not None:
            return None
        if self.passwords.outdated(row.password):
            renewed = self.passwords.hashed(password)
            same = (accounts.c.id == row.id) & (accounts.c.password == row.password)
            with self._file.writing() as connection:
                connection.execute(update(accounts).where(same).values(password=renewed))
        return account_of(row)

    def vouched(self, name: str) -> Account | None:
        """The account of a name that a trusted proxy vouches for; None for none, or a disabled one."""
        found = self._file.rows(
            select(accounts).where(accounts.c.folded == folded(name), accounts.c.disabled.is_(None))
        )
        return account_of(found[0]) if found else None

    def begin(self, account: Account, now: datetime, device: str = "") -> str:
        """Open a session; gives its token, which is kept nowhere."""
        token = secrets.token_urlsafe(32)
        row = {
            "digest": _digest(token),
            "account": account.id,
            "began": moment_text(now),
            "seen": moment_text(now),
            "ends": moment_text(now + self.lasting.whole),
            "device": device,
        }
        with self._file.writing() as connection:
            connection.execute(delete(sessions).where(~self._holds(now)))
            connection.execute(insert(sessions), row)
            own = sessions.c.account == account.id
            newest = select(sessions.c.digest).where(own).order_by(sessions.c.seen.desc(), sessions.c.began.desc())
            connection.execute(
                delete(sessions).where(own, sessions.c.digest.not_in(newest.limit(SESSIONS_EACH).scalar_subquery()))
            )
        return token

    def session(self, token: str, now: datetime) -> Session | None:
        """The session of that token, while it holds."""
        found = self._file.rows(held_sessions().where(sessions.c.digest == _digest(token), self._holds(now)))
        return session_of(found[0]) if found else None

    def sessions(self, name: str, now: datetime) -> list[Session]:
        """The sessions open under a name, the last used first."""
        query = held_sessions().where(accounts.c.folded == folded(name), self._holds(now))
        return [session_of(row) for row in self._file.rows(query.order_by(sessions.c.seen.desc()))]

    def seen(self, token: str, now: datetime) -> None:
        """The session was used: it is idle from now on."""
        with self._file.writing() as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.digest == _digest(token), self._holds(now))
                .values(seen=moment_text(now))
            )

    def end(self, token: str) -> None:
        """End the session of that token, if it is open."""
        if self.path.exists():
            with self._file.writing() as connection:
                connection.execute(delete(sessions).where(sessions.c.digest == _digest(token)))

    def close(self) -> None:
        self._file.close()

    def _holds(self, now: datetime) -> Any:
        recent = sessions.c.seen > moment_text(now - self.lasting.idle)
        return (sessions.c.ends > moment_text(now)) & recent

    def _change(self, name: str, **values: Any) -> None:
        held = self._row(name).id
        with self._file.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.id == held).values(**values))
            connection.execute(delete(sessions).where(sessions.c.account == held))

    def _row(self, name: str) -> Row[Any]:
        found = self._file.rows(select(accounts).where(accounts.c.folded == folded(name)))
        if not found:
            raise AccountNotFound(name)
        return found[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
