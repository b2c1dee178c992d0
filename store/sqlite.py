"""A SQLite file opened as every shelf here is: write-ahead log, and transactions that say when they write.

Knows nothing about tables.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event


def opened(path: Path, patience: float, pragma: str, read_back: Callable[[Any], Any] | None = None) -> Engine:
    """The engine of the file at `path`; a lock is waited for `patience` seconds.

    A transaction under the execution option `immediate` takes the write lock at its beginning.
    `pragma` is the shelf's own; `read_back` makes a value of a JSON column's text.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        json_deserializer=read_back,
        connect_args={"timeout": patience, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, so that it can be IMMEDIATE
        for one in ("journal_mode=WAL", "synchronous=NORMAL", pragma):
            connection.execute(f"PRAGMA {one}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def moment_text(moment: datetime) -> str:
    """UTC text that sorts as it reads, to the millisecond: several answers are given in a second."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
