"""A record of each answer: what was asked, what it rested on, what was said, and how soon.

Made beside the answer as it comes, and read back as an answer. It holds the words that the
asker saw and ids of what was consulted; contacts, which belong to people, are left out.
Knows nothing about where records are kept or who may read them.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from assistant.answer import (
    Abstention,
    Answer,
    Citation,
    Event,
    Finished,
    Found,
    Notice,
    Noticed,
    Question,
    Sentence,
    Turn,
    Understood,
    Written,
    Wrote,
    document,
    filters_document,
)
from store.answers import Told
from store.period import Period
from store.records import ArchiveError, Filters, PressArchiveError, Scope, Span
from store.rows import day_of

log = logging.getLogger(__name__)

FORMAT = 1


class Shelf(Protocol):
    """Where records are kept (`store.answers.Answers`)."""

    @property
    def keeps(self) -> bool: ...

    def keep(self, told: Told) -> None: ...

    def told(self, answer_id: str, now: datetime) -> Told: ...


class Recorder:
    """Writes down each answer as it is given. `ticks` counts seconds, from any beginning."""

    def __init__(
        self, shelf: Shelf, clock: Callable[[], datetime], ticks: Callable[[], float] = time.perf_counter
    ) -> None:
        self._shelf = shelf
        self._clock = clock
        self._ticks = ticks

    def recorded(
        self, question: Question, scope: Scope, events: Iterator[Event], prompt_hash: str | None = None
    ) -> Iterator[Event]:
        """The same events; the answer that ends them has an id where it is kept.

        An answer that is broken off is kept too, as far as it was shown.
        """
        if not self._shelf.keeps:
            yield from events
            return
        given = _Given(self._clock(), self._ticks)
        try:
            for event in events:
                told = given.took(event)
                if isinstance(told, Finished):
                    self._keep(question, scope, given, prompt_hash)
                yield told
        finally:
            if not given.complete and given.answer.sentences:
                self._keep(question, scope, given, prompt_hash)

    def cited(self, turn: Turn) -> tuple[tuple[str, int, Span], ...]:
        """Where an earlier answer's citations stand (release, version, span); none where that is not kept.

        Only for the question it was given to: ids are no keys to other people's answers.
        """
        if turn.answer is None or not self._shelf.keeps:
            return ()
        try:
            told = self._shelf.told(turn.answer, self._clock())
        except PressArchiveError:
            return ()
        if told.question.split() != turn.question.split():
            return ()
        try:
            citations = read(told).answer.citations
        except ArchiveError:
            return ()
        return tuple((one.release_id, one.version, one.span) for one in citations)

    def _keep(self, question: Question, scope: Scope, given: _Given, prompt_hash: str | None) -> None:
        try:
            cited = tuple((one.release_id, one.version) for one in given.answer.citations)
            record = record_of(question, given, prompt_hash)
            self._shelf.keep(Told(given.id, given.asked, scope.value, question.text, cited, record))
        except Exception:
            log.exception("answer %s is not kept", given.id)


class _Given:
    """An answer as far as it was given, when it was asked for, and how many milliseconds its sentences took."""

    def __init__(self, asked: datetime, ticks: Callable[[], float]) -> None:
        self.id = f"{asked:%Y%m%d}-{secrets.token_hex(6)}"
        self.asked = asked
        self.answer = Answer("", "", Filters())
        self.complete = False
        self.milliseconds: dict[str, float | None] = {"first": None, "last": None, "whole": None}
        self._began, self._ticks = ticks(), ticks

    def took(self, event: Event) -> Event:
        passed = round(1_000 * (self._ticks() - self._began), 1)
        self.milliseconds["whole"] = passed
        answer = self.answer
        match event:
            case Understood(standalone=standalone, filters=filters, inferred=inferred):
                self.answer = replace(answer, standalone=standalone, filters=filters, inferred=inferred)
                return replace(event, answer_id=self.id)
            case Found(evidence=evidence, searched=searched):
                self.answer = replace(answer, evidence=evidence, searched=searched)
            case Wrote(sentence=sentence, citations=citations):
                self.milliseconds["first"] = self.milliseconds["first"] or passed
                self.milliseconds["last"] = passed
                sentences = (*answer.sentences, sentence)
                self.answer = replace(answer, sentences=sentences, citations=(*answer.citations, *citations))
            case Noticed(notice=notice):
                self.answer = replace(answer, notices=(*answer.notices, notice))
            case Finished(answer=whole):
                self.answer, self.complete = replace(whole, id=self.id), True
                return Finished(self.answer)
        return event


def record_of(question: Question, given: _Given, prompt_hash: str | None) -> dict[str, Any]:
    """The record as JSON."""
    answer = given.answer
    whole = document(answer)
    abstention = whole["abstention"]
    return {
        "format": FORMAT,
        "question": question.text,
        "history": [
            {
                "question": turn.question,
                "releases": list(turn.releases),
                "answer": turn.answer,
                **_put_right(turn),
            }
            for turn in question.history
        ],
        "filters_given": None if question.filters is None else _filters(question.filters),
        **_put_right(question),
        "language": question.language,
        **({"door": question.door} if question.door else {}),
        "answered_in": answer.inferred.language,
        "filters": _filters(answer.filters),
        "standalone": answer.standalone,
        "understood": whole["understood"],
        "searched": whole["searched"],
        "evidence": [
            {
                "release_id": one.release.id,
                "version": one.release.version,
                "start": one.span.start,
                "end": one.span.end,
                "score": round(one.score, 6),
            }
            for one in answer.evidence
        ],
        "writer": whole["writer"],
        "prompt_hash": prompt_hash if answer.written.name != "extractive" else None,
        "answer": {
            "sentences": whole["sentences"],
            "citations": whole["citations"],
            "abstention": abstention and {key: abstention[key] for key in ("reason", "message")},
            "notices": whole["notices"],
        },
        "milliseconds": given.milliseconds,
        "complete": given.complete,
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """A record read back: the question as it was put, who asked, and the answer (without evidence or contacts)."""

    id: str
    given: datetime
    scope: Scope
    question: Question
    answer: Answer
    evidence: tuple[tuple[str, int], ...]
    record: dict[str, Any]


def read(told: Told) -> Kept:
    """A record as values again. Raises ArchiveError where it is not one."""
    try:
        return _read(told, told.record)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ArchiveError(f"The record of the answer « {told.id} » cannot be read: it is damaged.") from error


def _read(told: Told, record: dict[str, Any]) -> Kept:
    history = tuple(
        Turn(one["question"], tuple(one["releases"]), one.get("answer"), *_as_put_right(one))
        for one in record.get("history", ())
    )
    given = record.get("filters_given")
    filters = None if given is None else _filters_of(given)
    put = (record.get("language", ""), record.get("door", ""))
    question = Question(record["question"], history, filters, *_as_put_right(record), *put)
    evidence = tuple((one["release_id"], one["version"]) for one in record.get("evidence", ()))
    return Kept(told.id, told.given, Scope(told.scope), question, _answer(told.id, record), evidence, record)


def _answer(answer_id: str, record: dict[str, Any]) -> Answer:
    told, writer = record["answer"], record["writer"]
    abstention = told["abstention"]
    return Answer(
        record["question"],
        record["standalone"],
        _filters_of(record["filters"]),
        tuple(Sentence(one["text"], tuple(one["citations"]), one["lead_in"]) for one in told["sentences"]),
        tuple(_citation(one) for one in told["citations"]),
        None if abstention is None else Abstention(abstention["reason"], abstention["message"]),
        notices=tuple(Notice(one["kind"], one["message"], tuple(one["releases"])) for one in told["notices"]),
        written=Written(writer["name"], writer["model"], writer["repaired"], writer["dropped"]),
        id=answer_id,
    )


def _citation(told: dict[str, Any]) -> Citation:
    same = {key: told[key] for key in ("number", "release_id", "reference", "version", "title", "issuer", "url")}
    span = Span(told["start"], told["end"])
    return Citation(**same, published=day_of(told["published"]), page=told["page"], span=span, quote=told["quote"])


def _put_right(asked: Question | Turn) -> dict[str, Any]:
    """What the asker took back and chose; left out where they did neither."""
    told: dict[str, Any] = {"declined": list(asked.declined)} if asked.declined else {}
    return {**told, "chosen": _filters(asked.chosen)} if asked.chosen != Filters() else told


def _as_put_right(told: dict[str, Any]) -> tuple[tuple[str, ...], Filters]:
    return tuple(told.get("declined", ())), _filters_of(told["chosen"]) if "chosen" in told else Filters()


def _filters(filters: Filters) -> dict[str, Any]:
    return {**filters_document(filters), "releases": list(filters.releases), "newest_first": filters.newest_first}


def _filters_of(told: dict[str, Any]) -> Filters:
    return Filters(
        Period(day_of(told["from"]), day_of(told["to"])),
        tuple(told["issuers"]),
        tuple(told["languages"]),
        tuple(told["releases"]),
        told["newest_first"],
    )
