"""The door for chat clients written for OpenAI's API: conversations answered from the archive.

Any such client works: its messages become a question with the turns before it, the answer
comes as text with numbered links, whole or by verified sentence. How an answer is found is
the desk's, how it is set `assistant.web.chat`'s.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from assistant.answer import Answer, Event, Finished, document
from assistant.web import problems
from assistant.web.callers import Visitor
from assistant.web.chat.contract import MODEL, ChatAsked, ChatCompletion, ChatModel, ChatModels, chunk
from assistant.web.chat.markdown import safe
from assistant.web.chat.refusals import ChatRoute, Refused, refusal
from assistant.web.chat.telling import Mark, Places, Telling
from assistant.web.chat.turns import NoQuestion, question
from assistant.web.contract import LONGEST_QUESTION
from assistant.web.doors.asking import noted
from assistant.web.doors.calling import Anybody, InHouse
from assistant.web.house import House
from assistant.web.patient import patiently
from assistant.web.press import places as press
from assistant.web.timely import timely
from store.records import Scope, Span

STREAM = {
    "description": "One document; with `stream`, a chunk for each verified sentence, then one with the sources, "
    "its links in `delta.annotations`; the last with text has `citations` too. Ends with `[DONE]`.",
    "content": {
        "text/event-stream": {
            "schema": {
                "type": "object",
                "description": "One event.",
                "properties": {"data": {"type": "string", "description": "A chunk as JSON, or `[DONE]`."}},
                "required": ["data"],
            }
        }
    },
}


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["chat clients"], route_class=ChatRoute)

    @router.post("/chat/completions", response_model=ChatCompletion, responses={200: STREAM})
    def complete(asked: ChatAsked, request: Request, house: InHouse, caller: Anybody) -> Any:
        """Answer a conversation as OpenAI's API does, from the archive.

        The text is Markdown: verified sentences, each with numbered links, then the sources.
        The same links are annotations of type `url_citation`; `citations` are those of /v1/ask.
        """
        _refuse_what_cannot_be(asked)
        try:
            filters = None if asked.filters is None else asked.filters.filters()
            put = question(asked.messages, filters)
        except NoQuestion as error:
            key = "chat_long_question" if error.characters else "chat_no_question"
            values = {"most": LONGEST_QUESTION, "count": error.characters}
            raise Refused(400, key, "invalid_question", "messages", **values) from error
        events = noted(timely(house.desk.events(put, caller.scope)), caller)
        told = _Told(asked, request, house, caller)
        if not asked.stream:
            return told.whole(events)
        return StreamingResponse(patiently(told.stream(events)), media_type="text/event-stream")

    @router.get("/models")
    def models(caller: Anybody) -> ChatModels:
        """List what answers: the archive, under one name whoever writes."""
        return ChatModels(data=[ChatModel()])

    @router.get("/models/{model:path}")
    def model(model: str, caller: Anybody) -> ChatModel:
        """Read one."""
        _known(model)
        return ChatModel()

    return router


class _Told:
    """One completion."""

    def __init__(self, asked: ChatAsked, request: Request, house: House, caller: Visitor) -> None:
        self._asked = asked
        self._language = problems.language(request)
        self._telling = Telling(_places(request, caller), house.view(caller).several)
        self._id = f"chatcmpl-{secrets.token_hex(12)}"
        self._created = int(house.clock().timestamp())

    def whole(self, events: Iterator[Event]) -> dict[str, Any]:
        *_, last = events
        assert isinstance(last, Finished)
        self._telling.whole(last.answer)
        message = {
            "role": "assistant",
            "content": self._telling.text,
            "annotations": [_annotation(number, mark) for number, mark in enumerate(self._telling.marks)],
            **_beside(last.answer),
        }
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        return {"id": self._id, "created": self._created, "choices": choices, "usage": self._usage()}

    def stream(self, events: Iterator[Event]) -> Iterator[str]:
        """Server-sent events; an error on the way is one, as OpenAI's clients read it."""
        try:
            yield self._chunk({"role": "assistant", "content": ""})
            for event in events:
                marked = len(self._telling.marks)
                said = self._telling.took(event)
                delta: dict[str, Any] = {"content": said.text} if said.text else {}
                if said.marks:
                    delta["annotations"] = [_annotation(n, mark) for n, mark in enumerate(said.marks, marked)]
                if isinstance(event, Finished):
                    yield self._chunk({"content": "", **delta, **_beside(event.answer)})
                elif delta:
                    yield self._chunk(delta)
            yield self._chunk({}, "stop")
            if self._asked.stream_options is not None and self._asked.stream_options.include_usage:
                yield self._chunk(None, usage=self._usage())
            yield "data: [DONE]\n\n"
        except Exception as error:
            yield _sse(json.loads(bytes(refusal(error, self._language).body)))

    def _chunk(self, delta: dict[str, Any] | None, finish: str | None = None, **more: Any) -> str:
        return _sse(chunk(self._id, self._created, delta, finish, **more))

    def _usage(self) -> dict[str, int]:
        asked = sum(len(message.text.split()) for message in self._asked.messages)
        answered = len(self._telling.text.split())
        return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}


def _beside(answer: Answer) -> dict[str, Any]:
    """What is ours beside the text."""
    whole = document(answer)
    return {key: whole[key] for key in ("citations", "abstention", "answer_id")}


def _refuse_what_cannot_be(asked: ChatAsked) -> None:
    _known(asked.model)
    if asked.n not in (None, 1):
        raise Refused(400, "chat_one_answer", "unsupported_value", "n")
    if asked.response_format is not None and asked.response_format.type != "text":
        raise Refused(400, "chat_text", "unsupported_value", "response_format")


def _known(model: str) -> None:
    if model != MODEL:
        raise Refused(404, "chat_model", "model_not_found", "model", model=model[:200])


def _places(request: Request, caller: Visitor) -> Places:
    """To the public the release's own address where it has one, else the journalists' page, which asks no account."""
    here, open_to_all = str(request.base_url).rstrip("/"), caller.scope is Scope.PUBLIC

    def place(release_id: str, version: int, url: str | None, span: Span | None) -> str:
        if open_to_all:
            return safe(url) or here + press.Places("").release(release_id, version, span)
        words = "" if span is None else f"&start={span.start}&end={span.end}"
        return f"{here}/r/{quote(release_id, safe='')}?version={version}{words}"

    return place


def _annotation(number: int, mark: Mark) -> dict[str, Any]:
    """A numbered link; `index` counts them, for clients that put a stream together."""
    place = {"start_index": mark.start, "end_index": mark.end, "url": mark.url, "title": mark.citation.title}
    return {"type": "url_citation", "url_citation": place, "number": mark.citation.number, "index": number}


def _sse(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
