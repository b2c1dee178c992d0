"""Finding without asking: the search tab."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant import finding
from assistant.finding import Search
from assistant.web import finding as drawing
from assistant.web.addresses import address
from assistant.web.callers import Visitor
from assistant.web.panes.searching import Day, Declined, First, Named, Page, Words, between, plain
from assistant.web.panes.visitors import Anybody, InRoom, fragment
from store.records import Filters, Scope, Status

SEEN = {
    Scope.PUBLIC: (),
    Scope.STAFF: (Status.PUBLISHED, Status.EMBARGOED),
    Scope.ARCHIVIST: tuple(Status),
}
"""The statuses that each may narrow by."""


def routes() -> APIRouter:
    router = APIRouter(prefix="/room")

    @router.get("/find")
    def found(
        room: InRoom,
        visitor: Anybody,
        q: Words = "",
        first: First = "",
        to: Day = "",
        issuer: Named = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Named = [],  # noqa: B006
        rubric: Named = [],  # noqa: B006
        status: Named = [],  # noqa: B006
        no: Declined = [],  # noqa: B006
        order: Literal["", "best", "newest", "oldest"] = "",
        page: Page = 1,
    ) -> HTMLResponse:
        """The search tab as an address says: its form, what was found, and what narrows it."""
        say, within = room.say(visitor), between(first, to)
        filters = Filters(within.period, tuple(issuer), tuple(language), rubrics=tuple(rubric))
        words = plain(q)
        search = Search(words, filters, _statuses(status, visitor), order or "best", tuple(no), page)
        view = room.archive.view(visitor.whole, room.clock())
        given = [("q", words), ("from", _iso(within.period.first)), ("to", _iso(within.period.last))]
        for key, values in (("issuer", issuer), ("language", language), ("rubric", rubric), ("no", no)):
            given += [(key, value) for value in values]
        given += [("status", str(one)) for one in search.statuses]
        given += [("order", order), ("page", str(page) if page > 1 else "")]
        drawn = drawing.pane(search, finding.find(room.desk, view, search, say.language), address("find", given), say)
        bad = Markup('<p class="note" role="alert">{}</p>').format(say("no_day", day=within.bad)) if within.bad else ""
        return fragment(drawn + bad)

    return router


def _statuses(asked: list[str], visitor: Visitor) -> tuple[Status, ...]:
    return tuple(status for status in SEEN[visitor.whole] if status.value in asked)


def _iso(day: object) -> str:
    return "" if day is None else str(day)
