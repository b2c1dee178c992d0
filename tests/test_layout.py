"""store.layout: how sentences are laid out in rows, and rows in batches."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from store.layout import ROW, Sentence, Text, alone, apart, batches, padded, together

HEAD, CLOSING = [0, 7, 8], [2]
FIRST = Text("A", [Sentence("first", [11, 12]), Sentence("second", [21])])
SECOND = Text("B", [Sentence("third", [31, 32, 33])])

lengths = st.lists(st.lists(st.integers(1, 120), min_size=1, max_size=6), min_size=1, max_size=12)


def test_sentences_share_a_head_and_start_anew_after_it() -> None:
    """The head once; then each sentence with its end mark, numbered, in its passage, at places of its own."""
    (row,) = together(HEAD, [FIRST, SECOND], CLOSING)
    assert row.ids == [0, 7, 8, 11, 12, 2, 21, 2, 31, 32, 33, 2]
    assert row.places == [0, 1, 2, 3, 4, 5, 3, 4, 3, 4, 5, 6]
    assert row.sentences == [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3]
    assert row.passages == [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2]
    assert {(part.key, part.whole): row.ids[part.start : part.end] for part in row.parts} == {
        ("first", False): [11, 12],
        ("second", False): [21],
        ("A", True): [11, 12, 2, 21, 2],
        ("third", False): [31, 32, 33],
        ("B", True): [31, 32, 33, 2],
    }


def test_apart_each_sentence_has_a_row() -> None:
    """A row is one text then: head, sentence, end mark; the sentence alone is pooled."""
    rows = list(apart(HEAD, FIRST.sentences, CLOSING))
    assert [row.ids for row in rows] == [[0, 7, 8, 11, 12, 2], [0, 7, 8, 21, 2]]
    assert all({*row.sentences, *row.passages} == {0} for row in rows)
    assert all(list(row.places) == list(range(len(row))) for row in rows)
    assert [row.ids[part.start : part.end] for row in rows for part in row.parts] == [[11, 12], [21]]


@given(lengths)
def test_rows_hold_every_passage_once_and_whole(counts: list[list[int]]) -> None:
    """Passages stand whole and in order, as many in a row as it holds; a longer one has a row to itself."""
    texts = [
        Text(number, [Sentence((number, place), [100 + number] * count) for place, count in enumerate(own)])
        for number, own in enumerate(counts)
    ]
    rows = list(together(HEAD, texts, CLOSING))
    held = [[part.key for part in row.parts if part.whole] for row in rows]
    assert list(itertools.chain(*held)) == list(range(len(counts)))
    for row, keys in zip(rows, held, strict=True):
        assert len(row) <= ROW or len(keys) == 1
        for part in row.parts:
            number = part.key if part.whole else part.key[0]  # type: ignore[index]
            assert set(row.ids[part.start : part.end]) <= {100 + number, *CLOSING}  # type: ignore[operator]
    for before, after in itertools.pairwise(rows):
        first = next(part for part in after.parts if part.whole)
        assert len(before) + first.end - first.start > ROW


@given(st.lists(st.integers(1, 300), max_size=60))
def test_batches_hold_every_row_once_and_keep_the_budget(counts: list[int]) -> None:
    """Batches hold each row once, of like length, within the budget unless alone."""
    found = list(batches([alone(number, [5] * count) for number, count in enumerate(counts)], 256))
    assert sorted(str(row.parts[0].key) for row in itertools.chain(*found)) == sorted(map(str, range(len(counts))))
    for batch in found:
        assert len(batch) == 1 or len(batch) * max(map(len, batch)) <= 256


def test_padding_is_of_no_sentence() -> None:
    """Short rows are filled with the padding id, of a sentence and a passage nothing else is of."""
    ids, places, sentences, passages = padded(
        [alone("a", [4, 5, 6]), *together([9], [Text("c", [Sentence("b", [1])])], [])], 99
    )
    np.testing.assert_array_equal(ids, [[4, 5, 6], [9, 1, 99]])
    np.testing.assert_array_equal(places, [[0, 1, 2], [0, 1, 0]])
    np.testing.assert_array_equal(sentences, [[0, 0, 0], [0, 1, -1]])
    np.testing.assert_array_equal(passages, [[0, 0, 0], [0, 1, -1]])
