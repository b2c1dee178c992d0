"""The archivists' door for files: handed in over the API, followed until each document counts or waits.

A file goes the way of those dropped on the page (`assistant.tray`), and its job survives a
restart. What is doubtful counts only where the caller said that all does.
"""

from __future__ import annotations

import logging
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request, Response
from starlette.requests import ClientDisconnect

from assistant.tray import Tray
from assistant.web import audit, receiving
from assistant.web.contract_ingestion import IngestionJob
from assistant.web.doors.calling import Archivist, InHouse
from assistant.web.doors.parameters import Offset, following
from assistant.web.house import House
from assistant.web.problems import Refused
from store.arrival import Accept, Arrival, ArrivalNotFound, Found, State, TooMuch
from store.records import ArchiveError

log = logging.getLogger(__name__)

_REFUSALS = {"large": 413, "many": 409, "empty": 422}
SUFFIXES = {
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
}
"""By media type, the ending of a file that is sent without a name: its reader is chosen by it."""
BODY = {
    "requestBody": {
        "required": True,
        "description": "The file, byte for byte (not a form). JSON Lines: a release a line.",
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}},
            "application/x-ndjson": {
                "schema": {"type": "string", "minLength": 1},
                "example": '{"id": "CP-7", "title": "Le pont rouvre", "date": "2025-05-06", "issuer": "Bréval", '
                '"text": "Le pont de Bréval rouvre."}\n',
            },
        },
    }
}
NAME = "The file's name: how it is read follows from its ending. Without one, from the media type."
ACCEPT = (
    "What counts as soon as it is read: `sure` (new, or there already, and nothing doubtful in it; the rest waits for "
    "a person in the room), `all`, or `none`."
)
JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1/ingest", tags=["ingestion"])

    @router.post("", name="ingest", status_code=202, openapi_extra=BODY)
    async def ingest(
        request: Request,
        response: Response,
        house: InHouse,
        caller: Archivist,
        name: Annotated[str, Query(max_length=1_000, description=NAME)] = "",
        accept: Annotated[Accept, Query(description=ACCEPT)] = Accept.SURE,
    ) -> IngestionJob:
        """Hand in a file whose bytes are the body; it is read soon after. Follow its job at `Location`."""
        tray, media_type = _tray(house), request.headers.get("content-type", "").partition(";")[0].strip().lower()
        named = name.strip() or f"document{SUFFIXES.get(media_type, '.txt')}"
        try:
            job = await receiving.received(request, tray, named, caller.name, accept)
        except TooMuch as error:
            size = tray.arrivals.largest >> 20
            raise Refused(_REFUSALS[error.reason], f"file_{error.reason}", name=error.name, size=size) from error
        except ClientDisconnect as error:
            raise Refused(400, "file_lost") from error
        except (OSError, ArchiveError) as error:
            log.error("a file handed in cannot be written: %s", error)
            raise Refused(507, "file_disk") from error
        audit.note(caller, f"handed in (accepting {accept.value})", job)
        response.headers["Location"] = f"/v1/ingest/{job}"
        arrival = await to_thread.run_sync(tray.arrivals.arrival, job)
        return IngestionJob.model_validate(_job(tray, arrival, [], None))

    @router.get("/{job}", name="follow_ingestion")
    def follow(
        request: Request,
        response: Response,
        house: InHouse,
        caller: Archivist,
        job: JobId,
        limit: Annotated[int, Query(ge=1, le=200, description="Documents of one page.")] = 50,
        offset: Offset = 0,
    ) -> IngestionJob:
        """Follow a file: how far it is, and what became of each document in it."""
        tray = _tray(house)
        try:
            arrival = tray.arrivals.arrival(job)
        except ArrivalNotFound as error:
            raise Refused(404, "job") from error
        documents = [_document(tray, found) for found in tray.arrivals.documents(job, limit, offset)]
        more = following(request, response, offset, limit, arrival.documents)
        return IngestionJob.model_validate(_job(tray, arrival, documents, more))

    return router


def _tray(house: House) -> Tray:
    if house.parts.tray is None:
        raise Refused(404, "no_tray")
    return house.parts.tray


def _job(tray: Tray, arrival: Arrival, documents: list[dict[str, Any]], more: str | None) -> dict[str, Any]:
    return {
        "job": arrival.id,
        "state": _state(arrival),
        "name": arrival.name,
        "size": arrival.size,
        "by": arrival.by or None,
        "received": arrival.at.isoformat(),
        "reason": arrival.reason,
        "read": arrival.documents or tray.progress(arrival.id),
        "counts": {state.value: count for state, count in arrival.counts.items()},
        "documents": documents,
        "total": arrival.documents,
        "next": more,
    }


def _state(arrival: Arrival) -> str:
    if arrival.state is State.ACCEPTED:
        return "done"
    if arrival.state is not State.READ:
        return arrival.state.value
    return "accepting" if arrival.counts.get(State.ACCEPTING) else "waiting"


def _document(tray: Tray, found: Found) -> dict[str, Any]:
    release = found.release
    foreseen = None
    if found.state is State.WAITING and release is not None:
        prospect = tray.prospect(found)
        foreseen = {
            "outcome": prospect.foreseen.outcome,
            "release_id": prospect.foreseen.release_id,
            "resembling": list(prospect.resembling),
        }
    return {
        "number": found.ordinal + 1,
        "name": found.name,
        "state": found.state.value,
        "title": None if release is None else release.title,
        "outcome": found.outcome,
        "release_id": found.release_id,
        "reason": found.reason,
        "doubts": [] if release is None else list(release.doubts),
        "foreseen": foreseen,
    }
