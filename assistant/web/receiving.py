"""A file that comes in as the body of a request: written to disk as it comes, never more than may be.

Knows nothing of pages or of JSON: what is refused is raised as the tray says it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from anyio import move_on_after, to_thread
from starlette.requests import ClientDisconnect, Request

from assistant.tray import Tray
from store.arrival import Accept, TooMuch

ARRIVES_IN = 900.0
"""Seconds a file may take to arrive."""


async def received(request: Request, tray: Tray, name: str, by: str, accept: Accept = Accept.NONE) -> str:
    """Take the request's body as a file of this name; gives the arrival's id.

    Raises TooMuch, ClientDisconnect, OSError, ArchiveError.
    """
    place = await to_thread.run_sync(tray.arrivals.place)
    try:
        announced = request.headers.get("content-length", "")
        if announced.isdecimal():
            await to_thread.run_sync(tray.arrivals.room_for, name, int(announced))
        with move_on_after(ARRIVES_IN) as slow:
            await _written(request, place, name, tray.arrivals.largest)
        if slow.cancelled_caught:
            raise ClientDisconnect
        return await to_thread.run_sync(tray.hand_in, place, name, by, accept)
    finally:
        await to_thread.run_sync(_let_go, place)


async def _written(request: Request, place: Path, name: str, largest: int) -> None:
    size = 0
    with await to_thread.run_sync(place.open, "wb") as file:
        async for chunk in request.stream():
            size += len(chunk)
            if size > largest:
                raise TooMuch(name, "large", f"larger than {largest >> 20} MB")
            if chunk:
                await to_thread.run_sync(file.write, chunk)


def _let_go(place: Path) -> None:
    with suppress(OSError):
        place.unlink(missing_ok=True)
