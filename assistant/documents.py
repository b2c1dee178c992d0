"""Releases and hits as the JSON every door gives; every key is always present.

The document of an answer is beside its records, in `answer.py`. Knows nothing of HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Evidence, contact_document, iso
from store.records import Release
from store.view import Entry


def hit_document(evidence: Evidence) -> dict[str, Any]:
    release, span = evidence.release, evidence.span
    return {
        "release_id": release.id,
        "reference": release.reference,
        "title": release.title,
        "issuer": release.issuer,
        "published": iso(release.published),
        "score": round(evidence.score, 6),
        "passage": {
            "text": evidence.text,
            "start": span.start,
            "end": span.end,
            "page": release.page_of(span.start),
        },
    }


def entry_document(release: Release | Entry) -> dict[str, Any]:
    """A release as a line of a list."""
    return {
        "release_id": release.id,
        "reference": release.reference,
        "title": release.title,
        "issuer": release.issuer,
        "published": iso(release.published),
        "status": release.status.value,
    }


def release_document(versions: Sequence[Release]) -> dict[str, Any]:
    """A release whole: the last of its versions, and all of them in brief, oldest first."""
    release = versions[-1]
    text, lead = release.text, release.lead
    return {
        **entry_document(release),
        "version": release.version,
        "rubric": release.rubric,
        "place": release.place,
        "url": release.url,
        "language": release.language,
        "embargo": None if release.embargo is None else release.embargo.isoformat(),
        "text": text,
        "lead": None if lead is None else {"start": lead.start, "end": lead.end, "text": lead.of(text)},
        "pages": [{"number": n, "start": p.start, "end": p.end} for n, p in enumerate(release.pages, start=1)],
        "quotes": [
            {"start": q.span.start, "end": q.span.end, "text": q.span.of(text), "speaker": q.speaker, "role": q.role}
            for q in release.quotes
        ],
        "contacts": [contact_document(contact) for contact in release.contacts],
        "versions": [_version(each) for each in versions],
        "doubts": list(release.doubts),
    }


def _version(release: Release) -> dict[str, Any]:
    received = release.source.received
    return {
        "version": release.version,
        "status": release.status.value,
        "published": iso(release.published),
        "received": None if received is None else received.isoformat(),
    }
