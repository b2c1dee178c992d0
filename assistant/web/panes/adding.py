"""Files handed in: sent, watched while they are read, accepted or discarded. For archivists."""

from __future__ import annotations

import logging
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.requests import ClientDisconnect

from assistant.tray import Decided, Tray
from assistant.web import amending, arriving, audit, receiving
from assistant.web.callers import Visitor
from assistant.web.panes.visitors import Archivist, InRoom, fragment
from assistant.web.room import Room
from store.amendments import BadAmendment
from store.arrival import Arrival, ArrivalNotFound, Decision, Found, State, TooMuch
from store.inventory import kept
from store.records import ArchiveError, PressArchiveError, ReleaseNotFound, Scope

log = logging.getLogger(__name__)

AT_ONCE = 25
"""Documents of one file that are listed at once."""

ArrivalId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
Ordinal = Annotated[int, Path(ge=0, le=10**6)]
Amended = Literal["title", "issuer", "published", "embargo", "place", "rubric", "language"]
Values = dict[Amended, Annotated[str, StringConstraints(max_length=4_000)]]


class Accepted(BaseModel):
    """What a person says of a document: values put right, and what it is a version of ("apart": of none)."""

    model_config = ConfigDict(extra="forbid")

    values: Values = Field(default_factory=dict)
    as_: str = Field("", alias="as", max_length=300, pattern=r"^[\x20-\x7e]*$")


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/arrivals")

    @router.post("")
    async def hand_in(
        request: Request, room: InRoom, visitor: Archivist, name: Annotated[str, Query(max_length=1_000)] = ""
    ) -> HTMLResponse:
        """Take a file whose bytes are the body, under this name; it is read soon after."""
        return await _taken(request, room, visitor, name)

    @router.get("/states")
    def states(room: InRoom, visitor: Archivist) -> JSONResponse:
        """How far each file is: what the page looks at while something is being read."""
        tray = _tray(room)
        waiting = tray.arrivals.waiting()
        stamps = {one.id: arriving.stamp(one, tray.progress(one.id)) for one in waiting}
        busy = any(one.state is State.READING or one.counts.get(State.ACCEPTING) for one in waiting)
        return JSONResponse({"stamps": stamps, "busy": busy})

    @router.get("/{arrival_id}")
    def arrival(
        arrival_id: ArrivalId, room: InRoom, visitor: Archivist, first: Annotated[int, Query(ge=0, le=10**6)] = 0
    ) -> HTMLResponse:
        """A file as it is now; from document `first` on, only the documents."""
        try:
            one = _tray(room).arrivals.arrival(arrival_id)
        except ArrivalNotFound as error:
            raise HTTPException(404, str(error)) from error
        return fragment(_inside(room, visitor, one, first) if first else drawn(room, visitor, one))

    @router.post("/{arrival_id}/accept")
    def accept_sure(arrival_id: ArrivalId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Let all documents of a file count but the doubtful, in the background."""
        tray = _tray(room)
        tray.accept_sure(arrival_id, visitor.name)
        audit.note(visitor, "accepted what is sure of arrival", arrival_id)
        return arrival(arrival_id, room, visitor, 0)

    @router.post("/{arrival_id}/discard")
    def discard_all(arrival_id: ArrivalId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Let no document that is left of a file count."""
        tray = _tray(room)
        try:
            tray.arrivals.discard(arrival_id)
        except ArrivalNotFound as error:
            raise HTTPException(404, str(error)) from error
        audit.note(visitor, "discarded arrival", arrival_id)
        return fragment(Markup('<p class="done" role="status">{}</p>').format(room.say(visitor)("add_done_discarded")))

    @router.get("/{arrival_id}/{ordinal}")
    def card(arrival_id: ArrivalId, ordinal: Ordinal, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """One document, to be decided on."""
        return fragment(_card(room, visitor, _found(room, arrival_id, ordinal)))

    @router.post("/{arrival_id}/{ordinal}/accept")
    def accept(
        arrival_id: ArrivalId, ordinal: Ordinal, accepted: Accepted, room: InRoom, visitor: Archivist
    ) -> HTMLResponse:
        """Let a document count, with what is put right in it."""
        say, found = room.say(visitor), _found(room, arrival_id, ordinal)
        if found.release is None:
            return fragment(amending.failed(say("add_decided")), 409)
        given = {str(name): value for name, value in accepted.values.items()}
        values = amending.changed(found.release, given, say)
        apart = accepted.as_ == "apart"
        version_of = accepted.as_ if accepted.as_ and not apart else None
        decision = Decision(visitor.name, room.clock(), values, version_of, apart)
        try:
            done = _tray(room).accept(arrival_id, ordinal, decision)
        except BadAmendment as error:
            return fragment(amending.refused(error, say), 422)
        except Decided:
            return fragment(amending.failed(say("add_decided")), 409)
        except PressArchiveError as error:
            log.error("%s", error)
            return fragment(amending.failed(say("add_failed", reason=str(error))), 500)
        release_id = done.release_id or ""
        audit.note(visitor, f"accepted ({done.outcome})", release_id, secret=_secret(room, release_id))
        return fragment(_outcome(room, visitor, done))

    @router.post("/{arrival_id}/{ordinal}/discard")
    def discard(arrival_id: ArrivalId, ordinal: Ordinal, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Let a document not count."""
        say = room.say(visitor)
        if not _tray(room).arrivals.discard(_found(room, arrival_id, ordinal).arrival_id, [ordinal]):
            return fragment(amending.failed(say("add_decided")), 409)
        audit.note(visitor, "discarded", f"{arrival_id}/{ordinal}")
        return fragment(Markup('<p class="done" role="status">{}</p>').format(say("add_done_discarded")))

    return router


def section(room: Room, visitor: Visitor) -> Markup:
    """The place to drop files, and those that wait."""
    say, tray = room.say(visitor), room.parts.tray
    if tray is None:
        return Markup('<section class="adding"><p class="hint">{}</p></section>').format(say("add_off"))
    articles = Markup("").join(drawn(room, visitor, one) for one in tray.arrivals.waiting())
    return arriving.section(articles, tray.arrivals.largest, say)


def drawn(room: Room, visitor: Visitor, arrival: Arrival) -> Markup:
    """A file as it is now."""
    inside = _inside(room, visitor, arrival, 0)
    return arriving.article(arrival, _tray(room).progress(arrival.id), inside, room.say(visitor))


def _inside(room: Room, visitor: Visitor, arrival: Arrival, first: int) -> Markup:
    say, tray = room.say(visitor), _tray(room)
    if arrival.state is State.READING:
        return arriving.reading(tray.progress(arrival.id), say)
    if arrival.state is State.UNREADABLE:
        return arriving.unreadable(arrival.reason, say)
    documents = tray.arrivals.documents(arrival.id, AT_ONCE, first)
    if arrival.documents == 1:
        return _card(room, visitor, documents[0]) if documents else Markup("")
    weighed = [_weighed(room, visitor, found) for found in documents]
    return arriving.listing(weighed, arrival, first, say)


def _card(room: Room, visitor: Visitor, found: Found) -> Markup:
    say = room.say(visitor)
    if found.state is not State.WAITING:
        return _outcome(room, visitor, found)
    return arriving.card(_weighed(room, visitor, found), say)


def _outcome(room: Room, visitor: Visitor, found: Found) -> Markup:
    return arriving.outcome(_weighed(room, visitor, found), room.say(visitor))


def _weighed(room: Room, visitor: Visitor, found: Found) -> arriving.Weighed:
    """A document with what would become of it, and the releases it has to do with."""
    prospect = _tray(room).prospect(found) if found.state is State.WAITING and found.release is not None else None
    ids = [found.release_id] if found.release_id else []
    if prospect is not None:
        ids += [*prospect.resembling, *([prospect.foreseen.release_id] if prospect.foreseen.release_id else [])]
    view = room.archive.view(visitor.whole, room.clock())
    return arriving.Weighed(found, prospect, {one.entry.id: one.entry for one in kept(view, ids)})


async def _taken(request: Request, room: Room, visitor: Visitor, name: str) -> HTMLResponse:
    tray, say = _tray(room), room.say(visitor)
    try:
        arrival_id = await receiving.received(request, tray, name, visitor.name)
    except TooMuch as error:
        words = say(f"add_{error.reason}", name=error.name, size=arriving.size(tray.arrivals.largest, say))
        return fragment(amending.failed(words), 413 if error.reason == "large" else 422)
    except ClientDisconnect:
        return fragment(amending.failed(say("add_lost", name=name)), 400)
    except (OSError, ArchiveError) as error:
        log.error("a file handed in cannot be written: %s", error)
        return fragment(amending.failed(say("add_disk", name=name)), 507)
    audit.note(visitor, "handed in", arrival_id)
    arrival = await to_thread.run_sync(tray.arrivals.arrival, arrival_id)
    return fragment(await to_thread.run_sync(drawn, room, visitor, arrival), 201)


def _tray(room: Room) -> Tray:
    if room.parts.tray is None:
        raise HTTPException(404, "Files cannot be handed in here.")
    return room.parts.tray


def _found(room: Room, arrival_id: str, ordinal: int) -> Found:
    try:
        return _tray(room).arrivals.document(arrival_id, ordinal)
    except ArrivalNotFound as error:
        raise HTTPException(404, str(error)) from error


def _secret(room: Room, release_id: str) -> bool:
    """Whether the words of a release's id are not for the log: the public may not see it."""
    try:
        room.archive.view(Scope.PUBLIC, room.clock()).release(release_id)
    except ReleaseNotFound:
        return True
    return False
