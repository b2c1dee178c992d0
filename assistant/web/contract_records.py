"""The JSON of an answer given before: what may still be seen of it, and what became of its releases. Models only."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from assistant.web.contract import AnswerNotice, AnswerSentence, AnswerWriter, AppliedFilters, SearchedArchive


class KeptCitation(BaseModel):
    """A citation as it was; what may not be seen any more is null."""

    number: int
    release_id: str | None
    reference: str | None
    version: int | None
    title: str | None
    issuer: str | None
    published: str | None
    url: str | None
    page: int | None
    start: int | None
    end: int | None
    quote: str | None


class KeptAbstention(BaseModel):
    reason: str
    message: str


class KeptEvidence(BaseModel):
    """A passage that was read for the answer, by its place."""

    release_id: str
    version: int
    start: int
    end: int
    score: float


class Became(BaseModel):
    """What became of a release cited: under which numbers, and its state now.

    "corrected": it has a newer version; "rectified": another release corrects it, and it
    stands; "superseded": another (`by`) stands in its place; "gone": the caller may not see it.
    """

    citations: list[int]
    release_id: str | None
    version: int | None
    state: Literal["unchanged", "corrected", "rectified", "superseded", "withdrawn", "gone"]
    version_now: int | None
    since: str | None
    by: list[str]


class Took(BaseModel):
    """Milliseconds to the first and last sentence, and to the end."""

    first: float | None
    last: float | None
    whole: float | None


class AnswerRecord(BaseModel):
    """An answer as it was given; « […] » stands for words of releases that the caller may not see (any more)."""

    answer_id: str
    given: str
    scope: str
    complete: bool = Field(description="False where it was broken off.")
    question: str
    standalone: str
    filters: AppliedFilters
    sentences: list[AnswerSentence]
    citations: list[KeptCitation]
    abstention: KeptAbstention | None
    evidence: list[KeptEvidence]
    searched: SearchedArchive | None
    notices: list[AnswerNotice]
    writer: AnswerWriter
    milliseconds: Took | None
    releases: list[Became]
