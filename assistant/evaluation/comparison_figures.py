"""A comparison in figures: each measure by writer and category, with its interval; one document for programs.

Knows nothing about how answers came about, nor where the figures are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.figures import ALL, milliseconds
from assistant.evaluation.given import Given
from assistant.evaluation.gold import GoldQuestion, question_document
from assistant.evaluation.judging import Worth
from assistant.evaluation.measures import Estimate, estimate

Measured = Callable[[GoldQuestion, Worth], float | None]
"""What one answer adds to a mean; None where it does not count there."""


def _answered(share: Callable[[Worth], float | None]) -> Measured:
    return lambda gold, worth: share(worth) if gold.answerable and not worth.abstained else None


MEASURES: dict[str, Measured] = {
    "correct": lambda gold, worth: float(worth.correct) if worth.facts is not None else None,
    "facts": lambda gold, worth: worth.facts,
    "sound": lambda gold, worth: float(worth.sound) if worth.facts is not None else None,
    "precision_release": _answered(lambda worth: worth.to_gold),
    "precision_proof": _answered(lambda worth: worth.to_proof),
    "recall_release": lambda gold, worth: worth.gold_cited,
    "recall_proof": lambda gold, worth: worth.proof_cited,
    "unsupported": lambda gold, worth: len(worth.unsupported) / worth.sentences if worth.sentences else None,
    "abstained_rightly": lambda gold, worth: None if gold.answerable else float(worth.abstained),
    "abstained_wrongly": lambda gold, worth: float(worth.abstained) if gold.answerable else None,
}
"""Means over questions. Correct and sound: of answerable questions with facts. Precision: of answers with
citations. Recall: of answerable questions, 0 where it abstained. Unsupported: the share of an answer's sentences."""

GAINS = ("correct", "sound")
UNCITED = ("precision_release", "precision_proof", "recall_release", "recall_proof")
"""Measures that mean nothing of a writer that cites nothing."""


def groups(comparison: Comparison) -> Iterator[tuple[str, tuple[GoldQuestion, ...]]]:
    """Each category with its questions; then all of them, where there are several categories."""
    categories = tuple(dict.fromkeys(gold.category for gold in comparison.questions))
    for category in categories:
        yield category, tuple(gold for gold in comparison.questions if gold.category == category)
    if len(categories) > 1:
        yield ALL, comparison.questions


def values(comparison: Comparison, writer: str, measure: str, questions: Iterable[GoldQuestion]) -> dict[str, float]:
    """The measure of each of these questions that counts for it."""
    if measure in UNCITED and not cites(comparison, writer):
        return {}
    worth = comparison.worth[writer]
    counted = ((gold.id, MEASURES[measure](gold, worth[gold.id])) for gold in questions)
    return {id: value for id, value in counted if value is not None}


def figure(
    comparison: Comparison, writer: str, measure: str, questions: Iterable[GoldQuestion]
) -> tuple[Estimate | None, int]:
    """The mean of a measure with its interval, and over how many questions."""
    found = list(values(comparison, writer, measure, questions).values())
    return estimate(found), len(found)


def gained(comparison: Comparison, writer: str, over: str, measure: str) -> Estimate | None:
    """The difference in one measure, question by question: positive where `writer` is better."""
    ours, theirs = (values(comparison, name, measure, comparison.questions) for name in (writer, over))
    return estimate([value - theirs[id] for id, value in ours.items() if id in theirs])


def rivals(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Each writer, and the tutorial pipeline with the same model."""
    for writer in comparison.writers:
        if f"tutorial:{writer}" in comparison.writers:
            yield writer, f"tutorial:{writer}"


def cites(comparison: Comparison, writer: str) -> bool:
    return any(given.citations or not given.read for given in comparison.given[writer].values())


def totals(comparison: Comparison, writer: str, questions: Iterable[GoldQuestion]) -> dict[str, Any]:
    """What is counted rather than averaged: lengths, times, sentences mended and left out."""
    asked = list(questions)
    given = [comparison.given[writer][gold.id] for gold in asked]
    worth = [comparison.worth[writer][gold.id] for gold in asked]
    spoken = [one for one in worth if not one.abstained]
    return {
        "questions": len(asked),
        "answered": len(spoken),
        "sentences": {"median": _median(one.sentences for one in spoken), "shown": sum(o.sentences for o in spoken)},
        "characters": {"median": _median(one.characters for one in spoken)},
        "citations": sum(len(one.citations) for one in given),
        "inexact": sum(len(one.inexact) for one in worth),
        "unsupported": sum(len(one.unsupported) for one in worth),
        "invented": sum(sentence.invented for one in worth for sentence in one.unsupported),
        "why": dict(Counter(sentence.why for one in worth for sentence in one.unsupported)),
        "repaired": sum(one.repaired for one in given),
        "dropped": sum(one.dropped for one in given),
        "fell_back": sum(fell_back(writer, one) for one in given),
        "first_milliseconds": milliseconds(one.first for one in given),
        "last_milliseconds": milliseconds(one.last for one in given),
    }


def fell_back(writer: str, given: Given) -> bool:
    """Whether a model was asked for and the extractive writer answered."""
    return "writer" in given.notices or (writer != given.writer == "extractive" and bool(given.sentences))


def document(comparison: Comparison) -> dict[str, Any]:
    """{"writers": {name: {category: {"measures", "totals"}}}, "gained", "missing", "unproven", "questions"}."""
    return {
        "writers": {
            writer: {name: _category(comparison, writer, asked) for name, asked in groups(comparison)}
            for writer in comparison.writers
        },
        "gained": {
            writer: {"over": over, **{m: _estimate(gained(comparison, writer, over, m), None) for m in GAINS}}
            for writer, over in rivals(comparison)
        },
        "missing": list(comparison.missing),
        "unproven": comparison.unproven,
        "questions": [_line(comparison, gold) for gold in comparison.questions],
    }


def _category(comparison: Comparison, writer: str, asked: Sequence[GoldQuestion]) -> dict[str, Any]:
    measures = {name: _estimate(*figure(comparison, writer, name, asked)) for name in MEASURES}
    return {"measures": measures, "totals": totals(comparison, writer, asked)}


def _line(comparison: Comparison, gold: GoldQuestion) -> dict[str, Any]:
    answers = {
        writer: {**asdict(comparison.given[writer][gold.id]), "worth": asdict(comparison.worth[writer][gold.id])}
        for writer in comparison.writers
    }
    return {**question_document(gold), "answers": answers}


def _estimate(e: Estimate | None, n: int | None) -> dict[str, float] | None:
    if e is None:
        return None
    mean = {"mean": round(e.mean, 4), "low": round(e.low, 4), "high": round(e.high, 4)}
    return mean if n is None else {**mean, "n": n}


def _median(numbers: Iterable[int]) -> float | None:
    found = list(numbers)
    return median(found) if found else None
