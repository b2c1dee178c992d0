"""The models' door: /mcp, where programs that speak the Model Context Protocol call our tools.

The tools are in `mcp_tools`; the protocol's library is loaded when somebody first speaks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import APIRouter, HTTPException
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

if TYPE_CHECKING:
    from assistant.web.house import House
    from assistant.web.mcp_server import Endpoint

PATHS = ("/mcp", "/mcp/")


def routes() -> APIRouter:
    router, spoken = APIRouter(), Spoken()
    router.routes.extend(Route(path, spoken, include_in_schema=False) for path in PATHS)
    return router


class Spoken:
    """Hands what is posted to the protocol. There is nothing to get here, and no session to delete."""

    path = PATHS[0]

    def __init__(self) -> None:
        self._endpoint: Endpoint | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self  # under whose path the request is counted
        if scope["method"] != "POST":
            raise HTTPException(405, "/mcp takes POST: it keeps no session and no stream.", headers={"Allow": "POST"})
        endpoint = self._endpoint
        if endpoint is None:
            endpoint = await to_thread.run_sync(self._opened, scope["app"].state.house)
        await endpoint(scope, receive, send)

    def _opened(self, house: House) -> Endpoint:
        from assistant.web.mcp_server import Endpoint

        self._endpoint = Endpoint(house)
        return self._endpoint
