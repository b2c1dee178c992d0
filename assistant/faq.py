"""The journalists' desk: curated answers first, then the public desk; never anybody else's scope.

An approved entry that the question means answers word for word, with the releases it rests
on. Otherwise up to three entries are offered beside what the public desk answers from the
archive, or its abstention. Knows nothing of pages, nor who asks: everybody is the public.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.answer import Answer, Citation, Event, Finished, Found, Question, Searched, Sentence, Understood, Written
from assistant.desk import Desk, Watch
from assistant.matching import Match as Match
from assistant.matching import Matching
from assistant.records import Recorder
from store.archive import Archive
from store.embedding import Embedder
from store.entries import Entry
from store.language import content_terms, sentences, trimmed
from store.records import Filters, Release, Scope, Span
from store.view import View

OFFERS = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What a journalist gets: an `entry` with its `sources`, or what is `offered` and the desk's `answer`.

    `answer_id` finds the record of either, where answers are kept.
    """

    entry: Entry | None = None
    sources: tuple[Citation, ...] = ()
    offered: tuple[Match, ...] = ()
    answer: Answer | None = None
    answer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """First event: the reply as far as curated answers go; told again before the last, as far as it still stands."""

    reply: Reply


class Faq:
    """Answers journalists. `clock` gives the moment, with its time zone; `embed` the archive's model.

    `recorder` and `watches` are for curated answers what the desk's own are for its answers.
    """

    def __init__(
        self,
        desk: Desk,
        archive: Archive,
        clock: Callable[[], datetime],
        embed: Callable[[], Embedder],
        recorder: Recorder | None = None,
        watches: Sequence[Watch] = (),
    ) -> None:
        self._desk, self._archive, self._clock = desk, archive, clock
        self._matching = Matching(embed, archive.curated)
        self._recorder, self._watches = recorder, watches

    def matches(self, question: str, limit: int = OFFERS) -> tuple[Match, ...]:
        """The curated answers the public may be given that a question may mean, most probable first."""
        return self._matching.matches(question, self._view().curated(), limit)

    def learn(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Let the model read every entry that it has not read yet: many of them take a while."""
        self._matching.learn(self._archive.curated.listed(self._clock()), progress)

    def reply(self, question: Question) -> Reply:
        """The whole reply."""
        return reply_of(self.events(question))

    def answer(self, question: Question) -> Answer:
        """The answer alone: a curated one, as one sentence written by « curated », or the public desk's."""
        *_, last = self.events(question)
        assert isinstance(last, Finished)
        return last.answer

    def events(self, question: Question) -> Iterator[Matched | Event]:
        """The reply as it comes: `Matched`, then the events of an answer (a curated one is written as one sentence)."""
        view, matches = self._view(), self.matches(self._meant(question))
        direct = matches[0].entry if matches and matches[0].direct else None
        sources = () if direct is None else sources_of(view, direct)
        # Read again: a release may have been withdrawn while the question was compared.
        given = {one.id: one for one in self._view().curated()}
        if direct is not None and sources and given.get(direct.id) == direct:
            yield Matched(Reply(direct, sources))
            yield from self._told(question, direct, sources)
            return
        offered = tuple(replace(one, direct=False) for one in matches if given.get(one.entry.id) == one.entry)
        yield Matched(Reply(offered=offered))
        for event in self._desk.events(question, Scope.PUBLIC):
            if isinstance(event, Finished):
                given = {one.id: one for one in self._view().curated()}
                yield Matched(Reply(offered=tuple(one for one in offered if given.get(one.entry.id) == one.entry)))
            yield event

    def _told(self, question: Question, entry: Entry, sources: tuple[Citation, ...]) -> Iterator[Event]:
        """A curated answer as the events of an answer, written down like any other."""
        events = curated_events(question, entry, sources)
        if self._recorder is not None:
            events = self._recorder.recorded(question, Scope.PUBLIC, events)
        for watch in self._watches:
            events = watch(question, Scope.PUBLIC, events)
        yield from events

    def _meant(self, question: Question) -> str:
        """The question made whole where it leans on others."""
        if not question.history:
            return question.text
        return self._desk.understood(question, Scope.PUBLIC)[1].standalone

    def _view(self) -> View:
        return self._archive.view(Scope.PUBLIC, self._clock())


def reply_of(events: Iterator[Matched | Event]) -> Reply:
    """The reply that events end with."""
    reply = Reply()
    for event in events:
        if isinstance(event, Matched):
            reply = event.reply
        elif isinstance(event, Finished):
            answer = None if reply.entry is not None else event.answer
            reply = replace(reply, answer=answer, answer_id=event.answer.id)
    return reply


def curated_events(question: Question, entry: Entry, sources: tuple[Citation, ...]) -> Iterator[Event]:
    """A curated answer as events. `Wrote` is left out: its words are the press office's, not verified ones."""
    days = sorted(one.published for one in sources if one.published is not None)
    searched = Searched(len(sources), days[0] if days else None, days[-1] if days else None)
    sentence = Sentence(entry.answer, tuple(one.number for one in sources))
    filters = Filters()
    yield Understood(entry.question, filters)
    yield Found((), searched)
    yield Finished(
        Answer(
            question.text,
            entry.question,
            filters,
            (sentence,),
            sources,
            searched=searched,
            written=Written("curated", entry.id),
        )
    )


def sources_of(view: View, entry: Entry) -> tuple[Citation, ...]:
    """The releases an entry rests on, each cited where it says most of the answer; none at all if one is gone."""
    found = view.several(entry.releases)
    if len(found) != len(entry.releases):
        return ()
    cited = [(found[one], _nearest(found[one], entry)) for one in entry.releases]
    return tuple(Citation.of(number, release, span) for number, (release, span) in enumerate(cited, 1))


def _nearest(release: Release, entry: Entry) -> Span:
    """The sentence of a release that shares most words with an answer, the first of those that share as many."""
    answered = {term.stem for term in content_terms(f"{entry.question}\n{entry.answer}", entry.language)}
    spans = sentences(release.text) or [Span(0, len(release.text))]

    def shared(span: Span) -> float:
        said = {term.stem for term in content_terms(span.of(release.text), release.language)}
        return len(said & answered) / math.sqrt(len(said) + 12)

    return trimmed(release.text, max(spans, key=shared))
