"""What every request and response passes: whom the server answers, how much it reads,
and the headers it sends.

An ASGI middleware; knows nothing of questions or releases.
"""

from __future__ import annotations

import re

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web import problems
from assistant.web.callers import host_of, is_loopback

LARGEST_BODY = 256 * 1024

API = re.compile(r"/(v1/.*|healthz|openapi\.json)")
# What the chat page itself asks of Gradio. The rest of Gradio's routes (uploads, files of
# this machine, proxying, monitoring, code editing, its own API) has no use here.
PAGE = re.compile(
    r"/(|room/.*|r/.*|language|sign-in|sign-out|config/?|theme\.css"
    r"|favicon\.ico|manifest\.json|pwa_icon|robots\.txt|(assets|static|svelte)/.*"
    r"|gradio_api/(info/?|app_id/?|theme\.css|startup-events|queue/(join|data)"
    r"|component_server/?|heartbeat/.*|cancel|reset/?))"
)

# Gradio's page starts from inline scripts and compiles its templates, hence 'unsafe-*';
# "self" everywhere else keeps the page from speaking to any other host.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
API_POLICY = "default-src 'none'; frame-ancestors 'self'"


class Gate:
    """Refuses what the server must not answer, and marks what it does answer.

    With `private` the page shows more than the public may see, to whoever sits at this
    machine. Then only requests that name a loopback host pass, so that neither a proxy
    nor a renamed address opens the page to strangers, and other sites' scripts are
    turned away.
    """

    def __init__(self, app: ASGIApp, *, private: bool, largest_body: int = LARGEST_BODY) -> None:
        self.app = app
        self.private = private
        self.largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_api = API.fullmatch(scope["path"]) is not None
        marked = _marking(send, is_api, within=scope["path"].startswith(("/assets/", "/static/")))
        refusal = self._refusal(scope, is_api)
        if refusal is not None:
            await _refuse(marked, *refusal)
            return
        await self.app(scope, self._measured(receive), marked)

    def _refusal(self, scope: Scope, is_api: bool) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if self.private:
            if not is_loopback(host_of(headers.get("host", ""))):
                return 403, "This server answers only to this machine: open it as http://127.0.0.1."
            site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
            if site in ("cross-site", "same-site") and mode != "navigate":
                return 403, "Another site's page may not ask here."
        if not is_api and not PAGE.fullmatch(scope["path"]):
            return 404, "Nothing here; /openapi.json lists what there is."
        announced = headers.get("content-length", "0")
        if announced.isdigit() and int(announced) > self.largest_body:
            return 413, self._too_large()
        return None

    def _measured(self, receive: Receive) -> Receive:
        read = 0

        async def measured() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.largest_body:
                raise HTTPException(413, self._too_large())
            return message

        return measured

    def _too_large(self) -> str:
        return f"A request may hold at most {self.largest_body // 1024} KiB."


def _marking(send: Send, is_api: bool, within: bool) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = API_POLICY if is_api else PAGE_POLICY
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "no-referrer"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            # An embargo or a withdrawal acts at once: nothing that shows a release is kept.
            if not within:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return marked


async def _refuse(send: Send, status: int, detail: str) -> None:
    body = problems.encoded(status, detail)
    headers = [(b"content-type", problems.MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
