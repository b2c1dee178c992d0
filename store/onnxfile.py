"""An ONNX model's bytes, written without the onnx package: nodes, tensors, inputs, outputs.

Only what a plain graph needs of the format (onnx.proto, IR version 8): protobuf's wire
format is a field number with a kind, then a number, four bytes, or bytes with their
length. Knows nothing about what a graph computes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

MICROSOFT: Final = "com.microsoft"
"""The domain of onnxruntime's own operators."""

_IR: Final = 8
_OPSETS: Final = {"": 18, MICROSOFT: 1}
_TYPES: Final = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_FLOAT, _INTEGER, _TENSOR = 1, 2, 4  # AttributeProto.type

Setting = int | float | npt.NDArray[Any]


@dataclass(slots=True)
class Drawing:
    """A graph as it is drawn, node after node; each returns its output's name for the next to use."""

    nodes: list[bytes] = field(default_factory=list)
    tensors: dict[str, bytes] = field(default_factory=dict)

    def node(self, kind: str, inputs: Sequence[str], domain: str = "", **settings: Setting) -> str:
        """Draw an operator of one output; "" stands for an input left out."""
        output = f"n{len(self.nodes)}"
        attributes = [_bytes(5, _attribute(name, value)) for name, value in settings.items()]
        self.nodes.append(
            b"".join(
                [
                    *(_bytes(1, name.encode()) for name in inputs),
                    _bytes(2, output.encode()),
                    _bytes(4, kind.encode()),
                    *attributes,
                    _bytes(7, domain.encode()),
                ]
            )
        )
        return output

    def tensor(self, name: str, values: npt.NDArray[Any]) -> str:
        """Keep a constant under its name, once."""
        if name not in self.tensors:
            self.tensors[name] = _tensor(name, values)
        return name

    def model(self, inputs: Mapping[str, tuple[str, int]], output: tuple[str, int]) -> bytes:
        """The model's bytes. `inputs`: name → (type, number of axes), all of any length; `output`: float32."""
        graph = [
            *(_bytes(1, node) for node in self.nodes),
            _bytes(2, b"drawn"),
            *(_bytes(5, tensor) for tensor in self.tensors.values()),
            *(_bytes(11, _value(name, kind, axes)) for name, (kind, axes) in inputs.items()),
            _bytes(12, _value(output[0], "float32", output[1])),
        ]
        opsets = [_bytes(8, _bytes(1, domain.encode()) + _number(2, version)) for domain, version in _OPSETS.items()]
        return b"".join([_number(1, _IR), *opsets, _bytes(7, b"".join(graph))])


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # protobuf writes negative numbers as 64-bit two's complement
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)


def _number(place: int, value: int) -> bytes:
    return _varint(place << 3) + _varint(value)


def _bytes(place: int, value: bytes) -> bytes:
    return _varint(place << 3 | 2) + _varint(len(value)) + value


def _numbers(place: int, values: Iterable[int]) -> bytes:
    return b"".join(_number(place, value) for value in values)


def _tensor(name: str, values: npt.NDArray[Any]) -> bytes:
    little = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    kind = _number(2, _TYPES[values.dtype.name])
    return _numbers(1, values.shape) + kind + _bytes(8, name.encode()) + _bytes(9, little.tobytes())


def _attribute(name: str, value: Setting) -> bytes:
    named = _bytes(1, name.encode())
    if isinstance(value, float):
        return named + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, _FLOAT)
    if isinstance(value, int):
        return named + _number(3, value) + _number(20, _INTEGER)
    return named + _bytes(5, _tensor("", value)) + _number(20, _TENSOR)


def _value(name: str, kind: str, axes: int) -> bytes:
    anything = b"".join(_bytes(1, _bytes(2, f"{name}{axis}".encode())) for axis in range(axes))
    of = _number(1, _TYPES[kind]) + _bytes(2, anything)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, of))
