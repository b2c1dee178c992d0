"""The models' door: /mcp, where programs that speak the Model Context Protocol call our tools.

The tools are in `mcp_tools`; the protocol's library is loaded when somebody first speaks it.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import APIRouter, HTTPException
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.web.callers import is_loopback

if TYPE_CHECKING:
    from assistant.web.house import House
    from assistant.web.mcp_server import Endpoint
    from assistant.web.outside import Outside

PATHS = ("/mcp", "/mcp/")


def routes() -> APIRouter:
    router, spoken = APIRouter(), Spoken()
    router.routes.extend(Route(path, spoken, include_in_schema=False) for path in PATHS)
    return router


class Spoken:
    """Hands what is posted to the protocol. There is nothing to get here, and no session to delete."""

    def __init__(self) -> None:
        self._endpoint: Endpoint | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            raise HTTPException(405, "/mcp takes POST: it keeps no session and no stream.", headers={"Allow": "POST"})
        if _is_foreign(Headers(scope=scope), scope["app"].state.house.outside):
            raise HTTPException(403, "Another site's page may not ask here.")
        endpoint = self._endpoint or await to_thread.run_sync(self._opened, scope["app"].state.house)
        await endpoint(scope, receive, send)

    def _opened(self, house: House) -> Endpoint:
        from assistant.web.mcp_server import Endpoint

        self._endpoint = Endpoint(house)
        return self._endpoint


def _is_foreign(headers: Headers, outside: Outside) -> bool:
    """Whether a page that is not ours asks. Programs name no origin; a page's browser always does when it posts.

    Without an address of its own the server is known by numbers or as this machine: any
    name may have been made to lead here by whoever owns it.
    """
    origin = headers.get("origin")
    if origin is None or origin == outside.origin:
        return False
    try:
        host, netloc = urlsplit(origin).hostname or "", urlsplit(origin).netloc
        if not is_loopback(host):
            ipaddress.ip_address(host)
    except ValueError:
        return True
    return bool(outside.origin) or netloc != headers.get("host")
