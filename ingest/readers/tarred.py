"""Tar archives of documents, packed or not: each regular file through the table of readers.

Read from its beginning to its end, in memory: nothing is unpacked to disk, so no name in
it can lead anywhere. What it may cost is the collection's allowance.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Self, cast

from ingest.readers.collection import LARGEST_WHOLE, MOST_MEMBERS, Found, Inside, printable
from store.records import UnreadableDocument

_DAMAGE = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError, OverflowError, MemoryError,
           RecursionError)  # fmt: skip
_MOST_MEMORY = 256 * 1024 * 1024
_LONGEST_HEADER = 1024 * 1024
_MOST_HEADERS = 10 * MOST_MEMBERS
_LONG_HEADERS = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME,
                 tarfile.GNUTYPE_LONGLINK)  # fmt: skip


class _Header(tarfile.TarInfo):
    """A member's header; one that would be read whole into memory is no larger than a name needs."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _LONG_HEADERS and header.size > _LONGEST_HEADER:
            raise tarfile.ReadError("a header that is too long")
        if header.type == tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError("a file with holes in it: pack it without --sparse")
        return header


class _Xz:
    """An xz stream unpacked with a limit on the memory it may ask for."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._unpacking = lzma.LZMADecompressor(memlimit=_MOST_MEMORY)

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        while True:
            if self._unpacking.eof:
                rest = self._unpacking.unused_data or self._stream.read(1 << 16)
                if not rest.strip(b"\0"):
                    return b""
                self._unpacking, packed = lzma.LZMADecompressor(memlimit=_MOST_MEMORY), rest
            else:
                packed = self._stream.read(1 << 16) if self._unpacking.needs_input else b""
                if not packed and self._unpacking.needs_input:
                    raise EOFError("cut short")
            data = self._unpacking.decompress(packed, max_length=size)
            if data:
                return data


class _Bounded:
    """A stream that ends in an error once more than `most` bytes were unpacked from it."""

    def __init__(self, stream: IO[bytes], most: int, name: str) -> None:
        self._stream = stream
        self._left = most
        self._name = name

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableDocument(self._name, f"unpacks to more than {LARGEST_WHOLE >> 30} GB; split it")
        return data


def read_tar(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    """Its documents in the order they stand, named `archive.tar.xz#folder/file.xml`.

    A damaged archive gives what stands before the damage, then an UnreadableDocument.
    """
    found = False
    bounded = cast("IO[bytes]", _Bounded(_unpacked(stream), LARGEST_WHOLE + LARGEST_WHOLE // 8, name))
    try:
        with tarfile.open(fileobj=bounded, mode="r|", tarinfo=_Header) as archive:
            for number, member in enumerate(archive):
                # The library keeps every header it has read.
                archive.members.clear()  # type: ignore[attr-defined]
                if number >= _MOST_HEADERS:
                    raise UnreadableDocument(name, f"more than {_MOST_HEADERS} files and folders; split it")
                if not member.isreg() or _hidden(member.name):
                    continue
                found = True
                yield from _member(archive, member, f"{name}#{printable(member.name)}", inside)
                if inside.allowance.spent:
                    return
    except UnreadableDocument as unreadable:
        yield unreadable
        return
    except _DAMAGE as error:
        yield UnreadableDocument(name, f"damaged archive ({error}); what stands before the damage was read")
        return
    if not found:
        yield UnreadableDocument(name, "empty: no document in it")


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, inside: Inside) -> Iterator[Found]:
    try:
        inside.allowance.take(member.size, name)
    except UnreadableDocument as unreadable:
        yield unreadable
        return
    opened = archive.extractfile(member)
    data = opened.read() if opened is not None else b""
    if len(data) < member.size:
        raise EOFError(f"« {member.name[:80]} » is cut short")
    yield from inside.read(data, name)


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    head = stream.read(6)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    if head.startswith(b"BZh"):
        return cast("IO[bytes]", bz2.BZ2File(stream))
    if head == b"\xfd7zXZ\x00":
        return cast("IO[bytes]", _Xz(stream))
    return stream


def _hidden(path: str) -> bool:
    """Files systems leave in archives: « ._a.xml », « .DS_Store », « __MACOSX/… »."""
    parts = PurePosixPath(path).parts
    return any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in parts)
