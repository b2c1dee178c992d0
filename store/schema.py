"""The catalogue's tables, and the one predicate that decides what each scope may see.

Dates are ISO text, moments ISO text in UTC (both sort as they read). Knows nothing about
who asks beyond the scope it is given.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    exists,
    func,
    true,
)

from store.records import Scope

SCHEMA_VERSION = 5
PARIS = ZoneInfo("Europe/Paris")
_SECONDS = 16
"""Predicates remembered: one is put together in a millisecond, and all of one second ask by the same."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

releases = Table(
    "releases",
    metadata,
    Column("id", String, primary_key=True),
    Column("reference", String, index=True),
    Column("url", String, index=True),
    Column("name", String, nullable=False, index=True),
    Column("current", Integer, nullable=False),
    Column("withdrawn", String),
    Column("reason", Text),
    Column("family", String, index=True),
    Column("translations", String, index=True),
    Column("changed", Integer, index=True),
)
"""`changed` counts the archive's changes: the highest number is the latest, its release the one it concerns."""

versions = Table(
    "versions",
    metadata,
    Column("release_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("issuer", String, index=True),
    Column("published", String, index=True),
    Column("embargo", String),
    Column("language", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("record", JSON, nullable=False),
    # All that decides who sees a version, without its text, which fills many pages of the file.
    Index("versions_facts", "release_id", "version", "published", "embargo", "language", "issuer"),
    # What releases are looked up by in the archive's own list.
    Index("versions_heads", "release_id", "version", "title", "issuer", "published"),
)

sources = Table(
    "sources",
    metadata,
    Column("sha256", String, nullable=False),
    Column("release_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("sha256", "release_id", "version"),
)

passages = Table(
    "passages",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("id", String, primary_key=True),
    Column("release_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", JSON, nullable=False),
    Column("context", Text, nullable=False),
    Column("kind", String),
    Index("passages_of_version", "generation", "release_id", "version"),
)

signatures = Table(
    "signatures",
    metadata,
    Column("band", LargeBinary, primary_key=True),
    Column("release_id", String, primary_key=True, index=True),
)

refrains = Table(
    "refrains",
    metadata,
    Column("issuer", String, primary_key=True),
    Column("paragraph", LargeBinary, primary_key=True),
    Column("release_id", String, primary_key=True, index=True),
)

corrections = Table(
    "corrections",
    metadata,
    Column("release_id", String, primary_key=True),
    Column("target", String, index=True),
    Column("replaces", Boolean, nullable=False),
)

amendments = Table(
    "amendments",
    metadata,
    Column("release_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Text),
    Column("was", Text),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("recheck", Boolean, nullable=False),
)

cosigners = Table(
    "cosigners",
    metadata,
    Column("issuer", String, primary_key=True),
    Column("release_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
)

rubrics = Table(
    "rubrics",
    metadata,
    Column("release_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("rubric", String, nullable=False),
)

verbatims = Table(
    "verbatims",
    metadata,
    Column("release_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("speaker", Text),
    Column("who", String, index=True),
    Column("office", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("indirect", Boolean, nullable=False),
    Column("stems", Text, nullable=False),
)
"""Who says what in each version: a quotation stands in its record too, here it is looked for."""

curated = Table(
    "curated",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("variants", JSON, nullable=False),
    Column("answer", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("valid_until", String),
    Column("owner", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("fallen", JSON(none_as_null=True)),
    Column("created", String, nullable=False),
    Column("changed", String, nullable=False),
    Column("by", String, nullable=False),
)
"""Answers in the press office's own words; `fallen` tells why one is a draft again."""

curated_rests_on = Table(
    "curated_rests_on",
    metadata,
    Column("entry_id", String, primary_key=True),
    Column("release_id", String, primary_key=True, index=True),
    Column("version", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
)

curated_vectors = Table(
    "curated_vectors",
    metadata,
    Column("model", String, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
"""Vectors of the words of curated answers, by what they are read from."""

pending = Table(
    "pending",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False, index=True),
    Column("release_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Index("pending_of_version", "release_id", "version", "kind"),
)

work = Table(
    "work",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("result", JSON),
    Column("asked", String, nullable=False),
)


def visible(scope: Scope, now: datetime) -> ColumnElement[bool]:
    """What `scope` may see at `now`, over `releases` joined to `versions`.

    Public: current versions, published (no day still to come in Paris), past embargo, not
    withdrawn, not replaced by another release. Staff: also embargoed. Archivist: also
    withdrawn and superseded.
    """
    if scope is Scope.ARCHIVIST:
        return true()
    return _visible(scope, *_moments(now))


def replaced(scope: Scope, now: datetime) -> ColumnElement[bool]:
    """Whether another release that `scope` may see annuls and replaces this one.

    A replacement under embargo leaves what it replaces standing for the public.
    """
    return _replaced(scope, *_moments(now))


def _moments(now: datetime) -> tuple[str, str]:
    """The second, and the day in Paris: all of a moment that decides who sees what."""
    return stamp(now), now.astimezone(PARIS).date().isoformat()


@lru_cache(_SECONDS)
def _visible(scope: Scope, moment: str, today: str) -> ColumnElement[bool]:
    return and_(_standing(releases, versions, scope, moment, today), ~_replaced(scope, moment, today))


@lru_cache(_SECONDS)
def _replaced(scope: Scope, moment: str, today: str) -> ColumnElement[bool]:
    return exists().where(
        corrections.c.target == releases.c.id,
        corrections.c.replaces,
        _BY.c.id == corrections.c.release_id,
        _BY_VERSION.c.release_id == _BY.c.id,
        _standing(_BY, _BY_VERSION, scope, moment, today),
    )


_BY, _BY_VERSION = releases.alias("replacing"), versions.alias("replacing_version")
"""Made once: an alias of many columns takes a millisecond."""


def _standing(release: Any, version: Any, scope: Scope, moment: str, today: str) -> ColumnElement[bool]:
    """A current version, not withdrawn; for the public also published and past its embargo."""
    staff = and_(release.c.withdrawn.is_(None), version.c.version == release.c.current)
    if scope is not Scope.PUBLIC:
        return staff
    return and_(
        staff,
        # No "is null or": SQLite would look both up in an index, though nearly every version passes.
        func.coalesce(version.c.embargo, "") <= moment,
        func.coalesce(version.c.published, "") <= today,
    )


def stamp(moment: datetime) -> str:
    """A moment as UTC text that sorts as it reads; `moment` must know its time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds")
