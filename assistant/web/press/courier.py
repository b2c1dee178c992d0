"""The courier: takes journalists' questions to the press office, behind whoever left them.

One thread for all ways. What fails is tried again later and later, from where the shelf
says it was left, also after a restart; what is old is forgotten. Knows nothing of how a
question travels, nor of pages.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assistant.web.press.ways import Undelivered, Way
from store.enquiries import Enquiries
from store.enquiry_rows import Parcel
from store.records import PressArchiveError

log = logging.getLogger(__name__)

LATER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long after each failure it is tried again; after the last, never: staff find it on the shelf."""
ROUND = timedelta(minutes=10)
"""How often the courier looks by itself."""
LET_GO = 2.0
"""Seconds that the end of the program waits for a delivery under way."""


@dataclass
class Courier:
    """Delivers by each of `carriers`; keeps what was left `days` long. `clock` gives aware datetimes."""

    enquiries: Enquiries
    clock: Callable[[], datetime]
    carriers: Sequence[Way] = ()
    days: int = 30
    _wake: threading.Event = field(default_factory=threading.Event, init=False, repr=False)
    _over: bool = field(default=False, init=False, repr=False)
    _thread: threading.Thread | None = field(default=None, init=False, repr=False)

    @property
    def ways(self) -> tuple[str, ...]:
        return tuple(way.name for way in self.carriers)

    def begin(self) -> None:
        """Go round until `close`: what was left before is taken along."""
        if self._thread is None and not self._over:
            self._thread = threading.Thread(target=self._going, name="courier", daemon=True)
            self._thread.start()

    def nudge(self) -> None:
        """There is something to deliver. Neither waits nor raises."""
        self._wake.set()

    def round(self, now: datetime) -> int:
        """Forget what is old, try what is due; gives how many arrived. Raises ArchiveError."""
        self.enquiries.forget(now - timedelta(days=self.days))
        return sum(self._try(parcel, now) for parcel in self.enquiries.due(now))

    def close(self) -> None:
        self._over = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(LET_GO)

    def _try(self, parcel: Parcel, now: datetime) -> bool:
        way = next((way for way in self.carriers if way.name == parcel.by), None)
        if way is None:
            self.enquiries.undelivered(parcel, f"{parcel.by} is not set any more", None)
            return False
        try:
            way.deliver(parcel.enquiry, now)
        except Undelivered as failure:
            last = failure.lasting or parcel.attempts >= len(LATER)
            due = None if last else now + LATER[parcel.attempts]
            self.enquiries.undelivered(parcel, str(failure), due)
            log.warning("enquiry %s: %s; %s", parcel.enquiry.id, failure, "given up" if last else f"again at {due}")
            return False
        except Exception:
            log.exception("enquiry %s could not be sent by %s", parcel.enquiry.id, parcel.by)
            self.enquiries.undelivered(parcel, "it could not be written", None)
            return False
        self.enquiries.delivered(parcel, now)
        return True

    def _going(self) -> None:
        while not self._over:
            self._wake.clear()
            try:
                self.round(self.clock())
                due = self.enquiries.next_due()
            except PressArchiveError as error:
                log.warning("journalists' questions cannot be delivered now: %s", error)
                due = None
            pause = ROUND if due is None else min(ROUND, max(due - self.clock(), timedelta(seconds=1)))
            self._wake.wait(pause.total_seconds())
