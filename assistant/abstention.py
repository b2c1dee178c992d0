"""When not to answer, and what to say instead: « aucun communiqué ne le dit ».

A gate of its own, before any writing. An abstention says why, what was searched and whom
to call; it cites nothing. Knows nothing about writing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.answer import Abstention
from assistant.question import Understanding
from assistant.retrieval import Gathered
from store.language import content_terms, terms
from store.period import day_in_words, in_words
from store.records import Contact, Filters
from store.view import View

ENOUGH = 0.0
"""Least strength of evidence to answer from; see `strength`."""

_REASONS = {
    "fr": {
        "empty_archive": "L'archive ne contient encore aucun communiqué.",
        "nothing_in_filters": "Aucun communiqué ne correspond à {filters}.",
        "not_in_archive": "Aucun communiqué ne le dit. {searched}",
        "searched": "Communiqués consultés : {count}, du {first} au {last}.",
        "searched_undated": "Communiqués consultés : {count}.",
    },
    "en": {
        "empty_archive": "The archive holds no release yet.",
        "nothing_in_filters": "No release matches {filters}.",
        "not_in_archive": "No release says so. {searched}",
        "searched": "Releases searched: {count}, from {first} to {last}.",
        "searched_undated": "Releases searched: {count}.",
    },
    "de": {
        "empty_archive": "Das Archiv enthält noch keine Medienmitteilung.",
        "nothing_in_filters": "Keine Medienmitteilung entspricht {filters}.",
        "not_in_archive": "Keine Medienmitteilung sagt das. {searched}",
        "searched": "Durchsuchte Medienmitteilungen: {count}, vom {first} bis {last}.",
        "searched_undated": "Durchsuchte Medienmitteilungen: {count}.",
    },
    "it": {
        "empty_archive": "L'archivio non contiene ancora alcun comunicato.",
        "nothing_in_filters": "Nessun comunicato corrisponde a {filters}.",
        "not_in_archive": "Nessun comunicato lo dice. {searched}",
        "searched": "Comunicati consultati: {count}, dal {first} al {last}.",
        "searched_undated": "Comunicati consultati: {count}.",
    },
}


@dataclass(frozen=True, slots=True)
class Strength:
    """What speaks for the evidence: the share of the question's rare words that the best
    release holds, and the cosines of the best passage and the best sentence."""

    coverage: float
    cosine: float
    sentence: float

    @property
    def score(self) -> float:
        return self.coverage + 4 * (self.sentence - 0.8) + 4 * (self.cosine - 0.8)


def abstain(view: View, asked: Understanding, gathered: Gathered, unwritten: bool = False) -> Abstention | None:
    """Why this question is not answered, or None where it may be."""
    if gathered.searched.releases == 0:
        reason = "nothing_in_filters" if asked.filters.narrow and view.extent().releases else "empty_archive"
    elif unwritten or not gathered.hits or (asked.order is None and strength(view, asked, gathered).score < ENOUGH):
        reason = "not_in_archive"
    else:
        return None
    return Abstention(reason, _message(reason, asked, gathered), _contacts(view, gathered))


def strength(view: View, asked: Understanding, gathered: Gathered) -> Strength:
    rarity = _rarity(view, asked)
    total = sum(rarity.values())
    covered = 0.0
    texts: dict[str, set[str]] = {}
    for hit in gathered.hits[:5]:
        release = hit.release
        if release.id not in texts:
            texts[release.id] = {term.stem for term in terms(f"{release.title}\n{release.text}", release.language)}
        covered = max(covered, sum(weight for stem, weight in rarity.items() if stem in texts[release.id]))
    return Strength(
        covered / total if total else 0.0,
        max((hit.why.get("cosine", 0.0) for hit in gathered.hits), default=0.0),
        max((hit.why.get("sentence", 0.0) for hit in gathered.hits), default=0.0),
    )


def _rarity(view: View, asked: Understanding) -> dict[str, float]:
    stems = {term.stem for term in content_terms(asked.standalone, asked.language)}
    frequencies, passages = view.frequencies(sorted(stems))
    return {stem: math.log(1 + passages / (1 + frequencies.get(stem, 0))) for stem in stems}


def _message(reason: str, asked: Understanding, gathered: Gathered) -> str:
    words = _REASONS.get(asked.language, _REASONS["fr"])
    searched, language = gathered.searched, asked.language if asked.language in _REASONS else "fr"
    if searched.first is not None and searched.last is not None:
        first, last = day_in_words(searched.first, language), day_in_words(searched.last, language)
        told = words["searched"].format(count=searched.releases, first=first, last=last)
    else:
        told = words["searched_undated"].format(count=searched.releases)
    return words[reason].format(searched=told, filters=_filters_in_words(asked.filters, language))


def _filters_in_words(filters: Filters, language: str) -> str:
    parts = [*filters.issuers, *filters.languages]
    if filters.period != Filters().period:
        parts.append(in_words(filters.period, language))
    return "« " + ", ".join(parts) + " »"


def _contacts(view: View, gathered: Gathered) -> tuple[Contact, ...]:
    """The press contacts of the nearest release that names any, else of the newest one."""
    for evidence in gathered.evidence:
        if evidence.release.contacts:
            return evidence.release.contacts
    for entry in view.releases(limit=5):
        if contacts := view.release(entry.id).contacts:
            return contacts
    return ()
