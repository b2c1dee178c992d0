"""Releases read lately, kept until the next commit: questions in a row find the same ones.

Who may see them is decided before one is asked for here, and each is given the status it has
at the moment of asking. Knows nothing about scopes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice

from store.records import Release
from store.rows import status_of
from store.schema import stamp

KEPT = 2_000
"""Releases at most: some 20 MB, since most of a record is not read."""


class Lately:
    """Current releases that are not withdrawn, by their ids; safe between threads."""

    def __init__(self) -> None:
        self._number = -1
        self._kept: dict[str, Release] = {}
        self._keeping = threading.Lock()

    def of(
        self, ids: Iterable[str], number: int, now: datetime, read: Callable[[list[str]], Iterable[Release]]
    ) -> dict[str, Release]:
        """These releases as they stand at commit `number`; `read` gives the missing as of that very commit."""
        wanted = list(dict.fromkeys(ids))
        with self._keeping:
            if number != self._number:
                self._number, self._kept = number, {}
            found = {one: self._kept[one] for one in wanted if one in self._kept}
        found |= {release.id: release for release in read([one for one in wanted if one not in found])}
        with self._keeping:
            if number == self._number:
                for one, release in found.items():
                    self._kept.pop(one, None)
                    self._kept[one] = release
                for one in list(islice(self._kept, max(0, len(self._kept) - KEPT))):
                    del self._kept[one]
        return {one: _at(release, now) for one, release in found.items()}


def _at(release: Release, now: datetime) -> Release:
    embargo = None if release.embargo is None else stamp(release.embargo)
    status = status_of(None, False, embargo, now)
    return release if status is release.status else replace(release, status=status)
