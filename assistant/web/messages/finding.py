"""Finding without asking: search, filters, facets."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
