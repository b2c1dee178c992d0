"""Who is behind a connection where accounts are asked for: a session's cookie, or a proxy's word.

Knows neither pages nor what a role may see (`callers` does). Nothing is remembered here:
every request asks the shelf of accounts, so that whoever is signed out is out at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from assistant.web.attempts import Attempts
from assistant.web.callers import Role, Visitor, language_of
from assistant.web.outside import Outside

if TYPE_CHECKING:
    from starlette.responses import Response

    from store.account_rows import Account, Session
    from store.accounts import Accounts

USED_EVERY = timedelta(minutes=1)
"""A session in use is written down so often, not at each request."""
LONGEST_TOKEN = 100


class TooSoon(Exception):
    """Signing in was tried too often; `wait` is how long to leave it."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"try again in {wait}")
        self.wait = wait


@dataclass(frozen=True)
class SignedIn:
    """Knows visitors by their accounts; who has none must sign in.

    `clock` gives an aware datetime.
    """

    accounts: Accounts
    clock: Callable[[], datetime]
    outside: Outside = field(default_factory=Outside)
    attempts: Attempts = field(default_factory=Attempts)

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Who it is: the account a trusted proxy names, else the session's. Raises ArchiveError."""
        named = self.outside.vouched(connection)
        if named is not None:
            account = self.accounts.vouched(named)
        else:
            session = connection.state.session = self.session(connection)
            account = session.account if session else None
        if account is None:
            return None
        role = Role(account.role)
        address = self.outside.address(connection)
        return Visitor(account.name, role, role.scope, language_of(connection), named is None, address=address)

    def known(self, name: str, password: str, connection: HTTPConnection) -> Account | None:
        """The account of that name and password; None for none. Raises TooSoon after too many that were wrong."""
        address = self.outside.address(connection)
        wait = self.attempts.attempt(name, address, self.clock())
        if wait:
            raise TooSoon(wait)
        account = self.accounts.known(name, password)
        if account is not None:
            self.attempts.succeeded(name, address)
        return account

    def used(self, connection: HTTPConnection) -> None:
        """The session that `visitor` found was used just now, and is idle from here on. Raises ArchiveError."""
        session = getattr(connection.state, "session", None)
        if session is not None and self.clock() - session.seen >= USED_EVERY:
            self.accounts.seen(self.token(connection), self.clock())

    def session(self, connection: HTTPConnection) -> Session | None:
        """The session whose cookie the connection carries, while it holds."""
        token = self.token(connection)
        return self.accounts.session(token, self.clock()) if token else None

    def token(self, connection: HTTPConnection) -> str:
        token = connection.cookies.get(self.cookie, "")
        return token if len(token) <= LONGEST_TOKEN else ""

    @property
    def cookie(self) -> str:
        """The cookie's name; by https, one that no other host and no plain http can set."""
        return "__Host-session" if self.outside.secure else "session"

    def begin(self, account: Account, connection: HTTPConnection, response: Response) -> None:
        """Open a session, whose cookie goes with the response; one that was open here ends."""
        self.end(connection)
        token = self.accounts.begin(account, self.clock(), device(connection.headers.get("user-agent", "")))
        # Lax: a link in a mail opens its release; whatever changes something asks for the same origin besides.
        response.set_cookie(
            self.cookie, token, path="/", httponly=True, samesite="lax", secure=self.outside.secure,
            max_age=int(self.accounts.lasting.whole.total_seconds()),
        )  # fmt: skip

    def end(self, connection: HTTPConnection) -> None:
        """End the session the connection carries, if any."""
        token = self.token(connection)
        if token:
            self.accounts.end(token)

    def forget(self, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(self.cookie, path="/", httponly=True, samesite="lax", secure=self.outside.secure)


# The first that fits: browsers name those they descend from as well.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("Linux", "Linux"))  # fmt: skip


def device(agent: str) -> str:
    """Browser and system in words, as a `User-Agent` header tells them; "" where it tells neither."""
    found = [next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name)
