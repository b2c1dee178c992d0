"""Signing in and out, the language of the page, one's sessions, and the accounts for who administers them.

The page where one signs in works without scripts. Knows nothing of how a session is kept
(`sessions` does) nor of what a page looks like (`account` does).
"""

from __future__ import annotations

import json
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from assistant.web import account
from assistant.web.callers import LANGUAGE, LANGUAGES, Visitor, language_of
from assistant.web.messages import Messages
from assistant.web.panes.visitors import Admin, InRoom, Reader, fragment, room_of
from assistant.web.room import Room
from assistant.web.sessions import SignedIn, TooSoon
from store.records import AccountNotFound

HASHED_AT_ONCE = 2
"""Passwords judged at the same time: each takes 64 MiB and a tenth of a second."""
WAITING = 20
A_YEAR = 365 * 24 * 3600


class Change(BaseModel):
    """What becomes of an account; `role` where it is given another."""

    change: Literal["role", "disable", "enable", "sign-out"]
    name: str = Field(max_length=200)
    role: Literal["reader", "archivist", "admin"] = "reader"


def routes() -> APIRouter:
    router = APIRouter()
    for made in (_door(), _own(), _everybody()):
        router.include_router(made)
    return router


def _door() -> APIRouter:
    router = APIRouter()
    judging = CapacityLimiter(HASHED_AT_ONCE)

    @router.get("/sign-in")
    def ask(request: Request, following: Annotated[str, Query(alias="next")] = "") -> Response:
        callers, say = _callers(request), Messages(language_of(request))
        if callers is None or callers.visitor(request) is not None:
            return RedirectResponse(_local(following), 303)
        unknown = callers.outside.vouched(request) is not None
        note = say("not_vouched") if unknown else say("signed_out_now") if "out" in request.query_params else ""
        return _page(account.sign_in_page(say, _local(following), note=note))

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        callers, say, form = _callers(request), Messages(language_of(request)), await _form(request)
        following, name = _local(form.get("next", "")), form.get("name", "")
        if callers is None:
            return RedirectResponse(following, 303)
        if judging.statistics().tasks_waiting >= WAITING:
            busy = account.sign_in_page(say, following, name=name, error=say("signing_busy"))
            return _page(busy, 503, {"Retry-After": "5"})
        try:
            found = await to_thread.run_sync(callers.known, name, form.get("password", ""), request, limiter=judging)
        except TooSoon as error:
            told = say("too_soon", wait=account.wait(error.wait, say))
            late = {"Retry-After": str(int(error.wait.total_seconds()) + 1)}
            return _page(account.sign_in_page(say, following, name=name, error=told), 429, late)
        if found is None:
            return _page(account.sign_in_page(say, following, name=name, error=say("not_known")), 401)
        response = RedirectResponse(following, 303)
        await run_in_threadpool(callers.begin, found, request, response)
        return response

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        callers = _callers(request)
        if callers is None:
            return RedirectResponse("/", 303)
        callers.end(request)
        if callers.outside.vouched(request) is not None:
            say = Messages(language_of(request))
            response: Response = _page(account.told_page(say, say("vouched_out")))
        else:
            response = RedirectResponse("/sign-in?out=1", 303)
        callers.forget(response)
        return response

    @router.post("/language")
    async def language(request: Request) -> Response:
        form = await _form(request)
        chosen = form.get("language", "")
        back = form.get("next")
        response: Response = Response(status_code=204) if back is None else RedirectResponse(_local(back), 303)
        if chosen in LANGUAGES:
            response.set_cookie(LANGUAGE, chosen, max_age=A_YEAR, path="/", httponly=True, samesite="lax")
        return response

    return router


def _own() -> APIRouter:
    router = APIRouter(prefix="/room/account")

    @router.get("")
    def own(request: Request, room: InRoom, visitor: Reader) -> HTMLResponse:
        """One's own sessions."""
        callers, say = _callers(request), room.say(visitor)
        if callers is None:
            return fragment(_note(say("without_accounts")))
        held = callers.accounts.sessions(visitor.name, room.clock())
        session = callers.session(request) if visitor.session else None
        current = session.id if session else ""
        return fragment(account.sessions(visitor, held, current, callers.accounts.lasting, room.clock(), say))

    @router.get("/here")
    def here(visitor: Reader) -> Response:
        """Who is signed in; nobody is the gate's 401."""
        return PlainTextResponse(visitor.name)

    @router.post("/sign-out-everywhere")
    def everywhere(request: Request, visitor: Reader) -> Response:
        response, callers = Response(status_code=204), _callers(request)
        if callers is not None:
            callers.accounts.sign_out(visitor.name)
            callers.forget(response)
        return response

    return router


def _everybody() -> APIRouter:
    router = APIRouter(prefix="/room/accounts")

    @router.get("")
    def listed(request: Request, room: InRoom, visitor: Admin) -> HTMLResponse:
        """All accounts."""
        return _listed(request, room, visitor)

    @router.post("")
    def changed(request: Request, room: InRoom, visitor: Admin, change: Change) -> HTMLResponse:
        """Change one, and show them all; nobody changes their own."""
        callers, say = _callers(request), room.say(visitor)
        if callers is None:
            return fragment(_note(say("without_accounts")), 404)
        try:
            name = callers.accounts.account(change.name).name
        except AccountNotFound:
            return _listed(request, room, visitor, say("account_gone"), 404)
        if name == visitor.name:
            return _listed(request, room, visitor, say("not_oneself"), 409)
        return _listed(request, room, visitor, _done(callers, room, name, change, say))

    return router


def _done(callers: SignedIn, room: Room, name: str, change: Change, say: Messages) -> str:
    """Change the account; gives what to say about it."""
    match change.change:
        case "role":
            callers.accounts.set_role(name, change.role)
            return say("role_changed", name=name, role=say(f"role_{change.role}"))
        case "disable":
            callers.accounts.disable(name, room.clock())
            return say("disabled_now", name=name)
        case "enable":
            callers.accounts.enable(name)
            return say("enabled_now", name=name)
        case "sign-out":
            callers.accounts.sign_out(name)
            return say("signed_out_of", name=name)


def _listed(request: Request, room: Room, visitor: Visitor, note: str = "", status: int = 200) -> HTMLResponse:
    callers, say = _callers(request), room.say(visitor)
    if callers is None:
        return fragment(_note(say("without_accounts")))
    return fragment(account.accounts(callers.accounts.listed(room.clock()), visitor, say, note), status)


def _callers(request: Request) -> SignedIn | None:
    """Who knows the accounts; None where the server asks for none."""
    callers = room_of(request).callers
    return callers if isinstance(callers, SignedIn) else None


def _page(markup: Markup, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(str(markup), status, headers)


def _note(text: str) -> Markup:
    return Markup('<p class="note">{}</p>').format(text)


async def _form(request: Request) -> dict[str, str]:
    """What a form, or our script, sent: the first value of each name. Raises HTTPException for neither."""
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            sent = json.loads(body)
            return {name: value for name, value in sent.items() if isinstance(value, str)}
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
        return {name: values[0] for name, values in fields.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise HTTPException(400, "This is no form.") from error


def _local(address: str) -> str:
    """A place of this server to go to; anything else leads to its first page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    elsewhere = parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//")
    unseen = any(letter == "\\" or letter.isspace() or not letter.isprintable() for letter in address)
    return "/" if elsewhere or unseen or len(address) > 2_000 else address
