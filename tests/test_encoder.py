"""store.encoder: three ways to run a transformer, one result."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import Program
from store import encoder
from store.records import SettingsError
from store.sentence_embedder import SentenceEmbedder

KINDS = ("bert", "xlm-roberta")


def small(folder: Path, kind: str, pooling: str = "mean", dense: bool = False) -> Path:
    """A sentence-transformers folder with a tiny encoder of random weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    torch.manual_seed(3)
    sizes: dict[str, Any] = {
        "vocab_size": 50,
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 24,
        "max_position_embeddings": 40,
        "pad_token_id": 1,
        "initializer_range": 0.5,
    }
    model: Any = BertModel(BertConfig(**sizes)) if kind == "bert" else XLMRobertaModel(XLMRobertaConfig(**sizes))
    model.save_pretrained(folder / "plain")
    words = Tokenizer(models.WordLevel({f"w{number}": number for number in range(50)}, unk_token="w3"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer: Any = PreTrainedTokenizerFast
    tokenizer(tokenizer_object=words, pad_token="w1", unk_token="w3").save_pretrained(folder / "plain")
    first = modules.Transformer(str(folder / "plain"))
    chain: list[Any] = [first, modules.Pooling(16, pooling_mode=pooling)]
    chain += [modules.Dense(16, 8)] if dense else [modules.Normalize()]
    SentenceTransformer(modules=chain).save(str(folder / "model"))
    return folder / "model"


@pytest.mark.parametrize("kind", KINDS)
def test_openvino_and_torch_agree(kind: str, tmp_path: Path) -> None:
    """Token by token, both ways give the same embeddings, padding or not, for BERT and for XLM-RoBERTa."""
    folder = small(tmp_path, kind)
    by_openvino, by_torch = encoder.by_openvino(folder), encoder.by_torch(folder)
    ids = np.random.default_rng(1).integers(5, 50, size=(3, 12))
    mask = np.ones_like(ids)
    ids[1, 7:], mask[1, 7:] = by_openvino.padding, 0

    fast, usual = by_openvino.tokens(ids, mask), by_torch.tokens(ids, mask)

    np.testing.assert_allclose(fast[mask == 1], usual[mask == 1], atol=2e-5)
    for name in ("pooling", "dimensions", "max_tokens", "padding"):
        assert getattr(by_openvino, name) == getattr(by_torch, name)


def test_the_default_model_is_the_same_through_sentence_transformers(program: Program) -> None:
    """The default model, run by sentence-transformers itself, gives the embedder's vectors, in 8 bits nearly so."""
    from sentence_transformers import SentenceTransformer

    text = "La piscine des Tilleuls rouvre le 2 juin après dix-huit mois de travaux."
    model = program.model
    usual = SentenceTransformer(str(model.folder), device="cpu")
    for run, least in ((encoder.by_openvino, 0.9999), (encoder.by_onnxruntime, 0.997)):
        embedder = SentenceEmbedder(model, run(model.folder), program.tokens)
        for prompt, ours in (("query", embedder.embed_query(text)), ("passage", embedder.embed_documents([text])[0])):
            theirs = usual.encode(text, prompt_name=prompt, convert_to_numpy=True)
            assert float(theirs @ np.array(ours, dtype=np.float32)) > least


@pytest.mark.parametrize(("flags", "expected"), [("avx2 avx512_bf16", "openvino"), ("avx2 fma", "onnxruntime")])
def test_the_processor_decides_how_bert_is_run(flags: str, expected: str, tmp_path: Path) -> None:
    """OpenVINO where bfloat16 is multiplied at once, 8 bits elsewhere; a way asked for is the way taken."""
    (tmp_path / "cpuinfo").write_text(f"flags : {flags}\n", encoding="utf-8")
    folder = small(tmp_path, "bert")
    assert encoder.load(folder, cpuinfo=tmp_path / "cpuinfo").backend == expected
    for asked in ("openvino", "onnxruntime", "torch"):
        assert encoder.load(folder, asked).backend == asked


def test_what_does_not_run_here_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where onnxruntime is there but was built for another machine, the next way is taken; by force it is an error."""
    (tmp_path / "cpuinfo").write_text("flags : avx2 fma\n", encoding="utf-8")
    folder = small(tmp_path, "bert")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "onnxruntime.py").write_text("raise ImportError('wrong ELF class')\n", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "onnxruntime", raising=False)
    monkeypatch.syspath_prepend(tmp_path / "broken")
    assert encoder.load(folder, cpuinfo=tmp_path / "cpuinfo").backend == "openvino"
    with pytest.raises(ImportError, match="wrong ELF class"):
        encoder.load(folder, "onnxruntime")


def test_what_is_not_bert_is_left_to_torch(tmp_path: Path) -> None:
    """A model with a layer after pooling runs through torch, which finishes its vectors; by force it is refused."""
    folder = small(tmp_path, "bert", dense=True)

    chosen = encoder.load(folder)

    assert chosen.backend == "torch"
    finished = chosen.finish(np.ones((3, 16), dtype=np.float32))
    assert finished.shape == (3, chosen.dimensions) == (3, 8)
    np.testing.assert_allclose(np.linalg.norm(finished, axis=1), 1, atol=1e-6)
    for backend in ("openvino", "onnxruntime"):
        with pytest.raises(SettingsError, match=f"by {backend}: its modules are Transformer, Pooling, Dense"):
            encoder.load(folder, backend)


def test_a_first_token_s_model_is_known_as_one(tmp_path: Path) -> None:
    """A model trained with its first token says so, in the old spelling of the settings too."""
    folder = small(tmp_path, "bert", pooling="cls")
    assert encoder.load(folder).pooling == "cls"
    old = {"word_embedding_dimension": 16, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(old), encoding="utf-8")
    assert encoder.load(folder).pooling == "cls"


def test_half_precision_weights_are_widened(tmp_path: Path) -> None:
    """Weights kept as float16 or bfloat16 are read by OpenVINO as by torch."""
    import torch
    from safetensors.torch import load_file, save_file

    folder = small(tmp_path, "bert")
    whole = load_file(folder / "model.safetensors")
    ids = np.arange(5, 15)[None, :]
    usual = encoder.by_openvino(folder).tokens(ids, np.ones_like(ids))
    for kind, tolerance in ((torch.float16, 0.02), (torch.bfloat16, 0.2)):
        halves = {name: tensor.to(kind) for name, tensor in whole.items()}
        save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
        np.testing.assert_allclose(encoder.by_openvino(folder).tokens(ids, np.ones_like(ids)), usual, atol=tolerance)


def test_an_unknown_backend_is_refused(tmp_path: Path) -> None:
    """A backend nobody wrote is refused, with the ones there are."""
    with pytest.raises(SettingsError, match="auto, openvino, onnxruntime or torch"):
        encoder.load(tmp_path, "onnx")


@pytest.mark.parametrize(("flags", "expected"), [("avx2 avx512_bf16", True), ("amx_bf16", True), ("avx2 fma", False)])
def test_bfloat16_is_used_where_the_processor_has_it(flags: str, expected: bool, tmp_path: Path) -> None:
    """The processor's own flags decide; a system without them has none."""
    (tmp_path / "cpuinfo").write_text(f"processor : 0\nflags : fpu {flags} sse\n", encoding="utf-8")
    assert encoder.has_bfloat16(tmp_path / "cpuinfo") is expected
    assert not encoder.has_bfloat16(tmp_path / "absent")
