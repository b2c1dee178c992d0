"""LangChain's `Embeddings` over one encoder, and vectors for sentences read in context.

A passage is read once: its vector is pooled from all its tokens, each sentence's from
its own ("late pooling"), so a sentence keeps what « elle » or « ce montant » mean there.
Batches are formed by length under a token budget, so little is spent on padding. Nothing
is ever truncated: too long a passage is an error, too long a question is read in parts.

Knows nothing about where the model came from or how it is run.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from langchain_core.embeddings import Embeddings

from store.embedding import Encoding, Matrix, Model, PassageVectors, Sentences, TextTooLong, Tokens
from store.encoder import Encoder, unit

_BUDGET = 512  # tokens a batch, padding included: larger is no faster on a CPU, and a question waits behind it
_REMEMBERED = 256  # questions
_REPEATED = 1024  # passages: contact blocks and boilerplate come back from release to release


class SentenceEmbedder(Embeddings):
    """Vectors of length 1 for questions, texts, and passages with their sentences."""

    def __init__(self, model: Model, encoder: Encoder, tokens: Tokens) -> None:
        self.name = model.name
        self.dimensions = encoder.dimensions
        self.max_tokens = encoder.max_tokens
        self.backend = encoder.backend
        self._model = model
        self._encoder = encoder
        self._tokens = tokens
        self._passages: dict[tuple[str, str, tuple[tuple[int, int], ...]], PassageVectors] = {}
        self._remembering = threading.Lock()
        self._question = lru_cache(maxsize=_REMEMBERED)(self._embed_question)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text alone: without prefix, context or special tokens."""
        return self._tokens.count(text)

    def embed_query(self, text: str) -> list[float]:
        """A question's vector; the latest 256 are remembered."""
        return list(self._question(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text. Raises TextTooLong rather than truncate."""
        return [vectors.vector.tolist() for vectors in self.embed_passages([("", text, ()) for text in texts])]

    def embed_passages(self, passages: Sequence[tuple[str, str, Sentences]]) -> list[PassageVectors]:
        """(context, text, sentences) → vectors, in the order given; sentences as spans of text.

        Each is read as prefix, context, text in one forward pass. Raises TextTooLong
        when these exceed `max_tokens`; then nothing has been computed.
        """
        keys = [(context, text, tuple(sentences)) for context, text, sentences in passages]
        with self._remembering:
            known = {key: self._passages[key] for key in keys if key in self._passages}
        unread = [key for key in dict.fromkeys(keys) if key not in known]
        known.update(zip(unread, self._embed_passages(unread), strict=True))
        with self._remembering:
            self._passages = dict([*self._passages.items(), *known.items()][-_REPEATED:])
        return [known[key] for key in keys]

    def _embed_passages(self, passages: Sequence[tuple[str, str, Sentences]]) -> list[PassageVectors]:
        heads = [self._model.passage + _led(context) for context, _, _ in passages]
        encodings = self._tokens.encode([head + text for head, (_, text, _) in zip(heads, passages, strict=True)])
        for encoding, (_, text, _) in zip(encodings, passages, strict=True):
            if len(encoding.ids) > self.max_tokens:
                raise TextTooLong(text, len(encoding.ids), self.max_tokens)
        found: dict[int, PassageVectors] = {}
        for batch in batches([len(encoding.ids) for encoding in encodings], _BUDGET):
            read = self._read([encodings[i].ids for i in batch])
            wholes = self._encoder.finish(np.stack([whole(rows, self._encoder.pooling) for rows in read]))
            for i, rows, vector in zip(batch, read, wholes, strict=True):
                pooled = late_pooled(rows, encodings[i], len(heads[i]), passages[i][2])
                sentences = self._encoder.finish(pooled) if len(pooled) else np.zeros((0, self.dimensions), np.float32)
                sentences[~pooled.any(axis=1)] = vector
                found[i] = PassageVectors(vector, sentences)
        return [found[i] for i in range(len(passages))]

    def _embed_question(self, text: str) -> tuple[float, ...]:
        ids = self._tokens.encode([self._model.query + text])[0].ids
        parts = [ids[start : start + self.max_tokens] for start in range(0, len(ids), self.max_tokens)]
        pooled = np.stack([whole(rows, self._encoder.pooling) for part in parts for rows in self._read([part])])
        lengths = np.array([[len(part)] for part in parts], dtype=np.float32)
        vector = unit((self._encoder.finish(pooled) * lengths).sum(axis=0, keepdims=True))[0]
        return tuple(vector.tolist())

    def _read(self, texts: Sequence[list[int]]) -> list[Matrix]:
        """Token embeddings (tokens, hidden) of each text, without padding."""
        longest = max(len(ids) for ids in texts)
        ids = np.full((len(texts), longest), self._encoder.padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, own in enumerate(texts):
            ids[row, : len(own)] = own
            mask[row, : len(own)] = 1
        embeddings = self._encoder.tokens(ids, mask)
        return [embeddings[row, : len(own)] for row, own in enumerate(texts)]


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices in batches of like length, each at most `budget` tokens with its padding (or one text)."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def whole(rows: Matrix, pooling: str) -> Matrix:
    """(tokens, hidden) → (hidden,): the mean, or the first or last token's."""
    pooled: Matrix = rows[0] if pooling == "cls" else rows[-1] if pooling == "lasttoken" else rows.mean(axis=0)
    return pooled


def late_pooled(rows: Matrix, encoding: Encoding, head: int, sentences: Sentences) -> Matrix:
    """(tokens, hidden) → (sentences, hidden): the mean of the tokens that end in each sentence.

    By their end, because a token of this kind carries the blank before its word. `head`
    characters stand before the text. A sentence without a token is a row of zeros.
    """
    if not sentences:
        return np.zeros((0, rows.shape[1]), dtype=np.float32)
    starts, ends = (np.array(side, dtype=np.int64) for side in zip(*sentences, strict=True))
    at = encoding.last - head
    own = (at[None, :] >= starts[:, None]) & (at[None, :] < ends[:, None])
    members = own.astype(np.float32)
    pooled: Matrix = (members @ rows) / np.maximum(members.sum(axis=1, keepdims=True), 1)
    return pooled


def _led(context: str) -> str:
    return context if not context or context[-1].isspace() else f"{context}\n"
