"""How passages are laid out to be read: a head, then their sentences side by side.

`together` lays whole passages of one head in rows that name each token's sentence and
passage, for the encoder to keep them apart; positions start anew after the head, so that a
sentence is read as if it stood alone behind it, and the head is paid for once a row.
`apart` gives each sentence a row with the head of its own: the same reading but for the
head, which then sees the sentence, and twice the tokens.

Knows nothing about text, vectors, or how a row is run.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]

ROW = 320
"""Tokens of a row of several passages: longer spends more on attention than the repeated head costs."""


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens of a row whose mean is asked for, under the key of whoever asks.

    `whole`: as read in their passage, not in their sentence alone.
    """

    key: Hashable
    start: int
    end: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids with their places, sentences and passages, and the parts to be pooled."""

    ids: Sequence[int]
    places: Sequence[int]
    sentences: Sequence[int]
    passages: Sequence[int]
    parts: Sequence[Part]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's token ids, its closing mark left out, under the key of whoever asks."""

    key: Hashable
    ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage's sentences, under the key of whoever asks for the whole."""

    key: Hashable
    sentences: Sequence[Sentence]

    def length(self, closing: int) -> int:
        return sum(len(sentence.ids) + closing for sentence in self.sentences)


def alone(key: Hashable, ids: Sequence[int]) -> Row:
    """One text, read and pooled as a whole."""
    zeros = [0] * len(ids)
    return Row(ids, range(len(ids)), zeros, zeros, [Part(key, 0, len(ids), whole=True)])


def apart(head: Sequence[int], sentences: Sequence[Sentence], closing: Sequence[int]) -> Iterator[Row]:
    """A row for each sentence, all of it one text."""
    for sentence in sentences:
        ids, end = [*head, *sentence.ids, *closing], len(head) + len(sentence.ids)
        zeros = [0] * len(ids)
        yield Row(ids, range(len(ids)), zeros, zeros, [Part(sentence.key, len(head), end, whole=False)])


def together(head: Sequence[int], texts: Sequence[Text], closing: Sequence[int]) -> Iterator[Row]:
    """Rows of the head and some of its texts each, whole and in order."""
    taken: list[Text] = []
    length = len(head)
    for text in texts:
        own = text.length(len(closing))
        if taken and length + own > ROW:
            yield _row(head, taken, closing)
            taken, length = [], len(head)
        taken.append(text)
        length += own
    if taken:
        yield _row(head, taken, closing)


def batches(rows: Sequence[Row], budget: int) -> Iterator[list[Row]]:
    """Rows in batches of like length, each at most `budget` tokens with its padding (or one row)."""
    batch: list[Row] = []
    for row in sorted(rows, key=len):
        if batch and (len(batch) + 1) * len(row) > budget:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def padded(rows: Sequence[Row], padding: int) -> tuple[Ids, Ids, Ids, Ids]:
    """ids, places, sentences and passages (b, t); what fills short rows is of sentence and passage -1."""
    longest = max(len(row) for row in rows)
    ids, places, sentences, passages = (
        np.full((len(rows), longest), value, dtype=np.int64) for value in (padding, 0, -1, -1)
    )
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row.ids
        places[number, : len(row)] = row.places
        sentences[number, : len(row)] = row.sentences
        passages[number, : len(row)] = row.passages
    return ids, places, sentences, passages


def _row(head: Sequence[int], texts: Sequence[Text], closing: Sequence[int]) -> Row:
    ids, places = list(head), list(range(len(head)))
    sentences, passages = [0] * len(head), [0] * len(head)
    parts: list[Part] = []
    for passage, text in enumerate(texts, start=1):
        start = len(ids)
        for sentence in text.sentences:
            own = [*sentence.ids, *closing]
            parts.append(Part(sentence.key, len(ids), len(ids) + len(sentence.ids), whole=False))
            sentences += [sentences[-1] + 1] * len(own)
            ids += own
            places += range(len(head), len(head) + len(own))
        passages += [passage] * (len(ids) - start)
        parts.append(Part(text.key, start, len(ids), whole=True))
    return Row(ids, places, sentences, passages, parts)
