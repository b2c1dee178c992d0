"""The shelf of letters that were seen to: which mails have a draft already, and which need none.

A file of its own beside the catalogue. It holds no words and no addresses, only digests, so
that a restart neither drafts a reply twice nor forgets one. Knows nothing of mail.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Index, MetaData, String, Table, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from store.apart import Apart

PATIENCE = 10.0
DAY = timedelta(days=1)

BEGUN, DRAFTED, PASSED = "begun", "drafted", "passed"

_metadata = MetaData()
_letters = Table(
    "letters",
    _metadata,
    Column("place", String, primary_key=True),
    Column("letter", String, nullable=False),
    Column("sender", String, nullable=False),
    Column("state", String, nullable=False),
    Column("at", String, nullable=False),
    Index("letters_letter", "letter"),
    Index("letters_sender", "sender", "at"),
)


@dataclass
class Letters:
    """The letters seen to, in an SQLite file; made when the first is. Safe between processes.

    `place` is where a letter lies in its mailbox, `letter` its own id, `sender` whose it is;
    of each only a digest is kept. Every method may raise ArchiveError.
    """

    path: Path
    _file: Apart = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._file = Apart(self.path, "letters seen to", _prepare, PATIENCE)

    def settled(self, place: str) -> bool:
        """Whether what lies at a place needs nothing more."""
        return self._state(_letters.c.place == _digest(place)) in (DRAFTED, PASSED)

    def drafted(self, letter: str) -> bool:
        """Whether a letter has its draft, wherever a copy of it lies."""
        mine = (_letters.c.letter == _digest(letter)) & (_letters.c.state == DRAFTED)
        return self._state(mine) is not None

    def begun(self, letter: str) -> bool:
        """Whether its draft was to be put down: it may lie there, where that was cut short."""
        return self._state((_letters.c.letter == _digest(letter)) & (_letters.c.state == BEGUN)) is not None

    def often(self, sender: str, now: datetime) -> int:
        """How many drafts answer this sender's letters of the last day."""
        since = _moment(now - DAY)
        theirs = (_letters.c.sender == _digest(sender.casefold())) & (_letters.c.at > since)
        query = select(func.count().label("often")).select_from(_letters).where(theirs, _letters.c.state == DRAFTED)
        found = self._file.rows(query)
        return found[0].often if found else 0

    def note(self, place: str, letter: str, sender: str, state: str, now: datetime) -> None:
        """Write down what became of a letter: BEGUN, DRAFTED or PASSED."""
        row = {
            "place": _digest(place),
            "letter": _digest(letter),
            "sender": _digest(sender.casefold()),
            "state": state,
            "at": _moment(now),
        }
        with self._file.writing() as connection:
            written = insert(_letters).values(row)
            connection.execute(written.on_conflict_do_update(index_elements=["place"], set_=row))

    def forget(self, before: datetime) -> None:
        """Forget what was seen to before then."""
        with self._file.writing() as connection:
            connection.execute(delete(_letters).where(_letters.c.at < _moment(before)))

    def close(self) -> None:
        self._file.close()

    def _state(self, where: Any) -> str | None:
        found = self._file.rows(select(_letters.c.state).where(where).limit(1))
        return found[0].state if found else None


def _prepare(connection: Connection, named: str) -> None:
    _metadata.create_all(connection)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
