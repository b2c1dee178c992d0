"""Taking away: an answer or a conversation as a file, a page to print, or for the clipboard.

Which answers a visitor may have: those given to their own scope or a narrower one, as that
visitor may see them today. How they look on paper is `takeaway`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response
from markupsafe import Markup

from assistant.answer import Citation
from assistant.records import Kept, read
from assistant.takeaway import markdown, page, plain
from assistant.takeaway.composing import dossier
from assistant.takeaway.dossier import Dossier
from assistant.takeaway.letters import file_name, shown_name
from assistant.web.callers import Visitor, host_of, is_loopback
from assistant.web.messages import Messages
from assistant.web.panes.visitors import Anybody, InRoom, Reader, fragment
from assistant.web.room import Room
from store.records import AnswerNotFound, ConversationNotFound, Scope

MOST_TURNS = 200
"""Questions of a conversation that one file holds: its last ones."""


class Format(StrEnum):
    """The end of the address: what is made of an answer."""

    WORD = "docx"
    MARKDOWN = "md"
    TEXT = "txt"
    PAGE = "html"


_TYPES = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
    Format.PAGE: "text/html; charset=utf-8",
}

Id = Annotated[str, Path(max_length=100)]


def routes() -> APIRouter:
    router = APIRouter(prefix="/room")

    @router.get("/answers/{answer_id}/copy")
    def copied(answer_id: Id, request: Request, room: InRoom, visitor: Anybody) -> Response:
        """The answer for the clipboard, as HTML and as text."""
        try:
            made = _made([_answer(room, visitor, answer_id)], "", request, room, visitor)
        except AnswerNotFound:
            return _missing("take_unkept", room.say(visitor))
        told = {"html": page.clipping(made), "text": plain.plain(made)}
        return JSONResponse(told)

    @router.get("/answers/{answer_id}.{end}")
    def answer(answer_id: Id, end: Format, request: Request, room: InRoom, visitor: Anybody) -> Response:
        """The answer as a file, or as a page to print."""
        try:
            made = _made([_answer(room, visitor, answer_id)], "", request, room, visitor)
        except AnswerNotFound:
            return _missing("take_unkept", room.say(visitor))
        return _file(made, end, room, "take_answer_name")

    @router.get("/conversations/{conversation_id}.{end}")
    def conversation(conversation_id: Id, end: Format, request: Request, room: InRoom, visitor: Reader) -> Response:
        """A conversation of this visitor's: its answers in order, as far as they are kept."""
        try:
            title, answers = _conversation(room, visitor, conversation_id)
        except ConversationNotFound:
            return _missing("take_no_conversation", room.say(visitor))
        return _file(_made(answers, title, request, room, visitor), end, room, "take_conversation_name")

    return router


def _answer(room: Room, visitor: Visitor, answer_id: str) -> Kept:
    """The answer of that id, where this visitor may have it. Raises AnswerNotFound, ArchiveError."""
    answers = room.parts.answers
    if answers is not None and answers.keeps:
        kept = read(answers.told(answer_id, room.clock()))
    else:
        kept = room.fresh.kept(answer_id)
    if _reach(kept.scope) > _reach(visitor.scope):
        raise AnswerNotFound(answer_id)
    return kept


def _conversation(room: Room, visitor: Visitor, conversation_id: str) -> tuple[str, list[Kept]]:
    """Its title and its answers. Raises ConversationNotFound, ArchiveError."""
    conversations = room.parts.conversations
    if conversations is None:
        raise ConversationNotFound(conversation_id)
    now = room.clock()
    title = conversations.one(visitor.name, conversation_id, now).title
    ids = [one.answer_id for one in conversations.turns(visitor.name, conversation_id, now, last=MOST_TURNS)]
    answers = room.parts.answers
    told = {} if answers is None else answers.several([one for one in ids if one], now)
    found = [read(told[one]) for one in ids if one in told]
    found = [kept for kept in found if _reach(kept.scope) <= _reach(visitor.scope)]
    if not found:
        raise ConversationNotFound(conversation_id)
    return title, found


def _made(answers: Sequence[Kept], title: str, request: Request, room: Room, visitor: Visitor) -> Dossier:
    whole = room.archive.view(Scope.ARCHIVIST, room.clock())
    return dossier(answers, room.view(visitor), whole, room.say(visitor), title=title, permanent=_permanent(request))


def _permanent(request: Request) -> Callable[[Citation], str] | None:
    """Links to citations at the address people open; None where only this machine could follow them."""
    here = getattr(request.app.state, "origin", "")
    if not here:
        if is_loopback(host_of(request.headers.get("host", ""))):
            return None
        here = str(request.base_url).rstrip("/")

    def link(citation: Citation) -> str:
        span = citation.span
        place = f"version={citation.version}&start={span.start}&end={span.end}"
        return f"{here}/r/{quote(citation.release_id, safe='')}?{place}"

    return link


def _file(made: Dossier, end: Format, room: Room, otherwise: str) -> Response:
    say = Messages(made.language)
    match end:
        case Format.WORD:
            from assistant.takeaway.word import word

            content: str | bytes = word(made, room.clock())
        case Format.MARKDOWN:
            content = markdown.markdown(made)
        case Format.TEXT:
            content = plain.plain(made)
        case Format.PAGE:
            content = page.page(made)
    headers = {}
    if end is not Format.PAGE:
        name, shown = file_name(made.title, say(otherwise)), shown_name(made.title, say(otherwise))
        told = f"attachment; filename=\"{name}.{end}\"; filename*=UTF-8''{quote(shown, safe='')}.{end}"
        headers["Content-Disposition"] = told
    return Response(content, headers=headers, media_type=_TYPES[end])


def _missing(key: str, say: Messages) -> Response:
    return fragment(Markup('<p class="note">{}</p>').format(say(key)), 404)


def _reach(scope: Scope) -> int:
    return tuple(Scope).index(scope)
