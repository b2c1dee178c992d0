"""When not to answer, and what to say instead: « aucun communiqué ne le dit ».

A gate of its own, before any writing. An abstention says why, what was searched and whom
to call; it cites nothing. Knows nothing about writing.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from assistant.answer import Abstention
from assistant.question import Understanding
from assistant.retrieval import Gathered
from store.language import content_terms, fold
from store.period import day_in_words, in_words
from store.records import Contact, Filters, PassageKind
from store.view import View

_NAME = re.compile(r"(?<!^)(?<![.!?:«\"(] )(?<!\w)[A-ZÀ-Ý][\w-]{3,}")
BORNE = 0.5
"""The share of a question's words from which a passage may answer it, whatever the cosine."""
ALIKE = 0.84
"""How alike (difflib's ratio) a name must be to a word of the releases to be its misspelling."""

_REASONS = {
    "fr": {
        "empty_archive": "L'archive ne contient encore aucun communiqué.",
        "nothing_in_filters": "Aucun communiqué ne correspond à {filters}.",
        "not_in_archive": "Aucun communiqué ne le dit. {searched}",
        "not_mentioned": "Aucun communiqué ne mentionne « {unknown} ». {searched}",
        "searched": "Communiqués consultés : {count}, du {first} au {last}.",
        "searched_undated": "Communiqués consultés : {count}.",
    },
    "en": {
        "empty_archive": "The archive holds no release yet.",
        "nothing_in_filters": "No release matches {filters}.",
        "not_in_archive": "No release says so. {searched}",
        "not_mentioned": "No release mentions “{unknown}”. {searched}",
        "searched": "Releases searched: {count}, from {first} to {last}.",
        "searched_undated": "Releases searched: {count}.",
    },
    "de": {
        "empty_archive": "Das Archiv enthält noch keine Medienmitteilung.",
        "nothing_in_filters": "Keine Medienmitteilung entspricht {filters}.",
        "not_in_archive": "Keine Medienmitteilung sagt das. {searched}",
        "not_mentioned": "Keine Medienmitteilung erwähnt « {unknown} ». {searched}",
        "searched": "Durchsuchte Medienmitteilungen: {count}, vom {first} bis {last}.",
        "searched_undated": "Durchsuchte Medienmitteilungen: {count}.",
    },
    "it": {
        "empty_archive": "L'archivio non contiene ancora alcun comunicato.",
        "nothing_in_filters": "Nessun comunicato corrisponde a {filters}.",
        "not_in_archive": "Nessun comunicato lo dice. {searched}",
        "not_mentioned": "Nessun comunicato menziona « {unknown} ». {searched}",
        "searched": "Comunicati consultati: {count}, dal {first} al {last}.",
        "searched_undated": "Comunicati consultati: {count}.",
    },
}


def abstain(
    view: View, asked: Understanding, gathered: Gathered, unrelated: float | None, unwritten: bool = False
) -> Abstention | None:
    """Why this question is not answered, or None where it may be.

    `unrelated` is the cosine up to which the model's question and passage have nothing to
    do with each other; None leaves that to the words.
    """
    unknown = ""
    if gathered.searched.releases == 0:
        reason = "nothing_in_filters" if asked.filters.narrow and view.extent().releases else "empty_archive"
    elif unwritten or not gathered.hits:
        reason = "not_in_archive"
    elif asked.order is not None:
        return None
    elif unknown := _unknown_name(view, asked, gathered):
        reason = "not_mentioned"
    elif (
        unrelated is not None and not _borne(gathered) and (cosines := _cosines(gathered)) and max(cosines) <= unrelated
    ):
        reason = "not_in_archive"
    else:
        return None
    return Abstention(reason, _message(reason, asked, gathered, unknown), _contacts(view, gathered))


def _borne(gathered: Gathered) -> bool:
    """Whether a passage bears enough of the question's words, however far in meaning."""
    return any(hit.why.get("words", 0.0) >= BORNE for hit in gathered.hits)


def _cosines(gathered: Gathered) -> list[float]:
    """How near each passage found is to the question; empty while vectors of the best are not made."""
    told = [hit for hit in gathered.hits if hit.passage.kind is not PassageKind.BOILERPLATE]
    if any("cosine" not in hit.why for hit in told[:3]):
        return []
    return [cosine for hit in told if (cosine := hit.why.get("cosine")) is not None]


def _unknown_name(view: View, asked: Understanding, gathered: Gathered) -> str:
    """A name in the question that no release found holds, not even misspelt; "" where there is none.

    A rare word brings every passage that holds it to the top, so one look at what was found
    tells. German writes every noun like a name, and a question in a language that the
    archive does not speak names things otherwise: there, nothing is concluded.
    """
    if asked.language == "de" or asked.language not in view.languages():
        return ""
    names: list[str] = _NAME.findall(asked.standalone)
    if not names:
        return ""
    found = fold("\n".join(f"{hit.release.title}\n{hit.release.issuer}\n{hit.passage.text}" for hit in gathered.hits))
    words = set(found.split())
    for name in names:
        stems = [term.stem for term in content_terms(name, asked.language)]
        known = not stems or any(stem in found for stem in stems)
        if not known and not get_close_matches(fold(name), words, n=1, cutoff=ALIKE):
            return name
    return ""


def _message(reason: str, asked: Understanding, gathered: Gathered, unknown: str) -> str:
    words = _REASONS.get(asked.language, _REASONS["fr"])
    searched, language = gathered.searched, asked.language if asked.language in _REASONS else "fr"
    if searched.first is not None and searched.last is not None:
        first, last = day_in_words(searched.first, language), day_in_words(searched.last, language)
        told = words["searched"].format(count=searched.releases, first=first, last=last)
    else:
        told = words["searched_undated"].format(count=searched.releases)
    return words[reason].format(searched=told, filters=_filters_in_words(asked.filters, language), unknown=unknown)


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
