"""Progress bars with rate and time left, on stderr, and only where somebody looks.

Knows nothing about what progresses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to be told how much is done, and of how much."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=f" {unit}", disable=not sys.stderr.isatty(), leave=False, dynamic_ncols=True) as shown:

        def tell(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield tell
