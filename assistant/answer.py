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
    """An earlier question of the conversation, the releases its answer cited, and the answer's id where known.

    `declined` and `chosen` are what its asker put right, as in `Question`.
    """

    question: str
    releases: tuple[str, ...] = ()
    answer: str | None = None
    declined: tuple[str, ...] = ()
    chosen: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `filters` None lets the desk infer them from the words.

    `declined` names what the asker took back of what was inferred (`assistant.declined`).
    Each field of `chosen` that says something stands in the place of what the words say;
    the other fields are still inferred. A follow-up that stays within this question keeps
    both, as it keeps what was inferred. `language` is the asker's, for words that do not
    tell theirs ("" where that is not known); `door` a word for where it was put, for the record.
    """

    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters | None = None
    declined: tuple[str, ...] = ()
    chosen: Filters = field(default_factory=Filters)
    language: str = ""
    door: str = ""


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

    @classmethod
    def of(cls, number: int, release: Release, span: Span) -> Citation:
        """The citation of these characters of a release."""
        return cls(
            number,
            release.id,
            release.reference,
            release.version,
            release.title,
            release.issuer,
            release.published,
            release.url,
            release.page_of(span.start),
            span,
            span.of(release.text),
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence shown, and the numbers of the citations it rests on (at least one).

    `lead_in` is what we say before it (« Selon la Métropole, 6 novembre 2017 : »), "" where nothing.
    """

    text: str
    citations: tuple[int, ...]
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know beside the answer, and the ids of the releases it is about.

    `kind` is a word for programs: "corrected", "contradiction", "as_of", "writer", "dropped".
    """

    kind: str
    message: str
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Sentences of a model that were mended from the source, and those that were left out."""

    repaired: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote an answer: `name` is "extractive" or "generative", `model` the model's own name."""

    name: str = "extractive"
    model: str | None = None
    repaired: int = 0
    dropped: int = 0


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
    notices: tuple[Notice, ...] = ()
    written: Written = Written()
    id: str | None = None

    @property
    def text(self) -> str:
        return " ".join(
            " ".join([*filter(None, (sentence.lead_in, sentence.text)), *(f"[{n}]" for n in sentence.citations)])
            for sentence in self.sentences
        )


@dataclass(frozen=True, slots=True)
class Understood:
    """First event: the question made whole, the filters in force, and what was read off the words.

    `answer_id` is the id the answer will have, where it is kept: it has it too when it is broken off.
    """

    standalone: str
    filters: Filters
    inferred: Inferred = field(default_factory=Inferred)
    answer_id: str | None = None


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
class Noticed:
    """Something to know beside the answer, as soon as it is known."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event: the whole answer, sentences or abstention."""

    answer: Answer


Event = Understood | Found | Wrote | Noticed | Finished


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence a writer proposes, and the spans of the releases it rests on.

    `text` is verbatim (cuts marked), unless it is a `paraphrase`: a model's own words,
    which the writer has verified against those spans.
    """

    text: str
    rests_on: tuple[tuple[Release, Span], ...]
    lead_in: str = ""
    paraphrase: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a writer is given: the question as put, and made whole with the turns it leans on.

    `evidence` are releases and `hits` their passages, best first, reprints left out;
    `language` is the asker's, `today` the day in Paris.
    """

    question: str
    standalone: str
    language: str
    evidence: tuple[Evidence, ...]
    hits: tuple[Hit, ...]
    today: date
    history: tuple[Turn, ...] = ()
    inferred: Inferred = field(default_factory=Inferred)


class Writer(Protocol):
    """Turns evidence into claims; the desk checks each before anyone sees it.

    A writer also tells what the reader must know (`Notice`), and what it mended or left
    out (`Count`, added up over the answer).
    """

    @property
    def written(self) -> Written:
        """Who writes."""
        ...

    def write(self, assignment: Assignment) -> Iterator[Claim | Notice | Count]: ...


def document(answer: Answer) -> dict[str, Any]:
    """The JSON document of an answer, the same at every door; every key is present."""
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "filters": filters_document(answer.filters),
        "understood": inferred_document(answer.inferred),
        "sentences": [{"text": s.text, "citations": list(s.citations), "lead_in": s.lead_in} for s in answer.sentences],
        "citations": [citation_document(c) for c in answer.citations],
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
        "notices": [notice_document(notice) for notice in answer.notices],
        "writer": {
            "name": answer.written.name,
            "model": answer.written.model,
            "repaired": answer.written.repaired,
            "dropped": answer.written.dropped,
        },
        "answer_id": answer.id,
    }


def notice_document(notice: Notice) -> dict[str, Any]:
    return {"kind": notice.kind, "message": notice.message, "releases": list(notice.releases)}


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


def citation_document(citation: Citation) -> dict[str, Any]:
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
