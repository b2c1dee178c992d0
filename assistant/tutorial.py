"""The pipeline every tutorial teaches, as the baseline of every table.

Pieces of 1,000 characters with 200 of overlap, HuggingFaceEmbeddings, langchain-chroma:
the same weights, prompts and precision as the product, so that what differs is the craft.
Four pieces are stuffed into one prompt and the model's words are the answer, unchecked.
`python -m assistant.tutorial EXPORT.jsonl.gz --model FOLDER --folder STORE` indexes an
export the way a tutorial would, and prints what it took as JSON.

Knows nothing about this archive, its records, or who may see what.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.embedding import Model
from store.encoder import has_bfloat16
from store.records import PressArchiveError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PIECE, OVERLAP = 1000, 200
BATCH = 1000
STUFFED = 4
"""Pieces in a prompt: what a Chroma retriever gives when nothing is said of it."""

PROMPT = """\
You answer questions. The context below was retrieved for the question that follows it.
Answer from this context only; if it does not hold the answer, say that you do not know.
Use at most three short sentences, in the language of the question.

Context:
{context}

Question: {question}

Answer:"""
"""The « stuff » prompt in the terms tutorials put it, with one help more: the language."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and the name of the text it was cut from."""

    release: str
    text: str


class Tutorial:
    """A Chroma folder filled and asked as tutorials do, with the product's own model.

    Raises PressArchiveError with the install line where its libraries are missing.
    """

    def __init__(self, model: Model, folder: Path) -> None:
        chroma = _imported("langchain_chroma")
        huggingface = _imported("langchain_huggingface")
        splitters = _imported("langchain_text_splitters")
        settings = importlib.import_module("chromadb.config").Settings(anonymized_telemetry=False)
        precision = {"dtype": "bfloat16" if has_bfloat16() else "float32"}
        embeddings = huggingface.HuggingFaceEmbeddings(
            model_name=str(model.folder),
            model_kwargs={"device": "cpu", "model_kwargs": precision},
            encode_kwargs={"prompt": model.passage, "normalize_embeddings": True},
            query_encode_kwargs={"prompt": model.query, "normalize_embeddings": True},
        )
        self._splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=PIECE, chunk_overlap=OVERLAP)
        self._store = chroma.Chroma(
            collection_name="tutorial",
            embedding_function=embeddings,
            persist_directory=str(folder),
            client_settings=settings,
        )

    def index(self, texts: Iterable[tuple[str, str]]) -> int:
        """Cut, embed and store each (name, text); returns the number of pieces.

        What the folder already holds of a text stays; a text that changed is stored anew.
        """
        held = self._held()
        pieces: list[str] = []
        names: list[dict[str, str]] = []
        total = 0
        for name, text in texts:
            digest = sha256(text.encode()).hexdigest()[:16]
            if held.get(name) == digest:
                continue
            if name in held:
                self._store.delete(where={"release": name})
            cut = self._splitter.split_text(text)
            pieces += cut
            names += [{"release": name, "digest": digest}] * len(cut)
            total += len(cut)
            if len(pieces) >= BATCH:
                self._store.add_texts(pieces, metadatas=names)
                pieces, names = [], []
        if pieces:
            self._store.add_texts(pieces, metadatas=names)
        return total

    def _held(self) -> dict[str, str]:
        """The digest of each text this folder holds, whole: all of its pieces go in at once."""
        stored = self._store.get(include=["metadatas"])["metadatas"]
        return {str(one["release"]): str(one.get("digest", "")) for one in stored}

    def retrieve(self, question: str, k: int = 10) -> list[str]:
        """The names of the `k` nearest texts, best first, each once."""
        found = self._store.similarity_search(question, k=5 * k)
        return list(dict.fromkeys(str(piece.metadata["release"]) for piece in found))[:k]

    def pieces(self, question: str, k: int = STUFFED) -> tuple[Piece, ...]:
        """The `k` nearest pieces, best first."""
        found = self._store.similarity_search(question, k=k)
        return tuple(Piece(str(piece.metadata["release"]), str(piece.page_content)) for piece in found)


def stuffed(model: BaseChatModel, question: str, pieces: Sequence[Piece]) -> Iterator[str]:
    """What the model says to the question with these pieces in its prompt, as it comes."""
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.prompts import ChatPromptTemplate

    chain = ChatPromptTemplate.from_messages([("human", PROMPT)]) | model | StrOutputParser()
    yield from chain.stream({"context": "\n\n".join(piece.text for piece in pieces), "question": question})


def page(title: str, text: str) -> str:
    """A release as a tutorial's page: its title before its text, unless it stands there already."""
    return text if not title or title in text[: len(title) + 200] else f"{title}\n\n{text}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Index an export in a process of its own; prints {"releases", "pieces", "ready_seconds"}."""
    parser = argparse.ArgumentParser(prog="python -m assistant.tutorial")
    parser.add_argument("export", type=Path)
    parser.add_argument("--model", required=True, type=Path)
    parser.add_argument("--folder", required=True, type=Path)
    parser.add_argument("--query", default="", help="put before a question")
    parser.add_argument("--passage", default="", help="put before a piece")
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    tutorial = Tutorial(Model(asked.model, asked.model.name, asked.query, asked.passage), asked.folder)
    ready = time.perf_counter() - started
    records = list(_records(asked.export))
    pieces = tutorial.index((str(r.get("id", n)), page(r.get("title") or "", r["text"])) for n, r in enumerate(records))
    json.dump({"releases": len(records), "pieces": pieces, "ready_seconds": round(ready, 2)}, sys.stdout)
    return 0


def _records(export: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if export.suffix == ".gz" else open
    with opened(export, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _imported(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        raise PressArchiveError(
            f"The tutorial baseline needs {missing.name}: pip install 'porte-parole[tutorial]'"
        ) from missing


if __name__ == "__main__":
    sys.exit(main())
