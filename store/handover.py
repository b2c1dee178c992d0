"""Work handed to the process that owns the indexes, through a table of the catalogue.

One process may write the lexical index, and an open embedded Chroma does not see what
another process adds; so whoever does not own them leaves a row and waits for its answer.
Knows nothing about what the work is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update

from store.catalogue import Catalogue
from store.records import ArchiveBusy, ArchiveError
from store.schema import stamp, work

POLL = 0.02
STALE = timedelta(hours=1)


class OwnerGone(Exception):
    """The owner of the indexes left before it answered: the asker may take over."""


def ask(
    catalogue: Catalogue,
    kind: str,
    payload: Mapping[str, Any],
    gone: Callable[[], bool],
    timeout: float,
    progress: Callable[[Any], None] = lambda result: None,
) -> Any:
    """Leave work for the owner and wait for its result, at most `timeout` seconds.

    Raises OwnerGone when `gone()` says nobody owns the indexes any more, ArchiveBusy on a
    time-out, ArchiveError with the owner's own words when the work failed.
    """
    with catalogue.transaction() as connection:
        asked = stamp(datetime.now(UTC))
        row = insert(work).values(kind=kind, payload=dict(payload), state="asked", asked=asked)
        number: int = connection.execute(row.returning(work.c.id)).scalar_one()
    try:
        return _awaited(catalogue, number, gone, time.monotonic() + timeout, progress)
    finally:
        with catalogue.transaction() as connection:
            connection.execute(delete(work).where(work.c.id == number))


def answer(catalogue: Catalogue, tasks: Mapping[str, Callable[[Any, Callable[[Any], None]], Any]]) -> int:
    """Do what was left to do, oldest first; gives how many pieces were done."""
    with catalogue.reading() as connection:
        asked = connection.execute(select(work).where(work.c.state == "asked").order_by(work.c.id)).all()
    for row in asked:
        if datetime.fromisoformat(row.asked) < datetime.now(UTC) - STALE:
            _set(catalogue, row.id, "failed", "left unanswered too long")
            continue
        try:
            result = tasks[row.kind](row.payload, partial(_set, catalogue, row.id, "asked"))
        except Exception as error:
            _set(catalogue, row.id, "failed", str(error))
        else:
            _set(catalogue, row.id, "done", result)
    return len(asked)


def _awaited(
    catalogue: Catalogue, number: int, gone: Callable[[], bool], deadline: float, progress: Callable[[Any], None]
) -> Any:
    last_check = time.monotonic()
    while True:
        with catalogue.reading() as connection:
            row = connection.execute(select(work).where(work.c.id == number)).one()
        if row.state == "done":
            return row.result
        if row.state == "failed":
            raise ArchiveError(str(row.result))
        if row.result is not None:
            progress(row.result)
        if time.monotonic() > deadline:
            raise ArchiveBusy(
                f"{catalogue.path.parent}: another process owns this archive's indexes and does not answer; "
                "wait for it to finish, or stop it, and run the command again."
            )
        if time.monotonic() - last_check > 0.5:
            last_check = time.monotonic()
            if gone():
                raise OwnerGone
        time.sleep(POLL)


def _set(catalogue: Catalogue, number: int, state: str, result: Any) -> None:
    with catalogue.transaction() as connection:
        connection.execute(update(work).where(work.c.id == number).values(state=state, result=result))
