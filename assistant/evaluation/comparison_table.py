"""A comparison as a table for people, writers side by side, in lines of at most 120 characters.

Knows nothing about how the figures came about, nor where they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.comparison_figures import figure, gained, groups, rivals, totals
from assistant.evaluation.scoreboard import cell

WIDTH, LABEL = 20, 20
ABREAST = 5
"""Writers that stand side by side on a page."""

ROWS = {
    "correct": "correct",
    "facts": "facts said",
    "sound": "correct, supported",
    "precision_release": "precision, release",
    "precision_proof": "precision, proof",
    "recall_release": "recall, release",
    "recall_proof": "recall, proof",
    "unsupported": "unsupported",
    "abstained_rightly": "abstained, rightly",
    "abstained_wrongly": "abstained, wrongly",
}
BY_CATEGORY = {
    "sound": "Correct and fully supported, by category (abstained, where there is no answer)",
    "correct": "Correct, by category",
    "precision_release": "Citations to a gold release, by category",
    "precision_proof": "Citations that touch the evidence, by category",
    "recall_proof": "Evidence that is cited, by category",
    "abstained_wrongly": "Abstained though there is an answer, by category",
}


def table(comparison: Comparison) -> str:
    """Everything measured."""
    writers = comparison.writers
    pages = (writers[start : start + ABREAST] for start in range(0, len(writers), ABREAST))
    lines = [line for page in pages for line in (*_page(comparison, page), "")]
    return "\n".join([*lines, *_gained(comparison), *_foot(comparison)])


def _page(comparison: Comparison, writers: Sequence[str]) -> Iterator[str]:
    asked = comparison.questions
    open_ = sum(gold.answerable for gold in asked)
    yield f"Answers: {len(asked)} questions, {open_} with an answer here; means with 95 % intervals"
    yield from _heads(writers)
    for measure, label in ROWS.items():
        yield _row(label, [cell(figure(comparison, writer, measure, asked)[0]) for writer in writers])
    counted = [totals(comparison, writer, asked) for writer in writers]
    for label, show in _COUNTED.items():
        yield _row(label, [show(one) for one in counted])
    if len(tuple(groups(comparison))) > 1:
        for measure, title in BY_CATEGORY.items():
            yield from _categories(comparison, writers, measure, title)


def _categories(comparison: Comparison, writers: Sequence[str], measure: str, title: str) -> Iterator[str]:
    yield ""
    yield title
    for name, asked in groups(comparison):
        measured = measure if any(gold.answerable for gold in asked) else "abstained_rightly"
        if measured != measure and measure != "sound":
            continue
        figures = [figure(comparison, writer, measured, asked) for writer in writers]
        n = max(count for _, count in figures)
        if n:
            yield _row(f"{name[:14]:<14}{n:>5}", [cell(mean) for mean, _ in figures])


def _gained(comparison: Comparison) -> Iterator[str]:
    for writer, over in rivals(comparison):
        correct, sound = (cell(gained(comparison, writer, over, measure), "+") for measure in ("correct", "sound"))
        yield f"Gained by {writer} over {over}:"
        yield f"  correct {correct}; correct and fully supported {sound}"


def _foot(comparison: Comparison) -> Iterator[str]:
    if comparison.unproven:
        yield f"{comparison.unproven} pieces of evidence were not found where they should stand."
    if comparison.missing:
        yield f"{len(comparison.missing)} gold releases are not in this archive: {', '.join(comparison.missing[:5])} …"


def _heads(writers: Sequence[str]) -> Iterator[str]:
    """The writers' names, a part a line: no column is as wide as « tutorial:local:… »."""
    parts = [writer.split(":") for writer in writers]
    tall = max(map(len, parts))
    for line in range(tall):
        yield _row(
            "", [part[line - tall + len(part)][: WIDTH - 1] if line >= tall - len(part) else "" for part in parts]
        )


def _row(label: str, cells: Sequence[str]) -> str:
    return (f"{label:<{LABEL}}" + "".join(f"{one:<{WIDTH}}" for one in cells)).rstrip()


def _pair(times: dict[str, float | None]) -> str:
    return " / ".join("–" if one is None else f"{one:.0f}" for one in (times["p50"], times["p95"]))


_COUNTED: dict[str, Any] = {
    "unsupported shown": lambda one: f"{one['unsupported']} of {one['sentences']['shown']}",
    "with invented facts": lambda one: str(one["invented"]),
    "inexact citations": lambda one: f"{one['inexact']} of {one['citations']}",
    "median sentences": lambda one: _number(one["sentences"]["median"]),
    "median characters": lambda one: _number(one["characters"]["median"]),
    "repaired / dropped": lambda one: f"{one['repaired']} / {one['dropped']}",
    "fell back": lambda one: str(one["fell_back"]),
    "first ms, p50/p95": lambda one: _pair(one["first_milliseconds"]),
    "last ms, p50/p95": lambda one: _pair(one["last_milliseconds"]),
}


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
