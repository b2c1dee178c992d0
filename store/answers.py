"""The shelf of answers given: each with what it rested on, kept for a while and then forgotten.

They stand in the notebook, so that writing never delays nor breaks an answer. Knows nothing
about what a record holds, nor who may read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from store.notebook import DAYS, Notebook, plain
from store.noted import answers, rested_on
from store.records import AnswerNotFound
from store.sqlite import moment_text

_AT_ONCE = 500
"""Ids that one query names."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that was given at a moment (with its time zone), to whom, and its record as JSON.

    `releases` are the releases it cited, each with the version.
    """

    id: str
    given: datetime
    scope: str
    question: str
    releases: tuple[tuple[str, int], ...] = ()
    record: dict[str, Any] = field(default_factory=dict)


class Answers:
    """Answers given, in a notebook: one of their own where a file or an address is given.

    `days` is how long they are kept then, 0 keeps none.
    """

    def __init__(self, where: Notebook | Path | str, days: int = DAYS) -> None:
        self.notebook = where if isinstance(where, Notebook) else Notebook(where, days)

    @property
    def keeps(self) -> bool:
        """Whether answers are kept at all."""
        return self.notebook.keeps

    def keep(self, told: Told) -> None:
        """Write it down, soon: neither waits nor raises."""
        self.notebook.behind(f"answer {told.id}", told.given, lambda connection: _write(connection, told))

    def told(self, answer_id: str, now: datetime) -> Told:
        """The answer of that id. Raises AnswerNotFound, ArchiveError."""
        found = self._read(select(answers).where(answers.c.id == answer_id), now)
        if not found:
            raise AnswerNotFound(answer_id)
        return found[0]

    def several(self, answer_ids: Sequence[str], now: datetime) -> dict[str, Told]:
        """Those of these answers that are kept. Raises ArchiveError."""
        found: dict[str, Told] = {}
        for start in range(0, len(answer_ids), _AT_ONCE):
            some = answers.c.id.in_(answer_ids[start : start + _AT_ONCE])
            found |= {one.id: one for one in self._read(select(answers).where(some), now)}
        return found

    def given_to(self, scope: str, since: datetime, now: datetime, limit: int) -> list[str]:
        """The ids of the last answers given to a scope since then, newest first. Raises ArchiveError."""
        oldest = max(moment_text(since), self.notebook.oldest(now))
        query = select(answers.c.id).where(answers.c.scope == scope, answers.c.given >= oldest)
        query = query.order_by(answers.c.given.desc(), answers.c.id).limit(limit)
        return self.notebook.read(lambda connection: list(connection.scalars(query)), [])

    def latest(self, now: datetime, limit: int = 20, release_id: str | None = None) -> list[Told]:
        """The last answers given, newest first; of those that cited a release, where it is named."""
        query = select(answers).order_by(answers.c.given.desc(), answers.c.id).limit(limit)
        if release_id is not None:
            citing = select(rested_on.c.answer_id).where(rested_on.c.release_id == release_id)
            query = query.where(answers.c.id.in_(citing))
        return self._read(query, now)

    def forget(self, now: datetime) -> int:
        """Forget what was kept long enough; gives how many answers that was. Raises ArchiveError."""
        return self.notebook.forget(now)

    def close(self) -> None:
        self.notebook.close()

    def _read(self, query: Select[Any], now: datetime) -> list[Told]:
        def read(connection: Connection) -> list[Told]:
            rows = connection.execute(query.where(answers.c.given >= self.notebook.oldest(now))).all()
            cited = releases_of(connection, [row.id for row in rows])
            return [
                Told(
                    row.id,
                    datetime.fromisoformat(row.given),
                    row.scope,
                    row.question,
                    cited.get(row.id, ()),
                    row.record,
                )
                for row in rows
            ]

        return self.notebook.read(read, [])


def releases_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """The releases that each of these answers cited, each with its version."""
    query = select(rested_on).where(rested_on.c.answer_id.in_(ids)).order_by(rested_on.c.release_id)
    cited: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in connection.execute(query) if ids else ():
        cited[row.answer_id] = (*cited.get(row.answer_id, ()), (row.release_id, row.version))
    return cited


def _write(connection: Connection, told: Told) -> None:
    row = {"id": told.id, "given": moment_text(told.given), "scope": told.scope, "question": plain(told.question)}
    connection.execute(insert(answers), {**row, "record": told.record})
    cited = [{"answer_id": told.id, "release_id": one, "version": n} for one, n in dict.fromkeys(told.releases)]
    if cited:
        connection.execute(insert(rested_on), cited)
