"""How the server stands: warm, stopping, and how many answers are in flight.

Knows nothing of servers or requests; who starts, counts or stops says so here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Running:
    """`warm`: whoever comes waits for nothing that could be made beforehand. Changed by one event loop or thread."""

    warm: bool = True
    stopping: bool = False
    unfinished: int = 0
    """Requests whose answers somebody waits for."""

    @property
    def ready(self) -> bool:
        return self.warm and not self.stopping
