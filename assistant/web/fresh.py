"""The last answers given, where none are kept: in memory, so that what is on a page can be taken away.

Bounded, and gone with the process. Knows nothing of formats or of who may read them.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.answer import Answer, Event, Finished, Question, iso
from assistant.inferred import inferred_document
from assistant.records import Kept
from store.records import AnswerNotFound, Scope

MOST = 200
"""Answers that are remembered; the one asked for longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Answers by their ids; safe between threads."""

    _answers: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def identified(self, event: Event, question: Question, scope: Scope, now: datetime) -> Event:
        """The event; a finished answer that is kept nowhere is remembered here, and has an id."""
        if not isinstance(event, Finished) or event.answer.id is not None:
            return event
        answer_id = f"{now:%Y%m%d}-{secrets.token_hex(6)}"
        answer = replace(event.answer, id=answer_id)
        with self._lock:
            self._answers[answer_id] = _kept(answer_id, answer, question, scope, now)
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return Finished(answer)

    def kept(self, answer_id: str) -> Kept:
        """The answer of that id. Raises AnswerNotFound."""
        with self._lock:
            if answer_id not in self._answers:
                raise AnswerNotFound(answer_id)
            self._answers.move_to_end(answer_id)
            return self._answers[answer_id]


def _kept(answer_id: str, answer: Answer, question: Question, scope: Scope, now: datetime) -> Kept:
    searched = answer.searched
    record = {
        "understood": inferred_document(answer.inferred),
        "searched": {"releases": searched.releases, "from": iso(searched.first), "to": iso(searched.last)},
        "complete": True,
    }
    consulted = tuple((one.release.id, one.release.version) for one in answer.evidence)
    return Kept(answer_id, now, scope, question, replace(answer, evidence=()), consulted, record)
