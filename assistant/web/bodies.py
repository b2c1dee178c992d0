"""What a request brings: no more than it may hold, and for a question all of it before anybody works at it.

Knows nothing of who asks.
"""

from __future__ import annotations

from collections import deque

from fastapi import HTTPException
from starlette.types import Message, Receive

from assistant.web.admission import NotAdmitted


def measured(receive: Receive, largest: int) -> Receive:
    """Reads on, up to `largest` bytes; raises HTTPException beyond."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > largest:
            raise HTTPException(413, too_large(largest))
        return message

    return counted


async def arrived(receive: Receive) -> Receive:
    """The request once it is here, whole, for whoever reads it after. Raises NotAdmitted where it is too large."""
    came: deque[Message] = deque()
    try:
        while not came or came[-1].get("more_body"):
            came.append(await receive())
    except HTTPException as error:
        raise NotAdmitted(error.status_code, str(error.detail), {"Connection": "close"}) from error

    async def again() -> Message:
        return came.popleft() if came else await receive()

    return again


def too_large(largest: int) -> str:
    return f"A request may hold at most {largest // 1024} KiB."
