"""Conversations, each of one person: what was asked, and the answer that is kept of each question.

They stand in the notebook beside the answers and live as long. Every query names the owner:
somebody else's conversation does not exist. Accounts are neither renamed nor removed, so a
name stays one person's. Deleting a conversation leaves the answers' records, which say
nothing of who asked. Knows nothing about what an answer says, nor about accounts.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from store.folding import fold
from store.notebook import Notebook, plain
from store.noted import conversations, rested_on, turns
from store.records import ConversationNotFound
from store.sqlite import moment_text

LONGEST_TITLE = 200
MOST_SOUGHT = 8
"""Words of a search that are looked for."""
_FOLDED = 20_000
"""Characters of question and answer that are searched in."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, when it was answered, and the id of the answer (None where that is not kept)."""

    question: str
    given: datetime
    answer_id: str | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A line of the list. `title` is the owner's where `named`, else the first question; `turns` counts."""

    id: str
    title: str
    named: bool
    began: datetime
    changed: datetime
    turns: int


def new_id() -> str:
    """An id for a conversation that is about to begin."""
    return secrets.token_hex(8)


class Conversations:
    """The conversations of everybody, one owner at a time."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    @property
    def keeps(self) -> bool:
        """Whether any are kept at all."""
        return self._notebook.keeps

    @property
    def days(self) -> int:
        """How long a question and its answer are kept."""
        return self._notebook.days

    def add(
        self, owner: str, conversation_id: str, exchange: Exchange, said: str, instead_of: str | None = None
    ) -> None:
        """Put an exchange behind the others, soon: neither waits nor raises. The first begins the conversation.

        `said` are the answer's words, to search in. `instead_of` is an answer whose place this one takes.
        """
        self._notebook.behind(
            f"a question in the conversation {conversation_id}",
            exchange.given,
            lambda connection: _add(connection, owner, conversation_id, exchange, said, instead_of),
        )

    def one(self, owner: str, conversation_id: str, now: datetime) -> Conversation:
        """Raises ConversationNotFound, ArchiveError."""
        found = self._read(self._lines(owner, now).where(conversations.c.id == conversation_id))
        if not found:
            raise ConversationNotFound(conversation_id)
        return found[0]

    def listed(
        self, owner: str, now: datetime, words: str = "", limit: int | None = None, offset: int = 0
    ) -> list[Conversation]:
        """Newest first; those that hold every one of `words`, in whatever capitals and accents. Raises ArchiveError."""
        query = self._lines(owner, now)
        for word in dict.fromkeys(fold(words).split()[:MOST_SOUGHT]):
            query = query.where(self._holds(word, now))
        return self._read(
            query.order_by(conversations.c.changed.desc(), conversations.c.id).limit(limit).offset(offset)
        )

    def turns(self, owner: str, conversation_id: str, now: datetime, last: int | None = None) -> list[Exchange]:
        """Its exchanges in order, or the `last` so many of them. Raises ConversationNotFound, ArchiveError."""
        query = (
            select(turns)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(conversations.c.owner == owner, turns.c.conversation_id == conversation_id, self._kept(now))
            .order_by(turns.c.ordinal.desc())
            .limit(last)
        )

        def read(connection: Connection) -> list[Exchange]:
            rows = connection.execute(query).all()
            return [Exchange(row.question, datetime.fromisoformat(row.given), row.answer_id) for row in reversed(rows)]

        nothing: list[Exchange] = []
        found = self._notebook.read(read, nothing)
        if not found:
            raise ConversationNotFound(conversation_id)
        return found

    def cited(self, owner: str, ids: Collection[str], now: datetime) -> dict[str, dict[tuple[str, int], datetime]]:
        """The releases, each with its version, that answers in these conversations cited, and when first.

        Raises ArchiveError.
        """
        cited = (turns.c.conversation_id, rested_on.c.release_id, rested_on.c.version)
        query = (
            select(*cited, func.min(turns.c.given).label("at"))
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .join(rested_on, rested_on.c.answer_id == turns.c.answer_id)
            .where(conversations.c.owner == owner, turns.c.conversation_id.in_(sorted(ids)), self._kept(now))
            .group_by(*cited)
        )

        def read(connection: Connection) -> dict[str, dict[tuple[str, int], datetime]]:
            found: dict[str, dict[tuple[str, int], datetime]] = {}
            for row in connection.execute(query):
                of_one = found.setdefault(row.conversation_id, {})
                of_one[row.release_id, row.version] = datetime.fromisoformat(row.at)
            return found

        return self._notebook.read(read, {}) if ids else {}

    def got(self, owner: str, answer_id: str, now: datetime) -> bool:
        """Whether this answer was given in a conversation of this owner. Raises ArchiveError."""
        query = (
            select(turns.c.answer_id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(conversations.c.owner == owner, turns.c.answer_id == answer_id, self._kept(now))
        )
        return self._notebook.read(lambda connection: connection.execute(query).first() is not None, False)

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give it a title; an empty one gives the first question back. Raises ConversationNotFound, ArchiveError."""
        given = " ".join(plain(title).split())[:LONGEST_TITLE]
        theirs = _theirs(owner, conversation_id)
        with self._notebook.writing() as connection:
            told = update(conversations).where(theirs).values(title=given or None, folded=fold(given))
            if not connection.execute(told).rowcount:
                raise ConversationNotFound(conversation_id)

    def delete(self, owner: str, conversation_id: str) -> None:
        """Forget the conversation and what was asked in it. Raises ConversationNotFound, ArchiveError."""
        with self._notebook.writing() as connection:
            if not connection.execute(delete(conversations).where(_theirs(owner, conversation_id))).rowcount:
                raise ConversationNotFound(conversation_id)
            connection.execute(delete(turns).where(turns.c.conversation_id == conversation_id))

    def _kept(self, now: datetime) -> ColumnElement[bool]:
        return turns.c.given >= self._notebook.oldest(now)

    def _lines(self, owner: str, now: datetime) -> Select[Any]:
        inside = and_(turns.c.conversation_id == conversations.c.id, self._kept(now))
        first = select(turns.c.question).where(inside).order_by(turns.c.ordinal).limit(1)
        counted = select(func.count()).select_from(turns).where(inside)
        return select(
            conversations, first.scalar_subquery().label("first"), counted.scalar_subquery().label("turns")
        ).where(conversations.c.owner == owner, exists().where(inside))

    def _holds(self, word: str, now: datetime) -> ColumnElement[bool]:
        inside = and_(turns.c.conversation_id == conversations.c.id, self._kept(now))
        return or_(
            conversations.c.folded.contains(word, autoescape=True),
            exists().where(inside, turns.c.folded.contains(word, autoescape=True)),
        )

    def _read(self, query: Select[Any]) -> list[Conversation]:
        def read(connection: Connection) -> list[Conversation]:
            return [
                Conversation(
                    row.id,
                    row.title or row.first,
                    row.title is not None,
                    datetime.fromisoformat(row.began),
                    datetime.fromisoformat(row.changed),
                    row.turns,
                )
                for row in connection.execute(query)
            ]

        return self._notebook.read(read, [])


def _theirs(owner: str, conversation_id: str) -> ColumnElement[bool]:
    return and_(conversations.c.id == conversation_id, conversations.c.owner == owner)


def _add(
    connection: Connection, owner: str, conversation_id: str, exchange: Exchange, said: str, instead_of: str | None
) -> None:
    given = moment_text(exchange.given)
    # First of all the conversation's row: it is locked, so that two who add at once come one after the other.
    of_id = conversations.c.id == conversation_id
    connection.execute(update(conversations).where(of_id).values(changed=given))
    theirs = connection.scalar(select(conversations.c.owner).where(of_id))
    if theirs is None:
        begun = {"id": conversation_id, "owner": owner, "folded": "", "began": given, "changed": given}
        connection.execute(insert(conversations), begun)
    elif theirs != owner:
        raise ConversationNotFound(conversation_id)
    question = plain(exchange.question)
    folded = " ".join(fold(f"{question} {plain(said)}").split())[:_FOLDED]
    row = {"answer_id": exchange.answer_id, "given": given, "question": question, "folded": folded}
    inside = turns.c.conversation_id == conversation_id
    if instead_of is not None:
        place = and_(inside, turns.c.answer_id == instead_of)
        if connection.execute(update(turns).where(place).values(**row)).rowcount:
            return
    last = connection.scalar(select(func.max(turns.c.ordinal)).where(inside)) or 0
    connection.execute(insert(turns), {"conversation_id": conversation_id, "ordinal": last + 1, **row})
