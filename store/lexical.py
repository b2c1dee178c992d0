"""The lexical index: BM25 over tantivy, one document a passage.

Words are analysed by `language.py` before they come here, so tantivy only splits at
blanks. Stems carry the meaning, the words as written tell near-twins apart, and the title
stands with every passage of its release but its boilerplate. Knows nothing about who may see what.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from store.language import content_terms, terms
from store.records import Filters, PassageKind

BODY_STEM, BODY_WORD, TITLE_STEM, TITLE_WORD = 1.0, 0.3, 0.5, 0.2
"""Weights of the fields; chosen on PIAF and on titles across languages, not on answers."""

_HEAP = 64_000_000
_REPEATED = 10
_K1 = 1.2  # tantivy's
_FIELDS = {"body_stem": BODY_STEM, "body_word": BODY_WORD, "title_stem": TITLE_STEM, "title_word": TITLE_WORD}


@dataclass(frozen=True, slots=True)
class LexicalDocument:
    """A passage as the index takes it in; `published` is a number such as 20171106, or 0."""

    passage_id: str
    of_version: str
    title: str
    text: str
    language: str
    issuers: tuple[str, ...]
    published: int
    kind: PassageKind = PassageKind.BODY


class Lexical:
    """A tantivy index in `folder`; one process writes, `search` may run in any thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError:  # another schema, or damaged: the catalogue has it all
            shutil.rmtree(folder)
            folder.mkdir(parents=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)

    def add(self, documents: Iterable[LexicalDocument]) -> None:
        """Take passages in, in place of any of the same versions; seen after `commit`."""
        batch = list(documents)
        for version in {document.of_version for document in batch}:
            self._writer.delete_documents_by_term("of_version", version)
        for document in batch:
            self._writer.add_document(_document(document))

    def forget(self, of_version: str) -> None:
        self._writer.delete_documents_by_term("of_version", of_version)

    def commit(self) -> None:
        self._writer.commit()
        self._index.reload()

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def search(
        self, question: str, languages: Sequence[str], limit: int, filters: Filters = Filters()
    ) -> list[tuple[str, float]]:
        """Passage ids with their BM25 scores, best first, for any word of the question.

        Boilerplate comes last, and a few of it at most: it repeats in a thousand releases.
        """
        query = self._query(question, languages)
        if query is None:
            return []
        clauses = [(tantivy.Occur.Must, query), *self._narrowing(filters)]
        repeated = tantivy.Query.term_query(self._schema, "kind", PassageKind.BOILERPLATE.value, index_option="basic")
        found = self._run([*clauses, (tantivy.Occur.MustNot, repeated)], limit)
        return found + self._run([*clauses, _filter(repeated)], min(limit, _REPEATED))

    def scores(self, question: str, languages: Sequence[str], among: Collection[str]) -> dict[str, float]:
        """BM25 scores of just these passages; those that share no word are left out."""
        query = self._query(question, languages)
        if query is None or not among:
            return {}
        chosen = tantivy.Query.term_set_query(self._schema, "passage_id", list(among))
        return dict(self._run([(tantivy.Occur.Must, query), _filter(chosen)], len(among)))

    def attainable(self, question: str, languages: Sequence[str]) -> float:
        """About the score of a passage that holds every word of the question; 0.0 of none.

        BM25 gives a word at most (k1 + 1) times its idf. A word that no passage holds counts as
        the rarest does: a question whose words are not the archive's is borne by none of them.
        """
        idf: dict[str, float] = {}
        searcher = self._index.searcher()
        for language in dict.fromkeys(languages):
            for term in content_terms(question, language) or terms(question, language):
                holding = searcher.doc_freq("body_stem", term.stem)
                rarity = math.log(1 + (searcher.num_docs - holding + 0.5) / (holding + 0.5))
                idf[term.raw] = min(rarity, idf.get(term.raw, rarity))
        return (_K1 + 1) * sum(idf.values())

    def close(self) -> None:
        self._writer.wait_merging_threads()

    def _query(self, question: str, languages: Sequence[str]) -> tantivy.Query | None:
        asked: dict[tuple[str, str], float] = {}
        for language in dict.fromkeys(languages):
            for term in dict.fromkeys(content_terms(question, language) or terms(question, language)):
                for field, weight in _FIELDS.items():
                    asked[field, term.stem if field.endswith("stem") else term.raw] = weight
        clauses = [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, word, index_option="freq"), weight)
            for (field, word), weight in asked.items()
        ]
        if not clauses:
            return None
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])

    def _narrowing(self, filters: Filters) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        narrowing = []
        first, last = filters.period.first, filters.period.last
        if first is not None or last is not None:
            narrowing.append(
                tantivy.Query.range_query(
                    self._schema,
                    "published",
                    tantivy.FieldType.Unsigned,
                    int(f"{first:%Y%m%d}") if first else 1,
                    int(f"{last:%Y%m%d}") if last else 99999999,
                )
            )
        for field, values in (("issuer", filters.issuers), ("language", filters.languages)):
            if values:
                narrowing.append(tantivy.Query.term_set_query(self._schema, field, list(values)))
        return [_filter(query) for query in narrowing]

    def _run(self, clauses: list[tuple[tantivy.Occur, tantivy.Query]], limit: int) -> list[tuple[str, float]]:
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(clauses), limit=max(limit, 1), count=False)
        return [(searcher.doc(address)["passage_id"][0], float(score)) for score, address in found.hits]


def _filter(query: tantivy.Query) -> tuple[tantivy.Occur, tantivy.Query]:
    return (tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0))


def _document(document: LexicalDocument) -> tantivy.Document:
    body = terms(document.text, document.language)
    title = [] if document.kind is PassageKind.BOILERPLATE else terms(document.title, document.language)
    entry = tantivy.Document()
    entry.add_text("passage_id", document.passage_id)
    entry.add_text("of_version", document.of_version)
    entry.add_text("body_stem", " ".join(term.stem for term in body))
    entry.add_text("body_word", " ".join(term.raw for term in body))
    entry.add_text("title_stem", " ".join(term.stem for term in title))
    entry.add_text("title_word", " ".join(term.raw for term in title))
    for issuer in document.issuers:
        entry.add_text("issuer", issuer)
    entry.add_text("language", document.language)
    entry.add_text("kind", document.kind.value)
    entry.add_unsigned("published", document.published)
    return entry


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("of_version", "issuer", "language", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("published", indexed=True, fast=True)
    return builder.build()
