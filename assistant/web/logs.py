"""The server's log: one line an event, as JSON or for people, each with the request it belongs to.

What any library logs through the standard library comes the same way. Written to standard
error. Knows nothing of requests beyond the id that `noting` binds.
"""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog

Form = Literal["text", "json"]
PLAIN = structlog.dev.plain_traceback


def configure(form: Form) -> None:
    """Let everything that is logged from now on leave in this form."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    last: list[structlog.types.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if form == "json"
        # A plain traceback: another would show what the variables hold, releases under embargo among them.
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=PLAIN)]
    )
    written = logging.StreamHandler(sys.stderr)
    written.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    root = logging.getLogger()
    root.handlers = [written]
    root.setLevel(logging.WARNING)
    for name in ("porte-parole.audit", *(("porte-parole.request",) if form == "json" else ())):
        logging.getLogger(name).setLevel(logging.INFO)
