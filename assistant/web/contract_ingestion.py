"""The JSON of files handed in over the API: a job, and what became of each document. Models only."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class ForeseenOutcome(BaseModel):
    """What would become of a document that waits: of which release, and which it may be another copy of."""

    outcome: str
    release_id: str | None
    resembling: list[str]


class IngestedDocument(BaseModel):
    """A document of a file, and what became of it.

    `outcome` (added, corrected, unchanged…) of `release_id` once it counts; `reason` why it
    could not be read, or taken in; `foreseen` while it waits for a person.
    """

    number: int
    name: str
    state: Literal["waiting", "accepting", "accepted", "discarded", "unreadable"]
    title: str | None
    outcome: str | None
    release_id: str | None
    reason: str | None
    doubts: list[str]
    foreseen: ForeseenOutcome | None


class IngestionJob(BaseModel):
    """A file handed in, and how far it is.

    "reading", then "accepting" while documents are taken in, and at the end "done",
    "unreadable" or "discarded", or "waiting" where documents wait for a person, who decides
    on them in the room. `counts` are its documents by state, `read` how many so far.
    """

    job: str
    state: Literal["reading", "accepting", "waiting", "done", "unreadable", "discarded"]
    name: str
    size: int
    by: str | None
    received: str
    reason: str | None
    read: int
    counts: dict[str, int]
    documents: list[IngestedDocument]
    total: int
    next: str | None = Field(default=None, description="The path of the next documents; null on the last page.")
