"""How fast, how heavy: both pipelines over the same releases, then a server that answers.

Every figure is taken from outside, on real processes: `ingest` and `serve` as a user would
start them, the tutorial in a process of its own, answers over HTTP. Stages are kept in
`results.json` of the working folder as they end, so a long benchmark can be taken up again.
Knows nothing about how the archive is made: it is handed the command to run.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.figures import milliseconds
from store.embedding import Model
from store.records import PressArchiveError

PATIENCE = 120.0
LOOK = 0.02
WARM_UP = 3
HELP_RUNS = 5

Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended: its seconds by the clock and of the processor, its peak resident MB,
    its status, what it printed."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    status: int
    output: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured and with what.

    `command` starts the product (`[python, app.py]`), `export` is a JSON Lines file of
    releases, of which the first `limit` are taken. `model` is the product's own, for the
    tutorial to use; None leaves the tutorial out.
    """

    command: tuple[str, ...]
    export: Path
    questions: tuple[GoldQuestion, ...]
    folder: Path
    limit: int | None = None
    model: Model | None = None


def benchmark(bench: Bench, say: Callable[[str], None] = lambda line: None) -> Results:
    """Run every stage not yet done in `bench.folder`; returns all results.

    Raises PressArchiveError where a stage fails, with the end of what it printed.
    """
    bench.folder.mkdir(parents=True, exist_ok=True)
    kept = bench.folder / "results.json"
    results: Results = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    what = {"export": bench.export.name, "limit": bench.limit, "questions": len(bench.questions)}
    if results.setdefault("what", what) != what:
        raise PressArchiveError(f"{kept} holds the benchmark of {results['what']}; choose another folder, or empty it")
    stages: dict[str, Callable[[Bench], Results]] = {"help": _help, "ingest": _ingest}
    if (model := bench.model) is not None:
        stages["tutorial"] = lambda bench: _tutorial(bench, model)
    stages["serve"] = _serve
    for name, stage in stages.items():
        if name not in results:
            say(f"{name} …")
            results[name] = stage(bench)
            _write(kept, results)
    return results


def table(results: Results) -> str:
    """The results in a few lines."""
    ingest, serve, tutorial = results["ingest"], results["serve"], results.get("tutorial")
    lines = [f"{'':12}{'releases/s':>12}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}{'disk MB':>10}"]
    for name, row in (("porte-parole", ingest), ("tutorial", tutorial)):
        if row is not None:
            rest = f"{row['cpu_seconds']:>10.1f}{row['peak_mb']:>10.0f}{row['disk_mb']:>10.1f}"
            lines.append(f"{name:<12}{row['rate']:>12.2f}{row['seconds']:>10.1f}{rest}")
    if tutorial is not None:
        lines.append(f"Ingestion of {ingest['releases']} releases at {ingest['rate'] / tutorial['rate']:.2f} times "
                     "the tutorial's speed")  # fmt: skip
    http = serve["http"]
    lines += [
        f"Question to complete answer over HTTP: median {http['p50']} ms, 95th percentile {http['p95']} ms "
        f"({serve['answered']} of {serve['questions']} questions answered)",
        f"serve, from start to first answer: {serve['first_answer_seconds']:.1f} s; peak {serve['peak_mb']:.0f} MB",
        f"--help: {1000 * results['help']['seconds']:.0f} ms",
    ]
    return "\n".join(lines)


def measured(command: Sequence[str], within: Path | None = None) -> Run:
    """Run `command` to its end, as its own process in the folder `within`, and weigh it."""
    started, before = time.perf_counter(), os.times()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT, cwd=within)
        with weighing(process) as peaks:
            process.wait()
        seconds, after = time.perf_counter() - started, os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        printed.seek(0)
        return Run(seconds, cpu, max(peaks), process.returncode, printed.read().decode("utf-8", "replace"))


@contextmanager
def weighing(process: subprocess.Popen[bytes]) -> Iterator[list[float]]:
    """Collect the peaks of resident memory, in MB, of a process that runs; 0 where no /proc tells.

    The status of wait4 would not do: Linux counts it from the fork on, and so never below
    what the process that measures weighs itself.
    """
    peaks, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            with suppress(OSError, ValueError, StopIteration):
                lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
                peak = next(line for line in lines if line.startswith("VmHWM:"))
                peaks[:] = [int(peak.split()[1]) / 1000]

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def _help(bench: Bench) -> Results:
    runs = [_good(measured([*bench.command, "--help"]), "--help") for _ in range(HELP_RUNS)]
    return {"seconds": round(sorted(run.seconds for run in runs)[HELP_RUNS // 2], 3)}


def _ingest(bench: Bench) -> Results:
    export, releases = _first(bench)
    archive = _fresh(bench.folder / "archive")
    run = _good(measured([*bench.command, "ingest", str(export), "--archive", str(archive)]), "ingest")
    return _row(run, releases, archive)


def _tutorial(bench: Bench, model: Model) -> Results:
    export, releases = _first(bench)
    store = _fresh(bench.folder / "tutorial")
    command = [sys.executable, "-m", "assistant.tutorial", str(export.resolve()), "--folder", str(store.resolve())]
    command += ["--model", str(model.folder), "--query", model.query, "--passage", model.passage]
    run = _good(measured(command, within=Path(__file__).parents[2]), "the tutorial pipeline")
    return _row(run, releases, store)


def _serve(bench: Bench) -> Results:
    import httpx

    if not bench.questions:
        raise PressArchiveError("The benchmark needs a question at least, to measure how fast answers come.")
    asked = [_body(question) for question in bench.questions]
    seconds: list[float] = []
    answered = 0
    with (
        _serving(bench) as (process, address),
        weighing(process) as peaks,
        httpx.Client(base_url=address, timeout=PATIENCE) as client,
    ):
        started = time.perf_counter()
        _wait(client, process)
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


@contextmanager
def _serving(bench: Bench) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = _free_port()
    command = [*bench.command, "serve", "--archive", str(bench.folder / "archive")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with (bench.folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(client: Any, process: subprocess.Popen[bytes]) -> None:
    import httpx

    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise PressArchiveError("The server did not come up; what it said stands in serve.log of the benchmark's folder.")


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write(path: Path, results: Results) -> None:
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(path)
