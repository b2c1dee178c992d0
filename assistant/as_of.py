"""« Aujourd'hui », « actuellement »: what is known is as old as the release that says it.

Among evidence as good, the newest speaks first, and the answer tells the day it is of.
Patterns over folded text, in four languages. Knows nothing about writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Notice
from store.language import fold
from store.period import day_in_words
from store.records import Hit, Release

AS_GOOD = 0.9
"""The share of the best score from which a release is as good: a third of second releases are."""

_NOW = re.compile(
    r"\b(?:aujourd'hui|actuellement|en ce moment|a l'heure actuelle|a ce jour|pour l'instant|pour le moment|maintenant"
    r"|ces temps-ci|en est-on|en sommes-nous|currently|nowadays|right now|at present|at the moment|today"
    r"|as of now|so far|derzeit|zurzeit|zur zeit|momentan|gegenwartig|heute|heutzutage|aktuell|im moment"
    r"|attualmente|oggi|adesso|al momento|in questo momento|finora)\b"
)


def asks_of_now(question: str) -> bool:
    """Whether a question is about how things stand today."""
    return _NOW.search(fold(question)) is not None


def newest_of_the_best(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, the releases that are as good as the best one in the order of their days, newest first."""
    best: dict[str, float] = {}
    day: dict[str, date] = {}
    for hit in hits:
        best[hit.release.id] = max(hit.score, best.get(hit.release.id, hit.score))
        day[hit.release.id] = hit.release.published or date.min
    if not best:
        return []
    as_good = [one for one, score in best.items() if score >= AS_GOOD * max(best.values())]
    scores = sorted((best[one] for one in as_good), reverse=True)
    newest_first = sorted(as_good, key=lambda one: (day[one], best[one]), reverse=True)
    given = dict(zip(newest_first, scores, strict=True))
    higher = {one: score - best[one] for one, score in given.items()}
    moved = [replace(hit, score=hit.score + higher.get(hit.release.id, 0.0)) for hit in hits]
    return sorted(moved, key=lambda hit: -hit.score)


def as_of(cited: Iterable[Release], language: str) -> Notice | None:
    """« D’après le communiqué le plus récent sur ce point, du 3 mars 2025. »; None where none is dated."""
    dated = [(release.published, release.id) for release in cited if release.published is not None]
    if not dated:
        return None
    day, release_id = max(dated)
    return Notice("as_of", _SAY[language].format(day_in_words(day, language)), (release_id,))


_SAY = {
    "fr": "D’après le communiqué le plus récent sur ce point, du {}.",
    "en": "As of the latest release on this point, of {}.",
    "de": "Gemäss der neuesten Medienmitteilung dazu, vom {}.",
    "it": "Secondo il comunicato più recente su questo punto, del {}.",
}
