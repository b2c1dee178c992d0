"""What a site's robots.txt allows this program, and how fast.

Does not fetch it, nor wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.readers.page import AGENT

LARGEST = 512 * 1024
SLOWEST = 60.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site; without any, all is allowed. `delay` is in seconds."""

    rules: Any = None
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        return self.rules is None or bool(self.rules.can_fetch(url, AGENT))


def read_robots(data: bytes) -> Robots:
    """The rules a robots.txt states; what cannot be read in it states none."""
    from protego import Protego

    try:
        rules = Protego.parse(data[:LARGEST].decode("utf-8-sig", "ignore"))
        rate = rules.request_rate(AGENT)
        delays = [rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return Robots()
    return Robots(rules, min(max(delays), SLOWEST))
