"""Each passage's vector, its sentences' and its release's title's, to score what any index proposed.

Beside it, one vector a passage at a byte a number (`compact`): where a filter leaves few
releases, their passages are scored one by one, so that none is missed. Holds ids and
numbers, never text, and only proposes: it can be erased and made again. Knows nothing
about visibility, or the model that made the vectors.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import orjson

from store.compact import Compact
from store.records import ArchiveError

if TYPE_CHECKING:
    from store.embedding import PassageVectors

Matrix = npt.NDArray[np.float32]

_STEP = 2_000


class SentenceVectors:
    """Each passage's vector and its sentences', in one SQLite file.

    The passage's in half precision, the sentences' as int8 with a scale each: 4 KB for a
    passage of eight sentences. Other processes may read the file meanwhile.
    """

    def __init__(self, path: Path) -> None:
        """Raises ArchiveError when the file cannot be opened."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA busy_timeout = 10000")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                " dimensions INTEGER NOT NULL, vectors BLOB NOT NULL)"
            )
            self._db.execute("CREATE TABLE IF NOT EXISTS titles (version TEXT PRIMARY KEY, vector BLOB NOT NULL)")
            self._compact = Compact(path.with_suffix(".i8"))
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"{path}: the sentence vectors cannot be opened ({error}); `porte-parole reindex` makes them anew."
            ) from error
        self._lock = threading.Lock()
        self._places: dict[str, list[int]] | None = None

    def put(self, items: Iterable[tuple[str, PassageVectors]], titles: Iterable[tuple[str, Matrix]] = ()) -> None:
        """Add or replace the vectors of these passages and of these versions' titles, all or none."""
        made = dict(items)
        rows = [(passage_id, len(one.vector), _packed(one)) for passage_id, one in made.items()]
        with self._writing() as db:
            if rows:
                self._fill(rows[0][1])  # before a place beyond the file's end makes it look whole
            db.executemany(
                "INSERT INTO passages (id, dimensions, vectors) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET dimensions = excluded.dimensions, vectors = excluded.vectors",
                rows,
            )
            db.executemany(
                "INSERT OR REPLACE INTO titles (version, vector) VALUES (?, ?)",
                [(version, vector.astype("<f2").tobytes()) for version, vector in titles],
            )
            numbers = self._numbers(made)
            if numbers:
                vectors = np.stack([made[passage_id].vector for passage_id in numbers])
                self._compact.put(np.fromiter(numbers.values(), dtype=np.int64), vectors)
            if self._places is not None:
                for passage_id, number in numbers.items():
                    places = self._places.setdefault(version_of(passage_id), [])
                    if number not in places:
                        places.append(number)

    def get(self, ids: Iterable[str]) -> dict[str, Matrix]:
        """Sentence vectors (n, d) of those passages that are there."""
        return {passage_id: _unpacked(blob, dimensions)[1] for passage_id, dimensions, blob in self._rows(ids)}

    def cosines(self, query: Sequence[float] | Matrix, ids: Iterable[str]) -> dict[str, list[float]]:
        """Per passage that is there: its own cosine to `query`, then each sentence's."""
        rows = self._rows(ids)
        if not rows:
            return {}
        asked = np.asarray(query, dtype=np.float32)
        size = len(asked)
        counts = [(len(blob) - 2 * size) // (size + 4) for _, _, blob in rows]
        wholes = b"".join(blob[: 2 * size] for _, _, blob in rows)
        scales = b"".join(blob[2 * size : 2 * size + 4 * n] for (_, _, blob), n in zip(rows, counts, strict=True))
        small = b"".join(blob[2 * size + 4 * n :] for (_, _, blob), n in zip(rows, counts, strict=True))
        own = (np.frombuffer(wholes, "<f2").reshape(-1, size).astype(np.float32) @ asked).tolist()
        each = np.frombuffer(small, np.int8).reshape(-1, size).astype(np.float32) @ asked
        said = (each * np.frombuffer(scales, "<f4")).tolist()
        ends = list(accumulate(counts))
        return {
            passage_id: [cosine, *said[end - n : end]]
            for (passage_id, _, _), cosine, n, end in zip(rows, own, counts, ends, strict=True)
        }

    def titles(self, query: Sequence[float] | Matrix, versions: Iterable[str]) -> dict[str, float]:
        """Per version (`release:version`) whose title is there, that title's cosine to `query`."""
        asked = np.asarray(query, dtype=np.float32)
        statement = "SELECT version, vector FROM titles WHERE version IN (SELECT value FROM json_each(?))"
        with self._lock:
            found = self._db.execute(statement, (_json(versions),)).fetchall()
        if not found:
            return {}
        vectors = np.frombuffer(b"".join([blob for _, blob in found]), "<f2").reshape(-1, len(asked)).astype(np.float32)
        # One by one: a product of all with the question would round otherwise with other titles beside.
        return {version: float(vector @ asked) for (version, _), vector in zip(found, vectors, strict=True)}

    def forget(self, versions: Iterable[str]) -> None:
        """Drop these versions' titles."""
        with self._writing() as db:
            db.executemany("DELETE FROM titles WHERE version = ?", [(version,) for version in versions])

    def nearest(self, query: Sequence[float] | Matrix, limit: int, among: Iterable[str]) -> list[tuple[str, float]]:
        """The `limit` nearest passages of these versions (`release:version`), best first, with about their cosines.

        Every passage of theirs is scored; versions that have none are no error.
        """
        asked = np.asarray(query, dtype=np.float32)
        with self._lock:
            known = self._known_places(len(asked))
            places = np.fromiter((place for one in among for place in known.get(one, ())), dtype=np.int64)
        cosines = self._compact.cosines(asked, places)
        if len(places) > limit:
            best = np.argpartition(-cosines, limit)[:limit]
            places, cosines = places[best], cosines[best]
        scored = dict(zip(places.tolist(), cosines.tolist(), strict=True))
        found = [(passage_id, scored[place]) for passage_id, place in self._ids(scored)]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def delete(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        with self._writing() as db:
            if self._places is not None:
                for passage_id, number in self._numbers(gone).items():
                    self._places[version_of(passage_id)].remove(number)
            db.executemany("DELETE FROM passages WHERE id = ?", [(passage_id,) for passage_id in gone])

    def has(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that are there."""
        query = "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        with self._lock:
            return {row[0] for row in self._db.execute(query, (_json(ids),))}

    def ids(self) -> set[str]:
        with self._lock:
            return {row[0] for row in self._db.execute("SELECT id FROM passages")}

    def count(self) -> int:
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def clear(self) -> None:
        """Forget every vector and give the disk back."""
        with self._writing() as db:
            db.execute("DELETE FROM passages")
            db.execute("DELETE FROM titles")
            self._places = None
            self._compact.clear()
        with self._lock:
            self._db.execute("VACUUM")

    def close(self) -> None:
        with self._lock:
            self._db.close()
            self._compact.close()

    def _ids(self, places: Iterable[int]) -> list[tuple[str, int]]:
        query = "SELECT id, number FROM passages WHERE number IN (SELECT value FROM json_each(?))"
        with self._lock:
            return self._db.execute(query, (orjson.dumps(list(places)).decode(),)).fetchall()

    def _numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Each passage's place; called under the lock."""
        query = "SELECT id, number FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(query, (_json(ids),)).fetchall())

    def _known_places(self, dimensions: int) -> dict[str, list[int]]:
        """The places of every version's passages, read once; called under the lock."""
        if self._places is None:
            self._fill(dimensions)
            self._places = {}
            for passage_id, number in self._db.execute("SELECT id, number FROM passages"):
                self._places.setdefault(version_of(passage_id), []).append(number)
        return self._places

    def _fill(self, dimensions: int) -> None:
        """Write the places the file does not have yet: an archive of before it, or a file cut short."""
        there = self._compact.count(dimensions)
        query = "SELECT number, dimensions, vectors FROM passages WHERE number >= ? ORDER BY number"
        found = self._db.execute(query, (there,))
        while rows := found.fetchmany(_STEP):
            numbers = np.array([number for number, _, _ in rows], dtype=np.int64)
            self._compact.put(numbers, np.stack([_unpacked(blob, size)[0] for _, size, blob in rows]))

    def _rows(self, ids: Iterable[str]) -> list[tuple[str, int, bytes]]:
        query = "SELECT id, dimensions, vectors FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        with self._lock:
            return self._db.execute(query, (_json(ids),)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._places = None
                if self._db.in_transaction:  # where the disk is full, SQLite has rolled back by itself
                    self._db.execute("ROLLBACK")
                raise


def version_of(passage_id: str) -> str:
    """« release:version » of « release:version:ordinal »."""
    return passage_id.rpartition(":")[0]


def _json(ids: Iterable[str]) -> str:
    return orjson.dumps(list(ids)).decode()


def _packed(made: PassageVectors) -> bytes:
    """float16 (d,), then per sentence a float32 scale, then int8 (n, d)."""
    scales = np.maximum(np.abs(made.sentences).max(axis=1, initial=0.0), 1e-12) / 127
    small = np.rint(made.sentences / scales[:, None]).astype(np.int8)
    return b"".join((made.vector.astype("<f2").tobytes(), scales.astype("<f4").tobytes(), small.tobytes()))


def _unpacked(blob: bytes, dimensions: int) -> tuple[Matrix, Matrix]:
    whole = np.frombuffer(blob, "<f2", dimensions).astype(np.float32)
    count = (len(blob) - 2 * dimensions) // (dimensions + 4)
    scales = np.frombuffer(blob, "<f4", count, 2 * dimensions)
    small = np.frombuffer(blob, np.int8, count * dimensions, 2 * dimensions + 4 * count)
    return whole, small.reshape(count, dimensions).astype(np.float32) * scales[:, None]
