"""The desk: one question from first word to last citation, as a stream of events.

Understood → Found → Wrote (a verified sentence each) → Finished. JSON drains it, a page
paints it. What may be seen is the view's business; what the words are, the writer's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.abstention import abstain
from assistant.answer import (
    Answer,
    Citation,
    Claim,
    Event,
    Evidence,
    Finished,
    Found,
    Question,
    Sentence,
    Understood,
    Writer,
    Wrote,
)
from assistant.citations import stands, verbatim
from assistant.extractive import ExtractiveWriter
from assistant.issuers import Issuers, learn
from assistant.question import Understanding, understand
from assistant.reranking import Rerank
from assistant.retrieval import distinct, evidence, gather
from store.archive import Archive
from store.fusion import Weights
from store.records import Filters, Release, Scope, Span
from store.schema import PARIS
from store.view import View


class Desk:
    """Answers questions over an archive. `clock` gives the moment, with its time zone.

    `unrelated` is the cosine up to which the archive's model finds question and passage
    unrelated (`store.embedding.Model`); None where that is not known.
    """

    def __init__(
        self,
        archive: Archive,
        clock: Callable[[], datetime],
        writer: Writer | None = None,
        unrelated: float | None = None,
        weights: Weights = Weights(),
        rerank: Rerank | None = None,
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._writer = writer or ExtractiveWriter()
        self._unrelated = unrelated
        self._weights = weights
        self._rerank = rerank
        self._issuers: dict[Scope, tuple[frozenset[str], Issuers]] = {}

    def ask(self, question: Question, scope: Scope) -> Answer:
        """The whole answer."""
        *_, last = self.events(question, scope)
        assert isinstance(last, Finished)
        return last.answer

    def events(self, question: Question, scope: Scope) -> Iterator[Event]:
        """The answer as it comes; nothing unverified is ever in it."""
        view, asked = self._understood(question, scope)
        yield Understood(asked.standalone, asked.filters)
        gathered = gather(view, asked, self._weights, self._rerank)
        yield Found(gathered.evidence, gathered.searched)
        abstention = abstain(view, asked, gathered, self._unrelated)
        writing = _Writing()
        if abstention is None:
            hits = distinct(gathered.hits)
            for claim in self._writer.write(question.text, asked.standalone, gathered.evidence, hits):
                if verbatim(claim):
                    yield writing.wrote(claim)
            if not writing.sentences:
                abstention = abstain(view, asked, gathered, self._unrelated, unwritten=True)
        yield Finished(
            Answer(
                question.text,
                asked.standalone,
                asked.filters,
                tuple(writing.sentences),
                tuple(writing.citations),
                abstention,
                gathered.evidence,
                gathered.searched,
            )
        )

    def search(self, text: str, scope: Scope, filters: Filters | None = None, limit: int = 10) -> tuple[Evidence, ...]:
        """Releases that speak of `text`, best first, understood as a question is."""
        view, asked = self._understood(Question(text, filters=filters), scope)
        return evidence(gather(view, asked, self._weights, self._rerank).hits, limit)

    def _understood(self, question: Question, scope: Scope) -> tuple[View, Understanding]:
        """The archive as the asker sees it now, and the question as it is understood there."""
        now = self._clock()
        view = self._archive.view(scope, now)
        issuers = self._known_issuers(view)
        return view, understand(_resolved(question, issuers), issuers, now.astimezone(PARIS).date())

    def _known_issuers(self, view: View) -> Issuers:
        names = frozenset(view.issuers())
        known = self._issuers.get(view.scope)
        if known is None or known[0] != names:
            known = self._issuers[view.scope] = names, learn(names, view.openings())
        return known[1]


def _resolved(question: Question, issuers: Issuers) -> Question:
    """The question with its issuers under their own names, however they were written."""
    filters = question.filters
    if filters is None or not filters.issuers:
        return question
    own = tuple(issuers.resolve(name) or name for name in filters.issuers)
    return replace(question, filters=replace(filters, issuers=own))


@dataclass
class _Writing:
    """An answer being written: sentences, and each cited span numbered once."""

    def __post_init__(self) -> None:
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, Span], int] = {}

    def wrote(self, claim: Claim) -> Wrote:
        before = len(self.citations)
        numbers = tuple(self._number(release, span) for release, span in claim.rests_on if stands(release, span))
        sentence = Sentence(claim.text, numbers)
        self.sentences.append(sentence)
        return Wrote(sentence, tuple(self.citations[before:]))

    def _number(self, release: Release, span: Span) -> int:
        key = (release.id, span)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(_citation(self._numbers[key], release, span))
        return self._numbers[key]


def _citation(number: int, release: Release, span: Span) -> Citation:
    return Citation(
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
