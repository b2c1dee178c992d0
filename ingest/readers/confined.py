"""Readers in a process of their own, with a limit of time and memory.

A malformed file can hang or bring down the library that reads it; here that costs the
process it is read in, and the file is named. A process is started at the first document,
kept for the next, and replaced when it had to be ended. Does not know any format.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from threading import Lock, Timer
from time import monotonic
from typing import BinaryIO, cast

from ingest.document import Document
from ingest.readers.wire import Kind, read, receive, send
from store.records import UnreadableDocument

SECONDS = 20.0
MEMORY = 1 << 30
PATIENCE = 900.0
"""Seconds in all for a reader that asks for more time, however often it asks."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from ingest.readers.cell import main; main()"
_LONGEST_REASON = 500

_idle: list[_Cell] = []
_lock = Lock()


def confined(reader: str, data: bytes, name: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> Document:
    """What the reader of that name (`cell.TABLE`) makes of `data`, in at most `seconds` and `memory` bytes.

    Raises UnreadableDocument: the reader's own, or that it took too long, needed too much
    memory, or broke down. Any number of threads may call.
    """
    cell = _taken()
    try:
        return _asked(cell, reader, data, name, seconds, memory)
    except _Lost:
        if cell.served == 0:
            raise
    # What earlier documents left behind in the process may have been the cause.
    return _asked(_Cell(), reader, data, name, seconds, memory)


def end_idle() -> None:
    """Ends the processes that wait for a document."""
    with _lock:
        cells, _idle[:] = _idle[:], []
    for cell in cells:
        cell.end()


class _Lost(UnreadableDocument):
    """The document cost the process it was read in."""


class _Cell:
    """One process that reads: see `cell.py`."""

    def __init__(self) -> None:
        paths = [path or os.getcwd() for path in sys.path]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.parent = os.getpid()
        self.served = 0

    def ask(self, reader: str, data: bytes, name: str, seconds: float, memory: int) -> tuple[Kind, bytes]:
        """The child's last word. Raises EOFError or OSError where it died, ValueError for babble, UnreadableDocument
        where time was up."""
        order = {"reader": reader, "name": name, "seconds": seconds, "memory": memory}
        orders, answers = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        started, timer = monotonic(), self._ends_in(seconds)
        try:
            send(orders, Kind.ORDER, json.dumps(order).encode())
            send(orders, Kind.BYTES, data)
            while (answer := receive(answers))[0] is Kind.MORE_TIME:
                timer.cancel()
                seconds = max(0.0, min(float(answer[1]), started + PATIENCE - monotonic()))
                timer = self._ends_in(seconds)
            self.served += 1
            return answer
        except (EOFError, OSError) as error:
            if timer.finished.is_set():
                raise UnreadableDocument(name, f"took longer than {monotonic() - started:.0f} s to read") from error
            raise
        finally:
            timer.cancel()

    def _ends_in(self, seconds: float) -> Timer:
        timer = Timer(seconds, self._kill)
        timer.daemon = True
        timer.start()
        return timer

    def _kill(self) -> None:
        """Ends the child and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def end(self) -> None:
        """Ends the process; for one that belongs to the process we were forked from, only our side of it."""
        ours = self.parent == os.getpid()
        if ours:
            self._kill()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast("BinaryIO", stream).close()
        if ours:
            self._process.wait()

    def died_of(self) -> str:
        """Why the process ended by itself, in words."""
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it closed its mouth"
        if code >= 0:
            return f"exit code {code}"
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"


def _taken() -> _Cell:
    """An idle process of ours, or a new one; a fork's child leaves those of its parent alone."""
    with _lock:
        while _idle:
            cell = _idle.pop()
            if cell.parent == os.getpid():
                return cell
    return _Cell()


def _kept(cell: _Cell) -> None:
    """One process stays for the next document; those that many threads needed at once do not."""
    with _lock:
        if not _idle:
            atexit.register(end_idle)
            _idle.append(cell)
            return
    cell.end()


def _asked(cell: _Cell, reader: str, data: bytes, name: str, seconds: float, memory: int) -> Document:
    try:
        kind, body = cell.ask(reader, data, name, seconds, memory)
    except (EOFError, OSError, ValueError) as error:
        said = cell.died_of() if isinstance(error, (EOFError, OSError)) else str(error)
        cell.end()
        raise _Lost(name, _broken(said)) from error
    except BaseException:
        cell.end()
        raise
    if kind is Kind.MEMORY:
        cell.end()
        raise _Lost(name, f"needed more than {memory / (1 << 30):.3g} GB of memory to read")
    _kept(cell)
    if kind is Kind.DOCUMENT:
        try:
            return replace(read(body), name=name)
        except ValueError as error:
            raise UnreadableDocument(name, _broken(str(error))) from error
    reason = body.decode(errors="replace")[:_LONGEST_REASON]
    raise UnreadableDocument(name, reason if kind is Kind.UNREADABLE else _broken(reason))


def _broken(why: str) -> str:
    return f"the reader broke down on it ({why}); please report it"
