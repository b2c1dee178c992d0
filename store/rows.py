"""Records to rows of the catalogue, and back.

Knows nothing about who reads or writes them.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from itertools import starmap
from typing import Any

from sqlalchemy import Row, Select, Text, select, type_coerce

from store.language import fold
from store.records import (
    Passage,
    PassageKind,
    Release,
    Span,
    Status,
)
from store.schema import releases, stamp, versions
from store.shelved import Shelved, moment_of
from store.shelved import day_of as day_of

_CONTENT = ("text", "title", "issuer", "published", "place", "rubric", "pages", "embargo", "language")
"""What makes a version; the rest follows from the text, and is read better from time to time."""


def joined() -> Select[Any]:
    """Releases with all their versions, every column `release_of` needs."""
    return select(*release_columns()).select_from(releases.join(versions, versions.c.release_id == releases.c.id))


def release_columns() -> list[Any]:
    return [
        releases.c.reference,
        releases.c.url,
        releases.c.current,
        releases.c.withdrawn,
        releases.c.family,
        *(column for column in versions.c if column.name not in ("version", "record")),
        versions.c.version.label("release_version"),
        type_coerce(versions.c.record, Text).label("record"),
    ]


def release_of(row: Row[Any], now: datetime) -> Release:
    """The release of a row of `release_columns`; what its record holds is read when it is first asked for."""
    return Shelved.of(
        {
            "text": row.text,
            "id": row.release_id,
            "reference": row.reference,
            "version": row.release_version,
            "status": status_of(
                row.withdrawn, row.release_version != row.current or stands_replaced(row), row.embargo, now
            ),
            "title": row.title,
            "issuer": row.issuer,
            "published": day_of(row.published),
            "embargo": moment_of(row.embargo),
            "language": row.language,
            "family": row.family or "",
        },
        row.record,
        row.url,
    )


def stands_replaced(row: Row[Any]) -> bool:
    """Whether another release stands in its place, where the query asked (only an archivist's does)."""
    return "replaced" in row._mapping and bool(row.replaced)


def status_of(withdrawn: str | None, superseded: bool, embargo: str | None, now: datetime) -> Status:
    if withdrawn is not None:
        return Status.WITHDRAWN
    if superseded:
        return Status.SUPERSEDED
    return Status.EMBARGOED if embargo is not None and embargo > stamp(now) else Status.PUBLISHED


def version_row(release: Release, release_id: str, version: int) -> dict[str, Any]:
    source = release.source
    return {
        "release_id": release_id,
        "version": version,
        "title": release.title,
        "issuer": release.issuer,
        "published": None if release.published is None else release.published.isoformat(),
        "embargo": None if release.embargo is None else stamp(release.embargo),
        "language": release.language,
        "text": release.text,
        "record": {
            "source": {
                "name": source.name,
                "media_type": source.media_type,
                "sha256": source.sha256,
                "received": None if source.received is None else stamp(source.received),
            },
            "place": release.place,
            "rubric": release.rubric,
            "lead": None if release.lead is None else _pair(release.lead),
            "pages": [_pair(page) for page in release.pages],
            "quotes": [
                {
                    "span": _pair(q.span),
                    "speaker": q.speaker,
                    "role": q.role,
                    "verb": q.verb,
                    "indirect": q.indirect,
                    "named": None if q.named is None else _pair(q.named),
                }
                for q in release.quotes
            ],
            "contacts": [
                {
                    "name": c.name,
                    "role": c.role,
                    "phone": c.phone,
                    "email": c.email,
                    "span": None if c.span is None else _pair(c.span),
                }
                for c in release.contacts
            ],
            "boilerplate": [_pair(span) for span in release.boilerplate],
            "doubts": list(release.doubts),
            **_understanding(release),
        },
    }


def _understanding(release: Release) -> dict[str, Any]:
    said = release.corrects
    return {
        "subtitle": release.subtitle,
        "co_issuers": list(release.co_issuers),
        "sections": [[*_pair(s.heading), *_pair(s.span)] for s in release.sections],
        "figures": [[*_pair(f.span), f.value, f.unit, f.counted] for f in release.figures],
        "names": [[*_pair(n.span), n.name, n.kind.value] for n in release.names],
        "links": [[*_pair(link.span), link.url] for link in release.links],
        "corrects": said
        and {
            "span": _pair(said.span),
            "kind": said.kind.value,
            "day": said.published and said.published.isoformat(),
            "reference": said.reference,
            "title": said.title,
        },
        "group": release.group,
        "edition": release.edition,
        "origins": [
            {"field": o.field, "kind": o.kind.value, "span": None if o.span is None else _pair(o.span)}
            for o in release.origins
        ],
    }


def passage_row(passage: Passage, release_id: str, version: int, generation: int) -> dict[str, Any]:
    return {
        "generation": generation,
        "id": f"{release_id}:{version}:{passage.ordinal}",
        "release_id": release_id,
        "version": version,
        "ordinal": passage.ordinal,
        "start": passage.span.start,
        "end": passage.span.end,
        "sentences": [_pair(sentence) for sentence in passage.sentences],
        "context": passage.context,
        "kind": passage.kind.value,
    }


def passage_of(row: Row[Any], text: str) -> Passage:
    return Passage(
        ordinal=row.ordinal,
        span=Span(row.start, row.end),
        sentences=tuple(starmap(Span, row.sentences)),
        text=text[row.start : row.end],
        context=row.context,
        id=row.id,
        release_id=row.release_id,
        version=row.version,
        kind=PassageKind(row.kind or "body"),
    )


def same_content(shelved: Release, read: Release) -> bool:
    """Whether a release read again says what is on the shelf (doubts and source aside)."""
    return all(_comparable(shelved, name) == _comparable(read, name) for name in _CONTENT)


def readable_id(release: Release) -> str:
    """`2017-11-06-metropole-signe-accord-3f2a`: the date, the title's first words, a hash."""
    words = re.findall(r"[a-z0-9]+", fold(release.title))
    slug = "-".join(word for word in words if len(word) > 2)[:48].strip("-") or "sans-titre"
    identity = release.reference or release.url or release.source.name
    digest = hashlib.sha256(f"{identity}\n{release.source.sha256}".encode()).hexdigest()
    day = "sans-date" if release.published is None else release.published.isoformat()
    return f"{day}-{slug}-{digest[:8]}"


def _comparable(release: Release, name: str) -> Any:
    value = getattr(release, name)
    return value.astimezone(UTC).replace(microsecond=0) if isinstance(value, datetime) else value


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
