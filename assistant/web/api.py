"""The HTTP API: ask, search, list and read releases, as JSON or server-sent events.

Routes only. What a caller may see is decided by its scope (`callers`) and the view that
scope opens; how an answer is found is the desk's. Every endpoint blocks, so FastAPI runs
each in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Path, Query, Request
from fastapi.responses import StreamingResponse
from starlette.routing import Match

from assistant.answer import (
    Answer,
    Event,
    Finished,
    Found,
    Noticed,
    Question,
    Understood,
    Wrote,
    document,
    notice_document,
)
from assistant.documents import entry_document, hit_document, release_document
from assistant.web import contract, problems
from assistant.web.callers import Callers, Everybody, api_scope, page_scope
from assistant.web.contract import LONGEST_QUESTION, Asked, Name
from assistant.web.gate import Gate
from assistant.web.outside import Outside
from assistant.web.room import Parts, Room
from store.records import Filters, Scope

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.archive import Archive

Clock = Callable[[], datetime]

Day = Annotated[str | None, Query(description="A day, as 2024-03-12.")]
First = Annotated[str | None, Query(alias="from", description="First day of publication, as 2024-03-12.")]
Issuers = Annotated[list[Name], Query(description="Only these issuers; may be repeated.", max_length=100)]
Languages = Annotated[
    list[contract.Language], Query(description="Only these languages (fr, en, de, it); may be repeated.", max_length=20)
]

STREAM = {
    "description": "One document; with `stream`, the events `understood`, `found`, `sentence`…, `notice`… and "
    "`finished`, whose data is the whole document.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


def create_app(
    desk: Desk,
    archive: Archive,
    *,
    clock: Clock,
    version: str,
    callers: Callers | None = None,
    outside: Outside = Outside(),
    parts: Parts = Parts(),
    examples: tuple[str, ...] = (),
) -> FastAPI:
    """The server: the API, and at "/" the page for those whom `callers` knows (None leaves it out).

    `clock` gives an aware datetime, `outside` how people reach the server where that is not
    its own address, `parts` what the page has beside desk and archive;
    `examples` are questions offered on an empty page (where there are none, they are drawn
    from the archive).
    """
    app = FastAPI(
        title="Porte-parole",
        version=version,
        summary="Answers from a press archive, each sentence with numbered quotations of the releases it stands in.",
        docs_url=None,
        redoc_url=None,
        responses={status: {"model": contract.Problem} for status in (400, 404, 413, 422, 503)},
    )
    problems.install(app)
    routers = (_questions(desk), _releases(archive, clock), _health(archive, clock, version))
    for router in routers:
        app.include_router(router)
    _close(app, routers)
    if callers is not None:
        from assistant.web.panes import PANES
        from assistant.web.ui import mount
        from assistant.web.underway import AT_MOST, BUSY, Underway

        underway = Underway(BUSY if desk.writes_itself else AT_MOST)
        app.state.room = room = Room(desk, archive, callers, clock, parts, examples, underway)
        app.state.origin = outside.origin
        for pane in PANES:
            app.include_router(pane(), include_in_schema=False)
        mount(app, room, outside.origin)
    private = isinstance(callers, Everybody) and page_scope(callers.bound) is not Scope.PUBLIC
    app.add_middleware(Gate, private=private, callers=callers, outside=outside)
    return app


def _questions(desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.post("/ask", response_model=contract.AnswerDocument, responses={200: STREAM})
    def ask(asked: Asked) -> Any:
        """Answer a question from the archive, every sentence with its citations.

        Filters that are given are used as they are, and none is inferred from the
        question's words; without any, period and issuers are read from the words. An empty
        object infers none and narrows nothing. `understood` says what was read.
        """
        question = asked.asked()
        if not asked.stream:
            return document(desk.ask(question, api_scope()))
        events = desk.events(question, api_scope())
        return StreamingResponse(relayed(question, events), media_type="text/event-stream")

    @router.get("/search")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUESTION, pattern=r"\S")],
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
        first: First = None,
        to: Day = None,
        issuer: Issuers = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Languages = [],  # noqa: B006
        explain: Annotated[bool, Query(description="Say why each is there, in words.")] = False,
    ) -> contract.SearchHits:
        """Find releases, best first, each with its best passage."""
        given = Filters(contract.period(first, to), tuple(issuer), tuple(language))
        within, told = given if given.narrow else None, "fr" if explain else None
        found = desk.explained(q.strip(), api_scope(), within, limit, told)
        return contract.SearchHits.model_validate({"hits": [hit_document(evidence, why) for evidence, why in found]})

    return router


def _releases(archive: Archive, clock: Clock) -> APIRouter:
    router = APIRouter(prefix="/v1/releases", tags=["releases"])

    @router.get("")
    def releases(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
        first: First = None,
        to: Day = None,
        issuer: Issuers = [],  # noqa: B006
        language: Languages = [],  # noqa: B006
    ) -> contract.ReleaseList:
        """List releases, newest first."""
        filters = Filters(contract.period(first, to), tuple(issuer), tuple(language))
        view = archive.view(api_scope(), clock())
        listed = [entry_document(release) for release in view.releases(filters, limit, offset)]
        total = view.extent(filters).releases
        return contract.ReleaseList.model_validate({"releases": listed, "total": total})

    @router.get("/{release_id:path}")
    def release(
        release_id: Annotated[str, Path(max_length=300, description="The release's id, or its reference.")],
    ) -> contract.ReleaseDocument:
        """Read one release, with what was understood of it."""
        view = archive.view(api_scope(), clock())
        document = release_document(view.versions(release_id), view.related(release_id), view.amendments(release_id))
        return contract.ReleaseDocument.model_validate(document)

    return router


def _health(archive: Archive, clock: Clock, version: str) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz() -> contract.Health:
        """Whether the server answers, and how many releases it has for the public."""
        releases = archive.view(api_scope(), clock()).extent(Filters()).releases
        return contract.Health(status="ok", version=version, releases=releases)

    return router


def _close(app: FastAPI, routers: tuple[APIRouter, ...]) -> None:
    """Answer for the rest of /v1, which would otherwise fall to the page mounted at "/"."""
    routes = [route for router in routers for route in router.routes]

    @app.api_route("/v1/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def nothing_here(rest: str, request: Request) -> None:
        others = [route for route in routes if route.matches(request.scope)[0] is Match.PARTIAL]
        allowed = {method for route in others for method in getattr(route, "methods", ())}
        if allowed:
            names = ", ".join(sorted(allowed))
            raise HTTPException(405, f"/v1/{rest} takes {names}.", headers={"Allow": names})
        raise HTTPException(404, "Nothing here; /openapi.json lists what there is.")


def relayed(question: Question, events: Iterator[Event]) -> Iterator[str]:
    """The desk's events as server-sent events; an error on the way ends them as `error`."""
    try:
        for event in events:
            name, data = _event(question, event)
            yield _sse(name, data)
    except Exception as error:
        yield _sse("error", json.loads(bytes(problems.of(error).body)))


def _event(question: Question, event: Event) -> tuple[str, dict[str, Any]]:
    """An event's name and data: the keys of the answer's document that it settles."""
    part = Answer(question.text, question.text, Filters())
    match event:
        case Understood(standalone=standalone, filters=filters, inferred=inferred):
            whole = document(replace(part, standalone=standalone, filters=filters, inferred=inferred))
            return "understood", {key: whole[key] for key in ("question", "standalone", "filters", "understood")}
        case Found(evidence=evidence, searched=searched):
            whole = document(replace(part, evidence=evidence, searched=searched))
            return "found", {key: whole[key] for key in ("evidence", "searched")}
        case Wrote(sentence=sentence, citations=citations):
            whole = document(replace(part, sentences=(sentence,), citations=citations))
            return "sentence", {"sentence": whole["sentences"][0], "citations": whole["citations"]}
        case Noticed(notice=notice):
            return "notice", notice_document(notice)
        case Finished(answer=answer):
            return "finished", document(answer)


def _sse(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
