"""Passages by meaning: a Chroma collection to search, and every vector kept for scoring.

`Vectors` proposes the nearest passages; `SentenceVectors` keeps each passage's vector and
its sentences' to score what any index proposed. Both hold ids and numbers, never text,
and only propose: both can be erased and made again. Embedded Chroma belongs to one
process, which does not see what another adds; a Chroma server is set by its URL.

Knows nothing about releases, visibility, or the model that made the vectors.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from store.records import ArchiveError, SettingsError

if TYPE_CHECKING:
    from store.embedding import PassageVectors

Matrix = npt.NDArray[np.float32]

_MANY: Final = 20_000  # ids handed to Chroma as a filter; beyond, fetching more and dropping is faster
_SURPLUS: Final = 10  # how many times `limit` is fetched then
_HNSW: Final = {"space": "cosine", "ef_construction": 128, "ef_search": 200, "max_neighbors": 24}


class Vectors:
    """One Chroma collection of passage vectors, cosine; ids are passage ids."""

    def __init__(self, folder: Path, url: str | None = None, name: str = "passages") -> None:
        """Open the collection `name` in `folder`, or on the Chroma server at `url`.

        Raises ArchiveError when it cannot be opened, SettingsError for a URL that is none.
        """
        self._where = url or str(folder)
        self._client = _client(folder, url)
        self._name = name
        self._lock = threading.Lock()
        self._known: set[str] | None = None
        try:
            self._collection = self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": dict(_HNSW)}
            )
            self._batch = int(self._client.get_max_batch_size())
        except Exception as error:  # Chroma's embedded engine raises its own kinds, and bare ones
            self._client.close()
            raise ArchiveError(
                f"{self._where}: the vectors cannot be opened ({error}); `porte-parole reindex` makes them anew."
            ) from error

    def upsert(self, ids: Sequence[str], vectors: Sequence[Matrix] | Matrix) -> None:
        """Add or replace vectors (n, d), in batches Chroma takes."""
        for start in range(0, len(ids), self._batch):
            part = list(ids[start : start + self._batch])
            self._collection.upsert(ids=part, embeddings=np.stack(list(vectors[start : start + self._batch])))
            with self._lock:
                if self._known is not None:
                    self._known.update(part)

    def delete(self, ids: Iterable[str]) -> None:
        """Drop these; ids that are not there are no error."""
        gone = sorted(self.has(ids))
        with self._lock:
            if self._known is not None:
                self._known.difference_update(gone)
        for start in range(0, len(gone), self._batch):
            self._collection.delete(ids=gone[start : start + self._batch])

    def nearest(
        self, vector: Sequence[float] | Matrix, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The `limit` nearest passages with their cosines, best first.

        `among` keeps only these, indexed or not. Up to 20,000 of them Chroma looks at no
        other; beyond, ten times `limit` are fetched and the others dropped.
        """
        if among is None:
            return self._query(vector, limit, None)
        kept = self.has(among)
        if len(kept) > _MANY:
            found = self._query(vector, _SURPLUS * limit, None)
            return [(passage_id, cosine) for passage_id, cosine in found if passage_id in kept][:limit]
        try:
            return self._query(vector, limit, list(kept))
        except Exception:  # Chroma refuses an id that another thread deleted since: ask without it
            if (left := self.has(kept)) == kept:
                raise
            return self._query(vector, limit, list(left))

    def ids(self) -> set[str]:
        """Every id of the collection."""
        with self._lock:
            return set(self._read())

    def has(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that have a vector."""
        with self._lock:
            return self._read().intersection(ids)

    def count(self) -> int:
        with self._lock:
            return len(self._read())

    def drop(self) -> None:
        """Delete the collection for good."""
        from chromadb.errors import NotFoundError

        with self._lock:
            self._known = set()
        try:
            self._client.delete_collection(self._name)
        except NotFoundError:
            return

    def close(self) -> None:
        self._client.close()

    def _query(self, vector: Sequence[float] | Matrix, limit: int, ids: list[str] | None) -> list[tuple[str, float]]:
        wanted = min(limit, self.count() if ids is None else len(ids))
        if wanted <= 0:
            return []
        found = self._collection.query(
            query_embeddings=[np.asarray(vector, dtype=np.float32)], n_results=wanted, ids=ids, include=["distances"]
        )
        return [(passage_id, 1 - far) for passage_id, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _read(self) -> set[str]:
        """Every id, read once: nobody else writes this collection. Called under the lock."""
        if self._known is None:
            self._known = set(self._collection.get(include=[])["ids"])
        return self._known


def _client(folder: Path, url: str | None) -> Any:
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if url is None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(str(folder), settings=quiet)
        except Exception as error:  # Chroma raises bare errors here
            raise ArchiveError(
                f"{folder}: the vectors cannot be opened ({error}); `porte-parole reindex` makes them anew."
            ) from error
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"« {url} » is no address of a Chroma server: write http://host:8000.")
    secure = parts.scheme == "https"
    try:
        return chromadb.HttpClient(parts.hostname, parts.port or (443 if secure else 8000), ssl=secure, settings=quiet)
    except Exception as error:
        raise ArchiveError(
            f"{url}: the Chroma server does not answer ({error}); start it, or unset its URL."
        ) from error


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
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(
                f"{path}: the sentence vectors cannot be opened ({error}); `porte-parole reindex` makes them anew."
            ) from error
        self._lock = threading.Lock()

    def put(self, items: Iterable[tuple[str, PassageVectors]]) -> None:
        """Add or replace these passages' vectors, all or none."""
        rows = [(passage_id, len(made.vector), _packed(made)) for passage_id, made in items]
        with self._writing() as db:
            db.executemany(
                "INSERT INTO passages (id, dimensions, vectors) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET dimensions = excluded.dimensions, vectors = excluded.vectors",
                rows,
            )

    def get(self, ids: Iterable[str]) -> dict[str, Matrix]:
        """Sentence vectors (n, d) of those passages that are there."""
        return {passage_id: _unpacked(blob, dimensions)[1] for passage_id, dimensions, blob in self._rows(ids)}

    def cosines(self, query: Sequence[float] | Matrix, ids: Iterable[str]) -> dict[str, list[float]]:
        """Per passage that is there: its own cosine to `query`, then each sentence's."""
        asked = np.asarray(query, dtype=np.float32)
        found: dict[str, list[float]] = {}
        for passage_id, dimensions, blob in self._rows(ids):
            whole, sentences = _unpacked(blob, dimensions)
            found[passage_id] = [float(whole @ asked), *(sentences @ asked).tolist()]
        return found

    def delete(self, ids: Iterable[str]) -> None:
        with self._writing() as db:
            db.executemany("DELETE FROM passages WHERE id = ?", [(passage_id,) for passage_id in ids])

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
        with self._lock:
            self._db.execute("VACUUM")

    def close(self) -> None:
        with self._lock:
            self._db.close()

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
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _json(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))


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
