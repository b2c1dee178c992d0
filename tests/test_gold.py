"""Known releases, read from messages of the federal kind."""

from __future__ import annotations

import io
import tarfile
from datetime import date
from pathlib import Path

import pytest
from federal import CONTACT, LEAD, messages

from ingest.evaluation.gold import numbers, read_gold


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    path = tmp_path / "mai.xml"
    path.write_bytes(messages(2))
    return path


def test_each_field_is_what_the_source_states(xml: Path) -> None:
    """The leading originator issues, the others sign with it."""
    gold = next(read_gold(xml))
    assert (gold.id, gold.issuer, gold.co_issuers) == ("100", "Agence des ports de l'Estuaire", ("Office du littoral",))
    assert (gold.place, gold.published, gold.lead) == ("Port-Clair", date(2024, 5, 1), LEAD)
    assert gold.contact == CONTACT
    assert gold.emails == {"anne.douce@port-clair.example"}
    assert gold.phones == {"580001122"}


def test_a_body_is_its_blocks_in_order(xml: Path) -> None:
    """Paragraphs, headings (bold ones too), items; a line break ends a block."""
    blocks = next(read_gold(xml)).blocks
    assert [block.kind for block in blocks] == [
        "paragraph", "heading", "paragraph", "paragraph", "item", "item", "heading", "paragraph",
    ]  # fmt: skip
    assert blocks[3].text == "Elle ouvre à huit heures, tous les jours."


def test_folders_and_archives_are_read_alike(xml: Path, tmp_path: Path) -> None:
    """A folder of files, or a tar of them."""
    archive = tmp_path / "year.tar.xz"
    with tarfile.open(archive, "w:xz") as tar:
        info = tarfile.TarInfo("2024/mai.xml")
        info.size = len(xml.read_bytes())
        tar.addfile(info, io.BytesIO(xml.read_bytes()))
    assert list(read_gold(tmp_path)) == list(read_gold(archive)) == list(read_gold(xml))


@pytest.mark.parametrize("missing", ["title", "lead", "place", "contact", "body"])
def test_a_release_that_lacks_a_field_is_no_gold(tmp_path: Path, missing: str) -> None:
    """Nothing could be compared."""
    path = tmp_path / "a.xml"
    path.write_bytes(messages(1, **{missing: ""}))
    assert list(read_gold(path)) == []
    assert list(read_gold(path, "en")) == []


def test_telephones_are_compared_by_their_last_digits() -> None:
    """With or without country, whatever parts the digits; two in one string are two."""
    assert list(numbers("+41 (0)58 000 11 22")) == list(numbers("058 / 000 11 22")) == ["580001122"]
    assert list(numbers("058 000 11 22 / 079 000 33 44")) == ["580001122", "790003344"]
