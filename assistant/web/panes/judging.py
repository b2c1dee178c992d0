"""Judgments: given under an answer by whom it was given to, listed for the archivist who sees to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse, StreamingResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.judged import Noted, judgment_document, noted
from assistant.records import read
from assistant.replay import shown
from assistant.web import conversation, judging, judgments, reopening
from assistant.web.callers import Role, Visitor
from assistant.web.panes.visitors import Archivist, InRoom, Reader, fragment
from assistant.web.room import Room
from store.answers import Answers
from store.judgments import LONGEST_WORD, Handled, Judgment, Judgments, Verdict
from store.records import AnswerNotFound, Scope

AT_ONCE = 20
"""Judgments of one page of the list."""
FILED = 500
"""Judgments that a download reads at a time."""

Id = Annotated[str, Path(max_length=100)]


class Opinion(BaseModel):
    """A judgment as it is given; without a verdict, an earlier one is taken back."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict | None = None
    citation: int | None = Field(None, ge=1, le=10_000)
    why: str = Field("", max_length=LONGEST_WORD)


class Seen(BaseModel):
    """Whose judgment was seen to (or, with `handled` false, is to be seen to again), and what was done."""

    model_config = ConfigDict(extra="forbid")

    judge: str = Field(max_length=200)
    handled: bool = True
    note: str = Field("", max_length=LONGEST_WORD)


def routes() -> APIRouter:
    router = APIRouter(prefix="/room")

    @router.post("/judging/{answer_id}")
    def judge(answer_id: Id, opinion: Opinion, room: InRoom, visitor: Reader) -> HTMLResponse:
        """Judge an answer that one got; gives the buttons as they stand now."""
        say, now = room.say(visitor), room.clock()
        try:
            answer = _got(room, visitor, answer_id)
            shelf = _shelf(room)
            if opinion.verdict is None:
                shelf.retract(answer_id, visitor.name)
            else:
                number = _number(opinion, answer)
                shelf.judge(Judgment(answer_id, visitor.name, opinion.verdict, now, number, opinion.why))
            standing = shelf.standing(visitor.name, [answer_id], now).get(answer_id)
        except AnswerNotFound:
            return fragment(Markup('<p class="note">{}</p>').format(say("judge_lost")), 404)
        thanked = opinion.verdict is not None and not opinion.why
        return fragment(judging.buttons(answer_id, answer.citations, standing, say, thanked=thanked))

    @router.get("/judgments")
    def listed(
        room: InRoom,
        visitor: Archivist,
        verdict: Verdict | None = None,
        handled: bool | None = False,
        every: bool = False,
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
    ) -> HTMLResponse:
        """What people thought, newest first: what is to be seen to, where nothing else is asked for."""
        shelf, say, now = _shelf(room), room.say(visitor), room.clock()
        handled = None if every else handled
        found = shelf.listed(now, verdict, handled=handled, limit=AT_ONCE + 1, offset=offset)
        more = offset + AT_ONCE if len(found) > AT_ONCE else None
        rows = judgments.rows(_about(room, found[:AT_ONCE]), more, say)
        if offset:
            return fragment(rows)
        return fragment(judgments.page(rows, shelf.tallies(now), verdict, handled, say))

    @router.post("/judgments/{answer_id}/handled")
    def handle(answer_id: Id, seen: Seen, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Note that a judgment was seen to, or is to be seen to again; gives its line."""
        shelf, say, now = _shelf(room), room.say(visitor), room.clock()
        try:
            shelf.handle(answer_id, seen.judge, Handled(now, visitor.name, seen.note) if seen.handled else None)
            standing = shelf.standing(seen.judge, [answer_id], now)[answer_id]
        except (AnswerNotFound, KeyError):
            return fragment(Markup('<p class="note">{}</p>').format(say("judge_lost")), 404)
        return fragment(judgments.row(_about(room, [standing])[0], say))

    @router.get("/judgments/{answer_id}/answer")
    def as_it_was(answer_id: Id, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """The answer, drawn from its record as far as the archivist may see it today."""
        say, now = room.say(visitor), room.clock()
        try:
            kept = read(_answers(room).told(answer_id, now))
        except AnswerNotFound:
            return fragment(Markup('<p class="note">{}</p>').format(say("judge_lost")), 404)
        whole = room.archive.view(visitor.whole, now)
        sight = reopening.Sight(whole, room.archive.view(Scope.ARCHIVIST, now))
        turn = reopening.turn(kept, sight.of([kept]), sight, say)
        return fragment(conversation.drawn(judgments.without_tools(turn), say))

    @router.get("/judgments.jsonl")
    def filed(room: InRoom, visitor: Archivist) -> StreamingResponse:
        """Every judgment, one JSON document a line, newest first."""
        headers = {"Content-Disposition": 'attachment; filename="judgments.jsonl"'}
        return StreamingResponse(_lines(room), media_type="application/x-ndjson", headers=headers)

    return router


def _got(room: Room, visitor: Visitor, answer_id: str) -> Answer:
    """The answer, where it was given to this visitor, or they see to judgments. Raises AnswerNotFound."""
    conversations, now = room.parts.conversations, room.clock()
    theirs = conversations is not None and conversations.got(visitor.name, answer_id, now)
    if not theirs and not visitor.may(Role.ARCHIVIST):
        raise AnswerNotFound(answer_id)
    return shown(read(_answers(room).told(answer_id, now)), room.view(visitor)).answer


def _number(opinion: Opinion, answer: Answer) -> int | None:
    """The number of the source that is wrong; 422 where the answer has no such source."""
    if opinion.verdict is not Verdict.WRONG_SOURCE:
        return None
    if opinion.citation not in {one.number for one in answer.citations}:
        raise HTTPException(422, "citation: the answer has no source of that number.")
    return opinion.citation


def _about(room: Room, found: Sequence[Judgment]) -> list[Noted]:
    """Each judgment with the answer it is about, as far as the archivist may read it."""
    whole = room.archive.view(Scope.ARCHIVIST, room.clock())
    return [replace(one, kept=one.kept and shown(one.kept, whole)) for one in noted(found, _answers(room), whole.now)]


def _lines(room: Room) -> Iterator[str]:
    offset = 0
    while found := _shelf(room).listed(room.clock(), limit=FILED, offset=offset):
        for about in noted(found, _answers(room), room.clock()):
            yield json.dumps(judgment_document(about), ensure_ascii=False) + "\n"
        offset += FILED


def _shelf(room: Room) -> Judgments:
    if room.parts.judgments is None or not room.parts.judgments.keeps:
        raise HTTPException(404, "No judgments are kept here.")
    return room.parts.judgments


def _answers(room: Room) -> Answers:
    if room.parts.answers is None:
        raise HTTPException(404, "No answers are kept here.")
    return room.parts.answers
