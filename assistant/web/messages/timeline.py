"""Timelines: how many releases, when, from whom."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
