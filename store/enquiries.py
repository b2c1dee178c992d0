"""The shelf of questions that journalists leave for the press office, and of their delivery.

A file of its own beside the catalogue, readable by nobody else on the machine: names and
addresses are personal data, kept for a while and then forgotten. What is still to be
delivered stands in the same file, so that a restart loses nothing. Knows nothing about how
anything is delivered.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from store.apart import Apart
from store.enquiry_rows import (
    Enquiry,
    EnquiryState,
    Left,
    Parcel,
    deliveries,
    enquiries,
    enquiry_of,
    prepare,
    row_of,
)
from store.records import ArchiveBusy, EnquiryNotFound
from store.sqlite import moment_text

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
    _file: Apart = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._file = Apart(self.path, "enquiries", prepare)

    def leave(self, left: Left, now: datetime, by: Sequence[str] = ()) -> Enquiry:
        """Keep a question; `by` names what delivers it besides. Raises ArchiveBusy where too many are kept."""
        enquiry_id = f"{now:%Y%m%d}-{''.join(secrets.choice(_LETTERS) for _ in range(5))}"
        with self._file.writing() as connection:
            if (connection.scalar(select(func.count()).select_from(enquiries)) or 0) >= self.most:
                raise ArchiveBusy(f"{self.path.name}: {self.most} enquiries are kept; `porte-parole enquiries forget`.")
            connection.execute(insert(enquiries), row_of(enquiry_id, left, now))
            for each in dict.fromkeys(by):
                connection.execute(insert(deliveries), {"enquiry": enquiry_id, "by": each, "due": moment_text(now)})
        return self.enquiry(enquiry_id)

    def listed(self, state: EnquiryState | None = None, since: datetime | None = None) -> list[Enquiry]:
        """Those in this state (None: all), left since then, the last first."""
        query = _told().order_by(enquiries.c.at.desc(), enquiries.c.id)
        if state is not None:
            query = query.where(enquiries.c.state == state.value)
        if since is not None:
            query = query.where(enquiries.c.at >= moment_text(since))
        return [enquiry_of(row) for row in self._file.rows(query)]

    def enquiry(self, enquiry_id: str) -> Enquiry:
        found = self._file.rows(_told().where(enquiries.c.id == enquiry_id))
        if not found:
            raise EnquiryNotFound(enquiry_id)
        return enquiry_of(found[0])

    def set_state(self, enquiry_id: str, state: EnquiryState, by: str, now: datetime) -> Enquiry:
        """Say what became of it, and who says so."""
        self.enquiry(enquiry_id)
        values = {"state": state.value, "changed": moment_text(now), "changed_by": by}
        with self._file.writing() as connection:
            connection.execute(update(enquiries).where(enquiries.c.id == enquiry_id).values(**values))
        return self.enquiry(enquiry_id)

    def forget(self, before: datetime) -> int:
        """Forget those left before then, delivered or not; gives how many that was."""
        if not self._file.there:
            return 0
        old = select(enquiries.c.id).where(enquiries.c.at < moment_text(before))
        with self._file.writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.enquiry.in_(old)))
            return connection.execute(delete(enquiries).where(enquiries.c.at < moment_text(before))).rowcount

    def forget_one(self, enquiry_id: str) -> None:
        """Forget one, as its author may ask."""
        self.enquiry(enquiry_id)
        with self._file.writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.enquiry == enquiry_id))
            connection.execute(delete(enquiries).where(enquiries.c.id == enquiry_id))

    def due(self, now: datetime, limit: int = 20) -> list[Parcel]:
        """What is to be delivered now, longest due first."""
        columns = (deliveries.c.by, deliveries.c.attempts)
        query = _told().add_columns(*columns).join(deliveries, deliveries.c.enquiry == enquiries.c.id)
        query = query.where(deliveries.c.due <= moment_text(now)).order_by(deliveries.c.due).limit(limit)
        return [Parcel(enquiry_of(row), row.by, row.attempts) for row in self._file.rows(query)]

    def next_due(self) -> datetime | None:
        """When something is next to be delivered; None where nothing waits."""
        found = self._file.rows(select(func.min(deliveries.c.due).label("due")))
        return datetime.fromisoformat(found[0].due) if found and found[0].due else None

    def delivered(self, parcel: Parcel, now: datetime) -> None:
        """It arrived."""
        self._noted(parcel, delivered=moment_text(now), due=None, trouble="")

    def undelivered(self, parcel: Parcel, trouble: str, due: datetime | None) -> None:
        """It did not arrive, and why; to be tried again at `due`, never where that is None."""
        self._noted(parcel, due=moment_text(due) if due else None, trouble=trouble[:300])

    def close(self) -> None:
        self._file.close()

    def _noted(self, parcel: Parcel, **values: Any) -> None:
        this = (deliveries.c.enquiry == parcel.enquiry.id) & (deliveries.c.by == parcel.by)
        with self._file.writing() as connection:
            connection.execute(update(deliveries).where(this).values(attempts=deliveries.c.attempts + 1, **values))


def _told() -> Select[Any]:
    """Enquiries with when they were last delivered, and what hinders it."""
    mine = deliveries.c.enquiry == enquiries.c.id
    arrived = select(func.max(deliveries.c.delivered)).where(mine).correlate(enquiries).scalar_subquery()
    hindered = mine & (deliveries.c.delivered.is_(None)) & (deliveries.c.trouble != "")
    trouble = select(func.max(deliveries.c.trouble)).where(hindered).correlate(enquiries).scalar_subquery()
    return select(enquiries, arrived.label("delivered"), trouble.label("trouble"))
