"""Measures of what was found, and what can be said of a mean over questions.

The measures are ir_measures' own. Intervals are 95 % bootstrap percentiles over questions,
seeded, so that a table can be printed again. Knows nothing about desks or archives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MEASURES = ("R@1", "R@5", "R@10", "nDCG@10", "RR", "Success@1", "Success@5")
RESAMPLES, SEED = 2000, 20171106
AT_ONCE = 1_000_000
"""Values drawn in one go: some megabytes."""

Values = Mapping[str, Mapping[str, float]]
"""Each measure's value, by question and by the measure's name."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % interval."""

    mean: float
    low: float
    high: float


def measure(wanted: Mapping[str, Sequence[str]], found: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """The value of each measure for each question whose wanted releases are not empty; `found` is best first."""
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
    picks = np.random.default_rng(SEED)
    rows = max(1, AT_ONCE // len(sample))
    means = np.concatenate(
        [
            sample[picks.integers(0, len(sample), (min(rows, resamples - start), len(sample)))].mean(axis=1)
            for start in range(0, resamples, rows)
        ]
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(sample.mean()), float(low), float(high))


def gained(values: Values, over: Values, name: str) -> Estimate | None:
    """The difference in one measure, question by question: positive where `values` are better."""
    return estimate([value[name] - over[id][name] for id, value in values.items() if id in over])
