"""What of a version's record is looked for by its own: who says what, and its rubric.

Written in the transaction that shelves the version, so that quotations can be found and
counted without reading every record. Knows nothing about who may see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from store.folding import fold, word_list
from store.language import terms
from store.records import Release
from store.schema import rubrics, verbatims, versions

_CIVIL = word_list(
    "m mr mrs ms mme mmes mlle mm dr pr me madame monsieur mademoiselle maitre docteur professeur herr frau"
)
_WORD = re.compile(r"[^\W_]+")
_BATCH = 500


def note(connection: Connection, release: Release, release_id: str, version: int, *, new: bool) -> None:
    """Write down what is looked for in a version, in place of what was; a `new` one has nothing yet."""
    if not new:
        for table in (rubrics, verbatims):
            connection.execute(delete(table).where(table.c.release_id == release_id, table.c.version == version))
    quotes = [
        {
            "span": [one.span.start, one.span.end],
            "speaker": one.speaker,
            "role": one.role,
            "indirect": one.indirect,
        }
        for one in release.quotes
    ]
    _write(connection, [_Record(release_id, version, release.language, release.text, quotes, release.rubric)])


def fill(connection: Connection) -> None:
    """Write it down for all versions of an archive that was made before."""
    for table in (rubrics, verbatims):
        connection.execute(delete(table))
    found = connection.execution_options(yield_per=_BATCH).execute(_TOLD)
    for rows in found.partitions():
        _write(
            connection,
            [
                _Record(r.release_id, r.version, r.language, r.text, r.record["quotes"], r.record["rubric"])
                for r in rows
            ],
        )


def who(speaker: str | None) -> str | None:
    """A speaker's name as it is compared: folded, without civilities and initials between names. None of nobody's."""
    words = [word for word in _WORD.findall(fold(speaker or "")) if word not in _CIVIL]
    kept = [word for place, word in enumerate(words) if len(word) > 1 or place in (0, len(words) - 1)]
    return " ".join(kept) or None


def rubric_of(written: str | None) -> str | None:
    """A rubric on one line, as it is narrowed by; None of none."""
    return " ".join((written or "").split()) or None


def stems_of(text: str, language: str) -> str:
    """The stems of a text between blanks, one at each end."""
    return f" {' '.join(term.stem for term in terms(text, language))} "


@dataclass(frozen=True, slots=True)
class _Record:
    """What is read of one version."""

    release_id: str
    version: int
    language: str
    text: str
    quotes: Sequence[Mapping[str, Any]]
    rubric: str | None

    @property
    def key(self) -> dict[str, Any]:
        return {"release_id": self.release_id, "version": self.version}

    def verbatims(self) -> Iterator[dict[str, Any]]:
        for ordinal, quote in enumerate(self.quotes):
            start, end = quote["span"]
            yield {
                **self.key,
                "ordinal": ordinal,
                "speaker": quote["speaker"],
                "who": who(quote["speaker"]),
                "office": quote["role"],
                "start": start,
                "end": end,
                "indirect": bool(quote.get("indirect", False)),
                "stems": stems_of(self.text[start:end], self.language),
            }


def _write(connection: Connection, records: Iterable[_Record]) -> None:
    kept = tuple(records)
    if said := [row for one in kept for row in one.verbatims()]:
        connection.execute(insert(verbatims), said)
    if named := [{**one.key, "rubric": rubric} for one in kept if (rubric := rubric_of(one.rubric))]:
        connection.execute(insert(rubrics), named)


_TOLD = select(
    versions.c.release_id, versions.c.version, versions.c.language, versions.c.text, versions.c.record
).where(
    or_(
        func.json_array_length(versions.c.record, "$.quotes") > 0,
        func.json_extract(versions.c.record, "$.rubric").is_not(None),
    )
)
