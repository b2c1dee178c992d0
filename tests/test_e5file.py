"""store.e5file: the package's file, to the last nibble."""

from __future__ import annotations

import numpy as np
import pytest

from store.e5file import dequantise, read


def test_what_is_no_model_file_is_refused() -> None:
    """Bytes that do not start as the layout does are refused."""
    with pytest.raises(ValueError, match="not a model file"):
        read(b"GGUF" + bytes(100))


def test_a_block_holds_its_low_nibbles_first() -> None:
    """Of 16 bytes, the low nibbles are weights 0 to 15, the high ones 16 to 31, each less 8, times the scale."""
    block = np.zeros(1, dtype=np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))]))
    block["scale"] = 0.5
    block["nibbles"][0] = [0xF0 | number for number in range(16)]

    (values,) = dequantise(block)

    assert values[:16].tolist() == [(number - 8) / 2 for number in range(16)]
    assert values[16:].tolist() == [3.5] * 16
