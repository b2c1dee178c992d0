"""How the server does, for those who watch it: whether it answers, whether it is ready, its figures.

What the public may not know of an archive is in no figure that is told without a key: the
number of documents handed in would give an embargoed one away.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from assistant.meter import Counts
from assistant.web import contract
from assistant.web.callers import Role, api_scope
from assistant.web.doors.calling import Anybody, InHouse
from assistant.web.house import House
from store.records import Filters, Scope

FIGURES = {"description": "Figures for Prometheus.", "content": {"text/plain": {"schema": {"type": "string"}}}}


def routes() -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz(house: InHouse) -> contract.Health:
        """Whether the server answers, and how many releases it has for the public."""
        releases = house.archive.view(api_scope(), house.clock()).extent(Filters()).releases
        return contract.Health(status="ok", version=house.version, releases=releases)

    @router.get("/readyz", response_model=contract.Ready, responses={503: {"model": contract.Ready}})
    def readyz(house: InHouse) -> Any:
        """Whether to send anybody here now: not before everything is warm, nor while the server stops."""
        house.archive.view(api_scope(), house.clock()).extent(Filters())
        running = house.running
        status = "ready" if running.ready else "stopping" if running.stopping else "warming"
        return JSONResponse({"status": status}, 200 if running.ready else 503)

    @router.get("/metrics", response_class=Response, responses={200: FIGURES})
    def metrics(request: Request, house: InHouse, caller: Anybody) -> Response:
        """Figures for Prometheus: questions, abstentions, sentences, steps, requests.

        With a staff key also releases, documents handed in and what waits. Without one only
        where nobody but this machine reaches the server.
        """
        known = caller.may(Role.READER)
        if not known and not request.app.state.private:
            raise HTTPException(403, "The figures take a key of scope staff.")
        return Response(house.meter.read(_standing(house) if known else None), media_type=CONTENT_TYPE_LATEST)

    return router


def _standing(house: House) -> Counts:
    now = house.clock()
    seen = {scope.value: house.archive.view(scope, now).extent(Filters()).releases for scope in Scope}
    tray = house.parts.tray
    waiting = Counter(f"files_{one.state}" for one in tray.arrivals.waiting()) if tray else {}
    return {"releases": seen, "queue": {"versions_to_index": house.archive.pending(), **waiting}}
