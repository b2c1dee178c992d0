"""Whoever is at the journalists' page: in which language, in which widget; and the headers of what they are shown.

Knows nothing of questions or releases.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.web.admission import Admission, NotAdmitted
from assistant.web.callers import LANGUAGES, language_of
from assistant.web.house import House
from assistant.web.messages import Messages
from assistant.web.press import drawn, page, widget
from assistant.web.press.office import Office
from assistant.web.press.places import Places

Fields = dict[str, Any]
"""What a form, or the page's script, sent."""


class Asker:
    """Whoever is at the page: in which language, in which widget, if any."""

    def __init__(self, request: Request, house: House, fields: Fields | None = None) -> None:
        sent: Fields = {**request.query_params, **(fields or {})}
        chosen = sent.get("lang")
        language = chosen if chosen in LANGUAGES else language_of(request)
        token = sent.get("widget")
        self.request, self.house = request, house
        self.token = token[: widget.LONGEST_TOKEN + 1] if isinstance(token, str) else ""
        self.say = Messages(language)
        self.places = Places(language, self.token)
        self.office = house.parts.press or Office()
        self.origins: tuple[str, ...] = ()

    def admitted(self) -> None:
        """Count the call; in a widget, see that it is one. Raises NotAdmitted, ArchiveError."""
        admission: Admission = self.request.app.state.admission
        key = admission.journalist(self.request, self.token)
        self.origins = key.origins if key is not None else ()

    def page(self, markup: Markup, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
        """A whole page, framed by its widget's pages alone."""
        return HTMLResponse(str(markup), status, {**page_headers(self.origins), **(headers or {})})

    def refused(self, refusal: NotAdmitted) -> HTMLResponse:
        """Words where nothing else may stand; in whatever frame, for they are all one can read there."""
        if refusal.status == 429:
            wait = refusal.headers.get("Retry-After", "60")
            seconds = int(wait) if wait.isdigit() else 60
            told = self.say("press_too_often", wait=waiting(seconds, self.say))
            call = drawn.contacts([self.office.contact] if self.office.contact else [])
            body = Markup("<h1>{}</h1><p>{}</p>{}").format(self.say("press_failed"), told, call)
            # In a frame nothing says yet whose it is: words may be read in any.
            framing = ("*",) if self.token else ()
            shown = page.telling(self.say("press_title"), body, self.office, self.places, self.say, framing)
            return HTMLResponse(str(shown), 429, {**page_headers(framing), **refusal.headers})
        answer = page.refused(self.office, Places(self.places.language), self.say)
        return HTMLResponse(str(answer), 403, page_headers(("*",)))


def page_headers(origins: Sequence[str]) -> dict[str, str]:
    """What a page may load (its own files) and who may frame it."""
    framing = " ".join(origins) or "'none'"
    headers = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framing}",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if origins:  # so that a page which isolates itself may frame it too
        headers |= {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "cross-origin"}
    return headers


def waiting(seconds: int, say: Messages) -> str:
    """How long to wait, in words."""
    return say.counted("seconds", seconds) if seconds < 60 else say.counted("minutes", -(-seconds // 60))


async def fields_of(request: Request) -> Fields:
    """What a form, or the page's script, sent; nothing where it is neither."""
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            sent = json.loads(body)
            return sent if isinstance(sent, dict) else {}
        told = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=30)
        return {name: values[0] for name, values in told.items()}
    except (ValueError, RecursionError):
        return {}
