"""The JSON of the HTTP API: what a caller sends and what it gets, with examples.

Models only, for reading requests and for /openapi.json. Knows neither routes nor archive.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from assistant.answer import Question, Turn
from assistant.declined import PATTERN
from assistant.web.problems import BadDate
from store.period import Period
from store.records import Filters

LONGEST_QUESTION = 2_000

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Declined = Annotated[str, StringConstraints(pattern=PATTERN, max_length=320)]

Day = Annotated[
    str,
    StringConstraints(max_length=100),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2024-03-12"]}),
]
"""A day as it is sent, such as 2024-03-12; `day` reads it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(value: str | None, field: str) -> date | None:
    """An ISO date as a day. Raises BadDate, naming `field`."""
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        raise BadDate(field, "no_day", value=value) from None
    raise BadDate(field, "no_date", value=value[:40])


def period(first: str | None, last: str | None, within: str = "") -> Period:
    """The days between two ISO dates, both included. Raises BadDate."""
    between = Period(day(first, within + "from"), day(last, within + "to"))
    if between.first and between.last and between.last < between.first:
        raise BadDate(within + "to", "before", value=last or "", first=first or "")
    return between


class AskedTurn(BaseModel):
    """An earlier question, and the releases (ids or references) its answer cited; its `answer_id`, where known."""

    question: Words
    releases: list[Name] = Field(default=[], max_length=100)
    answer: Name | None = Field(default=None, description="The `answer_id` of that answer.")


class AskedFilters(BaseModel):
    """What narrows the search. What is null is not filtered, and nothing is inferred; {} narrows nothing."""

    first: Day | None = Field(default=None, alias="from", description="First day of publication, as 2024-03-12.")
    last: Day | None = Field(default=None, alias="to", description="Last day of publication, as 2024-03-12.")
    issuers: list[Name] | None = Field(default=None, max_length=100)
    languages: list[Language] | None = Field(default=None, max_length=20)

    def filters(self) -> Filters | None:
        """The filters given, an empty object among them; None where all four are null. Raises BadDate."""
        if not self.model_fields_set:
            return Filters()
        if self.first is None and self.last is None and self.issuers is None and self.languages is None:
            return None
        between = period(self.first, self.last, "filters.")
        return Filters(between, tuple(self.issuers or ()), tuple(self.languages or ()))


class Asked(BaseModel):
    """A question. `filters` null (or all null): they are inferred from its words."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "Combien coûte la rénovation du stade ?"},
                {
                    "question": "Et quand rouvre-t-il ?",
                    "history": [
                        {
                            "question": "Combien coûte la rénovation du stade ?",
                            "releases": ["2024-03-01-metropole-stade-9c1d"],
                        }
                    ],
                    "filters": {"from": "2024-01-01", "to": None, "issuers": None, "languages": ["fr"]},
                    "stream": False,
                },
            ]
        }
    )

    question: Words
    history: list[AskedTurn] = Field(default=[], max_length=50)
    filters: AskedFilters | None = None
    declined: list[Declined] = Field(
        default=[],
        max_length=50,
        description="What must not be inferred: period, topic, language, order, count, subject, standalone, "
        "issuer, issuer:NAME, spelling, spelling:WORDS AS WRITTEN. Everything else still is.",
    )
    stream: bool = Field(default=False, strict=True, description="Server-sent events instead of one document.")

    def asked(self) -> Question:
        """The question for the desk. Raises BadDate."""
        turns = tuple(Turn(turn.question, tuple(turn.releases), turn.answer) for turn in self.history)
        filters = None if self.filters is None else self.filters.filters()
        return Question(self.question, turns, filters, tuple(self.declined))


class Problem(BaseModel):
    """An error (RFC 9457); `errors` names the fields at fault, where fields are."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class AppliedFilters(BaseModel):
    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")
    issuers: list[str]
    languages: list[str]


class SpokenPeriod(BaseModel):
    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")
    words: str


class SpellingCorrection(BaseModel):
    written: str
    meant: str


class ReadOffTheWords(BaseModel):
    """What was read off the question's words, said in a line in `words` ("" for nothing).

    `period` and `issuers` narrow the search, `topic` and `hinted` do not. `order` is
    "newest" or "oldest" where releases are asked for by rank, `count` where their number is.
    """

    words: str
    period: SpokenPeriod | None
    topic: SpokenPeriod | None
    issuers: list[str]
    hinted: list[str]
    people: list[str]
    order: str | None
    limit: int | None
    count: bool
    subject: str
    corrections: list[SpellingCorrection]


class AnswerSentence(BaseModel):
    """One verified sentence, and the numbers of the citations it rests on.

    `lead_in` says whose release of which date speaks; it stands before `text`, "" where nothing does.
    """

    text: str
    citations: list[int]
    lead_in: str


class AnswerCitation(BaseModel):
    """Where the words stand: `quote` is exactly `text[start:end]` of that version."""

    number: int
    release_id: str
    reference: str | None
    version: int
    title: str
    issuer: str | None
    published: str | None
    url: str | None
    page: int | None
    start: int
    end: int
    quote: str


class ReleaseContact(BaseModel):
    name: str | None
    role: str | None
    phone: str | None
    email: str | None


class AnswerAbstention(BaseModel):
    """Why nothing is answered; not an error."""

    reason: str
    message: str
    contacts: list[ReleaseContact]


class Consulted(BaseModel):
    """A release that was read for the answer, with its best passage."""

    release_id: str
    reference: str | None
    score: float
    text: str


class SearchedArchive(BaseModel):
    releases: int
    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")


class AnswerNotice(BaseModel):
    """What a reader must know beside the answer, and the ids of the releases it is about."""

    kind: str
    message: str
    releases: list[str]


class AnswerWriter(BaseModel):
    """Who wrote the answer, and how many sentences of a model were mended from the source or left out."""

    name: str
    model: str | None
    repaired: int
    dropped: int


class AnswerDocument(BaseModel):
    """A whole answer: `sentences`, each cited, or an `abstention`, never both."""

    question: str
    standalone: str
    filters: AppliedFilters
    understood: ReadOffTheWords
    sentences: list[AnswerSentence]
    citations: list[AnswerCitation]
    abstention: AnswerAbstention | None
    evidence: list[Consulted]
    searched: SearchedArchive
    notices: list[AnswerNotice]
    writer: AnswerWriter
    answer_id: str | None


class HitPassage(BaseModel):
    text: str
    start: int
    end: int
    page: int | None


class SearchHit(BaseModel):
    release_id: str
    reference: str | None
    title: str
    issuer: str | None
    published: str | None
    score: float
    passage: HitPassage
    why: list[str] = Field(default=[], description="Why it is there, in words; empty without `explain`.")


class SearchHits(BaseModel):
    """Releases found, best first, each with its best passage."""

    hits: list[SearchHit]


class ReleaseSummary(BaseModel):
    release_id: str
    reference: str | None
    title: str
    issuer: str | None
    published: str | None
    status: str


class ReleaseList(BaseModel):
    """A page of releases; `total` counts all that match, listed or not, `next` is where the next page is."""

    releases: list[ReleaseSummary]
    total: int
    next: str | None = Field(default=None, description="The path of the next page; null on the last.")


class TextSpan(BaseModel):
    """Characters `start` to `end` (half-open) of `text`, and the words there."""

    start: int
    end: int
    text: str


class ReleasePage(BaseModel):
    number: int
    start: int
    end: int


class ReleaseQuote(TextSpan):
    """Words between quotation marks, or reported (`indirect`); `verb` as written."""

    speaker: str | None
    role: str | None
    verb: str | None
    indirect: bool


class ReleaseSection(TextSpan):
    heading: TextSpan


class ReleaseFigure(TextSpan):
    """`value` as a plain decimal, `unit` as « € » or « % », `counted` the noun it counts."""

    value: str
    unit: str | None
    counted: str | None


class ReleaseName(TextSpan):
    """A person or an organisation, where first named in full."""

    name: str
    kind: str


class ReleaseLink(TextSpan):
    url: str


class ReleaseCorrection(TextSpan):
    """What a release says of the one it corrects, replaces or cancels."""

    kind: str
    published: str | None
    reference: str | None
    title: str | None


class FieldOrigin(BaseModel):
    """Where a field was read; `span` is null where it does not stand in the text."""

    field: str
    kind: str
    span: TextSpan | None


class FieldAmendment(BaseModel):
    """A field put right by hand: `value` stands, `was` is what the document says; `recheck` where that is new."""

    field: str
    value: str | None
    was: str | None
    by: str | None
    at: str
    note: str | None
    recheck: bool


class ReleaseVersion(BaseModel):
    version: int
    status: str
    published: str | None
    received: str | None


class ReleaseWithdrawal(BaseModel):
    """When a release was withdrawn, and why."""

    at: str
    reason: str


class ReleaseDocument(ReleaseSummary):
    """One release whole; every offset counts characters of `text`."""

    version: int
    rubric: str | None
    place: str | None
    url: str | None
    language: str
    embargo: str | None
    subtitle: str | None
    co_issuers: list[str]
    text: str
    lead: TextSpan | None
    pages: list[ReleasePage]
    quotes: list[ReleaseQuote]
    contacts: list[ReleaseContact]
    sections: list[ReleaseSection]
    figures: list[ReleaseFigure]
    names: list[ReleaseName]
    links: list[ReleaseLink]
    boilerplate: list[TextSpan]
    correction: ReleaseCorrection | None
    corrects: list[ReleaseSummary]
    corrected_by: list[ReleaseSummary]
    translations: list[ReleaseSummary]
    reprints: list[ReleaseSummary]
    origins: list[FieldOrigin]
    amendments: list[FieldAmendment]
    versions: list[ReleaseVersion]
    withdrawal: ReleaseWithdrawal | None = Field(description="Only archivists meet what was withdrawn.")
    original: str | None = Field(
        default=None, description="Where the document is as it came; null where it is not handed over."
    )
    doubts: list[str]


class Withdrawing(BaseModel):
    """Why a release is withdrawn; a few words, which archivists read."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Chiffres erronés"}]})

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]


class Withdrawn(BaseModel):
    """A release that no door shows any more but to archivists; `at` and `reason` are those of the first withdrawal."""

    release_id: str
    status: str
    at: str
    reason: str


class Ready(BaseModel):
    """`ready`, `warming` or `stopping`."""

    status: str


class Health(BaseModel):
    status: str
    version: str
    releases: int
