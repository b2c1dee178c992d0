"""A running server under a steady load: searches and questions at rates that do not wait for answers.

Each request has its moment, and is timed from it: a server that falls behind is not spared
(an open loop). Loopback only: this is no tool to trouble other people's servers with.
Knows nothing of the archive behind the server.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.answer import Question
from store.records import PressArchiveError

if TYPE_CHECKING:
    import httpx

Results = dict[str, Any]
SEARCH, ASK = "search", "ask"
TOLD_EVERY = 30.0
"""Seconds between two looks at the server's memory, and two lines about how it goes."""
LONGEST = 3_600
IN_FLIGHT = 1_000
"""Requests waited for at once; of more, the rest are counted as never answered."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked: so many searches and questions a second, for so many seconds, drawn from `questions`."""

    address: str
    questions: Sequence[Question]
    searches: float = 40.0
    asks: float = 10.0
    seconds: float = 600.0
    seed: int = 2018


@dataclass(slots=True)
class _Course:
    seconds: dict[str, list[float]] = field(default_factory=lambda: {SEARCH: [], ASK: []})
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    in_flight: int = 0


def under_load(load: Load, say: Callable[[str], None] = lambda line: None) -> Results:
    """Rates, percentiles in milliseconds, errors, memory over time. Raises PressArchiveError."""
    host = urlsplit(load.address).hostname or ""
    if host not in ("localhost", "127.0.0.1", "::1"):
        raise PressArchiveError(f"--load: « {load.address} » is not on this machine (http://127.0.0.1:7860)")
    if not load.questions or load.searches + load.asks <= 0 or not 0 < load.seconds <= LONGEST:
        raise PressArchiveError(f"--load needs questions, a rate, and at most {LONGEST} seconds")
    return asyncio.run(_under_load(load, say))


async def _under_load(load: Load, say: Callable[[str], None]) -> Results:
    import httpx

    course, tasks = _Course(), set[asyncio.Task[None]]()
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(base_url=load.address, timeout=60, limits=limits, trust_env=False) as client:
        cpu = await _figure(client, "process_cpu_seconds_total")
        began = time.perf_counter()
        watching = asyncio.create_task(_watched(client, course, say))
        for due, kind, question in _moments(load):
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            if course.in_flight >= IN_FLIGHT:
                course.errors["not asked: too many wait"] += 1
                continue
            task = asyncio.create_task(_asked(client, course, kind, question, began + due))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)
        whole = time.perf_counter() - began
        watching.cancel()
        course.memory.append(await _figure(client, "process_resident_memory_bytes") / 1e6)
        spent = await _figure(client, "process_cpu_seconds_total") - cpu
    return _results(load, course, whole, spent)


def _moments(load: Load) -> Iterator[tuple[float, str, Question]]:
    """When each request is due, in seconds from the beginning, and what it asks."""
    drawn = random.Random(load.seed)
    order = list(load.questions)
    drawn.shuffle(order)
    due = {SEARCH: 0.0, ASK: 0.0}
    every = {kind: 1 / rate for kind, rate in ((SEARCH, load.searches), (ASK, load.asks)) if rate > 0}
    number = 0
    while True:
        kind = min(every, key=due.__getitem__)
        if due[kind] >= load.seconds:
            return
        yield due[kind], kind, order[number % len(order)]
        due[kind] += every[kind]
        number += 1


async def _asked(client: httpx.AsyncClient, course: _Course, kind: str, question: Question, due: float) -> None:
    import httpx

    course.in_flight += 1
    try:
        if kind == SEARCH:
            answer = await client.get("/v1/search", params={"q": question.text})
        else:
            history = [{"question": turn.question, "releases": list(turn.releases)} for turn in question.history]
            answer = await client.post("/v1/ask", json={"question": question.text, "history": history})
        if answer.status_code == 200:
            course.seconds[kind].append(time.perf_counter() - due)
        else:
            course.errors[f"{kind}: {answer.status_code}"] += 1
    except httpx.HTTPError as error:
        course.errors[f"{kind}: {type(error).__name__}"] += 1
    finally:
        course.in_flight -= 1


async def _watched(client: httpx.AsyncClient, course: _Course, say: Callable[[str], None]) -> None:
    while True:
        course.memory.append(await _figure(client, "process_resident_memory_bytes") / 1e6)
        told = ", ".join(
            f"{kind} p95 {_percentile(times, 95):.0f} ms" for kind, times in course.seconds.items() if times
        )
        say(f"  {course.memory[-1]:.0f} MB, {course.in_flight} in flight, {told or 'beginning'}, {dict(course.errors)}")
        await asyncio.sleep(TOLD_EVERY)


async def _figure(client: httpx.AsyncClient, name: str) -> float:
    """One of the server's own figures; 0 where it does not tell them."""
    import httpx

    try:
        told = (await client.get("/metrics")).text
    except httpx.HTTPError:
        return 0.0
    return next((float(line.split()[1]) for line in told.splitlines() if line.startswith(f"{name} ")), 0.0)


def _results(load: Load, course: _Course, whole: float, spent: float) -> Results:
    kinds = {
        kind: {
            "answered": len(times),
            "rate": round(len(times) / whole, 2),
            **{f"p{share}": round(_percentile(times, share), 1) for share in (50, 95, 99)},
            "worst": round(1000 * max(times), 1),
        }
        for kind, times in course.seconds.items()
        if times
    }
    return {
        "asked_for": {"searches": load.searches, "asks": load.asks, "seconds": load.seconds},
        "questions": len(load.questions),
        "seconds": round(whole, 1),
        **kinds,
        "errors": dict(course.errors),
        "processor_seconds": round(spent, 1),
        "memory_mb": [round(one) for one in course.memory],
    }


def _percentile(times: Sequence[float], share: int) -> float:
    """Milliseconds within which `share` per cent were answered."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, (len(ordered) * share + 99) // 100 - 1)]


def told(results: Results) -> str:
    """The results in a few lines."""
    lines = [
        f"{kind}: {row['answered']} answered, {row['rate']}/s; p50 {row['p50']:.0f}, p95 {row['p95']:.0f}, "
        f"p99 {row['p99']:.0f}, worst {row['worst']:.0f} ms"
        for kind, row in results.items()
        if kind in (SEARCH, ASK)
    ]
    lines.append(f"errors: {results['errors'] or 'none'}")
    lines.append(f"processor: {results['processor_seconds']} s of {results['seconds']} s")
    lines.append(f"memory, MB: {' '.join(map(str, results['memory_mb']))}")
    return "\n".join(lines)
