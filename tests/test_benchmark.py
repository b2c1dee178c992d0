"""The benchmark weighs real processes from outside."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.benchmark import Bench, benchmark, measured
from store.records import PressArchiveError


def test_a_process_is_weighed_by_itself() -> None:
    """Peak memory and time are those of the process run; a small one weighs no more than its measurer."""
    light = measured([sys.executable, "-c", "print('ready')"])
    heavy = measured([sys.executable, "-c", "held = b'x' * 300_000_000; print(sum(held[::64]))"])
    assert (light.status, light.output.strip()) == (0, "ready")
    assert light.peak_mb < 300 < heavy.peak_mb < 500
    assert 0 < light.seconds < 60


def test_a_stage_that_fails_shows_what_it_printed(tmp_path: Path) -> None:
    """A product that cannot start ends the benchmark with its own words."""
    broken = (sys.executable, "-c", "raise SystemExit('no archive here')")
    bench = Bench(broken, tmp_path / "export.jsonl", (), tmp_path / "work")
    with pytest.raises(PressArchiveError, match="no archive here"):
        benchmark(bench)


def test_results_of_another_benchmark_are_not_mixed_in(tmp_path: Path) -> None:
    """A folder that holds another benchmark's results is refused by name."""
    (tmp_path / "results.json").write_text('{"what": {"export": "other.jsonl"}}')
    with pytest.raises(PressArchiveError, match=r"results\.json"):
        benchmark(Bench((sys.executable,), tmp_path / "export.jsonl", (), tmp_path))
