"""What every door opens on: the desk, the archive, the clock, and what is kept beside them.

Knows nothing of HTTP, nor of who asks: a door hands the caller in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.web.callers import Visitor
from assistant.web.outside import Outside
from assistant.web.room import Parts
from assistant.web.running import Running
from store.view import View

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.meter import Meter
    from store.archive import Archive

Clock = Callable[[], datetime]
"""The moment, with its time zone."""


@dataclass(frozen=True, slots=True)
class House:
    """One for all doors of a server."""

    desk: Desk
    archive: Archive
    clock: Clock
    version: str
    parts: Parts
    outside: Outside
    meter: Meter
    running: Running

    def view(self, caller: Visitor) -> View:
        """The archive as this caller sees it now."""
        return self.archive.view(caller.scope, self.clock())
