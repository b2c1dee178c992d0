"""From an understood question to evidence: passages found, one line a release, strong or not.

Asks a view, so it sees what the asker may see. Knows nothing about writing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.answer import Evidence, Searched
from assistant.question import Understanding
from assistant.reranking import Rerank, reranked
from store.fusion import Weights
from store.period import Period
from store.records import Hit, Query, ReleaseNotFound, Span
from store.view import View

PASSAGES = 60
"""Passages asked of the view."""
RELEASES = 10
"""Releases kept as evidence."""
CARRIED = 0.05
"""What a passage gains when the conversation was already about its release."""
TIMELY = 0.05
"""What a passage gains when its release came out about the time the question is about."""
FOREIGN = 0.25
"""What words keep of their weight where a question is in a language no release is in: names and figures are left.

300 English titles to their French release: 0.91 first, 0.87 at full weight."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Hits best first, the evidence they make (one line a release), and what was searched."""

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    searched: Searched


def gather(
    view: View,
    asked: Understanding,
    weights: Weights = Weights(),
    rerank: Rerank | None = None,
    passages: int = PASSAGES,
) -> Gathered:
    """Everything an answer may rest on, best first; read a second time where there is a reranker."""
    extent = view.extent(asked.filters)
    carried = _shelved(view, asked.carried)
    if asked.language not in view.languages():
        weights = replace(weights, words=weights.words * FOREIGN)
    around = told_around(asked.topic)
    query = Query(asked.standalone, asked.focus, carried, around)
    hits = _favoured(view.search(query, asked.filters, passages, weights), carried, around)
    hits = hits if rerank is None else reranked(asked.standalone, hits, rerank)
    return Gathered(tuple(hits), evidence(hits), Searched(extent.releases, extent.first, extent.last))


def evidence(hits: Sequence[Hit], limit: int = RELEASES) -> tuple[Evidence, ...]:
    """The best passage of each release, best release first; reprints of one already there after all others."""
    best: dict[str, Hit] = {}
    for hit in (*distinct(hits), *hits):
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


def _shelved(view: View, named: Sequence[str]) -> tuple[str, ...]:
    """The ids of the releases a conversation was about; unknown ones are ignored."""
    ids = []
    for name in named:
        with suppress(ReleaseNotFound):
            ids.append(view.release(name).id)
    return tuple(ids)


def told_around(topic: Period | None) -> Period:
    """When releases tell of a time: some weeks before it to some weeks after, or half a year for a year.

    Nothing where the time is open or none.
    """
    if topic is None or topic.first is None or topic.last is None:
        return Period()
    before, after = (180, 150) if (topic.last - topic.first).days > 100 else (45, 45)
    return Period(topic.first - timedelta(days=before), topic.last + timedelta(days=after))


def _favoured(found: Sequence[Hit], carried: Collection[str], around: Period) -> list[Hit]:
    """The hits with those of the releases the conversation is about, and those of its time, a little higher."""

    anytime = around == Period()
    if anytime and not carried:
        return sorted(found, key=lambda hit: -hit.score)

    def score(hit: Hit) -> float:
        published = hit.release.published
        timely = not anytime and published is not None and published in around
        return hit.score + CARRIED * (hit.release.id in carried) + TIMELY * timely

    return sorted((replace(hit, score=score(hit)) for hit in found), key=lambda hit: -hit.score)
