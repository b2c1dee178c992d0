"""Zip archives: every member named, none able to stop the others."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from mutation import mutants
from outcomes import outcome

from ingest.document import Document
from ingest.readers import collection, count, read, read_bytes
from ingest.readers.zipped import read_zip
from store.records import UnreadableDocument

TEXT = "La criée de Port-Clair rouvre mardi.".encode()


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def outcomes(data: bytes) -> dict[str, str]:
    """Text or reason by name, in order."""
    found = list(read_bytes(data, "a.zip"))
    return {each.name: each.text if isinstance(each, Document) else each.reason for each in found}


def test_members_are_read_by_their_suffix_in_the_order_of_their_names(tmp_path: Path) -> None:
    """From bytes and from a file alike; folders and what systems leave behind are no documents."""
    members = {
        "b/criee.txt": TEXT,
        "a.md": b"# La criee\n\nTexte.",
        "vide/": b"",
        "__MACOSX/._a.md": b"x",
        ".DS_Store": b"x",
        "Thumbs.db": b"x",
    }
    assert outcomes(packed(members)) == {"a.zip#a.md": "La criee\n\nTexte.", "a.zip#b/criee.txt": TEXT.decode()}
    (tmp_path / "a.zip").write_bytes(packed(members))
    assert [each.name for each in read(tmp_path / "a.zip", "a.zip")] == ["a.zip#a.md", "a.zip#b/criee.txt"]
    assert count(tmp_path / "a.zip") == 2


def test_a_member_that_fails_leaves_the_others() -> None:
    """A damaged one, one of no format read, an empty one."""
    data = bytearray(packed({"a.txt": TEXT * 9, "b.xyz": b"x", "c.txt": b"", "d.txt": TEXT}, zipfile.ZIP_STORED))
    data[data.find(TEXT)] ^= 1
    found = outcomes(bytes(data))
    assert "damaged in the archive" in found["a.zip#a.txt"]
    assert "format not read" in found["a.zip#b.xyz"]
    assert "empty" in found["a.zip#c.txt"]
    assert found["a.zip#d.txt"] == TEXT.decode()


@pytest.mark.parametrize("path", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_names_that_lead_elsewhere_are_refused(path: str) -> None:
    """Nothing is ever written, but such an archive was made to harm."""
    (reason,) = outcomes(packed({path: TEXT})).values()
    assert "leads out of the archive" in reason


def test_links_and_locked_members_are_named() -> None:
    """A link would read another file; a locked member cannot be read."""
    link = zipfile.ZipInfo("lien.txt")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/hostname")
        archive.writestr("a.txt", TEXT)
    data = bytearray(buffer.getvalue())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    found = outcomes(bytes(data))
    assert "a link" in found["a.zip#lien.txt"]
    assert "password" in found["a.zip#a.txt"]


def test_bombs_are_refused_unopened() -> None:
    """By ratio, by size in all, by number, by depth."""
    assert "times its size" in outcomes(packed({"a.txt": b"0" * 3_000_000}))["a.zip#a.txt"]
    nested = packed({"c.txt": TEXT})
    for name in ("b.zip", "a.zip", "z.zip"):
        nested = packed({name: nested}, zipfile.ZIP_STORED)
    (reason,) = outcomes(nested).values()
    assert "packed more than 2 times over" in reason
    allowance = collection.Allowance(members=2)
    inside = collection.Inside(lambda data, name, suffix=None: iter(()), allowance)
    many = packed({f"{number}.txt": TEXT for number in range(9)})
    (stopped,) = read_zip(io.BytesIO(many), "a.zip", inside)
    assert isinstance(stopped, UnreadableDocument)
    assert "nor what follows" in stopped.reason


def test_names_written_without_encoding_are_read() -> None:
    """Windows writes names in a DOS page, others in UTF-8 without saying so."""
    for encoding in ("cp850", "utf-8"):
        written = "communiqué.txt".encode(encoding)
        data = packed({"a" * len(written): TEXT}).replace(b"a" * len(written), written)
        assert list(outcomes(data)) == ["a.zip#communiqué.txt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "damaged or cut short"), (packed({"a.txt": TEXT})[:-9], "cut short"), (packed({}), "empty")],
)
def test_an_archive_that_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    """Once, by its own name."""
    found = outcomes(data)
    assert list(found) == ["a.zip"]
    assert reason in found["a.zip"]


def test_a_name_that_stands_twice_is_read_once() -> None:
    """The second could only take the first one's place unseen."""
    data = packed({"a.txt": TEXT, "b.txt": b"Autre texte."}).replace(b"b.txt", b"a.txt")
    found = list(read_bytes(data, "a.zip"))
    assert [type(each).__name__ for each in found] == ["Document", "UnreadableDocument"]


def test_damaged_archives_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    sound = packed({"a.txt": TEXT, "b/c.md": b"# La criee\n\nTexte.", "d.zip": packed({"e.txt": TEXT})})
    outcomes = [said for data in mutants(sound, 30, seed=17) for said in outcome(data, "a.zip")]
    assert len(outcomes) >= 30
    assert not [reason for reason in outcomes if "broke down" in reason]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_a_limit_is_refused(method: int) -> None:
    """Some ways of packing give a member whole, whatever size it claims; no office program uses them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a.txt", b"x" * 1000)
    (refused,) = read_bytes(file.getvalue(), "a.zip")
    assert isinstance(refused, UnreadableDocument)
    assert "unusual way" in refused.reason


def test_a_directory_of_millions_is_not_read() -> None:
    """It would cost the memory of as many members before the first is counted."""
    directory = (b"PK\x01\x02" + bytes(24) + b"\x01\x00" + bytes(16) + b"a") * 300_000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 0, 0)
    (refused,) = read_bytes(directory + end, "a.zip")
    assert isinstance(refused, UnreadableDocument)
    assert "too many members" in refused.reason
