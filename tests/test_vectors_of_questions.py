"""The specification of what the model reads in questions: as much of a long one as it can."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app import Program
from assistant.vectors_of_questions import LONGEST_ASKED, Vectors


class Nowhere:
    """A shelf that keeps nothing."""

    def vectors(self, model: str) -> dict[bytes, bytes]:
        return {}

    def keep_vectors(self, model: str, read: Mapping[bytes, bytes]) -> None:
        pass


@pytest.mark.parametrize("said", ["stade ", "㊿"])
def test_a_question_of_any_length_is_read(program: Program, said: str) -> None:
    """Of one that the model cannot read whole, the beginning is read: one vector, and one for each word there."""
    read = Vectors(lambda: program.embedder, Nowhere()).question(said * 1_000, "fr")
    assert 0 < len(read.text) <= LONGEST_ASKED
    assert (said * 1_000).startswith(read.text)
    assert len(read.words) == len(read.stems)
    assert read.vector.shape == (program.embedder.dimensions,)
