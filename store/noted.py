"""The tables of what was answered: answers given, conversations, judgments; and how all of it is forgotten.

Moments are ISO text in UTC that sorts as it reads. Knows nothing about who writes or reads.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    select,
)

from store.apart import made

NOTED_VERSION = 2

metadata = MetaData()

format_ = Table("answers_format", metadata, Column("version", Integer, primary_key=True))

answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("given", String, nullable=False, index=True),
    Column("scope", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("record", JSON, nullable=False),
)

rested_on = Table(
    "answers_rest_on",
    metadata,
    Column("answer_id", String, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("release_id", String, primary_key=True, index=True),
    Column("version", Integer, primary_key=True),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("title", Text),
    Column("folded", Text, nullable=False),
    Column("began", String, nullable=False),
    Column("changed", String, nullable=False),
    Index("conversations_of_owner", "owner", "changed"),
)
"""`title` only where the owner gave one: else it is the first question that is still kept."""

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", String, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("answer_id", String, index=True),
    Column("given", String, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("folded", Text, nullable=False),
)
"""`folded` are the words of question and answer, to search in. An answer that is not kept has no id."""

judgments = Table(
    "judgments",
    metadata,
    Column("answer_id", String, primary_key=True),
    Column("judge", String, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("citation", Integer),
    Column("why", Text, nullable=False),
    Column("judged", String, nullable=False, index=True),
    Column("handled", String),
    Column("handled_by", String),
    Column("note", Text, nullable=False),
)


def prepare(connection: Connection, named: str) -> None:
    """Make the tables where there are none. Raises ArchiveTooNew."""
    # An older program would forget answers, and leave their questions in conversations: it must see the number.
    made(connection, metadata, format_, NOTED_VERSION, named)


def forget_before(connection: Connection, oldest: str) -> int:
    """Forget what is older than that moment, and what is left empty; gives how many answers that was."""
    old = select(answers.c.id).where(answers.c.given < oldest)
    connection.execute(delete(rested_on).where(rested_on.c.answer_id.in_(old)))
    connection.execute(delete(judgments).where(judgments.c.answer_id.in_(old)))
    forgotten = connection.execute(delete(answers).where(answers.c.given < oldest)).rowcount
    connection.execute(delete(turns).where(turns.c.given < oldest))
    connection.execute(delete(conversations).where(conversations.c.id.not_in(select(turns.c.conversation_id))))
    return forgotten
