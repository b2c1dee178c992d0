"""The shelf of keys: which programs may call the API, as what, how often and until when.

A file of its own beside the catalogue, readable by nobody else on the machine. Of a key
only the digest of its token is kept, so that the file opens no door. Knows nothing about
what a scope may see, nor how a token travels.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select, update

from store.apart import Apart
from store.key_checks import checked_name, checked_origins, checked_rate, checked_scope
from store.key_rows import Key, key_of, keys, prepare
from store.records import KeyNotFound, KeyRefused
from store.sqlite import moment_text

__all__ = ["Key", "Keys"]

TOKEN_BYTES = 32


@dataclass
class Keys:
    """The keys in an SQLite file; safe between threads and processes. Made when the first is added.

    Every method may raise ArchiveError where the file cannot be used. Nothing is remembered
    between two calls, so that what another process changes counts at once.
    """

    path: Path
    _file: Apart = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._file = Apart(self.path, "keys", prepare)

    def anybody(self) -> bool:
        """Whether there is a key that was not revoked."""
        return bool(self._file.rows(select(keys.c.id).where(keys.c.revoked.is_(None)).limit(1)))

    def add(
        self,
        name: str,
        scope: str,
        now: datetime,
        rate: str | None = None,
        expires: datetime | None = None,
        kind: str = "key",
        origins: Iterable[str] = (),
    ) -> tuple[Key, str]:
        """A new key, and its token, which is kept nowhere: it can be shown only now. Raises KeyRefused."""
        if expires is not None and expires <= now:
            raise KeyRefused(f"It would have expired already ({expires.date().isoformat()}).")
        token = ("pp_widget_" if kind == "widget" else "pp_") + secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "id": secrets.token_hex(4),
            "digest": _digest(token),
            "name": checked_name(name),
            "kind": kind,
            "scope": checked_scope(scope, kind),
            "rate": checked_rate(rate),
            "origins": json.dumps(checked_origins(origins, kind)),
            "created": moment_text(now),
            "expires": None if expires is None else moment_text(expires),
        }
        with self._file.writing() as connection:
            same = (keys.c.name == row["name"]) & keys.c.revoked.is_(None)
            if connection.scalar(select(keys.c.id).where(same)) is not None:
                raise KeyRefused(f"A key « {row['name']} » is there already: revoke it first, or choose another name.")
            connection.execute(insert(keys), row)
        return self.key(str(row["id"])), token

    def listed(self, now: datetime) -> list[Key]:
        """All keys: those in force first, then by name; the revoked and expired too."""
        found = [key_of(row) for row in self._file.rows(select(keys))]
        return sorted(found, key=lambda key: (key.state(now) != "in force", key.name.casefold(), key.created))

    def key(self, id: str) -> Key:
        """Raises KeyNotFound."""
        found = self._file.rows(select(keys).where(keys.c.id == id))
        if not found:
            raise KeyNotFound(id)
        return key_of(found[0])

    def revoke(self, id: str, now: datetime) -> Key:
        """It opens no door from now on, at once and for good. Raises KeyNotFound."""
        self.key(id)
        with self._file.writing() as connection:
            held = (keys.c.id == id) & keys.c.revoked.is_(None)
            connection.execute(update(keys).where(held).values(revoked=moment_text(now)))
        return self.key(id)

    def held(self, token: str, now: datetime) -> Key | None:
        """The key or widget of that token, while it is in force.

        Found by the digest's index, so that how long it takes says nothing of how near a
        guess was.
        """
        found = self._file.rows(select(keys).where(keys.c.digest == _digest(token), keys.c.revoked.is_(None)))
        key = key_of(found[0]) if found else None
        return key if key is not None and key.state(now) == "in force" else None

    def close(self) -> None:
        self._file.close()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
