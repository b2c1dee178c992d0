"""Taking away: copies and exports."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
