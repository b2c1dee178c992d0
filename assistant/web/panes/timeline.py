"""Releases over time: those found for an answer, and the whole archive."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.finding import Findings, Search, find
from assistant.web import bars, choosing
from assistant.web.addresses import address
from assistant.web.messages import Messages
from assistant.web.panes.searching import Day, Declined, First, Named, between, plain
from assistant.web.panes.visitors import Anybody, InRoom, fragment
from store.records import Filters

Question = Annotated[str, Query(max_length=2_000)]
Name = Annotated[str, Query(max_length=60)]


def routes() -> APIRouter:
    router = APIRouter(prefix="/room")

    @router.get("/timeline")
    def over_time(
        room: InRoom,
        visitor: Anybody,
        question: Question = "",
        first: First = "",
        to: Day = "",
        issuer: Named = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Named = [],  # noqa: B006
        no: Declined = [],  # noqa: B006
        name: Name = "bars",
    ) -> HTMLResponse:
        """The releases near to a question, or without one all within the filters; nothing where there is no bar.

        `name` tells the drawing's parts from those of others on the page.
        """
        say, period = room.say(visitor), between(first, to).period
        filters = Filters(period, tuple(issuer), tuple(language))
        scope = visitor.scope if question else visitor.whole
        view = room.archive.view(scope, room.clock())
        search = Search(plain(question), filters, declined=tuple(no), closely=True)
        found = find(room.desk, view, search, say.language)
        here = address(
            "find", [("q", search.words), *(("issuer", one) for one in issuer), *(("no", one) for one in no)]
        )
        drawn = bars.drawn(
            found.over_time,
            re.sub(r"[^a-zA-Z0-9-]", "", name) or "bars",
            lambda one: str(choosing.dated(here, one)),
            say,
        )
        if not question:
            return fragment(drawn or Markup('<p class="none">{}</p>').format(say("bars_none")))
        if found.total < 2:
            return fragment(Markup(""))
        return fragment(Markup('<p class="told">{}</p>{}').format(_told(found, say), drawn))

    return router


def _told(found: Findings, say: Messages) -> str:
    return say.counted("bars_found" if found.ranked else "bars_listed", found.total)
