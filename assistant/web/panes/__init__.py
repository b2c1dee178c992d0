"""The panes of the page: routes under /room that give fragments of HTML, one module for each concern.

`PANES` lists them all: each gives its router.
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from assistant.web.panes import (
    adding,
    asking,
    curating,
    finding,
    judging,
    keeping,
    leaves,
    press,
    sheets,
    shelving,
    signing,
    spoken,
    taking,
    timeline,
)

PANES: tuple[Callable[[], APIRouter], ...] = (
    asking.routes,
    leaves.routes,
    taking.routes,
    keeping.routes,
    judging.routes,
    signing.routes,
    finding.routes,
    spoken.routes,
    timeline.routes,
    adding.routes,
    shelving.routes,
    press.routes,
    curating.routes,
    sheets.routes,
)
"""Each takes no argument: what a route needs it finds through `visitors` (who looks, and the room)."""
