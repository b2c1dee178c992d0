"""A writer with a language model: its sentences, shown one by one as each proves to stand in its sources.

The model reads numbered sentences of the releases and names those it used. What does not
stand is mended in the release's words or left out; when nothing is left, or the model
fails, the extractive writer answers. A model that says that the releases do not answer is
believed, and nothing is written, unless their sentences very likely do. Knows nothing about which model it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.allowance import SMALL, Allowance
from assistant.answer import Assignment, Claim, Count, Notice, Writer, Written
from assistant.draft import Draft
from assistant.excuses import dropped, instead, interrupted
from assistant.extractive import ExtractiveWriter
from assistant.growing import Growing, rests_on
from assistant.kinds import Kind, kinds
from assistant.listening import Patience, Reason, Unheard, heard
from assistant.numbered import numbered
from assistant.prompt import messages, prompt_hash
from assistant.verification import Source, Verifier
from assistant.weighing import answers, ranked
from store.records import Release, Status

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LIKELY = 0.5
"""Likelihood of what a model rests on below which the exact sentences of the releases follow.

38 answers of Qwen2.5-Coder-1.5B to development questions: 23 correct without them (median 235
characters), 25 with (336), 25 if they always follow (396); its own words unverified, 17."""
WORTH = 0.1
"""Likelihood that an exact sentence answers from which it is added.

48 answers: as many correct as if each followed, median 286 characters for 341."""
DOUBTED = 0.65
"""Likelihood that the best sentences answer (`weighing.answers`) from which a model that finds nothing is not believed.

Of 11 development questions that Qwen2.5-Coder-1.5B refused, the releases' sentences answered 2 of the 3 above it
and none of the 8 below, 3 of which nothing answers."""


class GenerativeWriter:
    """Answers in a model's words, each verified; in the releases' own where there are none.

    A `remote` model is not given what is still under embargo. Contacts and verbatims are
    never put in other words: there the releases speak for themselves.
    """

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        verifier: Verifier,
        *,
        patience: Patience = Patience(),
        allowance: Allowance = SMALL,
        remote: bool = False,
        otherwise: Writer | None = None,
    ) -> None:
        self._model = model
        self._verifier = verifier
        self._patience = patience
        self._allowance = allowance
        self._remote = remote
        self._otherwise = otherwise or ExtractiveWriter()
        self.written = Written("generative", name)
        self.prompt_hash = prompt_hash()

    def write(self, assignment: Assignment) -> Iterator[Claim | Notice | Count]:
        asked = kinds(assignment.question, assignment.language)
        if Kind.CONTACT in asked or Kind.QUOTATION in asked:
            yield from self._otherwise.write(assignment)
            return
        readable = self._readable(assignment)
        if readable is None:
            yield from self._instead("withheld", assignment)
            return
        sources = numbered(readable, self._allowance)
        if not sources:
            yield from self._otherwise.write(assignment)
            return
        telling = Growing(sources, assignment, self._verifier)
        reason = None
        try:
            yield from self._told(telling, sources, assignment)
        except Unheard as unheard:
            reason = unheard.reason
        yield from self._ended(telling, reason, assignment)

    def _readable(self, assignment: Assignment) -> Assignment | None:
        """What the model may read; None where the best of it is still under embargo."""
        if not self._remote:
            return assignment
        hits = tuple(hit for hit in assignment.hits if not _embargoed(hit.release))
        if assignment.hits and _embargoed(assignment.hits[0].release):
            return None
        return replace(assignment, hits=hits)

    def _told(self, telling: Growing, sources: tuple[Source, ...], assignment: Assignment) -> Iterator[Claim | Count]:
        """What the model says that stands. Raises Unheard where it breaks off: its last words are not used."""
        draft = Draft()
        said = messages(assignment.standalone, sources, assignment.language)
        with closing(heard(self._model, said, self._patience)) as words:
            for piece in words:
                for sentence in draft.add(piece):
                    yield from telling.of(sentence)
                if telling.enough or draft.endless:
                    return
        for sentence in draft.end():
            yield from telling.of(sentence)

    def _ended(
        self, telling: Growing, reason: Reason | None, assignment: Assignment
    ) -> Iterator[Claim | Notice | Count]:
        language = assignment.language
        if not telling.claims and telling.declined and not telling.dropped:
            if answers(assignment, kinds(assignment.question, language)) >= DOUBTED:
                yield from self._instead("declined", assignment)
            return
        if not telling.claims:
            yield from self._instead("unborne" if telling.dropped else reason or Reason.CUT, assignment)
            return
        yield from self._beside(telling, assignment)
        if reason not in (None, Reason.CUT):
            yield interrupted(language)
        if telling.dropped:
            yield dropped(telling.dropped, language)

    def _beside(self, telling: Growing, assignment: Assignment) -> Iterator[Claim]:
        """The exact sentences that a model left unsaid, where what it rests on may not be all of the answer."""
        best = ranked(assignment, kinds(assignment.question, assignment.language))
        if sum(one.answers for one in best if telling.rests_on(one.release, one.span)) >= LIKELY:
            return
        worth = [(one.release.id, one.span) for one in best if one.answers >= WORTH]
        for piece in self._otherwise.write(assignment):
            if isinstance(piece, Claim) and any(rests_on(piece, release, span) for release, span in worth):
                yield from telling.beside(piece)

    def _instead(self, why: str, assignment: Assignment) -> Iterator[Claim | Notice | Count]:
        """The releases' own words, and why they stand in for the model's."""
        wrote = False
        for piece in self._otherwise.write(assignment):
            wrote = wrote or isinstance(piece, Claim)
            yield piece
        if wrote:
            yield instead(why, assignment.language)


def _embargoed(release: Release) -> bool:
    return release.status is Status.EMBARGOED
