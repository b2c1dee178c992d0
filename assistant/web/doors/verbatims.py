"""The quotations' door: who said what, when, and where it stands.

Every endpoint blocks, so FastAPI runs each in a thread.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from assistant.answer import iso
from assistant.web import contract
from assistant.web.contract_verbatims import VerbatimList
from assistant.web.doors.calling import Anybody, InHouse
from assistant.web.doors.parameters import Day, First, Issuers, Languages, Offset, Order, following
from store.records import Filters
from store.sayings import Saying, Sought, Speaker

Speech = Annotated[Literal["direct", "reported"] | None, Query(description="Between quotation marks, or reported.")]
Said = Annotated[str, Query(max_length=200, description="Words that are said, every one, in any inflection.")]
Named = Annotated[str, Query(max_length=200, description="The speaker's name, or beginnings of its words.")]
Office = Annotated[str, Query(max_length=200, description="Words of the speaker's office, in order.")]


def routes() -> APIRouter:
    router = APIRouter(prefix="/v1/verbatims", tags=["releases"])

    @router.get("", name="list_verbatims")
    def verbatims(
        request: Request,
        response: Response,
        house: InHouse,
        caller: Anybody,
        q: Said = "",
        speaker: Named = "",
        office: Office = "",
        speech: Speech = None,
        first: First = None,
        to: Day = None,
        issuer: Issuers = [],  # noqa: B006 - FastAPI reads the default, nobody writes to it
        language: Languages = [],  # noqa: B006
        order: Order = "newest",
        limit: Annotated[int, Query(ge=1, le=200)] = 20,
        offset: Offset = 0,
    ) -> VerbatimList:
        """List quotations by day: who said what, in which office, with its place in the release's text."""
        within = Filters(contract.period(first, to), tuple(issuer), tuple(language))
        indirect = None if speech is None else speech == "reported"
        sought = Sought(" ".join(q.split()), "", office, indirect, within, speaker)
        view = house.archive.view(caller.whole, house.clock())
        heard = view.heard(sought)
        found = view.sayings(sought, limit, offset, newest_first=order == "newest")
        return VerbatimList.model_validate(
            {
                "verbatims": [_verbatim(saying) for saying in found],
                "speakers": [_speaker(one) for one in heard.speakers.first],
                "total": heard.sayings,
                "next": following(request, response, offset, limit, heard.sayings),
            }
        )

    return router


def _verbatim(saying: Saying) -> dict[str, Any]:
    return {
        "text": saying.words,
        "start": saying.span.start,
        "end": saying.span.end,
        "reported": saying.indirect,
        "speaker": saying.speaker,
        "office": saying.role,
        "release_id": saying.release_id,
        "reference": saying.reference,
        "version": saying.version,
        "title": saying.title,
        "issuer": saying.issuer,
        "published": iso(saying.published),
        "language": saying.language,
        "status": saying.status.value,
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "office": speaker.role,
        "verbatims": speaker.sayings,
        "from": iso(speaker.first),
        "to": iso(speaker.last),
    }
