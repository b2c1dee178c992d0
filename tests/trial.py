"""Readers that misbehave, for the tests of the process readers are confined to."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

from ingest.document import Document
from store.records import UnreadableDocument


def read_trial(data: bytes, name: str, more_time: Callable[[float], None]) -> Document:
    """Does what its document says."""
    match data.split():
        case [b"hang"]:
            while True:
                pass
        case [b"crash"]:
            ctypes.string_at(0)
        case [b"exit"]:
            os._exit(3)
        case [b"fill"]:
            return Document("a" * (4 << 30), name, "text/plain", "")
        case [b"raise"]:
            raise LookupError("no such page")
        case [b"refuse"]:
            raise UnreadableDocument(name, "not to be read")
        case [b"babble"]:
            os.write(1, b"on standard output")
            print("loudly", file=sys.stdout)
        case [b"beg", asked]:
            more_time(float(asked))
            while True:
                pass
        case [b"wait", asked]:
            more_time(float(asked))
    return Document(str(os.getpid()), name, "text/plain", "")
