"""The tray of files handed in: read in the background, shown, and shelved once somebody says they count.

One thread reads and shelves, so that a hundred files weigh no more than one. Which reader
reads what is handed over as a callable. Knows nothing about pages or accounts.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.amendments import Hand
from store.arrival import Accept, Arrival, Decision, Found, Read
from store.arrivals import DOCUMENTS, Arrivals
from store.catalogue import Foreseen
from store.records import PressArchiveError, Release

if TYPE_CHECKING:
    from store.archive import Archive
    from store.originals import Originals

log = logging.getLogger(__name__)

Reader = Callable[[Path, str, datetime], Iterator[Read]]
"""Reads the file at a path, under a name, at a moment: its documents."""

FROM_THE_TRAY = "dépôt"
"""What the names of documents handed in begin with, where others have their folder."""
_LOOK_AGAIN = 2.0
"""Seconds after which the tray looks for work that nobody told it of: another program took a file, or ended."""


class Decided(PressArchiveError):
    """Somebody else decided on this document already."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of a document, and releases it may be another copy of (ids)."""

    foreseen: Foreseen
    resembling: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it is simply new, or simply there."""
        return self.foreseen.outcome == "unchanged" or (self.foreseen.outcome == "added" and not self.resembling)


class Tray:
    """Files handed in, on their way into `archive`; `originals` keeps the documents as they came,
    `told` is told what became of each.

    `begin` goes on where the program stopped; of several programs at one archive, one reads.
    """

    def __init__(
        self,
        arrivals: Arrivals,
        archive: Archive,
        read: Reader,
        clock: Callable[[], datetime],
        originals: Originals | None = None,
        told: Callable[[str], None] = lambda outcome: None,
    ) -> None:
        self.arrivals = arrivals
        self._archive = archive
        self._read = read
        self._clock = clock
        self._originals = originals
        self._told = told
        self._shelving = threading.Lock()
        self._closing, self._woken = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._progress: dict[str, int] = {}

    def begin(self) -> None:
        """Start reading in the background; what was cut off is read again."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="tray", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop; a file that is being read is read again the next time."""
        self._closing.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
        self.arrivals.close()

    def hand_in(self, written: Path, name: str, by: str, accept: Accept = Accept.NONE) -> str:
        """A file has come whole; what `accept` says of it counts once it is read. Gives its id. Raises TooMuch."""
        arrival_id = self.arrivals.take(written, name, by, self._clock(), accept)
        self._woken.set()
        return arrival_id

    def progress(self, arrival_id: str) -> int:
        """How many documents have been read in a file that is being read."""
        return self._progress.get(arrival_id, 0)

    def prospect(self, found: Found) -> Prospect:
        """What would become of a document that waits."""
        assert found.release is not None
        release = found.release
        known = self._archive.seen(release.source.sha256, release.source.name)
        if known is not None:
            return Prospect(Foreseen("unchanged", known))
        foreseen = self._archive.foreseen(release)
        alike = self._archive.resembling(release) if foreseen.outcome == "added" else ()
        return Prospect(foreseen, tuple(alike))

    def accept(self, arrival_id: str, ordinal: int, decision: Decision) -> Found:
        """A document counts from now on. Raises Decided, BadAmendment, ReleaseNotFound, ArchiveError."""
        Hand(decision.values, decision.by, decision.at)
        with self._shelving:
            if not self.arrivals.decide(arrival_id, [ordinal], decision):
                raise Decided(f"{arrival_id}/{ordinal}: decided on already")
            self._shelve(self.arrivals.document(arrival_id, ordinal))
        return self.arrivals.document(arrival_id, ordinal)

    def accept_sure(self, arrival_id: str, by: str) -> int:
        """All documents of a file count, soon, but those that are doubtful; gives how many are looked at."""
        decision = Decision(by, self._clock(), only_sure=True)
        looked_at = self.arrivals.decide(arrival_id, None, decision)
        self._woken.set()
        return looked_at

    def _work(self) -> None:
        swept = False
        while not self._closing.is_set():
            self._woken.clear()
            try:
                if not self.arrivals.own():
                    self._closing.wait(_LOOK_AGAIN)
                elif not swept:
                    self.arrivals.sweep(self._clock())
                    swept = True
                elif not self._shelve_next() and not self._read_next():
                    self._woken.wait(_LOOK_AGAIN)
            except Exception:
                log.exception("a file handed in could not be dealt with")
                self._closing.wait(1.0)

    def _shelve_next(self) -> bool:
        with self._shelving:
            found = self.arrivals.decided()
            if found is None:
                return False
            if found.decision is not None and found.decision.only_sure and not self._is_sure(found):
                self.arrivals.undecided(found)
                return True
            try:
                self._shelve(found)
            except PressArchiveError as error:
                log.error("%s: %s", found.name, error)
        return True

    def _is_sure(self, found: Found) -> bool:
        release = found.release
        return release is not None and not release.doubts and not found.revoked and self.prospect(found).sure

    def _shelve(self, found: Found) -> None:
        """Put a decided document on the shelf; where that fails it waits again, and the error is raised."""
        try:
            release_id, outcome = self._shelved(found)
        except BaseException as error:
            self.arrivals.undecided(found, str(error) if isinstance(error, PressArchiveError) else None)
            raise
        self.arrivals.counts(found, release_id, outcome)
        self._told(outcome)

    def _shelved(self, found: Found) -> tuple[str, str]:
        release, decision = found.release, found.decision
        assert release is not None
        assert decision is not None
        hand = Hand(decision.values, decision.by, decision.at) if decision.values else None
        known = self._known(release, decision)
        if known is not None:
            self._keep_original(release)
            if hand is not None:
                self._archive.amend(known, hand)
            return known, "unchanged"
        if decision.apart:
            release = replace(release, source=replace(release.source, name=_apart(release, found.arrival_id)))
        # Before it is shelved: a crash in between leaves bytes nobody asks for, never a release that lost its own.
        self._keep_original(release)
        added = self._archive.add(release, version_of=decision.version_of, hand=hand)
        if found.revoked is not None:
            self._archive.withdraw(added.release_id, found.revoked, decision.at)
        return added.release_id, added.outcome

    def _known(self, release: Release, decision: Decision) -> str | None:
        if decision.version_of is not None or decision.apart:
            return None
        return self._archive.seen(release.source.sha256, release.source.name)

    def _keep_original(self, release: Release) -> None:
        digest = release.source.sha256
        if self._originals is not None and not self._originals.holds(digest):
            data = self.arrivals.originals.open(digest)
            if data is not None:
                self._originals.keep(digest, data)

    def _read_next(self) -> bool:
        due = self.arrivals.next()
        if due is None:
            return False
        arrival, path = due
        try:
            documents = self._documents(arrival, path)
        finally:
            self._progress.pop(arrival.id, None)
        if documents is None:
            self.arrivals.spared(arrival.id)
        else:
            self.arrivals.has_read(arrival.id, documents)
        return True

    def _documents(self, arrival: Arrival, path: Path) -> list[Read] | None:
        """What a file holds; None where the program is being closed meanwhile."""
        documents: list[Read] = []
        for one in self._read(path, f"{FROM_THE_TRAY}/{arrival.name}", self._clock()):
            if self._closing.is_set():
                return None
            if len(documents) == DOCUMENTS:
                reason = f"more than {DOCUMENTS} documents in one file; take it in with « porte-parole ingest »"
                documents.append(Read(one.name, reason=reason))
                break
            documents.append(self.arrivals.keep_original(one))
            if one.release is None:
                self._told("unreadable")
            self._progress[arrival.id] = len(documents)
        return documents


def _apart(release: Release, arrival_id: str) -> str:
    """A name of its own for a document that is not the one of the same name."""
    return release.source.name.replace(f"{FROM_THE_TRAY}/", f"{FROM_THE_TRAY}/{arrival_id}/", 1)
