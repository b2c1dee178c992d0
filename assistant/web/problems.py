"""Errors as problem details (RFC 9457), and what becomes one.

Knows nothing of routes. A problem never carries a stack trace, a path of this machine,
or a difference between a release that does not exist and one the caller may not see.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from store.records import ArchiveBusy, PressArchiveError, ReleaseNotFound

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "Sign in first",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    413: "Body too large",
    422: "Invalid input",
    500: "Internal error",
    503: "Archive busy",
}


class BadDate(Exception):
    """A date filter that is no date; `field` names it, `reason` says what is wrong."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """The problem document of an HTTP status; `more` are its extension members."""
    return {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail, **more}


def response(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    return JSONResponse(problem(status, detail, **more), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def encoded(status: int, detail: str) -> bytes:
    """The same document as bytes, for where no response object is at hand."""
    return json.dumps(problem(status, detail), ensure_ascii=False).encode()


def of(error: Exception) -> JSONResponse:
    """The response an error becomes; what is not on the caller's side is logged."""
    match error:
        case BadDate(field=field, reason=reason):
            return response(400, str(error), errors=[{"field": field, "message": reason}])
        case ReleaseNotFound(id_or_reference=asked):
            return response(404, f"No release « {asked} » here; GET /v1/releases lists them.")
        case RequestValidationError():
            errors = [_field_error(item) for item in error.errors()]
            detail = "; ".join(f"{item['field']}: {item['message']}" for item in errors)
            return response(422, detail, errors=errors)
        case HTTPException():
            return response(error.status_code, str(error.detail), headers=dict(error.headers or {}))
        case ArchiveBusy():
            log.warning("archive busy: %s", error)
            headers = {"Retry-After": "5"}
            return response(503, "The archive is busy; ask again in a few seconds.", headers=headers)
        case PressArchiveError():
            log.error("%s", error)
            return response(500, "The archive cannot be read now; the server's log says why.")
        case _:
            log.error("unexpected error", exc_info=error)
            return response(500, "Something failed on our side; the server's log says what.")


def install(app: FastAPI) -> None:
    """Let every error of `app` leave as a problem document."""

    async def answer(_: Request, error: Exception) -> JSONResponse:
        return of(error)

    for kind in (BadDate, PressArchiveError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)


def _field_error(item: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in item["loc"]]
    if len(place) > 1 and place[0] in ("body", "query", "path"):
        place = place[1:]
    return {"field": ".".join(place), "message": str(item["msg"])}
