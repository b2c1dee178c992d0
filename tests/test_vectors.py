"""store.vectors: what is near, in numbers only."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from store.records import ArchiveError, SettingsError
from store.vectors import Vectors


def rows(count: int, seed: int = 7, dimensions: int = 32) -> npt.NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    scaled: npt.NDArray[np.float32] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return scaled


def names(count: int) -> list[str]:
    return [f"2025-05-06-sarvelle-{number:04d}:1:0" for number in range(count)]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    opened = Vectors(tmp_path / "vectors")
    yield opened
    opened.close()


def test_the_nearest_come_first_with_their_cosines(vectors: Vectors) -> None:
    """The nearest passages come best first, each with its cosine."""
    ids, made = names(300), rows(300)
    vectors.upsert(ids, list(made))

    found = vectors.nearest(made[42], 10)

    cosines = made @ made[42]
    assert [passage_id for passage_id, _ in found] == [ids[i] for i in np.argsort(-cosines)[:10]]
    assert [cosine for _, cosine in found] == pytest.approx(np.sort(cosines)[::-1][:10], abs=1e-5)


def test_an_empty_collection_finds_nothing(vectors: Vectors) -> None:
    """Before anything is indexed, a search gives nothing rather than an error."""
    assert vectors.nearest(rows(1)[0], 5) == []
    assert vectors.ids() == set()


def test_vectors_survive_reopening(tmp_path: Path) -> None:
    """What was upserted, replaced and deleted is so after closing and opening again."""
    ids, made = names(50), rows(50)
    first = Vectors(tmp_path / "vectors")
    first.upsert(ids, list(made))
    first.upsert(ids[:1], [made[1]])
    first.delete([*ids[40:], "never:1:0"])
    first.close()

    again = Vectors(tmp_path / "vectors")
    assert again.count() == 40
    assert again.ids() == set(ids[:40])
    assert again.has([ids[0], ids[45]]) == {ids[0]}
    assert {passage_id for passage_id, _ in again.nearest(made[1], 2)} == {ids[0], ids[1]}
    again.close()


def test_more_than_one_batch_is_taken(vectors: Vectors) -> None:
    """More vectors than Chroma takes at once go in and out in batches."""
    vectors._batch = 64
    vectors.upsert(names(300), list(rows(300)))
    assert vectors.count() == 300
    vectors.delete(names(300))
    assert vectors.count() == 0


def test_a_dropped_collection_is_gone(tmp_path: Path) -> None:
    """Dropping one collection leaves the other, and dropping twice is no error."""
    old, new = Vectors(tmp_path, name="generation-1"), Vectors(tmp_path, name="generation-2")
    old.upsert(names(3), list(rows(3)))
    new.upsert(names(2), list(rows(2)))
    old.drop()
    old.drop()
    old.close()
    new.close()

    reopened = Vectors(tmp_path, name="generation-1")
    assert reopened.count() == 0
    assert Vectors(tmp_path, name="generation-2").count() == 2


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A folder that cannot hold vectors is named in the error, with what to do."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"file/vectors: the vectors cannot be opened .*reindex"):
        Vectors(tmp_path / "file" / "vectors")


def test_what_is_no_address_of_a_server_is_refused(tmp_path: Path) -> None:
    """A Chroma address must be one; a server that is not there is an error that names it."""
    with pytest.raises(SettingsError, match="write http://host:8000"):
        Vectors(tmp_path, url="localhost:8000")
    with pytest.raises(ArchiveError, match=r"127\.0\.0\.1:9: the Chroma server does not answer"):
        Vectors(tmp_path, url="http://127.0.0.1:9")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server, as an office would run it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sysconfig.get_path("scripts")) / "chroma"
    folder = str(tmp_path_factory.mktemp("server"))
    command = [str(chroma), "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        assert any("listening on address" in line for line in process.stdout)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_a_chroma_server_serves_as_the_embedded_one_does(server: str, tmp_path: Path) -> None:
    """On a server, the same calls give the same passages, and another client finds them there."""
    ids, made = names(100), rows(100)
    writer = Vectors(tmp_path, url=server, name="porte-parole-1")
    writer.upsert(ids, list(made))
    writer.delete(ids[90:])
    found = writer.nearest(made[3], 5)
    assert writer.has([ids[0], ids[95], "never:1:0"]) == {ids[0]}
    writer.close()

    assert [passage_id for passage_id, _ in found] == [ids[i] for i in np.argsort(-(made @ made[3])) if i < 90][:5]
    reader = Vectors(tmp_path, url=server, name="porte-parole-1")
    assert reader.ids() == set(ids[:90])
    reader.drop()
    reader.close()
    assert list(tmp_path.iterdir()) == []
