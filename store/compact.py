"""Vectors at a byte a number, each at its place of one file: some thousands are scored at once.

A cosine is right to half a hundredth: enough to choose, not to rank. Knows places, not passages.
"""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

_AT_ONCE = 16_384
_SCALE = 4


class Compact:
    """A file of rows of `dimensions` bytes, each after its scale (a float32)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        self._mapping = threading.Lock()
        self._rows: npt.NDArray[np.uint8] | None = None

    def count(self, dimensions: int) -> int:
        """How many places the file has."""
        return os.fstat(self._file).st_size // (dimensions + _SCALE)

    def put(self, places: Places, vectors: Matrix) -> None:
        """Write vectors (n, d) at their places, over what is there. Raises OSError where the disk is full."""
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype("<f4") / np.float32(127)
        small = np.rint(vectors / scales[:, None]).astype(np.int8)
        rows = np.concatenate([scales.astype("<f4").view(np.uint8).reshape(-1, _SCALE), small.view(np.uint8)], axis=1)
        for place, row in zip(places.tolist(), rows, strict=True):
            if os.pwrite(self._file, row.tobytes(), place * len(row)) < len(row):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))

    def cosines(self, query: Matrix, places: Places) -> Matrix:
        """About the cosine of each of these places' vectors to `query`."""
        rows = self._mapped(len(query), int(places.max(initial=-1)))
        found = np.empty(len(places), dtype=np.float32)
        for start in range(0, len(places), _AT_ONCE):
            part = rows[places[start : start + _AT_ONCE]]
            scales = part[:, :_SCALE].copy().view("<f4")[:, 0]
            small = part[:, _SCALE:].view(np.int8).astype(np.float32)
            found[start : start + _AT_ONCE] = (small @ query) * scales
        return found

    def clear(self) -> None:
        with self._mapping:
            self._rows = None
            os.ftruncate(self._file, 0)

    def close(self) -> None:
        with self._mapping:
            self._rows = None
            os.close(self._file)
            self._file = -1  # its number may be another file's now

    def _mapped(self, dimensions: int, last: int) -> npt.NDArray[np.uint8]:
        with self._mapping:
            if self._rows is None or len(self._rows) <= last:
                there = self.count(dimensions)
                if not there:
                    return np.empty((0, dimensions + _SCALE), dtype=np.uint8)
                shape = (there, dimensions + _SCALE)
                self._rows = np.memmap(self._path, dtype=np.uint8, mode="r", shape=shape)
            return self._rows
