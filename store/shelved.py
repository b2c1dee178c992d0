"""A release as it stands on the shelf: its text at hand, the rest of its record read when it is first asked for.

A question looks at the words of sixty passages and at the names, figures and quotations of
a few releases: to read all of them for all would cost more than to find them. Knows nothing
about who reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import orjson

from store.records import (
    Contact,
    Correction,
    CorrectionKind,
    Figure,
    Link,
    Name,
    NameKind,
    Origin,
    OriginKind,
    Quote,
    Release,
    Section,
    Source,
    Span,
)

Record = dict[str, Any]


class Shelved(Release):
    """A release whose other fields stand in a record (as JSON, or read): equal to any that says the same."""

    __slots__ = ("_record", "_url")

    @classmethod
    def of(cls, known: Mapping[str, Any], record: str | Record, url: str | None) -> Shelved:
        """A release of which these fields are `known` and the others stand in `record`."""
        made = cls.__new__(cls)
        for name, value in {**known, "_record": record, "_url": url}.items():
            object.__setattr__(made, name, value)
        return made

    def __getattr__(self, name: str) -> Any:
        """A field that was not asked for before: its slot is still empty."""
        read = _READ.get(name)
        if read is None:
            raise AttributeError(name)
        record = self._record
        if isinstance(record, str):
            record = orjson.loads(record)
            object.__setattr__(self, "_record", record)
        value = read(record, self._url)
        object.__setattr__(self, name, value)
        return value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Release):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _FIELDS)

    __hash__ = Release.__hash__


def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def moment_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _source(record: Record, url: str | None) -> Source:
    source = record["source"]
    return Source(source["name"], source["media_type"], source["sha256"], url, moment_of(source["received"]))


def _span(document: Record, name: str) -> Span | None:
    return None if document.get(name) is None else Span(*document[name])


def _quotes(record: Record, _url: str | None) -> tuple[Quote, ...]:
    return tuple(
        Quote(Span(*q["span"]), q["speaker"], q["role"], q.get("verb"), q.get("indirect", False), _span(q, "named"))
        for q in record["quotes"]
    )


def _contacts(record: Record, _url: str | None) -> tuple[Contact, ...]:
    return tuple(Contact(c["name"], c["role"], c["phone"], c["email"], _span(c, "span")) for c in record["contacts"])


def _corrects(record: Record, _url: str | None) -> Correction | None:
    said = record.get("corrects")
    return said and Correction(
        Span(*said["span"]), CorrectionKind(said["kind"]), day_of(said["day"]), said["reference"], said["title"]
    )


_READ: dict[str, Callable[[Record, str | None], Any]] = {
    "source": _source,
    "place": lambda record, _: record["place"],
    "rubric": lambda record, _: record["rubric"],
    "lead": lambda record, _: None if record["lead"] is None else Span(*record["lead"]),
    "pages": lambda record, _: tuple(Span(*page) for page in record["pages"]),
    "quotes": _quotes,
    "contacts": _contacts,
    "boilerplate": lambda record, _: tuple(Span(*span) for span in record["boilerplate"]),
    "doubts": lambda record, _: tuple(record["doubts"]),
    # What older records do not hold yet.
    "subtitle": lambda record, _: record.get("subtitle"),
    "co_issuers": lambda record, _: tuple(record.get("co_issuers", ())),
    "sections": lambda record, _: tuple(Section(Span(*s[:2]), Span(*s[2:])) for s in record.get("sections", ())),
    "figures": lambda record, _: tuple(Figure(Span(*f[:2]), *f[2:]) for f in record.get("figures", ())),
    "names": lambda record, _: tuple(Name(Span(*n[:2]), n[2], NameKind(n[3])) for n in record.get("names", ())),
    "links": lambda record, _: tuple(Link(Span(*k[:2]), k[2]) for k in record.get("links", ())),
    "corrects": _corrects,
    "group": lambda record, _: record.get("group"),
    "edition": lambda record, _: record.get("edition"),
    "origins": lambda record, _: tuple(
        Origin(o["field"], OriginKind(o["kind"]), _span(o, "span")) for o in record.get("origins", ())
    ),
}
_FIELDS = tuple(field.name for field in fields(Release))
