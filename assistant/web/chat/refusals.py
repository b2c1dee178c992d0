"""Errors at the doors for chat clients: problem details that also carry OpenAI's `error`, so that both kinds of
client read them.

Knows nothing of what was asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.types import Message, Send

from assistant.web import problems

CHAT = re.compile(r"/v1/(chat/completions|models(/.*)?)")
"""Where chat clients ask."""

_CODES = {401: "invalid_api_key", 404: "not_found", 413: "request_too_large", 429: "rate_limit_exceeded"}
_TYPES = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


class Refused(problems.Refused):
    """A request that cannot be answered; `code` and `param` say in OpenAI's words which and where."""

    def __init__(self, status: int, key: str, code: str, param: str | None = None, **values: object) -> None:
        super().__init__(status, key, None, **values)
        self.code = code
        self.param = param


class ChatRoute(APIRoute):
    """A route whose errors both kinds of client read. What is malformed is 400, as at OpenAI's."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:
                return refusal(error, problems.language(request))

        return handled


def refusal(error: Exception, language: str) -> JSONResponse:
    """The response an error becomes."""
    response = problems.of(error, language)
    document = json.loads(bytes(response.body))
    if isinstance(error, RequestValidationError):
        document |= {"status": 400, "title": problems.say("title_400", language)}
    headers = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
    told = both(document, getattr(error, "code", None), getattr(error, "param", None))
    return JSONResponse(told, document["status"], headers, problems.MEDIA_TYPE)


def both(problem: dict[str, Any], code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """A problem document with OpenAI's `error` beside it."""
    status = int(problem["status"])
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    told = {"message": problem["detail"], "type": kind, "param": param, "code": code or _CODES.get(status)}
    return {**problem, "error": told}


def read_by_both(send: Send) -> Send:
    """Sends on; to a problem that passes, the gate's own among them, OpenAI's `error` is added."""
    begun: Message | None = None

    async def sending(message: Message) -> None:
        nonlocal begun
        if message["type"] == "http.response.start" and _is_problem(message):
            begun = message
        elif begun is None:
            await send(message)
        else:
            body = _added(message.get("body", b""))
            others = [(name, value) for name, value in begun["headers"] if name != b"content-length"]
            await send({**begun, "headers": [*others, (b"content-length", str(len(body)).encode())]})
            begun = None
            await send({**message, "body": body})

    return sending


def _is_problem(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith(problems.MEDIA_TYPE)


def _added(body: bytes) -> bytes:
    document = json.loads(body) if body else {"error": None}
    return body if "error" in document else json.dumps(both(document), ensure_ascii=False).encode()
