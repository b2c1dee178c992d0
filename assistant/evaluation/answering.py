"""Whoever answers, asked in the same way: the desk with any writer, a server over its API, or the tutorial pipeline.

Knows nothing about what the right answer would be.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant import client_records
from assistant.answer import Answer, Finished, Question, Wrote
from assistant.client import PorteParole
from assistant.client_wire import ClientError
from assistant.evaluation.evaluating import joined
from assistant.evaluation.given import Cited, Given, Read, Told
from assistant.tutorial import stuffed
from store.records import PressArchiveError, Scope
from store.sentences import sentences

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.desk import Desk
    from assistant.tutorial import Tutorial

Answerer = Callable[[Question], Given]


def at_the_desk(desk: Desk, scope: Scope) -> Answerer:
    """The product, with whichever writer sits at its desk."""

    def answer(question: Question) -> Given:
        started = time.perf_counter()
        first = 0.0
        for event in desk.events(question, scope):
            if isinstance(event, Wrote):
                first = first or time.perf_counter() - started
            if isinstance(event, Finished):
                last = time.perf_counter() - started
                return _written(event.answer, first or last, last)
        raise AssertionError("a desk finishes")

    return answer


def by_the_api(press: PorteParole) -> Answerer:
    """A server, as a program asks it: what it gives over HTTP, and how soon. Raises PressArchiveError."""

    def answer(question: Question) -> Given:
        started = time.perf_counter()
        first = 0.0
        try:
            for event in press.stream(question.text, _turns(question), _filters(question)):
                if isinstance(event, client_records.Wrote):
                    first = first or time.perf_counter() - started
                if isinstance(event, client_records.Finished):
                    last = time.perf_counter() - started
                    return _sent(event.answer, first or last, last)
        except ClientError as error:
            raise PressArchiveError(f"{press.address}: {error}") from error
        raise AssertionError("a stream finishes")

    return answer


def by_the_tutorial(tutorial: Tutorial, model: BaseChatModel) -> Answerer:
    """The pipeline every tutorial teaches: four pieces in a prompt, and the model's words as they are.

    A follow-up is joined to what was asked before it. Raises PressArchiveError where the model takes too long.
    """

    def answer(question: Question) -> Given:
        started = time.perf_counter()
        asked = joined(question)
        pieces = tutorial.pieces(asked)
        first, text = 0.0, ""
        try:
            for said in stuffed(model, asked, pieces):
                text += said
                if not first and len(sentences(text)) > 1:
                    first = time.perf_counter() - started
        except TimeoutError as error:
            raise PressArchiveError(f"The tutorial pipeline: {error}; see PORTE_PAROLE_WRITER_TIMEOUT") from error
        last = time.perf_counter() - started
        told = tuple(Told(span.of(text).strip()) for span in sentences(text) if span.of(text).strip())
        read = tuple(Read(piece.release, piece.text) for piece in pieces)
        return Given(told, first or last, last, writer="tutorial", read=read)

    return answer


def _written(answer: Answer, first: float, last: float) -> Given:
    abstention = answer.abstention
    return Given(
        tuple(Told(sentence.text, sentence.citations, sentence.lead_in) for sentence in answer.sentences),
        first,
        last,
        tuple(Cited(c.number, c.release_id, c.version, c.span.start, c.span.end, c.quote) for c in answer.citations),
        reason=abstention.reason if abstention else "",
        message=abstention.message if abstention else "",
        searched=answer.searched.releases,
        writer=answer.written.name,
        model=answer.written.model,
        repaired=answer.written.repaired,
        dropped=answer.written.dropped,
        notices=tuple(notice.kind for notice in answer.notices),
    )


def _sent(answer: client_records.Answer, first: float, last: float) -> Given:
    abstention = answer.abstention
    return Given(
        tuple(Told(sentence.text, sentence.citations, sentence.lead_in) for sentence in answer.sentences),
        first,
        last,
        tuple(Cited(c.number, c.release_id, c.version, c.start, c.end, c.quote) for c in answer.citations),
        reason=abstention.reason if abstention else "",
        message=abstention.message if abstention else "",
        searched=answer.searched.releases,
        writer="api",
        notices=tuple(notice.kind for notice in answer.notices),
    )


def _turns(question: Question) -> list[client_records.Turn]:
    return [client_records.Turn(turn.question, turn.releases, turn.answer) for turn in question.history]


def _filters(question: Question) -> client_records.Filters | None:
    given = question.filters
    if given is None:
        return None
    return client_records.Filters(given.period.first, given.period.last, given.issuers, given.languages)
