"""Cosines between sentences, each embedded once."""

from __future__ import annotations

import pytest

from assistant import meaning
from assistant.meaning import Meaning


class Letters:
    """Makes a vector of which of two letters a text is about."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [[1.0, 0.0] if "a" in text else [0.0, 1.0] for text in texts]


def test_a_text_met_again_is_not_embedded_again() -> None:
    """The same sources are compared with each sentence of an answer."""
    embedder = Letters()
    near = Meaning(embedder)
    assert list(near("a", ["aa", "b"])) == [1.0, 0.0]
    assert list(near("b", ["aa", "b"])) == [0.0, 1.0]
    assert embedder.embedded == ["a", "aa", "b"]


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answers for months does not keep every sentence it met."""
    monkeypatch.setattr(meaning, "KEPT", 3)
    near = Meaning(Letters())
    for n in range(20):
        assert list(near(f"a{n}", ["b"])) == [0.0]
        assert len(near._vectors) <= 5
