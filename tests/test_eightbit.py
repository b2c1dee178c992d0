"""store.eightbit: a transformer in 8 bits is nearly the one in floats, token by token."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from test_encoder import KINDS, small

from app import Program
from store import encoder


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_model_is_nearly_itself(kind: str, tmp_path: Path) -> None:
    """Padding or not, each token's embedding points where that of floats points, for BERT and for XLM-RoBERTa."""
    folder = small(tmp_path, kind)
    ids = np.random.default_rng(1).integers(5, 50, size=(3, 12))
    mask = np.ones_like(ids)
    ids[1, 7:], mask[1, 7:] = 1, 0
    floats, rounded = (run(folder).tokens(ids, mask) for run in (encoder.by_openvino, encoder.by_onnxruntime))
    cosines = (encoder.unit(floats[mask == 1]) * encoder.unit(rounded[mask == 1])).sum(axis=1)
    assert cosines.min() > 0.99


def test_a_token_is_rounded_by_itself(tmp_path: Path) -> None:
    """What a text is read with, however large its numbers, changes not one bit of its embedding."""
    made = encoder.by_onnxruntime(small(tmp_path, "bert"))
    ids = np.random.default_rng(2).integers(5, 50, size=(6, 20))
    mask = np.ones_like(ids)
    ids[3, 9:], mask[3, 9:] = made.padding, 0
    together = made.tokens(ids, mask)
    np.testing.assert_array_equal(made.tokens(ids[3:4, :9], mask[3:4, :9])[0], together[3, :9])


def test_the_default_model_loses_next_to_nothing(program: Program) -> None:
    """Over the default model, a text's vector keeps a cosine above 0.995 to that of floats."""
    folder = program.model.folder
    ids = np.random.default_rng(3).integers(10, 200_000, size=(4, 60))
    mask = np.ones_like(ids)
    floats, rounded = (
        encoder.unit(run(folder).tokens(ids, mask).mean(axis=1))
        for run in (encoder.by_openvino, encoder.by_onnxruntime)
    )
    assert (floats * rounded).sum(axis=1).min() > 0.995
