"""The lexical index: BM25 over tantivy, one document a passage.

Words are analysed by `language.py` before they come here, so tantivy only splits at
blanks. Stems carry the meaning, the words as written tell near-twins apart, `spellings.py`
adds what is written otherwise, neighbouring words count as pairs too, and the title stands
with every passage of its release but its boilerplate. A word the archive does not know is
looked up as the nearest it knows. Knows nothing about who may see what.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import tantivy

from store.folding import fold
from store.language import Term, content_terms, detect, is_small, stem, terms
from store.records import Filters, PassageKind
from store.spellings import spellings
from store.vocabulary import Vocabulary

BODY_STEM, BODY_WORD, TITLE_STEM, TITLE_WORD = 1.0, 0.3, 0.5, 0.2
"""Weights of the fields; chosen on PIAF and on titles across languages, not on answers."""
PAIR = 0.4
"""Weight of two neighbouring stems, small words between them left out: nDCG@10 on PIAF .866 for .860."""
CORRECTED, RESPELT = 0.7, 0.3
"""What a corrected word counts for, and another spelling, beside one as it is written."""

_HEAP = 64_000_000
_REPEATED = 10
_REMEMBERED = 64
_K1 = 1.2  # tantivy's
_FIELDS = {"body_stem": BODY_STEM, "body_word": BODY_WORD, "title_stem": TITLE_STEM, "title_word": TITLE_WORD}
_PAIRS = "body_pair"
_ANALYSIS = "analysis-3"
"""A field of no content: another name makes another schema, so that old indexes are made anew."""


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is looked up, and about the score of a passage that holds every word of it."""

    query: tantivy.Query | None
    attainable: float


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
        self._vocabulary = Vocabulary(self._index)
        self._understood = lru_cache(_REMEMBERED)(self._understand)

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
        self._vocabulary.forget()
        self._understood.cache_clear()

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def search(
        self, question: str, languages: Sequence[str], limit: int, filters: Filters = Filters()
    ) -> list[tuple[str, float]]:
        """Passage ids with their BM25 scores, best first, for any word of the question.

        Boilerplate comes last, and a few of it at most: it repeats in a thousand releases.
        """
        query = self._understood(question, tuple(languages)).query
        if query is None:
            return []
        clauses = [(tantivy.Occur.Must, query), *self._narrowing(filters)]
        repeated = tantivy.Query.term_query(self._schema, "kind", PassageKind.BOILERPLATE.value, index_option="basic")
        found = self._run([*clauses, (tantivy.Occur.MustNot, repeated)], limit)
        return found + self._run([*clauses, _filter(repeated)], min(limit, _REPEATED))

    def scores(self, question: str, languages: Sequence[str], among: Collection[str]) -> dict[str, float]:
        """BM25 scores of just these passages; those that share no word are left out."""
        query = self._understood(question, tuple(languages)).query
        if query is None or not among:
            return {}
        # One term each: a set of terms is matched against every passage id there is, at over twice the cost.
        each = [tantivy.Query.term_query(self._schema, "passage_id", one, index_option="basic") for one in among]
        chosen = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])
        return dict(self._run([(tantivy.Occur.Must, query), _filter(chosen)], len(among)))

    def attainable(self, question: str, languages: Sequence[str]) -> float:
        """About the score of a passage that holds every word of the question; 0.0 of none.

        BM25 gives a word at most (k1 + 1) times its idf. A word that no passage holds counts as
        the rarest does: a question whose words are not the archive's is borne by none of them.
        """
        return self._understood(question, tuple(languages)).attainable

    def knows(self, word: str, languages: Sequence[str]) -> bool:
        """Whether the archive holds a word, written so or inflected."""
        folded = fold(word)
        return any(self._vocabulary.knows(Term(folded, stem(folded, language))) for language in languages)

    def corrected(self, text: str, languages: Sequence[str]) -> dict[str, str]:
        """The words of a text, as written, that the archive does not know, each with the nearest word it
        knows, folded; those that none is near are left out, and so are numbers and stopwords.

        The nearest word may stand in a release its reader may not see: check before it is shown.
        """
        return self._vocabulary.corrected(text, languages)

    def close(self) -> None:
        self._writer.wait_merging_threads()

    def _understand(self, question: str, languages: tuple[str, ...]) -> _Asked:
        asked: dict[tuple[str, str], float] = {}
        rarity: dict[str, float] = {}
        instead = {fold(word): known for word, known in self.corrected(question, languages).items()}

        def ask(term: Term, share: float, fields: Collection[str] = _FIELDS) -> None:
            for field in fields:
                place = field, term.stem if field.endswith("stem") else term.raw
                asked[place] = max(share * _FIELDS[field], asked.get(place, 0.0))

        said_in = detect(question)
        subjects = {term.raw for term in content_terms(question, said_in) or terms(question, said_in)}
        for language in dict.fromkeys(languages):
            said = [one for one in terms(question, language) if one.raw in subjects]
            asked.update({(_PAIRS, pair): PAIR for pair in _pairs(said)})
            for term in dict.fromkeys(said):
                ask(term, 1.0)
                rare = self._vocabulary.rarity(term)
                if known := instead.get(term.raw):
                    meant = Term(known, stem(known, language))
                    ask(meant, CORRECTED)
                    rare = CORRECTED * self._vocabulary.rarity(meant)
                rarity[term.raw] = min(rare, rarity.get(term.raw, rare))
            for spelling in spellings(fold(question)):
                ask(Term(spelling, stem(spelling, language)), RESPELT, ("body_stem", "title_stem"))
        clauses = [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, word, index_option="freq"), weight)
            for (field, word), weight in asked.items()
        ]
        if not clauses:
            return _Asked(None, 0.0)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        return _Asked(query, (_K1 + 1) * sum(rarity.values()))

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
    body = _Analysed.of(document.text, document.language)
    title = _analysed_title(document.title if document.kind is not PassageKind.BOILERPLATE else "", document.language)
    entry = tantivy.Document()
    entry.add_text("passage_id", document.passage_id)
    entry.add_text("of_version", document.of_version)
    entry.add_text("body_stem", body.stems)
    entry.add_text("body_word", body.words)
    entry.add_text(_PAIRS, body.pairs)
    entry.add_text("title_stem", title.stems)
    entry.add_text("title_word", title.words)
    for issuer in document.issuers:
        entry.add_text("issuer", issuer)
    entry.add_text("language", document.language)
    entry.add_text("kind", document.kind.value)
    entry.add_unsigned("published", document.published)
    return entry


@dataclass(frozen=True, slots=True)
class _Analysed:
    """A text as the index takes it in, between blanks: its stems with its other spellings', its words, its pairs."""

    stems: str
    words: str
    pairs: str

    @classmethod
    def of(cls, text: str, language: str) -> _Analysed:
        found = terms(text, language)
        stems = [term.stem for term in found]
        stems += [stem(spelling, language) for spelling in spellings(fold(text))]
        pairs = _pairs([term for term in found if not is_small(term.raw, language)])
        return cls(" ".join(stems), " ".join([term.raw for term in found]), " ".join(pairs))


def _pairs(found: Sequence[Term]) -> list[str]:
    return [f"{one.stem}_{other.stem}" for one, other in pairwise(found)]


@lru_cache(_REMEMBERED)
def _analysed_title(title: str, language: str) -> _Analysed:
    """A title stands with every passage of its release, one after the other."""
    return _Analysed.of(title, language)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("of_version", "issuer", "language", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*_FIELDS, _PAIRS, _ANALYSIS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("published", indexed=True, fast=True)
    return builder.build()
