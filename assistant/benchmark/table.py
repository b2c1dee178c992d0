"""The results as Markdown for the README: when, on what machine, by which command. Knows nothing of how they came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.benchmark.narrowing import NONE

Results = dict[str, Any]

SIZES = {"searches": "encoded", "larger": "real texts", "generated": "generated"}
"""The stages that time searches, with what their archives are."""


def table(results: Results) -> str:
    """Every figure that was measured, each table under the line that says what it is."""
    parts = [f"Measured on {results['machine']}." if "machine" in results else ""]
    if "ingest" in results:
        parts.append("\n".join(_pipelines(results)))
    sizes = [results[name] for name in SIZES if name in results]
    if sizes:
        parts += ["\n".join(_sizes(sizes)), "\n".join(_filters(sizes))]
    return "\n\n".join(part for part in parts if part)


def _pipelines(results: Results) -> Iterator[str]:
    ingest, serve, tutorial = results["ingest"], results["serve"], results.get("tutorial")
    rows = [("Porte-parole", ingest), *([("tutorial pipeline", tutorial)] if tutorial else [])]
    yield f"Ingestion of {ingest['releases']} releases, both as their users run them:"
    yield ""
    yield "| | releases/s | seconds | of processor | peak MB | disk MB |"
    yield "|---|---|---|---|---|---|"
    for name, row in rows:
        cells = (f"{row['rate']:.2f}", *(f"{row[key]:.0f}" for key in ("seconds", "cpu_seconds", "peak_mb", "disk_mb")))
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    if tutorial:
        yield f"- {ingest['rate'] / tutorial['rate']:.2f} times the tutorial's speed"
    http = serve["http"]
    yield (
        f"- question to complete answer over HTTP: median {http['p50']} ms, 95th percentile {http['p95']} ms "
        f"({serve['answered']} of {serve['questions']} questions answered)"
    )
    yield f"- first answer of a fresh `serve`: {serve['first_answer_seconds']:.1f} s; peak {serve['peak_mb']:.0f} MB"
    yield f"- `--help`: {1000 * results['help']['seconds']:.0f} ms"


def _sizes(sizes: list[Results]) -> Iterator[str]:
    yield "Searches over HTTP, milliseconds (median / 95th percentile; processor time of the server each):"
    yield ""
    yield "| releases | passages | texts, vectors | no filter | slowest filter | memory MB | disk MB | date |"
    yield "|---|---|---|---|---|---|---|---|"
    for size in sizes:
        rows = {row["filter"]: row for row in size["searches"]}
        slowest = max((row for name, row in rows.items() if name != NONE), key=lambda row: row["p95"], default=None)
        cells = (
            _thousands(size["releases"]),
            _thousands(size["passages"]),
            f"{size['texts']}, {size['vectors']}",
            _timing(rows[NONE]),
            f"{_timing(slowest)}, {slowest['filter']}" if slowest else "–",
            f"{size['resident_mb']['last search']:.0f}",
            f"{size['disk_mb']['all']:.0f}",
            size["date"],
        )
        yield f"| {' | '.join(cells)} |"


def _filters(sizes: list[Results]) -> Iterator[str]:
    """Each kind of filter, with how many releases it leaves."""
    names = list(dict.fromkeys(row["filter"] for size in sizes for row in size["searches"]))
    found = [{row["filter"]: row for row in size["searches"]} for size in sizes]
    heads = [f"{_thousands(size['releases'])} releases" for size in sizes]
    yield f"| filter | {' | '.join(heads)} |"
    yield f"|---|{'---|' * len(sizes)}"
    for name in names:
        cells = [
            f"{_timing(rows[name])} ({_thousands(rows[name]['leaves'])} left)" if name in rows else "–"
            for rows in found
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def _timing(row: Results) -> str:
    return f"{row['p50']:.0f} / {row['p95']:.0f}; {row['cpu']:.0f}"


def _thousands(number: int) -> str:
    return f"{number:,}"
