"""The questions' door: ask for an answer, search for releases; as JSON or server-sent events.

Every endpoint blocks, so FastAPI runs each in a thread; an answer that is not whole in time
ends as an error. How an answer is found is the desk's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

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
from assistant.documents import hit_document
from assistant.web import audit, contract, problems
from assistant.web.callers import Visitor
from assistant.web.contract import LONGEST_QUESTION, Asked
from assistant.web.doors.calling import Anybody, InHouse
from assistant.web.doors.parameters import Day, First, Issuers, Languages
from assistant.web.patient import patiently
from assistant.web.timely import timely
from store.records import Filters

STREAM = {
    "description": (
        "One document; with `stream`, server-sent events, the data of each a JSON object of keys of that document. "
        "`understood`: `question`, `standalone`, `filters`, `understood`. `found`: `evidence`, `searched`. "
        "`sentence`, for each as soon as it is verified: `sentence`, and the `citations` it introduces. "
        "`notice`: one of `notices`. `finished`, last: the whole document, which alone counts: a sentence whose "
        "release was withdrawn meanwhile is not in it. `error`, instead: a problem. Lines that begin with « : » say "
        "nothing; they keep the stream open."
    ),
    "content": {
        "text/event-stream": {
            "schema": {
                "type": "object",
                "description": "One event.",
                "properties": {
                    "event": {"enum": ["understood", "found", "sentence", "notice", "finished", "error"]},
                    "data": {"type": "string", "contentMediaType": "application/json"},
                },
                "required": ["event", "data"],
            }
        }
    },
}


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.post("/ask", name="ask", response_model=contract.AnswerDocument, responses={200: STREAM})
    def ask(request: Request, asked: Asked, house: InHouse, caller: Anybody) -> Any:
        """Answer a question from the archive, every sentence with its citations.

        Filters that are given are used as they are, and none is inferred from the
        question's words; without any, period and issuers are read from the words. An empty
        object infers none and narrows nothing. `understood` says what was read.
        """
        question = asked.asked()
        events = noted(timely(house.desk.events(question, caller.scope)), caller)
        if not asked.stream:
            return document(_whole(events))
        told = relayed(question, events, problems.language(request))
        return StreamingResponse(patiently(told), media_type="text/event-stream")

    @router.get("/search", name="search")
    def search(
        house: InHouse,
        caller: Anybody,
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
        within, told = given if given.narrow else None, caller.language if explain else None
        found = house.desk.explained(q.strip(), caller.scope, within, limit, told)
        return contract.SearchHits.model_validate({"hits": [hit_document(evidence, why) for evidence, why in found]})

    return router


def noted(events: Iterator[Event], caller: Visitor) -> Iterator[Event]:
    """The same events; that a member of staff was answered is noted, never what."""
    for event in events:
        if isinstance(event, Finished):
            audit.answered(caller, event.answer.id)
        yield event


def _whole(events: Iterator[Event]) -> Answer:
    *_, last = events
    assert isinstance(last, Finished)
    return last.answer


def relayed(question: Question, events: Iterator[Event], language: str) -> Iterator[str]:
    """The desk's events as server-sent events; an error on the way ends them as `error`, told in `language`."""
    try:
        for event in events:
            name, data = _event(question, event)
            yield _sse(name, data)
    except Exception as error:
        yield _sse("error", json.loads(bytes(problems.of(error, language).body)))


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
