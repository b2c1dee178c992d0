"""A transformer that turns token ids into token embeddings, run one of two ways.

`Encoder` is the seam: ids and mask in, one vector per token out. `by_openvino` builds
the graph of a BERT-like encoder straight from the folder's safetensors, so neither torch
nor transformers is imported: a warm start takes two seconds instead of ten. `by_torch`
lets sentence-transformers run whatever it can load.

Knows nothing about text, prefixes, sentences or archives.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from store.records import SettingsError

Ids = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]

_FAMILIES: Final = ("bert", "xlm-roberta", "roberta", "camembert")
_POOLINGS: Final = ("mean", "cls", "lasttoken")


@dataclass(frozen=True, slots=True)
class Encoder:
    """How one model is run and what becomes of its token embeddings.

    `tokens`: ids (b, t) and mask (b, t) → token embeddings (b, t, hidden).
    `pooling`: "mean", "cls" or "lasttoken", the way of a whole text. `finish`: pooled
    rows (n, hidden) → vectors (n, dimensions) of length 1. `padding` is the id that fills
    short rows. Safe to call from threads.
    """

    tokens: Callable[[Ids, Ids], Matrix]
    finish: Callable[[Matrix], Matrix]
    pooling: str
    dimensions: int
    max_tokens: int
    padding: int
    backend: str


def load(folder: Path, backend: str = "auto", threads: int | None = None) -> Encoder:
    """The encoder of a sentence-transformers folder.

    `backend` is "openvino", "torch", or "auto": OpenVINO where it is installed and
    knows the model's kind, torch elsewhere. Raises SettingsError for a folder that
    cannot be run as asked.
    """
    if backend not in ("auto", "openvino", "torch"):
        raise SettingsError(f"Unknown encoder backend « {backend} »: auto, openvino or torch.")
    why_not = _unknown_to_openvino(folder)
    if backend == "openvino" and why_not is not None:
        raise SettingsError(f"{folder} cannot be run by OpenVINO: {why_not}. Set the backend to torch.")
    if backend == "torch" or why_not is not None:
        return by_torch(folder, threads)
    return by_openvino(folder, threads)


def unit(rows: Matrix) -> Matrix:
    """Rows (n, d) scaled to length 1; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled: Matrix = rows / np.maximum(lengths, np.float32(1e-12))
    return scaled


def has_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies bfloat16 matrices itself (three times as fast)."""
    try:
        flags = set(cpuinfo.read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return False
    return bool(flags & {"avx512_bf16", "amx_bf16"})


# ── OpenVINO ────────────────────────────────────────────────────────────────────────


def by_openvino(folder: Path, threads: int | None = None) -> Encoder:
    """The folder's BERT-like encoder as an OpenVINO graph; weights stay mapped from disk."""
    config = _json(folder / "config.json")
    with _openvino() as ov:
        model = _graph(config, _tensors(folder / "model.safetensors"))
        settings: dict[str, Any] = {"INFERENCE_PRECISION_HINT": "bf16" if has_bfloat16() else "f32"}
        if threads is not None:
            settings["INFERENCE_NUM_THREADS"] = threads
        compiled = ov.Core().compile_model(model, "CPU", settings)

    def tokens(ids: Ids, mask: Ids) -> Matrix:
        request = compiled.create_infer_request()
        request.infer([ids, mask])
        embeddings: Matrix = np.array(request.get_output_tensor(0).data, dtype=np.float32)
        return embeddings

    return Encoder(
        tokens=tokens,
        finish=unit,
        pooling=_pooling(folder),
        dimensions=int(config["hidden_size"]),
        max_tokens=_longest(folder, config),
        padding=int(config.get("pad_token_id") or 0),
        backend="openvino",
    )


@contextmanager
def _openvino() -> Iterator[Any]:
    """OpenVINO without its converter, whose mere import reports itself to an analytics server."""
    converter = "openvino.tools.ovc"
    absent = converter not in sys.modules
    if absent:
        sys.modules[converter] = None  # type: ignore[assignment]
    try:
        yield import_module("openvino")
    finally:
        if absent:
            del sys.modules[converter]


def _unknown_to_openvino(folder: Path) -> str | None:
    """Why OpenVINO cannot run this folder, or None when it can."""
    if find_spec("openvino") is None:
        return "openvino is not installed (pip install openvino)"
    if not (folder / "modules.json").is_file() or not (folder / "model.safetensors").is_file():
        return "it is not a sentence-transformers folder with one model.safetensors"
    kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in _json(folder / "modules.json")]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return f"its modules are {', '.join(kinds)}"
    config = _json(folder / "config.json")
    if config.get("model_type") not in _FAMILIES:
        return f"its kind is {config.get('model_type')}, not one of {', '.join(_FAMILIES)}"
    if config.get("position_embedding_type", "absolute") != "absolute" or config.get("hidden_act") != "gelu":
        return "its positions or activation are not those of BERT"
    if _pooling(folder) not in _POOLINGS:
        return f"its pooling is {_pooling(folder)}"
    return None


def _graph(config: Mapping[str, Any], tensors: Mapping[str, Matrix]) -> Any:
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


def _tensors(path: Path) -> dict[str, Matrix]:
    """A safetensors file's tensors by BertModel's own names: float32 ones mapped, halves widened."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header: dict[str, Any] = json.loads(file.read(length))
    content = np.memmap(path, mode="c", offset=8 + length)  # "c": OpenVINO shares writable arrays only
    tensors: dict[str, Matrix] = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        own = name.split(".", 1)[1] if name.startswith(("bert.", "roberta.", "model.")) else name
        tensors[own] = _widened(content[start:end], entry["dtype"]).reshape(entry["shape"])
    return tensors


def _widened(raw: npt.NDArray[np.uint8], kind: str) -> Matrix:
    if kind == "F32":
        return raw.view("<f4")
    if kind == "F16":
        return raw.view("<f2").astype(np.float32)
    if kind == "BF16":
        return (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)
    return raw.astype(np.float32)  # position_ids of old checkpoints: nobody reads them


# ── torch, through sentence-transformers ────────────────────────────────────────────


def by_torch(folder: Path, threads: int | None = None) -> Encoder:
    """Any model sentence-transformers loads, as float32 or bfloat16 on the CPU.

    Its modules after pooling (a dense layer, normalisation) finish the vector of a whole
    text and those of its sentences alike.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    if threads is not None:
        torch.set_num_threads(threads)
    kind = torch.bfloat16 if has_bfloat16() else torch.float32
    model = SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": kind}, local_files_only=True).eval()
    modules, config = list(model.children()), _json(folder / "config.json")
    names = [type(module).__name__ for module in modules]
    pooling = _pooling(folder) if (folder / "modules.json").is_file() else "mean"
    if names[:2] != ["Transformer", "Pooling"] or pooling not in _POOLINGS:
        raise SettingsError(f"{folder}: {', '.join(names)} with {pooling} pooling is not a model this archive can use.")

    def tokens(ids: Ids, mask: Ids) -> Matrix:
        features = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        with torch.inference_mode():
            embeddings: Matrix = modules[0](features)["token_embeddings"].float().numpy()
        return embeddings

    def finish(pooled: Matrix) -> Matrix:
        features = {"sentence_embedding": torch.from_numpy(pooled).to(kind)}
        with torch.inference_mode():
            for module in modules[2:]:
                features = module(features)
            return unit(features["sentence_embedding"].float().numpy())

    return Encoder(
        tokens=tokens,
        finish=finish if names[2:] not in ([], ["Normalize"]) else unit,
        pooling=pooling,
        dimensions=int(model.get_embedding_dimension() or 0),
        max_tokens=min(int(model.max_seq_length or 512), _longest(folder, config)),
        padding=int(config.get("pad_token_id") or 0),
        backend="torch",
    )


# ── what the folder says of itself ──────────────────────────────────────────────────


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _pooling(folder: Path) -> str:
    """The pooling of `modules.json`'s second module, in sentence-transformers' old or new spelling."""
    for module in _json(folder / "modules.json"):
        if str(module["type"]).endswith("Pooling"):
            config = _json(folder / module["path"] / "config.json")
            if "pooling_mode" in config:
                return str(config["pooling_mode"])
            chosen = [key for key, value in config.items() if key.startswith("pooling_mode_") and value is True]
            return "+".join(key.removeprefix("pooling_mode_").split("_")[0] for key in chosen)
    return "none"


def _longest(folder: Path, config: Mapping[str, Any]) -> int:
    """Tokens the encoder reads, special ones included; RoBERTa's positions start after the padding id."""
    offset = int(config["pad_token_id"]) + 1 if config.get("model_type") in _FAMILIES[1:] else 0
    longest = int(config.get("max_position_embeddings", 512)) - offset
    settings = folder / "sentence_bert_config.json"
    asked = _json(settings).get("max_seq_length") if settings.is_file() else None
    return min(longest, int(asked)) if asked else longest
