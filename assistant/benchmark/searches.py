"""How long searches take over HTTP, filter by filter, and what the server weighs meanwhile.

Every search is asked for by itself, one after the other; beside the clock's time stands
the server's own processor time, which other work on the machine touches less. Knows
nothing about how the archive was made.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from assistant.benchmark.narrowing import Kind
from assistant.evaluation.figures import milliseconds
from store.records import Filters, PressArchiveError

Results = dict[str, Any]
WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Whom to ask: a client of the server's address, its process, and how many searches of each kind."""

    client: Any
    process: subprocess.Popen[bytes]
    searches: int


def timed(timing: Timing, questions: Sequence[str], kinds: Sequence[Kind], say: Callable[[str], None]) -> list[Results]:
    """A row for each kind of filter; every search is for another question than the few hundred before it."""
    asked: Iterator[str] = cycle(questions)
    for question in islice(asked, WARM_UP):
        _search(timing, question, Filters())
    rows = []
    for kind in kinds:
        say(f"  {kind.name} ({kind.leaves} releases) …")
        seconds = []
        cpu = _cpu_seconds(timing.process)
        for question in islice(asked, timing.searches):
            before = time.perf_counter()
            _search(timing, question, kind.filters)
            seconds.append(time.perf_counter() - before)
        spent = (_cpu_seconds(timing.process) - cpu) / len(seconds)
        rows.append(
            {
                "filter": kind.name,
                "leaves": kind.leaves,
                "searches": len(seconds),
                **milliseconds(seconds),
                "cpu": round(1000 * spent, 1),
                "load": round(os.getloadavg()[0], 1),
                "resident_mb": resident_mb(timing.process),
            }
        )
    return rows


def resident_mb(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a running process; 0 where no /proc tells."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((round(int(line.split()[1]) / 1000, 1) for line in lines if line.startswith("VmRSS:")), 0.0)


def _cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def _search(timing: Timing, question: str, filters: Filters) -> None:
    answer = timing.client.get("/v1/search", params=[("q", question), *_parameters(filters)])
    if answer.status_code != 200:
        raise PressArchiveError(f"The server answered {answer.status_code} to {question!r}: {answer.text[:300]}")


def _parameters(filters: Filters) -> Iterator[tuple[str, str]]:
    if filters.period.first:
        yield "from", filters.period.first.isoformat()
    if filters.period.last:
        yield "to", filters.period.last.isoformat()
    yield from (("issuer", issuer) for issuer in filters.issuers)
    yield from (("language", language) for language in filters.languages)
