"""A writer with a language model: its sentences, shown one by one as each proves to stand in its sources.

The model reads numbered sentences of the releases and names those it used. What does not
stand is mended in the release's words or left out; when nothing is left, or the model
fails, the extractive writer answers. A model that says that the releases do not answer is
believed, and nothing is written, unless their sentences very likely do. Knows nothing about which model it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.allowance import SMALL, Allowance
from assistant.answer import Assignment, Claim, Count, Notice, Writer, Written
from assistant.draft import Draft, Drafted
from assistant.excuses import dropped, instead, interrupted
from assistant.extractive import ExtractiveWriter
from assistant.fragments import is_fragment, pointed, verbatim
from assistant.kinds import Kind, kinds
from assistant.lead_in import according, says_itself
from assistant.listening import Patience, Reason, Unheard, heard
from assistant.numbered import numbered
from assistant.prompt import messages, prompt_hash
from assistant.verification import Dropped, Repaired, Source, Verdict, Verified, Verifier, declines, says_nothing
from assistant.weighing import answers, letters
from store.language import content_terms
from store.records import Release, Status

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SENTENCES = 4
CHARACTERS = 900
"""A model is stopped once it has said so much."""
REPEATS = 2
FAULTS = 6
"""Sentences said again, or left out, after which a model is not listened to any longer."""

DOUBTED = 0.65
"""Likelihood that the best sentences answer (`weighing.answers`) from which a model that finds nothing is not believed.

Of 11 development questions that Qwen2.5-Coder-1.5B refused, the releases' sentences answered 2 of the 3 above it
and none of the 8 below, 3 of which nothing answers."""

_STRANGE = re.compile(r"</?[a-z!][^>]*>?|\]\(|[{}]|\\[nu\"]", re.IGNORECASE)
"""Markup and code: no sentence of a press release."""
_ADDRESS = re.compile(r"(?:https?:|www\.|[\w.+-]+@)[^\s,;)»”\"]+", re.IGNORECASE)


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
        telling = _Telling(sources, assignment, self._verifier)
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

    def _told(self, telling: _Telling, sources: tuple[Source, ...], assignment: Assignment) -> Iterator[Claim | Count]:
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
        self, telling: _Telling, reason: Reason | None, assignment: Assignment
    ) -> Iterator[Claim | Notice | Count]:
        language = assignment.language
        if not telling.claims and telling.declined and not telling.dropped:
            if answers(assignment, kinds(assignment.question, language)) >= DOUBTED:
                yield from self._instead("declined", assignment)
            return
        if not telling.claims:
            yield from self._instead("unborne" if telling.dropped else reason or Reason.CUT, assignment)
            return
        if reason not in (None, Reason.CUT):
            yield interrupted(language)
        if telling.dropped:
            yield dropped(telling.dropped, language)

    def _instead(self, why: str, assignment: Assignment) -> Iterator[Claim | Notice | Count]:
        """The releases' own words, and why they stand in for the model's."""
        wrote = False
        for piece in self._otherwise.write(assignment):
            wrote = wrote or isinstance(piece, Claim)
            yield piece
        if wrote:
            yield instead(why, assignment.language)


@dataclass
class _Telling:
    """An answer as it grows: what stands, and how much did not."""

    sources: tuple[Source, ...]
    assignment: Assignment
    verifier: Verifier
    claims: list[Claim] = field(default_factory=list)
    characters: int = 0
    repeated: int = 0
    dropped: int = 0
    declined: bool = False
    heard: set[str] = field(default_factory=set)
    speaking: str = ""

    @property
    def enough(self) -> bool:
        """Whether nothing more is wanted of the model."""
        told = len(self.claims) >= SENTENCES or self.characters >= CHARACTERS
        return told or self.repeated > REPEATS or self.dropped >= FAULTS

    def of(self, sentence: Drafted) -> Iterator[Claim | Count]:
        """What is shown of a sentence: itself, its source's words, or nothing."""
        if self.enough:
            return
        if declines(sentence.text):
            self.declined = True
            return
        if says_nothing(sentence.text, self.assignment.language):
            return
        if self._again(sentence.text):
            self.repeated += 1
            return
        verdict = self._judged(sentence)
        if isinstance(verdict, Dropped):
            self.dropped += 1
            yield Count(dropped=1)
            return
        claim = verdict.claim
        if isinstance(verdict, Repaired):
            yield Count(repaired=1)
            if self._again(claim.text):
                return
        yield self._introduced(claim)

    def _judged(self, sentence: Drafted) -> Verdict:
        if _STRANGE.search(sentence.text):
            return Dropped("strange")
        if addresses := _addresses(sentence.text):
            held = [source for source in self.sources if all(address in source.text for address in addresses)]
            return Repaired(verbatim(held[0]), "address") if held else Dropped("address")
        if is_fragment(sentence, self.sources):
            claim = pointed(sentence, self.sources)
            return Dropped("fragment") if claim is None else Repaired(claim, "fragment")
        verdict: Verdict = Dropped("unborne")
        for sources in self._by_release(sentence.marks):
            found = self.verifier.verify(sentence.text, sentence.marks, sources, self.assignment.standalone)
            if isinstance(found, Verified):
                return found
            if isinstance(found, Repaired) and isinstance(verdict, Dropped) and self._near(found.claim):
                verdict = found
        return verdict

    def _by_release(self, marks: Sequence[int]) -> list[list[Source]]:
        """The sources release by release, those named first: no sentence mixes the facts of two."""
        groups = [list(group) for _, group in groupby(self.sources, key=lambda source: source.release.id)]
        return sorted(groups, key=lambda group: not any(source.number in marks for source in group))

    def _near(self, claim: Claim) -> bool:
        """Whether a source's sentence has to do with the question: of the best release, or with a word of it."""
        release, span = claim.rests_on[0]
        if release.id == self.sources[0].release.id:
            return True
        asked = {term.stem for term in content_terms(self.assignment.standalone, self.assignment.language)}
        said = {term.stem for term in content_terms(span.of(release.text), release.language)}
        return not asked.isdisjoint(said)

    def _again(self, text: str) -> bool:
        """Whether the same was said before; else it now is."""
        words = letters(text)
        known = words in self.heard
        self.heard.add(words)
        return known

    def _introduced(self, claim: Claim) -> Claim:
        """The claim, with who says it and when, where the one before was another's."""
        release = claim.rests_on[0][0]
        alone = all(other.id == release.id for other, _ in claim.rests_on)
        begins = alone and release.id != self.speaking and not claim.lead_in
        if begins and not says_itself(release, claim.text, self.assignment.language):
            claim = replace(claim, lead_in=according(release, self.assignment.language))
        self.speaking = release.id if alone else ""
        self.claims.append(claim)
        self.characters += len(claim.text)
        return claim


def _embargoed(release: Release) -> bool:
    return release.status is Status.EMBARGOED


def _addresses(text: str) -> list[str]:
    """The addresses of the web and of mailboxes in a sentence: never put in other words."""
    return [found[0].rstrip(".") for found in _ADDRESS.finditer(text)]
