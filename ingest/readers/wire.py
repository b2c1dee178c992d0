"""How a document crosses from the process that read it: frames of a kind, a length and bytes; JSON, never pickle.

What comes back is checked field by field, so that a reader taken over by its file can
hand over a wrong text at worst. Knows neither processes nor formats.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any, BinaryIO

from ingest.document import Document, Hints
from store.records import Link, OriginKind, Span

LARGEST = 512 * 1024 * 1024
"""Bytes in one frame."""


class Kind(Enum):
    """What a frame says. The parent sends ORDER, then BYTES; the child answers with one of the others."""

    ORDER = b"O"
    BYTES = b"B"
    DOCUMENT = b"D"
    UNREADABLE = b"U"
    BROKEN = b"X"
    MEMORY = b"M"
    MORE_TIME = b"T"


def send(stream: BinaryIO, kind: Kind, body: bytes) -> None:
    """One frame. Raises OSError where nobody reads any more."""
    stream.write(kind.value + len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Kind, bytes]:
    """The next frame. Raises EOFError at the end, ValueError for what is no frame."""
    head = _exactly(stream, 9)
    length = int.from_bytes(head[1:], "big")
    if length > LARGEST:
        raise ValueError(f"a frame of {length} bytes")
    return Kind(head[:1]), _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def written(document: Document) -> bytes:
    """A document as JSON."""
    body = {
        "text": document.text,
        "name": document.name,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "pages": [[span.start, span.end] for span in document.pages],
        "hints": _hints_written(document.hints),
        "doubts": document.doubts,
        "guesses": _hints_written(document.guesses),
        "links": [[link.span.start, link.span.end, link.url] for link in document.links],
    }
    return json.dumps(body).encode()


def read(body: bytes) -> Document:
    """The document of that JSON. Raises ValueError for anything else."""
    try:
        found = json.loads(body)
        text = _text(found["text"])
        return Document(
            text,
            _text(found["name"]),
            _text(found["media_type"]),
            _text(found["sha256"]),
            pages=tuple(_span(start, end, text) for start, end in found["pages"]),
            hints=_hints_read(found["hints"]),
            doubts=tuple(_text(doubt) for doubt in found["doubts"]),
            guesses=_hints_read(found["guesses"]),
            links=tuple(Link(_span(start, end, text), _text(url)) for start, end, url in found["links"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no document ({type(error).__name__}: {error})") from error


def _hints_written(hints: Hints) -> dict[str, Any]:
    said = {field.name: getattr(hints, field.name) for field in fields(Hints)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def _hints_read(said: dict[str, Any]) -> Hints:
    return Hints(**{name: _hint(name, value) for name, value in said.items() if value is not None})


def _hint(name: str, value: Any) -> Any:
    match name:
        case "published":
            return date.fromisoformat(value)
        case "embargo":
            return datetime.fromisoformat(value)
        case "co_issuers":
            return tuple(_text(part) for part in value)
        case "origin":
            return OriginKind(value)
        case "edition":
            return int(value)
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string is expected, not {type(value).__name__}")
    return value


def _span(start: Any, end: Any, text: str) -> Span:
    if not (type(start) is int and type(end) is int and 0 <= start <= end <= len(text)):
        raise ValueError(f"no place in the text: {start!r} to {end!r}")
    return Span(start, end)
