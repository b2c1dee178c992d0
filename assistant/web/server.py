"""The server of API and chat page: one socket, one process, until it is told to stop.

Knows nothing of commands or settings. Run it with `porte-parole serve`.
"""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from assistant.web.callers import Everybody, page_scope
from store.records import PressArchiveError, Scope, SettingsError

if TYPE_CHECKING:
    import uvicorn

    from assistant.desk import Desk
    from assistant.web.api import Clock
    from assistant.web.room import Parts
    from store.archive import Archive

log = logging.getLogger(__name__)

SHUTDOWN = 3
"""Seconds that answers in flight have to end."""


def serve(
    desk: Desk, archive: Archive, *, clock: Clock, version: str, host: str, port: int, parts: Parts | None = None
) -> None:
    """Answer on `host`:`port` until interrupted; port 0 takes any free one.

    Bound to this machine, the chat page is the staff's; otherwise the public's. Raises
    SettingsError where the address cannot be had.
    """
    listening = _bound(host, port)
    threading.Thread(target=_warm, args=(desk,), name="warming", daemon=True).start()

    import uvicorn

    from assistant.web.api import create_app
    from assistant.web.room import Parts

    scope = page_scope(host)
    app = create_app(desk, archive, clock=clock, version=version, callers=Everybody(host), parts=parts or Parts())
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=False, timeout_graceful_shutdown=SHUTDOWN
    )
    taken = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    who = "staff, on this machine only" if scope is Scope.STAFF else "public"
    print(f"Porte-parole answers on http://{shown}:{taken} ({who}; Ctrl+C stops it)", flush=True)
    with suppress(KeyboardInterrupt):
        serving(config).run(sockets=[listening])


def serving(config: uvicorn.Config) -> uvicorn.Server:
    """The server; told to stop, it lets go of open pages and ends the answers in flight."""
    import uvicorn

    class Serving(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            getattr(config.app.state, "let_go", lambda: None)()  # type: ignore[union-attr]
            super().handle_exit(sig, frame)

    return Serving(config)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise SettingsError(f"{host}:{port} cannot be served ({error}); choose another --host or --port.") from error


def _warm(desk: Desk) -> None:
    """Load the model before somebody waits for it."""
    try:
        desk.search("communiqué", Scope.PUBLIC)
    except PressArchiveError as error:
        log.error("%s", error)
