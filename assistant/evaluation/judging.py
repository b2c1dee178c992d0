"""What one given answer is worth: what it says, what it cites, and whether every sentence is borne.

A sentence is supported when it stands word for word in what it cites (cuts aside), is a
line or a count of the catalogue's, or is verified against what it cites as a model's
sentences are. What a writer without citations says is verified against all it was given to
read. Knows nothing about how an answer came about, nor about means and intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from assistant.citations import CUT
from assistant.evaluation.given import Cited, Given, Told
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.marking import fold, said
from assistant.evaluation.proofs import Places
from assistant.verification import Source, Verified, Verifier, declines, says_nothing
from store.language import detect
from store.records import Release, ReleaseNotFound, Span
from store.sentences import sentences

if TYPE_CHECKING:
    from store.view import View

_TO_THE_LETTER = Verifier(lambda text, others: [1.0] * len(others), support=0.0)
"""Looks at facts alone: any words and any meaning will do."""
COVERED = 0.5
"""A proof counts as cited when the citations hold at least this share of its characters."""

Find = Callable[[str, int | None], Release | None]
"""A version of a release by id and number (None: the current one); None where there is none."""


INVENTED = ("number", "address", "date", "name", "quotation")
"""Why a sentence is not supported when it says a fact that no source holds."""


@dataclass(frozen=True, slots=True)
class Unborne:
    """A sentence shown that nothing bears, and why, in a word of the verification's; "uncited" without sources."""

    text: str
    why: str

    @property
    def invented(self) -> bool:
        """Whether a figure, an address, a date, a name or a quotation of it is in none of its sources."""
        return self.why in INVENTED


@dataclass(frozen=True, slots=True)
class Worth:
    """An answer judged. A share is None where there is nothing to be a share of.

    `facts`: of the facts asked for, those said. `to_gold` and `to_proof`: of the citations,
    those to a gold release, and those that touch a proof. `gold_cited` and `proof_cited`: of
    the gold releases, and of the proofs, those that are cited (0 of an abstention).
    `unsupported` are sentences shown that nothing bears, `inexact` citations that are not the
    release's own words.
    """

    abstained: bool
    facts: float | None
    to_gold: float | None
    to_proof: float | None
    gold_cited: float | None
    proof_cited: float | None
    unsupported: tuple[Unborne, ...]
    inexact: tuple[int, ...]
    sentences: int
    characters: int

    @property
    def correct(self) -> bool:
        """Whether all that had to be said is said."""
        return not self.abstained and self.facts == 1.0

    @property
    def sound(self) -> bool:
        """Whether it is correct and every sentence of it is supported."""
        return self.correct and not self.unsupported


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges answers to questions; `find` reads the archive, `verifier` knows what bears a sentence."""

    find: Find
    verifier: Verifier

    def judge(self, gold: GoldQuestion, given: Given, releases: Sequence[str], proofs: Sequence[Places]) -> Worth:
        """What `given` is worth; `releases` are the ids of the gold releases, `proofs` where the evidence stands."""
        facts = sum(said(given.text, forms) for forms in gold.facts) / len(gold.facts) if gold.facts else None
        abstained = not given.sentences or (_declined(given) and facts != 1.0)
        standing = [places for places in proofs if places]
        cited = () if abstained else given.citations
        return Worth(
            abstained=abstained,
            facts=0.0 if abstained and facts is not None else facts,
            to_gold=_share([c.release in releases for c in cited]) if releases else None,
            to_proof=_share([any(_covered(places, [c]) for places in standing) for c in cited]) if standing else None,
            gold_cited=_share([any(c.release == id for c in cited) for id in releases]),
            proof_cited=_share([_covered(places, cited) >= COVERED for places in standing]),
            unsupported=() if abstained else tuple(self._unsupported(gold, given)),
            inexact=tuple(citation.number for citation in given.citations if not self._exact(citation)),
            sentences=0 if abstained else len(given.sentences),
            characters=0 if abstained else len(given.text),
        )

    def _exact(self, citation: Cited) -> bool:
        release = self.find(citation.release, citation.version)
        return release is not None and bool(citation.quote) and _span(citation).of(release.text) == citation.quote

    def _unsupported(self, gold: GoldQuestion, given: Given) -> Iterator[Unborne]:
        cited = {citation.number: citation for citation in given.citations}
        read = self._read(given)
        for told in given.sentences:
            empty = says_nothing(told.text, detect(told.text)) or (declines(told.text) and not told.citations)
            if empty or _quoted(told, cited, given.searched) or _stands(told, given):
                continue
            sources = self._sources(told, cited) if told.citations else read
            if (why := self._unborne(told.text, sources, gold.question.text)) is not None:
                yield Unborne(told.text, why)

    def _unborne(self, text: str, sources: Sequence[Source], asked: str) -> str | None:
        """Why these sources do not bear a sentence: what it says that none of them does, else how it says it."""
        if not sources:
            return "uncited"
        if isinstance(self.verifier.verify(text, [source.number for source in sources], sources, asked), Verified):
            return None
        return _TO_THE_LETTER.why(text, sources, asked) or "words"

    def _sources(self, told: Told, cited: Mapping[int, Cited]) -> list[Source]:
        return [
            Source(number, release, _span(cited[number]))
            for number in told.citations
            if number in cited and (release := self.find(cited[number].release, cited[number].version)) is not None
        ]

    def _read(self, given: Given) -> list[Source]:
        """The sentences of what a writer without citations was given, under the titles they stand under."""
        numbers, sources = count(1), []
        for piece in given.read:
            known = self.find(piece.release, None)
            if known is None:
                continue
            text = piece.text.removeprefix(known.title).strip()
            start = known.text.find(text)
            release, offset = (known, start) if start >= 0 else (_only(known, text), 0)
            for span in sentences(text):
                sources.append(Source(next(numbers), release, Span(span.start + offset, span.end + offset)))
        return sources


def in_view(view: View) -> Find:
    """Releases as this reader sees them, each read once."""
    seen: dict[str, list[Release]] = {}

    def find(id: str, version: int | None) -> Release | None:
        if id not in seen:
            seen[id] = []
            with suppress(ReleaseNotFound):
                seen[id] = list(view.versions(id))
        if version is None:
            return seen[id][-1] if seen[id] else None
        return next((release for release in seen[id] if release.version == version), None)

    return find


def _declined(given: Given) -> bool:
    """Whether a model said that it does not know: in its first sentence that says anything."""
    spoken = (told for told in given.sentences if not says_nothing(told.text, detect(told.text)))
    first = next(spoken, None)
    return first is None or (not first.citations and declines(first.text))


def _quoted(told: Told, cited: Mapping[int, Cited], searched: int) -> bool:
    """Whether a sentence stands in its citations, holds one of them whole, or counts what was searched."""
    quotes = [fold(cited[number].quote) for number in told.citations if number in cited and cited[number].quote]
    whole, position = " ".join(quotes), 0
    for part in map(fold, told.text.split(CUT)):
        position = whole.find(part, position)
        if position < 0:
            text = fold(told.text)
            return any(quote in text for quote in quotes) or (bool(quotes) and said(text, [str(searched)]))
        position += len(part)
    return bool(quotes)


def _stands(told: Told, given: Given) -> bool:
    """Whether a sentence without citations stands word for word in what its writer was given to read."""
    return not told.citations and any(said(piece.text, [told.text.rstrip(" .")]) for piece in given.read)


def _covered(places: Places, cited: Sequence[Cited]) -> float:
    """The greatest share of a proof's characters, wherever it stands, that the citations hold."""
    best = 0.0
    for place in places:
        held = {
            character
            for one in cited
            if one.release == place.release
            for character in range(max(one.start, place.span.start), min(one.end, place.span.end))
        }
        best = max(best, len(held) / max(1, len(place.span)))
    return best


def _only(release: Release, text: str) -> Release:
    """A release reduced to one piece of it that a changed blank keeps from being found in it."""
    return replace(release, text=text, pages=(), quotes=(), boilerplate=(), sections=(), names=(), lead=None)


def _span(citation: Cited) -> Span:
    return Span(citation.start, citation.end)


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
