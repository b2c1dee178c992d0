"""A BERT-like encoder drawn as an OpenVINO graph, over weights mapped from safetensors.

No converter, no trace, no torch: the layers are those of the paper, the inputs more: each
token's place, its sentence and its passage, so that what stands side by side in a row need
not be read together. Knows nothing about pooling, text, or how the graph is run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


TOGETHER: Final = 3
"""The last layers, in which a passage's sentences see each other too, in a reading of their own: its vector is
then nearly as good as one read whole throughout (PIAF, 500 passages, nDCG@10 .827 for .832; with two layers .822,
one .801, none .763), at a quarter more of the work instead of twice."""


def draw(config: Mapping[str, Any], tensors: Mapping[str, Matrix]) -> Any:
    """ids, places, sentences, passages (b, t) → two last hidden states (b, t, hidden).

    The layers are those of Devlin et al. 2018 (BERT). In the first reading a token sees its
    own sentence and what is of sentence 0. The second takes the last layers up again, and
    lets it see its own passage and what is of passage 0. Places count from 0, for RoBERTa too.
    """
    ov, op = import_module("openvino"), import_module("openvino.opset13")

    hidden, heads = int(config["hidden_size"]), int(config["num_attention_heads"])
    epsilon = float(config.get("layer_norm_eps", 1e-12))

    @cache
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

    def embedded() -> Any:
        first = first_position(config)
        shifted = op.add(places, number(first)) if first else places
        words = op.gather(weight("embeddings.word_embeddings.weight"), ids, number(0))
        where = op.gather(weight("embeddings.position_embeddings.weight"), shifted, number(0))
        kind = op.constant(np.ascontiguousarray(tensors["embeddings.token_type_embeddings.weight"][0]))
        return norm(op.add(op.add(words, kind), where), "embeddings.LayerNorm")

    def seen(groups: Any) -> Any:
        seeing, other = op.unsqueeze(groups, number([1, 3])), op.unsqueeze(groups, number([1, 2]))
        return op.logical_or(op.equal(seeing, other), op.equal(other, number(0)))

    def layer(x: Any, which: int, masks: list[Any]) -> list[Any]:
        own = f"encoder.layer.{which}"
        q, k, v = (split(dense(x, f"{own}.attention.self.{part}")) for part in ("query", "key", "value"))
        made = []
        for mask in masks:
            read = op.scaled_dot_product_attention(q, k, v, mask)
            read = op.reshape(op.transpose(read, number([0, 2, 1, 3])), number([0, 0, hidden]), True)
            y = norm(op.add(dense(read, f"{own}.attention.output.dense"), x), f"{own}.attention.output.LayerNorm")
            inner = op.gelu(dense(y, f"{own}.intermediate.dense"), "erf")
            made.append(norm(op.add(dense(inner, f"{own}.output.dense"), y), f"{own}.output.LayerNorm"))
        return made

    inputs = [op.parameter([-1, -1], np.int64, name) for name in ("ids", "places", "sentences", "passages")]
    ids, places = inputs[:2]
    by_sentence, by_passage = (seen(groups) for groups in inputs[2:])
    layers = int(config["num_hidden_layers"])
    fork = parting(layers)
    x = embedded()
    for which in range(fork):
        (x,) = layer(x, which, [by_sentence])
    apart, whole = layer(x, fork, [by_sentence, by_passage])
    for which in range(fork + 1, layers):
        (apart,), (whole,) = layer(apart, which, [by_sentence]), layer(whole, which, [by_passage])
    return ov.Model([op.result(apart), op.result(whole)], inputs)


def parting(layers: int) -> int:
    """The layer from which on the two readings differ."""
    return max(0, layers - TOGETHER)


def first_position(config: Mapping[str, Any]) -> int:
    """The row of the position table that is a text's first: RoBERTa's come after the padding id."""
    return 0 if config["model_type"] == "bert" else int(config["pad_token_id"]) + 1


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
