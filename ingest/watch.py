"""Keeping an archive current: folders as they change, web addresses from time to time.

The system's word that something has changed only wakes it; what has, the disk says. So a
lost event costs a minute, never a document. Does not read documents: `take` does. A
vanished file withdraws nothing.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readers.page import is_address

POLLING = 15 * 60.0
"""Seconds between two looks at a web address."""
SETTLING = 2.0
"""Seconds a file must stay as it is before it is taken for whole."""
RESCANNING = 60.0
"""Seconds between two looks at the folders that nothing asked for."""
_HEARTBEAT = 500
"""Milliseconds between two looks at the clock."""
_AT_REST = 10
"""How much longer than a look at the folders the pause after it is, at least."""
_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".lock", "~")


@dataclass(frozen=True, slots=True)
class _State:
    """A file as the disk shows it: enough to tell whether it changed, or only moved."""

    size: int
    changed: int
    identity: tuple[int, int]


@dataclass(slots=True)
class _Folders:
    """What is under the watched paths, and what is still being written there."""

    roots: tuple[Path, ...]
    settling: float
    known: dict[Path, _State] = field(default_factory=dict)
    pending: dict[Path, tuple[_State | None, float]] = field(default_factory=dict)

    def look(self, now: float) -> None:
        """Note what differs from what was taken in last."""
        present = dict(_files(self.roots))
        for path in {*present, *self.known}:
            self._note(path, present.get(path), now)

    def _note(self, path: Path, state: _State | None, now: float) -> None:
        if state == self.known.get(path):
            self.pending.pop(path, None)
        elif path not in self.pending or self.pending[path][0] != state:
            self.pending[path] = (state, now)

    def settled(self, now: float) -> tuple[list[Path], list[Path], list[tuple[Path, Path]]]:
        """The files that are whole, those that have vanished, and those that only moved; each is told once."""
        for path in list(self.pending):
            self._note(path, _state(path), now)
        due = {path: state for path, (state, since) in self.pending.items() if now - since >= self.settling}
        gone = {path: self.known[path] for path, state in due.items() if state is None}
        come = [path for path, state in due.items() if state is not None]
        moved = []
        for path in come:
            origin = next((old for old, state in gone.items() if state == due[path]), None)
            if origin is not None:
                del gone[origin]
                moved.append((origin, path))
        for path, state in due.items():
            del self.pending[path]
            if state is None:
                del self.known[path]
            else:
                self.known[path] = state
        return sorted(come), sorted(gone), sorted(moved)


def watch(
    paths: Sequence[str],
    take: Callable[[list[str]], None],
    tell: Callable[[str], None],
    *,
    stop: threading.Event,
    interval: float = POLLING,
    settling: float = SETTLING,
    rescanning: float = RESCANNING,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Take `paths` (files, folders, web addresses) in, then whatever changes, until `stop` is set.

    `take` takes paths and addresses in and reports on each; `tell` is told what it cannot
    know: that a file has vanished, or moved. A file is taken in once it has stayed as it
    is for `settling` seconds. An address is taken in every `interval` seconds.
    """
    addresses = [path for path in paths if is_address(path)]
    roots = tuple(Path(os.path.abspath(path)) for path in paths if not is_address(path))
    folders = _Folders(roots, settling, dict(_files(roots)))
    present = [path for path in paths if is_address(path) or not Path(path).is_dir() or any(_files((Path(path),)))]
    if present:
        take(present)
    tell(f"à jour ; sous surveillance : {', '.join(paths)}")
    polled = looked = clock()
    due, pause = True, 0.0
    for woken in _wakings(roots, stop):
        now = clock()
        due = due or woken or now - looked >= rescanning
        if due and now - looked >= pause:
            folders.look(now)
            due, looked = False, clock()
            pause = max(settling / 2, _AT_REST * (looked - now))
        come, gone, moved = folders.settled(clock())
        for words in [*_movings(moved), *_losses(gone, roots)]:
            tell(words)
        if come:
            take([str(path) for path in come])
        if addresses and clock() - polled >= interval:
            take(addresses)
            polled = clock()


def _movings(moved: list[tuple[Path, Path]]) -> Iterator[str]:
    for origin, path in moved:
        yield f"déplacé : {origin} → {path}"


def _losses(gone: list[Path], roots: tuple[Path, ...]) -> Iterator[str]:
    """A line for each file; one alone where the whole folder is gone."""
    for root in roots:
        lost = [path for path in gone if root in path.parents]
        if lost and not root.exists():
            yield f"disparu : {root} ({len(lost)} fichiers) ; leurs communiqués restent aux archives"
            gone = [path for path in gone if path not in lost]
    for path in gone:
        yield f"disparu : {path} ; le communiqué reste aux archives"


def _wakings(roots: tuple[Path, ...], stop: threading.Event) -> Iterator[bool]:
    """Whether something changed under `roots`, several times a second, until `stop` is set.

    A root that is not there now, or vanishes, is watched once it is there again.
    """
    from watchfiles import watch as changes

    while not stop.is_set():
        present = [root for root in roots if root.exists()]
        if not present:
            yield bool(roots)
            stop.wait(_HEARTBEAT / 1000)
            continue
        first = True
        try:
            for changed in changes(
                *present,
                watch_filter=None,
                stop_event=stop,
                rust_timeout=_HEARTBEAT,
                yield_on_timeout=True,
                debounce=200,
                raise_interrupt=True,
                ignore_permission_denied=True,
            ):
                yield bool(changed) or first
                first = False
                if [root for root in roots if root.exists()] != present:
                    break
        except (OSError, RuntimeError):
            yield True
            stop.wait(_HEARTBEAT / 1000)


def _files(roots: tuple[Path, ...]) -> Iterator[tuple[Path, _State]]:
    for root in roots:
        if root.is_dir():
            for folder, inside, names in os.walk(root):
                inside[:] = [name for name in inside if not name.startswith(".")]
                for name in names:
                    state = _state(Path(folder, name))
                    if state is not None:
                        yield Path(folder, name), state
        else:
            state = _state(root)
            if state is not None:
                yield root, state


def _state(path: Path) -> _State | None:
    """A file's state; None for what is no document: hidden, unfinished by its name, gone, no file."""
    if path.name.startswith((".", "~$")) or path.name.casefold().endswith(_UNFINISHED):
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return _State(found.st_size, found.st_mtime_ns, (found.st_dev, found.st_ino)) if path.is_file() else None
