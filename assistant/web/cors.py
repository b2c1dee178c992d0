"""Which other sites' pages may call the API from a browser: none, unless they were named.

Exact origins, never with the visitor's cookies. Knows nothing of routes.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Send

METHODS = "GET, POST"
HEADERS = "Authorization, Content-Type, X-API-Key, Accept-Language, X-Request-Id"
SHOWN = "Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, Content-Disposition"
REMEMBERED = 600
"""Seconds a browser may remember what a preflight said."""


@dataclass(frozen=True, slots=True)
class Cors:
    """The origins whose pages may call."""

    origins: tuple[str, ...] = ()

    def named(self, headers: Headers) -> str | None:
        """The origin of the page that calls, where it was named; None otherwise."""
        given = headers.getlist("origin")
        return given[0] if len(given) == 1 and given[0] in self.origins else None

    def preflight(self, method: str, headers: Headers) -> bool:
        """Whether a named page's browser asks what it may call."""
        return method == "OPTIONS" and "access-control-request-method" in headers and self.named(headers) is not None

    def granting(self, send: Send, method: str, headers: Headers) -> Send:
        """Sends on, so marked that the page that calls may read it, where it may; nobody remembers it for another."""
        origin, asks_first = self.named(headers), self.preflight(method, headers)

        async def granted(message: Message) -> None:
            if message["type"] == "http.response.start" and self.origins:
                response = MutableHeaders(scope=message)
                response.add_vary_header("Origin")
                if origin is not None:
                    response["Access-Control-Allow-Origin"] = origin
                    response["Access-Control-Expose-Headers"] = SHOWN
                if asks_first:
                    response["Access-Control-Allow-Methods"] = METHODS
                    response["Access-Control-Allow-Headers"] = HEADERS
                    response["Access-Control-Max-Age"] = str(REMEMBERED)
            await send(message)

        return granted
