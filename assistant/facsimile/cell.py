"""The process in which documents nobody has vouched for are drawn.

Started and ended by `facsimiles.py`: takes one order after the other from its standard
input, within the memory and processor time it is given, and ends with it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import OrderedDict
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.facsimile import pages
from assistant.facsimile.wire import receive, send

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MEMORY = 1536 * 1024 * 1024
OPEN = 4
"""Documents held open, for whoever turns their pages."""
_SPARE_SECONDS = 5


def main() -> None:
    """Draws until standard input ends."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_AS", MEMORY)
    held = _Held()
    while True:
        try:
            order, _ = receive(orders)
        except EOFError:
            return
        _limit("RLIMIT_CPU", int(sum(os.times()[:2]) + float(order["seconds"])) + _SPARE_SECONDS)
        try:
            head, body = _done(order, held)
        except IndexError:
            head, body = {"refused": "no such page"}, b""
        except (Exception, MemoryError) as error:
            held.let_go()
            head, body = {"refused": f"{type(error).__name__}: {error}"[:300]}, b""
        send(answers, head, body)


class _Held:
    """The documents used last, open."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, PdfDocument] = OrderedDict()

    def pdf(self, path: str) -> PdfDocument:
        import pypdfium2

        if path not in self._open:
            while len(self._open) >= OPEN:
                self._open.popitem(last=False)[1].close()
            self._open[path] = pypdfium2.PdfDocument(Path(path))
        self._open.move_to_end(path)
        return self._open[path]

    def let_go(self) -> None:
        """Close all: one of them may be what broke."""
        while self._open:
            with contextlib.suppress(Exception):
                self._open.popitem()[1].close()


def _done(order: dict[str, Any], held: _Held) -> tuple[dict[str, Any], bytes]:
    path, number = str(order["path"]), int(order["page"])
    drawn = "width" in order
    if order["media_type"] != pages.PDF:
        data = Path(path).read_bytes()
        return ({}, pages.photograph(data, number, int(order["width"]))) if drawn else (
            asdict(pages.photographed(data, number)), b""
        )  # fmt: skip
    if drawn:
        return {}, pages.picture(held.pdf(path), number, int(order["width"]))
    asked = pages.Asked(order["quote"], order["before"], order["after"])
    return asdict(pages.marks(held.pdf(path), number, asked)), b""


def _limit(what: str, most: int) -> None:
    """A limit, where the platform has such limits."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        limit = getattr(resource, what)
        resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
