"""Verbatims: who said what, when."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
