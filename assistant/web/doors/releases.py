"""The releases' door: listed, and read one by one.

Every endpoint blocks, so FastAPI runs each in a thread.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.documents import entry_document, release_document
from assistant.web import contract
from assistant.web.doors.calling import Anybody, InHouse
from assistant.web.doors.parameters import Day, First, Issuers, Languages
from store.records import Filters


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1/releases", tags=["releases"])

    @router.get("")
    def releases(
        house: InHouse,
        caller: Anybody,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
        first: First = None,
        to: Day = None,
        issuer: Issuers = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Languages = [],  # noqa: B006
    ) -> contract.ReleaseList:
        """List releases, newest first."""
        filters = Filters(contract.period(first, to), tuple(issuer), tuple(language))
        view = house.view(caller)
        listed = [entry_document(release) for release in view.releases(filters, limit, offset)]
        total = view.extent(filters).releases
        return contract.ReleaseList.model_validate({"releases": listed, "total": total})

    @router.get("/{release_id:path}")
    def release(
        house: InHouse,
        caller: Anybody,
        release_id: Annotated[str, Path(max_length=300, description="The release's id, or its reference.")],
    ) -> contract.ReleaseDocument:
        """Read one release, with what was understood of it."""
        view = house.view(caller)
        document = release_document(view.versions(release_id), view.related(release_id), view.amendments(release_id))
        return contract.ReleaseDocument.model_validate(document)

    return router
