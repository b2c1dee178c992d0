"""Which model makes the vectors, where it lives on disk, and what an embedder offers.

The default needs no model hub (`store.weights`). A setting may name a local folder or
any model of the Hugging Face hub that sentence-transformers loads, instead. What is put
before a text comes from the model's own prompts (`config_sentence_transformers.json`:
"query", and "passage" or "document"); E5 models that state none get the ones they were
trained with.

Light to import: torch, OpenVINO and LangChain are loaded by `load`, not before. Knows
nothing about archives or releases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from store import weights
from store.records import ModelUnavailable, PressArchiveError

UNRELATED = 0.833
"""For the default model: over the 1,801 French releases of 2018, the best passage of 57 % of questions
about something else (PIAF) stays under it, and that of 5 % of the questions they answer (golden 2018)."""

SPREAD = 0.019
"""For the default model: the mean standard deviation of a question's cosines to its 100 nearest passages and
its 100 best by words (PIAF, and development questions over 2018)."""

Matrix = npt.NDArray[np.float32]
Sentences = Sequence[tuple[int, int]]
"""Half-open character spans into a passage's text, in order, apart or touching."""

_VOCABULARIES = ("sentencepiece.bpe.model", "spiece.model", "tokenizer.model", "vocab.txt", "vocab.json")
"""What a fast tokenizer is made from where a model brings no tokenizer.json."""


class TextTooLong(PressArchiveError):
    """A text the encoder would have to truncate: `tokens` of it where `limit` are read."""

    def __init__(self, text: str, tokens: int, limit: int) -> None:
        super().__init__(
            f"{tokens} tokens, and the encoder reads {limit}, in the passage « {text[:60]}… »: cut it shorter, "
            "or reindex with a model that reads more."
        )
        self.tokens = tokens
        self.limit = limit


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """A passage's vector (d,) and one per sentence (n, d), all of length 1, from one reading."""

    vector: Matrix
    sentences: Matrix


class Embedder(Protocol):
    """What the archive asks of a model. `name` is what it remembers of it."""

    @property
    def name(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    @property
    def max_tokens(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def embed_query(self, text: str) -> list[float]: ...
    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...
    def embed_passages(self, passages: Sequence[tuple[str, str, Sentences]]) -> list[PassageVectors]: ...


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text's token ids, special ones included, and each token's last character (-1: special)."""

    ids: list[int]
    last: npt.NDArray[np.int64]


class Tokens:
    """A model's tokenizer, never truncating."""

    def __init__(self, folder: Path) -> None:
        """Raises ModelUnavailable when the folder holds no tokenizer that can be read."""
        self._tokenizer = _tokenizer(folder)
        self.special = int(self._tokenizer.num_special_tokens_to_add(False))

    def count(self, text: str) -> int:
        """Tokens of a text, without the special ones at its ends."""
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        return [
            Encoding(encoding.ids, np.array([end - 1 for _, end in encoding.offsets], dtype=np.int64))
            for encoding in self._tokenizer.encode_batch(list(texts))
        ]


@dataclass(frozen=True, slots=True)
class Model:
    """A model on disk: the name an archive remembers, and what it wants before a text.

    `unrelated` is the cosine up to which a question and the best passage have nothing to do
    with each other, and `spread` how far a question's cosines to its candidates spread, where
    these were measured.
    """

    folder: Path
    name: str
    query: str
    passage: str
    unrelated: float | None = None
    spread: float | None = None


def locate(model: str | None, cache: Path, progress: weights.Progress | None = None) -> Model:
    """The model on disk, fetched if need be: the default (None), a folder, or a hub name.

    Raises ModelUnavailable when it cannot be had.
    """
    if model is None:
        folder = weights.unpack(cache, progress)
        name = f"multilingual-e5-small-q4@{weights.SHA256[:8]}"
    else:
        folder = Path(model).expanduser()
        if not folder.is_dir():
            folder = _from_hub(model)
        name = f"{Path(model).name if Path(model).is_dir() else model}@{_fingerprint(folder)}"
    query, passage = _prompts(folder, name)
    measured = (UNRELATED, SPREAD) if model is None else (None, None)
    return Model(folder, name, query, passage, *measured)


def load(
    model: str | None,
    cache: Path,
    *,
    backend: str = "auto",
    threads: int | None = None,
    progress: weights.Progress | None = None,
) -> Embedder:
    """The embedder of a model: `backend` as `store.encoder.load` takes it."""
    from store import encoder
    from store.sentence_embedder import SentenceEmbedder

    located = locate(model, cache, progress)
    return SentenceEmbedder(located, encoder.load(located.folder, backend, threads), Tokens(located.folder))


def _from_hub(model: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    patterns = ["*.json", "*.txt", "*.model", "model.safetensors", "model-*.safetensors", "*_Dense/*.safetensors"]
    try:
        return Path(snapshot_download(model, allow_patterns=patterns))
    except (OSError, ValueError, HFValidationError) as error:
        reason = str(error).splitlines()[0]
        raise ModelUnavailable(
            f"« {model} » is neither a folder here nor a model the hub gives ({reason}). Leave the model unset "
            "for the default, which needs no hub, or set a sentence-transformers folder."
        ) from error


@lru_cache(maxsize=2)
def _tokenizer(folder: Path) -> Any:
    """Kept: a vocabulary of 250,000 takes a second to read, and cutting and embedding want the same one.

    It is set once, before anyone has it: a tokenizer at work in another thread cannot be set.
    """
    from tokenizers import Tokenizer

    file = folder / "tokenizer.json"
    if file.is_file():
        return _uncut(Tokenizer.from_file(str(file)))
    if not any((folder / name).is_file() for name in _VOCABULARIES):
        raise ModelUnavailable(f"{folder} holds no tokenizer: set a sentence-transformers folder or a hub name.")
    from transformers import AutoTokenizer

    return _uncut(AutoTokenizer.from_pretrained(str(folder), local_files_only=True).backend_tokenizer)


def _uncut(tokenizer: Any) -> Any:
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _prompts(folder: Path, name: str) -> tuple[str, str]:
    file = folder / "config_sentence_transformers.json"
    stated = json.loads(file.read_text(encoding="utf-8")).get("prompts", {}) if file.is_file() else {}
    query = stated.get("query") or ""
    passage = stated.get("passage") or stated.get("document") or ""
    if not query and not passage and "e5-" in name.lower() and "instruct" not in name.lower():
        return "query: ", "passage: "
    return query, passage


def _fingerprint(folder: Path) -> str:
    """Eight digits that tell two models of one name apart: their settings and samples of their weights."""
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*config*.json"), *folder.glob("modules.json"), *folder.glob("*.safetensors")]):
        size = file.stat().st_size
        digest.update(f"{file.name} {size}".encode())
        with file.open("rb") as content:
            for start in (0, size // 2, max(0, size - 65536)):
                content.seek(start)
                digest.update(content.read(65536))
    return digest.hexdigest()[:8]
