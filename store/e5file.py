"""The package's model file, read: its shape, its tokenizer's pieces, its tensors.

A header, the pieces with their scores, a table of character normalisation (not read: it
is SentencePiece's NMT + NFKC), a directory of tensors, and the tensors, the matrices in
4 bits (Q4_0: of each 32 weights, one half-precision scale and 32 nibbles). Little-endian
throughout; the layout is that of the package's e5.c.

Knows nothing about where the file lies, whether it is the right one, or what it becomes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

_MAGIC: Final = b"E5S1"
_Q4_0: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_SLICE: Final = 1 << 16  # blocks dequantised at a time: 8 MB of float32


@dataclass(frozen=True, slots=True)
class Shape:
    """The transformer's sizes."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer's pieces with their log probabilities, and the special ones' ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor starts in the file, and how many weights it has."""

    start: int
    count: int
    quantised: bool


@dataclass(frozen=True, slots=True)
class E5File:
    """The file's parts; the weights stay in `content` until they are asked for."""

    content: bytes
    shape: Shape
    pieces: Pieces
    tensors: Mapping[str, Tensor]

    def weights(self, name: str) -> Iterator[npt.NDArray[np.float32]]:
        """A tensor's weights in order, some at a time."""
        tensor = self.tensors[name]
        if not tensor.quantised:
            yield np.frombuffer(self.content, "<f4", tensor.count, tensor.start)
            return
        blocks = np.frombuffer(self.content, _Q4_0, tensor.count // 32, tensor.start)
        for first in range(0, len(blocks), _SLICE):
            yield dequantise(blocks[first : first + _SLICE])


def read(content: bytes) -> E5File:
    """The parts of a file's bytes. Raises ValueError when they are not of this layout."""
    if content[:4] != _MAGIC:
        raise ValueError("not a model file of the pinned layout")
    shape = Shape(*struct.unpack_from("<7if", content, 8))
    at = 44
    count, bos, eos, pad, unk, blob_length = struct.unpack_from("<5iQ", content, at)
    at += 28
    offsets = np.frombuffer(content, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, at)
    at += 4 * count
    blob = content[at : at + blob_length]
    at += blob_length
    texts = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    pieces = Pieces(texts, tuple(float(score) for score in scores), bos, eos, pad, unk)
    (normalisation_length,) = struct.unpack_from("<I", content, at + 4)
    at += 8 + normalisation_length
    return E5File(content, shape, pieces, dict(_directory(content, at)))


def dequantise(blocks: npt.NDArray[np.void]) -> npt.NDArray[np.float32]:
    """(n,) Q4_0 blocks → (n, 32) weights: low nibbles first, then high, each less 8, scaled."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights


def _directory(content: bytes, at: int) -> Iterator[tuple[str, Tensor]]:
    (entries,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        kind, count, start, _ = struct.unpack_from("<BIQQ", content, at + 2 + length)
        at += 2 + length + 21
        yield name, Tensor(start, count, kind == 1)
