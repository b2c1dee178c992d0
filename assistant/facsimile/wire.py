"""How orders and answers cross between the server and the process that draws: a head in JSON, then bytes.

Knows neither processes nor PDFium.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

LARGEST = 64 * 1024 * 1024
"""Bytes in one frame."""


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """One frame. Raises OSError where nobody reads any more."""
    written = json.dumps(head).encode()
    stream.write(len(written).to_bytes(4, "big") + len(body).to_bytes(4, "big") + written + body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next frame. Raises EOFError at the end, ValueError for what is no frame."""
    sizes = _exactly(stream, 8)
    head, body = int.from_bytes(sizes[:4], "big"), int.from_bytes(sizes[4:], "big")
    if head + body > LARGEST:
        raise ValueError(f"a frame of {head + body} bytes")
    said = json.loads(_exactly(stream, head))
    if not isinstance(said, dict):
        raise ValueError("a frame whose head is no object")
    return said, _exactly(stream, body)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
