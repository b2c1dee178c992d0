"""An evaluation as one document for programs: figures by category, and a line a question.

Knows nothing about how the figures came about, nor where they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from statistics import median, quantiles
from typing import Any

from assistant.answer import filters_document
from assistant.evaluation.evaluating import Evaluation
from assistant.evaluation.gold import question_document
from assistant.evaluation.marking import Mark
from assistant.evaluation.measures import MEASURES, Estimate, Values, estimate, gained

ALL = "all"


def document(evaluation: Evaluation) -> dict[str, Any]:
    """{"categories": {name: {"n", "retrieval", "beside", "filters", "exact", "answers"}}, "missing", "questions"}."""
    return {
        "categories": {name: _category(evaluation, ids) for name, ids in groups(evaluation)},
        "missing": list(evaluation.missing),
        "questions": [_line(evaluation, index) for index in range(len(evaluation.questions))],
    }


def groups(evaluation: Evaluation) -> Iterator[tuple[str, list[str]]]:
    """Each category with its questions' ids; then all of them, where there are several categories."""
    for category in evaluation.categories():
        yield category, [question.id for question in evaluation.of(category)]
    if len(evaluation.categories()) > 1:
        yield ALL, [question.id for question in evaluation.questions]


def summary(evaluation: Evaluation, ids: Iterable[str]) -> dict[str, Any] | None:
    """What the answers to these questions were worth; None where none was asked."""
    gold = {question.id: question for question in evaluation.questions}
    marks = {id: evaluation.marks[id] for id in ids if id in evaluation.marks}
    if not marks:
        return None
    asked = [mark for id, mark in marks.items() if gold[id].releases]
    with_facts = [mark for id, mark in marks.items() if gold[id].facts]
    answered = [mark for mark in marks.values() if not mark.abstained]
    return {
        "abstained": _share(marks.values(), lambda m: m.abstained),
        "correct": _share(with_facts, lambda m: m.correct),
        "facts": _share(with_facts, lambda m: m.facts),
        "cites_gold": _share(asked, lambda m: m.cites_gold),
        "sentences": {"median": _median(m.sentences for m in answered), "max": _max(m.sentences for m in answered)},
        "characters": {"median": _median(m.characters for m in answered), "max": _max(m.characters for m in answered)},
        "citations": sum(m.citations for m in answered),
        "inexact": sum(len(m.inexact) for m in answered),
        "unsupported": sum(m.unsupported for m in answered),
        "milliseconds": milliseconds(m.seconds for m in marks.values()),
    }


def milliseconds(seconds: Iterable[float]) -> dict[str, float | None]:
    """Median and 95th percentile in milliseconds; None of nothing."""
    taken = [1000 * value for value in seconds]
    if len(taken) < 2:
        return dict.fromkeys(("p50", "p95"), round(taken[0], 1) if taken else None)
    return {"p50": round(median(taken), 1), "p95": round(quantiles(taken, n=20, method="inclusive")[-1], 1)}


def _category(evaluation: Evaluation, ids: list[str]) -> dict[str, Any]:
    ours = {id: evaluation.retrieval[id] for id in ids if id in evaluation.retrieval}
    reads = [evaluation.read[id] for id in ids]
    exact = [not evaluation.faults[id] for id in ids if id in evaluation.faults]
    return {
        "n": len(ids),
        "retrieval": _estimates(ours),
        "beside": {
            name: {
                "retrieval": _estimates({id: values[id] for id in ours}),
                "gained": {measure: _estimate(gained(ours, values, measure)) for measure in MEASURES},
            }
            for name, values in evaluation.beside.items()
            if ours
        },
        "filters": {
            "inferred": _estimate(estimate([float(read.inferred) for read in reads])),
            "passed": _estimate(estimate([float(read.passes) for read in reads if read.passes is not None])),
            "equal": _estimate(estimate([float(read.equal) for read in reads if read.equal is not None])),
        },
        "exact": _estimate(estimate([float(one) for one in exact])),
        "answers": summary(evaluation, ids),
    }


def _line(evaluation: Evaluation, index: int) -> dict[str, Any]:
    gold = evaluation.questions[index]
    heard, read = evaluation.heard[gold.id], evaluation.read[gold.id]
    mark = evaluation.marks.get(gold.id)
    return {
        **question_document(gold),
        "retrieval": evaluation.retrieval.get(gold.id),
        "beside": {name: values.get(gold.id) for name, values in evaluation.beside.items()},
        "found": list(heard.releases),
        "searched": heard.searched,
        "read": {**filters_document(heard.filters), **asdict(read)},
        "faults": list(evaluation.faults.get(gold.id, ())),
        "abstained": mark and mark.abstained,
        "facts": mark and round(mark.facts, 4),
        "cites_gold": mark and mark.cites_gold,
        "characters": mark and mark.characters,
        "milliseconds": round(1000 * heard.seconds, 1),
    }


def _estimates(values: Values) -> dict[str, dict[str, float] | None] | None:
    means = {name: _estimate(estimate([value[name] for value in values.values()])) for name in MEASURES}
    return means if values else None


def _estimate(e: Estimate | None) -> dict[str, float] | None:
    return None if e is None else {"mean": round(e.mean, 4), "low": round(e.low, 4), "high": round(e.high, 4)}


def _share(marks: Iterable[Mark], worth: Callable[[Mark], float]) -> float | None:
    values = [float(worth(mark)) for mark in marks]
    return round(sum(values) / len(values), 4) if values else None


def _median(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return median(numbers) if numbers else None


def _max(values: Iterable[int]) -> int | None:
    return max(values, default=None)
