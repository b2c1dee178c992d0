"""Questions whose answers are known, put to the desk: what was found, what was said.

A question file is JSON Lines: `question`, and the releases that answer it under
`releases` (or `gold`); where known also `category`, `history` and `must_contain` (or
`answers`, forms of one fact). Measures are ir_measures' own; intervals are 95 % bootstrap
percentiles over questions, seeded.

Knows nothing about how an archive is made: the desk, the view and a baseline are given.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.answer import Found, Question, Turn
from assistant.marking import Mark, mark
from store.records import PressArchiveError, ReleaseNotFound, Scope

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.view import View

DEPTH = 10
MEASURES = ("R@1", "R@5", "R@10", "nDCG@10", "RR", "Success@1", "Success@5")
RESAMPLES, SEED = 2000, 20171106

Progress = Callable[[int, int], None]


class Baseline(Protocol):
    """Another retriever over the same releases, such as the tutorial's."""

    def retrieve(self, question: str, k: int = DEPTH) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, the releases that answer it, and the facts an answer has to contain.

    No release means that the archive holds no answer: the right answer is an abstention.
    """

    id: str
    category: str
    question: Question
    releases: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Per question: the measures of retrieval (where there is gold) and the answer's mark."""

    questions: tuple[GoldQuestion, ...]
    retrieval: Mapping[str, Mapping[str, float]]
    baseline: Mapping[str, Mapping[str, float]] | None
    marks: Mapping[str, Mark]
    missing: tuple[str, ...]

    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(q.category for q in self.questions))

    def of(self, category: str | None) -> tuple[GoldQuestion, ...]:
        return tuple(q for q in self.questions if category in (None, q.category))


def read_questions(path: Path, limit: int | None = None) -> tuple[GoldQuestion, ...]:
    """The questions of a JSON Lines file (also .gz); PressArchiveError names a bad line."""
    questions: list[GoldQuestion] = []
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip() and (limit is None or len(questions) < limit):
                    questions.append(_gold(path, number, line))
    except (OSError, UnicodeDecodeError) as error:
        raise PressArchiveError(f"{path}: these questions cannot be read ({error})") from error
    if not questions:
        raise PressArchiveError(f"{path}: no question in this file; one JSON object a line is expected")
    return tuple(questions)


def evaluate(
    desk: Desk,
    view: View,
    questions: Sequence[GoldQuestion],
    scope: Scope,
    *,
    answers: bool = True,
    baseline: Baseline | None = None,
    progress: Progress = lambda done, total: None,
) -> Evaluation:
    """Put every question to the desk; `view` is read to check what was found and quoted."""
    shelved = _shelved(view, dict.fromkeys(name for gold in questions for name in gold.releases))
    wanted = {gold.id: [shelved.get(name, name) for name in gold.releases] for gold in questions}
    found: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    marks: dict[str, Mark] = {}
    for done, gold in enumerate(questions):
        progress(done, len(questions))
        if gold.releases:
            found[gold.id] = retrieved(desk, gold.question, scope)
        if gold.releases and baseline is not None:
            other[gold.id] = baseline.retrieve(joined(gold.question), DEPTH)
        if answers:
            started = time.perf_counter()
            answer = desk.ask(gold.question, scope)
            marks[gold.id] = mark(answer, gold.facts, wanted[gold.id], view, time.perf_counter() - started)
    progress(len(questions), len(questions))
    return Evaluation(
        questions=tuple(questions),
        retrieval=measure(wanted, found),
        baseline=None if baseline is None else measure(wanted, other),
        marks=marks,
        missing=tuple(name for gold in questions for name in gold.releases if name not in shelved),
    )


def retrieved(desk: Desk, question: Question, scope: Scope) -> list[str]:
    """The ids of the releases the desk finds, best first; a follow-up is asked with its history."""
    if not question.history:
        evidence = desk.search(question.text, scope, limit=DEPTH)
    else:
        evidence = next(event for event in desk.events(question, scope) if isinstance(event, Found)).evidence
    return [consulted.release.id for consulted in evidence[:DEPTH]]


def joined(question: Question) -> str:
    """A follow-up simply joined to what was asked before it: all a pipeline without memory can do."""
    return " ".join([*(turn.question for turn in question.history), question.text])


def measure(wanted: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """ir_measures' value of each measure for each question whose wanted releases are not empty."""
    import ir_measures as ir

    measures = {ir.parse_measure(name): name for name in MEASURES}
    gold = {id: dict.fromkeys(names, 1) for id, names in wanted.items() if names}
    run = {id: {name: float(-rank) for rank, name in enumerate(names)} for id, names in found.items() if names}
    values: dict[str, dict[str, float]] = {id: dict.fromkeys(MEASURES, 0.0) for id in gold}
    for metric in ir.iter_calc(list(measures), gold, run) if run else ():
        values[metric.query_id][measures[metric.measure]] = float(metric.value)
    return values


def estimate(values: Sequence[float], resamples: int = RESAMPLES) -> Estimate | None:
    """The mean of `values` with its bootstrap interval; None of nothing."""
    if not values:
        return None
    import numpy as np

    sample = np.asarray(values, dtype=float)
    picks = np.random.default_rng(SEED).integers(0, len(sample), (resamples, len(sample)))
    low, high = np.percentile(sample[picks].mean(axis=1), [2.5, 97.5])
    return Estimate(float(sample.mean()), float(low), float(high))


def _gold(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        asked: dict[str, Any] = json.loads(line)
        history = tuple(Turn(turn["question"], tuple(turn.get("releases", ()))) for turn in asked.get("history", ()))
        answered = bool(asked.get("answers"))
        return GoldQuestion(
            id=str(asked.get("id", number)),
            category=str(asked.get("category", "question" if asked.get("answerable", True) else "unanswerable")),
            question=Question(asked["question"], history),
            releases=tuple(asked["releases"] if "releases" in asked else asked["gold"]),
            facts=tuple(tuple(forms) for forms in asked.get("must_contain", [asked["answers"]] if answered else ())),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PressArchiveError(
            f"{path} line {number}: not a question (needs question and releases or gold): {error!r}"
        ) from error


def _shelved(view: View, names: Iterable[str]) -> dict[str, str]:
    """The release id behind each gold name: an id, a reference, or the end of a source's path."""
    shelved: dict[str, str] = {}
    for name in names:
        with suppress(ReleaseNotFound):
            shelved[name] = view.release(name).id
    absent = [name for name in names if name not in shelved]
    for entry in view.releases() if absent else ():
        path = view.release(entry.id).source.name.replace("\\", "/")
        for name in absent:
            if path == name or path.endswith(("/" + name, "#" + name)):
                shelved[name] = entry.id
    return shelved
