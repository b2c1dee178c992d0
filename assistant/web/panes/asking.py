"""Beside the conversation itself: the forms that put right what was understood, and the stop of an answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, HTTPException, Query
from fastapi.responses import HTMLResponse, Response

from assistant.web import contract, filtering
from assistant.web.contract import LONGEST_QUESTION, Language, Name
from assistant.web.panes.visitors import Anybody, InRoom, fragment
from store.records import Filters
from store.schema import PARIS

Issuers = Annotated[list[Name], Query(max_length=100)]
Languages = Annotated[list[Language], Query(max_length=20)]
Day = Annotated[str | None, Query(max_length=10)]


def routes() -> APIRouter:
    router = APIRouter(prefix="/room")

    @router.get("/filtering")
    def form(
        room: InRoom,
        visitor: Anybody,
        first: Annotated[str | None, Query(alias="from", max_length=10)] = None,
        to: Day = None,
        issuer: Issuers = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Languages = [],  # noqa: B006
    ) -> HTMLResponse:
        """The form that chooses the releases to search, filled in with the filters in force."""
        view = room.view(visitor)
        filters = Filters(contract.period(first or None, to or None), tuple(issuer), tuple(language))
        today = view.now.astimezone(PARIS).date()
        say = room.say(visitor)
        return fragment(filtering.form(filters, view.issuers(), view.languages(), today, say))

    @router.get("/issuers")
    def issuers(
        room: InRoom,
        visitor: Anybody,
        words: Annotated[str, Query(max_length=200)] = "",
        issuer: Issuers = [],  # noqa: B006
    ) -> HTMLResponse:
        """Issuers to tick: those chosen, and those that go by the words."""
        return fragment(filtering.offered(issuer, room.view(visitor).issuers(), words, room.say(visitor)))

    @router.get("/rewording")
    def rewording(
        room: InRoom, visitor: Anybody, question: Annotated[str, Query(max_length=4 * LONGEST_QUESTION)]
    ) -> HTMLResponse:
        """The form that says a question otherwise."""
        return fragment(filtering.rewording(question[:LONGEST_QUESTION], room.say(visitor)))

    @router.get("/underway")
    def underway(room: InRoom, visitor: Anybody, mark: Annotated[str, Query(max_length=40)]) -> Response:
        """Whether an answer is still being given: a page that hears nothing of it asks."""
        if not room.underway.holds(mark):
            raise HTTPException(404, "No such answer is being given.")
        return Response(status_code=204)

    @router.post("/stop")
    def stop(room: InRoom, visitor: Anybody, mark: Annotated[str, Body(embed=True, max_length=40)]) -> Response:
        """Stop an answer that is being given; who knows its mark asked it."""
        if not room.underway.stop(mark):
            raise HTTPException(404, "No such answer is being given.")
        return Response(status_code=204)

    return router
