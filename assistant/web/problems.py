"""Errors as problem details (RFC 9457), in the asker's language, and what becomes one.

Knows nothing of routes. A problem never carries a stack trace, a path of this machine,
or a difference between a release that does not exist and one the caller may not see.
Its words stand in `messages.problems`.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from assistant.web.callers import language_of
from assistant.web.messages import ENGLISH, Messages
from assistant.web.messages.problems import WORDS
from store.records import AnswerNotFound, ArchiveBusy, PressArchiveError, ReleaseNotFound

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_FIXED = {english: key for key, (_, english) in WORDS.items() if "{" not in english}
"""Whoever only has the English words of one of these means it."""


class BadDate(Exception):
    """A date filter that is no date; `field` names it, `reason` says what is wrong, in English."""

    def __init__(self, field: str, key: str, **values: str) -> None:
        self.field, self.key, self.values = field, key, values
        self.reason = say(key, **values)
        super().__init__(f"{field}: {self.reason}")


class Refused(HTTPException):
    """A request that is not granted: `key` names the words that say why, `values` fill them in."""

    def __init__(self, status: int, key: str, headers: dict[str, str] | None = None, **values: object) -> None:
        super().__init__(status, say(key, ENGLISH, **values), headers)
        self.key, self.values = key, values


def language(connection: HTTPConnection) -> str:
    """The language in which whoever asks is told what is wrong: English where they do not say."""
    return language_of(connection, ENGLISH)


def say(key: str, language: str = ENGLISH, **values: object) -> str:
    """The words of `key` (of `messages.problems`, with or without their « problem_ »), filled in."""
    return _messages(language)(f"problem_{key.removeprefix('problem_')}", **values)


def in_language(detail: str, language: str) -> str:
    """A detail given in English, in this language where it is one of ours; else as it is."""
    key = _FIXED.get(detail)
    return detail if key is None or language == ENGLISH else say(key, language)


def problem(status: int, detail: str, language: str = ENGLISH, **more: Any) -> dict[str, Any]:
    """The problem document of an HTTP status; `more` are its extension members."""
    known = f"problem_title_{status}" in WORDS
    title = say(f"title_{status}" if known else "title_other", language)
    return {"type": "about:blank", "title": title, "status": status, "detail": in_language(detail, language), **more}


def response(
    status: int, detail: str, headers: dict[str, str] | None = None, language: str = ENGLISH, **more: Any
) -> JSONResponse:
    told = {**(headers or {}), "Content-Language": language}
    return JSONResponse(problem(status, detail, language, **more), status, told, MEDIA_TYPE)


def encoded(status: int, detail: str, language: str = ENGLISH) -> bytes:
    """The same document as bytes, for where no response object is at hand."""
    return json.dumps(problem(status, detail, language), ensure_ascii=False).encode()


def of(error: Exception, language: str = ENGLISH) -> JSONResponse:
    """The response an error becomes; what is not on the caller's side is logged."""
    match error:
        case BadDate(field=field, key=key, values=values):
            reason = say(key, language, **values)
            errors = [{"field": field, "message": reason}]
            return response(400, f"{field}: {reason}", language=language, errors=errors)
        case ReleaseNotFound(id_or_reference=asked):
            return response(404, say("release", language, asked=asked), language=language)
        case AnswerNotFound():
            return response(404, say("answer", language), language=language)
        case RequestValidationError():
            errors = [_field_error(item, language) for item in error.errors()]
            detail = "; ".join(f"{item['field']}: {item['message']}" for item in errors)
            return response(422, detail, language=language, errors=errors)
        case Refused(key=key, values=values):
            return response(error.status_code, say(key, language, **values), dict(error.headers or {}), language)
        case HTTPException():
            return response(error.status_code, str(error.detail), dict(error.headers or {}), language)
        case ArchiveBusy():
            log.warning("archive busy: %s", error)
            return response(503, say("busy", language), {"Retry-After": "5"}, language)
        case PressArchiveError():
            log.error("%s", error)
            return response(500, say("archive", language), language=language)
        case _:
            log.error("unexpected error", exc_info=error)
            return response(500, say("fault", language), language=language)


def install(app: FastAPI) -> None:
    """Let every error of `app` leave as a problem document."""

    async def answer(request: Request, error: Exception) -> JSONResponse:
        return of(error, language(request))

    for kind in (BadDate, PressArchiveError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)


@cache
def _messages(language: str) -> Messages:
    return Messages(language)


def _field_error(item: dict[str, Any], language: str) -> dict[str, str]:
    place = [str(part) for part in item["loc"]]
    if len(place) > 1 and place[0] in ("body", "query", "path"):
        place = place[1:]
    return {"field": ".".join(place), "message": _field_words(item, language)}


def _field_words(item: dict[str, Any], language: str) -> str:
    """What is wrong with a field: in English as the reader of requests says it, in French in our words."""
    if language == ENGLISH:
        return str(item["msg"])
    key = f"problem_field_{item['type']}"
    values = {name: str(value).replace("' or '", "' ou '") for name, value in (item.get("ctx") or {}).items()}
    try:
        return say(key if key in WORDS else "field_other", language, **values)
    except KeyError:
        return say("field_other", language)
