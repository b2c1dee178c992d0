"""What a reader must know beside an answer: corrections, contradictions, and as of when.

A layer over what a writer proposes: it puts what corrects before what is corrected, adds the
sentence that says otherwise, and tells both. Knows nothing about how sentences are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Claim, Count, Notice
from assistant.as_of import as_of, asks_of_now, newest_of_the_best
from assistant.corrected import Told, corrections, put_right
from assistant.disagreement import Disagreement, Said, disagreements
from assistant.kinds import Kind, kinds
from assistant.lead_in import according
from assistant.question import Understanding
from assistant.retrieval import Gathered, evidence
from store.language import trimmed
from store.period import Period, day_in_words
from store.records import Filters, Hit, Release, Span
from store.view import Entry, View

CONTRADICTIONS = 2
"""Contradictions told at most."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is to be known beside one answer. `whole` is the archivist's view: no words of it are shown."""

    view: View
    whole: View
    asked: Understanding
    wrong: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View, whole: View, asked: Understanding, gathered: Gathered) -> Beside:
        found = {hit.release.id for hit in gathered.hits} | {one.release.id for one in gathered.evidence}
        return cls(view, whole, asked, corrections(view, found))

    @property
    def language(self) -> str:
        return self.asked.language if self.asked.language in ("en", "de", "it") else "fr"

    @property
    def now(self) -> bool:
        """Whether it is asked how things stand, and not what was published in some period."""
        return asks_of_now(self.asked.standalone) and self.asked.filters.period == Period()

    def in_order(self, gathered: Gathered, search: Callable[[str, Filters], Sequence[Hit]]) -> Gathered:
        """What was gathered as it is to be read: what corrects before what is corrected, the newest of the best."""
        if not gathered.hits or self.asked.order is not None or not (self.wrong or self.now):
            return gathered
        hits = put_right(gathered.hits, self.wrong, lambda ids: search(self.asked.standalone, Filters(releases=ids)))
        if self.now:
            hits = newest_of_the_best(hits)
        return replace(gathered, hits=tuple(hits), evidence=evidence(hits))

    def with_notices(
        self, pieces: Iterator[Claim | Notice | Count], hits: Sequence[Hit]
    ) -> Iterator[Claim | Notice | Count]:
        """The pieces as they come, then what else is to be shown and known."""
        claims: list[Claim] = []
        for piece in pieces:
            if isinstance(piece, Claim):
                claims.append(piece)
            yield piece
        if not claims or self.asked.wanted.count:
            return
        added = list(self._put_right(claims, hits))
        yield from added
        cited = [one for claim in (*claims, *added) for one in claim.rests_on]
        yield from Told(self.view, self.whole, self.language).notices(cited, self.wrong)
        for found in self._contradictions(cited, hits):
            yield from self._both(found, cited)
        if (
            self.now
            and self.asked.order is None
            and (notice := as_of((release for release, _ in cited), self.language)) is not None
        ):
            yield notice

    def _put_right(self, claims: Sequence[Claim], hits: Sequence[Hit]) -> Iterator[Claim]:
        """What corrects a cited release, where no claim rests on it: the sentence nearest to what is asked."""
        cited = {release.id for claim in claims for release, _ in claim.rests_on}
        for corrected in cited & self.wrong.keys():
            by = self.wrong[corrected][-1].id
            if by not in cited and (nearest := _nearest(hits, by)) is not None:
                release, span = nearest
                yield Claim(_flowing(release, span), ((release, span),), according(release, self.language))

    def _contradictions(self, cited: Sequence[tuple[Release, Span]], hits: Sequence[Hit]) -> list[Disagreement]:
        known = {one for target, by in self.wrong.items() for one in (target, *(entry.id for entry in by))}
        wanted = kinds(self.asked.standalone, self.language)
        rivals = [hit for hit in hits if hit.release.id not in known]
        within = [(release, span) for release, span in cited if release.id not in known]
        return list(disagreements(within, rivals, Kind.DATE in wanted))[:CONTRADICTIONS]

    def _both(self, found: Disagreement, cited: Sequence[tuple[Release, Span]]) -> Iterator[Claim | Notice]:
        shown = {release.id for release, _ in cited}
        for said in (found.newer, found.older):
            if said.release.id not in shown:
                rests_on = ((said.release, said.span),)
                yield Claim(_flowing(said.release, said.span), rests_on, according(said.release, self.language))
        values = ", ".join(self._dated(said) for said in (found.newer, found.older))
        message = _SAY[self.language].format(values)
        yield Notice("contradiction", message, (found.newer.release.id, found.older.release.id))

    def _dated(self, said: Said) -> str:
        day = said.release.published
        return said.value if day is None else f"{said.value} ({day_in_words(day, self.language)})"


def _nearest(hits: Sequence[Hit], release_id: str) -> tuple[Release, Span] | None:
    """The sentence of a release nearest to what is asked, headings aside."""
    best: tuple[float, Release, Span] | None = None
    for hit in hits:
        if hit.release.id != release_id:
            continue
        scores = hit.sentence_scores or tuple(0.0 for _ in hit.passage.sentences)
        for sentence, score in zip(hit.passage.sentences, scores, strict=False):
            span = trimmed(hit.release.text, sentence)
            told = len(span) > 0 and span.of(hit.release.text)[-1] in ".!?»”"
            if told and (best is None or score > best[0]):
                best = (score, hit.release, span)
    return None if best is None else best[1:]


def _flowing(release: Release, span: Span) -> str:
    return " ".join(span.of(release.text).split())


_SAY = {
    "fr": "Les communiqués ne disent pas la même chose : {}.",
    "en": "The releases do not say the same: {}.",
    "de": "Die Medienmitteilungen sagen nicht dasselbe: {}.",
    "it": "I comunicati non dicono la stessa cosa: {}.",
}
