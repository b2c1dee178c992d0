"""LangChain's `Embeddings` over one encoder, and a vector of its own for every sentence.

A sentence is read after its passage's context and apart from its neighbours; its vector is
the mean of its own tokens, so the context tells it what it is about and is not counted in.
(PIAF, 500 passages, nDCG@10 of the best sentence: .886; with the context in the mean .860;
read among its neighbours .839.) A passage's vector is the mean of its tokens in a second
reading, in whose last layers its sentences see each other. Where the encoder cannot keep
them apart in one row, each sentence is read with the context in a row of its own, and the
passage whole. Nothing is ever truncated: too long a sentence is an error, too long a
question is read in parts. Batches are formed by length under a token budget, so little is
spent on padding.

Knows nothing about where the model came from or how it is run.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from langchain_core.embeddings import Embeddings

from store.embedding import Matrix, Model, PassageVectors, Sentences, TextTooLong, Tokens
from store.encoder import Encoder, unit
from store.layout import Row, Sentence, Text, alone, apart, batches, padded, together

_BUDGET = 1024  # tokens a batch, padding included: larger is no faster on a CPU, and a question waits behind it
_REMEMBERED = 256  # questions
_REPEATED = 1024  # passages: contact blocks and boilerplate come back from release to release

Asked = tuple[str, str, tuple[tuple[int, int], ...]]
"""A passage as it was asked for: context, text, sentences."""


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
        self._grouped = encoder.grouped and encoder.pooling == "mean"
        self._passages: dict[Asked, PassageVectors] = {}
        self._remembering = threading.Lock()
        self._question = lru_cache(maxsize=_REMEMBERED)(self._embed_question)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text alone: without prefix, context or special tokens."""
        return self._tokens.count(text)

    def embed_query(self, text: str) -> list[float]:
        """A question's vector; the latest 256 are remembered."""
        return list(self._question(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text, read whole. Raises TextTooLong rather than truncate."""
        return [vectors.vector.tolist() for vectors in self.embed_passages([("", text, ()) for text in texts])]

    def embed_passages(self, passages: Sequence[tuple[str, str, Sentences]]) -> list[PassageVectors]:
        """(context, text, sentences) → vectors, in the order given; sentences as spans of text.

        A passage without sentences is read whole, as a text after its context. Raises
        TextTooLong when a context with a sentence (or such a text) exceeds `max_tokens`;
        then nothing has been computed.
        """
        keys = [(context, text, tuple(sentences)) for context, text, sentences in passages]
        with self._remembering:
            known = {key: self._passages[key] for key in keys if key in self._passages}
        unread = [key for key in dict.fromkeys(keys) if key not in known]
        known.update(zip(unread, self._embed_passages(unread), strict=True))
        with self._remembering:
            self._passages = dict([*self._passages.items(), *known.items()][-_REPEATED:])
        return [known[key] for key in keys]

    def _embed_passages(self, passages: Sequence[Asked]) -> list[PassageVectors]:
        pooled: dict[Hashable, Matrix] = {}
        for batch in batches(list(self._rows(passages)), _BUDGET):
            pooled.update(self._pooled(batch))
        return [self._made(number, len(spans), pooled) for number, (_, _, spans) in enumerate(passages)]

    def _made(self, number: int, count: int, pooled: Mapping[Hashable, Matrix]) -> PassageVectors:
        """A passage's vectors; a sentence without a token has its passage's."""
        own = [pooled.get((number, place)) for place in range(count)]
        vector, *vectors = self._encoder.finish(np.stack([pooled[number], *(row for row in own if row is not None)]))
        given = iter(vectors)
        sentences = [vector if row is None else next(given) for row in own]
        return PassageVectors(vector, np.stack(sentences) if sentences else np.zeros((0, len(vector)), np.float32))

    def _rows(self, passages: Sequence[Asked]) -> Iterator[Row]:
        """What is to be read of them. A passage is keyed by its number, its sentences by that and their place."""
        heads = [self._model.passage + _led(context) for context, _, _ in passages]
        opened = {head: [*self._tokens.opening, *ids] for head, ids in self._encoded(heads)}
        worded: dict[int, list[Sentence]] = {}
        places = [(number, place) for number, (_, _, spans) in enumerate(passages) for place in range(len(spans))]
        texts = [passages[number][1][slice(*passages[number][2][place])].strip() for number, place in places]
        for (number, place), ids in zip(places, self._tokens.encode(texts), strict=True):
            if ids:
                closed = len(ids) + len(self._tokens.closing)
                self._check(passages[number][1], len(opened[heads[number]]) + closed)
                worded.setdefault(number, []).append(Sentence((number, place), ids))
        under: dict[str, list[Text]] = {}
        for number, sentences in worded.items():
            under.setdefault(heads[number], []).append(Text(number, sentences))
        for head, texts_of in under.items():
            if self._grouped:
                yield from together(opened[head], texts_of, self._tokens.closing)
            else:
                yield from apart(opened[head], [s for text in texts_of for s in text.sentences], self._tokens.closing)
        yield from self._wholes(passages, worded if self._grouped else ())

    def _encoded(self, texts: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
        once = list(dict.fromkeys(texts))
        return zip(once, self._tokens.encode(once), strict=True)

    def _wholes(self, passages: Sequence[Asked], known: Collection[int]) -> Iterator[Row]:
        """The passages to be read whole: all but those read with their sentences."""
        numbers = [number for number in range(len(passages)) if number not in known]
        texts = [self._model.passage + _led(passages[number][0]) + passages[number][1] for number in numbers]
        for number, ids in zip(numbers, self._tokens.encode(texts), strict=True):
            self._check(passages[number][1], self._tokens.special + len(ids))
            yield alone(number, [*self._tokens.opening, *ids, *self._tokens.closing])

    def _check(self, text: str, tokens: int) -> None:
        if tokens > self.max_tokens:
            raise TextTooLong(text, tokens, self.max_tokens)

    def _pooled(self, rows: Sequence[Row]) -> Iterator[tuple[Hashable, Matrix]]:
        read = self._encoder.tokens(*padded(rows, self._encoder.padding))
        for number, row in enumerate(rows):
            for part in row.parts:
                embeddings = read[part.whole][number]
                if self._encoder.pooling == "mean":
                    yield part.key, embeddings[part.start : part.end].mean(axis=0)
                else:
                    yield part.key, embeddings[0 if self._encoder.pooling == "cls" else len(row) - 1]

    def _embed_question(self, text: str) -> tuple[float, ...]:
        (bare,) = self._tokens.encode([self._model.query + text])
        ids = [*self._tokens.opening, *bare, *self._tokens.closing]
        parts = [ids[start : start + self.max_tokens] for start in range(0, len(ids), self.max_tokens)]
        read = dict(pair for number, part in enumerate(parts) for pair in self._pooled([alone(number, part)]))
        pooled = np.stack([read[number] for number in range(len(parts))])
        lengths = np.array([[len(part)] for part in parts], dtype=np.float32)
        vector = unit((self._encoder.finish(pooled) * lengths).sum(axis=0, keepdims=True))[0]
        return tuple(vector.tolist())


def _led(context: str) -> str:
    return context if not context or context[-1].isspace() else f"{context}\n"
