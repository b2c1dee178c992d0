"""Curated answers that fall back to drafts, in the transaction that changes a release they rest on.

Knows nothing about who may see an answer: that is `curated`, whose predicate holds whatever
is written here. What is under embargo leaves no trace here before its minute: until then an
answer it corrects stands for the public, and afterwards the predicate stops it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select, update

from store.amendments import FIELDS
from store.entries import Fallen, State
from store.records import Release
from store.schema import PARIS, corrections, curated, curated_rests_on, releases, versions

_RESTING = select(curated_rests_on.c.entry_id).where(curated_rests_on.c.release_id == bindparam("release_id"))
_CORRECTED = (
    select(corrections.c.release_id, corrections.c.target, corrections.c.replaces, versions.c.title)
    .add_columns(versions.c.embargo, versions.c.published, versions.c.record["source", "received"].label("received"))
    .join(releases, releases.c.id == corrections.c.release_id)
    .join(versions, and_(versions.c.release_id == releases.c.id, versions.c.version == releases.c.current))
    .where(corrections.c.target.in_(bindparam("targets", expanding=True)), releases.c.withdrawn.is_(None))
)
_TITLE = (
    select(versions.c.title)
    .join(releases, and_(releases.c.id == versions.c.release_id, releases.c.current == versions.c.version))
    .where(releases.c.id == bindparam("release_id"))
)


def corrected(connection: Connection, release: Release) -> None:
    """A release has another version (`release`)."""
    _fall(connection, Fallen("version", release.id, release.title, str(release.version)))


def withdrawn(connection: Connection, release_id: str) -> None:
    title = connection.scalar(_TITLE, {"release_id": release_id}) or ""
    _fall(connection, Fallen("withdrawn", release_id, title))


def amended(connection: Connection, before: Release, release: Release) -> None:
    """A version stands with other values than `before`."""
    changed = [name for name in FIELDS if getattr(before, name) != getattr(release, name)]
    if changed:
        _fall(connection, Fallen("amended", release.id, before.title, ",".join(changed)))


def by_others(connection: Connection, targets: Collection[str]) -> None:
    """These releases may be corrected or replaced by others now: by those that are no secret."""
    resting = select(curated_rests_on.c.release_id).where(curated_rests_on.c.release_id.in_(sorted(targets)))
    held = set(connection.scalars(resting)) if targets else set()
    for row in connection.execute(_CORRECTED, {"targets": sorted(held)}).all() if held else ():
        if row.embargo is not None or _still_to_come(row.published, row.received):
            continue
        title = connection.scalar(_TITLE, {"release_id": row.target}) or ""
        kind = "replaced" if row.replaces else "rectified"
        _fall(connection, Fallen(kind, row.target, title, row.title), unless_on=row.release_id)


def _still_to_come(published: str | None, received: str | None) -> bool:
    """Whether a release came in before the day it is published."""
    if published is None or received is None:
        return False
    return datetime.fromisoformat(received).astimezone(PARIS).date().isoformat() < published


def _fall(connection: Connection, fallen: Fallen, unless_on: str | None = None) -> None:
    """Every entry that rests on the release is a draft; but those that rest on what corrects it too."""
    resting = set(connection.scalars(_RESTING, {"release_id": fallen.release_id}))
    if unless_on is not None and resting:
        resting -= set(connection.scalars(_RESTING, {"release_id": unless_on}))
    if resting:
        told = {"kind": fallen.kind, "release_id": fallen.release_id, "title": fallen.title, "detail": fallen.detail}
        connection.execute(
            update(curated).where(curated.c.id.in_(sorted(resting))).values(state=State.DRAFT.value, fallen=told)
        )
