"""JSON Lines: text character for character, and each broken line named with its field."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutation import mutants

from ingest.document import Document
from ingest.readers.export import count_records, read_array, read_export
from store.records import UnreadableDocument

RECORD = {
    "id": "pc-7",
    "title": "La criée rouvre",
    "date": "2024-05-13",
    "issuer": "Ville de Port-Clair",
    "text": "La  criée\nrouvre\u00a0mardi, la 1^{ère} depuis deux ans.",
    "url": "https://port-clair.example/7",
    "lang": "fr",
    "contact": "Anne Douce, 01 99 00 12 34",
    "city": "Port-Clair",
    "embargo": "2024-05-14T08:00:00",
    "unknown": [1, 2],
}


def written(folder: Path, *records: object, name: str = "export.jsonl") -> Path:
    path = folder / name
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_all(path: Path) -> list[Document | UnreadableDocument]:
    return list(read_export(path, path.name))


def test_a_record_is_a_document(tmp_path: Path) -> None:
    """Its fields are hints, its text is untouched, its contact stands after the text."""
    (document,) = read_all(written(tmp_path, RECORD))
    assert isinstance(document, Document)
    assert document.text == f"{RECORD['text']}\n\n{RECORD['contact']}"
    assert document.name == "export.jsonl#pc-7"
    hints = document.hints
    assert (hints.reference, hints.title, hints.published) == ("pc-7", "La criée rouvre", date(2024, 5, 13))
    assert (hints.issuer, hints.place, hints.language) == ("Ville de Port-Clair", "Port-Clair", "fr")
    assert hints.embargo == datetime(2024, 5, 14, 6, 0, tzinfo=UTC)
    assert hints.url == "https://port-clair.example/7"


@given(text=st.text(min_size=1).filter(lambda text: text.strip() and not any(0xD800 <= ord(c) < 0xE000 for c in text)),
       contact=st.text(max_size=20))  # fmt: skip
def test_offsets_of_the_body_never_move(text: str, contact: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the contact, the body begins at 0 and is what the export says."""
    path = written(tmp_path_factory.mktemp("export"), json.dumps({"text": text, "contact": contact}))
    (document,) = read_all(path)
    assert isinstance(document, Document)
    assert document.text[: len(text)] == text


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"title": "Sans texte"}, "field « text »: missing"),
        ({"text": ""}, "field « text »: empty"),
        ({"text": " \n"}, "field « text »: empty"),
        ({"text": None}, "field « text »: empty"),
        ({"text": 5}, "field « text »: should be a string, is int"),
        ({"text": "a", "title": ["b"]}, "field « title »: should be a string, is list"),
        ({"text": "a", "date": "2018-02-31"}, "field « date »: "),
        ({"text": "a", "date": "bientôt"}, "field « date »: "),
        ({"text": "a", "date": 20180231}, "field « date »: should be a string"),
        ({"text": "a", "embargo": "demain"}, "field « embargo »: "),
        ({"text": "a", "embargo": "2024-02-31T10:00"}, "field « embargo »: "),
        ('{"text": "a\\ud800"}', "field « text »: holds half a character"),
        ("{", "not JSON"),
        ('["a"]', "not a JSON object"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path, record: object, reason: str) -> None:
    """The message says file, line and field; the lines around are read."""
    first, broken, last = read_all(written(tmp_path, {"text": "un"}, record, {"text": "trois"}))
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(broken, UnreadableDocument)
    assert broken.name == "export.jsonl line 2"
    assert broken.reason.startswith(reason)


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    """JSON is UTF-8; a line that is not is refused alone."""
    path = tmp_path / "export.jsonl"
    path.write_bytes(b'{"text": "un"}\n' + '{"text": "déjà"}\n'.encode("cp1252"))
    first, second = read_all(path)
    assert isinstance(first, Document)
    assert isinstance(second, UnreadableDocument)
    assert "line 2" in second.name


def test_null_fields_are_absent(tmp_path: Path) -> None:
    """An export that writes null for what it does not know is understood."""
    (document,) = read_all(written(tmp_path, dict.fromkeys(RECORD) | {"text": "un"}))
    assert isinstance(document, Document)
    assert document.text == "un"
    assert document.hints.published is None


def test_names_do_not_depend_on_the_line_number(tmp_path: Path) -> None:
    """Records keep their identity when lines are added before them; twins stay two."""
    one, two = {"title": "A", "date": "2024-01-02", "text": "un"}, {"title": "A", "date": "2024-01-02", "text": "deux"}
    alone = [document.name for document in read_all(written(tmp_path, one, two))]
    after = [document.name for document in read_all(written(tmp_path, {"text": "zéro"}, one, two))]
    assert alone == after[1:] == ["export.jsonl#A|2024-01-02", "export.jsonl#A|2024-01-02|2"]


def test_the_digest_is_of_the_line(tmp_path: Path) -> None:
    """The same record elsewhere in the file, or in another, has the same digest."""
    (first,) = read_all(written(tmp_path, RECORD))
    _, second = read_all(written(tmp_path, "", {"text": "zéro"}, "", RECORD, name="other.jsonl"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.sha256 == second.sha256


def test_gzip_is_read_and_its_damage_named(tmp_path: Path) -> None:
    """What comes before the damage is kept, and the file is named."""
    lines = b"".join(json.dumps({"text": f"texte {n} {n * 7919 % 1009}"}).encode() + b"\n" for n in range(4000))
    whole = tmp_path / "a.jsonl.gz"
    whole.write_bytes(gzip.compress(lines))
    assert len(read_all(whole)) == count_records(whole) == 4000
    half = tmp_path / "b.jsonl.gz"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    *read, last = read_all(half)
    assert 100 < len(read) < 4000
    assert isinstance(last, UnreadableDocument)
    assert last.name == "b.jsonl.gz"
    assert "damaged gzip" in last.reason


def test_an_empty_export_is_named(tmp_path: Path) -> None:
    """A file without records is not a success."""
    (only,) = read_all(written(tmp_path, ""))
    assert isinstance(only, UnreadableDocument)
    assert "empty" in only.reason


def test_records_that_only_have_a_text_are_told_apart_by_their_bytes(tmp_path: Path) -> None:
    """A line put before them does not make them corrections of each other."""
    export = tmp_path / "textes.jsonl"
    export.write_text('{"text": "Un."}\n{"text": "Deux."}\n', encoding="utf-8")
    before = {
        document.text: document.name for document in read_export(export, "textes") if isinstance(document, Document)
    }
    export.write_text('{"text": "Zéro."}\n{"text": "Un."}\n{"text": "Deux."}\n', encoding="utf-8")
    after = {
        document.text: document.name for document in read_export(export, "textes") if isinstance(document, Document)
    }
    assert len(set(after.values())) == 3
    assert {text: after[text] for text in before} == before


def test_of_records_with_one_id_the_last_counts(tmp_path: Path) -> None:
    """So that reading the file again changes nothing; it is told that there were others."""
    twice = [{"id": 7, "text": "un"}, {"id": "8", "text": "deux"}, {"id": "7", "text": "un bis"}]
    first, second = read_all(written(tmp_path, *twice))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.text, first.doubts) == ("export.jsonl#8", "deux", ())
    assert (second.name, second.text) == ("export.jsonl#7", "un bis")
    assert "répété 2 fois" in second.doubts[0]


def test_of_records_with_one_address_the_last_counts(tmp_path: Path) -> None:
    """Where they state no id."""
    url = "https://port-clair.example/7"
    (document,) = read_all(written(tmp_path, {"url": url, "text": "un"}, {"url": url, "text": "un bis"}))
    assert isinstance(document, Document)
    assert document.text == "un bis"


def test_a_repeated_record_that_cannot_be_read_leaves_the_one_before(tmp_path: Path) -> None:
    """The last that can be read counts, and the broken one is named."""
    good, bad = {"id": "7", "text": "un"}, {"id": "7", "text": "un", "date": "2018-02-31"}
    broken, document = read_all(written(tmp_path, good, bad))
    assert isinstance(broken, UnreadableDocument)
    assert broken.name == "export.jsonl line 2"
    assert isinstance(document, Document)


def test_what_a_source_says_of_its_releases_is_kept(tmp_path: Path) -> None:
    """Who signs with the issuer, which releases are translations, what was taken back."""
    more = {"issuer": "Ville", "issuers": ["Ville", "Port"], "group": "g7", "revoked": "yes", "text": "un"}
    other = {"issuers": 5, "group": ["x"], "revoked": "no", "text": "deux"}
    first, second = read_all(written(tmp_path, more, other))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.hints.co_issuers, first.hints.group) == (("Port",), "g7")
    assert first.hints.revoked
    assert (second.hints.co_issuers, second.hints.group, second.hints.revoked) == ((), None, None)


def test_a_json_file_holds_an_array_or_one_record() -> None:
    """Its records are named by their place where they cannot be read."""
    (alone,) = read_array(io.BytesIO(json.dumps(RECORD).encode()), "a.json")
    first, broken = read_array(io.BytesIO(json.dumps([RECORD, {"text": ""}]).encode()), "a.json")
    assert isinstance(alone, Document)
    assert isinstance(first, Document)
    assert alone.name == first.name == "a.json#pc-7"
    assert isinstance(broken, UnreadableDocument)
    assert str(broken) == "a.json record 2: field « text »: empty"


@pytest.mark.parametrize("data", [b"", b"[]", b"[1", b"5", b"\xff", b"[" * 100_000])
def test_a_json_file_without_records_is_named(data: bytes) -> None:
    """Whatever it holds instead."""
    with pytest.raises(UnreadableDocument):
        raise next(iter(read_array(io.BytesIO(data), "a.json")))  # type: ignore[misc]


def test_damaged_exports_are_documents_or_named() -> None:
    """Never another exception, packed or not."""
    sound = "\n".join(json.dumps(RECORD | {"id": str(n)}) for n in range(3)).encode()
    for damaged in (*mutants(sound, 15, seed=6), *mutants(gzip.compress(sound), 15, seed=7)):
        assert all(isinstance(each, Document | UnreadableDocument) for each in read_export(io.BytesIO(damaged), "a"))


def test_a_file_that_unpacks_without_end_is_damage(tmp_path: Path) -> None:
    """It is given up at a ratio that no text reaches."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress((b" " * (1 << 20) + b"\n") * 4))
    (damaged,) = read_export(path, "a.jsonl.gz")
    assert isinstance(damaged, UnreadableDocument)
    assert "times its size" in damaged.reason


def test_an_issuer_that_is_half_a_character_is_left_out() -> None:
    """The archive could not keep it."""
    line = json.dumps({"text": "La criée rouvre.", "issuers": ["Ville", "\ud800"]}).encode()
    (document,) = read_export(io.BytesIO(line), "a.jsonl")
    assert isinstance(document, Document)
    assert document.hints.co_issuers == ("Ville",)
