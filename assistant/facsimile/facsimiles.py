"""Pages of documents as pictures, and quoted words on them, for as many readers as ask.

One process draws (a file can hang or bring down the library that reads it: that costs the
process, not the server); what it drew is remembered, up to a bound. Knows nothing about
releases, nor who looks: whoever asks has looked in the catalogue first.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Timer
from typing import Any, BinaryIO, Generic, TypeVar, cast

from assistant.facsimile.pages import PDF, Asked, Marks
from assistant.facsimile.wire import receive, send

SECONDS = 8.0
"""What one page may take."""
REMEMBERED = 48 * 1024 * 1024
"""Bytes of pictures kept in memory."""
WIDTHS = (1100, 2200)
"""Pixels across: to read in the panel, and to look closely."""
DRAWN = frozenset({PDF, "image/png", "image/jpeg", "image/tiff", "image/webp"})
"""Media types that have pages to show."""
_MARKS = 2_000
_LOST = 500
"""Pages that cost the process, which are not tried again."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from assistant.facsimile.cell import main; main()"


Value = TypeVar("Value")


class Undrawable(Exception):
    """A page that cannot be shown, and why: no such page, a damaged file, one that takes too long."""


class Facsimiles:
    """Draws pages; any number of threads may ask, one page is drawn at a time. `path_of` finds a document by digest."""

    def __init__(self, path_of: Callable[[str], Path | None], *, seconds: float = SECONDS) -> None:
        self._path_of = path_of
        self._seconds = seconds
        self._drawing = Lock()
        self._cell: _Cell | None = None
        self._pictures: _Remembered[bytes] = _Remembered(REMEMBERED)
        self._marks: _Remembered[Marks] = _Remembered(_MARKS)
        self._lost: _Remembered[str] = _Remembered(_LOST)

    def holds(self, digest: str, media_type: str) -> bool:
        """Whether there are pages of this document to show."""
        return media_type in DRAWN and self._path_of(digest) is not None

    def picture(self, digest: str, media_type: str, page: int, width: int = WIDTHS[0]) -> bytes:
        """Page `page` (from 1) as a JPEG `width` pixels across. Raises Undrawable."""
        key = (digest, media_type, page, width)
        known = self._pictures.get(key)
        if known is None:
            with self._drawing:
                known = self._pictures.get(key)
                if known is None:
                    _, known = self._asked(digest, media_type, {"page": page, "width": width})
                    self._pictures.keep(key, known, len(known))
        return known

    def marks(self, digest: str, media_type: str, page: int, asked: Asked) -> Marks:
        """Where quoted words stand on page `page` (from 1). Raises Undrawable."""
        key = (digest, media_type, page, asked)
        known = self._marks.get(key)
        if known is None:
            order = {"page": page, "quote": asked.quote, "before": asked.before, "after": asked.after}
            with self._drawing:
                said, _ = self._asked(digest, media_type, order)
            known = _marks(said)
            self._marks.keep(key, known, 1)
        return known

    def close(self) -> None:
        """End the process that draws."""
        with self._drawing:
            self._end()

    def _asked(self, digest: str, media_type: str, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        path = self._path_of(digest)
        if path is None or media_type not in DRAWN:
            raise Undrawable("no document to show")
        page = (digest, order["page"])
        lost = self._lost.get(page)
        if lost is not None:
            raise Undrawable(lost)
        whole = {**order, "path": str(path), "media_type": media_type, "seconds": self._seconds}
        if self._cell is None:
            self._cell = _Cell()
        try:
            said, body = self._cell.ask(whole, self._seconds)
        except (EOFError, OSError, ValueError) as error:
            self._end()
            self._lost.keep(page, "took too long, or broke what draws it", 1)
            raise Undrawable("took too long, or broke what draws it") from error
        except BaseException:
            self._end()
            raise
        if "refused" in said:
            raise Undrawable(str(said["refused"]))
        return said, body

    def _end(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None:
            cell.end()


class _Cell:
    """The process that draws: see `cell.py`."""

    def __init__(self) -> None:
        paths = [path or os.getcwd() for path in sys.path]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, order: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        timer = Timer(seconds, self._kill)
        timer.daemon = True
        timer.start()
        try:
            send(cast("BinaryIO", self._process.stdin), order)
            return receive(cast("BinaryIO", self._process.stdout))
        finally:
            timer.cancel()

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def end(self) -> None:
        self._kill()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast("BinaryIO", stream).close()
        self._process.wait()


class _Remembered(Generic[Value]):
    """Values by key, those used last, as many as weigh `most` together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._lock = Lock()
        self._values: OrderedDict[Any, tuple[Value, int]] = OrderedDict()

    def get(self, key: Any) -> Value | None:
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: Any, value: Value, weight: int) -> None:
        with self._lock:
            if key in self._values:
                self._weight -= self._values.pop(key)[1]
            self._values[key] = (value, weight)
            self._weight += weight
            while self._weight > self._most and len(self._values) > 1:
                self._weight -= self._values.popitem(last=False)[1][1]


def _marks(said: dict[str, Any]) -> Marks:
    """What came back, checked: the process that drew may have been taken over by its file."""
    try:
        boxes = tuple(tuple(min(1.0, max(0.0, float(side))) for side in box) for box in said["boxes"])
        if any(len(box) != 4 for box in boxes):
            raise ValueError("a box has four sides")
        return Marks(
            pages=int(said["pages"]),
            ratio=min(20.0, max(0.05, float(said["ratio"]))),
            scanned=bool(said["scanned"]),
            share=float(said["share"]),
            boxes=cast("tuple[tuple[float, float, float, float], ...]", boxes),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Undrawable(f"no marks ({error})") from error
