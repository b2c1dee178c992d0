"""Questions whose answers are known, put to the desk: what was read, found and said.

Other retrievers may stand beside the desk: each question goes to all of them in turn.
Knows nothing about how an archive is made: the desk, the view and the others are given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.answer import Finished, Found, Question, Searched, Understood
from assistant.evaluation.exactness import Heard, Read, faults, read
from assistant.evaluation.gold import GoldQuestion, shelved
from assistant.evaluation.marking import Mark, mark
from assistant.evaluation.measures import Values, measure
from assistant.evaluation.shelf import Shelved, read_shelf, shelved_as
from store.records import Filters, Scope

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.view import View

DEPTH = 10

Progress = Callable[[int, int], None]
Retriever = Callable[[Question], Sequence[str]]
"""A question's releases, best first: another desk, or another pipeline over the same releases."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """By question id: what was heard, the measures of retrieval (where there is gold), the answer's mark.

    `beside` holds the measures of each other retriever by its name, `faults` what keeps the
    answers to questions of the catalogue from being exact, `wanted` the ids of the gold
    releases in this archive and `missing` the gold names it lacks.
    """

    questions: tuple[GoldQuestion, ...]
    retrieval: Values
    wanted: Mapping[str, Sequence[str]]
    heard: Mapping[str, Heard]
    read: Mapping[str, Read]
    faults: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, Mark]
    beside: Mapping[str, Values] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(q.category for q in self.questions))

    def of(self, category: str | None) -> tuple[GoldQuestion, ...]:
        return tuple(q for q in self.questions if category in (None, q.category))


def evaluate(
    desk: Desk,
    view: View,
    questions: Sequence[GoldQuestion],
    scope: Scope,
    *,
    answers: bool = True,
    beside: Mapping[str, Retriever] = MappingProxyType({}),
    progress: Progress = lambda done, total: None,
) -> Evaluation:
    """Put every question to the desk; `view` is read to check what was found and quoted."""
    names = shelved(view, (name for gold in questions for name in gold.releases))
    wanted = {gold.id: [names.get(name, name) for name in gold.releases] for gold in questions}
    shelf = _shelf(view, questions, names.values())
    heard: dict[str, Heard] = {}
    marks: dict[str, Mark] = {}
    found: dict[str, dict[str, Sequence[str]]] = {name: {} for name in beside}
    for done, gold in enumerate(questions):
        progress(done, len(questions))
        said = put(desk, gold.question, scope, whole=answers)
        if said.answer is not None:
            marks[gold.id] = mark(said.answer, gold.facts, wanted[gold.id], view, said.seconds)
        heard[gold.id] = said
        for name, retrieve in beside.items():
            if gold.releases:
                found[name][gold.id] = retrieve(gold.question)
    progress(len(questions), len(questions))
    shown = {name for one in heard.values() for name in one.releases}
    return Evaluation(
        questions=tuple(questions),
        retrieval=measure(wanted, {id: one.releases for id, one in heard.items() if wanted[id]}),
        wanted=wanted,
        read={gold.id: read(gold, heard[gold.id], wanted[gold.id], shelf) for gold in questions},
        faults={g.id: faults(g, heard[g.id], wanted[g.id], shelf) for g in questions if g.of_catalogue},
        heard={id: replace(one, answer=None) for id, one in heard.items()},
        marks=marks,
        beside={name: measure(wanted, by_question) for name, by_question in found.items()},
        missing=tuple(name for gold in questions for name in gold.releases if name not in names),
        titles={entry.id: entry.title for entry in view.releases() if entry.id in shown},
    )


def put(desk: Desk, question: Question, scope: Scope, *, whole: bool) -> Heard:
    """Ask the desk; without `whole` only as far as what it finds."""
    started = time.perf_counter()
    filters, found, answer = Filters(), Found((), Searched(0, None, None)), None
    for event in desk.events(question, scope):
        if isinstance(event, Understood):
            filters = event.filters
        elif isinstance(event, Found):
            found = event
            if not whole:
                break
        elif isinstance(event, Finished):
            answer = event.answer
    ids = tuple(dict.fromkeys(one.release.id for one in found.evidence))
    return Heard(filters, ids[:DEPTH], found.searched.releases, time.perf_counter() - started, answer)


def asking(desk: Desk, scope: Scope) -> Retriever:
    """A desk as a retriever to stand beside another."""
    return lambda question: put(desk, question, scope, whole=False).releases


def joined(question: Question) -> str:
    """A follow-up simply joined to what was asked before it: all a pipeline without memory can do."""
    return " ".join([*(turn.question for turn in question.history), question.text])


def _shelf(view: View, questions: Sequence[GoldQuestion], wanted: Iterable[str]) -> dict[str, Shelved]:
    """The wanted releases; all of the archive where a question's gold rests on the whole catalogue."""
    if any(gold.of_catalogue for gold in questions):
        return {release.id: release for release in read_shelf(view)}
    return {name: shelved_as(view.release(name)) for name in dict.fromkeys(wanted)}
