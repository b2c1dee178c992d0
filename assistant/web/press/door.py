"""The journalists' routes: ask, read a release, leave a question; and the widget's script.

Public scope, whoever asks; nothing here sets or needs a cookie. Every page says itself who
may frame it: nobody, or the pages of its widget. What blocks runs in a thread.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from assistant.web.admission import NotAdmitted
from assistant.web.callers import api_scope
from assistant.web.contract import LONGEST_QUESTION
from assistant.web.doors.calling import InHouse
from assistant.web.examples import Examples
from assistant.web.messages import Messages
from assistant.web.outside import PROXY
from assistant.web.patient import patiently
from assistant.web.press import asking, drawn, form, page, widget
from assistant.web.press.asker import Asker, Fields, fields_of, waiting
from assistant.web.press.asking import Sent
from assistant.web.press.form import Stamps
from assistant.web.press.places import ASK, ENQUIRIES, FILES, PAGE, RELEASES, SCRIPT, Places
from assistant.web.press.turn import Turn
from assistant.web.rates import Rates
from assistant.web.timely import timely
from store.records import PressArchiveError, Release, ReleaseNotFound, Span

log = logging.getLogger(__name__)

LEFT_EACH = ("6/hour", "20/day")
"""Questions that one address may leave; a press room behind one address has several journalists."""
LEFT_TOGETHER = ("60/hour", "300/day")
"""The same where nobody's address is known: behind a proxy that was not named, on this machine."""
EXAMPLES = 3
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"

Id = Annotated[str, Path(max_length=300)]
Place = Annotated[int | None, Query(ge=0, le=10**9)]


def routes() -> APIRouter:
    router = APIRouter(include_in_schema=False)
    stamps, examples, left_by = Stamps(), Examples(), Rates()

    @router.get(PAGE)
    def first(request: Request, house: InHouse) -> Response:
        """The page; in a frame, where its widget allows it."""
        asker = Asker(request, house)
        destination = request.headers.get("sec-fetch-dest", "")
        if asker.token and destination == "document":  # a widget's token is for frames
            return RedirectResponse(Places(asker.places.language).page, 303)
        try:
            asker.admitted()
            if asker.token and not widget.stands(asker.origins, request.headers):
                raise NotAdmitted(403, "")
        except NotAdmitted as refusal:
            return asker.refused(refusal)
        return asker.page(_asking(asker, stamps, examples))

    @router.post(ASK)
    async def ask(request: Request, house: InHouse) -> Response:
        """Answer: to the page's script as server-sent events, to a form as a page."""
        fields = await fields_of(request)
        asker, sent = Asker(request, house, fields), Sent.read(fields)
        scripted = request.headers.get("content-type", "").startswith("application/json")
        try:
            await run_in_threadpool(asker.admitted)
        except NotAdmitted as refusal:
            return _told(asker, sent, refusal) if scripted else asker.refused(refusal)
        if not sent.question:
            told = asker.say("press_too_long", count=asker.say.number(LONGEST_QUESTION))
            return _problem(asker, sent, told, 422, scripted, stamps)
        if scripted:
            return StreamingResponse(patiently(_streamed(asker, sent)), media_type="text/event-stream")
        return await run_in_threadpool(_answered, asker, sent, stamps)

    @router.get(ENQUIRIES)
    def leave(request: Request, house: InHouse, question: Annotated[str, Query(max_length=3_000)] = "") -> Response:
        """The form, as a page of its own."""
        asker = Asker(request, house)
        try:
            asker.admitted()
        except NotAdmitted as refusal:
            return asker.refused(refusal)
        return _form_page(asker, stamps, {"question": question}, {})

    @router.post(ENQUIRIES)
    async def left(request: Request, house: InHouse) -> Response:
        """Keep a question for the press office; what is sent on besides goes after the answer."""
        fields = await fields_of(request)
        asker = Asker(request, house, fields)
        return await run_in_threadpool(_left, asker, fields, stamps, left_by)

    @router.get(RELEASES + "/{release_id:path}")
    def release(
        request: Request, house: InHouse, release_id: Id, version: Place = None, start: Place = None, end: Place = None
    ) -> Response:
        """A release to read, with what is cited marked; the same words whether it is hidden or was never there."""
        asker = Asker(request, house)
        try:
            asker.admitted()
        except NotAdmitted as refusal:
            return asker.refused(refusal)
        try:
            versions = house.archive.view(api_scope(), house.clock()).versions(release_id)
        except ReleaseNotFound:
            return asker.page(page.missing(asker.office, asker.places, asker.say), 404)
        cited = versions[-1] if version is None else next((one for one in versions if one.version == version), None)
        shown = cited or versions[-1]
        quoted = _quoted(shown, start, end) if cited is not None else None
        return asker.page(page.release(shown, quoted, cited is not None, asker.office, asker.places, asker.say))

    @router.get(FILES + "/{digest}/{name}")
    def file(digest: str, name: str) -> Response:
        """A file of the page; under the digest of what it holds now it may be kept for ever."""
        try:
            current, data = page.file(name)
        except KeyError:
            return Response(status_code=404)
        kept = {"Cache-Control": FOREVER} if digest == current else {}
        headers = {**kept, "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(data, media_type=page.KINDS[name], headers=headers)

    @router.get(SCRIPT)
    def script() -> Response:
        """The one line of a press room's page loads this."""
        headers = {"Cache-Control": SHORTLY, "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(widget.script(), media_type="text/javascript", headers=headers)

    return router


def _asking(
    asker: Asker, stamps: Stamps, examples: Examples | None, turns: Sequence[Markup] = (), history: str = "[]"
) -> Markup:
    house, say = asker.house, asker.say
    offered: list[str] = []
    if examples is not None:
        view = house.archive.view(api_scope(), house.clock())
        curated = [one.question for one in view.curated() if one.language == say.language]
        ours = say("example_month").partition("{")[0]  # « Qu’avons-nous publié… » is the press office's own question
        others = examples.of(view, say) if len(curated) < EXAMPLES else ()
        offered = [*curated, *(one for one in others if not one.startswith(ours))][:EXAMPLES]
    shown = _form(asker, stamps, {}, {})
    return page.asking(turns, history, offered, shown, asker.office, asker.places, say, asker.origins)


def _form(asker: Asker, stamps: Stamps, written: Fields, troubles: form.Troubles, heading: int = 3) -> Markup:
    """The form; nothing where questions cannot be left."""
    if asker.house.parts.enquiries is None:
        return Markup("")
    stamp = stamps.stamp(asker.house.clock())
    return form.drawn(written, troubles, stamp, asker.office.days, asker.places, asker.say, heading)


def _form_page(asker: Asker, stamps: Stamps, written: Fields, troubles: form.Troubles, status: int = 200) -> Response:
    drawn_ = _form(asker, stamps, written, troubles, heading=1)
    body = drawn_ or Markup("<h1>{}</h1>").format(asker.say("press_not_kept"))
    title = asker.say("press_form")
    told = page.telling(title, body, asker.office, asker.places, asker.say, asker.origins)
    return asker.page(told, status if drawn_ else 404)


def _streamed(asker: Asker, sent: Sent) -> Iterator[str]:
    """The turn drawn anew after each event, and what of it is new to say aloud."""
    said, mark, before = 0, "t0", Markup("")
    try:
        for turn in timely(asking.turns(sent, asker.house, asker.say.language)):
            sentences = turn.said.sentences if turn.entry is None else ()
            mark, html = turn.mark, _turn(asker, turn)
            if html == before:
                continue
            before = html
            aloud = " ".join(f"{one.lead_in} {one.text}".strip() for one in sentences[said:])
            said = len(sentences)
            event = "finished" if turn.finished else "drawn"
            yield _event(event, html, aloud or _ending(turn, asker.say), asking.kept(turn))
    except Exception:
        log.exception("a journalist's question could not be answered")
        told = asker.say("press_failed_advice")
        drawn_ = drawn.failed(sent.question, mark, told, asker.office, asker.places, asker.say)
        yield _event("finished", drawn_, f"{asker.say('press_failed')} {told}")


def _ending(turn: Turn, say: Messages) -> str:
    """What is said aloud of an answer that is no sentence of the desk's."""
    if turn.entry is not None:
        return turn.entry.answer if turn.finished else ""
    if turn.said.abstention is not None:
        return turn.said.abstention.message
    return ""


def _turn(asker: Asker, turn: Turn) -> Markup:
    return drawn.turn(turn, asker.office, asker.places, asker.say)


def _event(name: str, html: Markup, aloud: str, kept: Fields | None = None) -> str:
    data = json.dumps({"html": str(html), "aloud": aloud, "kept": kept}, ensure_ascii=False)
    return f"event: {name}\ndata: {data}\n\n"


def _told(asker: Asker, sent: Sent, refusal: NotAdmitted) -> Response:
    """A refusal as the script's last event."""
    say, wait = asker.say, refusal.headers.get("Retry-After", "")
    told = say("press_not_here_advice")
    if refusal.status == 429 and wait.isdigit():
        told = say("press_too_often", wait=waiting(int(wait), say))
    html = drawn.failed(sent.question, "t0", told, asker.office, asker.places, say)
    return Response(_event("finished", html, told), refusal.status, refusal.headers, "text/event-stream")


def _problem(asker: Asker, sent: Sent, told: str, status: int, scripted: bool, stamps: Stamps) -> Response:
    html = drawn.failed(sent.question, "t0", told, asker.office, asker.places, asker.say)
    if scripted:
        return Response(_event("finished", html, told), status, media_type="text/event-stream")
    return asker.page(_asking(asker, stamps, None, [html], asking.as_json(sent.history)), status)


def _answered(asker: Asker, sent: Sent, stamps: Stamps) -> Response:
    """The whole answer as a page, for whoever runs no script."""
    turn: Turn | None = None
    try:
        *_, turn = timely(asking.turns(sent, asker.house, asker.say.language))
        html, status = _turn(asker, turn), 200
    except Exception:
        log.exception("a journalist's question could not be answered")
        told, turn, status = asker.say("press_failed_advice"), None, 500
        html = drawn.failed(sent.question, "t0", told, asker.office, asker.places, asker.say)
    return asker.page(_asking(asker, stamps, None, [html], asking.as_json(sent.history, turn)), status)


def _left(asker: Asker, fields: Fields, stamps: Stamps, left_by: Rates) -> Response:
    """Judge the form and keep the question; what is wrong is drawn beside what was written."""
    house, say = asker.house, asker.say
    written = {name: value for name, value in fields.items() if isinstance(value, str)}
    scripted = asker.request.headers.get("content-type", "").startswith("application/json")

    def answered(body: Markup, status: int) -> Response:
        if scripted:
            return HTMLResponse(str(body), status)
        title = say("press_form")
        return asker.page(page.telling(title, body, asker.office, asker.places, say, asker.origins), status)

    try:
        asker.admitted()
    except NotAdmitted as refusal:
        return asker.refused(refusal)
    if house.parts.enquiries is None:
        return answered(Markup("<p>{}</p>").format(say("press_not_kept")), 404)
    now = house.clock()
    left, troubles = form.judged(written, say.language, stamps, now)
    status = 422
    if not troubles:
        place = house.outside.place(asker.request)
        rates = LEFT_TOGETHER if place in ("", PROXY) else LEFT_EACH
        if any(left_by.counted(f"left {place} {rate}", rate) for rate in rates):
            troubles, status = {"": "press_left_too_often"}, 429
    if not troubles:
        courier = house.parts.courier
        try:
            enquiry = house.parts.enquiries.leave(left, now, courier.ways if courier else ())
        except PressArchiveError:
            log.exception("a journalist's question could not be kept")
            troubles, status = {"": "press_not_kept"}, 503
        else:
            if courier is not None:
                courier.nudge()
            return answered(page.left(enquiry.id, enquiry.question, say, 3 if scripted else 1), 201)
    return answered(_form(asker, stamps, written, troubles, 3 if scripted else 1), status)


def _quoted(release: Release, start: int | None, end: int | None) -> Span | None:
    """The place asked for, where it is one of this text."""
    if start is None or end is None or not 0 <= start < end <= len(release.text):
        return None
    return Span(start, end)
