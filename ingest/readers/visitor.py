"""A visitor of websites who keeps the rules of the house: robots.txt, one request at a time, patience.

Does not know what the pages hold, nor what was visited before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from ingest.readers.page import Answer, Resolve, fetch, resolved
from ingest.readers.robots import Robots, read_robots
from store.records import UnreadableDocument

INTERVAL = 1.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""
LONGEST_WAIT = 120.0
TRIES = 3
_BUSY = frozenset({429, 503})
_FIRST_WAIT = 5.0


class Visitor:
    """Asks addresses politely; `clock` and `sleep` are the monotonic seconds it paces itself by."""

    def __init__(
        self,
        *,
        private_addresses: bool = False,
        resolve: Resolve = resolved,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.clock = clock
        self._private_addresses = private_addresses
        self._resolve = resolve
        self._sleep = sleep
        self._robots: dict[str, Robots | str] = {}
        self._free_at: dict[str, float] = {}

    def ask(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer | None:
        """What `url` holds, or None where it has not changed since `etag` or `modified`.

        A server that is busy is asked again after the time it names, up to LONGEST_WAIT
        seconds. Raises UnreadableDocument where there is nothing to be had, or not for us.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        tried = 0
        while True:
            tried += 1
            answer = self._fetch(url, url, headers)
            if answer.status == 304 and headers:
                return None
            if answer.status == 200:
                return answer
            if answer.status not in _BUSY:
                raise UnreadableDocument(url, f"the server answered {answer.status}")
            wait = _wait(answer, tried)
            if tried == TRIES or wait > LONGEST_WAIT:
                raise UnreadableDocument(url, f"the server answered {answer.status}: busy; try again in {wait:.0f} s")
            self._free_at[_site(answer.url)] = self.clock() + wait

    def _fetch(self, url: str, asked: str, headers: Mapping[str, str]) -> Answer:
        return fetch(
            url,
            private_addresses=self._private_addresses,
            resolve=self._resolve,
            headers=headers,
            before=lambda hop: self._before(hop, asked),
        )

    def _before(self, url: str, asked: str) -> None:
        """Wait for our turn at the host of `url`. Raises UnreadableDocument where it does not want us there."""
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._rules(site)
        rules = self._robots[site]
        if isinstance(rules, str):
            raise UnreadableDocument(asked, rules)
        if not rules.allows(url):
            raise UnreadableDocument(asked, "not for programs: the site's robots.txt says so")
        self._turn(site)

    def _turn(self, site: str) -> None:
        wait = self._free_at.get(site, 0.0) - self.clock()
        if wait > 0:
            self._sleep(wait)
        rules = self._robots.get(site)
        delay = rules.delay if isinstance(rules, Robots) else 0.0
        self._free_at[site] = self.clock() + max(INTERVAL, delay)

    def _rules(self, site: str) -> Robots | str:
        """A site's robots.txt: without one all is allowed; while it cannot be asked nothing is, and why."""
        if urlsplit(site).scheme not in {"http", "https"}:
            return Robots()
        try:
            answer = fetch(
                f"{site}/robots.txt",
                private_addresses=self._private_addresses,
                resolve=self._resolve,
                before=lambda hop: self._turn(_site(hop)),
            )
        except UnreadableDocument as unreadable:
            return unreadable.reason
        if answer.status == 200:
            return read_robots(answer.data)
        if answer.status >= 500 or answer.status == 429:
            return f"the site's robots.txt answered {answer.status}: try again later"
        return Robots()


def _site(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].casefold()}"
    except ValueError:
        return url


def _wait(answer: Answer, tried: int) -> float:
    """Seconds until a busy server wants to be asked again, by its own clock."""
    stated = answer.headers.get("retry-after", "").strip()
    if stated.isdecimal() and len(stated) < 10:
        return float(stated)
    try:
        until = parsedate_to_datetime(stated)
        told = parsedate_to_datetime(answer.headers.get("date", ""))
        return max(0.0, (until - told).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return float(_FIRST_WAIT * 2 ** (tried - 1))
