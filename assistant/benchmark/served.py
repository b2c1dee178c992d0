"""An archive with generated vectors, served as `porte-parole serve` serves any other.

`python -m assistant.benchmark.served FOLDER --port N` opens the HTTP API on this machine
and nothing else. With `--model` the archive's real encoder is loaded and reads every
question, so that time and memory are those of a real server; what it finds rests on the
generated vectors all the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.benchmark.large import opened
from assistant.benchmark.vectors import WordVectors
from store.embedding import Embedder, load


class Burdened(WordVectors):
    """Word vectors, after an encoder has read the question for its time's sake."""

    def __init__(self, encoder: Embedder) -> None:
        super().__init__()
        self._encoder = encoder

    def embed_query(self, text: str) -> list[float]:
        self._encoder.embed_query(text)
        return super().embed_query(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m assistant.benchmark.served")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", help="folder of the model whose encoder reads the questions")
    parser.add_argument("--cache", type=Path, default=Path())
    asked = parser.parse_args(arguments)
    embedder: Any = WordVectors() if asked.model is None else Burdened(load(asked.model, asked.cache))
    with opened(asked.folder, embedder) as archive:
        archive.keep()
        _serve(archive, asked.port)
    return 0


def _serve(archive: Any, port: int) -> None:
    from assistant.desk import Desk
    from assistant.web.server import serve

    def now() -> datetime:
        return datetime.now(UTC)

    serve(Desk(archive, clock=now), archive, clock=now, version="benchmark", host="127.0.0.1", port=port)


if __name__ == "__main__":
    raise SystemExit(main())
