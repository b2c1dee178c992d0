"""The panes of the page: routes under /room that give fragments of HTML, one module for each concern.

`PANES` lists them all: each gives its router.
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from assistant.web.panes import asking, judging, keeping, leaves, signing, taking

PANES: tuple[Callable[[], APIRouter], ...] = (
    asking.routes,
    leaves.routes,
    taking.routes,
    keeping.routes,
    judging.routes,
    signing.routes,
)
"""Each takes no argument: what a route needs it finds through `visitors` (who looks, and the room)."""
