"""The process in which a reader works on a document nobody has vouched for.

Started and ended by `confined.py`: takes one document after the other from its standard
input, within the memory and processor time it is told, and ends with it. Does not know
who asks, nor why.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, cast

from ingest.document import Document
from ingest.readers.wire import Kind, receive, send, written
from store.records import UnreadableDocument

MoreTime = Callable[[float], None]
"""Asks for that many further seconds from now: a reader calls it before each long step."""

TABLE = {
    "pdf": "ingest.readers.pdf_file:read_pdf_here",
    "picture": "ingest.readers.picture_file:read_picture_here",
    "plain": "ingest.readers.plain:read_plain",
    "markdown": "ingest.readers.markdown:read_markdown",
    "web": "ingest.readers.web_page:read_web_here",
    "letter": "ingest.readers.web_page:read_letter_here",
    "docx": "ingest.readers.docx:read_docx_here",
    "odt": "ingest.readers.odt:read_odt_here",
    "rtf": "ingest.readers.rtf:read_rtf_here",
}
"""What a reader is called → the function that reads here, `(bytes, name) -> Document`."""

PATIENT = {"pdf", "picture"}
"""Those that also take a MoreTime, for pages that go through OCR."""

_SPARE_SECONDS = 5


def main() -> None:
    """Reads documents until standard input ends."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit("RLIMIT_CORE", 0)
    while True:
        try:
            _, head = receive(orders)
            _, data = receive(orders)
        except EOFError:
            return
        order = json.loads(head)
        _limit("RLIMIT_AS", int(order["memory"]))
        _limit_processor(float(order["seconds"]))
        kind, body = _answer(order["reader"], data, order["name"], answers)
        del data
        send(answers, kind, body)


def _answer(reader: str, data: bytes, name: str, answers: BinaryIO) -> tuple[Kind, bytes]:
    try:
        return Kind.DOCUMENT, written(_read(reader, data, name, answers))
    except UnreadableDocument as unreadable:
        return Kind.UNREADABLE, unreadable.reason.encode(errors="replace")
    except MemoryError:
        return Kind.MEMORY, b""
    except Exception as error:
        return Kind.BROKEN, f"{type(error).__name__}: {error}".encode(errors="replace")


def _read(reader: str, data: bytes, name: str, answers: BinaryIO) -> Document:
    module, function = TABLE[reader].split(":")
    read = getattr(importlib.import_module(module), function)

    def more_time(seconds: float) -> None:
        _limit_processor(seconds)
        send(answers, Kind.MORE_TIME, json.dumps(seconds).encode())

    return cast("Document", read(data, name, more_time) if reader in PATIENT else read(data, name))


def _limit(what: str, most: int) -> None:
    """A limit, where the platform has such limits."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        limit = getattr(resource, what)
        resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))


def _limit_processor(seconds: float) -> None:
    """Seconds of processor time from now on: ends a reader that hangs when its parent is gone."""
    _limit("RLIMIT_CPU", int(sum(os.times()[:2]) + seconds) + _SPARE_SECONDS)
