"""How fast, how heavy, how large: both pipelines over the same releases, answers, searches at every size.

Every figure is taken from outside, on real processes: `ingest` and `serve` as a user would
start them, the tutorial in a process of its own, answers over HTTP. Stages are kept in
`results.json` of the working folder as they end, so a long benchmark can be taken up again.
Knows nothing about how the archive is made: it is handed the command to run.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.benchmark.large import Cut, Fill, build, generated
from assistant.benchmark.processes import PATIENCE, Run, measured, serving, wait, weighing
from assistant.benchmark.scale import Say, measure
from assistant.evaluation.figures import milliseconds
from assistant.evaluation.gold import GoldQuestion
from store.embedding import Model
from store.records import PressArchiveError

WARM_UP = 3
HELP_RUNS = 5

Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured and with what.

    `command` starts the product (`[python, app.py]`), `export` is a JSON Lines file of
    releases, of which the first `limit` are taken; both pipelines take them in, and answers
    and searches are timed. None leaves that out. `model` is the product's own, for the
    tutorial and for reading questions; `tutorial` says whether the tutorial runs too.
    `larger` fills an archive with the texts of more releases than can be encoded, cut by
    `cut`, and `generated` is how many passages to make up: their vectors are generated. `searches`
    are timed for each kind of filter.
    """

    command: tuple[str, ...]
    export: Path | None
    questions: tuple[GoldQuestion, ...]
    folder: Path
    limit: int | None = None
    model: Model | None = None
    tutorial: bool = True
    larger: Fill | None = None
    cut: Cut | None = None
    generated: int | None = None
    searches: int = 100


Stage = Callable[[Bench, Say], Results]


def benchmark(bench: Bench, say: Say = lambda line: None) -> Results:
    """Run every stage not yet done in `bench.folder`; returns all results.

    Raises PressArchiveError where a stage fails, with the end of what it printed.
    """
    bench = replace(bench, folder=bench.folder.resolve())
    bench.folder.mkdir(parents=True, exist_ok=True)
    kept = bench.folder / "results.json"
    results: Results = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    what: Results = {"limit": bench.limit, "questions": len(bench.questions)}
    if bench.export is not None:
        what |= {"export": bench.export.name}
    if bench.generated is not None:
        what |= {"generated": bench.generated}
    if any(results.setdefault("what", what).get(name, value) != value for name, value in what.items()):
        raise PressArchiveError(f"{kept} holds the benchmark of {results['what']}; choose another folder, or empty it")
    results["what"] |= what
    results.setdefault("machine", machine())
    for name, stage in _stages(bench).items():
        if name not in results:
            say(f"{name} …")
            results[name] = stage(bench, say)
            _write(kept, results)
    return results


def _stages(bench: Bench) -> dict[str, Stage]:
    stages: dict[str, Stage] = {}
    if bench.export is not None:
        stages |= {"help": _help, "ingest": _ingest}
        if bench.tutorial and bench.model is not None:
            stages["tutorial"] = _tutorial
        stages |= {"serve": _serve, "searches": _searches}
    if bench.larger is not None:
        stages["larger"] = _larger
    if bench.generated is not None:
        stages["generated"] = _generated
    return stages


def machine() -> str:
    """The processor, its cores, the memory and Python, as a table names them."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _help(bench: Bench, say: Say) -> Results:
    runs = [_good(measured([*bench.command, "--help"]), "--help") for _ in range(HELP_RUNS)]
    return {"seconds": round(sorted(run.seconds for run in runs)[HELP_RUNS // 2], 3)}


def _ingest(bench: Bench, say: Say) -> Results:
    export, releases = _first(bench)
    archive = _fresh(bench.folder / "archive")
    run = _good(measured([*bench.command, "ingest", str(export), "--archive", str(archive)]), "ingest")
    return _row(run, releases, archive)


def _tutorial(bench: Bench, say: Say) -> Results:
    assert bench.model is not None
    model = bench.model
    export, releases = _first(bench)
    store = _fresh(bench.folder / "tutorial")
    command = [sys.executable, "-m", "assistant.tutorial", str(export.resolve()), "--folder", str(store.resolve())]
    command += ["--model", str(model.folder), "--query", model.query, "--passage", model.passage]
    run = _good(measured(command, within=Path(__file__).parents[2]), "the tutorial pipeline")
    return _row(run, releases, store)


def _serve(bench: Bench, say: Say) -> Results:
    import httpx

    if not bench.questions:
        raise PressArchiveError("The benchmark needs a question at least, to measure how fast answers come.")
    asked = [_body(question) for question in bench.questions]
    seconds: list[float] = []
    answered = 0
    log = bench.folder / "serve.log"
    with (
        serving(_serve_command(bench), log) as (process, address),
        weighing(process) as peaks,
        httpx.Client(base_url=address, timeout=PATIENCE) as client,
    ):
        started = time.perf_counter()
        wait(client, process, log)
        _ask(client, asked[0])
        first = time.perf_counter() - started
        for body in asked[:WARM_UP]:
            _ask(client, body)
        for body in asked:
            before = time.perf_counter()
            answer = _ask(client, body)
            seconds.append(time.perf_counter() - before)
            answered += bool(answer["sentences"])
    return {
        "first_answer_seconds": round(first, 2),
        "http": milliseconds(seconds),
        "questions": len(asked),
        "answered": answered,
        "peak_mb": round(max(peaks), 1),
    }


def _searches(bench: Bench, say: Say) -> Results:
    archive = bench.folder / "archive"
    measured = measure(
        archive, _serve_command(bench), _texts(bench), bench.searches, bench.folder / "searches.log", say
    )
    return {**measured, "texts": "real", "vectors": "encoded"}


def _larger(bench: Bench, say: Say) -> Results:
    assert bench.larger is not None
    return {**_at_scale(bench, "larger", bench.larger, say), "texts": "real", "vectors": "generated"}


def _generated(bench: Bench, say: Say) -> Results:
    assert bench.generated is not None
    fill = generated(bench.generated, lambda done, total: say(f"  {done} of {total} releases"))
    return {**_at_scale(bench, "generated", fill, say), "texts": "generated", "vectors": "generated"}


def _at_scale(bench: Bench, name: str, fill: Fill, say: Say) -> Results:
    """An archive built (or gone on with) in a folder that is kept, then served and searched."""
    archive = bench.folder / name
    started = time.perf_counter()
    build(archive, fill, bench.cut)
    built = time.perf_counter() - started
    served = [sys.executable, "-m", "assistant.benchmark.served", str(archive)]
    if bench.model is not None:
        served += ["--model", str(bench.model.folder)]
    command = [*served, "--port"]
    log = bench.folder / f"{name}.log"
    found = measure(archive, lambda port: [*command, str(port)], _texts(bench), bench.searches, log, say)
    return {**found, "build_seconds": round(built, 1)}


def _texts(bench: Bench) -> list[str]:
    return [gold.question.text for gold in bench.questions]


def _serve_command(bench: Bench) -> Callable[[int], list[str]]:
    served = [*bench.command, "serve", "--archive", str(bench.folder / "archive"), "--host", "127.0.0.1", "--port"]
    return lambda port: [*served, str(port)]


def _ask(client: Any, body: Results) -> Results:
    answer = client.post("/v1/ask", json=body)
    if answer.status_code != 200:
        raise PressArchiveError(
            f"The server answered {answer.status_code} to {body['question']!r}: {answer.text[:300]}"
        )
    document: Results = answer.json()
    return document


def _body(gold: GoldQuestion) -> Results:
    history = [{"question": turn.question, "releases": list(turn.releases)} for turn in gold.question.history]
    return {"question": gold.question.text, "history": history}


def _row(run: Run, releases: int, folder: Path) -> Results:
    return {
        "releases": releases,
        "seconds": round(run.seconds, 2),
        "cpu_seconds": round(run.cpu_seconds, 1),
        "rate": round(releases / run.seconds, 3),
        "peak_mb": round(run.peak_mb, 1),
        "disk_mb": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6, 1),
    }


def _first(bench: Bench) -> tuple[Path, int]:
    """The export both pipelines read (its first `limit` lines, in the working folder), and its length."""
    assert bench.export is not None
    opened = gzip.open if bench.export.suffix == ".gz" else open
    part = bench.folder / "releases.jsonl"
    with opened(bench.export, "rt", encoding="utf-8") as lines, part.open("w", encoding="utf-8") as kept:
        count = 0
        for line in islice((line for line in lines if line.strip()), bench.limit):
            kept.write(line)
            count += 1
    if not count:
        raise PressArchiveError(f"{bench.export}: no release in this file")
    return part, count


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _good(run: Run, what: str) -> Run:
    if run.status != 0:
        raise PressArchiveError(f"{what} ended with status {run.status}: … {run.output[-1500:].strip()}")
    return run


def _write(path: Path, results: Results) -> None:
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(path)
