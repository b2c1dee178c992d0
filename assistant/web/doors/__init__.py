"""The doors for programs: the routes of the API, one module for each concern.

`DOORS` lists them all: each gives its router. What a caller may see is decided by its
scope and the view that scope opens, never here.
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from assistant.web.doors import answers, asking, chat, faq, health, ingestion, mcp, releases, verbatims
from assistant.web.press import door as press

DOORS: tuple[Callable[[], APIRouter], ...] = (
    asking.routes,
    faq.routes,
    releases.routes,
    verbatims.routes,
    answers.routes,
    ingestion.routes,
    chat.routes,
    health.routes,
    mcp.routes,
    press.routes,
)
"""Each takes no argument: what a route needs it finds through `calling` (who calls, and the house)."""
