"""A transformer that turns token ids into token embeddings, run one of two ways.

`Encoder` is the seam: rows of tokens in, each with its place, its sentence and its passage,
two vectors per token out: as its sentence alone gives it, and as its passage does. What is
of sentence or passage 0 is seen by all, so that several sentences can stand in one row
after what introduces them. `by_openvino` runs a
BERT-like encoder straight from the folder's safetensors, so neither torch nor
transformers is imported: a warm start takes two seconds instead of ten. `by_torch` lets
sentence-transformers run whatever it can load.

Knows nothing about text, prefixes, sentences or archives.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from store import graph
from store.records import SettingsError

Ids = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float32]

_FAMILIES: Final = ("bert", "xlm-roberta", "roberta", "camembert")
_POOLINGS: Final = ("mean", "cls", "lasttoken")


@dataclass(frozen=True, slots=True)
class Encoder:
    """How one model is run and what becomes of its token embeddings.

    `tokens`: ids, places, sentences and passages, each (b, t) → token embeddings (b, t,
    hidden) as the sentence alone gives them, and as the passage does. Places count from 0;
    padding, whose id is `padding`, is of sentence and passage -1. `grouped`: whether these
    are obeyed; where not, a row must be one text, and both readings are the same. `pooling`:
    "mean", "cls" or "lasttoken", the way of a whole text. `finish`: pooled rows (n, hidden)
    → vectors (n, dimensions) of length 1. Safe to call from threads.
    """

    tokens: Callable[[Ids, Ids, Ids, Ids], tuple[Matrix, Matrix]]
    finish: Callable[[Matrix], Matrix]
    grouped: bool
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
        model = graph.draw(config, graph.tensors(folder / "model.safetensors"))
        settings: dict[str, Any] = {"INFERENCE_PRECISION_HINT": "bf16" if has_bfloat16() else "f32"}
        if threads is not None:
            settings["INFERENCE_NUM_THREADS"] = threads
        compiled = ov.Core().compile_model(model, "CPU", settings)

    def tokens(ids: Ids, places: Ids, sentences: Ids, passages: Ids) -> tuple[Matrix, Matrix]:
        request = compiled.create_infer_request()
        request.infer([ids, places, sentences, passages])
        apart, together = (np.array(request.get_output_tensor(n).data, dtype=np.float32) for n in range(2))
        return apart, together

    return Encoder(
        tokens=tokens,
        finish=unit,
        grouped=True,
        pooling=_pooling(folder),
        dimensions=int(config["hidden_size"]),
        max_tokens=longest(folder),
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
    if not _absolute(config) or config.get("hidden_act") != "gelu":
        return "its positions or activation are not those of BERT"
    if _pooling(folder) not in _POOLINGS:
        return f"its pooling is {_pooling(folder)}"
    return None


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
    grouped = _absolute(config)
    pooling = _pooling(folder) if (folder / "modules.json").is_file() else "mean"
    if names[:2] != ["Transformer", "Pooling"] or pooling not in _POOLINGS:
        raise SettingsError(f"{folder}: {', '.join(names)} with {pooling} pooling is not a model this archive can use.")

    def whole_rows(ids: Ids, places: Ids, sentences: Ids, passages: Ids) -> tuple[Matrix, Matrix]:
        mask = torch.from_numpy((sentences >= 0).astype(np.int64))
        with torch.inference_mode():
            read = modules[0]({"input_ids": torch.from_numpy(ids), "attention_mask": mask})
            embeddings: Matrix = read["token_embeddings"].float().numpy()
        return embeddings, embeddings

    def seen(groups: Ids) -> torch.Tensor:
        ours = (groups[:, :, None] == groups[:, None, :]) | (groups[:, None, :] == 0)
        return torch.from_numpy(~ours[:, None]).to(kind) * torch.finfo(kind).min

    def in_groups(ids: Ids, places: Ids, sentences: Ids, passages: Ids) -> tuple[Matrix, Matrix]:
        bert = modules[0].auto_model
        positions = torch.from_numpy(places) + graph.first_position(config)
        fork, by_sentence, by_passage = graph.parting(len(bert.encoder.layer)), seen(sentences), seen(passages)
        with torch.inference_mode():
            x = bert.embeddings(input_ids=torch.from_numpy(ids), position_ids=positions)
            for layer in bert.encoder.layer[:fork]:
                x = layer(x, by_sentence)
            apart = together = x
            for layer in bert.encoder.layer[fork:]:
                apart, together = layer(apart, by_sentence), layer(together, by_passage)
            return apart.float().numpy(), together.float().numpy()

    def finish(pooled: Matrix) -> Matrix:
        features = {"sentence_embedding": torch.from_numpy(pooled).to(kind)}
        with torch.inference_mode():
            for module in modules[2:]:
                features = module(features)
            return unit(features["sentence_embedding"].float().numpy())

    return Encoder(
        tokens=in_groups if grouped else whole_rows,
        finish=finish if names[2:] not in ([], ["Normalize"]) else unit,
        grouped=grouped,
        pooling=pooling,
        dimensions=int(model.get_embedding_dimension() or 0),
        max_tokens=min(int(model.max_seq_length or 512), longest(folder)),
        padding=int(config.get("pad_token_id") or 0),
        backend="torch",
    )


# ── what the folder says of itself ──────────────────────────────────────────────────


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _absolute(config: Any) -> bool:
    """Whether a model is BERT or its like, its positions read from a table."""
    return config.get("model_type") in _FAMILIES and config.get("position_embedding_type", "absolute") == "absolute"


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
