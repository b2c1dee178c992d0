"""A progress bar with rate and time left, on standard error, where that is a terminal.

Does not know what it counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self


class Bar:
    """One bar, drawn from its first step on; silent where nobody watches. `scaled` says 1.1G of 1100000000."""

    def __init__(self, unit: str, *, scaled: bool = False) -> None:
        self._unit = unit
        self._scaled = scaled
        self._bar: Any = None
        self._done = 0
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, total: int) -> None:
        """One more of `total` is done."""
        self.reach(self._done + 1, total)

    def reach(self, done: int, total: int) -> None:
        """`done` of `total` are done; either may have grown."""
        if not self._shown:
            return
        if self._bar is None:
            from tqdm import tqdm

            unit = self._unit if self._scaled else f" {self._unit}"
            self._bar = tqdm(
                total=total,
                unit=unit,
                unit_scale=self._scaled,
                file=sys.stderr,
                dynamic_ncols=True,
                leave=True,
            )
        self._bar.total = max(total, done)
        self._bar.update(done - self._done)
        self._done = done

    def out_of_the_way(self, say: Callable[[], None]) -> None:
        """Let `say` print without tearing the bar."""
        if self._bar is None:
            say()
            return
        self._bar.clear()
        say()
        self._bar.refresh()
