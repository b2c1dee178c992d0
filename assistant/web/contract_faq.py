"""The JSON of a journalist's question and the reply to it: a curated answer, or the public desk's. Models only."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Question, Turn
from assistant.web.contract import AnswerCitation, AnswerDocument, AskedTurn, Words


class JournalistAsked(BaseModel):
    """A question to the journalists' desk; `history` makes a follow-up whole."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": "Combien coûte la rénovation du stade ?"}]})

    question: Words
    history: list[AskedTurn] = Field(default=[], max_length=50)

    def asked(self, language: str) -> Question:
        """The question for the desk."""
        turns = tuple(Turn(turn.question, tuple(turn.releases), turn.answer) for turn in self.history)
        return Question(self.question, turns, language=language)


class CuratedAnswer(BaseModel):
    """What the press office answers, in its own words, since the day it was `approved`."""

    id: str
    question: str
    answer: str
    language: str
    approved: str
    valid_until: str | None


class OfferedQuestion(BaseModel):
    """A question the press office answers that may be meant: ask it in these words."""

    id: str
    question: str


class ReplyDocument(BaseModel):
    """A reply: `entry` with the `sources` it rests on; else what is `offered`, and the desk's `answer`."""

    question: str
    entry: CuratedAnswer | None
    sources: list[AnswerCitation]
    offered: list[OfferedQuestion]
    answer: AnswerDocument | None
    answer_id: str | None
