"""Exports: JSON Lines, one release a line, and JSON, an array of them.

The text stays character for character what the export says. Never mends.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from ingest.document import Document
from ingest.readers.collection import LARGEST_MEMBER
from ingest.readers.record import CONTACT_GAP as CONTACT_GAP
from ingest.readers.record import Record, documents_of
from store.records import UnreadableDocument

LONGEST_LINE = 32 * 1024 * 1024
HIGHEST_RATIO = 200
MOST_MARKS = 8_000_000
_SMALL = 1024 * 1024
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)


def read_export(file: Path | IO[bytes], name: str) -> Iterator[Document | UnreadableDocument]:
    """Each line as a Document, or as the UnreadableDocument that says which field is wrong.

    A line that cannot be read (`name line 17`) leaves the others be; a damaged gzip file
    gives what came before the damage, then an UnreadableDocument for the file. Of lines
    with one id the last counts.
    """
    if isinstance(file, Path):
        with file.open("rb") as stream:
            yield from read_export(stream, name)
        return
    keys: Counter[str] = Counter()
    for record in _lines(file, name):
        if isinstance(record, Record) and record.key is not None:
            keys[record.key] += 1
    file.seek(0)
    yield from documents_of(_lines(file, name), name, keys)


def read_array(stream: IO[bytes], name: str) -> Iterator[Document | UnreadableDocument]:
    """The records of a JSON file: an array of them, or one."""
    data = stream.read(LARGEST_MEMBER + 1)
    if len(data) > LARGEST_MEMBER:
        raise UnreadableDocument(name, f"larger than {LARGEST_MEMBER >> 20} MB; write one record a line, as .jsonl")
    if sum(data.count(mark) for mark in (b"{", b"[", b'"')) > MOST_MARKS:
        raise UnreadableDocument(name, "too many values for one file; write one record a line, as .jsonl")
    try:
        found = json.loads(data)
        records = [
            _record(facts, f"{name} record {number}", json.dumps(facts, sort_keys=True).encode())
            for number, facts in enumerate(found if isinstance(found, list) else [found], start=1)
        ]
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(name, f"not JSON: {error}") from error
    if not records:
        raise UnreadableDocument(name, "empty: no record in it")
    keys = Counter(record.key for record in records if isinstance(record, Record) and record.key is not None)
    yield from documents_of(records, name, keys)


def count_records(path: Path) -> int:
    """How many lines an export has; 0 where it cannot be opened."""
    try:
        with path.open("rb") as stream, unpacked(stream) as lines:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(1 << 20), b""))
    except (OSError, EOFError, zlib.error):
        return 0


@contextmanager
def unpacked(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The lines of an open file, unpacked where its first bytes are gzip's."""
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    if packed:
        with gzip.open(stream, "rb") as lines:
            yield cast("IO[bytes]", _Bounded(cast("IO[bytes]", lines), stream))
    else:
        yield stream


class _Bounded:
    """What is unpacked from `packed`: no more than HIGHEST_RATIO times what was read of it."""

    def __init__(self, lines: IO[bytes], packed: IO[bytes]) -> None:
        self._lines, self._packed = lines, packed
        self._size = 0

    def read(self, size: int) -> bytes:
        return self._counted(self._lines.read(size))

    def readline(self, size: int) -> bytes:
        return self._counted(self._lines.readline(size))

    def _counted(self, data: bytes) -> bytes:
        self._size += len(data)
        if self._size > max(_SMALL, HIGHEST_RATIO * self._packed.tell()):
            raise gzip.BadGzipFile(f"unpacks to more than {HIGHEST_RATIO} times its size")
        return data


def _lines(stream: IO[bytes], name: str) -> Iterator[Record | UnreadableDocument]:
    found = False
    try:
        with unpacked(stream) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE), b""), start=1):
                if line.strip():
                    found = True
                    yield _line(line.strip(), f"{name} line {number}")
    except DAMAGE as error:
        yield UnreadableDocument(name, f"damaged gzip file ({error}); the lines before the damage were read")
        return
    if not found:
        yield UnreadableDocument(name, "empty: no record in it")


def _line(line: bytes, where: str) -> Record | UnreadableDocument:
    try:
        facts = json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadableDocument(where, f"not JSON: {error}")
    return _record(facts, where, line)


def _record(facts: object, where: str, data: bytes) -> Record | UnreadableDocument:
    if not isinstance(facts, dict):
        return UnreadableDocument(where, "not a JSON object; one release a line is expected")
    return Record(facts, where, sha256(data).hexdigest(), original=data)
