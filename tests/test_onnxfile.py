"""store.onnxfile: what is drawn is a model that onnxruntime runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from store.onnxfile import MICROSOFT, Drawing


def run(drawing: Drawing, output: str, axes: int, **inputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The drawing's output for these inputs."""
    kinds = {name: (values.dtype.name, values.ndim) for name, values in inputs.items()}
    session = import_module("onnxruntime").InferenceSession(
        drawing.model(kinds, (output, axes)), providers=["CPUExecutionProvider"]
    )
    (found,) = session.run(None, inputs)
    return np.asarray(found)


def test_nodes_are_computed_in_the_order_drawn() -> None:
    """A node takes what earlier ones gave, constants, and inputs of any length."""
    drawing = Drawing()
    doubled = drawing.node("Mul", ["x", drawing.tensor("two", np.array(2, np.float32))])
    moved = drawing.node("Add", [doubled, drawing.tensor("one", np.array([1, -1], np.float32))])
    for rows in (1, 3):
        x = np.arange(2 * rows, dtype=np.float32).reshape(rows, 2)
        np.testing.assert_array_equal(run(drawing, moved, 2, x=x), 2 * x + [1, -1])


def test_settings_are_whole_numbers_fractions_and_tensors() -> None:
    """A negative axis, a fraction and a tensor reach the operator as they were set."""
    drawing = Drawing()
    ones = drawing.tensor("ones", np.ones(4, np.float32))
    scaled = drawing.node("LayerNormalization", ["x", ones], axis=-1, epsilon=0.25)
    shape = drawing.node("Shape", [scaled])
    total = drawing.node("Add", [scaled, drawing.node("ConstantOfShape", [shape], value=np.array([7], np.float32))])
    x = np.array([[1, 2, 3, 4], [0, 0, 0, 8]], np.float32)
    expected = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 0.25) + 7
    np.testing.assert_allclose(run(drawing, total, 2, x=x), expected, rtol=1e-5)


@pytest.mark.parametrize("kind", ["float32", "uint8", "int8", "int32", "int64"])
def test_constants_keep_their_kind_and_numbers(kind: str) -> None:
    """Every kind of constant arrives as it was kept, long ones and negative ones too; a name is kept once."""
    values = np.arange(300).astype(np.int8).astype(kind).reshape(3, 100)
    drawing = Drawing()
    assert drawing.tensor("kept", values) == drawing.tensor("kept", values)
    plain = drawing.node("Cast", ["kept"], to=1)
    zero = drawing.node("Add", [plain, "x"])
    np.testing.assert_array_equal(run(drawing, zero, 2, x=np.zeros((1, 1), np.float32)), values.astype(np.float32))


def test_an_input_may_be_left_out_and_an_operator_be_onnxruntime_s_own() -> None:
    """An empty name stands for no input; a domain names whose operator it is."""
    drawing = Drawing()
    smooth = drawing.node("Gelu", ["x"], MICROSOFT)
    clipped = drawing.node("Clip", [smooth, "", drawing.tensor("most", np.array(1, np.float32))])
    found = run(drawing, clipped, 1, x=np.array([-9, 0, 0.5, 9], np.float32))
    np.testing.assert_allclose(found, [0, 0, 0.34573, 1], atol=1e-4)
