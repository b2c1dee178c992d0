"""The releases' door: listed, read one by one with their documents as they came, and withdrawn.

Whoever looks sees what the view of their scope shows; an archivist, to look at only, also
what was withdrawn or superseded. Every endpoint blocks, so FastAPI runs each in a thread.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from assistant.documents import entry_document, release_document
from assistant.web import audit, contract, originals
from assistant.web.callers import Visitor
from assistant.web.contract import Withdrawing
from assistant.web.doors.calling import Anybody, Archivist, InHouse
from assistant.web.doors.parameters import Day, First, Issuers, Languages, Offset, Order, ReleaseId, Words, following
from assistant.web.house import House
from assistant.web.originals import Original
from assistant.web.problems import Refused
from store.inventory import holding
from store.records import Filters, Release, ReleaseNotFound, Status
from store.view import View

Rubrics = Annotated[list[contract.Name], Query(description="Only under these rubrics; may be repeated.", max_length=20)]
Statuses = Annotated[
    list[Status],
    Query(description="Only of these statuses, as far as your scope sees any; may be repeated.", max_length=4),
]
Version = Annotated[int, Path(ge=1, le=10**6)]
FILE = {
    "description": "The document as it came, to be saved.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1/releases", tags=["releases"])

    @router.get("", name="list_releases")
    def releases(
        request: Request,
        response: Response,
        house: InHouse,
        caller: Anybody,
        q: Words = "",
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Offset = 0,
        first: First = None,
        to: Day = None,
        issuer: Issuers = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Languages = [],  # noqa: B006
        rubric: Rubrics = [],  # noqa: B006
        status: Statuses = [],  # noqa: B006
        order: Order = "newest",
    ) -> contract.ReleaseList:
        """List releases by day of publication, a page at a time.

        `q` leaves those whose title, issuer, reference or id hold every one of its words,
        however accented; `/v1/search` looks into the texts.
        """
        filters = Filters(contract.period(first, to), tuple(issuer), tuple(language), rubrics=tuple(rubric))
        view, newest_first = _whole(house, caller), order == "newest"
        if q.split():
            ids = holding(view, q, status, within=filters, newest_first=newest_first)
            page, total = ids[offset : offset + limit], len(ids)
        else:
            page = view.placed(filters, status, limit, offset, newest_first)
            total = view.facets(filters, status).releases if status else view.extent(filters).releases
        entries = view.releases(Filters(releases=tuple(page)), newest_first=newest_first) if page else []
        return contract.ReleaseList.model_validate(
            {
                "releases": [entry_document(entry) for entry in entries],
                "total": total,
                "next": following(request, response, offset, limit, total),
            }
        )

    @router.get("/{release_id:path}/versions/{version}", name="read_version")
    def version(house: InHouse, caller: Anybody, release_id: ReleaseId, version: Version) -> contract.ReleaseDocument:
        """Read one version of a release, where it may be seen: the public sees the current one."""
        return _document(house, caller, release_id, version)

    @router.get("/{release_id:path}/original", name="read_original", response_class=Response, responses={200: FILE})
    def original(
        house: InHouse, caller: Anybody, release_id: ReleaseId, version: Annotated[int | None, Query(ge=1)] = None
    ) -> Response:
        """Read the document a release was read from, byte for byte, where it is kept and may be handed over.

        The public is given formats that show all they hold (PDF, HTML, text, pictures), staff
        all but mails, archivists all.
        """
        view = _whole(house, caller)
        release, shelf = _version(view.versions(release_id), release_id, version), house.parts.originals
        here = shelf is not None and originals.original(release, view, shelf) is Original.HERE
        data = shelf.open(release.source.sha256) if here and shelf is not None else None
        if data is None:
            raise Refused(404, "original")
        headers = {
            "Content-Disposition": originals.disposition(originals.file_name(release)),
            "X-Content-Type-Options": "nosniff",
        }
        return Response(data, media_type=originals.media_type(release), headers=headers)

    @router.post("/{release_id:path}/withdraw", name="withdraw_release")
    def withdraw(
        house: InHouse, caller: Archivist, release_id: ReleaseId, withdrawing: Withdrawing
    ) -> contract.Withdrawn:
        """Withdraw a release: from now on no door shows it, nor rests an answer on it.

        Withdrawn already, it stays withdrawn with the first reason, and the answer is the same.
        """
        view = _whole(house, caller)
        release = view.release(release_id)
        if view.withdrawal(release.id) is None:
            house.archive.withdraw(release.id, " ".join(withdrawing.reason.split()), view.now)
            audit.note(caller, "withdrew", release.id, secret=release.status is Status.EMBARGOED)
        told = _whole(house, caller).withdrawal(release.id)
        assert told is not None
        at, reason = told
        return contract.Withdrawn(release_id=release.id, status=Status.WITHDRAWN, at=at.isoformat(), reason=reason)

    # Last, for it takes whatever is left: a reference may hold slashes.
    @router.get("/{release_id:path}", name="read_release")
    def release(house: InHouse, caller: Anybody, release_id: ReleaseId) -> contract.ReleaseDocument:
        """Read one release, with what was understood of it."""
        return _document(house, caller, release_id, None)

    return router


def _whole(house: House, caller: Visitor) -> View:
    """The archive to look at; nothing is answered from it."""
    return house.archive.view(caller.whole, house.clock())


def _document(house: House, caller: Visitor, release_id: str, number: int | None) -> contract.ReleaseDocument:
    view = _whole(house, caller)
    versions = view.versions(release_id)
    release, current = _version(versions, release_id, number), versions[-1]
    document: dict[str, Any] = release_document(
        versions,
        view.related(release.id),
        view.amendments(release.id) if release is current else (),
        view.withdrawal(release.id),
        release,
    )
    if originals.original(release, view, house.parts.originals) is Original.HERE:
        address = f"/v1/releases/{quote(release.id)}/original"
        document["original"] = address if release is current else f"{address}?version={release.version}"
    return contract.ReleaseDocument.model_validate(document)


def _version(versions: list[Release], release_id: str, number: int | None) -> Release:
    """The version of that number, None for the last. Raises ReleaseNotFound: nothing tells hidden from absent."""
    found = versions[-1] if number is None else next((one for one in versions if one.version == number), None)
    if found is None:
        raise ReleaseNotFound(release_id)
    return found
