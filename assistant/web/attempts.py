"""How often somebody may try to sign in: the more failures, the longer the wait.

Counted for a name from one address, for a name from anywhere, and for an address whatever
the name; kept in memory, bounded, forgotten after a while. A wait always ends, so nobody is
locked out for good. Knows nothing of accounts: names that nobody has are counted alike.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

KEPT = 10_000
"""Names and addresses remembered; of more, those longest untouched are forgotten."""
FORGOTTEN = timedelta(hours=1)
"""After so long without a failure, it never happened."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures are `free`; from then on each doubles the wait, up to `longest`."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        beyond = failures - self.free
        return min(timedelta(seconds=2 ** min(beyond, 20)), self.longest) if beyond >= 0 else timedelta()


# A stranger who fails on purpose makes a name's owner wait a minute at most, and never at an
# address where the stranger is not. A machine that sits behind one address with others waits little.
PLACED = Limit(5, timedelta(minutes=15))
NAMED = Limit(20, timedelta(minutes=1))
FROM = Limit(30, timedelta(minutes=5))


@dataclass(slots=True)
class _Failures:
    count: int
    last: datetime


@dataclass
class Attempts:
    """Attempts to sign in, counted before they are judged, so that many at once gain nothing."""

    kept: int = KEPT
    _failures: OrderedDict[tuple[str, str], _Failures] = field(default_factory=OrderedDict, init=False, repr=False)
    _counting: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def attempt(self, name: str, address: str, now: datetime) -> timedelta:
        """How long to wait before trying; none: this attempt is made, and counts as failed until `succeeded`.

        `address` is "" where it is not known.
        """
        keys = _keys(name, address)
        with self._counting:
            waits = [self._left(key, limit, now) for key, limit in keys.items()]
            if max(waits) > timedelta():
                return max(waits)
            for key in keys:
                known = self._failures.pop(key, None)
                count = known.count if known is not None and now - known.last < FORGOTTEN else 0
                self._failures[key] = _Failures(count + 1, now)
            while len(self._failures) > self.kept:
                self._failures.popitem(last=False)
            return timedelta()

    def succeeded(self, name: str, address: str) -> None:
        """The attempt was good: the name begins anew, its address is where it was before."""
        with self._counting:
            for key, limit in _keys(name, address).items():
                if limit is not FROM:
                    self._failures.pop(key, None)
                elif key in self._failures:
                    self._failures[key].count -= 1

    def _left(self, key: tuple[str, str], limit: Limit, now: datetime) -> timedelta:
        known = self._failures.get(key)
        if known is None or now - known.last >= FORGOTTEN:
            return timedelta()
        return max(timedelta(), known.last + limit.wait(known.count) - now)


def _keys(name: str, address: str) -> dict[tuple[str, str], Limit]:
    named = name.casefold()[:100]
    place = place_of(address)
    return {(named, place): PLACED, (named, "*"): NAMED} | ({("", place): FROM} if place else {})


def place_of(address: str) -> str:
    """Whose address it is: of IPv6, one has 2⁶⁴."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
