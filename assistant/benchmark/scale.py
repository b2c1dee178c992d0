"""One archive, however large: its size on disk, a server's memory, and searches filter by filter.

Nothing is encoded here; what an archive's texts and vectors are is said beside its
figures. Knows nothing about how it was filled.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.benchmark.large import opened
from assistant.benchmark.narrowing import kinds
from assistant.benchmark.processes import PATIENCE, serving, wait, weighing
from assistant.benchmark.searches import Timing, resident_mb, timed
from store.records import Scope
from store.view import View

Results = dict[str, Any]
Say = Callable[[str], None]

TITLES = 150
"""Titles of the archive's own releases among the questions."""


def measure(
    archive: Path, command: Callable[[int], list[str]], questions: Sequence[str], searches: int, log: Path, say: Say
) -> Results:
    """Serve an archive by `command` of a port and time `searches` for each kind of filter."""
    import httpx

    with opened(archive) as shelves:
        view = shelves.view(Scope.PUBLIC, datetime.now(UTC))
        filters, asked = kinds(view), _asked(view, questions)
        releases, passages = view.extent().releases, shelves.catalogue.passages()
    with (
        serving(command, log) as (process, address),
        weighing(process) as peaks,
        httpx.Client(base_url=address, timeout=PATIENCE) as client,
    ):
        started = time.perf_counter()
        wait(client, process, log)
        client.get("/v1/search", params={"q": asked[0]}).raise_for_status()
        ready = time.perf_counter() - started
        before = resident_mb(process)
        rows = timed(Timing(client, process, searches), asked, filters, say)
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "releases": releases,
        "passages": passages,
        "first_search_seconds": round(ready, 1),
        "resident_mb": {"first search": before, "last search": rows[-1]["resident_mb"], "peak": round(max(peaks), 1)},
        "disk_mb": _disk(archive),
        "searches": rows,
    }


def _asked(view: View, questions: Sequence[str]) -> list[str]:
    """Questions handed in and titles of the archive, mixed; the same ones each time."""
    drawn = random.Random(2026)
    titles = [entry.title for entry in view.releases() if entry.title]
    asked = [*questions, *drawn.sample(titles, min(TITLES, len(titles)))]
    drawn.shuffle(asked)
    return asked


def _disk(archive: Path) -> dict[str, float]:
    """Megabytes of each part."""
    parts = {"catalogue": "catalogue.sqlite*", "words": "indexes-*/words/**/*", "chroma": "indexes-*/vectors/**/*",
             "sentences": "indexes-*/sentences*"}  # fmt: skip
    sizes = {name: sum(f.stat().st_size for f in archive.glob(of) if f.is_file()) for name, of in parts.items()}
    return {name: round(size / 1e6, 1) for name, size in {**sizes, "all": sum(sizes.values())}.items()}
