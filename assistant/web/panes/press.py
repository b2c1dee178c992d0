"""The staff's pane for the press: what journalists asked, gathered, and the questions they left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from assistant import drafted
from assistant.gathered import Gathered, Gathering, covered
from assistant.web import asked, audit, enquired
from assistant.web.callers import Role, Visitor
from assistant.web.entries import LOOK_AGAIN, state_of
from assistant.web.messages import Messages
from assistant.web.panes.visitors import Archivist, InRoom, Reader, fragment
from assistant.web.room import Room
from store.enquiries import Enquiries
from store.enquiry_rows import EnquiryState
from store.inventory import kept
from store.records import EnquiryNotFound
from store.schema import PARIS
from store.view import Entry

AT_ONCE = 25
FEW = 16
"""Questions that are read anew to count what waits: the pane itself reads more."""
DAYS = {"week": 7, "month": 30, "quarter": 90}

EnquiryId = Annotated[str, Path(max_length=40)]
Period = Literal["weekend", "week", "month", "quarter"]
First = Annotated[int, Query(ge=0, le=10**6)]


class Settled(BaseModel):
    """What became of a question that was left."""

    model_config = ConfigDict(extra="forbid")

    state: EnquiryState


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/press")

    @router.get("")
    def pane(room: InRoom, visitor: Reader) -> HTMLResponse:
        """The pane: its three views, each with what waits there."""
        say = room.say(visitor)
        waiting = _waiting(room)
        views = Markup("").join(
            Markup('<a href="#press?view={0}" data-view="{0}">{1}{2}</a>').format(
                view, say(f"desk_{view}"), Markup(' <span class="waiting">{}</span>').format(count) if count else ""
            )
            for view, count in waiting.items()
        )
        return fragment(
            Markup('<h2>{}</h2><nav class="views" aria-label="{}">{}</nav><div class="view"></div>').format(
                say("place_press"), say("desk_views"), views
            )
        )

    @router.get("/waiting")
    def waiting(room: InRoom, visitor: Reader) -> HTMLResponse:
        """How many things wait, to stand beside the pane's name; nothing where none does."""
        say, count = room.say(visitor), sum(_waiting(room).values())
        if not count:
            return fragment(Markup(""))
        shown = Markup('<span class="waiting" aria-hidden="true">{}</span><span class="spoken-only">, {}</span>')
        return fragment(shown.format(say.number(count), say.counted("desk_waiting", count)))

    @router.get("/asked")
    def gathered(
        room: InRoom, visitor: Reader, since: Period = "week", only: Literal["", "waiting"] = "", first: First = 0
    ) -> HTMLResponse:
        """What was asked since then, unanswered questions first."""
        say, gathering = room.say(visitor), room.parts.gathering
        if gathering is None or not gathering.keeps:
            return fragment(asked.off(say))
        found = _gathered(room, gathering, since)
        shown = [one for one in found.asked if one.waits or not only]
        page = shown[first : first + AT_ONCE]
        titles = _titles(room, visitor, (each for one in page for each in one.releases[: asked.CITED * 2]))
        sheet = asked.Sheet(page, first, len(shown), AT_ONCE, since, bool(only), titles)
        return fragment(asked.section(found, sheet, visitor.may(Role.ARCHIVIST), say))

    @router.get("/enquiries")
    def enquiries(
        room: InRoom, visitor: Reader, state: EnquiryState = EnquiryState.OPEN, first: First = 0
    ) -> HTMLResponse:
        """The questions that were left, those to be seen to first; from `first` on, only their lines."""
        say, shelf = room.say(visitor), room.parts.enquiries
        if shelf is None:
            return fragment(enquired.off(say))
        every = shelf.listed()
        fitting = [one for one in every if one.state is state]
        page = fitting[first : first + AT_ONCE]
        more = first + AT_ONCE if len(fitting) > first + AT_ONCE else None
        titles = _titles(room, visitor, (each for one in page for each in one.releases))
        writes = visitor.may(Role.ARCHIVIST)
        sheet = enquired.Sheet(page, Counter(one.state for one in every), state, more, titles, room.clock(), writes)
        return fragment(enquired.rows(sheet, say) if first else enquired.section(sheet, say))

    @router.get("/enquiries/{enquiry_id}/reply")
    def reply(enquiry_id: EnquiryId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """A reply to a question: what a curated answer, or the archive, tells the public now."""
        say = room.say(visitor)
        try:
            enquiry = _shelf(room).enquiry(enquiry_id)
        except EnquiryNotFound:
            return _gone(say)
        return fragment(enquired.reply(enquiry, _told(room, enquiry.question, enquiry.language), say))

    @router.post("/enquiries/{enquiry_id}")
    def settle(enquiry_id: EnquiryId, settled: Settled, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Say what became of a question; gives its line."""
        say, now = room.say(visitor), room.clock()
        try:
            enquiry = _shelf(room).set_state(enquiry_id, settled.state, visitor.name, now)
        except EnquiryNotFound:
            return _gone(say)
        audit.note(visitor, f"set to {settled.state.value} the enquiry", enquiry_id)
        titles = _titles(room, visitor, enquiry.releases)
        return fragment(enquired.row(enquiry, titles, now, say))

    return router


def _waiting(room: Room) -> dict[str, int]:
    """What waits in each view: questions nobody has seen to, answers to look at again, questions left."""
    gathering, shelf = room.parts.gathering, room.parts.enquiries
    entries = room.archive.curated.listed(room.clock())
    unseen = 0
    if gathering is not None and gathering.keeps:
        found = gathering.gathered(since("week", room.clock()), room.clock(), FEW)
        unseen = sum(one.waits for one in covered(found.asked, entries))
    fallen = sum(state_of(one) in LOOK_AGAIN for one in entries)
    left = 0 if shelf is None else len(shelf.listed(EnquiryState.OPEN))
    return {"asked": unseen, "entries": fallen, "enquiries": left}


def _gathered(room: Room, gathering: Gathering, period: Period) -> Gathered:
    found = gathering.gathered(since(period, room.clock()), room.clock())
    return found.having(covered(found.asked, room.archive.curated.listed(room.clock())))


def since(period: str, now: datetime) -> datetime:
    """The moment a period begins: midnight in Paris so many days ago, or the last Friday evening that is over."""
    local = now.astimezone(PARIS)
    if period == "weekend":
        friday = local.date() - timedelta(days=(local.weekday() - 4) % 7)
        evening = datetime.combine(friday, time(18), PARIS)
        return evening if evening <= local - timedelta(hours=12) else evening - timedelta(days=7)
    return datetime.combine(local.date() - timedelta(days=DAYS[period]), time(0), PARIS)


def _told(room: Room, question: str, language: str) -> drafted.Told:
    """What a journalist would be told now."""
    if room.parts.faq is not None:
        return drafted.replied(room.parts.faq, question, language)
    return drafted.told(room.desk, question, language)


def _titles(room: Room, visitor: Visitor, ids: Iterable[str]) -> dict[str, Entry]:
    """Those of these releases that the visitor may see."""
    view = room.archive.view(visitor.whole, room.clock())
    return {one.entry.id: one.entry for one in kept(view, list(dict.fromkeys(ids)))}


def _shelf(room: Room) -> Enquiries:
    if room.parts.enquiries is None:
        raise HTTPException(404, "No questions are left here.")
    return room.parts.enquiries


def _gone(say: Messages) -> HTMLResponse:
    return fragment(Markup('<p class="note failed" role="alert">{}</p>').format(say("enquiry_gone")), 404)
