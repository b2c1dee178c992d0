"""A writer's assignment over invented releases, without an archive.

Knows nothing of how releases are found: they are given, best first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Assignment, Evidence
from assistant.inferred import Inferred
from conftest import NOW
from store.language import sentences
from store.records import Hit, Passage, Release, Span


def assignment(
    question: str, *releases: Release, language: str = "fr", people: Sequence[str] = (), standalone: str = ""
) -> Assignment:
    """What a writer is given for a question; each release is one passage, the first found best."""
    named = [replace(one, id=one.id or f"r{place}", version=1) for place, one in enumerate(releases)]
    hits = tuple(_hit(one, 1 - 0.05 * place) for place, one in enumerate(named))
    evidence = tuple(Evidence(hit.release, hit.score, hit.passage.text, hit.passage.span) for hit in hits)
    return Assignment(
        question,
        standalone or question,
        language,
        evidence,
        hits,
        NOW.date(),
        inferred=Inferred(language, people=tuple(people)),
    )


def _hit(release: Release, score: float) -> Hit:
    span = Span(0, len(release.text))
    passage = Passage(0, span, tuple(sentences(release.text)), release.text)
    return Hit(passage, release, score)
