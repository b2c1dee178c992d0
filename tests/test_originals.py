"""Documents kept as they came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.pipeline import TOO_LARGE, Line, ingest
from store.archive import Archive
from store.embedding import Tokens
from store.originals import SPARED, Originals
from store.records import ArchiveError, Scope

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DATA = "COMMUNIQUE DE PRESSE\n\nLundi 13 mai 2024\n\nLA CRIÉE ROUVRE\n\nElle rouvre mardi, après deux ans.\n".encode()
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


def kept(originals: Originals) -> list[Path]:
    return sorted(each for each in originals.folder.rglob("*") if each.is_file())


def test_what_is_kept_comes_back(originals: Originals) -> None:
    """Bytes come back as they were, and are kept once, under their digest."""
    assert originals.open(DIGEST) is None
    assert originals.keep(DIGEST, DATA)
    assert originals.keep(DIGEST, DATA)
    assert originals.open(DIGEST) == DATA
    assert originals.holds(DIGEST)
    assert kept(originals) == [originals.folder / DIGEST[:2] / DIGEST]


@pytest.mark.parametrize("digest", ["", "../../catalogue.sqlite", "a" * 63, DIGEST.upper(), DIGEST + "/../x", "0" * 64])
def test_only_a_digest_names_a_document(originals: Originals, digest: str) -> None:
    """What is no digest, or not that of the bytes, neither reads nor writes anything."""
    originals.keep(DIGEST, DATA)
    assert originals.open(digest) is None
    assert not originals.keep(digest, DATA)
    assert len(kept(originals)) == 1


def test_too_large_is_not_kept(tmp_path: Path) -> None:
    """A document over the limit is refused, and leaves nothing behind."""
    small = Originals(tmp_path / "originals", largest=10)
    assert not small.keep(DIGEST, DATA)
    assert not small.folder.exists()


def test_damage_is_noticed_and_mended(originals: Originals) -> None:
    """Bytes that changed on the disk are not handed out; keeping a document that was cut short writes it anew."""
    originals.keep(DIGEST, DATA)
    place = originals.path(DIGEST)
    assert place is not None
    place.write_bytes(DATA[:-3])
    assert originals.open(DIGEST) is None
    assert originals.keep(DIGEST, DATA)
    assert originals.open(DIGEST) == DATA


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """Where nothing can be written, the error names the place, and no half file stays."""
    (tmp_path / "originals").write_text("not a folder")
    with pytest.raises(ArchiveError, match="cannot be written"):
        Originals(tmp_path / "originals").keep(DIGEST, DATA)


def test_what_nobody_knows_is_swept(originals: Originals) -> None:
    """A file no release came from, or half of one, goes after a day; the rest stays."""
    originals.keep(DIGEST, DATA)
    orphan = sha256(b"orphan").hexdigest()
    originals.keep(orphan, b"orphan")
    half = originals.folder / "ab"
    half.mkdir()
    (half / ".x.part").write_bytes(b"half")
    now = datetime.now(UTC)
    assert originals.sweep({DIGEST}, now) == 0
    assert originals.sweep({DIGEST}, now + SPARED + timedelta(minutes=1)) == 2
    assert [each.name for each in kept(originals)] == [DIGEST]


MAIL = b"""From: presse@sarvelle.example\r
Subject: Communiques\r
Date: Mon, 13 May 2024 10:00:00 +0200\r
Content-Type: multipart/mixed; boundary=X\r
\r
--X\r
Content-Type: text/plain; charset=utf-8\r
\r
COMMUNIQUE DE PRESSE\r
\r
LE MARCHE DES QUAIS DEMENAGE\r
\r
Le marche des quais de Sarvelle demenage samedi prochain sur la place du Port, le temps des travaux.\r
Les quarante commercants y seront installes chaque samedi, de huit heures a treize heures, tout l'ete.\r
Le stationnement y sera gratuit, et deux navettes partiront de la gare toutes les vingt minutes.\r
--X\r
Content-Type: text/plain; charset=utf-8\r
Content-Disposition: attachment; filename=pont.txt\r
\r
LE PONT ROUVRE\r
\r
Le pont rouvre lundi, apres deux ans de travaux et de patience.\r
--X--\r
"""
EXPORT = b'{"id": "CP-1", "title": "Le pont", "text": "Le pont rouvre lundi.", "date": "2024-05-13"}'
PAGE = b"<html><body><article><h1>La halle rouvre</h1><p>La halle rouvre lundi, enfin.</p></article></body></html>"


@pytest.fixture
def take(archive: Archive, tokens: Tokens, originals: Originals) -> Callable[..., list[Line]]:
    """Ingests paths into the test's archive, which keeps their originals."""

    def run(*paths: Path, into: Originals | None = originals) -> list[Line]:
        lines: list[Line] = []
        ingest(paths, archive, tokens.count, NOW, lines.append, originals=into)
        return lines

    return run


def test_every_document_of_a_folder_is_kept(
    tmp_path: Path, archive: Archive, take: Callable[..., list[Line]], originals: Originals
) -> None:
    """A file, a mail and what is attached to it, a web page and a record: each release's bytes are there."""
    press = tmp_path / "presse"
    press.mkdir()
    (press / "criee.txt").write_bytes(DATA)
    (press / "courriel.eml").write_bytes(MAIL)
    (press / "export.jsonl").write_bytes(EXPORT + b"\n")
    (press / "halle.html").write_bytes(PAGE)
    assert {line.outcome for line in take(press)} == {"added"}
    view = archive.view(Scope.ARCHIVIST, NOW)
    found = {view.release(entry.id).source.name: view.release(entry.id).source for entry in view.releases()}
    data = {Path(name).name: originals.open(source.sha256) for name, source in found.items()}
    assert data["criee.txt"] == DATA
    assert data["courriel.eml"] == MAIL
    assert (data["courriel.eml#pont.txt"] or b"").startswith(b"LE PONT ROUVRE")
    assert data["export.jsonl#CP-1"] == EXPORT
    assert data["halle.html"] == PAGE
    assert archive.catalogue.digests() == {source.sha256 for source in found.values()}


def test_an_older_archive_is_filled_by_ingesting_again(
    tmp_path: Path, take: Callable[..., list[Line]], originals: Originals
) -> None:
    """What was shelved without its original has it once it is ingested again, though nothing else changes."""
    (tmp_path / "criee.txt").write_bytes(DATA)
    take(tmp_path / "criee.txt", into=None)
    assert not originals.holds(DIGEST)
    assert [line.outcome for line in take(tmp_path / "criee.txt")] == ["unchanged"]
    assert originals.open(DIGEST) == DATA


def test_a_document_too_large_is_shelved_with_a_doubt(tmp_path: Path, take: Callable[..., list[Line]]) -> None:
    """A document over the limit becomes a release all the same, which says that its original is not here."""
    (tmp_path / "criee.txt").write_bytes(DATA)
    [line] = take(tmp_path / "criee.txt", into=Originals(tmp_path / "small", largest=10))
    assert line.outcome == "added"
    assert TOO_LARGE in line.doubts


def test_bytes_of_a_hidden_release_are_known(archive: Archive, shelve: Callable[..., object]) -> None:
    """Where bytes were read as several releases, a reader who may not see one of them is told so."""
    shelve("Le pont rouvre lundi.", name="/a/pont.txt", title="Le pont")
    view = archive.view(Scope.STAFF, NOW)
    [entry] = view.releases()
    digest = view.release(entry.id).source.sha256
    assert view.sees_all_of(digest)
    assert view.sees_all_of("0" * 64)
    archive.withdraw(entry.id, "erreur", NOW)
    assert not archive.view(Scope.STAFF, NOW).sees_all_of(digest)
    assert archive.view(Scope.ARCHIVIST, NOW).sees_all_of(digest)
