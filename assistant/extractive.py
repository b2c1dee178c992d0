"""A writer with no language model: the sentences that answer, verbatim, made to read as an answer.

A verbatim where someone's words are asked for, a contact's line for whom to call, a dated
line per release for how something went, a list for which ones; else the sentences that
`weighing` chose. Each release is introduced once, in the asker's language. Knows nothing
about how sentences were found or weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Assignment, Claim, Written
from assistant.citations import CUT
from assistant.clauses import bared, flowing, leans, worded
from assistant.kinds import FIGURES, Kind, Kinds, kinds
from assistant.lead_in import according, says_itself, spoken
from assistant.lists import Listed, listed
from assistant.over_time import lines, told_over_time
from assistant.quotation import closed
from assistant.verbatims import about, somebody, speaker_of, verbatims
from assistant.weighing import Chosen, chosen, is_heading
from assistant.whom_to_call import contacts, of_the_matter
from store.folding import fold
from store.language import content_terms, sentences, trimmed
from store.records import Release, Span

AIM = 450
"""Characters an answer aims at."""
LIMIT = 1_200
"""Characters no answer goes beyond, our own words counted."""
BEFORE = 220
"""Characters a sentence may have that is shown only so that the next one can be understood."""
ALIKE = 0.75
"""Share of the shorter sentence's words from which another says the same."""
BESIDE = 3
"""Blanks and marks between two sentences that still follow each other."""


class ExtractiveWriter:
    """Answers in the words of the releases."""

    written = Written()

    def write(self, assignment: Assignment) -> Iterator[Claim]:
        asked = kinds(assignment.question, assignment.language)
        length = 0
        for number, claim in enumerate(self._claims(assignment, asked)):
            length += len(claim.lead_in) + len(claim.text) + 1
            if number and length > LIMIT:
                return
            yield claim

    def _claims(self, assignment: Assignment, asked: Kinds) -> Sequence[Claim]:
        stems = {term.stem for term in content_terms(assignment.standalone, assignment.language)}
        if Kind.CONTACT in asked and (found := contacts(assignment)):
            return found
        words = _asks_for_words(assignment, asked)
        if Kind.QUOTATION in asked and not words:
            asked = replace(asked, asked=tuple(kind for kind in asked.asked if kind is not Kind.QUOTATION))
        order = None if Kind.QUOTATION in asked else told_over_time(assignment.question, asked)
        if order is not None and (found := lines(assignment, asked, order, stems)):
            return found
        found, of_someone = verbatims(assignment) if words else ([], False)
        if found:
            return found
        picked = chosen(assignment, asked)
        if of_someone and Kind.QUOTATION in asked:
            picked = tuple(one for one in picked if about(one.release, one.span, somebody(assignment)))
        if Kind.CONTACT in asked:
            picked = tuple(one for one in picked if of_the_matter(assignment, one.release))
        return list(_Telling(assignment.language, asked, stems).of(picked))


@dataclass
class _Telling:
    """The chosen sentences told in turn: what was said last, and what was shown, decide how the next begins."""

    language: str
    kinds: Kinds
    stems: set[str]
    shown: dict[str, list[Span]] = field(default_factory=dict)
    length: int = 0
    speaking: tuple[str, str] | None = None
    said: list[frozenset[str]] = field(default_factory=list)

    def of(self, picked: Sequence[Chosen]) -> Iterator[Claim]:
        for one in picked:
            for claim in self._told(one.release, bared(one.release, one.span)):
                self.length += len(claim.text)
                yield claim

    def _told(self, release: Release, span: Span) -> Iterator[Claim]:
        if len(span) == 0 or self._is_shown(release, span) or self._said_already(release, span):
            return
        whole = listed(release, span)
        if whole is None and _is_section_heading(release, span):
            return
        if whole is not None and (Kind.LIST in self.kinds or whole.introduction.start == span.start):
            # A list nobody asked for completes an answer only while it is short.
            wanted = Kind.LIST in self.kinds or self.length == 0 or self.length + len(whole.span) <= AIM
            if wanted and not self._is_shown(release, whole.span):
                yield from self._list(release, whole)
            return
        if whole is not None and len(whole.introduction) + len(span) <= AIM:
            yield self._item(release, whole, span)
            return
        span = closed(release, span)
        before = self._before(release, span) if self._leans(release, span) else None
        if before is not None:
            yield self._sentence(release, before)
        yield self._sentence(release, span)

    def _said_already(self, release: Release, span: Span) -> bool:
        """Whether a sentence says again, in nearly the same words and figures, what was said; else it is now said."""
        said = frozenset(term.stem for term in content_terms(span.of(release.text), release.language))
        for other in self.said:
            fewer = min(len(said), len(other))
            if fewer and len(said & other) >= ALIKE * fewer and not _figures(said - other):
                return True
        self.said.append(said)
        return False

    def _before(self, release: Release, span: Span) -> Span | None:
        """The sentence that says what « Il » is, where it may be shown too."""
        earlier = [trimmed(release.text, one) for one in sentences(release.text) if one.end <= span.start]
        if not earlier:
            return None
        before = bared(release, earlier[-1])
        blank = release.text[before.end : span.start]
        fits = len(before) <= BEFORE and self.length + len(before) + len(span) <= AIM
        if not fits or len(before) < 3 or "\n\n" in blank or self._is_shown(release, before):
            return None
        return None if is_heading(release, before) or leans(before.of(release.text)) else before

    def _sentence(self, release: Release, span: Span) -> Claim:
        joined = self._follows(release, span)
        words = worded(release, span, self.stems, self.kinds, joined=joined)
        unclear = not joined and self._leans(release, span)
        text = words.text
        lead_in = self._lead_in(release, words.span, words.text, unclear=unclear)
        if unclear and not lead_in and not text.startswith(CUT):
            # Words were left out since the sentence before, and « Il » may be in them.
            text = f"{CUT} {text}"
        self._remember(release, span)
        return Claim(text, ((release, words.span),), lead_in)

    def _list(self, release: Release, whole: Listed) -> Iterator[Claim]:
        """Introduction and items, all cited with the whole list."""
        introduction = flowing(whole.introduction.of(release.text))
        rests_on = ((release, whole.span),)
        yield Claim(introduction, rests_on, self._lead_in(release, whole.introduction, introduction))
        for item in whole.items:
            last = item is whole.items[-1]
            words = flowing(item.of(release.text))
            yield Claim(f"{words} {CUT}" if last and whole.cut else words, rests_on)
        self._remember(release, whole.span)

    def _item(self, release: Release, whole: Listed, span: Span) -> Claim:
        """One item after the line it hangs on."""
        if self._is_shown(release, whole.introduction):
            self._remember(release, span)
            return Claim(f"{CUT} {flowing(span.of(release.text)).rstrip(' ;,')}", ((release, span),))
        introduction = flowing(whole.introduction.of(release.text))
        adjacent = span.start in whole.items[0]
        words = flowing(span.of(release.text)).rstrip(" ;,")
        text = f"{introduction} {'' if adjacent else CUT + ' '}{words}"
        lead_in = self._lead_in(release, whole.introduction, introduction)
        self._remember(release, whole.introduction)
        self._remember(release, span)
        return Claim(text, ((release, whole.introduction), (release, span)), lead_in)

    def _lead_in(self, release: Release, span: Span, text: str, *, unclear: bool = False) -> str:
        """Who speaks, said once for what follows of the same release and speaker."""
        quote = speaker_of(release, span)
        speaking = (release.id, (quote.speaker or "") if quote else "")
        if speaking == self.speaking:
            return ""
        self.speaking = speaking
        if quote is not None:
            return spoken(release, quote, self.language)
        if says_itself(release, text, self.language):
            return ""
        return according(release, self.language, subject=unclear)

    def _leans(self, release: Release, span: Span) -> bool:
        """Whether a sentence needs what was said before it; « Ce stade » does not, where the stadium is asked about."""
        text = span.of(release.text)
        named = _THIS.match(text)
        known = named is not None and not self.stems.isdisjoint(
            term.stem for term in content_terms(named["noun"], release.language)
        )
        return leans(text) and not known

    def _follows(self, release: Release, span: Span) -> bool:
        return any(0 <= span.start - one.end <= BESIDE for one in self.shown.get(release.id, ()))

    def _is_shown(self, release: Release, span: Span) -> bool:
        return any(span.start < one.end and one.start < span.end for one in self.shown.get(release.id, ()))

    def _remember(self, release: Release, span: Span) -> None:
        self.shown.setdefault(release.id, []).append(span)


def _is_section_heading(release: Release, span: Span) -> bool:
    return any(section.heading.start <= span.start and span.end <= section.heading.end for section in release.sections)


def _figures(stems: frozenset[str]) -> bool:
    return any(stem[:1].isdigit() for stem in stems)


def _asks_for_words(assignment: Assignment, asked: Kinds) -> bool:
    """Whether someone's own words are asked for: « qu'a dit », or « d'après », « X sur » of a person."""
    people = assignment.inferred.people
    folded = fold(assignment.question)
    if not people and _OF_RELEASE.search(folded):
        return False
    if Kind.QUOTATION in asked and (people or _WORDS.search(folded)):
        return True
    if not people or any(kind in asked for kind in (*FIGURES, Kind.DATE, Kind.CONTACT)):
        return False
    last = "|".join(re.escape(fold(name).split()[-1]) for name in people)
    return re.search(rf"(?:{_BY})\b[^?]{{0,40}}\b(?:{last})\b|^[^?]{{0,40}}\b(?:{last}) (?:{_ON}) ", folded) is not None


_THIS = re.compile(r"(?:Ce|Cet|Cette|Ces|This|These|Diese[rsnm]?|Quest[oaie]) (?P<noun>[\w-]+)")
_OF_RELEASE = re.compile(r"\b(?:communiques?|press releases?|releases?|(?:medien|presse)mitteilung\w*|comunicat[oi])\b")
_WORDS = re.compile(
    r"\b(?:dit|disent|declar\w*|affirm\w*|lance\w*|expliqu\w*|repon\w*|pense\w*|estim\w*|soulign\w*|deplor\w*"
    r"|regrett\w*|salu\w*"
    r"|citations?|cite[rz]?|propos|verbatim|mot pour mot|formule|reactions?|decri\w*|sa(?:y|ys|id)|quot\w*"
    r"|declared?|sagt\w*|gesagt"
    r"|zitat\w*|erklart\w*|detto|dichiara\w*|citazion\w*)\b"
)
_BY = r"d'apres|selon|pense|estime|pour|avis d[eu']|position d[eu']|according to|laut|gemass|nach|secondo"
_ON = r"sur|a propos d[eu']|au sujet d[eu']|about|on|uber|zu|su|sulla|sul"
