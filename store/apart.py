"""A shelf in a file of its own beside the catalogue, readable by nobody else on the machine.

Accounts, keys, enquiries and letters stand in one each. Knows nothing about what is in them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Row, Select, Table, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from store.records import ArchiveError, ArchiveTooNew
from store.sqlite import opened


@dataclass
class Apart:
    """An SQLite file, made when something is first written; safe between threads and processes.

    `named` is what stands in it, for errors; `prepare` makes its tables, and is given the
    file's name for its own. A lock is waited for `patience` seconds. Every method may raise
    ArchiveError.
    """

    path: Path
    named: str
    prepare: Callable[[Connection, str], None]
    patience: float = 5.0
    _engine: Engine | None = field(default=None, init=False, repr=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def there(self) -> bool:
        """Whether anything was ever written."""
        return self._engine is not None or self.path.exists()

    def rows(self, query: Select[Any]) -> list[Row[Any]]:
        """What is found; nothing where nothing was ever written."""
        if not self.there:
            return []
        try:
            with self._opened().connect() as connection:
                return list(connection.execute(query).all())
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its beginning."""
        try:
            with self._opened().connect().execution_options(immediate=True) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    def close(self) -> None:
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                try:
                    os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
                    self.path.chmod(0o600)
                except OSError as error:
                    raise ArchiveError(f"{self.path}: cannot be opened ({error.strerror}).") from error
                engine = opened(self.path, self.patience, "secure_delete=ON")
                try:
                    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
                        self.prepare(connection, str(self.path))
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    def _unusable(self, error: SQLAlchemyError) -> ArchiveError:
        reason = getattr(error, "orig", None) or error
        return ArchiveError(f"{self.path}: the {self.named} cannot be used ({reason}).")


def made(connection: Connection, metadata: MetaData, format_: Table, version: int, named: str) -> None:
    """Make the tables that are not there yet; `format_` holds their version. Raises ArchiveTooNew."""
    metadata.create_all(connection)
    found = connection.scalar(select(format_.c.version))
    if found is None:
        connection.execute(insert(format_), {"version": version})
    elif found > version:
        raise ArchiveTooNew(
            f"{named}: written by a newer Porte-parole (format {found}; this one reads up to {version}). "
            "Upgrade Porte-parole; nothing was changed."
        )
    elif found < version:
        connection.execute(update(format_).values(version=version))
