"""The archive's own pane: its list, corrections by hand, withdrawals. For archivists."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.web import amending, audit, shelf
from assistant.web.callers import Visitor
from assistant.web.panes import adding
from assistant.web.panes.adding import Amended, Values
from assistant.web.panes.visitors import Archivist, InRoom, fragment
from assistant.web.room import Room
from store.amendments import BadAmendment, Hand, one_line
from store.inventory import inventory, kept, to_recheck
from store.records import Release, ReleaseNotFound, Status
from store.view import View

AT_ONCE = 25
CITING = 100
"""Answers that are counted before a withdrawal; beyond, « more than »."""

ReleaseId = Annotated[str, Path(max_length=300)]
Words = Annotated[str, Query(alias="q", max_length=200)]
State = Literal["", "published", "embargoed", "withdrawn", "superseded", "recheck"]


class Put(BaseModel):
    """Values put right, and why."""

    model_config = ConfigDict(extra="forbid")

    values: Values = Field(default_factory=dict)
    note: str = Field("", max_length=4_000)


class Undo(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: Amended


class Reason(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(max_length=4_000)]


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/archive")

    @router.get("")
    def pane(room: InRoom, visitor: Archivist) -> HTMLResponse:
        """The pane: files handed in, then the list."""
        say = room.say(visitor)
        inside = adding.section(room, visitor) + shelf.section(_sheet(room, visitor, "", "", 0), say)
        return fragment(Markup("<h2>{}</h2>{}").format(say("place_archive"), inside))

    @router.get("/list")
    def listed(
        room: InRoom,
        visitor: Archivist,
        words: Words = "",
        state: State = "",
        first: Annotated[int, Query(ge=0, le=10**7)] = 0,
    ) -> HTMLResponse:
        """A page of the list."""
        return fragment(_sheet(room, visitor, words, state, first))

    @router.get("/{release_id}/amend")
    def amend_form(release_id: ReleaseId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """A form to put a release right."""
        return fragment(_form(room, visitor, release_id))

    @router.post("/{release_id}/amend")
    def amend(release_id: ReleaseId, put: Put, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Put a release right: at every door at once."""
        say, release = room.say(visitor), _release(room, visitor, release_id)
        given = {str(name): value for name, value in put.values.items()}
        try:
            values = amending.changed(release, given, say)
            confirmed = {one.field for one in _view(room, visitor).amendments(release.id) if one.recheck}
            values |= {name: value for name, value in given.items() if name in confirmed}
            hand = Hand(values, visitor.name, room.clock(), put.note)
        except BadAmendment as error:
            return fragment(amending.refused(error, say), 422)
        if not values:
            return fragment(_line(room, visitor, release.id, say("amend_nothing")))
        room.archive.amend(release.id, hand)
        secret = release.status is not Status.PUBLISHED or "embargo" in values
        audit.note(visitor, f"amended {', '.join(sorted(values))} of", release.id, secret=secret)
        return fragment(_line(room, visitor, release.id, say("amend_saved")))

    @router.post("/{release_id}/unamend")
    def unamend(release_id: ReleaseId, undo: Undo, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Let the document's own words stand again in a field."""
        say, release = room.say(visitor), _release(room, visitor, release_id)
        room.archive.unamend(release.id, [undo.field])
        secret = release.status is not Status.PUBLISHED
        audit.note(visitor, f"restored {undo.field} of", release.id, secret=secret)
        return fragment(_line(room, visitor, release.id, say("amend_saved")))

    @router.get("/{release_id}/withdraw")
    def withdraw_form(release_id: ReleaseId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """What a withdrawal means, and how many answers cite the release."""
        release, answers = _release(room, visitor, release_id), room.parts.answers
        cited = 0 if answers is None else len(answers.latest(room.clock(), CITING + 1, release.id))
        related = _view(room, visitor).related(release.id)
        return fragment(amending.withdrawing(release, cited, CITING + 1, related, room.say(visitor)))

    @router.post("/{release_id}/withdraw")
    def withdraw(release_id: ReleaseId, given: Reason, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Withdraw a release from every door, at once."""
        say, release = room.say(visitor), _release(room, visitor, release_id)
        reason = one_line(given.reason)[:1_000]
        if not reason:
            return fragment(amending.failed(say("withdraw_no_reason")), 422)
        room.archive.withdraw(release.id, reason, room.clock())
        audit.note(visitor, "withdrew", release.id, secret=release.status is Status.EMBARGOED)
        return fragment(_line(room, visitor, release.id, say("withdraw_done")))

    return router


def _sheet(room: Room, visitor: Visitor, words: str, state: str, first: int) -> Markup:
    view = _view(room, visitor)
    status = Status(state) if state and state != "recheck" else None
    found = inventory(view, words, status, state == "recheck", first, AT_ONCE)
    sheet = shelf.Sheet(found.kept, first, found.total, AT_ONCE, words.strip(), state)
    return shelf.sheet(sheet, to_recheck(view), room.say(visitor))


def _line(room: Room, visitor: Visitor, release_id: str, saved: str) -> Markup:
    return shelf.line(kept(_view(room, visitor), [release_id])[0], room.say(visitor), saved)


def _form(room: Room, visitor: Visitor, release_id: str) -> Markup:
    release, view = _release(room, visitor, release_id), _view(room, visitor)
    return amending.form(release, view.amendments(release.id), view.related(release.id), room.say(visitor))


def _view(room: Room, visitor: Visitor) -> View:
    return room.archive.view(visitor.whole, room.clock())


def _release(room: Room, visitor: Visitor, release_id: str) -> Release:
    """The release of that id; 404 where there is none for an archivist."""
    try:
        return _view(room, visitor).release(release_id)
    except ReleaseNotFound as error:
        raise HTTPException(404, str(error)) from error
