"""An answer of a model as it grows: each sentence judged as it comes, and what is shown of it.

Knows nothing about models, prompts, or what is told when nothing stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.answer import Assignment, Claim, Count
from assistant.draft import Drafted
from assistant.fragments import is_fragment, pointed, verbatim
from assistant.lead_in import according, says_itself
from assistant.verification import Dropped, Repaired, Source, Verdict, Verified, Verifier, declines, says_nothing
from store.folding import letters
from store.language import content_terms
from store.records import Release, Span

SENTENCES = 4
CHARACTERS = 900
"""A model is stopped once it has said so much."""
REPEATS = 2
FAULTS = 6
"""Sentences said again, or left out, after which a model is not listened to any longer."""

WITH_EXACT = 700
"""Characters of an answer up to which the releases' exact sentences are added."""

_STRANGE = re.compile(r"</?[a-z!][^>]*>?|\]\(|[{}]|\\[nu\"]", re.IGNORECASE)
"""Markup and code: no sentence of a press release."""
_ADDRESS = re.compile(r"(?:https?:|www\.|[\w.+-]+@)[^\s,;)»”\"]+", re.IGNORECASE)


@dataclass
class Growing:
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

    def rests_on(self, release: Release, span: Span) -> bool:
        """Whether something said rests on words of this sentence."""
        return any(rests_on(claim, release.id, span) for claim in self.claims)

    def beside(self, claim: Claim) -> Iterator[Claim]:
        """A sentence of the releases, where it is new and short enough to be added."""
        known = any(self.rests_on(release, span) for release, span in claim.rests_on)
        if not known and self.characters + len(claim.text) <= WITH_EXACT and not self._again(claim.text):
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
        begins = alone and release.id != self.speaking
        if not begins:
            claim = replace(claim, lead_in="")
        elif not claim.lead_in and not says_itself(release, claim.text, self.assignment.language):
            claim = replace(claim, lead_in=according(release, self.assignment.language))
        self.speaking = release.id if alone else ""
        self.claims.append(claim)
        self.characters += len(claim.text)
        return claim


def rests_on(claim: Claim, release_id: str, span: Span) -> bool:
    """Whether a claim rests on some of the words of a span."""
    return any(
        release.id == release_id and span.start < said.end and said.start < span.end for release, said in claim.rests_on
    )


def _addresses(text: str) -> list[str]:
    """The addresses of the web and of mailboxes in a sentence: never put in other words."""
    return [found[0].rstrip(".") for found in _ADDRESS.finditer(text)]
