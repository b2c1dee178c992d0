"""Who looks at a pane, and the room they are in: what every route under /room depends on.

A route says by its annotation who may use it (`Anybody`, `Reader`, `Archivist`, `Admin`);
a visitor who must sign in gets 401, one who may not 403.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.web.callers import Role, Visitor
from assistant.web.gate import ASKED_BY_SCRIPT
from assistant.web.room import Room


def room_of(request: Request) -> Room:
    """The room whose page asks."""
    room: Room = request.app.state.room
    return room


def at_least(role: Role) -> Callable[[Request], Visitor]:
    """The visitor, where they may what `role` may."""

    def admitted(request: Request) -> Visitor:
        visitor = room_of(request).visitor(request)
        if visitor is None:
            raise HTTPException(401, "Sign in first.")
        if not visitor.may(role):
            raise HTTPException(403, "This is not for you.")
        if request.method != "GET" and ASKED_BY_SCRIPT not in request.headers:
            raise HTTPException(403, "Only the page itself may ask for this.")
        return visitor

    return admitted


InRoom = Annotated[Room, Depends(room_of)]
Anybody = Annotated[Visitor, Depends(at_least(Role.PUBLIC))]
Reader = Annotated[Visitor, Depends(at_least(Role.READER))]
Archivist = Annotated[Visitor, Depends(at_least(Role.ARCHIVIST))]
Admin = Annotated[Visitor, Depends(at_least(Role.ADMIN))]


def fragment(markup: Markup, status: int = 200) -> HTMLResponse:
    """A piece of the page; `markup` is escaped already, as its type says."""
    return HTMLResponse(str(markup), status)
