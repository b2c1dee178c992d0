"""One's conversations: listed, searched, renamed, deleted. Each is only its owner's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from assistant.replay import changed, rectified_before
from assistant.web import keeping
from assistant.web.callers import Visitor
from assistant.web.panes.visitors import InRoom, Reader, fragment
from assistant.web.room import Room
from store.conversations import LONGEST_TITLE, Conversations
from store.records import ConversationNotFound, Scope

AT_ONCE = 50
"""Conversations of one page of the list."""

Words = Annotated[str, Query(alias="q", max_length=200)]
Id = Annotated[str, Path(max_length=100)]


class Title(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=10 * LONGEST_TITLE)


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/conversations")

    @router.get("")
    def page(room: InRoom, visitor: Reader) -> HTMLResponse:
        """The pane, without its list."""
        say, kept = room.say(visitor), room.parts.conversations
        if kept is None or not kept.keeps:
            return fragment(keeping.off(say))
        return fragment(keeping.page(kept.days, say))

    @router.get("/list")
    def listed(
        room: InRoom,
        visitor: Reader,
        words: Words = "",
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
        after: Annotated[str, Query(max_length=20)] = "",
    ) -> HTMLResponse:
        """The conversations that hold these words, newest first, from `offset` on."""
        kept, say, now = _kept(room), room.say(visitor), room.clock()
        found = kept.listed(visitor.name, now, words, AT_ONCE + 1, offset)
        if not found:
            return fragment(keeping.nothing(words.strip(), say) if not offset else Markup(""))
        lines, more = found[:AT_ONCE], offset + AT_ONCE if len(found) > AT_ONCE else None
        outdated = _outdated(room, visitor, [line.id for line in lines])
        return fragment(keeping.listed(lines, outdated, now, kept.days, say, after=after, more=more))

    @router.post("/{conversation_id}/title")
    def rename(conversation_id: Id, title: Title, room: InRoom, visitor: Reader) -> HTMLResponse:
        """Give it another title; an empty one gives its first question back."""
        kept, say, now = _kept(room), room.say(visitor), room.clock()
        try:
            kept.rename(visitor.name, conversation_id, title.title)
            line = kept.one(visitor.name, conversation_id, now)
        except ConversationNotFound:
            raise HTTPException(404, say("keep_gone")) from None
        outdated = _outdated(room, visitor, [line.id])
        return fragment(keeping.line(line, line.id in outdated, now, kept.days, say))

    @router.post("/{conversation_id}/delete")
    def delete(conversation_id: Id, room: InRoom, visitor: Reader) -> HTMLResponse:
        """Forget it."""
        try:
            _kept(room).delete(visitor.name, conversation_id)
        except ConversationNotFound:
            raise HTTPException(404, room.say(visitor)("keep_gone")) from None
        return fragment(Markup(""))

    return router


def _kept(room: Room) -> Conversations:
    kept = room.parts.conversations
    if kept is None or not kept.keeps:
        raise HTTPException(404, "No conversations are kept here.")
    return kept


def _outdated(room: Room, visitor: Visitor, ids: list[str]) -> set[str]:
    """Those of these conversations that cite a release which is not what it was."""
    assert room.parts.conversations is not None
    cited = room.parts.conversations.cited(visitor.name, ids, room.clock())
    whole = room.archive.view(Scope.ARCHIVIST, room.clock())
    became = {(one.release_id, one.version): one for one in changed(whole, frozenset().union(*cited.values()))}
    return {
        conversation
        for conversation, given in cited.items()
        if any(not rectified_before(whole, became[one], given[one]) for one in given.keys() & became.keys())
    }
