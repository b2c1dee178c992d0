"""Ingestion: read → parse → cut → add, one report line per document.

A broken document is named and the others go on. Does not know how an archive shelves, nor
what tells a new release from a correction: the archive says.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Protocol

from ingest import readers
from ingest.document import Document
from ingest.parser.communique import parse
from ingest.passages import cut
from ingest.progress import Bar
from ingest.readers.page import is_address
from ingest.readers.site import Known, Round
from ingest.readers.visitor import Visitor
from ingest.visits import Visits
from store.records import ArchiveError, Passage, Release, UnreadableDocument

Cut = Callable[[Release], Sequence[Passage]]

LONGEST = 1_000_000
"""Characters a release may have: its parser takes some ten seconds for so many."""

TOO_LARGE = "document trop volumineux pour être conservé : seul son texte l'est"

_OUTCOMES = ("added", "corrected", "unchanged", "unreadable")


class Added(Protocol):
    """What the archive made of a release."""

    @property
    def release_id(self) -> str: ...
    @property
    def outcome(self) -> Any: ...


class Originals(Protocol):
    """What ingestion needs of the place where documents are kept as they came."""

    def holds(self, digest: str) -> bool: ...
    def keep(self, digest: str, data: bytes) -> bool: ...


class Shelf(Protocol):
    """What ingestion needs of an archive."""

    def seen(self, sha256: str, name: str) -> str | None: ...
    def add(self, release: Release, cut: Sequence[Passage]) -> Added: ...
    def withdraw(self, id_or_reference: str, reason: str, now: datetime) -> str: ...
    def flush(self, progress: Callable[[int, int], None]) -> None: ...


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one document: added, corrected, unchanged, or unreadable and why.

    `withdrawn` is the reason for which its source has taken it back.
    """

    outcome: str
    name: str
    release_id: str | None = None
    reason: str | None = None
    doubts: tuple[str, ...] = ()
    withdrawn: str | None = None

    def __str__(self) -> str:
        if self.reason is not None:
            return f"{self.outcome} {self.name}: {self.reason}"
        withdrawn = f" [withdrawn: {self.withdrawn}]" if self.withdrawn else ""
        doubts = f" (? {' ; '.join(self.doubts)})" if self.doubts else ""
        return f"{self.outcome} {self.release_id} ← {self.name}{withdrawn}{doubts}"


@dataclass(slots=True)
class Outcome:
    """How many documents ended how, and the lines of those that could not be read."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_OUTCOMES, 0))
    unreadable: list[Line] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.unreadable)

    def document(self) -> dict[str, Any]:
        """The JSON document of `ingest --json`."""
        errors = [{"name": line.name, "reason": line.reason} for line in self.unreadable]
        return {**self.counts, "errors": errors}


def ingest(
    paths: Iterable[str | Path],
    archive: Shelf,
    count_tokens: Callable[[str], int],
    now: datetime,
    report: Callable[[Line], None],
    *,
    max_tokens: int = 512,
    private_addresses: bool = False,
    visits: Visits | None = None,
    originals: Originals | None = None,
    sleep: Callable[[float], None] = time.sleep,
    bar: Callable[[str], Bar] = Bar,
) -> Outcome:
    """Take files, folders (walked in sorted order, hidden files skipped), pages, feeds and sitemaps in.

    Killed at any moment and run again it goes on where it stopped: what was added is
    unchanged. Returns once everything is indexed. Errors of the archive itself are raised.
    `max_tokens` is what the encoder reads at most; `visits` remembers pages from one run to
    the next, `originals` keeps the documents as they came, and `sleep` keeps the distance
    between two requests to one host.
    """
    outcome = Outcome()
    total = 0

    def passages_of(release: Release) -> tuple[Passage, ...]:
        return cut(release, count_tokens, max_tokens)

    def tell(line: Line) -> None:
        outcome.counts[line.outcome] += 1
        if line.outcome == "unreadable":
            outcome.unreadable.append(line)
        report(line)

    files: list[tuple[Path, str] | str] = []
    for path in paths:
        try:
            files.extend([str(path)] if is_address(str(path)) else _files(Path(path)))
        except UnreadableDocument as unreadable:
            tell(_unreadable(unreadable))

    def expect(pages: int) -> None:
        nonlocal total
        total += pages - 1

    visitor = Visitor(private_addresses=private_addresses, sleep=sleep)
    web = Round(visitor, archive.seen, now, visits, expect)
    total = sum(1 if isinstance(file, str) else readers.count(file[0]) for file in files)
    with bar("documents") as progress:
        for file in files:
            for line in _ingest(file, archive, passages_of, now, web, originals):
                progress.out_of_the_way(lambda line=line: tell(line))  # type: ignore[misc]
                progress.advance(total)
    with bar("passages") as progress:
        archive.flush(progress.reach)
    return outcome


def _files(path: Path) -> list[tuple[Path, str]]:
    """The documents under `path`, with their names: absolute paths, so that they identify."""
    name = _named(path)
    if path.is_file():
        return [(path, name)]
    if not path.is_dir():
        raise UnreadableDocument(str(path), "no such file or folder")
    found = sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not any(readers.is_readable(file) for file in found):
        known = " ".join(readers.suffixes())
        raise UnreadableDocument(str(path), f"a folder without a readable file; formats read: {known}")
    return [(file, _named(file)) for file in found]


def _named(path: Path) -> str:
    """An absolute path as the archive can keep it, also where its bytes are no UTF-8."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")


def _ingest(
    file: tuple[Path, str] | str,
    archive: Shelf,
    passages_of: Cut,
    now: datetime,
    web: Round,
    originals: Originals | None,
) -> Iterator[Line]:
    """The lines of one file; whatever breaks in a document is named and stays with it."""
    name = file if isinstance(file, str) else file[1]
    documents = web.read(file) if isinstance(file, str) else _documents(*file, archive, originals)
    while True:
        try:
            document = next(documents, None)
        except ArchiveError:
            raise
        except Exception as error:
            yield _broken(name, error)
            return
        if document is None:
            return
        if isinstance(document, Known):
            yield Line("unchanged", document.name, document.release_id)
        else:
            try:
                yield _shelve(document, archive, passages_of, now, originals)
            except UnicodeError as error:
                yield _broken(document.name, error)


def _documents(
    path: Path, name: str, archive: Shelf, originals: Originals | None
) -> Iterator[Document | UnreadableDocument | Known]:
    """A file's documents; bytes that are on the shelf already are not read again, but kept where they were not."""
    if not readers.is_collection(path) and readers.is_readable(path):
        digest = _digest(path)
        known = archive.seen(digest, name) if digest else None
        if known is not None:
            if originals is not None and digest and not originals.holds(digest):
                originals.keep(digest, path.read_bytes())
            yield Known(name, known)
            return
    yield from readers.read(path, name)


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return file_digest(stream, sha256).hexdigest()
    except OSError:
        return None


def _shelve(
    document: Document | UnreadableDocument,
    archive: Shelf,
    passages_of: Cut,
    now: datetime,
    originals: Originals | None,
) -> Line:
    if isinstance(document, UnreadableDocument):
        return _unreadable(document)
    known = archive.seen(document.sha256, document.name)
    if known is not None:
        _kept(document, originals)
        return _taken_back(Line("unchanged", document.name, known), document, archive, now)
    if len(document.text) > LONGEST:
        reason = f"{len(document.text)} characters, more than a release has (at most {LONGEST}); split it"
        return Line("unreadable", document.name, reason=reason)
    try:
        release = parse(document, now)
        passages = passages_of(release)
    except Exception as error:
        return _broken(document.name, error)
    # Before it is shelved: a crash in between leaves bytes nobody asks for, never a release that lost its own.
    if not _kept(document, originals):
        release = replace(release, doubts=(*release.doubts, TOO_LARGE))
    added = archive.add(release, passages)
    line = Line(str(added.outcome), document.name, added.release_id, doubts=release.doubts)
    return _taken_back(line, document, archive, now)


def _kept(document: Document, originals: Originals | None) -> bool:
    """Keep the bytes a document came in, where there are any; False where they are too many."""
    if originals is None or document.original is None or originals.holds(document.sha256):
        return True
    return originals.keep(document.sha256, document.original)


def _taken_back(line: Line, document: Document, archive: Shelf, now: datetime) -> Line:
    """The line of a release whose source has taken it back: it is withdrawn, also where it was known before."""
    if document.hints.revoked is None or line.release_id is None:
        return line
    archive.withdraw(line.release_id, document.hints.revoked, now)
    return replace(line, withdrawn=document.hints.revoked)


def _unreadable(unreadable: UnreadableDocument) -> Line:
    return Line("unreadable", unreadable.name, reason=unreadable.reason)


def _broken(name: str, error: Exception) -> Line:
    """A defect of ours or of a library's, told as such."""
    return Line("unreadable", name, reason=f"could not be read ({type(error).__name__}: {error}); please report it")
