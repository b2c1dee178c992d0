"""A stream that is kept open while its next piece takes long, and whose work ends when nobody listens any more.

Knows nothing of what the pieces are; they are lines of server-sent events.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from functools import partial

from anyio import to_thread

EVERY = 10.0
"""Seconds of silence after which a comment is sent: proxies close what says nothing for a minute or less."""
WAITING = ": still at work\n\n"


async def patiently(pieces: Iterator[str], every: float = EVERY) -> AsyncIterator[str]:
    """The pieces as they come, each made in a thread, with comments where none comes for `every` seconds.

    Who leaves off closes them, as soon as the piece being made is.
    """
    coming: asyncio.Future[str | None] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(to_thread.run_sync(partial(next, pieces, None)))
            while not (await asyncio.wait({coming}, timeout=every))[0]:
                yield WAITING
            piece = coming.result()
            if piece is None:
                return
            yield piece
    finally:
        if isinstance(pieces, Generator):
            if coming is None or coming.done():
                pieces.close()
            else:
                coming.add_done_callback(partial(_close, pieces))


def _close(pieces: Generator[str, None, None], made: asyncio.Future[str | None]) -> None:
    if not made.cancelled() and made.exception() is None:
        asyncio.get_running_loop().run_in_executor(None, pieces.close)
