"""Releases and hits as the JSON every door gives; every key is always present.

The document of an answer is beside its records, in `answer.py`. Knows nothing of HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from assistant.answer import Evidence, contact_document, iso
from store.amendments import Amendment
from store.records import Release, Span
from store.view import Entry, Related


def hit_document(evidence: Evidence, why: Sequence[str] = ()) -> dict[str, Any]:
    """A release found; `why` are the reasons in words, where they were asked for."""
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
        "why": list(why),
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


def release_document(
    versions: Sequence[Release],
    related: Related,
    amendments: Sequence[Amendment] = (),
    withdrawal: tuple[datetime, str] | None = None,
    version: Release | None = None,
) -> dict[str, Any]:
    """A release whole: one of its versions (None: the last) with what was put right in it, and all of them in brief.

    `withdrawal` is when and why it was withdrawn.
    """
    release = version or versions[-1]
    text, said = release.text, release.corrects

    def words(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": span.of(text)}

    return {
        **entry_document(release),
        "version": release.version,
        "rubric": release.rubric,
        "place": release.place,
        "url": release.url,
        "language": release.language,
        "embargo": None if release.embargo is None else release.embargo.isoformat(),
        "text": text,
        "subtitle": release.subtitle,
        "co_issuers": list(release.co_issuers),
        "lead": None if release.lead is None else words(release.lead),
        "pages": [{"number": n, "start": p.start, "end": p.end} for n, p in enumerate(release.pages, start=1)],
        "quotes": [
            {**words(q.span), "speaker": q.speaker, "role": q.role, "verb": q.verb, "indirect": q.indirect}
            for q in release.quotes
        ],
        "contacts": [contact_document(contact) for contact in release.contacts],
        "sections": [{**words(one.span), "heading": words(one.heading)} for one in release.sections],
        "figures": [
            {**words(one.span), "value": one.value, "unit": one.unit, "counted": one.counted} for one in release.figures
        ],
        "names": [{**words(one.span), "name": one.name, "kind": one.kind.value} for one in release.names],
        "links": [{**words(one.span), "url": one.url} for one in release.links],
        "boilerplate": [words(span) for span in release.boilerplate],
        "correction": said
        and {
            **words(said.span),
            "kind": said.kind.value,
            "published": iso(said.published),
            "reference": said.reference,
            "title": said.title,
        },
        "corrects": [entry_document(entry) for entry in related.corrects],
        "corrected_by": [entry_document(entry) for entry in related.corrected_by],
        "translations": [entry_document(entry) for entry in related.translations],
        "reprints": [entry_document(entry) for entry in related.reprints],
        "origins": [
            {"field": o.field, "kind": o.kind.value, "span": None if o.span is None else words(o.span)}
            for o in release.origins
        ],
        "amendments": [amendment_document(one) for one in amendments],
        "versions": [_version(each) for each in versions],
        "withdrawal": withdrawal and {"at": withdrawal[0].isoformat(), "reason": withdrawal[1]},
        "doubts": list(release.doubts),
    }


def amendment_document(one: Amendment) -> dict[str, Any]:
    """A field put right by hand; who did it and why are null where the reader is not told."""
    return {
        "field": one.field,
        "value": one.value,
        "was": one.was,
        "by": one.by or None,
        "at": one.at.isoformat(),
        "note": one.note or None,
        "recheck": one.recheck,
    }


def _version(release: Release) -> dict[str, Any]:
    received = release.source.received
    return {
        "version": release.version,
        "status": release.status.value,
        "published": iso(release.published),
        "received": None if received is None else received.isoformat(),
    }
