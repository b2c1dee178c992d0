"""The server of API and chat page: one socket, one process, until it is told to stop.

Knows nothing of commands or settings. Run it with `porte-parole serve`.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from assistant.web.callers import Everybody, host_of, is_loopback, page_scope
from assistant.web.outside import Outside
from assistant.web.terms import Terms
from store.records import Scope, SettingsError

if TYPE_CHECKING:
    import uvicorn
    from starlette.datastructures import State

    from assistant.desk import Desk
    from assistant.web.house import Clock
    from assistant.web.room import Parts
    from assistant.web.sessions import SignedIn
    from store.accounts import Accounts
    from store.archive import Archive

ADDING = "add one with `porte-parole accounts add NAME --role admin`"
SWITCH = 0.001
"""Seconds after which a thread that works lets another on: whoever only wants a page waits for all that work."""
LONGEST_HEAD = 64 * 1024
"""Bytes of a request's first line and headers together."""
SHUTDOWN = 60
"""Seconds that answers in flight have to end: as long as a model may take."""


CONNECTIONS = 1_000
"""Open at once; more are refused, before files run out."""
LOOKED_EVERY = 0.05
"""Seconds between two looks at whether the last answer has ended."""


def serve(
    desk: Desk,
    archive: Archive,
    *,
    clock: Clock,
    version: str,
    host: str,
    port: int,
    accounts: Accounts | None = None,
    outside: Outside = Outside(),
    sign_in: bool = False,
    parts: Parts | None = None,
    terms: Terms = Terms(),
) -> None:
    """Answer on `host`:`port` until interrupted; port 0 takes any free one.

    Raises SettingsError where the address cannot be had, or nobody could sign in who must.
    """
    callers = admitting(host, accounts, clock, outside, sign_in)
    listening = _bound(host, port)
    sys.setswitchinterval(SWITCH)

    import uvicorn

    from assistant.web.admission import Keyed, Keyless
    from assistant.web.api import create_app
    from assistant.web.room import Parts
    from assistant.web.warming import settle, warm

    beside = parts or Parts()
    app = create_app(
        desk,
        archive,
        clock=clock,
        version=version,
        callers=callers,
        admission=Keyless() if beside.keys is None else Keyed(beside.keys, clock, outside, terms),
        outside=outside,
        parts=beside,
        origins=terms.origins,
    )
    running = app.state.house.running
    running.warm = False

    def warming() -> None:
        warm(app.state.room)
        settle()
        running.warm = True

    threading.Thread(target=warming, name="warming", daemon=True).start()
    config = uvicorn.Config(
        app,
        http="h11",  # it bounds what comes before a body and refuses a second Host; httptools does neither
        h11_max_incomplete_event_size=LONGEST_HEAD,
        limit_concurrency=CONNECTIONS,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SHUTDOWN,
    )
    taken = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    who, more = told(callers, outside)
    print(f"Porte-parole answers on http://{shown}:{taken} ({who}; Ctrl+C stops it)", flush=True)
    for line in more:
        print(f"  {line}", flush=True)
    # Told to stop by either signal, the program goes on behind `serve`: what waits to be written is written.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        serving(config).run(sockets=[listening])


def admitting(
    host: str, accounts: Accounts | None, clock: Clock, outside: Outside, sign_in: bool
) -> Everybody | SignedIn:
    """Who may open the page of a server bound to `host`.

    Where only this machine reaches it, whoever sits there, unless `sign_in` is asked for.
    Where others do (another address, an origin), people with an account; as long as there
    is none, the public. Raises SettingsError where sign-in is asked for and nobody could.
    """
    from assistant.web.sessions import SignedIn

    named = host_of(outside.host)
    reached = named if named and is_loopback(host) else host
    known = accounts if accounts is not None and accounts.anybody() else None
    asked_for = sign_in or outside.header
    if asked_for and known is None:
        raise SettingsError(f"signing in is asked for, and nobody could: {ADDING}, then start again")
    if known is not None and (asked_for or not is_loopback(reached)):
        return SignedIn(known, clock, outside)
    return Everybody(reached)


def told(callers: Everybody | SignedIn, outside: Outside) -> tuple[str, list[str]]:
    """For whom the page is, in words, and what whoever starts the server should know besides."""
    if isinstance(callers, Everybody):
        if page_scope(callers.bound) is Scope.STAFF:
            return "staff, on this machine only", []
        return "public", [f"Nobody has an account, so the page shows the public view to everybody; {ADDING}."]
    plain = "Passwords travel unprotected over http: put it behind https and name it in PORTE_PAROLE_ORIGIN."
    return "people with an account", [] if outside.secure else [plain]


def serving(config: uvicorn.Config) -> uvicorn.Server:
    """The server; told to stop, it ends the answers in flight, then lets go of open pages."""
    import uvicorn

    state = config.app.state  # type: ignore[union-attr]

    class Serving(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            state.house.running.stopping = True
            super().handle_exit(sig, frame)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            letting_go = asyncio.create_task(_let_go(state))
            try:
                await super().shutdown(sockets)
            finally:
                letting_go.cancel()

    return Serving(config)


async def _let_go(state: State) -> None:
    """An open page keeps a connection: it is ended once nobody waits for an answer."""
    while state.house.running.unfinished:
        await asyncio.sleep(LOOKED_EVERY)
    if hasattr(state, "let_go"):
        state.let_go()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise SettingsError(f"{host}:{port} cannot be served ({error}); choose another --host or --port.") from error
