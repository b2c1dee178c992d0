"""Exports: JSON Lines, one release a line.

The text stays character for character what the export says, so that offsets computed
elsewhere hold; a contact is appended after it. Never mends.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

from ingest.document import EXPORT, Document, Hints
from ingest.readers import fields
from store.dates import parse_day
from store.records import UnreadableDocument

LONGEST_LINE = 32 * 1024 * 1024
CONTACT_GAP = "\n\n"


def read_export(file: Path | IO[bytes], name: str) -> Iterator[Document | UnreadableDocument]:
    """Each line as a Document, or as the UnreadableDocument that says which field is wrong.

    A line that cannot be read (`name line 17`) leaves the others be; a damaged gzip file
    gives what came before the damage, then an UnreadableDocument for the file.
    """
    if isinstance(file, Path):
        with file.open("rb") as stream:
            yield from read_export(stream, name)
        return
    taken: dict[str, int] = {}
    found = False
    try:
        with _unpacked(file) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(LONGEST_LINE), b""), start=1):
                if not line.strip():
                    continue
                found = True
                try:
                    yield _record(line.strip(), name, number, taken)
                except UnreadableDocument as unreadable:
                    yield unreadable
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield UnreadableDocument(name, f"damaged gzip file ({error}); the lines before the damage were read")
        return
    if not found:
        yield UnreadableDocument(name, "empty: no record in it")


def count_records(path: Path) -> int:
    """How many lines an export has; 0 where it cannot be opened."""
    try:
        with path.open("rb") as stream, _unpacked(stream) as lines:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(1 << 20), b""))
    except (OSError, EOFError, zlib.error):
        return 0


@contextmanager
def _unpacked(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The lines of an open file, unpacked where its first bytes are gzip's."""
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    if packed:
        with gzip.open(stream, "rb") as lines:
            yield cast("IO[bytes]", lines)
    else:
        yield stream


def _record(line: bytes, name: str, number: int, taken: dict[str, int]) -> Document:
    where = f"{name} line {number}"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(where, f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise UnreadableDocument(where, "not a JSON object; one release a line is expected")
    fields_of = _Fields(record, where)
    body = fields_of.text("text", required=True)
    hints = Hints(
        title=fields_of.text("title"),
        published=fields_of.day("date"),
        issuer=fields_of.text("issuer"),
        url=fields_of.text("url"),
        reference=fields_of.text("id"),
        language=fields.language(fields_of.text("lang") or ""),
        contact=fields_of.text("contact"),
        place=fields_of.text("city"),
        embargo=fields_of.moment("embargo"),
    )
    assert body is not None
    text = body + CONTACT_GAP + hints.contact if hints.contact else body
    digest = sha256(line).hexdigest()
    return Document(text, _name(name, hints, taken, digest), EXPORT, digest, hints=hints)


def _name(name: str, hints: Hints, taken: dict[str, int], digest: str) -> str:
    """`path#record`, by what stays when lines move: id, address, else title and date, else the bytes."""
    titled = f"{hints.title}|{hints.published or ''}" if hints.title else digest[:12]
    key = hints.reference or hints.url or titled
    taken[key] = taken.get(key, 0) + 1
    return f"{name}#{key}" if taken[key] == 1 or hints.reference or hints.url else f"{name}#{key}|{taken[key]}"


class _Fields:
    """One record's fields, each read with its type or refused by name."""

    def __init__(self, record: dict[str, Any], where: str) -> None:
        self._record = record
        self._where = where

    def text(self, field: str, *, required: bool = False) -> str | None:
        value = self._record.get(field)
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None or value == "":
            if required:
                raise self._wrong(field, "missing" if field not in self._record else "empty")
            return None
        if not isinstance(value, str):
            raise self._wrong(field, f"should be a string, is {type(value).__name__}")
        if not value.strip():
            if required:
                raise self._wrong(field, "empty")
            return None
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise self._wrong(field, "holds half a character (a lone surrogate)") from None
        return value

    def day(self, field: str) -> date | None:
        value = self.text(field)
        try:
            return parse_day(value) if value else None
        except ValueError as error:
            raise self._wrong(field, str(error)) from error

    def moment(self, field: str) -> datetime | None:
        value = self.text(field)
        try:
            return fields.moment(value) if value else None
        except ValueError as error:
            raise self._wrong(field, str(error)) from error

    def _wrong(self, field: str, reason: str) -> UnreadableDocument:
        return UnreadableDocument(self._where, f"field « {field} »: {reason}")
