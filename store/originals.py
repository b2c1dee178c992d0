"""Documents as they came, byte for byte: one file each under the archive's folder, named by its digest.

Written whole or not at all, and before the release is shelved: a crash in between leaves a
file nobody asks for, which `sweep` takes away. Knows nothing about releases, nor about who
may see them: whoever asks has looked in the catalogue first.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from store.records import ArchiveError

log = logging.getLogger(__name__)

LARGEST = 100 * 1024 * 1024
"""Bytes of a document that is kept; of a larger one only what was read of it is."""
SPARED = timedelta(days=1)
"""How long what nobody knows yet is left alone: its release may be on its way to the shelf."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Originals:
    """The documents kept in `folder`, which is made with the first. Any number of threads and processes may use it."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self.folder = folder
        self.largest = largest

    def holds(self, digest: str) -> bool:
        return self.path(digest) is not None

    def path(self, digest: str) -> Path | None:
        """The file of the document with that SHA-256 (hexadecimal), or None where it is not kept."""
        place = self._place(digest)
        return place if place is not None and place.is_file() else None

    def open(self, digest: str) -> bytes | None:
        """The document's bytes, or None where they are not kept, or are no longer what they were."""
        place = self._place(digest)
        try:
            data = None if place is None else place.read_bytes()
        except OSError:
            return None
        if data is not None and sha256(data).hexdigest() != digest:
            log.error("%s: damaged; ingest the document again to have its original back", place)
            return None
        return data

    def keep(self, digest: str, data: bytes) -> bool:
        """Keep a document's bytes; False where they are too large, or not those of that digest.

        Raises ArchiveError where the disk refuses.
        """
        place = self._place(digest)
        if place is None or len(data) > self.largest or sha256(data).hexdigest() != digest:
            return False
        try:
            if not place.is_file() or place.stat().st_size != len(data):
                _write(place, data)
        except OSError as error:
            raise ArchiveError(
                f"{place}: cannot be written ({error.strerror}); free some space, or see its folder's owner."
            ) from error
        return True

    def sweep(self, known: Iterable[str], now: datetime) -> int:
        """Take away what no release is known to have come from, unless it is recent; gives how many."""
        wanted, swept = set(known), 0
        for place in self.folder.glob("??/*") if self.folder.is_dir() else ():
            with suppress(OSError):
                old = place.stat().st_mtime < (now - SPARED).timestamp()
                if old and place.name not in wanted:
                    place.unlink()
                    swept += 1
        return swept

    def _place(self, digest: str) -> Path | None:
        return self.folder / digest[:2] / digest if _DIGEST.fullmatch(digest) else None


def _write(place: Path, data: bytes) -> None:
    """Whole or not at all: under another name first, and on the disk before it takes its own."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, written = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(written, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(written)
        raise
