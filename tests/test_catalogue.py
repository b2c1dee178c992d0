"""The catalogue: identity, versions, what was seen, what is owed, and a disk that fills."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from conftest import NOW, release
from store.catalogue import Catalogue
from store.records import ArchiveError, ArchiveTooNew, Passage, Release, ReleaseNotFound, Span
from store.schema import SCHEMA_VERSION


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def whole(made: Release) -> list[Passage]:
    span = Span(0, len(made.text))
    return [Passage(0, span, (span,), made.text)]


def add(catalogue: Catalogue, made: Release) -> str:
    return catalogue.add(made, whole(made), whole).outcome


def test_the_same_reference_is_the_same_release(catalogue: Catalogue) -> None:
    """Another text under the same reference is a new version, wherever it comes from."""
    assert add(catalogue, release("Un texte.", reference="cp-1", name="/a.txt")) == "added"
    assert add(catalogue, release("Un autre texte.", reference="cp-1", name="/b.txt")) == "corrected"


def test_the_same_address_is_the_same_release(catalogue: Catalogue) -> None:
    """Without a reference, the address tells."""
    add(catalogue, release("Un texte.", url="https://presse.example/1", name="/a.html"))
    assert add(catalogue, release("Un autre.", url="https://presse.example/1", name="/b.html")) == "corrected"


def test_the_same_place_is_the_same_release(catalogue: Catalogue) -> None:
    """Without reference and address, the path tells."""
    add(catalogue, release("Un texte.", name="/a.txt"))
    assert add(catalogue, release("Un autre.", name="/a.txt")) == "corrected"
    assert add(catalogue, release("Un autre.", name="/b.txt")) == "added"


def test_two_references_at_one_address_stay_apart(catalogue: Catalogue) -> None:
    """Records of an export that all give the press room's address are not one release."""
    assert add(catalogue, release("Un.", reference="cp-1", url="https://presse.example/")) == "added"
    assert add(catalogue, release("Deux.", reference="cp-2", url="https://presse.example/")) == "added"


def test_reading_again_what_says_the_same_changes_nothing(catalogue: Catalogue) -> None:
    """Other bytes with the same content are unchanged, and remembered as seen."""
    made = release("Un texte.", reference="cp-1")
    add(catalogue, made)
    again = replace(made, source=replace(made.source, sha256="ff" * 32))
    assert add(catalogue, again) == "unchanged"
    assert catalogue.seen("ff" * 32, "/ailleurs.txt") is not None


def test_an_older_edition_corrects_nothing(catalogue: Catalogue) -> None:
    """Where the source numbers its versions, they may be read in any order."""
    assert add(catalogue, release("Deuxième texte.", reference="cp-1", edition=2)) == "added"
    assert add(catalogue, release("Premier texte.", reference="cp-1", edition=1)) == "unchanged"
    assert add(catalogue, release("Troisième texte.", reference="cp-1", edition=3)) == "corrected"


def test_another_embargo_is_a_correction(catalogue: Catalogue) -> None:
    """The text alone does not make a version: a moved embargo must count at once."""
    made = release("Un texte.", reference="cp-1", embargo=datetime(2026, 5, 1, tzinfo=UTC))
    add(catalogue, made)
    assert add(catalogue, replace(made, embargo=datetime(2026, 6, 1, tzinfo=UTC))) == "corrected"


def test_an_old_copy_elsewhere_does_not_come_back(catalogue: Catalogue) -> None:
    """Bytes of a superseded version found in another folder are seen; at its own place they are read."""
    old = release("Le stade coûtera 40 millions.", name="/cp.txt")
    add(catalogue, old)
    add(catalogue, release("Le stade coûtera 50 millions.", name="/cp.txt"))
    assert catalogue.seen(old.source.sha256, "/copies/cp.txt") is not None
    assert catalogue.seen(old.source.sha256, "/cp.txt") is None


def test_ids_are_readable_and_ascii(catalogue: Catalogue) -> None:
    """An id shows the date and the title, in ASCII."""
    made = release("Texte.", title="L’été à Œuvreville : 2ème édition", published=date(2025, 7, 1))
    release_id = catalogue.add(made, whole(made), whole).release_id
    assert release_id.isascii()
    assert release_id.startswith("2025-07-01-ete-oeuvreville")


def test_what_is_owed_is_committed_with_the_release(catalogue: Catalogue) -> None:
    """A new version owes its words and vectors, and that the one before be forgotten."""
    add(catalogue, release("Un.", reference="cp-1"))
    add(catalogue, release("Deux.", reference="cp-1"))
    debts = catalogue.debts("words", "vectors", "forget")
    assert [(debt.kind, debt.version) for debt in debts] == [
        ("words", 1), ("vectors", 1), ("forget", 1), ("words", 2), ("vectors", 2),
    ]  # fmt: skip
    catalogue.settle(debts)
    assert catalogue.owed("words", "vectors", "forget") == 0


def test_withdrawing_what_is_not_there_names_it(catalogue: Catalogue) -> None:
    """An unknown id is an error that repeats it."""
    with pytest.raises(ReleaseNotFound, match="cp-404"):
        catalogue.withdraw("cp-404", "erreur", NOW)


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Nothing is changed in it, and the message says to upgrade."""
    path = tmp_path / "catalogue.sqlite"
    Catalogue(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION + 1),))
    with pytest.raises(ArchiveTooNew, match="Upgrade"):
        Catalogue(path)


def test_a_full_disk_is_said_and_loses_nothing(catalogue: Catalogue) -> None:
    """What was taken in stays, the release that did not fit leaves no trace, and later it fits."""
    add(catalogue, release("Un texte.", reference="cp-1"))
    large = release("Un très long texte. " * 50_000, reference="cp-2")
    with catalogue.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(ArchiveError, match="disk is full"):
        add(catalogue, large)
    assert catalogue.releases() == 1
    with catalogue.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert add(catalogue, large) == "added"


def test_rubbish_in_place_of_the_catalogue_is_named(tmp_path: Path) -> None:
    """A file that is no catalogue gives an error with its path, not a trace."""
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"ceci n'est pas une base" * 100)
    with pytest.raises(ArchiveError, match=r"catalogue\.sqlite"):
        Catalogue(path)
