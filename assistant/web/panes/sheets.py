"""Curated answers as a spreadsheet: a CSV file brought in from the pane for the press, and all of them taken away."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup
from starlette.requests import ClientDisconnect

from assistant.curated_command import Taken, report, take_in
from assistant.curated_sheet import UnreadableSheet, written
from assistant.web import amending, arriving, audit, reviewed, wording
from assistant.web.callers import Visitor
from assistant.web.messages import Messages, typeset
from assistant.web.panes.curating import unread
from assistant.web.panes.visitors import Archivist, InRoom, Reader, fragment
from assistant.web.room import Room
from store.entries import BadEntry, Entry

LARGEST = 5_000_000
SHOWN = 200
"""Rows to be looked at that a report lists."""
_OWN_WORDS = ("repeated", "state", "fallen")


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/press")

    @router.get("/entries.csv")
    def taken_away(room: InRoom, visitor: Reader) -> Response:
        """Every curated answer the visitor may read, as a spreadsheet opens it."""
        every = room.archive.curated.listed(room.clock())
        closed = unread(room, visitor, every)
        shown: list[Entry] = [one for one in every if one.id not in closed]
        headers = {"Content-Disposition": 'attachment; filename="curated.csv"'}
        return Response(written(shown), media_type="text/csv; charset=utf-8", headers=headers)

    @router.post("/entries.csv")
    async def brought_in(request: Request, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Take in a CSV file that is the body; tells what became of its rows."""
        say = room.say(visitor)
        content = b""
        try:
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST:
                    size = arriving.size(LARGEST, say)
                    return fragment(amending.failed(say("csv_large", size=size)), 413)
        except ClientDisconnect:
            return fragment(amending.failed(say("lost")), 400)
        return await to_thread.run_sync(_brought_in, content, room, visitor)

    return router


def _brought_in(content: bytes, room: Room, visitor: Visitor) -> HTMLResponse:
    say = room.say(visitor)
    try:
        taken = take_in(content, room.archive.curated, visitor.name, room.clock())
    except UnreadableSheet as error:
        failed = Markup(
            '<div class="note failed" role="alert"><p>{}</p><details class="technical"><summary>{}</summary>'
            '<p lang="en">{}</p></details></div>'
        ).format(say("csv_unreadable"), say("add_technical"), str(error))
        return fragment(failed, 422)
    counts = report(taken)
    audit.note(visitor, f"imported {counts['added']} and changed {counts['changed']} entries of", f"{len(taken)} rows")
    return fragment(reported(taken, say))


def reported(taken: list[Taken], say: Messages) -> Markup:
    """What became of the rows: how many of each, then those that are not as they were meant to be."""
    if not taken:
        return amending.failed(say("csv_empty"))
    told = report(taken)
    counts = [say.counted(f"csv_{one}", told[one]) for one in ("added", "changed", "unchanged", "refused") if told[one]]
    amiss = [one for one in taken if one.failed]
    lines = Markup("").join(_line(one, say) for one in amiss[:SHOWN])
    more = Markup("<li>…</li>") if len(amiss) > SHOWN else Markup("")
    return Markup('<p class="done">{}</p>{}').format(
        wording.listed(counts), Markup("<ul>{}{}</ul>").format(lines, more) if amiss else ""
    )


def _line(one: Taken, say: Messages) -> Markup:
    state = say("csv_refused") if one.entry is None else say("csv_kept")
    return Markup("<li><strong>{}</strong> {} – {} {}</li>").format(
        say("csv_row", row=say.number(one.row)), state, _question(one, say), _why(one, say)
    )


def _question(one: Taken, say: Messages) -> Markup:
    words = wording.on_one_line(one.question)[:120]
    if one.entry is None:
        return Markup("{}").format(typeset(words))
    return Markup('<a href="#press?view=entries&amp;entry={}">{}</a>').format(one.entry.id, typeset(words))


def _why(one: Taken, say: Messages) -> str:
    if one.reason in _OWN_WORDS:
        return say(f"csv_bad_{one.reason}")
    return reviewed.refusal(BadEntry(one.column or "", one.reason, one.message), say)
