"""One record of an export as a Document: the fields it may hold, each read with its type.

The text stays character for character what the export says, so that offsets computed
elsewhere hold; a contact is appended after it. Does not know which file holds the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ingest.document import EXPORT, Document, Hints
from ingest.readers import fields
from store.dates import parse_day
from store.records import UnreadableDocument

CONTACT_GAP = "\n\n"
_REVOKED = "retiré par la source"


@dataclass(frozen=True, slots=True)
class Record:
    """What stands at `where` (« export.jsonl line 17 »), by field; `sha256` is that of its bytes.

    `columns` are the names its file gives to fields, where they are others. `original` is
    the record as it was written, where it says something alone.
    """

    facts: Mapping[str, Any]
    where: str
    sha256: str
    columns: Mapping[str, str] = field(default_factory=dict)
    original: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def key(self) -> str | None:
        """What makes two records of one file the same: reference, else address."""
        for name in ("id", "url"):
            value = self.facts.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and name == "id":
                return str(value)
            if isinstance(value, str) and value.strip():
                return value
        return None

    def document(self, named: Names) -> Document:
        """The record read. Raises UnreadableDocument, which names the field that is wrong."""
        body = self.text("text", required=True) or ""
        issuer = self.text("issuer")
        hints = Hints(
            title=self.text("title"),
            published=self.day("date"),
            issuer=issuer,
            url=self.text("url"),
            reference=self.text("id"),
            language=fields.language(self.text("lang") or ""),
            contact=self.text("contact"),
            place=self.text("city"),
            embargo=self.moment("embargo"),
            rubric=self._spoken("rubric"),
            lead=self._spoken("lead"),
            co_issuers=tuple(name for name in self._names("issuers") if name != issuer),
            group=self._spoken("group"),
            revoked=self._revoked(),
        )
        text = body + CONTACT_GAP + hints.contact if hints.contact else body
        name = named.name(hints, self.sha256)
        return Document(text, name, EXPORT, self.sha256, hints=hints, original=self.original)

    def text(self, name: str, *, required: bool = False) -> str | None:
        value = self.facts.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None or value == "":
            if required:
                raise self._wrong(name, "missing" if name not in self.facts else "empty")
            return None
        if not isinstance(value, str):
            raise self._wrong(name, f"should be a string, is {type(value).__name__}")
        if not value.strip():
            if required:
                raise self._wrong(name, "empty")
            return None
        if not _whole(value):
            raise self._wrong(name, "holds half a character (a lone surrogate)")
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return parse_day(value) if value else None
        except (ValueError, OverflowError) as error:
            raise self._wrong(name, str(error)) from error

    def moment(self, name: str) -> datetime | None:
        value = self.text(name)
        try:
            return fields.moment(value) if value else None
        except (ValueError, OverflowError) as error:
            raise self._wrong(name, str(error)) from error

    def _spoken(self, name: str) -> str | None:
        """A field that other exports may use for something else: read where it is text, else left."""
        value = self.facts.get(name)
        value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return value.strip() or None if isinstance(value, str) and _whole(value) else None

    def _names(self, name: str) -> Iterator[str]:
        value = self.facts.get(name)
        several = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else []
        yield from dict.fromkeys(
            each.strip() for each in several if isinstance(each, str) and _whole(each) and each.strip()
        )

    def _revoked(self) -> str | None:
        value = self.facts.get("revoked")
        if value is True or (isinstance(value, str) and value.strip().casefold() in {"yes", "oui", "true", "1"}):
            return _REVOKED
        return None

    def _wrong(self, name: str, reason: str) -> UnreadableDocument:
        return UnreadableDocument(self.where, f"field « {self.columns.get(name, name)} »: {reason}")


@dataclass(slots=True)
class Names:
    """Names for the records of one file: `path#record`, by what stays when lines move."""

    path: str
    _taken: Counter[str] = field(default_factory=Counter)

    def name(self, hints: Hints, sha256: str) -> str:
        """By id, address, else title and date, else the bytes; twins without an id stay two."""
        titled = f"{hints.title}|{hints.published or ''}" if hints.title else sha256[:12]
        key = hints.reference or hints.url or titled
        self._taken[key] += 1
        twin = "" if hints.reference or hints.url else f"|{self._taken[key]}"
        return f"{self.path}#{key}" if self._taken[key] == 1 else f"{self.path}#{key}{twin}"


def documents_of(
    records: Iterable[Record | UnreadableDocument], path: str, keys: Counter[str]
) -> Iterator[Document | UnreadableDocument]:
    """Each record as a Document, or as the UnreadableDocument that says what is wrong with it.

    `keys` counts how often each key stands in the file: of a record that is repeated the
    last that can be read counts, so that reading the file again changes nothing.
    """
    named = Names(path)
    left = Counter(keys)
    held: dict[str, Document] = {}
    for record in records:
        if isinstance(record, UnreadableDocument):
            yield record
            continue
        key = record.key
        again = key is not None and keys[key] > 1
        try:
            read = record.document(named)
            if again and key is not None:
                held[key] = read
            else:
                yield read
        except UnreadableDocument as unreadable:
            yield unreadable
        if again and key is not None:
            left[key] -= 1
            if left[key] == 0 and key in held:
                yield _last(held.pop(key), keys[key])


def _last(document: Document, times: int) -> Document:
    return replace(document, doubts=(f"répété {times} fois dans l'export : le dernier l'emporte", *document.doubts))


def _whole(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
