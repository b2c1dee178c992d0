"""/openapi.json as whole as a reader needs it: who may call what, every error, examples.

FastAPI describes what routes declare; here is added what the gate and the problems do for
all of them. Knows nothing of what is answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from assistant.web import problems, specimens
from assistant.web.admission import COSTLY
from assistant.web.callers import Role
from assistant.web.contract import Problem
from assistant.web.doors.calling import SCOPES, AtLeast
from assistant.web.gate import UNNAMED

ABOUT = """\
Every sentence of an answer carries numbered citations; `start` and `end` of a citation are characters of its
release's text, and `quote` is exactly that text. Without a key everybody is the public; a key of scope `staff` also
sees embargoed releases, one of scope `archivist` may hand in and withdraw, and look at what was withdrawn.

Errors are problem details (RFC 9457), in French or English as `Accept-Language` asks. What the caller may not see is
answered as what does not exist.
"""
TAGS = [
    {"name": "questions", "description": "Ask, search, and read answers again."},
    {"name": "releases", "description": "Read releases, and who says what in them."},
    {"name": "ingestion", "description": "Hand files in, and follow them."},
    {"name": "chat clients", "description": "For clients written for OpenAI's API."},
    {"name": "health", "description": "For those who watch the server."},
]
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key, as `porte-parole keys add` shows it once: `Authorization: Bearer pp_…`.",
}
_HEADERS = {
    401: {"WWW-Authenticate": "How to say who calls."},
    429: {"Retry-After": "Seconds to wait."},
    503: {"Retry-After": "Seconds to wait."},
}
_DETAILS: dict[int, tuple[str, dict[str, Any]]] = {
    400: ("no_date", {"value": "hier"}),
    401: ("sign_in", {}),
    403: ("scope", {"scope": "archivist"}),
    404: ("release", {"asked": "CP-2024-99"}),
    408: ("slow", {}),
    409: ("file_many", {}),
    413: ("too_large", {"size": 256}),
    422: ("field_missing", {}),
    429: ("asked_own", {}),
    500: ("fault", {}),
    503: ("busy", {}),
    504: ("long", {"seconds": 180}),
    507: ("file_disk", {}),
}
"""Of each status, words that go with it."""


def describe(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Let `app`, which has these routers, describe itself whole."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = plain()
            described["info"]["description"] = ABOUT
            described["tags"] = TAGS
            schemas = described.setdefault("components", {}).setdefault("schemas", {})
            schemas.setdefault("Problem", Problem.model_json_schema())
            described["components"]["securitySchemes"] = {"key": _KEY}
            for route in _routes(routers):
                for method in route.methods or ():
                    _complete(described["paths"][route.path_format][method.lower()], route, method)
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _routes(routers: Sequence[APIRouter]) -> Iterator[APIRoute]:
    each = (route for router in routers for route in router.routes)
    return (route for route in each if isinstance(route, APIRoute) and route.include_in_schema)


def _complete(operation: dict[str, Any], route: APIRoute, method: str) -> None:
    role = _role(route)
    if role is Role.PUBLIC:
        operation["security"] = [{}, {"key": []}]
    elif role is not None:
        operation["security"] = [{"key": []}]
        operation["description"] = f"{operation.get('description', '')}\n\nTakes a key of scope {SCOPES[role]}.".strip()
    responses = operation["responses"]
    for status in _statuses(operation, route, method):
        if status == 422:  # FastAPI tells of errors in a form of its own
            responses.pop("422", None)
        told = responses.setdefault(str(status), {"description": problems.problem(status, "")["title"]})
        told.setdefault("content", {problems.MEDIA_TYPE: _problem(status)})
        if status in _HEADERS:
            told["headers"] = {
                name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS[status].items()
            }
    operation["responses"] = dict(sorted(responses.items()))
    _exemplify(operation, route)


def _statuses(operation: dict[str, Any], route: APIRoute, method: str) -> list[int]:
    """The errors that a call may end with."""
    path, body = route.path_format, "requestBody" in operation
    statuses = {403, 500, 503}
    if not UNNAMED.fullmatch(path):
        statuses |= {400, 401, 429}
    if operation.get("parameters") or body:
        statuses |= {422}
    if "{" in path or path in ("/v1/ingest", "/v1/chat/completions"):
        statuses |= {404}
    if body:
        statuses |= {413}
    if COSTLY.fullmatch(path) and method == "POST":
        statuses |= {408, 504}
    if path == "/v1/ingest":
        statuses |= {409, 507}
    return sorted(statuses)


def _role(route: APIRoute) -> Role | None:
    """Who may call it; None where nobody is asked who they are."""
    asked = [one.call for one in route.dependant.dependencies if isinstance(one.call, AtLeast)]
    return asked[0].role if asked else None


def _problem(status: int) -> dict[str, Any]:
    key, values = _DETAILS[status]
    detail = problems.say(key, **values)
    example = problems.problem(status, detail)
    if status in (400, 422):
        field = "from" if status == 400 else "question"
        example |= {"detail": f"{field}: {detail}", "errors": [{"field": field, "message": detail}]}
    return {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}


def _exemplify(operation: dict[str, Any], route: APIRoute) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in specimens.VALUES:
            parameter["example"] = specimens.VALUES[parameter["name"]]
    good = operation["responses"].get(str(route.status_code or 200), {}).get("content", {})
    if route.name in specimens.GIVEN and "application/json" in good:
        good["application/json"]["example"] = specimens.GIVEN[route.name]
    if route.name == "ask":
        told = {"answer": {"value": specimens.ANSWER}, "abstention": {"value": specimens.ABSTENTION}}
        good["application/json"].pop("example")
        good["application/json"]["examples"] = told
        good["text/event-stream"]["example"] = specimens.STREAM
