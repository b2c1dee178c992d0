"""What people thought of answers: useful, wrong, or resting on a wrong source; one judgment a person and answer.

They stand in the notebook with the answers, and go when these go. Knows nothing about what
an answer says, nor who may judge it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, delete, func, insert, select, update

from store.notebook import Notebook, plain
from store.noted import answers, judgments
from store.records import AnswerNotFound
from store.sqlite import moment_text

LONGEST_WORD = 2_000
"""Characters of a word why, or of a note."""


class Verdict(StrEnum):
    """What an answer is to the one who judges it."""

    USEFUL = "useful"
    WRONG = "wrong"
    WRONG_SOURCE = "wrong_source"


@dataclass(frozen=True, slots=True)
class Handled:
    """That an archivist saw to it: when, who, and what they noted."""

    moment: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Judgment:
    """One person's judgment of an answer, as it stands; `citation` is the number of a wrong source."""

    answer_id: str
    judge: str
    verdict: Verdict
    moment: datetime
    citation: int | None = None
    why: str = ""
    handled: Handled | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many judgments there are of a verdict, and how many nobody saw to yet."""

    given: int = 0
    open: int = 0


class Judgments:
    """The judgments of everybody."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    @property
    def keeps(self) -> bool:
        """Whether any are kept at all."""
        return self._notebook.keeps

    def judge(self, judgment: Judgment) -> None:
        """Write it down in place of the same person's earlier one. Raises AnswerNotFound, ArchiveError.

        What an archivist noted of an earlier one is gone with it: this one is to be seen to.
        """
        row = {
            "verdict": judgment.verdict.value,
            "citation": judgment.citation,
            "why": plain(judgment.why).strip()[:LONGEST_WORD],
            "judged": moment_text(judgment.moment),
            "handled": None,
            "handled_by": None,
            "note": "",
        }
        standing = _of(judgment.answer_id, judgment.judge)
        kept = and_(answers.c.id == judgment.answer_id, answers.c.given >= self._notebook.oldest(judgment.moment))
        with self._notebook.writing() as connection:
            if connection.scalar(select(answers.c.id).where(kept)) is None:
                raise AnswerNotFound(judgment.answer_id)
            if not connection.execute(update(judgments).where(standing).values(**row)).rowcount:
                by = {"answer_id": judgment.answer_id, "judge": plain(judgment.judge)}
                connection.execute(insert(judgments), {**by, **row})

    def retract(self, answer_id: str, judge: str) -> None:
        """Take one's judgment back; nothing where there is none. Raises ArchiveError."""
        with self._notebook.writing() as connection:
            connection.execute(delete(judgments).where(_of(answer_id, judge)))

    def handle(self, answer_id: str, judge: str, handled: Handled | None) -> None:
        """Note that it was seen to; None opens it again. Raises AnswerNotFound, ArchiveError."""
        row: dict[str, Any] = {"handled": None, "handled_by": None, "note": ""}
        if handled is not None:
            note = plain(handled.note).strip()[:LONGEST_WORD]
            row = {"handled": moment_text(handled.moment), "handled_by": plain(handled.by), "note": note}
        with self._notebook.writing() as connection:
            if not connection.execute(update(judgments).where(_of(answer_id, judge)).values(**row)).rowcount:
                raise AnswerNotFound(answer_id)

    def standing(self, judge: str, answer_ids: Collection[str], now: datetime) -> dict[str, Judgment]:
        """What this person thought of these answers. Raises ArchiveError."""
        such = and_(judgments.c.judge == judge, judgments.c.answer_id.in_(sorted(answer_ids)))
        return {one.answer_id: one for one in self._read(now, such)} if answer_ids else {}

    def listed(
        self,
        now: datetime,
        verdict: Verdict | None = None,
        *,
        handled: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Judgment]:
        """Newest first; of one verdict, and those seen to or those not, where that is said. Raises ArchiveError."""
        such: list[ColumnElement[bool]] = [] if verdict is None else [judgments.c.verdict == verdict.value]
        if handled is not None:
            such.append(judgments.c.handled.is_not(None) if handled else judgments.c.handled.is_(None))
        return self._read(now, *such, limit=limit, offset=offset)

    def tallies(self, now: datetime) -> dict[Verdict, Tally]:
        """How many there are of each verdict. Raises ArchiveError."""
        opened = func.sum(case((judgments.c.handled.is_(None), 1), else_=0))
        query = (
            select(judgments.c.verdict, func.count().label("given"), opened.label("opened"))
            .join(answers, answers.c.id == judgments.c.answer_id)
            .where(answers.c.given >= self._notebook.oldest(now))
            .group_by(judgments.c.verdict)
        )
        empty = dict.fromkeys(Verdict, Tally())
        return empty | self._notebook.read(
            lambda connection: {
                Verdict(row.verdict): Tally(row.given, int(row.opened)) for row in connection.execute(query)
            },
            empty,
        )

    def _read(
        self, now: datetime, *such: ColumnElement[bool], limit: int | None = None, offset: int = 0
    ) -> list[Judgment]:
        query = (
            select(judgments)
            .join(answers, answers.c.id == judgments.c.answer_id)
            .where(answers.c.given >= self._notebook.oldest(now), *such)
            .order_by(judgments.c.judged.desc(), judgments.c.answer_id, judgments.c.judge)
            .limit(limit)
            .offset(offset)
        )

        def read(connection: Connection) -> list[Judgment]:
            return list(_judgments(connection.execute(query)))

        return self._notebook.read(read, [])


def _judgments(rows: Any) -> Iterator[Judgment]:
    for row in rows:
        moment = datetime.fromisoformat(row.judged)
        yield Judgment(
            row.answer_id, row.judge, Verdict(row.verdict), moment, row.citation, row.why, handled=_handled(row)
        )


def _handled(row: Row[Any]) -> Handled | None:
    if row.handled is None:
        return None
    return Handled(datetime.fromisoformat(row.handled), row.handled_by, row.note)


def _of(answer_id: str, judge: str) -> ColumnElement[bool]:
    return and_(judgments.c.answer_id == answer_id, judgments.c.judge == plain(judge))
