"""What tests share: the real embedder, archives in temporary folders, invented releases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from app import Program, Settings
from assistant.local.pulling import pull
from ingest.passages import CHUNKING, cut
from store.archive import Archive
from store.catalogue import Added
from store.embedding import Embedder, Tokens
from store.records import ModelUnavailable, Release, Source

pytest_plugins = ["browsing"]

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def program() -> Program:
    """The program as users have it, with its weights unpacked once in their cache."""
    return Program(Settings.read(os.environ, "unused"))


@pytest.fixture(scope="session")
def tokens(program: Program) -> Tokens:
    return program.tokens


@pytest.fixture(scope="session")
def embedder(program: Program) -> Embedder:
    return program.embedder


@pytest.fixture(scope="session")
def smollm2(program: Program) -> Path:
    """A real language model, which invents freely: fetched once into the users' own cache (93 MB)."""
    pytest.importorskip("xllamacpp", reason="the extra [local-llm] is not installed")
    try:
        return pull("smollm2-135m", program.settings.cache, lambda done, size: None).file
    except ModelUnavailable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def archive_in(folder: Path, program: Program, model: str | None = None, chunking: str = CHUNKING) -> Archive:
    """An archive on real SQLite, tantivy and Chroma; whoever opens it closes it."""
    return Archive(
        folder,
        model=lambda: model or program.model.name,
        embedder=lambda: program.embedder,
        chunking=chunking,
        cut=lambda release: cut(release, program.tokens.count),
    )


@pytest.fixture
def open_archive(program: Program) -> Iterator[Callable[[Path], Archive]]:
    """Opens archives on real SQLite, tantivy and Chroma, and closes them."""
    opened: list[Archive] = []

    def open_one(folder: Path, model: str | None = None, chunking: str = CHUNKING) -> Archive:
        archive = archive_in(folder, program, model, chunking)
        opened.append(archive)
        return archive

    yield open_one
    for archive in opened:
        archive.close()


@pytest.fixture
def archive(open_archive: Callable[[Path], Archive], tmp_path: Path) -> Archive:
    return open_archive(tmp_path / "archive")


def release(
    text: str,
    *,
    title: str = "Un titre",
    reference: str | None = None,
    issuer: str | None = "Métropole de Sarvelle",
    published: date | None = date(2025, 5, 6),
    name: str | None = None,
    url: str | None = None,
    **more: object,
) -> Release:
    """An invented release; its bytes are its text and title."""
    digest = sha256(f"{title}\n{text}\n{published}".encode()).hexdigest()
    source = Source(name or f"/presse/{reference or title}.txt", "text/plain", digest, url, NOW)
    return Release(text, source, reference=reference, title=title, issuer=issuer, published=published, **more)  # type: ignore[arg-type]


@pytest.fixture
def shelve(archive: Archive, tokens: Tokens) -> Callable[..., Added]:
    """Shelves an invented release in the test's archive."""

    def shelve_one(text: str, **facts: object) -> Added:
        made = release(text, **facts)  # type: ignore[arg-type]
        return archive.add(made, cut(made, tokens.count))

    return shelve_one
