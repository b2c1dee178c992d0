"""Every request: an id, how long it took, what became of it; and how many are not finished.

The outermost ASGI middleware. Notes the route as it is declared, never the address asked
for: an id may be made of the words of a release that nobody may see. Knows nothing of what
is asked.
"""

from __future__ import annotations

import logging
import re
import secrets
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.running import Running

if TYPE_CHECKING:
    from assistant.meter import Meter
    from assistant.tracing import Tracing

log = logging.getLogger("porte-parole.request")

HEADER = "x-request-id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_KEPT_OPEN = re.compile(r"/gradio_api/heartbeat/.*")
"""What an open page keeps for as long as it is open: nobody waits for its end."""


class Noting:
    """Notes what passes, in the meter, in the log and as a span."""

    def __init__(self, app: ASGIApp, *, meter: Meter, running: Running, tracing: Tracing | None = None) -> None:
        self.app = app
        self.meter = meter
        self.running = running
        self.tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _KEPT_OPEN.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        named = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        status = 500

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = named
            await send(message)

        self.running.unfinished += 1
        began = self.meter.began()
        with structlog.contextvars.bound_contextvars(request=named), self._span(scope) as span:
            try:
                await self.app(scope, receive, marked)
            finally:
                self.running.unfinished -= 1
                route = route_of(scope)
                took = self.meter.ended(began, route, _method(scope), status)
                if span is not None:
                    span.update_name(f"{_method(scope)} {route}")
                    span.set_attributes({"http.route": route, "http.response.status_code": status})
                noted = {"method": _method(scope), "route": route, "status": status, "seconds": round(took, 4)}
                log.info("request", extra=noted)

    def _span(self, scope: Scope) -> AbstractContextManager[Any]:
        if self.tracing is None:
            return nullcontext()
        parent = Headers(scope=scope).get("traceparent", "")
        return self.tracing.request(_method(scope), {"traceparent": parent} if len(parent) < 100 else {})


def route_of(scope: Scope) -> str:
    """The route as it is declared, « page » for what Gradio answers, « other » for what nobody does."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "other"
    return path or "page"


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"
