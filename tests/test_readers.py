"""The table of readers, and plain text."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.readers import READERS, count, is_readable, read, read_bytes, suffix_of
from store.records import UnreadableDocument


def only(path: Path) -> Document | UnreadableDocument:
    (read_one,) = read(path, path.name)
    return read_one


def test_plain_text_is_read_and_mended(tmp_path: Path) -> None:
    """Text, name, media type and digest of the bytes."""
    path = tmp_path / "a.txt"
    path.write_bytes("Le 1^{er} port\r\nde France".encode("cp1252"))
    document = only(path)
    assert isinstance(document, Document)
    assert document.text == "Le 1er port\nde France"
    assert (document.name, document.media_type) == ("a.txt", "text/plain")
    assert document.sha256 == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a.HTML", "a.pdf", "a.jsonl", "a.jsonl.gz"])
def test_suffixes_are_read_whatever_their_case(name: str) -> None:
    """The table is by suffix."""
    assert is_readable(Path(name))


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", "save it as .docx or PDF"),
        ("a.msg", "save it as .eml"),
        ("a.xyz", "formats read"),
        ("LISEZMOI", "without suffix"),
        ("a.heic", "save it as JPEG"),
        ("a.rar", "pack it as .zip"),
    ],
)
def test_other_formats_are_named_with_what_to_do(tmp_path: Path, name: str, advice: str) -> None:
    """A format that is not read yet is said to be so."""
    (tmp_path / name).write_bytes(b"x")
    refused = only(tmp_path / name)
    assert isinstance(refused, UnreadableDocument)
    assert "format not read" in refused.reason
    assert advice in refused.reason


@pytest.mark.parametrize("suffix", [*READERS, ".jsonl"])
def test_an_empty_file_is_named_in_every_format(tmp_path: Path, suffix: str) -> None:
    """Empty files are errors, not releases."""
    path = tmp_path / f"vide{suffix}"
    path.write_bytes(b"")
    refused = only(path)
    assert isinstance(refused, UnreadableDocument)
    assert refused.name == path.name


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.b.PDF", ".pdf"), ("a.jsonl.gz", ".jsonl.gz"), ("communiqué 12.03.docx", ".docx"), ("a.zip#b/c.txt", ".txt"),
     ("a.eml#pièce", ""), ("LISEZMOI", "")],
)  # fmt: skip
def test_a_name_is_looked_up_by_its_last_suffix(name: str, suffix: str) -> None:
    """Two where both are known together; a member by its own name, not by its archive's."""
    assert suffix_of(name) == suffix


def test_bytes_are_read_like_files() -> None:
    """By the suffix of their name, or by the one that is given."""
    (named,) = read_bytes(b"Le port rouvre.", "a.txt")
    (given,) = read_bytes(b"# Le port rouvre", "page", ".md")
    assert isinstance(named, Document)
    assert isinstance(given, Document)
    assert (named.text, given.text, given.name) == ("Le port rouvre.", "Le port rouvre", "page")


def test_line_ends_of_three_systems_are_one(tmp_path: Path) -> None:
    """A file that went through Windows and an old Mac."""
    (tmp_path / "a.txt").write_bytes(b"Ville\r\n\r\nLa criee\r\rrouvre.\n\nFin")
    document = only(tmp_path / "a.txt")
    assert isinstance(document, Document)
    assert document.text == "Ville\n\nLa criee\n\nrouvre.\n\nFin"


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """It may have gone since the folder was walked."""
    refused = only(tmp_path / "parti.txt")
    assert isinstance(refused, UnreadableDocument)
    assert "cannot be opened" in refused.reason


def test_documents_are_counted_before_they_are_read(tmp_path: Path) -> None:
    """An export counts its lines, anything else is one."""
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    assert count(tmp_path / "a.jsonl") == 2
    assert count(tmp_path / "a.pdf") == 1
