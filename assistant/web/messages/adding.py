"""The archive's own pane: arrivals, corrections by hand, withdrawals."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
