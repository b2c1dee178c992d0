"""The second reading: a real cross-encoder, tiny and untrained, decides the order of what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.reranking import READ, load, reranked
from conftest import release
from store.archive import Archive
from store.catalogue import Added
from store.records import Hit, ModelUnavailable, Passage, Scope, Span

QUESTION = "Quand le stade rouvre-t-il ?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with one output, its weights drawn with a fixed seed."""
    import torch
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    made = tmp_path_factory.mktemp("cross-encoder")
    letters = list("abcdefghijklmnopqrstuvwxyz0123456789'?.,")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (made / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    tokenizer = BertWordPieceTokenizer(str(made / "vocab.txt"))
    BertTokenizerFast(tokenizer_object=tokenizer._tokenizer).save_pretrained(made)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        num_labels=1,
        initializer_range=0.5,
    )
    BertForSequenceClassification(config).save_pretrained(made)
    return made


@pytest.fixture(scope="module")
def rerank(folder: Path) -> Callable[[str, Sequence[str]], Sequence[float]]:
    return load(str(folder))


def hit(text: str, score: float) -> Hit:
    passage = Passage(0, Span(0, len(text)), (Span(0, len(text)),), text, "Métropole de Sarvelle")
    return Hit(passage, release(text), score, {"bm25": 1.0})


def test_the_cross_encoder_s_order_is_the_order(rerank: Any) -> None:
    """Hits come in the order of the model's own scores for question and passage, which `why` keeps."""
    hits = [hit(f"Phrase {n} sur le stade et ses {n * 7} places.", 1 - n / 10) for n in range(8)]
    found = reranked(QUESTION, hits, rerank)
    scores = rerank(QUESTION, [f"{one.passage.context}\n{one.passage.text}" for one in found])
    assert list(scores) == sorted(scores, reverse=True)
    assert len(set(scores)) == 8
    assert [one.why["reranker"] for one in found] == pytest.approx(list(scores), abs=1e-5)
    assert found != hits


def test_scores_still_fall_from_first_to_last(rerank: Any) -> None:
    """The fused scores stay in their places, so that what follows may still compare them."""
    hits = [hit(f"Phrase {n}.", 1 - n / 10) for n in range(8)]
    assert [one.score for one in reranked(QUESTION, hits, rerank)] == [one.score for one in hits]


def test_what_is_far_down_is_not_read(rerank: Any) -> None:
    """Hits beyond the first ones keep their place, unread."""
    hits = [hit(f"Phrase {n}.", 1 - n / 100) for n in range(READ + 5)]
    found = reranked(QUESTION, hits, rerank)
    assert found[READ:] == hits[READ:]
    assert {one.passage.text for one in found[:READ]} == {one.passage.text for one in hits[:READ]}


def test_nothing_found_is_nothing_read(rerank: Any) -> None:
    """No hit, no reading."""
    assert reranked(QUESTION, [], rerank) == []


def test_a_name_nobody_knows_says_what_to_do(tmp_path: Path) -> None:
    """A folder without a model names itself and the setting to unset."""
    with pytest.raises(ModelUnavailable, match="PORTE_PAROLE_RERANKER"):
        load(str(tmp_path / "nowhere"))


def test_the_desk_answers_in_the_reranker_s_order(rerank: Any, archive: Archive, shelve: Callable[..., Added]) -> None:
    """With a reranker, the desk's first release is the one the cross-encoder prefers."""
    from assistant.desk import Desk

    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    for n in range(6):
        shelve(f"Le stade numéro {n} rouvre en septembre, après {n + 3} mois.", title=f"Stade {n}", reference=f"cp-{n}")
    archive.flush()
    found = Desk(archive, clock=lambda: now, rerank=rerank).search("Quand le stade rouvre-t-il ?", Scope.STAFF)
    view = archive.view(Scope.STAFF, now)
    read = {one.release.id: view.passages(one.release.id)[0] for one in found}
    scores = rerank(QUESTION, [f"{p.context}\n{p.text}" for p in read.values()])
    assert list(scores) == sorted(scores, reverse=True)
