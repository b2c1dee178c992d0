"""A release on screen: its text at a quotation, its pages as they were, its document, its versions.

Whoever looks sees what the view of their scope shows; an archivist also what was withdrawn
or superseded.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.facsimile.facsimiles import WIDTHS, Undrawable
from assistant.web import differences, originals, reading, sheets
from assistant.web.callers import Visitor
from assistant.web.originals import Original
from assistant.web.panes.visitors import Anybody, InRoom, fragment
from assistant.web.room import Room
from store.records import Release, ReleaseNotFound, Scope, Span
from store.view import View

Place = Annotated[int | None, Query(ge=0, le=10**9)]
Number = Annotated[int, Path(ge=1, le=100_000)]
Id = Annotated[str, Path(max_length=300)]


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/r/{release_id:path}")
    def permanent(release_id: Id, version: Place = None, start: Place = None, end: Place = None) -> RedirectResponse:
        """The permanent address of a release, a version or a citation: the page, opened there."""
        told = {"release": release_id, "version": version, "start": start, "end": end}
        query = urlencode({key: value for key, value in told.items() if value is not None})
        return RedirectResponse(f"/?{query}", 307)

    @router.get("/room/release/{release_id}/sheet/{number}")
    def sheet(
        release_id: Id,
        number: Number,
        room: InRoom,
        visitor: Anybody,
        version: Place = None,
        start: Place = None,
        end: Place = None,
    ) -> HTMLResponse:
        """A page of the document with the quotation marked on its picture."""
        say, release = room.say(visitor), _document(room, visitor, release_id, version)
        quoted = _quoted(release, start, end)
        facsimiles, source = room.parts.facsimiles, release.source
        try:
            if facsimiles is None:
                raise Undrawable("nothing draws here")
            asked = sheets.asked_on(release, number, quoted)
            marks = facsimiles.marks(source.sha256, source.media_type, number, asked)
        except Undrawable:
            return fragment(sheets.undrawable(say), 404)
        return fragment(sheets.sheet(release, number, quoted, marks, say))

    @router.get("/room/release/{release_id}/page/{number}.jpg")
    def page(
        release_id: Id,
        number: Number,
        request: Request,
        room: InRoom,
        visitor: Anybody,
        version: Place = None,
        width: Annotated[int, Query()] = WIDTHS[0],
    ) -> Response:
        """The picture of a page, at one of two widths; looked up anew each time, for a release may be withdrawn."""
        release = _document(room, visitor, release_id, version)
        if width not in WIDTHS:
            raise HTTPException(422, f"width is one of {', '.join(map(str, WIDTHS))}.")
        source, tag = release.source, f'"{release.source.sha256[:16]}-{number}-{width}"'
        headers = {"Cache-Control": "private, no-cache", "ETag": tag, "X-Content-Type-Options": "nosniff"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if room.parts.facsimiles is None:
            raise HTTPException(404, "No page to show.")
        try:
            picture = room.parts.facsimiles.picture(source.sha256, source.media_type, number, width)
        except Undrawable as undrawable:
            raise HTTPException(404, "No page to show.") from undrawable
        return Response(picture, media_type="image/jpeg", headers=headers)

    @router.get("/room/release/{release_id}/original")
    def original(release_id: Id, room: InRoom, visitor: Anybody, version: Place = None) -> Response:
        """The document as it came, to save: nothing in it runs here."""
        release = _document(room, visitor, release_id, version)
        data = room.parts.originals.open(release.source.sha256) if room.parts.originals else None
        if data is None:
            raise HTTPException(404, "The original is not kept here.")
        headers = {
            "Content-Disposition": originals.disposition(originals.file_name(release)),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        }
        return Response(data, media_type=originals.media_type(release), headers=headers)

    @router.get("/room/release/{release_id}/differences")
    def compared(
        release_id: Id,
        room: InRoom,
        visitor: Anybody,
        before: Annotated[int, Query(ge=1, le=10**6)],
        after: Annotated[int, Query(ge=1, le=10**6)],
    ) -> HTMLResponse:
        """What changed from one version to another."""
        say = room.say(visitor)
        try:
            versions = {release.version: release for release in _view(room, visitor).versions(release_id)}
            one, other = versions[before], versions[after]
        except (ReleaseNotFound, KeyError):
            return fragment(reading.missing(say), 404)
        return fragment(differences.differences(one, other, say))

    # Last, for it takes whatever is left: a reference may hold slashes.
    @router.get("/room/release/{release_id:path}")
    def opened(
        release_id: Id, room: InRoom, visitor: Anybody, version: Place = None, start: Place = None, end: Place = None
    ) -> HTMLResponse:
        """The release with the quotation marked; its current text if that version is gone."""
        say, view = room.say(visitor), _view(room, visitor)
        try:
            return fragment(reading.opened(_shown(room, view, release_id, version, (start, end)), say))
        except ReleaseNotFound:
            return fragment(reading.missing(say), 404)

    return router


def _view(room: Room, visitor: Visitor) -> View:
    return room.archive.view(visitor.whole, room.clock())


def _shown(
    room: Room, view: View, release_id: str, version: int | None, place: tuple[int | None, int | None]
) -> reading.Shown:
    """All that is shown of a release. Raises ReleaseNotFound."""
    versions = view.versions(release_id)
    cited = versions[-1] if version is None else next((one for one in versions if one.version == version), None)
    release = cited or versions[-1]
    kept = originals.original(release, view, room.parts.originals)
    facsimiles, source = room.parts.facsimiles, release.source
    return reading.Shown(
        release,
        view.related(release.id),
        _quoted(release, *place) if cited is not None else None,
        tuple(versions),
        gone=version if cited is None else None,
        withdrawn=view.withdrawal(release.id) if view.scope is Scope.ARCHIVIST else None,
        original=kept,
        drawn=kept is Original.HERE and facsimiles is not None and facsimiles.holds(source.sha256, source.media_type),
    )


def _quoted(release: Release, start: int | None, end: int | None) -> Span | None:
    """The place asked for, where it is one of this text."""
    if start is None or end is None or not 0 <= start <= end <= len(release.text):
        return None
    return Span(start, end)


def _document(room: Room, visitor: Visitor, release_id: str, version: int | None) -> Release:
    """The version whose document this visitor may have. Raises HTTPException: nothing else tells what there is."""
    view = _view(room, visitor)
    try:
        versions = view.versions(release_id)
    except ReleaseNotFound as missing:
        raise HTTPException(404, "No such release.") from missing
    release = versions[-1] if version is None else next((one for one in versions if one.version == version), None)
    if release is None or originals.original(release, view, room.parts.originals) is not Original.HERE:
        raise HTTPException(404, "No such document.")
    return release
