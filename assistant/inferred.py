"""What was read off a question's words, as a value, as JSON and in a line: shown, and to be corrected.

Knows nothing about how it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from store.period import Period, in_words


@dataclass(frozen=True, slots=True)
class Inferred:
    """What was read off a question's words, to be shown and corrected; empty fields where nothing was.

    `period` and `issuers` narrow the search, `topic` and `hinted` do not. `order` is
    "newest" or "oldest" where releases are asked for by rank, at most `limit` of them;
    `count` where their number is. `subject` is what those must be about. `corrections`
    are words taken for mistyped, with what was meant. `language` is the asker's.
    """

    language: str = "fr"
    period: Period = field(default_factory=Period)
    topic: Period | None = None
    issuers: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    order: str | None = None
    limit: int | None = None
    count: bool = False
    subject: str = ""
    corrections: tuple[tuple[str, str], ...] = ()


def inferred_document(inferred: Inferred) -> dict[str, Any]:
    """What was read off the words; `words` says it in a line, in the asker's language."""
    return {
        "words": understood_in_words(inferred),
        "period": _period(inferred.period, inferred.language),
        "topic": _period(inferred.topic or Period(), inferred.language),
        "issuers": list(inferred.issuers),
        "hinted": list(inferred.hinted),
        "people": list(inferred.people),
        "order": inferred.order,
        "limit": inferred.limit,
        "count": inferred.count,
        "subject": inferred.subject,
        "corrections": [{"written": written, "meant": meant} for written, meant in inferred.corrections],
    }


def inferred_from(told: dict[str, Any] | None, language: str) -> Inferred:
    """What a document says was read off the words, as a value again; nothing where there is none."""
    if told is None:
        return Inferred(language)
    return Inferred(
        language,
        _period_of(told["period"]),
        _period_of(told["topic"]) if told["topic"] else None,
        tuple(told["issuers"]),
        tuple(told["hinted"]),
        tuple(told["people"]),
        told["order"],
        told["limit"],
        told["count"],
        told["subject"],
        tuple((one["written"], one["meant"]) for one in told["corrections"]),
    )


def _period_of(told: dict[str, str | None] | None) -> Period:
    first, last = (None, None) if told is None else (told["from"], told["to"])
    return Period(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def _period(period: Period, language: str) -> dict[str, str | None] | None:
    if period == Period():
        return None
    return {"from": _iso(period.first), "to": _iso(period.last), "words": in_words(period, language)}


def understood_in_words(inferred: Inferred, language: str | None = None) -> str:
    """« novembre 2017 · Port de Sarvelle · les trois derniers », or "" where nothing was read off the words."""
    language = language or inferred.language
    say = _UNDERSTOOD.get(language, _UNDERSTOOD["fr"])
    told = [say[name] for name, holds in (("count", inferred.count), (inferred.order or "", inferred.order)) if holds]
    if inferred.order and inferred.limit and inferred.limit > 1:
        told = [f"{say[inferred.order + '_some'].format(inferred.limit)}"]
    if inferred.period != Period():
        told.append(f"{say['published']} {in_words(inferred.period, language)}")
    elif inferred.topic is not None:
        told.append(f"{say['topic']} {in_words(inferred.topic, language)}")
    told.extend(f"{say['by']} {issuer}" for issuer in inferred.issuers)
    if inferred.subject:
        told.append(f"{say['about']} « {inferred.subject} »")
    told.extend(f"« {written} » → {meant}" for written, meant in inferred.corrections)
    return " · ".join(told)


_UNDERSTOOD = {
    "fr": {
        "count": "combien de communiqués",
        "newest": "le plus récent",
        "oldest": "le plus ancien",
        "newest_some": "les {} plus récents",
        "oldest_some": "les {} plus anciens",
        "published": "publié :",
        "topic": "à propos de :",
        "by": "émetteur :",
        "about": "qui parle de",
    },
    "en": {
        "count": "how many releases",
        "newest": "the latest",
        "oldest": "the first",
        "newest_some": "the {} latest",
        "oldest_some": "the {} first",
        "published": "published:",
        "topic": "about:",
        "by": "issuer:",
        "about": "that speak of",
    },
    "de": {
        "count": "wie viele Medienmitteilungen",
        "newest": "die neueste",
        "oldest": "die älteste",
        "newest_some": "die {} neuesten",
        "oldest_some": "die {} ältesten",
        "published": "veröffentlicht:",
        "topic": "betrifft:",
        "by": "Absender:",
        "about": "zum Thema",
    },
    "it": {
        "count": "quanti comunicati",
        "newest": "il più recente",
        "oldest": "il più vecchio",
        "newest_some": "i {} più recenti",
        "oldest_some": "i {} più vecchi",
        "published": "pubblicato:",
        "topic": "riguardo a:",
        "by": "emittente:",
        "about": "che parlano di",
    },
}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
