"""An evaluation as a table for people and as one document for programs.

Knows nothing about how the figures came about, nor where they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from statistics import median, quantiles
from typing import Any

from assistant.evaluation import MEASURES, Estimate, Evaluation, estimate
from assistant.marking import Mark

SHOWN = {"R@1": "R@1", "R@5": "R@5", "R@10": "R@10", "nDCG@10": "nDCG@10", "RR": "MRR"}
ALL = "all"


def table(evaluation: Evaluation) -> str:
    """Everything measured, in lines of at most 120 characters."""
    parts = [_retrieval(evaluation), _answers(evaluation)] if evaluation.marks else [_retrieval(evaluation)]
    if evaluation.missing:
        some = ", ".join(evaluation.missing[:5])
        parts.append([f"{len(evaluation.missing)} gold releases are not in this archive: {some} …"])
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def document(evaluation: Evaluation) -> dict[str, Any]:
    """{"categories": {name: {"n", "retrieval", "tutorial", "answers"}}, "missing", "questions"}."""
    categories = {}
    for name, ids in _groups(evaluation):
        categories[name] = {
            "n": len(ids),
            "retrieval": _estimates(evaluation.retrieval, ids),
            "tutorial": None if evaluation.baseline is None else _estimates(evaluation.baseline, ids),
            "answers": _summary(evaluation, ids),
        }
    return {
        "categories": categories,
        "missing": list(evaluation.missing),
        "questions": [_line(evaluation, question.id) for question in evaluation.questions],
    }


def milliseconds(seconds: Iterable[float]) -> dict[str, float | None]:
    """Median and 95th percentile in milliseconds; None of nothing."""
    taken = [1000 * value for value in seconds]
    if len(taken) < 2:
        return dict.fromkeys(("p50", "p95"), round(taken[0], 1) if taken else None)
    return {"p50": round(median(taken), 1), "p95": round(quantiles(taken, n=20, method="inclusive")[-1], 1)}


def _groups(evaluation: Evaluation) -> Iterator[tuple[str, list[str]]]:
    for category in evaluation.categories():
        yield category, [question.id for question in evaluation.of(category)]
    if len(evaluation.categories()) > 1:
        yield ALL, [question.id for question in evaluation.questions]


def _estimates(values: Mapping[str, Mapping[str, float]], ids: Iterable[str]) -> dict[str, dict[str, float]] | None:
    found = [values[id] for id in ids if id in values]
    estimates = {name: estimate([value[name] for value in found]) for name in MEASURES}
    return {
        name: {"mean": round(e.mean, 4), "low": round(e.low, 4), "high": round(e.high, 4)}
        for name, e in estimates.items()
        if e is not None
    } or None


def _summary(evaluation: Evaluation, ids: Iterable[str]) -> dict[str, Any] | None:
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


def _retrieval(evaluation: Evaluation) -> list[str]:
    if not evaluation.retrieval:
        return []
    heading = f"Retrieval: {len(evaluation.retrieval)} questions with gold releases, means with 95 % intervals"
    lines = [heading, *_rows(evaluation, evaluation.retrieval)]
    if evaluation.baseline is not None:
        lines += ["", "The tutorial pipeline over the same releases", *_rows(evaluation, evaluation.baseline)]
        gained = [evaluation.retrieval[id]["nDCG@10"] - value["nDCG@10"] for id, value in evaluation.baseline.items()]
        lines += ["", f"Gained in nDCG@10, question by question: {_cell(estimate(gained), '+')}"]
    return lines


def _rows(evaluation: Evaluation, values: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield f"{'':14}{'n':>5}  " + "".join(f"{name:<19}" for name in SHOWN.values()).rstrip()
    for name, ids in _groups(evaluation):
        found = [values[id] for id in ids if id in values]
        if found:
            cells = (_cell(estimate([value[measure] for value in found])) for measure in SHOWN)
            yield f"{name[:14]:<14}{len(found):>5}  " + "".join(f"{cell:<19}" for cell in cells).rstrip()
    first, five = (estimate([value[name] for value in values.values()]) for name in ("Success@1", "Success@5"))
    yield f"A gold release first: {_cell(first)}; among the first five: {_cell(five)}"


def _answers(evaluation: Evaluation) -> list[str]:
    lines = [f"Answers: {len(evaluation.marks)} questions"]
    lines.append(f"{'':14}{'n':>5}  {'abstained':>9}  {'correct':>9}  {'facts':>9}  {'cites gold':>10}")
    for name, ids in _groups(evaluation):
        s = _summary(evaluation, ids)
        if s is not None:
            shares = [_two(s["abstained"], 9), _two(s["correct"], 9), _two(s["facts"], 9), _two(s["cites_gold"], 10)]
            lines.append(f"{name[:14]:<14}{len(ids):>5}  " + "  ".join(shares))
    s = _summary(evaluation, [question.id for question in evaluation.questions])
    if s is not None:
        sentences, characters, taken = s["sentences"], s["characters"], s["milliseconds"]
        lines += [
            f"Length: median {sentences['median']} sentences, {characters['median']} characters; "
            f"longest {sentences['max']} sentences, {characters['max']} characters",
            f"Citations: {s['citations']}, of which {s['inexact']} do not match their release; "
            f"{s['unsupported']} sentences are not word for word in what they cite",
            f"Latency: median {taken['p50']} ms, 95th percentile {taken['p95']} ms",
        ]
    return lines


def _line(evaluation: Evaluation, id: str) -> dict[str, Any]:
    mark: Mark | None = evaluation.marks.get(id)
    return {
        "id": id,
        "retrieval": evaluation.retrieval.get(id),
        "tutorial": None if evaluation.baseline is None else evaluation.baseline.get(id),
        "abstained": mark and mark.abstained,
        "facts": mark and round(mark.facts, 4),
        "cites_gold": mark and mark.cites_gold,
        "characters": mark and mark.characters,
        "milliseconds": mark and round(1000 * mark.seconds, 1),
    }


def _cell(e: Estimate | None, sign: str = "") -> str:
    return "–" if e is None else f"{e.mean:{sign}.2f} [{e.low:{sign}.2f}–{e.high:{sign}.2f}]"


def _two(share: float | None, width: int) -> str:
    return f"{'–' if share is None else format(share, '.2f'):>{width}}"


def _share(marks: Iterable[Mark], worth: Callable[[Mark], float]) -> float | None:
    values = [float(worth(mark)) for mark in marks]
    return round(sum(values) / len(values), 4) if values else None


def _median(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return median(numbers) if numbers else None


def _max(values: Iterable[int]) -> int | None:
    return max(values, default=None)
