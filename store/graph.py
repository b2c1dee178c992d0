"""A BERT-like encoder drawn as an OpenVINO graph, over weights mapped from safetensors.

No converter, no trace, no torch: the graph is that of the paper, with the positions of
BERT or of RoBERTa. Knows nothing about pooling, text, or how the graph is run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


def draw(config: Mapping[str, Any], tensors: Mapping[str, Matrix]) -> Any:
    """ids, mask → last hidden state, as Devlin et al. 2018 (BERT) draw it."""
    ov, op = import_module("openvino"), import_module("openvino.opset13")

    hidden, heads = int(config["hidden_size"]), int(config["num_attention_heads"])
    epsilon = float(config.get("layer_norm_eps", 1e-12))

    def weight(name: str) -> Any:
        return ov.op.Constant(np.ascontiguousarray(tensors[name]), shared_memory=True)

    def number(value: int | list[int]) -> Any:
        return op.constant(np.array(value, dtype=np.int64))

    def dense(x: Any, name: str) -> Any:
        return op.add(op.matmul(x, weight(f"{name}.weight"), False, True), weight(f"{name}.bias"))

    def norm(x: Any, name: str) -> Any:
        x = op.mvn(x, number([-1]), True, epsilon, "inside_sqrt")
        return op.add(op.multiply(x, weight(f"{name}.weight")), weight(f"{name}.bias"))

    def split(x: Any) -> Any:
        x = op.reshape(x, number([0, 0, heads, hidden // heads]), True)
        return op.transpose(x, number([0, 2, 1, 3]))

    ids, mask = (op.parameter([-1, -1], np.int64, name) for name in ("input_ids", "attention_mask"))
    positions = _positions(config, ids, mask, op, number)
    words = op.gather(weight("embeddings.word_embeddings.weight"), ids, number(0))
    places = op.gather(weight("embeddings.position_embeddings.weight"), positions, number(0))
    kind = op.constant(np.ascontiguousarray(tensors["embeddings.token_type_embeddings.weight"][0]))
    x = norm(op.add(op.add(words, kind), places), "embeddings.LayerNorm")
    seen = op.unsqueeze(op.convert(mask, "boolean"), number([1, 2]))
    for layer in range(int(config["num_hidden_layers"])):
        own = f"encoder.layer.{layer}"
        q, k, v = (split(dense(x, f"{own}.attention.self.{part}")) for part in ("query", "key", "value"))
        read = op.scaled_dot_product_attention(q, k, v, seen)
        read = op.reshape(op.transpose(read, number([0, 2, 1, 3])), number([0, 0, hidden]), True)
        x = norm(op.add(dense(read, f"{own}.attention.output.dense"), x), f"{own}.attention.output.LayerNorm")
        inner = op.gelu(dense(x, f"{own}.intermediate.dense"), "erf")
        x = norm(op.add(dense(inner, f"{own}.output.dense"), x), f"{own}.output.LayerNorm")
    return ov.Model([op.result(x)], [ids, mask])


def _positions(config: Mapping[str, Any], ids: Any, mask: Any, op: Any, number: Callable[[int], Any]) -> Any:
    """(1, t) counting from 0 for BERT; (b, t) counting the unmasked after the padding id for RoBERTa."""
    if config["model_type"] == "bert":
        length = op.gather(op.shape_of(ids, "i64"), number(1), number(0))
        return op.unsqueeze(op.range(number(0), length, number(1), "i64"), number(0))
    counted = op.multiply(op.cum_sum(mask, number(1)), mask)
    return op.add(counted, number(int(config["pad_token_id"])))


def positions(config: Mapping[str, Any], mask: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """What `draw`'s graph counts, for one that leaves it out: rows of the position table (b, t)."""
    if config["model_type"] == "bert":
        return np.broadcast_to(np.arange(mask.shape[1]), mask.shape)
    return np.cumsum(mask, axis=1) * mask + int(config["pad_token_id"])


def tensors(path: Path) -> dict[str, Matrix]:
    """A safetensors file's tensors by BertModel's own names: float32 ones mapped, halves widened."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header: dict[str, Any] = json.loads(file.read(length))
    content = np.memmap(path, mode="c", offset=8 + length)  # "c": OpenVINO shares writable arrays only
    found: dict[str, Matrix] = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        own = name.split(".", 1)[1] if name.startswith(("bert.", "roberta.", "model.")) else name
        found[own] = _widened(content[start:end], entry["dtype"]).reshape(entry["shape"])
    return found


def _widened(raw: npt.NDArray[np.uint8], kind: str) -> Matrix:
    if kind == "F32":
        return raw.view("<f4")
    if kind == "F16":
        return raw.view("<f2").astype(np.float32)
    if kind == "BF16":
        return (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)
    return raw.astype(np.float32)  # position_ids of old checkpoints: nobody reads them
