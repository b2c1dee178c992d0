"""What each door takes and gives, by example: an invented release and what is said of it.

For /openapi.json; a test holds every one against the models. Knows neither routes nor archive.
"""

from __future__ import annotations

from typing import Any

ID = "2024-03-01-metropole-stade-9c1d"
_TEXT = (
    "Ormelune, le 1er mars 2024\n\nLe conseil a voté la rénovation du stade Albert-Fauvel. Les travaux coûtent "
    "48,6 millions d'euros.\n\n« Ce stade sera celui de tous », déclare Hélène Varenne, présidente de la Métropole.\n"
)
_SENTENCE = "Les travaux coûtent 48,6 millions d'euros."
_SAID = "Ce stade sera celui de tous"
_QUESTION = "Combien coûte la rénovation du stade ?"
_PRICE, _WORDS = _TEXT.index(_SENTENCE), _TEXT.index(_SAID)
_JOB = "4f0a1c22b7d98e35"

_FILTERS: dict[str, Any] = {"from": None, "to": None, "issuers": [], "languages": []}
_LINE = {
    "release_id": ID,
    "reference": "CP-2024-17",
    "title": "Le stade sera rénové",
    "issuer": "Métropole de Sarvelle",
    "published": "2024-03-01",
    "status": "published",
}
_CITATION = {
    "number": 1,
    "release_id": ID,
    "reference": "CP-2024-17",
    "version": 1,
    "title": "Le stade sera rénové",
    "issuer": "Métropole de Sarvelle",
    "published": "2024-03-01",
    "url": None,
    "page": None,
    "start": _PRICE,
    "end": _PRICE + len(_SENTENCE),
    "quote": _SENTENCE,
}
_SENTENCES = [{"text": _SENTENCE, "citations": [1], "lead_in": ""}]
_SEARCHED = {"releases": 1240, "from": "2015-01-06", "to": "2024-03-01"}
_WRITER = {"name": "extractive", "model": None, "repaired": 0, "dropped": 0}
_ANSWER_ID = "20240304-5be1c09a77d2"

ANSWER: dict[str, Any] = {
    "question": _QUESTION,
    "standalone": _QUESTION,
    "filters": _FILTERS,
    "understood": {
        "words": "",
        "period": None,
        "topic": None,
        "issuers": [],
        "hinted": [],
        "people": [],
        "order": None,
        "limit": None,
        "count": False,
        "subject": "coûte la rénovation du stade",
        "corrections": [],
    },
    "sentences": _SENTENCES,
    "citations": [_CITATION],
    "abstention": None,
    "evidence": [{"release_id": ID, "reference": "CP-2024-17", "score": 0.83, "text": _SENTENCE}],
    "searched": _SEARCHED,
    "notices": [],
    "writer": _WRITER,
    "answer_id": _ANSWER_ID,
}
ABSTENTION: dict[str, Any] = {
    **ANSWER,
    "question": "Qui construit la patinoire ?",
    "standalone": "Qui construit la patinoire ?",
    "sentences": [],
    "citations": [],
    "abstention": {
        "reason": "not_in_archive",
        "message": "Aucun communiqué trouvé ne le dit. Aucun n'emploie le mot « patinoire ».",
        "contacts": [{"name": "Ada Morin", "role": "Presse", "phone": "01 99 00 12 34", "email": None}],
    },
    "answer_id": None,
}
STREAM = (
    f'event: sentence\ndata: {{"sentence": {{"text": "{_SENTENCE}", "citations": [1], "lead_in": ""}}, '
    '"citations": […]}\n\nevent: finished\ndata: {"question": …}\n\n'
)

_RELEASE: dict[str, Any] = {
    **_LINE,
    "version": 1,
    "rubric": "Sport",
    "place": "Ormelune",
    "url": None,
    "language": "fr",
    "embargo": None,
    "subtitle": None,
    "co_issuers": [],
    "text": _TEXT,
    "lead": None,
    "pages": [],
    "quotes": [
        {
            "start": _WORDS,
            "end": _WORDS + len(_SAID),
            "text": _SAID,
            "speaker": "Hélène Varenne",
            "role": "présidente de la Métropole",
            "verb": "déclare",
            "indirect": False,
        }
    ],
    **{key: [] for key in ("contacts", "sections", "figures", "names", "links", "boilerplate")},
    "correction": None,
    **{key: [] for key in ("corrects", "corrected_by", "translations", "reprints", "origins", "amendments")},
    "versions": [
        {"version": 1, "status": "published", "published": "2024-03-01", "received": "2024-03-01T09:00:00+00:00"}
    ],
    "withdrawal": None,
    "original": f"/v1/releases/{ID}/original",
    "doubts": [],
}

GIVEN: dict[str, Any] = {
    "faq": {
        "question": "combien pour le stade",
        "entry": {
            "id": "combien-coute-la-renovation-du-stade-1f0c",
            "question": _QUESTION,
            "answer": "La rénovation coûte 48,6 millions d'euros, hors parkings.",
            "language": "fr",
            "approved": "2024-03-02",
            "valid_until": "2024-12-31",
        },
        "sources": [_CITATION],
        "offered": [],
        "answer": None,
        "answer_id": _ANSWER_ID,
    },
    "ask": ANSWER,
    "search": {
        "hits": [
            {
                **{key: value for key, value in _LINE.items() if key != "status"},
                "score": 0.83,
                "passage": {"text": _SENTENCE, "start": _PRICE, "end": _PRICE + len(_SENTENCE), "page": None},
                "why": [],
            }
        ]
    },
    "list_releases": {"releases": [_LINE], "total": 31, "next": "/v1/releases?q=stade&offset=1&limit=1"},
    "read_release": _RELEASE,
    "read_version": _RELEASE,
    "withdraw_release": {
        "release_id": ID,
        "status": "withdrawn",
        "at": "2024-03-04T10:12:00+00:00",
        "reason": "Chiffres erronés",
    },
    "list_verbatims": {
        "verbatims": [
            {
                "text": _SAID,
                "start": _WORDS,
                "end": _WORDS + len(_SAID),
                "reported": False,
                "speaker": "Hélène Varenne",
                "office": "présidente de la Métropole",
                **_LINE,
                "version": 1,
                "language": "fr",
            }
        ],
        "speakers": [
            {
                "name": "Hélène Varenne",
                "office": "présidente de la Métropole",
                "verbatims": 1,
                "from": "2024-03-01",
                "to": "2024-03-01",
            }
        ],
        "total": 1,
        "next": None,
    },
    "read_answer": {
        "answer_id": _ANSWER_ID,
        "given": "2024-03-04T10:00:00+00:00",
        "scope": "public",
        "complete": True,
        "question": _QUESTION,
        "standalone": _QUESTION,
        "filters": _FILTERS,
        "sentences": _SENTENCES,
        "citations": [_CITATION],
        "abstention": None,
        "evidence": [{"release_id": ID, "version": 1, "start": _PRICE, "end": _PRICE + len(_SENTENCE), "score": 0.83}],
        "searched": _SEARCHED,
        "notices": [],
        "writer": _WRITER,
        "milliseconds": {"first": 41.0, "last": 41.0, "whole": 44.5},
        "releases": [
            {
                "citations": [1],
                "release_id": ID,
                "version": 1,
                "state": "unchanged",
                "version_now": 1,
                "since": None,
                "by": [],
            }
        ],
    },
    "ingest": {
        "job": _JOB,
        "state": "reading",
        "name": "communiques.jsonl",
        "size": 1830,
        "by": "key:redaction",
        "received": "2024-03-04T10:00:00+00:00",
        "reason": None,
        "read": 0,
        "counts": {},
        "documents": [],
        "total": 0,
        "next": None,
    },
    "follow_ingestion": {
        "job": _JOB,
        "state": "waiting",
        "name": "communiques.jsonl",
        "size": 1830,
        "by": "key:redaction",
        "received": "2024-03-04T10:00:00+00:00",
        "reason": None,
        "read": 2,
        "counts": {"accepted": 1, "waiting": 1},
        "documents": [
            {
                "number": 1,
                "name": "dépôt/communiques.jsonl#1",
                "state": "accepted",
                "title": None,
                "outcome": "added",
                "release_id": ID,
                "reason": None,
                "doubts": [],
                "foreseen": None,
            },
            {
                "number": 2,
                "name": "dépôt/communiques.jsonl#2",
                "state": "waiting",
                "title": "Le pont rouvre",
                "outcome": None,
                "release_id": None,
                "reason": None,
                "doubts": ["no date of publication found"],
                "foreseen": {"outcome": "added", "release_id": None, "resembling": []},
            },
        ],
        "total": 2,
        "next": None,
    },
    "healthz": {"status": "ok", "version": "0.1.0", "releases": 1240},
    "readyz": {"status": "ready"},
}
"""By the name of a route: what it answers."""

VALUES: dict[str, Any] = {
    "release_id": ID,
    "answer_id": _ANSWER_ID,
    "job": _JOB,
    "version": 1,
    "q": "stade",
    "speaker": "Varenne",
    "from": "2024-01-01",
    "to": "2024-12-31",
    "name": "communiques.jsonl",
}
"""By the name of a parameter: what it may be."""
