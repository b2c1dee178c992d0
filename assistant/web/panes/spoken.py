"""Who said what, when: the verbatims tab."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.web import sayings as drawing
from assistant.web.addresses import Address, address
from assistant.web.panes.searching import Day, First, Named, Page, Words, between, plain
from assistant.web.panes.visitors import Anybody, InRoom, fragment
from assistant.web.sayings import PAGE, Said
from store.records import Filters
from store.sayings import Sought

Name = Annotated[str, Query(max_length=200)]
Kind = Literal["", "direct", "reported"]
OFFERED = 8
"""Speakers offered while a name is typed."""


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/verbatims")

    @router.get("")
    def said(
        room: InRoom,
        visitor: Anybody,
        words: Words = "",
        named: Name = "",
        speaker: Name = "",
        office: Name = "",
        first: First = "",
        to: Day = "",
        issuer: Named = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        kind: Kind = "",
        by: Literal["", "speaker"] = "",
        order: Literal["", "newest", "oldest"] = "",
        page: Page = 1,
    ) -> HTMLResponse:
        """The verbatims tab as an address says; a name that is one speaker's alone stands for that speaker."""
        say, within = room.say(visitor), between(first, to)
        indirect = None if not kind else kind == "reported"
        filters = Filters(within.period, tuple(issuer))
        sought = Sought(plain(words), plain(speaker), plain(office), indirect, filters)
        view = room.archive.view(visitor.whole, room.clock())
        named = plain(named)
        if named:
            found = view.speakers(sought, named, limit=2)
            if found.total == 1:
                sought, named = Sought(sought.words, found.first[0].key, sought.office, indirect, filters), ""
        grouped = by == "speaker" or bool(named)
        chosen = view.speakers(Sought(speaker=sought.speaker), limit=1).first if sought.speaker else ()
        start = (page - 1) * PAGE
        newest_first = order != "oldest"
        shown = Said(
            sought,
            view.heard(sought),
            () if grouped else view.sayings(sought, PAGE, start, newest_first),
            view.speakers(sought, named, PAGE, start) if grouped else None,
            chosen[0] if chosen else None,
            named,
            page,
            newest_first,
        )
        here = _here(sought, named, kind, "speaker" if by else "", order, page)
        bad = Markup('<p class="note" role="alert">{}</p>').format(say("no_day", day=within.bad)) if within.bad else ""
        return fragment(drawing.pane(shown, here, say) + bad)

    @router.get("/speakers")
    def speakers(
        room: InRoom,
        visitor: Anybody,
        named: Name = "",
        words: Words = "",
        office: Name = "",
        first: First = "",
        to: Day = "",
        issuer: Named = [],  # noqa: B006
        kind: Kind = "",
    ) -> HTMLResponse:
        """Those whose name begins so, each with how much of it they say."""
        indirect = None if not kind else kind == "reported"
        filters = Filters(between(first, to).period, tuple(issuer))
        sought = Sought(plain(words), "", plain(office), indirect, filters)
        found = room.archive.view(visitor.whole, room.clock()).speakers(sought, plain(named), OFFERED)
        return fragment(drawing.offered(found, _here(sought, "", kind, "", "", 1), room.say(visitor)))

    return router


def _here(sought: Sought, named: str, kind: str, by: str, order: str, page: int) -> Address:
    period = sought.within.period
    return address(
        "verbatims",
        [
            ("words", sought.words),
            ("named", named),
            ("speaker", sought.speaker),
            ("office", sought.office),
            ("from", period.first.isoformat() if period.first else ""),
            ("to", period.last.isoformat() if period.last else ""),
            *(("issuer", one) for one in sought.within.issuers),
            ("kind", kind),
            ("by", by),
            ("order", order),
            ("page", str(page) if page > 1 else ""),
        ],
    )
