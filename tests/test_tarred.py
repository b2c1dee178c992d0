"""Tar archives: every document in them, none of their tricks."""

from __future__ import annotations

import io
import lzma
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutation import mutants

from ingest.readers.collection import Allowance, Found, Inside
from ingest.readers.plain import read_plain
from ingest.readers.tarred import read_tar
from store.records import UnreadableDocument

TEXT = "La criée de Port-Clair rouvre mardi.".encode()
MODES = {"": "w", ".gz": "w:gz", ".xz": "w:xz", ".bz2": "w:bz2"}


def packed(members: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def one(data: bytes, name: str, suffix: str | None = None) -> Iterator[Found]:
    try:
        yield read_plain(data, name)
    except UnreadableDocument as unreadable:
        yield unreadable


def read(data: bytes, allowance: Allowance | None = None) -> list[Found]:
    return list(read_tar(io.BytesIO(data), "a.tar", Inside(one, allowance or Allowance())))


def names(found: list[Found]) -> list[str]:
    return [each.name for each in found if not isinstance(each, UnreadableDocument)]


@pytest.mark.parametrize("mode", MODES.values())
def test_each_file_is_read(mode: str) -> None:
    """However it is packed, by the name it has in the archive."""
    members = {"cp/1.txt": TEXT, "cp/._1.txt": b"x", "__MACOSX/1.txt": b"x", ".DS_Store": b"x", "cp/2.txt": b""}
    found = read(packed(members, mode))
    assert names(found) == ["a.tar#cp/1.txt"]
    assert [each.name for each in found] == ["a.tar#cp/1.txt", "a.tar#cp/2.txt"]


def test_nothing_leaves_the_archive(tmp_path: Path) -> None:
    """Links and devices are no documents, and a name is but a name."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "a.txt"), (tarfile.LNKTYPE, "b.txt"), (tarfile.CHRTYPE, "c.txt")):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/hostname"
            archive.addfile(member)
        member = tarfile.TarInfo("../../d.txt")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT))
    assert names(read(file.getvalue())) == ["a.tar#../../d.txt"]
    assert list(tmp_path.parent.rglob("d.txt")) == []


@pytest.mark.parametrize("mode", MODES.values())
def test_a_damaged_archive_gives_what_came_before(mode: str) -> None:
    """And is named."""
    members = {f"{n}.txt": TEXT + bytes(str(n * 7919 % 1009) * 200, "ascii") for n in range(400)}
    data = packed(members, mode)
    *_, last = found = read(data[: len(data) * 2 // 3])
    assert isinstance(last, UnreadableDocument)
    assert "damaged archive" in last.reason
    assert mode == "w:xz" or mode == "w:bz2" or len(found) > 1


def test_what_it_may_cost_is_limited() -> None:
    """By the number of documents, and by what they unpack to."""
    members = {f"{n}.txt": TEXT for n in range(5)}
    *_, last = found = read(packed(members), Allowance(members=3))
    assert len(names(found)) == 3
    assert isinstance(last, UnreadableDocument)
    assert "nor what follows" in last.reason


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is unpacked whole, whether it hides in a document, a header or the padding."""
    monkeypatch.setattr("ingest.readers.tarred.LARGEST_WHOLE", 1 << 20)
    (padded,) = read(lzma.compress(b"\0" * (8 << 20)))
    assert isinstance(padded, UnreadableDocument)
    member = tarfile.TarInfo("long")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 3 << 20
    (header,) = read(member.tobuf(tarfile.GNU_FORMAT) + b"\0" * (3 << 20))
    assert isinstance(header, UnreadableDocument)
    assert "header that is too long" in header.reason
    hidden = tarfile.TarInfo(".cache")
    hidden.size = 8 << 20
    (skipped,) = read(lzma.compress(hidden.tobuf() + b"\0" * (8 << 20)))
    assert isinstance(skipped, UnreadableDocument)
    assert "unpacks to more" in skipped.reason


@pytest.mark.parametrize("data", [b"", b"x" * 600, b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\x00", packed({})])
def test_what_is_no_archive_is_named(data: bytes) -> None:
    """Or holds no document."""
    (only,) = read(data)
    assert isinstance(only, UnreadableDocument)


def test_damaged_archives_are_read_or_named() -> None:
    """Never another exception."""
    for mode in MODES.values():
        for damaged in mutants(packed({"a.txt": TEXT, "b.txt": TEXT * 50}, mode), 10, seed=14):
            assert all(
                not isinstance(each, BaseException) or isinstance(each, UnreadableDocument) for each in read(damaged)
            )


def header(name: str, kind: bytes, size: int = 0) -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.USTAR_FORMAT)


def test_headers_without_end_are_damage() -> None:
    """Neither a chain of them, nor a file with holes, nor folders in any number cost more than the archive."""
    chain = header("p", tarfile.XHDTYPE) * 5000
    for data in (chain, header("a.txt", tarfile.GNUTYPE_SPARSE, 512) + b"\1" * 5120):
        (damaged,) = read(data + b"\0" * 1024)
        assert isinstance(damaged, UnreadableDocument)
        assert damaged.reason.startswith("damaged archive")


def test_a_name_is_fit_to_be_shown() -> None:
    """Neither control characters nor bytes of another encoding reach the archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        member = tarfile.TarInfo("criée\x1b[31m.txt")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT))
    assert names(read(file.getvalue())) == ["a.tar#cri\ufffde\ufffd[31m.txt"]
