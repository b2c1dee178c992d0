"""What the client of the API gives: an answer and its parts, hits, releases, quotations, jobs.

Values only, read from the JSON that every server of this program gives; keys that are not
known here are left aside. Knows nothing of HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

From = Annotated[date | None, Field(alias="from")]
To = Annotated[date | None, Field(alias="to")]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search: days of publication (both included), issuers, languages. Empty narrows nothing."""

    first: From = None
    last: To = None
    issuers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        return {
            "from": _iso(self.first),
            "to": _iso(self.last),
            "issuers": list(self.issuers) or None,
            "languages": list(self.languages) or None,
        }

    def parameters(self) -> dict[str, Any]:
        """The same as parameters of an address."""
        given = {"from": _iso(self.first), "to": _iso(self.last)}
        lists = {"issuer": list(self.issuers), "language": list(self.languages)}
        return {key: value for key, value in {**given, **lists}.items() if value}


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question, and the releases (ids or references) its answer cited."""

    question: str
    releases: tuple[str, ...] = ()
    answer: str | None = None

    def document(self) -> dict[str, Any]:
        return {"question": self.question, "releases": list(self.releases), "answer": self.answer}


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the words stand: `quote` is exactly `text[start:end]` of that version of the release."""

    number: int
    release_id: str
    reference: str | None
    version: int
    title: str
    issuer: str | None
    published: date | None
    url: str | None
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A verified sentence and the numbers of the citations it rests on; `lead_in` stands before it."""

    text: str
    citations: tuple[int, ...]
    lead_in: str = ""

    def __str__(self) -> str:
        marks = " ".join(f"[{number}]" for number in self.citations)
        return " ".join(part for part in (self.lead_in, self.text, marks) if part)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None
    role: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why nothing is answered, in a word and in a sentence; whom to call instead."""

    reason: str
    message: str
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Consulted:
    """A release that was read for the answer, with its best passage."""

    release_id: str
    reference: str | None
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Searched:
    """How many releases were searched, and the first and last day they were published."""

    releases: int
    first: From
    last: To


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know beside the answer, and the ids of the releases it is about."""

    kind: str
    message: str
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. Either `sentences` (each cited) or an `abstention`, never both."""

    question: str
    standalone: str
    filters: Filters
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    abstention: Abstention | None
    evidence: tuple[Consulted, ...]
    searched: Searched
    notices: tuple[Notice, ...] = ()
    answer_id: str | None = None

    def __str__(self) -> str:
        """The sentences with their numbers, or the abstention's message."""
        return " ".join(map(str, self.sentences)) if self.abstention is None else self.abstention.message

    @property
    def turn(self) -> Turn:
        """This question and answer, as a question that follows it up leans on them."""
        return Turn(self.question, tuple(dict.fromkeys(one.release_id for one in self.citations)), self.answer_id)

    def cited(self, sentence: Sentence) -> tuple[Citation, ...]:
        """What a sentence rests on."""
        return tuple(one for one in self.citations if one.number in sentence.citations)


@dataclass(frozen=True, slots=True)
class Understood:
    """First event of a stream: the question made whole, and the filters in force."""

    standalone: str
    filters: Filters


@dataclass(frozen=True, slots=True)
class Found:
    """Second event: what was found, best first, and what was searched."""

    evidence: tuple[Consulted, ...]
    searched: Searched


@dataclass(frozen=True, slots=True)
class Wrote:
    """A verified sentence, with the citations it introduces."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event: the whole answer, which alone counts."""

    answer: Answer


Event = Understood | Found | Wrote | Notice | Finished


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A release found, with its best passage."""

    release_id: str
    reference: str | None
    title: str
    issuer: str | None
    published: date | None
    score: float
    passage: Passage
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A release as a line of a list."""

    release_id: str
    reference: str | None
    title: str
    issuer: str | None
    published: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks, or reported (`indirect`); offsets count characters of the release's text."""

    start: int
    end: int
    text: str
    speaker: str | None
    role: str | None
    indirect: bool


@dataclass(frozen=True, slots=True)
class Version:
    version: int
    status: str
    published: date | None
    received: datetime | None


@dataclass(frozen=True, slots=True)
class Release(Line):
    """A release whole. `document` of the client's `read` has what is left out here."""

    version: int
    rubric: str | None
    url: str | None
    language: str
    embargo: datetime | None
    text: str
    quotes: tuple[Quote, ...]
    contacts: tuple[Contact, ...]
    corrected_by: tuple[Line, ...]
    versions: tuple[Version, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A quotation with its release: `text` is exactly the release's text from `start` to `end`."""

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
    published: date | None
    language: str
    status: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document of a file handed in, and what became of it."""

    number: int
    name: str
    state: str
    title: str | None
    outcome: str | None
    release_id: str | None
    reason: str | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A file handed in, and how far it is; `counts` are its documents by state."""

    job: str
    state: str
    name: str
    reason: str | None
    counts: dict[str, int]
    documents: tuple[Ingested, ...]
    total: int

    @property
    def under_way(self) -> bool:
        """Whether the server still works at it; what waits for a person waits for long."""
        return self.state in ("reading", "accepting")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    release_id: str
    at: datetime
    reason: str


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
