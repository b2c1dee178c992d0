"""The shelf of questions that journalists leave for the press office, and of their delivery.

A file of its own beside the catalogue, readable by nobody else on the machine: names and
addresses are personal data, kept for a while and then forgotten. What is still to be
delivered stands in the same file, so that a restart loses nothing. Knows nothing about how
anything is delivered.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from store.enquiry_rows import (
    Enquiry,
    EnquiryState,
    Left,
    Parcel,
    deliveries,
    enquiries,
    enquiry_of,
    moment,
    prepare,
    row_of,
)
from store.records import ArchiveBusy, ArchiveError, EnquiryNotFound
from store.sqlite import opened

PATIENCE = 5.0
MOST = 20_000
"""Enquiries kept at once: a flood ends there, and says so."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a number read out over the telephone is made of."""


@dataclass
class Enquiries:
    """The enquiries in an SQLite file; safe between threads and processes. Made when the first is left.

    Every method may raise ArchiveError where the file cannot be used; those that name an
    enquiry raise EnquiryNotFound.
    """

    path: Path
    most: int = MOST
    _engine: Engine | None = field(default=None, init=False, repr=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def leave(self, left: Left, now: datetime, by: Sequence[str] = ()) -> Enquiry:
        """Keep a question; `by` names what delivers it besides. Raises ArchiveBusy where too many are kept."""
        enquiry_id = f"{now:%Y%m%d}-{''.join(secrets.choice(_LETTERS) for _ in range(5))}"
        with self._writing() as connection:
            if (connection.scalar(select(func.count()).select_from(enquiries)) or 0) >= self.most:
                raise ArchiveBusy(f"{self.path.name}: {self.most} enquiries are kept; `porte-parole enquiries forget`.")
            connection.execute(insert(enquiries), row_of(enquiry_id, left, now))
            for each in dict.fromkeys(by):
                connection.execute(insert(deliveries), {"enquiry": enquiry_id, "by": each, "due": moment(now)})
        return self.enquiry(enquiry_id)

    def listed(self, state: EnquiryState | None = None, since: datetime | None = None) -> list[Enquiry]:
        """Those in this state (None: all), left since then, the last first."""
        query = _told().order_by(enquiries.c.at.desc(), enquiries.c.id)
        if state is not None:
            query = query.where(enquiries.c.state == state.value)
        if since is not None:
            query = query.where(enquiries.c.at >= moment(since))
        return [enquiry_of(row) for row in self._rows(query)]

    def enquiry(self, enquiry_id: str) -> Enquiry:
        found = self._rows(_told().where(enquiries.c.id == enquiry_id))
        if not found:
            raise EnquiryNotFound(enquiry_id)
        return enquiry_of(found[0])

    def set_state(self, enquiry_id: str, state: EnquiryState, by: str, now: datetime) -> Enquiry:
        """Say what became of it, and who says so."""
        self.enquiry(enquiry_id)
        values = {"state": state.value, "changed": moment(now), "changed_by": by}
        with self._writing() as connection:
            connection.execute(update(enquiries).where(enquiries.c.id == enquiry_id).values(**values))
        return self.enquiry(enquiry_id)

    def forget(self, before: datetime) -> int:
        """Forget those left before then, delivered or not; gives how many that was."""
        if self._engine is None and not self.path.exists():
            return 0
        old = select(enquiries.c.id).where(enquiries.c.at < moment(before))
        with self._writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.enquiry.in_(old)))
            return connection.execute(delete(enquiries).where(enquiries.c.at < moment(before))).rowcount

    def forget_one(self, enquiry_id: str) -> None:
        """Forget one, as its author may ask."""
        self.enquiry(enquiry_id)
        with self._writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.enquiry == enquiry_id))
            connection.execute(delete(enquiries).where(enquiries.c.id == enquiry_id))

    def due(self, now: datetime, limit: int = 20) -> list[Parcel]:
        """What is to be delivered now, longest due first."""
        columns = (deliveries.c.by, deliveries.c.attempts)
        query = _told().add_columns(*columns).join(deliveries, deliveries.c.enquiry == enquiries.c.id)
        query = query.where(deliveries.c.due <= moment(now)).order_by(deliveries.c.due).limit(limit)
        return [Parcel(enquiry_of(row), row.by, row.attempts) for row in self._rows(query)]

    def next_due(self) -> datetime | None:
        """When something is next to be delivered; None where nothing waits."""
        found = self._rows(select(func.min(deliveries.c.due).label("due")))
        return datetime.fromisoformat(found[0].due) if found and found[0].due else None

    def delivered(self, parcel: Parcel, now: datetime) -> None:
        """It arrived."""
        self._noted(parcel, delivered=moment(now), due=None, trouble="")

    def undelivered(self, parcel: Parcel, trouble: str, due: datetime | None) -> None:
        """It did not arrive, and why; to be tried again at `due`, never where that is None."""
        self._noted(parcel, due=moment(due) if due else None, trouble=trouble[:300])

    def close(self) -> None:
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _noted(self, parcel: Parcel, **values: Any) -> None:
        this = (deliveries.c.enquiry == parcel.enquiry.id) & (deliveries.c.by == parcel.by)
        with self._writing() as connection:
            connection.execute(update(deliveries).where(this).values(attempts=deliveries.c.attempts + 1, **values))

    def _rows(self, query: Select[Any]) -> list[Any]:
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
        return ArchiveError(f"{self.path}: the enquiries cannot be used ({reason}).")


def _told() -> Select[Any]:
    """Enquiries with when they were last delivered, and what hinders it."""
    mine = deliveries.c.enquiry == enquiries.c.id
    arrived = select(func.max(deliveries.c.delivered)).where(mine).correlate(enquiries).scalar_subquery()
    hindered = mine & (deliveries.c.delivered.is_(None)) & (deliveries.c.trouble != "")
    trouble = select(func.max(deliveries.c.trouble)).where(hindered).correlate(enquiries).scalar_subquery()
    return select(enquiries, arrived.label("delivered"), trouble.label("trouble"))
