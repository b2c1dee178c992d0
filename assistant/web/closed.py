"""The doors' addresses where no route takes what is asked: answered as a problem, with the methods that are taken.

Else they would fall to the page mounted at "/", which is the room's. Knows nothing of what the routes do.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from assistant.web.problems import Refused

ADDRESSES = (
    "/v1/{rest:path}", "/healthz", "/readyz", "/metrics", "/openapi.json", "/faq", "/faq/{rest:path}", "/widget.js"
)  # fmt: skip


def close(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Answer for what no route of these routers takes, whatever the method."""
    closed = Closed([route for router in routers for route in router.routes])
    app.router.routes.extend(Route(path, closed, include_in_schema=False) for path in ADDRESSES)


class Closed:
    """There is nothing here, or not by this method."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The first is the one meant: what follows it may take any path.
        others = [route for route in self._routes if route.matches(scope)[0] is Match.PARTIAL]
        meant = {getattr(route, "path", "") for route in others[:1]}
        alike = (route for route in others if getattr(route, "path", "") in meant)
        allowed = {method for route in alike for method in getattr(route, "methods", None) or ()}
        if scope["path"] == "/openapi.json":
            allowed = {"GET", "HEAD"}
        if allowed:
            names = ", ".join(sorted(allowed))
            raise Refused(405, "methods", {"Allow": names}, path=scope["path"], methods=names)
        raise Refused(404, "nothing_here")
