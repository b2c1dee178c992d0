"""The shelf of keys: which programs may call the API, as what, how often and until when.

A file of its own beside the catalogue, readable by nobody else on the machine. Of a key
only the digest of its token is kept, so that the file opens no door. Knows nothing about
what a scope may see, nor how a token travels.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from store.key_checks import checked_name, checked_origins, checked_rate, checked_scope
from store.key_rows import Key, key_of, keys, moment, prepare
from store.records import ArchiveError, KeyNotFound, KeyRefused
from store.sqlite import opened

__all__ = ["Key", "Keys"]

TOKEN_BYTES = 32
PATIENCE = 5.0


@dataclass
class Keys:
    """The keys in an SQLite file; safe between threads and processes. Made when the first is added.

    Every method may raise ArchiveError where the file cannot be used. Nothing is remembered
    between two calls, so that what another process changes counts at once.
    """

    path: Path
    _engine: Engine | None = field(default=None, init=False, repr=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def anybody(self) -> bool:
        """Whether there is a key that was not revoked."""
        return bool(self._rows(select(keys.c.id).where(keys.c.revoked.is_(None)).limit(1)))

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
            "created": moment(now),
            "expires": None if expires is None else moment(expires),
        }
        with self._writing() as connection:
            same = (keys.c.name == row["name"]) & keys.c.revoked.is_(None)
            if connection.scalar(select(keys.c.id).where(same)) is not None:
                raise KeyRefused(f"A key « {row['name']} » is there already: revoke it first, or choose another name.")
            connection.execute(insert(keys), row)
        return self.key(str(row["id"])), token

    def listed(self, now: datetime) -> list[Key]:
        """All keys: those in force first, then by name; the revoked and expired too."""
        found = [key_of(row) for row in self._rows(select(keys))]
        return sorted(found, key=lambda key: (key.state(now) != "in force", key.name.casefold(), key.created))

    def key(self, id: str) -> Key:
        """Raises KeyNotFound."""
        found = self._rows(select(keys).where(keys.c.id == id))
        if not found:
            raise KeyNotFound(id)
        return key_of(found[0])

    def revoke(self, id: str, now: datetime) -> Key:
        """It opens no door from now on, at once and for good. Raises KeyNotFound."""
        self.key(id)
        with self._writing() as connection:
            held = (keys.c.id == id) & keys.c.revoked.is_(None)
            connection.execute(update(keys).where(held).values(revoked=moment(now)))
        return self.key(id)

    def held(self, token: str, now: datetime) -> Key | None:
        """The key or widget of that token, while it is in force.

        Found by the digest's index, so that how long it takes says nothing of how near a
        guess was.
        """
        found = self._rows(select(keys).where(keys.c.digest == _digest(token), keys.c.revoked.is_(None)))
        key = key_of(found[0]) if found else None
        return key if key is not None and key.state(now) == "in force" else None

    def close(self) -> None:
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        if self._engine is None and not self.path.exists():
            return []
        try:
            with self._opened().connect() as connection:
                return list(connection.execute(query).all())
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._opened().connect().execution_options(immediate=True) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                try:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
                    self.path.chmod(0o600)
                except OSError as error:
                    raise ArchiveError(f"{self.path}: cannot be opened ({error.strerror}).") from error
                engine = opened(self.path, PATIENCE, "secure_delete=ON")
                try:
                    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
                        prepare(connection, str(self.path))
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    def _unusable(self, error: SQLAlchemyError) -> ArchiveError:
        reason = getattr(error, "orig", None) or error
        return ArchiveError(f"{self.path}: the keys cannot be used ({reason}).")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
