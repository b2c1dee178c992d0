"""A journalist's question on its way to the desk and back: what was sent, the turn as it comes, what a follow-up needs.

Public scope, whoever asks. Knows neither routes nor HTML.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Event, Question
from assistant.answer import Turn as Before
from assistant.faq import Matched
from assistant.web.contract import LONGEST_QUESTION
from assistant.web.house import House
from assistant.web.press.turn import Turn
from store.records import Scope

log = logging.getLogger(__name__)

TURNS = 12
"""Turns that a follow-up may lean on."""
RELEASES = 20
LONGEST_ID = 300


@dataclass(frozen=True, slots=True)
class Sent:
    """What the page sends: the question ("" where it is none), and the turns before it.

    `beyond`: what the press office has written is not what was meant; the releases are asked.
    """

    question: str
    history: tuple[Before, ...] = ()
    beyond: bool = False

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Sent:
        """From the fields of a form or of a script; what is no turn before is left out."""
        question = sent.get("question")
        text = question.strip() if isinstance(question, str) else ""
        if len(text) > LONGEST_QUESTION:
            text = ""
        given = sent.get("history")
        if isinstance(given, str):
            try:
                given = json.loads(given) if len(given) < 100_000 else None
            except (ValueError, RecursionError):
                given = None
        turns = [_before(one) for one in given[-TURNS:]] if isinstance(given, list) else []
        before = tuple(turn for turn in turns if turn is not None)
        return cls(_plain(text), before, sent.get("beyond") in (True, "1"))


def turns(sent: Sent, house: House, language: str) -> Iterator[Turn]:
    """The turn after each event, the first of them before any; a failure is raised where it happens."""
    turn = Turn.begun(sent.question, f"t{secrets.token_hex(4)}")
    yield turn
    question = Question(sent.question, sent.history, language=language)
    for event in events(question, house, sent.beyond):
        turn = turn.matched(event) if isinstance(event, Matched) else turn.after(event)
        yield turn
    if not turn.finished:
        yield replace(turn, finished=True)


def events(question: Question, house: House, beyond: bool) -> Iterator[Matched | Event]:
    """What the press office has written about it comes first, unless it is `beyond` that; then the desk."""
    if house.parts.faq is not None and not beyond:
        return house.parts.faq.events(question)
    return house.desk.events(question, Scope.PUBLIC)


def kept(turn: Turn) -> dict[str, Any]:
    """What a follow-up needs of a turn, as JSON."""
    return {"question": turn.question, "releases": list(turn.releases), "answer": turn.said.answer}


def as_json(history: tuple[Before, ...], turn: Turn | None = None) -> str:
    """The turns for the page to send back."""
    told = [{"question": one.question, "releases": list(one.releases), "answer": one.answer} for one in history]
    return json.dumps([*told, *([kept(turn)] if turn is not None else [])], ensure_ascii=False)


def _before(given: Any) -> Before | None:
    if not isinstance(given, dict) or not isinstance(given.get("question"), str):
        return None
    question, releases, answer = given["question"].strip(), given.get("releases"), given.get("answer")
    if not question or len(question) > LONGEST_QUESTION:
        return None
    known = [one for one in releases if isinstance(one, str)] if isinstance(releases, list) else []
    ids = tuple(_plain(one) for one in known if len(one) <= LONGEST_ID)[:RELEASES]
    told = _plain(answer) if isinstance(answer, str) and len(answer) <= LONGEST_ID else None
    return Before(_plain(question), ids, told)


def _plain(text: str) -> str:
    """Without lone surrogates, which nothing further on takes."""
    return text.encode("utf-8", "replace").decode()
