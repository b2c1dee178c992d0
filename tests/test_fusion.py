"""Fusion: words by the share they bear, cosines by how far they spread, nothing lost while vectors are owed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.fusion import Candidate, Weights, fused


def order(candidates: list[Candidate], weights: Weights = Weights(spread=0.02)) -> list[str]:
    return [candidate.passage_id for candidate, _ in fused(candidates, weights)]


def test_a_question_in_the_archive_s_words_is_answered_by_words() -> None:
    """A passage that bears all the words wins over one a little nearer in meaning."""
    told = Candidate("told", 9.0, words=0.9, cosine=0.84, sentences=(0.84,))
    near = Candidate("near", 2.0, words=0.2, cosine=0.86, sentences=(0.86,))
    assert order([near, told]) == ["told", "near"]


def test_a_question_in_other_words_is_answered_by_meaning() -> None:
    """Where the best passage bears a tenth of the words, being best by words decides nothing."""
    word = Candidate("word", 2.0, words=0.1, cosine=0.82, sentences=(0.82,))
    near = Candidate("near", 0.0, words=0.0, cosine=0.86, sentences=(0.87,))
    assert order([word, near]) == ["near", "word"]


def test_the_best_sentence_counts_beside_its_passage() -> None:
    """Of two passages alike, the one with the nearer sentence comes first."""
    one = Candidate("one", cosine=0.85, sentences=(0.80, 0.86))
    other = Candidate("other", cosine=0.85, sentences=(0.84, 0.84))
    assert order([other, one]) == ["one", "other"]


def test_the_title_counts() -> None:
    """Of two passages alike, the one whose release is named like the question comes first."""
    one = Candidate("one", cosine=0.85, title=0.9)
    other = Candidate("other", cosine=0.85, title=0.8)
    assert order([other, one]) == ["one", "other"]


def test_a_passage_without_vectors_is_neither_first_nor_last_for_it() -> None:
    """While its vectors are owed, a passage counts as the average of those that have theirs."""
    far = Candidate("far", cosine=0.80, sentences=(0.80,))
    near = Candidate("near", cosine=0.90, sentences=(0.90,))
    owed = Candidate("owed")
    assert order([far, near, owed]) == ["near", "owed", "far"]


def test_without_any_vector_words_decide() -> None:
    """An archive whose vectors are all owed answers by words."""
    assert order([Candidate("b", words=0.2), Candidate("a", words=0.4)]) == ["a", "b"]


@pytest.mark.parametrize("field", ["words", "passage", "sentence", "title"])
def test_a_weight_of_nothing_silences_its_score(field: str) -> None:
    """With the other three weights at zero, one score alone decides."""
    best = {
        "words": Candidate("best", words=0.5),
        "passage": Candidate("best", cosine=0.9, sentences=(0.5,), title=0.5),
        "sentence": Candidate("best", cosine=0.5, sentences=(0.9,), title=0.5),
        "title": Candidate("best", cosine=0.5, sentences=(0.5,), title=0.9),
    }[field]
    rest = Candidate("rest", words=0.2, cosine=0.6, sentences=(0.6,), title=0.6)
    rival = Candidate("rival", words=1.0, cosine=1.0, sentences=(1.0,), title=1.0)
    score: Any = {{"passage": "cosine", "sentence": "sentences"}.get(field, field): _least(field)}
    rival = rival._replace(**score)
    weights = Weights(**{**dict.fromkeys(("words", "passage", "sentence", "title"), 0.0), field: 1.0})
    assert order([rival, rest, best], weights)[0] == "best"


def test_a_model_whose_cosines_spread_wider_ranks_alike() -> None:
    """Without a measured spread the question's own is taken: cosines ten times as far apart rank the same."""
    narrow = [
        Candidate(str(n), words=w, cosine=0.80 + c / 100) for n, (w, c) in enumerate([(0.3, 1), (0, 4), (0.1, 2)])
    ]
    wide = [one._replace(cosine=(one.cosine or 0) * 10 - 8) for one in narrow]
    assert order(narrow, Weights()) == order(wide, Weights())


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.none() | st.floats(-1, 1), st.none() | st.floats(-1, 1)), min_size=1, max_size=30
    )
)
def test_scores_fall_from_first_to_last(drawn: list[tuple[float, float | None, float | None]]) -> None:
    """Whatever is missing, every candidate is scored once, none below zero, best first."""
    candidates = [Candidate(str(n), words=w, cosine=c, title=t) for n, (w, c, t) in enumerate(drawn)]
    found = fused(candidates)
    scores = [score for _, score in found]
    assert sorted(one.passage_id for one, _ in found) == sorted(one.passage_id for one in candidates)
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0


def _least(field: str) -> Any:
    return {"words": 0.0, "passage": 0.0, "sentence": (0.0,), "title": 0.0}[field]
