"""The wire: documents cross unchanged, and nothing else does."""

from __future__ import annotations

import io
import json
from dataclasses import fields
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document, Hints
from ingest.readers.wire import Kind, read, receive, send, written
from store.records import Link, Span

HINTS = st.builds(Hints, **{field.name: st.from_type(get_type_hints(Hints)[field.name]) for field in fields(Hints)})


@st.composite
def documents(draw: Any) -> Document:
    text = draw(st.text())
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: Span(*sorted(ends)))
    words = st.text(max_size=20)
    return Document(
        text,
        draw(words),
        draw(words),
        draw(words),
        pages=tuple(draw(st.lists(spans, max_size=3))),
        hints=draw(HINTS),
        doubts=tuple(draw(st.lists(words, max_size=3))),
        guesses=draw(HINTS),
        links=tuple(draw(st.lists(st.builds(Link, spans, words), max_size=3))),
    )


@given(documents())
@settings(max_examples=60, deadline=None)
def test_a_document_crosses_unchanged(document: Document) -> None:
    """Every field of a document, its hints and guesses, is the same on the other side."""
    assert read(written(document)) == document


@pytest.mark.parametrize(
    "change",
    [
        {"text": 7},
        {"pages": [[0, 99]]},
        {"pages": [[2, 1]]},
        {"pages": [[True, 2]]},
        {"links": [[0, 1]]},
        {"hints": {"title": ["a"]}},
        {"hints": {"published": "yesterday"}},
        {"hints": {"unheard": "of"}},
        {"guesses": None},
    ],
)
def test_what_is_no_document_does_not_cross(change: dict[str, object]) -> None:
    """A wrong type, a place outside the text or an unknown field is refused."""
    body = json.loads(written(Document("abc", "a.pdf", "application/pdf", "0")))
    with pytest.raises(ValueError, match=r"."):
        read(json.dumps(body | change).encode())


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"\xff", b"[" * 100_000])
def test_babble_does_not_cross(body: bytes) -> None:
    """Neither empty, damaged nor bottomless JSON raises anything but ValueError."""
    with pytest.raises(ValueError, match=r"."):
        read(body)


def test_frames_keep_their_kind_and_length() -> None:
    """Frames follow one another, empty ones too, and the end is told."""
    stream = io.BytesIO()
    send(stream, Kind.ORDER, b"")
    send(stream, Kind.BYTES, b"a\nb")
    stream.seek(0)
    assert receive(stream) == (Kind.ORDER, b"")
    assert receive(stream) == (Kind.BYTES, b"a\nb")
    with pytest.raises(EOFError):
        receive(stream)


@pytest.mark.parametrize("frame", [b"?" + bytes(8), b"D" + b"\xff" * 8])
def test_a_wrong_frame_is_refused(frame: bytes) -> None:
    """An unknown kind and a length beyond reason are refused before anything is read."""
    with pytest.raises(ValueError, match=r"."):
        receive(io.BytesIO(frame))
