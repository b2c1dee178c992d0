"""What the archive's model reads in questions and answers, kept so that each is read once.

Vectors are found by what they were read from, and belong to one model: another reads all
anew. Knows nothing about entries' states, nor who may see them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import numpy as np

from assistant.likeness import Matrix, Read, word_stems
from store.embedding import Embedder
from store.language import sentences, words

LONGEST = 1_500
"""Characters of an answer that are read: its beginning says what it is about."""
LONGEST_ASKED = 500
"""The same of a question: no curated one is longer."""


class Shelf(Protocol):
    """Where vectors are kept (`store.curating.Curating`)."""

    def vectors(self, model: str) -> dict[bytes, bytes]: ...

    def keep_vectors(self, model: str, read: Mapping[bytes, bytes]) -> None: ...


class Vectors:
    """Reads questions and answers with the archive's model, which `embed` loads when first needed.

    Safe between threads.
    """

    def __init__(self, embed: Callable[[], Embedder], shelf: Shelf) -> None:
        self._load, self._shelf = embed, shelf
        self._known: dict[bytes, Matrix] | None = None
        self._reading = threading.RLock()

    def question(self, text: str, language: str, keep: bool = False) -> Read:
        """A question read; the words of one that is to be kept are found again."""
        embedder, digest = self._load(), _digest("question", text)
        text = _within(text[:LONGEST_ASKED], lambda begun: embedder.count_tokens(begun) <= embedder.max_tokens - 16)
        spans = [(start, end) for _, start, end in words(text)] or [(0, len(text))]

        def read() -> Matrix:
            whole = np.array([embedder.embed_query(text)], np.float32)
            return np.concatenate([whole, embedder.embed_passages([("", text, spans)])[0].sentences])

        rows = self._held(digest, read) if keep else read()
        stems = word_stems([text[start:end] for start, end in spans], language)
        return Read(text, language, rows[0], rows[1:], stems)

    def answer(self, question: str, answer: str) -> Matrix:
        """One row for each sentence of an answer, read behind its question."""

        def read() -> Matrix:
            embedder = self._load()
            most = embedder.max_tokens - 16
            text = _within(answer[:LONGEST], lambda begun: embedder.count_tokens(f"{question}\n{begun}") <= most)
            spans = [(span.start, span.end) for span in sentences(text)]
            if not spans:
                return np.zeros((0, embedder.dimensions), np.float32)
            return embedder.embed_passages([(question, text, spans)])[0].sentences

        return self._held(_digest("answer", question, answer), read)

    def unread(self, entries: Iterable[tuple[tuple[str, ...], str]]) -> int:
        """How many of these texts (ways to ask, and the answer) the model has still to read."""
        known = self._all()
        return sum(one not in known for forms, answer in entries for one in _digests(forms, answer))

    def middle(self) -> tuple[Matrix, Matrix]:
        """What the vectors of any question have in common, and those of any word."""
        read = [self.question(text, "fr", keep=True) for text in _ANY]
        return np.mean([one.vector for one in read], axis=0), np.concatenate([one.words for one in read]).mean(axis=0)

    def keep(self, entries: Iterable[tuple[tuple[str, ...], str]]) -> None:
        """Write down what was read of these entries, and forget the rest."""
        wanted = {digest for forms, answer in entries for digest in _digests(forms, answer)}
        wanted |= {_digest("question", text) for text in _ANY}
        with self._reading:
            known = self._all()
            kept = {digest: rows for digest, rows in known.items() if digest in wanted}
            self._shelf.keep_vectors(
                self._load().name, {one: rows.astype(np.float16).tobytes() for one, rows in kept.items()}
            )

    def _held(self, digest: bytes, read: Callable[[], Matrix]) -> Matrix:
        known = self._all()
        if digest not in known:
            known[digest] = read()
        return known[digest]

    def _all(self) -> dict[bytes, Matrix]:
        with self._reading:
            if self._known is None:
                embedder = self._load()
                self._known = {
                    digest: np.frombuffer(rows, np.float16).reshape(-1, embedder.dimensions).astype(np.float32)
                    for digest, rows in self._shelf.vectors(embedder.name).items()
                }
            return self._known


def _within(text: str, fits: Callable[[str], bool]) -> str:
    """As much of the beginning of a text as fits."""
    while text and not fits(text):
        text = text[: len(text) * 9 // 10]
    return text


def _digests(forms: tuple[str, ...], answer: str) -> Iterable[bytes]:
    yield from (_digest("question", form) for form in forms)
    yield _digest("answer", forms[0], answer)


def _digest(*said: str) -> bytes:
    return hashlib.sha256("\n".join(said).encode()).digest()[:16]


_ANY = (
    "Quand ouvre le nouveau pont ?",
    "Combien coûte la rénovation de l'école ?",
    "Qui dirige le service ?",
    "Comment s'inscrire à la formation ?",
    "Pourquoi la ligne est-elle fermée ?",
    "Où se trouve le guichet ?",
    "Qu'est-ce que le budget participatif ?",
    "Est-ce que l'entrée est gratuite ?",
    "Quels documents faut-il fournir ?",
    "À qui dois-je m'adresser ?",
    "Combien de logements seront construits ?",
    "Puis-je annuler ma réservation ?",
    "Que prévoit la nouvelle loi sur l'énergie ?",
    "Quelle est la position du ministre sur l'accord ?",
    "Que faire en cas de panne ?",
    "When will the results be published?",
    "Who is responsible for the programme?",
    "How much does the new line cost?",
)
"""Questions about anything: their mean is what a question's vector says of no subject."""
