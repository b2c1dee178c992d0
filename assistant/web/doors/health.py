"""Whether the server answers: for those who watch it, without a key."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.web import contract
from assistant.web.callers import api_scope
from assistant.web.doors.calling import InHouse
from store.records import Filters


def routes() -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz(house: InHouse) -> contract.Health:
        """Whether the server answers, and how many releases it has for the public."""
        releases = house.archive.view(api_scope(), house.clock()).extent(Filters()).releases
        return contract.Health(status="ok", version=house.version, releases=releases)

    return router
