"""The JSON of quotations: who said what, where it stands, and who speaks most. Models only."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Verbatim(BaseModel):
    """A quotation: `text` is exactly the release's text from `start` to `end`.

    Between quotation marks; where `reported`, the words are the release's. `speaker` is null
    where the text does not say who speaks.
    """

    text: str
    start: int
    end: int
    reported: bool
    speaker: str | None
    office: str | None
    release_id: str
    reference: str | None
    version: int
    title: str
    issuer: str | None
    published: str | None
    language: str
    status: str


class QuotedSpeaker(BaseModel):
    """Somebody who is quoted: the name as it is mostly written, the latest office, how often and from when to when."""

    name: str
    office: str | None
    verbatims: int
    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")


class VerbatimList(BaseModel):
    """A page of quotations; `total` counts all that fit, `speakers` are those quoted most among them."""

    verbatims: list[Verbatim]
    speakers: list[QuotedSpeaker]
    total: int
    next: str | None = Field(default=None, description="The path of the next page; null on the last.")
