"""The indexes of one generation, kept in step with the catalogue: words, vectors, sentences.

They hold passage ids and numbers, never text, and only propose. Boilerplate, which
repeats, is found by its words alone. What the catalogue says they owe is taken in here,
idempotently: doing it twice after a crash changes nothing.
Belongs to the one process that holds the archive's lock; knows nothing of the others.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Row, and_, bindparam, exists, func, insert, or_, select

from store.catalogue import Catalogue, Debt
from store.fusion import Candidate
from store.language import content_terms
from store.lexical import Lexical, LexicalDocument
from store.period import Period
from store.records import Filters, Passage, PassageKind, Query
from store.rows import passage_of
from store.schema import passages, pending, releases, versions
from store.sentence_vectors import SentenceVectors, version_of
from store.vectors import Vectors

if TYPE_CHECKING:
    from store.embedding import Embedder
    from store.view import View

Matrix = npt.NDArray[np.float32]

PROPOSED = 100
"""How many passages each index proposes."""
NARROW = 10_000
"""Up to so many releases, a filter has each of their passages scored: some 20 ms for 50,000 passages."""
SURPLUS, SPARE = 20, 1.3
"""How many times as many are fetched of the vector index where a filter leaves more: at most, and by its share."""
WORDS = 1024
"""Versions whose words are committed at once: each commit costs tens of milliseconds."""
TELLING = 3
"""Words that carry a subject from which a title has a vector: shorter ones name a subject, and cost PIAF a point."""
BATCH = 64
"""Passages embedded between two looks at what else is to be done."""


class Indexes:
    """The lexical index, the vectors and the sentence vectors of one generation."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        embedder: Callable[[], Embedder],
        generation: int,
        chroma_url: str | None = None,
    ) -> None:
        self.folder = folder
        self.generation = generation
        self._catalogue = catalogue
        self._embedder = embedder
        self._writing = threading.Lock()
        self.lexical = Lexical(folder / "words")
        self.vectors = Vectors(folder / "vectors", url=chroma_url, name=_collection(catalogue, generation))
        self.sentences = SentenceVectors(folder / "sentences.sqlite")

    def close(self) -> None:
        with self._writing:
            self.lexical.close()
            self.vectors.close()
            self.sentences.close()

    def erase(self) -> None:
        """Let go of the indexes for good, and of their disk."""
        self.vectors.drop()
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # Finding

    def candidates(self, asked: Query, view: View, filters: Filters) -> list[Candidate]:
        """Passages that may answer: the best of each index, each with all its scores."""
        self.take_in_words()
        text, languages = asked.text, view.languages()
        query = self._embedded(asked)
        searched = [filters]
        if asked.also:
            searched.append(replace(filters, releases=asked.also))
        if asked.around != Period() and (around := filters.period.common(asked.around)) is not None:
            searched.append(replace(filters, period=around))
        bm25: dict[str, float] = {}
        ids = list(dict.fromkeys(one for within in searched for one in self._proposed(text, query, view, within, bm25)))
        bm25 |= self.lexical.scores(text, languages, [one for one in ids if one not in bm25])
        most = self.lexical.attainable(text, languages)
        cosines = self.sentences.cosines(query, ids)
        versions = {passage_id: version_of(passage_id) for passage_id in ids}
        titles = self.sentences.titles(query, set(versions.values()))
        return [
            Candidate(
                one,
                words_borne := bm25.get(one, 0.0),
                words_borne / most if most else 0.0,
                near[0] if (near := cosines.get(one)) else None,
                tuple(near[1:]) if near else (),
                titles.get(version),
            )
            for one, version in versions.items()
        ]

    def _embedded(self, asked: Query) -> Matrix:
        """The question's vector; with a focus, the mean of both, of length 1."""
        texts = dict.fromkeys((asked.text, asked.focus or asked.text))
        whole: Matrix = np.sum([self._embedder().embed_query(text) for text in texts], axis=0, dtype=np.float32)
        return whole / max(float(np.linalg.norm(whole)), 1e-12)

    def _proposed(self, text: str, query: Matrix, view: View, filters: Filters, bm25: dict[str, float]) -> list[str]:
        """The best passages by words, then the nearest in meaning, of those that pass the filters.

        What the best by words score is put into `bm25`.
        """
        narrow = view.standing(filters, NARROW) if filters.narrow else None
        if narrow is not None and not narrow:
            return []
        by_words = [] if filters.releases else self.lexical.search(text, view.languages(), PROPOSED, filters)
        bm25.update(by_words)
        return [*(passage_id for passage_id, _ in by_words), *self._by_meaning(query, view, filters, narrow)]

    def _by_meaning(self, query: Matrix, view: View, filters: Filters, narrow: Sequence[str] | None) -> list[str]:
        """The passages nearest in meaning: of just these versions, or the nearest of all that pass the filters."""
        if narrow is not None:
            return [passage_id for passage_id, _ in self.sentences.nearest(query, PROPOSED, narrow)]
        share = view.extent(filters).releases / max(1, view.extent().releases)
        wanted = min(SURPLUS, SPARE / max(share, 0.01)) * PROPOSED
        found = [passage_id for passage_id, _ in self.vectors.nearest(query, int(wanted))]
        return view.proposable(found, filters)[:PROPOSED]

    # Taking in what is owed

    def take_in_words(self) -> int:
        """Index the words of everything just shelved, and drop what is to be forgotten."""
        done = 0
        last = self._catalogue.last_owed("words", "forget")
        if last is None:
            return done
        with self._writing:
            # Up to what was owed on entry: where more comes in all the time, vectors would never get their turn.
            while debts := self._catalogue.debts("words", "forget", limit=WORDS, until=last):
                for debt in debts:
                    if debt.kind == "forget":
                        self.lexical.forget(f"{debt.release_id}:{debt.version}")
                wordless = {(d.release_id, d.version): d for d in debts if d.kind == "words"}
                self.lexical.add(self._documents(list(wordless.values())))
                self.lexical.commit()
                for debt in debts:
                    if debt.kind == "forget":
                        ids = self._passage_ids(debt.release_id, debt.version)
                        self.vectors.delete(ids)
                        self.sentences.delete(ids)
                        self.sentences.forget([f"{debt.release_id}:{debt.version}"])
                self._catalogue.settle(debts)
                done += len(debts)
        return done

    def take_in_vectors(self) -> int:
        """Embed one batch of what was shelved; gives how many versions were settled."""
        batch: list[Debt] = []
        rows: list[_Row] = []
        taken: set[tuple[str, int]] = set()
        for debt in self._catalogue.debts("vectors", limit=BATCH):
            batch.append(debt)
            if (debt.release_id, debt.version) not in taken:
                taken.add((debt.release_id, debt.version))
                rows.extend(self._rows([debt]))
            if len(rows) >= BATCH:
                break
        self._embed(rows)
        self._catalogue.settle(batch)
        return len(batch)

    def index(self, of: Sequence[tuple[str, int]]) -> None:
        """Take in these versions whole, words and vectors: what a rebuild does."""
        debts = [Debt(0, "words", release_id, version) for release_id, version in of]
        with self._writing:
            self.lexical.add(self._documents(debts))
            self.lexical.commit()
        rows = list(self._rows(debts))
        have = self.sentences.has([row.passage.id for row in rows])
        missing = [row for row in rows if row.passage.id not in have]
        for start in range(0, len(missing), BATCH):
            self._embed(missing[start : start + BATCH])

    def mend(self) -> int:
        """Compare with the catalogue and owe what is missing; gives how many versions.

        A process killed while an index was writing its files can leave it short; the
        catalogue knows what should be there. Where the counts agree, nothing more is read.
        """
        self.take_in_words()
        with self._catalogue.reading() as connection:
            worded = connection.scalar(self._standing(func.count())) or 0
            early = list(connection.scalars(self._standing(passages.c.id).where(_EMBEDDED, _OWING)))
            meant = connection.scalar(self._standing(func.count()).where(_EMBEDDED, ~_OWING)) or 0
        meant += len(self.sentences.has(early))
        if meant == self.vectors.count() == self.sentences.count() and worded == self.lexical.count():
            return 0
        return self._owe_what_is_missing(set(early), wordless=worded != self.lexical.count())

    def _owe_what_is_missing(self, early: set[str], wordless: bool) -> int:
        """Owe the vectors that are not in both indexes, and drop those nobody means; words are owed whole."""
        columns = (passages.c.id, passages.c.release_id, passages.c.version)
        with self._catalogue.reading() as connection:
            meant = {row[0]: (row[1], row[2]) for row in connection.execute(self._standing(*columns).where(_EMBEDDED))}
            every = connection.execute(self._standing(*columns[1:]).distinct()).all() if wordless else []
        there, told = self.vectors.ids(), self.sentences.ids()
        stray = (there | told) - meant.keys()
        self.vectors.delete(sorted(stray & there))
        self.sentences.delete(sorted(stray & told))
        known = early | (there & told)
        short = {version for passage_id, version in meant.items() if passage_id not in known}
        bare = {(row[0], row[1]) for row in every}
        with self._catalogue.transaction() as connection:
            for kind, owing in (("words", bare), ("vectors", short)):
                rows = [{"kind": kind, "release_id": r, "version": v} for r, v in sorted(owing)]
                if rows:
                    connection.execute(insert(pending), rows)
        return len(bare | short)

    def _standing(self, *columns: Any) -> Any:
        """Of the passages that should be indexed: current, not withdrawn."""
        current = and_(releases.c.id == passages.c.release_id, releases.c.current == passages.c.version)
        return (
            select(*columns)
            .select_from(passages.join(releases, current))
            .where(releases.c.withdrawn.is_(None), passages.c.generation == self.generation)
        )

    def _embed(self, rows: Sequence[_Row]) -> None:
        found = [row.passage for row in rows if row.passage.kind is not PassageKind.BOILERPLATE]
        repeated = [row.passage.id for row in rows if row.passage.kind is PassageKind.BOILERPLATE]
        if learnt := self.sentences.has(repeated):
            with self._writing:
                self.vectors.delete(learnt)
                self.sentences.delete(learnt)
        if not found:
            return
        embedder = self._embedder()
        titled = {version_of(row.passage.id): row.release for row in rows}
        titles = {v: _readable(release.title, embedder) for v, release in titled.items() if _tells(release)}
        made = embedder.embed_passages(
            [
                *(
                    (p.context, p.text, [(s.start - p.span.start, s.end - p.span.start) for s in p.sentences])
                    for p in found
                ),
                *(("", title, ()) for title in titles.values()),
            ]
        )
        of_passages, of_titles = made[: len(found)], made[len(found) :]
        with self._writing:
            # Withdrawn or corrected while it was read, and forgotten already: nobody would drop it a second time.
            standing = self._standing_of(titled)
            kept = [(p.id, one) for p, one in zip(found, of_passages, strict=True) if version_of(p.id) in standing]
            told = [(v, one.vector) for v, one in zip(titles, of_titles, strict=True) if v in standing]
            self.sentences.put(kept, told)
            self.vectors.upsert([passage_id for passage_id, _ in kept], [one.vector for _, one in kept])

    def _standing_of(self, shelved: Mapping[str, Row[Any]]) -> set[str]:
        """Of these versions, by name, those that are current still and not withdrawn."""
        with self._catalogue.reading() as connection:
            return {
                name
                for name, row in shelved.items()
                if connection.execute(_VERSION, {"of": row.release_id, "at": row.version}).first() is not None
            }

    def _documents(self, debts: Sequence[Debt]) -> Iterator[LexicalDocument]:
        for row in self._rows(debts):
            release = row.release
            yield LexicalDocument(
                passage_id=row.passage.id,
                of_version=f"{release.release_id}:{release.version}",
                title=release.title,
                text=row.passage.text,
                language=release.language,
                issuers=tuple(filter(None, [release.issuer, *release.record.get("co_issuers", ())])),
                published=int(release.published.replace("-", "")) if release.published else 0,
                kind=row.passage.kind,
            )

    def _rows(self, debts: Sequence[Debt]) -> Iterator[_Row]:
        """Passages of these versions with their text; superseded and withdrawn ones have none."""
        with self._catalogue.reading() as connection:
            for debt in debts:
                of = {"of": debt.release_id, "at": debt.version, "generation": self.generation}
                release = connection.execute(_VERSION, of).first()
                if release is not None:
                    for row in connection.execute(_PASSAGES, of):
                        yield _Row(passage_of(row, release.text), release)

    def _passage_ids(self, release_id: str, version: int) -> list[str]:
        with self._catalogue.reading() as connection:
            return list(connection.scalars(select(passages.c.id).where(*self._of(release_id, version))))

    def _of(self, release_id: str, version: int) -> tuple[Any, ...]:
        return (
            passages.c.generation == self.generation,
            passages.c.release_id == release_id,
            passages.c.version == version,
        )


_EMBEDDED = or_(passages.c.kind.is_(None), passages.c.kind != PassageKind.BOILERPLATE.value)
_OWING = exists().where(
    pending.c.release_id == passages.c.release_id, pending.c.version == passages.c.version, pending.c.kind == "vectors"
)
"""Passages whose vectors are still to be made: some may be there already."""
_VERSION = (
    select(versions)
    .join(releases, releases.c.id == versions.c.release_id)
    .where(
        versions.c.release_id == bindparam("of"),
        versions.c.version == bindparam("at"),
        releases.c.current == versions.c.version,
        releases.c.withdrawn.is_(None),
    )
)
_PASSAGES = (
    select(passages)
    .where(
        passages.c.generation == bindparam("generation"),
        passages.c.release_id == bindparam("of"),
        passages.c.version == bindparam("at"),
    )
    .order_by(passages.c.ordinal)
)


@dataclass(frozen=True, slots=True)
class _Row:
    passage: Passage
    release: Row[Any]


def _tells(release: Row[Any]) -> bool:
    """Whether a title says enough to be compared with a question; « Remise de prix » does not."""
    return len(content_terms(release.title, release.language)) >= TELLING


def _readable(title: str, embedder: Embedder) -> str:
    """As much of a title as the encoder reads with its prefix beside: some sources give their whole text as title."""
    while embedder.count_tokens(title) > embedder.max_tokens // 2:
        title = title[: len(title) * 4 // 5]
    return title


def _collection(catalogue: Catalogue, generation: int) -> str:
    return f"porte-parole-{catalogue.meta('name') or 'archive'}-{generation}"
