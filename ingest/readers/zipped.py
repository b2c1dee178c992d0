"""Zip archives of documents: each member through the table of readers, in the order of their names.

Read in memory: nothing is unpacked to disk, so no name in it can lead anywhere. What it
may cost is the collection's allowance, and a ratio no honest document reaches.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, cast

from ingest.readers.collection import LARGEST_MEMBER, Found, Inside, printable
from store.records import UnreadableDocument

HIGHEST_RATIO = 200
_SMALL = 1024 * 1024
_LARGEST_DIRECTORY = 10 * 1024 * 1024
_LOCKED, _UTF8 = 0x1, 0x800
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ValueError, OverflowError,
)  # fmt: skip


def read_zip(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    """Its documents, named `archive.zip#folder/file.docx`; those that cannot be read by their names."""
    try:
        archive = _opened(stream)
    except _DAMAGE as error:
        yield UnreadableDocument(name, f"damaged or cut short ({error}); copy it again from its origin")
        return
    members = _members(archive)
    if not members:
        yield UnreadableDocument(name, "empty: no document in it")
    taken: set[str] = set()
    for path, member in members:
        whole = f"{name}#{printable(path)}"
        try:
            if whole in taken:
                raise UnreadableDocument(whole, "stands twice in the archive; the first was read")
            taken.add(whole)
            data = _unpacked(archive, path, member, whole, inside)
        except UnreadableDocument as unreadable:
            yield unreadable
            if inside.allowance.spent:
                return
            continue
        yield from inside.read(data, whole)


def count_members(path: Path) -> int:
    """How many documents an archive seems to hold; 0 where it cannot be opened."""
    try:
        with path.open("rb") as stream, _opened(stream) as archive:
            return len(_members(archive))
    except _DAMAGE:
        return 0


class _Directory:
    """An open file as the zip library reads its directory: in one piece, which is no larger than one needs."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.tell, self.seek, self.seekable, self._read = stream.tell, stream.seek, stream.seekable, stream.read
        self.opened = False

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_DIRECTORY and not self.opened:
            raise zipfile.BadZipFile("too many members")
        return self._read(size)


def _opened(stream: IO[bytes]) -> zipfile.ZipFile:
    directory = _Directory(stream)
    archive = zipfile.ZipFile(cast("IO[bytes]", directory))
    directory.opened = True
    return archive


def _members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """The files of an archive with their names as they were meant, in order."""
    named = [(_meant(member), member) for member in archive.infolist() if not member.is_dir()]
    return sorted(((path, member) for path, member in named if not _hidden(path)), key=lambda found: found[0])


def _unpacked(archive: zipfile.ZipFile, path: str, member: zipfile.ZipInfo, name: str, inside: Inside) -> bytes:
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in PurePosixPath(path).parts or "\x00" in path:
        raise UnreadableDocument(name, "not read: its name leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableDocument(name, "not read: a link to another file")
    if member.flag_bits & _LOCKED:
        raise UnreadableDocument(name, "protected by a password; pack it without one")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableDocument(name, "packed in an unusual way; pack it as an ordinary .zip")
    if member.file_size > max(_SMALL, HIGHEST_RATIO * member.compress_size):
        raise UnreadableDocument(
            name, f"unpacks to {member.file_size >> 20} MB, {HIGHEST_RATIO} times its size: refused"
        )
    inside.allowance.take(member.file_size, name)
    try:
        with archive.open(member) as opened:
            return opened.read(LARGEST_MEMBER)
    except _DAMAGE as error:
        raise UnreadableDocument(name, f"damaged in the archive ({error}); copy it again from its origin") from error


def _meant(member: zipfile.ZipInfo) -> str:
    """A member's name with « / » between folders; names without encoding are Unicode or of a DOS page."""
    path = member.filename
    if not member.flag_bits & _UTF8:
        raw = path.encode("cp437", errors="replace")
        try:
            path = raw.decode("utf-8")
        except UnicodeDecodeError:
            path = raw.decode("cp850", errors="replace")
    return path.replace("\\", "/")


def _hidden(path: str) -> bool:
    """Files systems leave in archives: « ._a.docx », « .DS_Store », « __MACOSX/… », « Thumbs.db »."""
    parts = PurePosixPath(path).parts
    left_over = bool(parts) and parts[-1].casefold() in {"thumbs.db", "desktop.ini"}
    return left_over or any((p.startswith(".") and p not in {".", ".."}) or p == "__MACOSX" for p in parts)
