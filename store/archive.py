"""The archive: catalogue and indexes kept in step, in one folder.

`add`, `withdraw` and `reindex` change it; `view(scope, now)` is the only way to read.
One process owns the indexes (a file lock), and two threads of it keep them: a clerk
answers what other processes ask, an indexer takes in what is owed. Every other process
writes to the catalogue and hands the rest over. Knows nothing about documents or answers.
"""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from filelock import FileLock, Timeout

from store.amendments import Hand
from store.catalogue import Added, Catalogue, Cut, Foreseen
from store.curating import Curating
from store.fusion import Candidate
from store.handover import OwnerGone, answer, ask
from store.indexes import Indexes
from store.proposals import Proposals
from store.rebuild import rebuild
from store.records import ArchiveError, ArchiveMismatch, Filters, Passage, Query, Release, Scope
from store.view import View, filters_from, filters_to

if TYPE_CHECKING:
    from store.embedding import Embedder

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

IDLE = 0.05
"""Seconds between two looks at what is owed or asked, when nothing was."""
FEW, PACE = 32, 2.0
"""Under so many versions owed, they are let gather for so many seconds: every batch is a commit of each index."""
GRACE = 5.0
"""Seconds the indexes of a generation outlive it."""
PATIENCE = 60.0
"""Seconds a question waits for the process that owns the indexes."""


class Archive:
    """An archive in `folder`, made there if there is none.

    `model` names what makes its vectors and `embedder` loads it, both when first needed;
    `chunking` names how `cut` makes passages of a release. Raises ArchiveTooNew, or
    ArchiveError where the folder cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        *,
        model: Callable[[], str],
        embedder: Callable[[], Embedder],
        chunking: str,
        cut: Cut,
        chroma_url: str | None = None,
    ) -> None:
        self.folder = folder
        self._model = model
        self._chunking = chunking
        self._load_embedder = embedder
        self._cut = cut
        self._chroma_url = chroma_url
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be made ({error.strerror}); choose another --archive.") from error
        self.catalogue = Catalogue(folder / "catalogue.sqlite")
        if self.catalogue.meta("name") is None:
            self.catalogue.set_meta("name", uuid.uuid4().hex[:8])
        self.curated = Curating(self.catalogue)
        self._lock = FileLock(folder / "indexes.lock", thread_local=False)
        self._opening = threading.RLock()
        self._loading = threading.Lock()
        self._embedding: Embedder | None = None
        self._indexes: Indexes | None = None
        self._proposals = Proposals()
        self._closing = threading.Event()
        self._woken = threading.Event()
        self._threads: list[threading.Thread] = []
        self._fault: BaseException | None = None
        self._flushing = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop keeping the indexes; what is still owed is taken in at the next opening."""
        self._closing.set()
        self._woken.set()
        for thread in self._threads:
            thread.join()
        with self._opening:
            if self._indexes is not None:
                self._indexes.close()
                self._indexes = None
            self._lock.release(force=True)
        self.catalogue.close()

    # Reading

    def view(self, scope: Scope, now: datetime) -> View:
        """The archive as `scope` sees it at `now`: the only way to read."""
        if now.tzinfo is None:
            raise ValueError("now must know its time zone")
        return View(self.catalogue, self, scope, now)

    def candidates(self, asked: Query, view: View, filters: Filters) -> list[Candidate]:
        """What the indexes propose, through whichever process owns them."""
        self._require_match()
        payload = {
            "asked": {"text": asked.text, "focus": asked.focus, "also": asked.also},
            "around": filters_to(Filters(asked.around)),
            "filters": filters_to(filters),
            "scope": view.scope.value,
            "now": view.now.isoformat(),
        }
        while True:
            if (indexes := self._owned()) is not None:
                key = asked, filters, indexes.generation, view.as_of
                return self._proposals.of(key, partial(indexes.candidates, asked, view, filters))
            try:
                found = ask(self.catalogue, "candidates", payload, self._acquire, PATIENCE)
            except OwnerGone:
                continue
            return [Candidate(i, b, w, c, tuple(s), t) for i, b, w, c, s, t in found]

    # Writing

    def seen(self, sha256: str, name: str) -> str | None:
        """The release these bytes already are, or None if they are to be read."""
        return self.catalogue.seen(sha256, name)

    def add(
        self,
        release: Release,
        cut: Sequence[Passage] | None = None,
        *,
        version_of: str | None = None,
        hand: Hand | None = None,
    ) -> Added:
        """Shelve a release with its passages (None: cut here); findable by words at once, vectors follow.

        `version_of` and `hand` are a person's word: which release it is a version of, and
        what is put right in it.
        """
        self._require_match(first=True)
        cut = self._cut(release) if cut is None else cut
        added = self.catalogue.add(release, cut, self._cut, version_of=version_of, hand=hand)
        self._woken.set()
        return added

    def foreseen(self, release: Release) -> Foreseen:
        """What `add` would make of a release; nothing is written."""
        return self.catalogue.foreseen(release)

    def resembling(self, release: Release) -> list[str]:
        """Releases that a new one may be another copy of: the same text, or the same title and day."""
        return self.catalogue.resembling(release)

    def amend(self, id_or_reference: str, hand: Hand) -> str:
        """Put a release right by hand, at every door at once. Gives its id."""
        self._require_match(first=True)
        amended = self.catalogue.amend(id_or_reference, hand, self._cut)
        self._woken.set()
        return amended

    def unamend(self, id_or_reference: str, fields: Collection[str]) -> str:
        """Let the document's own words stand again in these fields. Gives the release's id."""
        self._require_match(first=True)
        restored = self.catalogue.unamend(id_or_reference, fields, self._cut)
        self._woken.set()
        return restored

    def withdraw(self, id_or_reference: str, reason: str, now: datetime) -> str:
        """Withdraw a release: from now on no door shows it. Gives its id."""
        withdrawn = self.catalogue.withdraw(id_or_reference, reason, now)
        self._woken.set()
        return withdrawn

    def pending(self) -> int:
        """How many versions the indexes have still to take in."""
        return self.catalogue.owed("words", "vectors", "forget")

    def flush(self, progress: Progress = lambda done, total: None) -> None:
        """Wait until nothing is owed, whoever owns the indexes."""
        self.keep()
        total = self.pending()
        self._flushing += 1
        try:
            while left := self.pending():
                total = max(total, left)
                progress(total - left, total)
                if self._fault is not None:
                    raise ArchiveError(f"{self.folder}: indexing stopped: {self._fault}") from self._fault
                time.sleep(IDLE)
        finally:
            self._flushing -= 1
        progress(total, total)

    def reindex(self, progress: Progress = lambda done, total: None) -> int:
        """Cut and index every release anew beside the old indexes, then swap; resumable.

        Gives how many releases there are. The owner does it, be it another process, which
        must have been started with the same model and chunking.
        """
        while True:
            if self._acquire():
                return self._rebuild(progress)
            try:
                done = ask(
                    self.catalogue,
                    "reindex",
                    {"made_by": self._made_by},
                    self._acquire,
                    timeout=float("inf"),
                    progress=lambda so_far: progress(*so_far),
                )
            except OwnerGone:
                continue
            return int(done)

    # Keeping the indexes

    @property
    def owner(self) -> bool:
        """Whether this process owns the indexes."""
        return self._lock.is_locked

    def keep(self) -> None:
        """Start taking in what is owed and answering other processes, in the background."""
        if not self._threads:
            for task in (self._clerk, self._indexer):
                thread = threading.Thread(target=task, name=f"archive-{task.__name__}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def _clerk(self) -> None:
        tasks = {
            "candidates": self._answer_candidates,
            "reindex": self._answer_reindex,
        }
        seen = None
        while not self._closing.is_set():
            try:
                # Where nothing was committed since the last look, nobody can have asked.
                number = self.catalogue.committed() if self._acquire() else None
                done = answer(self.catalogue, tasks) if number not in (None, seen) else 0
                seen = number
            except Exception as error:
                self._fault, done, seen = error, 0, None
            if not done:
                self._closing.wait(IDLE)

    def _indexer(self) -> None:
        while not self._closing.is_set():
            done = 0
            try:
                if self._matches() and self.catalogue.last_owed("words", "vectors", "forget") is not None:
                    indexes = self._owned()
                    done = 0 if indexes is None else indexes.take_in_words() + indexes.take_in_vectors()
                self._fault = None
            except Exception as error:
                self._fault = error
                self._closing.wait(1.0)
            if not done:
                self._woken.wait(IDLE)
                self._woken.clear()
            elif not self._flushing and self.catalogue.owed("vectors") < FEW:
                self._closing.wait(PACE)

    def _answer_candidates(self, payload: Any, _progress: Callable[[Any], None]) -> Any:
        indexes = self._owned()
        if indexes is None:
            raise ArchiveError("the indexes changed hands; ask again")
        view = View(self.catalogue, self, Scope(payload["scope"]), datetime.fromisoformat(payload["now"]))
        said, around = payload["asked"], filters_from(payload["around"]).period
        asked = Query(said["text"], said["focus"], tuple(said["also"]), around)
        found = indexes.candidates(asked, view, filters_from(payload["filters"]))
        return [[c.passage_id, c.bm25, c.words, c.cosine, list(c.sentences), c.title] for c in found]

    def _answer_reindex(self, payload: Any, progress: Callable[[Any], None]) -> Any:
        if payload["made_by"] != self._made_by:
            raise ArchiveError(
                f"the process that owns this archive runs with « {self._made_by} », not « {payload['made_by']} »: "
                "stop it, run `porte-parole reindex` with the new settings, then start it again."
            )
        return self._rebuild(lambda done, total: progress([done, total]))

    def _rebuild(self, progress: Progress) -> int:
        new = rebuild(self.catalogue, self.folder, self._made_by, self._make_indexes, self._cut, progress)
        with self._opening:
            old, self._indexes = self._indexes, new
        if old is not None:
            # A search that began on the old indexes may still be reading them.
            threading.Timer(GRACE, old.erase).start()
        else:
            shutil.rmtree(self._folder_of(new.generation - 1), ignore_errors=True)
        return self.catalogue.releases()

    def _make_indexes(self, generation: int) -> Indexes:
        folder = self._folder_of(generation)
        return Indexes(folder, self.catalogue, self._embedder, generation, self._chroma_url)

    def _folder_of(self, generation: int) -> Path:
        return self.folder / f"indexes-{generation}"

    def _owned(self) -> Indexes | None:
        """The open indexes if this process owns them or can; None if another does."""
        if not self._acquire():
            return None
        with self._opening:
            if self._closing.is_set():
                raise ArchiveError(f"{self.folder}: the archive is being closed.")
            if self._indexes is None:
                opened = self._make_indexes(self.catalogue.generation())
                opened.mend()
                self._indexes = opened
            return self._indexes

    def _acquire(self) -> bool:
        if self._lock.is_locked:
            return True
        with self._opening:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                return False
            return True

    def _embedder(self) -> Embedder:
        with self._loading:
            if self._embedding is None:
                self._embedding = self._load_embedder()
            return self._embedding

    @cached_property
    def _made_by(self) -> str:
        return f"{self._model()} / {self._chunking}"

    def _matches(self) -> bool:
        return self.catalogue.meta("made_by") in (None, self._made_by)

    def _require_match(self, first: bool = False) -> None:
        made_by = self.catalogue.meta("made_by")
        if made_by is None:
            if first:
                self.catalogue.set_meta("made_by", self._made_by)
        elif made_by != self._made_by:
            raise ArchiveMismatch(
                f"{self.folder}: its passages and vectors were made by « {made_by} », but the settings say "
                f"« {self._made_by} ». Run `porte-parole reindex` to make them anew, or put the settings back."
            )
