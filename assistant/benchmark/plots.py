"""The results drawn: searches by size and filter, memory and disk by size, one SVG each.

Needs matplotlib (`porte-parole[plots]`). Knows nothing of how the figures came.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from assistant.benchmark.table import SIZES
from store.records import PressArchiveError

Results = dict[str, Any]


def draw(results: Results, folder: Path) -> list[Path]:
    """Write the plots there are figures for into `folder`; gives their paths.

    Raises PressArchiveError with the install line where matplotlib is missing.
    """
    sizes = [results[name] for name in SIZES if name in results]
    if not sizes:
        return []
    try:
        matplotlib = importlib.import_module("matplotlib")
        figure = importlib.import_module("matplotlib.figure").Figure
    except ImportError as missing:
        raise PressArchiveError("Plots need matplotlib: pip install 'porte-parole[plots]'") from missing
    matplotlib.rcParams.update({"svg.fonttype": "none", "font.size": 9, "axes.spines.top": False,
                                "axes.spines.right": False, "svg.hashsalt": "porte-parole"})  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    plots = {"searches.svg": _searches, "sizes.svg": _sizes}
    drawn = []
    for name, plot in plots.items():
        page = figure(figsize=(7.2, 3.6), layout="constrained")
        plot(page, sizes)
        page.savefig(folder / name, metadata={"Date": None})
        drawn.append(folder / name)
    return drawn


def _searches(page: Any, sizes: list[Results]) -> None:
    """Median (bar) and 95th percentile (whisker) of each kind of filter, a colour a size."""
    names = list(dict.fromkeys(row["filter"] for size in sizes for row in size["searches"]))
    axes = page.subplots()
    height = 0.8 / len(sizes)
    for order, size in enumerate(sizes):
        rows = {row["filter"]: row for row in size["searches"]}
        there = [name for name in names if name in rows]
        places = [names.index(name) + order * height for name in there]
        medians = [rows[name]["p50"] for name in there]
        whiskers = [max(0.0, rows[name]["p95"] - rows[name]["p50"]) for name in there]
        axes.barh(places, medians, height * 0.9, label=f"{size['releases']:,} releases, {size['passages']:,} passages")
        axes.errorbar(medians, places, xerr=[[0.0] * len(there), whiskers], fmt="none", ecolor="0.3", capsize=2)
    axes.set_yticks([place + 0.4 - height / 2 for place in range(len(names))], names)
    axes.invert_yaxis()
    axes.set_xlabel("milliseconds over HTTP: median, whisker to the 95th percentile")
    axes.legend(frameon=False)


def _sizes(page: Any, sizes: list[Results]) -> None:
    """Memory of the server and disk, by passages."""
    left, right = page.subplots(1, 2)
    names = [f"{size['passages']:,}" for size in sizes]
    left.bar(names, [size["resident_mb"]["last search"] / 1000 for size in sizes], 0.5)
    left.set_ylabel("resident memory of the server, GB")
    below = [0.0] * len(sizes)
    for part in ("catalogue", "words", "chroma", "sentences"):
        heights = [size["disk_mb"][part] / 1000 for size in sizes]
        right.bar(names, heights, 0.5, bottom=below, label=part)
        below = [one + other for one, other in zip(below, heights, strict=True)]
    right.set_ylabel("disk, GB")
    right.legend(frameon=False)
    for axes in (left, right):
        axes.set_xlabel("passages")
