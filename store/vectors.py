"""Passages by meaning: a Chroma collection that proposes the nearest of all.

It holds ids and vectors, never text, and only proposes: it can be erased and made again.
Embedded Chroma belongs to one process, which does not see what another adds; a Chroma
server is set by its URL. Where a filter leaves few passages, `sentence_vectors` scores
them one by one instead. Knows nothing about releases, visibility, or the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from store.records import ArchiveError, SettingsError

Matrix = npt.NDArray[np.float32]

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

    def delete(self, ids: Iterable[str]) -> None:
        """Drop these; ids that are not there are no error."""
        gone = sorted(self.has(ids))
        for start in range(0, len(gone), self._batch):
            self._collection.delete(ids=gone[start : start + self._batch])

    def nearest(self, vector: Sequence[float] | Matrix, limit: int) -> list[tuple[str, float]]:
        """The `limit` nearest passages with their cosines, best first."""
        asked = [np.asarray(vector, dtype=np.float32)]
        found = self._collection.query(query_embeddings=asked, n_results=limit, include=["distances"])
        return [(passage_id, 1 - far) for passage_id, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def ids(self) -> set[str]:
        """Every id of the collection: all of them are read."""
        return set(self._collection.get(include=[])["ids"])

    def has(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that have a vector."""
        asked = list(ids)
        found: set[str] = set()
        for start in range(0, len(asked), self._batch):
            found.update(self._collection.get(ids=asked[start : start + self._batch], include=[])["ids"])
        return found

    def count(self) -> int:
        return int(self._collection.count())

    def drop(self) -> None:
        """Delete the collection for good."""
        from chromadb.errors import NotFoundError

        try:
            self._client.delete_collection(self._name)
        except NotFoundError:
            return

    def close(self) -> None:
        self._client.close()


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
