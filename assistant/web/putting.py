"""A question as the page's script puts it: read with suspicion, as everything a browser sends.

Knows nothing of what the desk does with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Question
from assistant.web.contract import LONGEST_QUESTION, AskedFilters, Declined
from assistant.web.problems import BadDate
from store.records import Filters


@dataclass(frozen=True, slots=True)
class Put:
    """A question to ask; `replaces` is the mark of the last turn where it takes its place."""

    question: Question
    replaces: str = ""


class _Payload(BaseModel):
    model_config = ConfigDict(extra="ignore")

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    filters: AskedFilters | None = None
    declined: list[Declined] = Field(default=[], max_length=50)
    replaces: str = Field(default="", max_length=40)


def typed(words: str | None) -> Put | None:
    """What was typed into the box; None where that is nothing."""
    text = (words or "").replace("\u00a0", " ").strip()[:LONGEST_QUESTION]
    return Put(Question(text)) if text else None


def named(payload: object) -> str:
    """The conversation a script asks for; "" where it names none."""
    wanted = payload.get("conversation") if isinstance(payload, dict) else None
    return wanted[:100] if isinstance(wanted, str) else ""


def put(payload: object) -> Put | None:
    """What a script puts; None where it is no question.

    Its filters are what the asker chose: what they leave open is still read off the words.
    """
    try:
        read = _Payload.model_validate(payload)
    except ValidationError:
        return None
    asked = typed(read.question)
    if asked is None:
        return None
    try:
        chosen = (read.filters and read.filters.filters()) or Filters()
    except BadDate:
        return None
    question = Question(asked.question.text, declined=tuple(dict.fromkeys(read.declined)), chosen=chosen)
    return Put(question, read.replaces)
