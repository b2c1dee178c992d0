"""The journalists' desk for programs: a curated answer where there is one, else the public desk's.

Public scope, whatever the key. Every endpoint blocks, so FastAPI runs each in a thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter

from assistant.answer import Event, Question, citation_document, document, iso
from assistant.faq import Matched, Reply, reply_of
from assistant.web import contract_faq as contract
from assistant.web.doors.calling import Anybody, InHouse
from assistant.web.house import House
from assistant.web.timely import timely
from store.entries import Entry
from store.records import Scope
from store.schema import PARIS


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.post("/faq", name="faq")
    def faq(asked: contract.JournalistAsked, house: InHouse, caller: Anybody) -> contract.ReplyDocument:
        """Ask as a journalist: what the press office has written comes first, word for word.

        Where no curated answer is sure to be meant, up to three are `offered`, beside what the
        desk answers from the public archive. A key changes nothing of what is seen here.
        """
        question = asked.asked(caller.language)
        reply = reply_of(timely(_events(house, question)))
        return contract.ReplyDocument.model_validate(reply_document(question.text, reply))

    return router


def _events(house: House, question: Question) -> Iterator[Matched | Event]:
    faq = house.parts.faq
    return house.desk.events(question, Scope.PUBLIC) if faq is None else faq.events(question)


def reply_document(question: str, reply: Reply) -> dict[str, Any]:
    """The JSON document of a reply; every key is present."""
    return {
        "question": question,
        "entry": None if reply.entry is None else entry_document(reply.entry),
        "sources": [citation_document(one) for one in reply.sources],
        "offered": [{"id": one.entry.id, "question": one.entry.question} for one in reply.offered],
        "answer": None if reply.answer is None else document(reply.answer),
        "answer_id": reply.answer_id,
    }


def entry_document(entry: Entry) -> dict[str, Any]:
    """What the public is told of an entry: neither whose it is nor who approved it."""
    return {
        "id": entry.id,
        "question": entry.question,
        "answer": entry.answer,
        "language": entry.language,
        "approved": entry.changed.astimezone(PARIS).date().isoformat(),
        "valid_until": iso(entry.valid_until),
    }
