"""From an understood question to evidence: passages found, one line a release, strong or not.

Asks a view, so it sees what the asker may see. Knows nothing about writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Evidence, Searched
from assistant.question import Understanding
from assistant.reranking import Rerank, reranked
from store.fusion import Weights
from store.records import Hit, ReleaseNotFound, Span
from store.view import View

PASSAGES = 60
"""Passages asked of the view."""
RELEASES = 10
"""Releases kept as evidence."""
CARRIED = 0.08
"""What a passage gains when the conversation was already about its release."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Hits best first, the evidence they make (one line a release), and what was searched."""

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    searched: Searched


def gather(view: View, asked: Understanding, weights: Weights = Weights(), rerank: Rerank | None = None) -> Gathered:
    """Everything an answer may rest on, best first; read a second time where there is a reranker."""
    extent = view.extent(asked.filters)
    hits = _with_carried(view, asked, view.search(asked.standalone, asked.filters, PASSAGES, weights), weights)
    hits = hits if rerank is None else reranked(asked.standalone, hits, rerank)
    return Gathered(tuple(hits), evidence(hits), Searched(extent.releases, extent.first, extent.last))


def evidence(hits: Sequence[Hit], limit: int = RELEASES) -> tuple[Evidence, ...]:
    """The best passage of each release, best release first."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.release.id, hit)
    return tuple(_evidence(hit) for hit in list(best.values())[:limit])


def distinct(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Hits without the reprints of a text that was found better elsewhere: it is cited once."""
    speaks: dict[str, str] = {}
    return tuple(
        hit for hit in hits if speaks.setdefault(hit.release.family or hit.release.id, hit.release.id) == hit.release.id
    )


def _evidence(hit: Hit) -> Evidence:
    text, span = hit.passage.text, hit.passage.span
    start = span.start + len(text) - len(text.lstrip())
    return Evidence(hit.release, hit.score, text.strip(), Span(start, start + len(text.strip())))


def _with_carried(view: View, asked: Understanding, found: list[Hit], weights: Weights) -> list[Hit]:
    """Favour the releases the conversation is about; unknown ones are ignored."""
    ids = []
    for named in asked.carried:
        try:
            ids.append(view.release(named).id)
        except ReleaseNotFound:
            continue
    if not ids:
        return found
    known = {hit.passage.id for hit in found}
    within = view.search(asked.standalone, replace(asked.filters, releases=tuple(ids)), PASSAGES, weights)
    lowest = min((hit.score for hit in found), default=0.0)
    found = found + [replace(hit, score=lowest) for hit in within if hit.passage.id not in known]
    favoured = [replace(hit, score=hit.score + CARRIED) if hit.release.id in ids else hit for hit in found]
    return sorted(favoured, key=lambda hit: -hit.score)
