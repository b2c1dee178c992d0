"""A transformer that turns token ids into token embeddings, run one of three ways.

`Encoder` is the seam: ids and mask in, one vector per token out. `by_openvino` and
`by_onnxruntime` run a BERT-like encoder straight from the folder's safetensors, so neither
torch nor transformers is imported: a warm start takes two seconds instead of ten. The
first multiplies floats, bfloat16 where the processor has it; the second 8-bit integers, a
third faster elsewhere (2 cores with AVX2, passages of 250 tokens). `by_torch` lets
sentence-transformers run whatever it can load.

Knows nothing about text, prefixes, sentences or archives.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from store import eightbit, graph
from store.records import SettingsError

Ids = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]

CPUINFO: Final = Path("/proc/cpuinfo")
"""Where Linux says what the processor can do."""

BRIEF: Final = 64
"""Tokens up to which 8 bits are multiplied by one thread: shared out, a question costs a sixth more in all."""

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


def load(folder: Path, backend: str = "auto", threads: int | None = None, cpuinfo: Path = CPUINFO) -> Encoder:
    """The encoder of a sentence-transformers folder.

    `backend` is "openvino", "onnxruntime", "torch", or "auto": for BERT and its like
    OpenVINO where the processor multiplies bfloat16 itself, onnxruntime elsewhere (the
    other where that is not installed or does not run here), and torch for every other
    kind. Raises SettingsError for a folder that cannot be run as asked.
    """
    fast = {"openvino": by_openvino, "onnxruntime": by_onnxruntime}
    if backend not in (*fast, "auto", "torch"):
        raise SettingsError(f"Unknown encoder backend « {backend} »: auto, openvino, onnxruntime or torch.")
    unlike = _unlike_bert(folder)
    if backend == "auto" and unlike is None:
        for way in list(fast.values()) if has_bfloat16(cpuinfo) else list(fast.values())[::-1]:
            with suppress(Exception):  # not installed, or built for other processors: each raises its own
                return way(folder, threads)
    if backend in ("auto", "torch"):
        return by_torch(folder, threads)
    if find_spec(backend) is None:
        unlike = f"it is not installed (pip install {backend})"
    if unlike is not None:
        raise SettingsError(f"{folder} cannot be run by {backend}: {unlike}. Set the backend to torch.")
    return fast[backend](folder, threads)


def unit(rows: Matrix) -> Matrix:
    """Rows (n, d) scaled to length 1; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled: Matrix = rows / np.maximum(lengths, np.float32(1e-12))
    return scaled


def has_bfloat16(cpuinfo: Path = CPUINFO) -> bool:
    """Whether the processor multiplies bfloat16 matrices itself (three times as fast)."""
    try:
        flags = set(cpuinfo.read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return False
    return bool(flags & {"avx512_bf16", "amx_bf16"})


def _of_bert(folder: Path, tokens: Callable[[Ids, Ids], Matrix], backend: str) -> Encoder:
    """The encoder of a BERT-like folder, however its tokens are multiplied."""
    config = _json(folder / "config.json")
    return Encoder(
        tokens=tokens,
        finish=unit,
        pooling=_pooling(folder),
        dimensions=int(config["hidden_size"]),
        max_tokens=longest(folder),
        padding=int(config.get("pad_token_id") or 0),
        backend=backend,
    )


# ── OpenVINO ────────────────────────────────────────────────────────────────────────


def by_openvino(folder: Path, threads: int | None = None) -> Encoder:
    """The folder's BERT-like encoder as an OpenVINO graph; weights stay mapped from disk."""
    config = _json(folder / "config.json")
    with _openvino() as ov:
        model = graph.draw(config, graph.tensors(folder / "model.safetensors"))
        settings: dict[str, Any] = {"INFERENCE_PRECISION_HINT": "bf16" if has_bfloat16() else "f32"}
        if threads is not None:
            settings["INFERENCE_NUM_THREADS"] = threads
        compiled = ov.Core().compile_model(model, "CPU", settings)

    def tokens(ids: Ids, mask: Ids) -> Matrix:
        request = compiled.create_infer_request()
        request.infer([ids, mask])
        embeddings: Matrix = np.array(request.get_output_tensor(0).data, dtype=np.float32)
        return embeddings

    return _of_bert(folder, tokens, "openvino")


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


def _unlike_bert(folder: Path) -> str | None:
    """Why a folder cannot be run without torch, or None when it can."""
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


# ── onnxruntime, in 8 bits ──────────────────────────────────────────────────────────


def by_onnxruntime(folder: Path, threads: int | None = None) -> Encoder:
    """The folder's BERT-like encoder in 8 bits; its embeddings stay mapped from disk."""
    onnxruntime = import_module("onnxruntime")
    config, tensors = _json(folder / "config.json"), graph.tensors(folder / "model.safetensors")
    drawn = eightbit.draw(config, tensors)

    def session(threads: int) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(drawn, options, ["CPUExecutionProvider"])

    shared, alone = session(threads or 0), session(1)
    embedded = {name: tensor for name, tensor in tensors.items() if name.startswith("embeddings.")}

    def tokens(ids: Ids, mask: Ids) -> Matrix:
        rows = eightbit.embeddings(embedded, ids, graph.positions(config, mask))
        run = (alone if ids.size <= BRIEF else shared).run
        (embeddings,) = run(None, {"embedded": rows, "mask": mask.astype(np.int32)})
        return np.asarray(embeddings, dtype=np.float32)

    return _of_bert(folder, tokens, "onnxruntime")


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
        max_tokens=min(int(model.max_seq_length or 512), longest(folder)),
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


def longest(folder: Path) -> int:
    """Tokens a model's encoder reads, special ones included; RoBERTa's positions start after the padding id."""
    config = _json(folder / "config.json")
    offset = int(config["pad_token_id"]) + 1 if config.get("model_type") in _FAMILIES[1:] else 0
    positions = int(config.get("max_position_embeddings", 512)) - offset
    settings = folder / "sentence_bert_config.json"
    asked = _json(settings).get("max_seq_length") if settings.is_file() else None
    return min(positions, int(asked)) if asked else positions
