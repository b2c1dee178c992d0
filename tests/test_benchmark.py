"""The benchmark weighs real processes from outside."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Question, Turn
from assistant.benchmark.bench import Bench, benchmark
from assistant.benchmark.plots import draw
from assistant.benchmark.processes import measured
from assistant.benchmark.table import table
from assistant.evaluation.gold import GoldQuestion
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
    (tmp_path / "results.json").write_text('{"what": {"limit": null, "questions": 0, "export": "other.jsonl"}}')
    with pytest.raises(PressArchiveError, match=r"results\.json"):
        benchmark(Bench((sys.executable,), tmp_path / "export.jsonl", (), tmp_path))


def test_figures_of_another_size_are_not_shown(tmp_path: Path) -> None:
    """Asked for a million passages in a folder measured with a thousand, the old figures are not given for new."""
    (tmp_path / "results.json").write_text('{"what": {"limit": null, "questions": 0, "generated": 1000}}')
    with pytest.raises(PressArchiveError, match="'generated': 1000"):
        benchmark(Bench((sys.executable,), None, (), tmp_path, generated=1_000_000))


def test_the_product_is_measured_as_its_users_run_it(tmp_path: Path) -> None:
    """Ingestion, server and answers are timed on real processes; a finished stage is not run again."""
    export = tmp_path / "export.jsonl"
    lines = [{"id": f"C-{n}", "title": f"Station {n}", "text": f"La station {n} ouvrira en mai."} for n in range(3)]
    export.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    follow_up = Question("Et la station 1 ?", (Turn("Quand ouvrira la station 0 ?", ("C-0",)),))
    questions = (
        GoldQuestion("a", "factoid", Question("Quand ouvrira la station 0 ?"), ("C-0",)),
        GoldQuestion("b", "followup", follow_up, ("C-1",)),
    )
    product = (sys.executable, str(Path(__file__).parents[1] / "app.py"))
    bench = Bench(product, export, questions, tmp_path / "work", limit=2, searches=2)

    results = benchmark(bench)

    assert results["ingest"]["releases"] == 2
    assert min(results["ingest"][figure] for figure in ("seconds", "cpu_seconds", "rate", "peak_mb", "disk_mb")) > 0
    assert (results["serve"]["questions"], results["serve"]["answered"]) == (2, 2)
    assert 0 < results["serve"]["http"]["p50"] <= results["serve"]["http"]["p95"]
    assert results["help"]["seconds"] > 0
    (none, *_) = results["searches"]["searches"]
    assert (none["filter"], none["leaves"], none["searches"]) == ("none", 2, 2)
    assert "tutorial" not in table(results)
    assert benchmark(replace(bench, command=("/no/such/program",))) == results


def test_a_large_archive_is_made_up_served_and_searched(tmp_path: Path) -> None:
    """Filter by filter, with its memory and disk; the archive stays, and goes on growing where it was left."""
    questions = (GoldQuestion("a", "factoid", Question("Quand ouvrira la station ?"), ("C-0",)),)
    bench = Bench((sys.executable,), None, questions, tmp_path / "work", generated=150, searches=2)

    results = benchmark(bench)["generated"]

    assert (results["releases"], results["passages"], results["vectors"]) == (15, 150, "generated")
    rows = {row["filter"]: row for row in results["searches"]}
    assert rows["none"]["leaves"] == 15 > rows["the rarest issuer"]["leaves"]
    assert all(0 < row["p50"] <= row["p95"] for row in rows.values())
    assert results["resident_mb"]["peak"] > 50
    assert 0 < results["disk_mb"]["chroma"] < results["disk_mb"]["all"]
    (tmp_path / "work" / "results.json").unlink()
    grown = benchmark(replace(bench, generated=170))
    assert grown["generated"]["releases"] == 17
    assert "the rarest issuer" in table(grown)
    pytest.importorskip("matplotlib")
    assert {path.name for path in draw(grown, tmp_path / "plots")} == {"searches.svg", "sizes.svg"}
