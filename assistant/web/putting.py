"""A question as the page's script puts it: read with suspicion, as everything a browser sends.

Knows nothing of what the desk does with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Question
from assistant.web.contract import LONGEST_QUESTION, AskedFilters
from assistant.web.problems import BadDate


@dataclass(frozen=True, slots=True)
class Put:
    """A question to ask; `replaces` is true where it takes the place of the last turn."""

    question: Question
    replaces: bool = False


class _Payload(BaseModel):
    model_config = ConfigDict(extra="ignore")

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    filters: AskedFilters | None = None
    replace: bool = False


def typed(words: str | None) -> Put | None:
    """What was typed into the box; None where that is nothing."""
    text = (words or "").replace("\u00a0", " ").strip()[:LONGEST_QUESTION]
    return Put(Question(text)) if text else None


def put(payload: Mapping[str, Any]) -> Put | None:
    """What a script puts; None where it is no question."""
    try:
        read = _Payload.model_validate(payload)
    except ValidationError:
        return None
    asked = typed(read.question)
    if asked is None:
        return None
    try:
        filters = None if read.filters is None else read.filters.filters()
    except BadDate:
        return None
    return Put(Question(asked.question.text, filters=filters), read.replace)
