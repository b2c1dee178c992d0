"""What every request and response passes: whom the server answers, how much it reads,
and the headers it sends.

An ASGI middleware; knows nothing of questions or releases, nor how a visitor is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import quote, urlsplit

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web import problems
from assistant.web.admission import COSTLY, Admission, Keyless, NotAdmitted
from assistant.web.bodies import arrived, measured, too_large
from assistant.web.callers import Callers, Role, Visitor, host_of, is_loopback
from assistant.web.chat.refusals import CHAT, read_by_both
from assistant.web.cors import Cors
from assistant.web.marking import marking
from assistant.web.outside import FORWARDED, Outside
from assistant.web.places import NoPlace, Places
from assistant.web.refusing import refuse
from store.records import PressArchiveError

LARGEST_BODY = 256 * 1024
LARGEST_TALK = 2 * 1024 * 1024
"""A chat client sends the whole conversation each time, our own answers in it."""
LARGEST_ARRIVAL = 50 * 1024 * 1024
"""What an archivist may send to be taken in, in one request."""
ARRIVALS = ("/room/arrivals", "/room/press/entries.csv", "/v1/ingest")
LOOKED_UP_AT_ONCE = 4
ARRIVES_IN = 30.0
"""Seconds a question may take to arrive: until then it keeps nobody from being answered."""

MCP = re.compile(r"/mcp/?")
API = re.compile(r"/(v1/.*|mcp/?|healthz|readyz|metrics|openapi\.json)")
# What is not asked in anybody's name: whether the server answers, and what there is to ask.
UNNAMED = re.compile(r"/(healthz|readyz|openapi\.json)")
# The journalists' door: open to everybody, and to other sites' pages where its routes say so.
FAQ = re.compile(r"/(faq|faq/.*|widget\.js)")
# The script that a press room's page loads.
WIDGET = "/widget.js"
# What anybody is given who must sign in first.
OPEN = re.compile(
    r"/(sign-in|sign-out|language|theme\.css|favicon\.ico|manifest\.json|pwa_icon|robots\.txt|(assets|static|svelte)/.*)"
)
# What the chat page itself asks of Gradio. The rest of Gradio's routes (uploads, files of
# this machine, proxying, monitoring, code editing, its own API) has no use here.
PAGE = re.compile(
    r"/(|room/.*|r/.*|config/?"
    r"|gradio_api/(info/?|app_id/?|theme\.css|startup-events|queue/(join|data)"
    r"|component_server/?|heartbeat/.*|cancel|reset/?))"
)
DOCUMENT = re.compile(r"/(|r/.*)")
# An open page asks for these by itself, whoever sits before it.
UNATTENDED = re.compile(r"/gradio_api/(heartbeat/.*|queue/data)")
ASKED_BY_SCRIPT = "x-porte-parole"
"""A header that no form and no other site's page can send: whatever changes something must have it."""

Refusal = tuple[int, str]
Known = TypeVar("Known")


class Gate:
    """Refuses what the server must not answer, and marks what it does answer.

    With `private` the page shows more than the public may see, to whoever sits at this
    machine. Then only requests that name a loopback host pass, so that neither a proxy
    nor a renamed address opens the page to strangers. The page, and all it asks for, is
    only for those whom `callers` knows: others are sent to sign in. Where a session or a
    proxy says who somebody is, another site's page must not ask in their name.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        private: bool,
        callers: Callers | None = None,
        admission: Admission = Keyless(),
        outside: Outside = Outside(),
        largest_body: int = LARGEST_BODY,
        cors: Cors = Cors(),
        places: Places | None = None,
    ) -> None:
        self.app = app
        self.private = private
        self.callers = callers
        self.admission = admission
        self.outside = outside
        self.largest_body = largest_body
        self.cors = cors
        self.places = places or Places()
        self._looking_up = CapacityLimiter(LOOKED_UP_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_api, path = API.fullmatch(scope["path"]) is not None, scope["path"]
        headers, told = Headers(scope=scope), problems.language(HTTPConnection(scope))
        if self._for_pages(path):
            send = self.cors.granting(send, scope["method"], headers)
        is_faq = FAQ.fullmatch(path) is not None
        marked = marking(send, is_api, is_faq, within=path.startswith(("/assets/", "/static/")))
        if CHAT.fullmatch(path):
            marked = read_by_both(marked)
        refusal = self._refusal(scope, is_api)
        if refusal is not None:
            await refuse(marked, told, *refusal)
            return
        if self._for_pages(path) and self.cors.preflight(scope["method"], headers):
            await marked({"type": "http.response.start", "status": 204, "headers": [(b"content-length", b"0")]})
            await marked({"type": "http.response.body", "body": b""})
            return
        try:
            await self._let_in(scope, receive, marked, is_api)
        except NotAdmitted as refused:
            await refuse(marked, told, refused.status, refused.detail, refused.headers)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send, is_api: bool) -> None:
        """Find out who asks, and let them ask as much as they may. Raises NotAdmitted."""
        connection, path, visitor, key = HTTPConnection(scope), scope["path"], None, ""
        if is_api and not UNNAMED.fullmatch(path):
            visitor = await self._looked_up(lambda: self.admission.admit(connection))
            scope.setdefault("state", {})["caller"], key = visitor, visitor.key
            if key:
                send = self._while_known(send, partial(self.admission.holds, connection, visitor))
        elif self.callers is not None and PAGE.fullmatch(path):
            visitor = await self._looked_up(partial(_attended, self.callers, connection))
            if visitor is None:
                await _turn_away(send, connection)
                return
            send = self._while_known(send, partial(_holds, self.callers, connection, visitor))
        largest = self._largest(scope, visitor)
        announced = connection.headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > largest:
            raise NotAdmitted(413, too_large(largest))
        receive = measured(receive, largest)
        if scope["method"] == "POST" and COSTLY.fullmatch(path):
            who = key or self.outside.place(connection)
            await self._in_turn(self._from_outside(scope), receive, send, who)
            return
        await self.app(self._from_outside(scope), receive, send)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send, who: str) -> None:
        """Let the question in once there is a place for it; it takes none before it has arrived. Raises NotAdmitted."""
        came = None
        with move_on_after(ARRIVES_IN):
            came = await arrived(receive)
        if came is None:
            raise NotAdmitted(408, problems.say("slow"), {"Connection": "close"})
        try:
            async with self.places.taken(who):
                await self.app(scope, came, send)
        except NoPlace as none:
            status, why = (429, "asked_own") if none.own else (503, "asked")
            raise NotAdmitted(status, problems.say(why), {"Retry-After": str(none.wait)}) from none

    def _for_pages(self, path: str) -> bool:
        """Whether other sites' pages may be let in here."""
        return path.startswith("/v1/")

    def _from_outside(self, scope: Scope) -> Scope:
        """The request as whoever asks sees it, so that links lead to where people come from, not to this machine."""
        if not self.outside.origin:
            return scope
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        named = [*others, (b"host", self.outside.host.encode())]
        # In place: whoever notes the request finds in it what the route was.
        scope.update(scheme=urlsplit(self.outside.origin).scheme, headers=named)
        return scope

    def _refusal(self, scope: Scope, is_api: bool) -> Refusal | None:
        path, method, headers = scope["path"], scope["method"], Headers(scope=scope)
        host = headers.get("host", "")
        if "content-length" in headers and "transfer-encoding" in headers:
            return 400, problems.say("measured_twice")  # a proxy may have read another request in it
        if self.private and not is_loopback(host_of(host)):
            return 403, "This server answers only to this machine: open it as http://127.0.0.1."
        if self.private and not FORWARDED.isdisjoint(headers.keys()):
            return 403, "This server answers only to this machine, not through a proxy: start it with --sign-in."
        if not is_api and self.outside.host and host.lower() != self.outside.host and not is_loopback(host_of(host)):
            return 403, f"This server answers as {self.outside.origin}."
        named = self._for_pages(path) and self.cors.named(headers) is not None
        named = named or (path == WIDGET and method in ("GET", "HEAD"))
        if (self.private or not is_api) and not named and self._foreign(headers, method, host):
            return 403, "Another site's page may not ask here."
        if MCP.fullmatch(path) and not self._own_page(headers, host):
            return 403, "Another site's page may not ask here."
        if not any(known.fullmatch(path) for known in (API, OPEN, PAGE, FAQ)):
            return 404, "Nothing here; /openapi.json lists what there is."
        if path.startswith("/room/") and method not in ("GET", "HEAD") and headers.get(ASKED_BY_SCRIPT) != "1":
            return 403, "Only the page itself may ask for this."
        return None

    def _foreign(self, headers: Headers, method: str, host: str) -> bool:
        """Whether another site's page asks: its script, or its form. A link that is followed may come from anywhere."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate":
            return False
        if site is not None:
            return site not in ("same-origin", "none")
        return origin is not None and origin != self.outside.origin and _netloc(origin) != host.lower()

    def _own_page(self, headers: Headers, host: str) -> bool:
        """Whether a page that calls, if any, is the server's own: a name that anybody may give it proves nothing."""
        origins = headers.getlist("origin")
        if not origins:
            return True
        if len(origins) > 1:
            return False
        own = _netloc(origins[0]) == host.lower() and _address(host_of(host))
        return own or origins[0] == self.outside.origin != ""

    def _largest(self, scope: Scope, visitor: Visitor | None) -> int:
        arriving = scope["path"] in ARRIVALS and scope["method"] == "POST"
        if arriving and visitor and visitor.may(Role.ARCHIVIST):
            return LARGEST_ARRIVAL
        return LARGEST_TALK if CHAT.fullmatch(scope["path"]) else self.largest_body

    async def _looked_up(self, look: Callable[[], Known]) -> Known:
        """What `look` finds, in a thread. Raises NotAdmitted, also where it cannot be looked up."""
        try:
            return await to_thread.run_sync(look, limiter=self._looking_up)
        except PressArchiveError as error:
            raise NotAdmitted(problems.of(error).status_code, problems.say("unknown_caller")) from error

    def _while_known(self, send: Send, holds: Callable[[], bool]) -> Send:
        """Sends on, an answer in flight only as long as its visitor is who they were when they asked."""
        streams = over = False

        async def sending(message: Message) -> None:
            nonlocal streams, over
            if over:
                return
            if message["type"] == "http.response.start":
                streams = Headers(raw=message["headers"]).get("content-type", "").startswith("text/event-stream")
            elif streams and not await self._still(holds):
                over = True
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        return sending

    async def _still(self, holds: Callable[[], bool]) -> bool:
        try:
            return await to_thread.run_sync(holds, limiter=self._looking_up)
        except PressArchiveError:
            return False


def _attended(callers: Callers, connection: HTTPConnection) -> Visitor | None:
    """Who asks, and now does something. Raises PressArchiveError."""
    visitor = callers.visitor(connection)
    if visitor is not None and not UNATTENDED.fullmatch(connection.scope["path"]):
        callers.used(connection)
    return visitor


def _holds(callers: Callers, connection: HTTPConnection, visitor: Visitor) -> bool:
    """Whether they still are who they were. Raises PressArchiveError."""
    now = callers.visitor(connection)
    return now is not None and (now.name, now.role, now.scope) == (visitor.name, visitor.role, visitor.scope)


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _address(host: str) -> bool:
    """Whether a host is an address, or this machine by its own name: what no other site can be called."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return host.lower() == "localhost"
    return True


async def _turn_away(send: Send, connection: HTTPConnection) -> None:
    """To the page where one signs in, and from there back; a script is told."""
    path, method = connection.scope["path"], connection.scope["method"]
    navigates = DOCUMENT.fullmatch(path) or connection.headers.get("sec-fetch-mode") == "navigate"
    if method not in ("GET", "HEAD") or not navigates or ASKED_BY_SCRIPT in connection.headers:
        await refuse(send, problems.language(connection), 401, "Sign in first.")
        return
    query = connection.scope["query_string"].decode("latin-1")
    back = quote(path) + (f"?{query}" if query else "")
    location = "/sign-in" if back == "/" else f"/sign-in?next={quote(back, safe='')}"
    headers = [(b"location", location.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
