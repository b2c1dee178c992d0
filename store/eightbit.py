"""A BERT-like encoder drawn as an ONNX graph that multiplies in 8 bits.

Weights have 7 bits and a scale per column, so that a processor without VNNI never
overflows its 16-bit sums; each token is rounded to 8 bits by a scale of its own, so that
its vector does not depend on what it is read with. All else stays float32. The embeddings
are looked up outside, in the mapped file.

Knows nothing about pooling, text, or how the graph is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from store.onnxfile import MICROSOFT, Drawing

Matrix = npt.NDArray[np.float32]

_WEIGHT, _TOKEN, _ZERO = 63, 127, 128


def draw(config: Mapping[str, Any], tensors: Mapping[str, Matrix]) -> bytes:
    """embedded (b, t, hidden), mask (b, t) int32 → last hidden state (b, t, hidden)."""
    return _Encoder(config, tensors).model()


def embeddings(tensors: Mapping[str, Matrix], ids: npt.NDArray[np.int64], positions: npt.NDArray[np.int64]) -> Matrix:
    """The sum of each token's word, position and type: what `draw`'s graph reads."""
    found: Matrix = tensors["embeddings.word_embeddings.weight"][ids]
    found = found + tensors["embeddings.position_embeddings.weight"][positions]
    found += tensors["embeddings.token_type_embeddings.weight"][0]
    return found


class _Encoder:
    def __init__(self, config: Mapping[str, Any], tensors: Mapping[str, Matrix]) -> None:
        self._config = config
        self._weights = tensors
        self._drawing = Drawing()
        self._hidden = int(config["hidden_size"])
        self._one = self._drawing.tensor("one", np.array(1, np.float32))
        self._middle = self._drawing.tensor("middle", np.array(_ZERO, np.uint8))

    def model(self) -> bytes:
        drawing = self._drawing
        flat = drawing.tensor("flat", np.array([-1, self._hidden], np.int64))
        shape = drawing.node("Shape", ["embedded"])
        x = drawing.node("Reshape", ["embedded", flat])
        x = drawing.node(
            "LayerNormalization", [x, *self._norm("embeddings.LayerNorm")], axis=-1, epsilon=self._epsilon()
        )
        rows = drawing.node("Shape", [x], start=0, end=1)
        zeros = drawing.node("ConstantOfShape", [rows], value=np.array([_ZERO], np.uint8))
        for number in range(int(self._config["num_hidden_layers"])):
            x = self._layer(f"encoder.layer.{number}", x, shape, flat, zeros)
        out = drawing.node("Reshape", [x, shape])
        return drawing.model({"embedded": ("float32", 3), "mask": ("int32", 2)}, (out, 3))

    def _layer(self, own: str, x: str, shape: str, flat: str, zeros: str) -> str:
        drawing = self._drawing
        rounded = self._rounded(x, zeros)
        parts = [f"{own}.attention.self.{part}" for part in ("query", "key", "value")]
        asked = [drawing.node("Reshape", [self._product(rounded, part), shape]) for part in parts]
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        read = drawing.node(
            "MultiHeadAttention",
            [*asked, drawing.tensor(f"{own}.bias", bias), "mask"],
            MICROSOFT,
            num_heads=int(self._config["num_attention_heads"]),
        )
        read = drawing.node("Reshape", [read, flat])
        x = self._added(f"{own}.attention.output", self._rounded(read, zeros), x)
        inner = self._product(self._rounded(x, zeros), f"{own}.intermediate.dense")
        inner = drawing.node("BiasGelu", [inner, self._kept(f"{own}.intermediate.dense.bias")], MICROSOFT)
        return self._added(f"{own}.output", self._rounded(inner, zeros), x)

    def _rounded(self, x: str, zeros: str) -> tuple[str, str]:
        """Rows (n, k) in 8 bits, and each row's scale (n, 1)."""
        drawing = self._drawing
        largest = drawing.node(
            "ReduceMax", [drawing.node("Abs", [x]), drawing.tensor("last", np.array([-1], np.int64))], keepdims=1
        )
        scale = drawing.node("Mul", [largest, drawing.tensor("step", np.array(1 / _TOKEN, np.float32))])
        line = drawing.node("Reshape", [scale, drawing.tensor("line", np.array([-1], np.int64))])
        return drawing.node("QuantizeLinear", [x, line, zeros], axis=0), scale

    def _product(self, rounded: tuple[str, str], name: str) -> str:
        """The rows through a dense layer, its bias left to what comes next."""
        drawing, (rows, scale) = self._drawing, rounded
        weights = self._weights[f"{name}.weight"].T
        columns = np.maximum(np.abs(weights).max(axis=0), 1e-12) / _WEIGHT
        product = drawing.node(
            "MatMulIntegerToFloat",
            [
                rows,
                drawing.tensor(f"{name}.weight", np.rint(weights / columns).astype(np.int8)),
                self._one,
                drawing.tensor(f"{name}.scale", columns.astype(np.float32)),
                self._middle,
                drawing.tensor(f"{name}.zero", np.zeros(len(columns), np.int8)),
            ],
            MICROSOFT,
        )
        return drawing.node("Mul", [product, scale])

    def _added(self, own: str, rounded: tuple[str, str], x: str) -> str:
        """A dense layer's output and what went round it, summed and normalised."""
        product = self._product(rounded, f"{own}.dense")
        around = [product, x, *self._norm(f"{own}.LayerNorm"), self._kept(f"{own}.dense.bias")]
        return self._drawing.node("SkipLayerNormalization", around, MICROSOFT, epsilon=self._epsilon())

    def _norm(self, name: str) -> list[str]:
        return [self._kept(f"{name}.weight"), self._kept(f"{name}.bias")]

    def _kept(self, name: str) -> str:
        return self._drawing.tensor(name, self._weights[name])

    def _epsilon(self) -> float:
        return float(self._config.get("layer_norm_eps", 1e-12))
