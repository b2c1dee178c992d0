"""The desk: one question from first word to last citation, as a stream of events.

Understood → Found → Wrote (a verified sentence each) → Finished. JSON drains it, a page
paints it. What may be seen is the view's business; what the words are, the writer's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from assistant.about_answer import claims, nothing_before, still_there, visible
from assistant.abstention import Gate
from assistant.answer import (
    Abstention,
    Answer,
    Assignment,
    Citation,
    Claim,
    Count,
    Event,
    Evidence,
    Finished,
    Found,
    Notice,
    Noticed,
    Question,
    Searched,
    Sentence,
    Turn,
    Understood,
    Writer,
    Written,
    Wrote,
)
from assistant.asked_back import AskedBack, asked_back, asked_of_the_archive
from assistant.beside import Beside
from assistant.citations import faithful, stands
from assistant.directory import Directories
from assistant.extractive import ExtractiveWriter
from assistant.grounds import Scale
from assistant.issuers import Issuers
from assistant.lead_in import according
from assistant.ledger import Entered, entered, in_order, spoken_of
from assistant.question import Understanding, understand
from assistant.reasons import Reasons
from assistant.records import Recorder
from assistant.reranking import Rerank
from assistant.retrieval import PASSAGES, Gathered, distinct, evidence, gather
from store.again import Again
from store.archive import Archive
from store.fusion import Weights
from store.records import Filters, Release, Scope, Span
from store.schema import PARIS
from store.view import View

Watch = Callable[[Question, Scope, Iterator[Event]], Iterator[Event]]
"""Gives the same events on, as they come: to count them, to time them."""

Explained = tuple[tuple[Evidence, tuple[str, ...]], ...]
"""Releases found, each with why it is there."""

AT_ONCE = 3
"""Questions this process works at: of more at once none ends sooner, since one thread at a time runs Python and
each row that is read hands on to another."""


REMEMBERED = 1_000
"""Answers to the public, and searches, at most: some 80 KB each, most of it releases that others hold too."""


class Desk:
    """Answers questions over an archive. `clock` gives the moment, with its time zone.

    `unrelated` is the cosine up to which the archive's model finds question and passage
    unrelated (`store.embedding.Model`); None where that is not known. `recorder` writes
    each answer down, `watches` look on while it is given.
    """

    def __init__(
        self,
        archive: Archive,
        clock: Callable[[], datetime],
        writer: Writer | None = None,
        unrelated: float | None = None,
        weights: Weights = Weights(),
        rerank: Rerank | None = None,
        recorder: Recorder | None = None,
        watches: Sequence[Watch] = (),
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._writer = writer or ExtractiveWriter()
        self._gate = Gate(Scale(unrelated))
        self._weights = weights
        self._rerank = rerank
        self._recorder = recorder
        self._watches = watches
        self._directories = Directories()
        self._again: Again[tuple[Event, ...]] = Again(REMEMBERED)
        self._found_again: Again[Explained] = Again(REMEMBERED)
        self._working = threading.BoundedSemaphore(AT_ONCE)

    @property
    def writes_itself(self) -> bool:
        """Whether answers are written by this process, and not by a model that is waited for."""
        return isinstance(self._writer, ExtractiveWriter)

    def ask(self, question: Question, scope: Scope) -> Answer:
        """The whole answer."""
        *_, last = self.events(question, scope)
        assert isinstance(last, Finished)
        return last.answer

    def events(self, question: Question, scope: Scope) -> Iterator[Event]:
        """The answer as it comes; nothing unverified is ever in it."""
        events = self._given(question, scope) if self.writes_itself else self._events(question, scope)
        if self._recorder is not None:
            prompt_hash = getattr(self._writer, "prompt_hash", None)
            events = self._recorder.recorded(question, scope, events, prompt_hash)
        for watch in self._watches:
            events = watch(question, scope, events)
        return events

    def _given(self, question: Question, scope: Scope) -> Iterator[Event]:
        """The answer, or the one given lately to the same question; in its end what is withdrawn meanwhile is gone."""
        if scope is not Scope.PUBLIC or question.history:
            yield from self._in_turn(self._events(question, scope))
            return
        question = replace(question, door="")
        key = question, self._standing()
        given = self._again.kept(key)
        if given is None:
            made: list[Event] = []
            for event in self._in_turn(self._events(question, scope)):
                made.append(event)
                yield event
            if self._standing() == key[1]:
                self._again.keep(key, tuple(made))
            return
        for event in given:
            if self._standing() != key[1]:
                *_, last = self._in_turn(self._events(question, scope))
                yield last
                return
            yield event

    def _standing(self) -> Hashable:
        """What the public's answers rest on besides the question: the archive as it is shown now, and the day."""
        now = self._clock()
        return self._archive.view(Scope.PUBLIC, now).as_of, now.astimezone(PARIS).date()

    def _in_turn(self, events: Iterator[Event]) -> Iterator[Event]:
        """The same events, each made when it is its turn."""
        while True:
            with self._working:
                event = next(events, None)
            if event is None:
                return
            yield event

    def _events(self, question: Question, scope: Scope) -> Iterator[Event]:
        if "standalone" in question.declined:
            question = replace(question, history=())
        back = asked_back(question.text, question.history)
        if back is not None:
            yield from self._about_answer(question, back, scope)
            return
        view, asked = self.understood(question, scope)
        yield Understood(asked.standalone, asked.filters, asked.inferred)
        listed = entered(view, asked)
        gathered = self._gathered(view, asked, listed)
        beside = self._beside(view, asked, gathered)
        gathered = beside.in_order(gathered, partial(view.search, limit=PASSAGES, weights=self._weights))
        yield Found(gathered.evidence, gathered.searched)
        told = listed is not None and bool(listed.claims)
        unsaid = listed is None and asked.wanted.subject != "" and not self._may_say(view, asked, gathered)
        abstention = None if told else self._gate.abstain(view, asked, gathered, unwritten=unsaid)
        writing = _Writing(self._writer.written, view)
        if abstention is None:
            pieces = self._pieces(view, question, asked, gathered, listed)
            for piece in beside.with_notices(pieces, gathered.hits):
                if (event := writing.took(piece)) is not None:
                    yield event
            gathered = writing.look_again(gathered)
            if not writing.sentences:
                abstention = self._gate.abstain(view, asked, gathered, unwritten=True)
        yield writing.finished(question, asked, gathered, abstention)

    def _about_answer(self, question: Question, back: AskedBack, scope: Scope) -> Iterator[Event]:
        """The sentences that the answer before rests on; what is meant is asked where it rests on none."""
        before = back.before or Turn(question.text)
        asked_before = Question(before.question, back.earlier, None, before.declined, before.chosen, question.language)
        view, asked = self.understood(asked_before, scope)
        cited = visible(view, before.releases)
        asked = replace(asked, filters=replace(asked.filters, releases=cited))
        searched = view.extent(asked.filters)
        gathered = Gathered((), (), Searched(searched.releases, searched.first, searched.last))
        listed = None
        if back.before is not None and bool(cited) == bool(before.releases):
            listed = entered(view, asked)
            gathered = self._gathered(view, asked, listed)
        whole = replace(asked, standalone=f"{asked.standalone} {question.text}" if back.before else question.text)
        yield Understood(whole.standalone, asked.filters, asked.inferred)
        yield Found(gathered.evidence, gathered.searched)
        writing = _Writing(Written(), view)
        if gathered.evidence and (cited or self._gate.abstain(view, asked, gathered) is None):
            sources = still_there(view, self._recorder.cited(before)) if self._recorder else ()
            if not sources:
                pieces = self._pieces(view, asked_before, asked, gathered, listed, ExtractiveWriter())
                sources = tuple(one for piece in pieces if isinstance(piece, Claim) for one in piece.rests_on)
            told = (claim for claim in claims(view, back, sources) if faithful(claim))
            for piece in self._beside(view, asked, gathered).with_notices(told, gathered.hits):
                if (event := writing.took(piece)) is not None:
                    yield event
            gathered = writing.look_again(gathered)
        yield writing.finished(question, whole, gathered, None if writing.sentences else nothing_before(back))

    def search(self, text: str, scope: Scope, filters: Filters | None = None, limit: int = 10) -> tuple[Evidence, ...]:
        """Releases that speak of `text`, best first, understood as a question is."""
        return tuple(found for found, _ in self.explained(text, scope, filters, limit, language=None))

    def explained(
        self,
        text: str,
        scope: Scope,
        filters: Filters | None = None,
        limit: int = 10,
        language: str | None = "fr",
    ) -> Explained:
        """What `search` finds, each with why it is there, in the words of `language` (None: without)."""
        if scope is not Scope.PUBLIC:
            return self._explained(text, scope, filters, limit, language)
        key = text, filters, limit, language, self._standing()
        return self._found_again.of(key, lambda: self._explained(text, scope, filters, limit, language))

    def _explained(
        self, text: str, scope: Scope, filters: Filters | None, limit: int, language: str | None
    ) -> Explained:
        with self._working:
            view, asked = self.understood(Question(text, filters=filters), scope)
            gathered = self._gathered(view, asked, entered(view, asked))
            found = evidence(gathered.hits, limit) if gathered.hits else gathered.evidence[:limit]
            if language is None:
                return tuple((one, ()) for one in found)
            why = Reasons(asked.standalone, asked.filters, gathered.hits, language)
            return tuple((one, why.of(one.release, one.span)) for one in found)

    def nearest(self, view: View, asked: Understanding, passages: int = PASSAGES) -> Gathered:
        """What resembles an understood question, best first, whatever the catalogue would list."""
        return gather(view, asked, self._weights, self._rerank, passages)

    def _gathered(self, view: View, asked: Understanding, listed: Entered | None) -> Gathered:
        """What the catalogue lists; else what resembles the question, the nearest in the order asked for."""
        if listed is not None:
            return listed.gathered
        gathered = gather(view, asked, self._weights, self._rerank)
        return in_order(gathered, asked.order) if asked.order else gathered

    def _beside(self, view: View, asked: Understanding, gathered: Gathered) -> Beside:
        return Beside.of(view, self._archive.view(Scope.ARCHIVIST, view.now), asked, gathered)

    def _may_say(self, view: View, asked: Understanding, gathered: Gathered) -> bool:
        """Whether the nearest may be about a subject: they hold a word of it, or are in another language."""
        return asked.language not in view.languages() or spoken_of(gathered, asked)

    def _pieces(
        self,
        view: View,
        question: Question,
        asked: Understanding,
        gathered: Gathered,
        listed: Entered | None,
        writer: Writer | None = None,
    ) -> Iterator[Claim | Notice | Count]:
        """What the catalogue tells, and what the writer says; what does not stand in its sources is dropped."""
        told: set[tuple[str, Span]] = set()
        hits = distinct(gathered.hits)
        if listed is not None:
            for claim in listed.claims:
                told.update((release.id, span) for release, span in claim.rests_on)
                yield claim
            if not listed.about:
                return
            within = replace(asked.filters, releases=(listed.releases[0].id,))
            hits = tuple(view.search(asked.standalone, within, PASSAGES, self._weights))
        assignment = Assignment(
            question.text,
            asked.standalone,
            asked.language,
            gathered.evidence,
            hits,
            self._clock().astimezone(PARIS).date(),
            question.history,
            asked.inferred,
        )
        for piece in (writer or self._writer).write(assignment):
            if not isinstance(piece, Claim):
                yield piece
            elif not faithful(piece):
                yield Count(dropped=1)
            elif told.isdisjoint((release.id, span) for release, span in piece.rests_on):
                release = piece.rests_on[0][0]
                introduced = any(release.id == one for one, _ in told)
                again = introduced and piece.lead_in == according(release, asked.language)
                yield replace(piece, lead_in="") if again else piece

    def understood(self, question: Question, scope: Scope) -> tuple[View, Understanding]:
        """The archive as the asker sees it now, and the question as it is understood there."""
        now = self._clock()
        view = self._archive.view(scope, now)
        known = self._directories.of(view)
        question = replace(question, history=asked_of_the_archive(question.history))
        return view, understand(_resolved(question, known.issuers), known, now.astimezone(PARIS).date())


def _resolved(question: Question, issuers: Issuers) -> Question:
    """The question with its issuers under their own names, however they were written."""
    filters, chosen = question.filters, question.chosen
    return replace(question, filters=filters and _by_own_names(filters, issuers), chosen=_by_own_names(chosen, issuers))


def _by_own_names(filters: Filters, issuers: Issuers) -> Filters:
    own = tuple(issuers.resolve(name) or name for name in filters.issuers)
    return replace(filters, issuers=own) if own != filters.issuers else filters


@dataclass
class _Writing:
    """An answer being written: sentences, each cited span numbered once, and what is to be known beside it.

    What is withdrawn or held back while it is written (`view` tells) is in it no more.
    """

    written: Written
    view: View

    def __post_init__(self) -> None:
        self.notices: list[Notice] = []
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, Span], int] = {}
        self._releases: dict[str, Release] = {}

    def took(self, piece: Claim | Notice | Count) -> Wrote | Noticed | None:
        if isinstance(piece, Claim):
            return self._wrote(piece)
        if isinstance(piece, Notice):
            self.notices.append(piece)
            return Noticed(piece)
        repaired, dropped = self.written.repaired + piece.repaired, self.written.dropped + piece.dropped
        self.written = replace(self.written, repaired=repaired, dropped=dropped)
        return None

    def finished(
        self, question: Question, asked: Understanding, gathered: Gathered, abstention: Abstention | None
    ) -> Finished:
        return Finished(
            Answer(
                question.text,
                asked.standalone,
                asked.filters,
                tuple(self.sentences),
                tuple(self.citations),
                abstention,
                gathered.evidence,
                gathered.searched,
                asked.inferred,
                tuple(self.notices),
                self.written,
            )
        )

    def look_again(self, gathered: Gathered) -> Gathered:
        """Leave out what does not stand any more, here and in what was gathered."""
        gone = {release for release, _ in self._numbers if not self.view.bears(self._releases[release])}
        if gone:
            unseen = {number for (release, _), number in self._numbers.items() if release in gone}
            self.sentences = [one for one in self.sentences if unseen.isdisjoint(one.citations)]
            self.citations = [one for one in self.citations if one.number not in unseen]
            self.notices = [one for one in self.notices if gone.isdisjoint(one.releases)]
        hits = tuple(one for one in gathered.hits if self.view.bears(one.release))
        left = tuple(one for one in gathered.evidence if self.view.bears(one.release))
        return replace(gathered, hits=hits, evidence=left)

    def _wrote(self, claim: Claim) -> Wrote | None:
        if not all(self.view.bears(release) for release, _ in claim.rests_on):
            self.written = replace(self.written, dropped=self.written.dropped + 1)
            return None
        before = len(self.citations)
        numbers = tuple(self._number(release, span) for release, span in claim.rests_on if stands(release, span))
        sentence = Sentence(claim.text, numbers, claim.lead_in)
        self.sentences.append(sentence)
        return Wrote(sentence, tuple(self.citations[before:]))

    def _number(self, release: Release, span: Span) -> int:
        key = (release.id, span)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self._releases[release.id] = release
            self.citations.append(Citation.of(self._numbers[key], release, span))
        return self._numbers[key]
