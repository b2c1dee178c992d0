"""A release on screen: its text at a quotation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from assistant.web import reading
from assistant.web.panes.visitors import Anybody, InRoom, fragment
from store.records import Release, ReleaseNotFound, Span

Place = Annotated[int | None, Query(ge=0, le=10**9)]


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/release")

    @router.get("/{release_id:path}")
    def opened(
        release_id: str, room: InRoom, visitor: Anybody, version: Place = None, start: Place = None, end: Place = None
    ) -> HTMLResponse:
        """The release with the quotation marked; its current text if that version is gone."""
        say, view = room.say(visitor), room.view(visitor)
        try:
            versions, related = view.versions(release_id), view.related(release_id)
        except ReleaseNotFound:
            return fragment(reading.missing(say), 404)
        quoted = None if start is None or end is None else Span(start, end)
        cited = versions[-1] if version is None else next((one for one in versions if one.version == version), None)
        note = say("replaced") if cited is None else ""
        if cited is None or not _within(quoted, cited):
            cited, quoted = versions[-1], None
        return fragment(reading.opened(cited, quoted, note, related, say))

    return router


def _within(quoted: Span | None, release: Release) -> bool:
    return quoted is None or 0 <= quoted.start <= quoted.end <= len(release.text)
