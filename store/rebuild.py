"""A new generation of passages and indexes, built beside the old one and swapped in.

The old generation serves until the last moment. A rebuild that is killed goes on where it
stopped, as long as it is asked for with the same model and chunking. Swapping whole
folders also gives back the disk that Chroma's deletions keep (chroma issue 5259).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from store import refrains
from store.catalogue import Catalogue, Cut, meta_value, set_meta_value, shelve_passages
from store.indexes import Indexes
from store.records import ArchiveError, Passage
from store.rows import joined, release_of
from store.schema import passages, pending, releases, versions

_STEP = 32


def rebuild(
    catalogue: Catalogue,
    folder: Path,
    made_by: str,
    make: Callable[[int], Indexes],
    cut: Cut,
    progress: Callable[[int, int], None],
) -> Indexes:
    """Build the next generation and put it in use; the caller lets go of the old one."""
    old = catalogue.generation()
    _begin(catalogue, folder, old + 1, made_by)
    new = make(old + 1)
    try:
        while True:
            while missing := _missing(catalogue, old + 1, _STEP):
                _cut_and_index(catalogue, new, missing, cut)
                progress(*_progress(catalogue, old + 1))
            with catalogue.transaction() as connection:
                complete = not _absent(connection, old + 1, 1)
                if complete:
                    _swap(connection, old, made_by)
            if complete:
                break
    except BaseException:
        new.close()
        raise
    new.mend()
    return new


def _begin(catalogue: Catalogue, folder: Path, generation: int, made_by: str) -> None:
    """Go on with a rebuild that was cut off, or clear away one that was meant otherwise."""
    with catalogue.transaction() as connection:
        if meta_value(connection, "rebuilding") == f"{generation} {made_by}":
            return
        connection.execute(delete(passages).where(passages.c.generation == generation))
        shutil.rmtree(folder / f"indexes-{generation}", ignore_errors=True)
        set_meta_value(connection, "rebuilding", f"{generation} {made_by}")


def _missing(catalogue: Catalogue, generation: int, limit: int) -> list[tuple[str, int]]:
    with catalogue.reading() as connection:
        return _absent(connection, generation, limit)


def _absent(connection: Connection, generation: int, limit: int) -> list[tuple[str, int]]:
    """Current releases that the generation does not hold yet."""
    held = and_(
        passages.c.generation == generation,
        passages.c.release_id == releases.c.id,
        passages.c.version == releases.c.current,
    )
    query = (
        select(releases.c.id, releases.c.current)
        .outerjoin(passages, held)
        .where(passages.c.id.is_(None), releases.c.withdrawn.is_(None))
        .limit(limit)
    )
    return [(row.id, row.current) for row in connection.execute(query)]


def _cut_and_index(catalogue: Catalogue, new: Indexes, missing: list[tuple[str, int]], cut: Cut) -> None:
    made: list[tuple[str, int, Sequence[Passage]]] = []
    with catalogue.reading() as connection:
        for release_id, version in missing:
            query = joined().where(releases.c.id == release_id, versions.c.version == version)
            release = release_of(connection.execute(query).one(), datetime.now(UTC))
            found = cut(refrains.learnt(connection, release))
            if not found:
                raise ArchiveError(f"{release_id}: no passage could be cut from it; withdraw it or ingest it again.")
            made.append((release_id, version, found))
    with catalogue.transaction() as connection:
        for release_id, version, found in made:
            shelve_passages(connection, new.generation, release_id, version, found)
    new.index(missing)


def _progress(catalogue: Catalogue, generation: int) -> tuple[int, int]:
    with catalogue.reading() as connection:
        done: Any = connection.scalar(
            select(func.count(passages.c.release_id.distinct())).where(passages.c.generation == generation)
        )
        total = connection.scalar(select(func.count()).where(releases.c.withdrawn.is_(None)))
    return done or 0, total or 0


def _swap(connection: Connection, old: int, made_by: str) -> None:
    set_meta_value(connection, "generation", str(old + 1))
    set_meta_value(connection, "made_by", made_by)
    set_meta_value(connection, "rebuilding", "")
    connection.execute(delete(passages).where(passages.c.generation == old))
    connection.execute(delete(pending))
