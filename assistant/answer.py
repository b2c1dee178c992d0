"""What comes out of the desk: sentences with citations, or an abstention, as events.

Values only, and the one JSON document every door gives. Knows nothing about how an
answer is found or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from assistant.inferred import Inferred, inferred_document
from store.records import Contact, Filters, Hit, Release, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, and the releases its answer cited."""

    question: str
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `filters` None lets the desk infer them from the words."""

    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer into a release's text; `quote == release.text[span]`, always."""

    number: int
    release_id: str
    reference: str | None
    version: int
    title: str
    issuer: str | None
    published: date | None
    url: str | None
    page: int | None
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence shown, and the numbers of the citations it rests on (at least one)."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why nothing is answered, in a word (`reason`) and in a sentence (`message`)."""

    reason: str
    message: str
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A release that was consulted, with its best passage and its score."""

    release: Release
    score: float
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Searched:
    """How many releases were searched, and the first and last day they were published."""

    releases: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. Either `sentences` (each cited) or `abstention`, never both."""

    question: str
    standalone: str
    filters: Filters
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstention: Abstention | None = None
    evidence: tuple[Evidence, ...] = ()
    searched: Searched = Searched(0, None, None)
    inferred: Inferred = field(default_factory=Inferred)

    @property
    def text(self) -> str:
        return " ".join(
            sentence.text + "".join(f" [{number}]" for number in sentence.citations) for sentence in self.sentences
        )


@dataclass(frozen=True, slots=True)
class Understood:
    """First event: the question made whole, the filters in force, and what was read off the words."""

    standalone: str
    filters: Filters
    inferred: Inferred = field(default_factory=Inferred)


@dataclass(frozen=True, slots=True)
class Found:
    """Second event: the evidence, best first, and what was searched."""

    evidence: tuple[Evidence, ...]
    searched: Searched


@dataclass(frozen=True, slots=True)
class Wrote:
    """One verified sentence, with the citations it introduces."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event: the whole answer, sentences or abstention."""

    answer: Answer


Event = Understood | Found | Wrote | Finished


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence a writer proposes, and the spans of the releases it rests on."""

    text: str
    rests_on: tuple[tuple[Release, Span], ...]


class Writer(Protocol):
    """Turns evidence into claims; the desk verifies each before anyone sees it.

    `latest` is the question as put, `standalone` the same with the turns it leans on.
    """

    def write(
        self, latest: str, standalone: str, evidence: tuple[Evidence, ...], hits: tuple[Hit, ...]
    ) -> Iterator[Claim]: ...


def document(answer: Answer) -> dict[str, Any]:
    """The JSON document of an answer, the same at every door; every key is present."""
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "filters": filters_document(answer.filters),
        "understood": inferred_document(answer.inferred),
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "citations": [_citation(c) for c in answer.citations],
        "abstention": None if answer.abstention is None else _abstention(answer.abstention),
        "evidence": [
            {
                "release_id": e.release.id,
                "reference": e.release.reference,
                "score": round(e.score, 6),
                "text": e.text,
            }
            for e in answer.evidence
        ],
        "searched": {
            "releases": answer.searched.releases,
            "from": iso(answer.searched.first),
            "to": iso(answer.searched.last),
        },
    }


def filters_document(filters: Filters) -> dict[str, Any]:
    return {
        "from": iso(filters.period.first),
        "to": iso(filters.period.last),
        "issuers": list(filters.issuers),
        "languages": list(filters.languages),
    }


def contact_document(contact: Contact) -> dict[str, str | None]:
    return {"name": contact.name, "role": contact.role, "phone": contact.phone, "email": contact.email}


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "release_id": citation.release_id,
        "reference": citation.reference,
        "version": citation.version,
        "title": citation.title,
        "issuer": citation.issuer,
        "published": iso(citation.published),
        "url": citation.url,
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
    }


def _abstention(abstention: Abstention) -> dict[str, Any]:
    return {
        "reason": abstention.reason,
        "message": abstention.message,
        "contacts": [contact_document(contact) for contact in abstention.contacts],
    }
