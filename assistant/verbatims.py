"""What someone said: the quotation asked for, in the release's own words, with speaker and office.

Quotations are those the release was read with; a quotation in marks comes before reported
speech. Knows nothing about questions that ask for no words of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Assignment, Claim
from assistant.citations import CUT
from assistant.clauses import bared, flowing
from assistant.lead_in import spoken
from store.folding import fold
from store.language import content_terms, sentences
from store.records import Hit, Quote, Release, Span

RELEASES = 12
"""Releases whose quotations are looked at."""
BUDGET = 480
"""Characters of quotation that an answer aims at; the first may exceed it."""
LONGEST = 700
"""Characters from which a quotation is cut at the end of one of its sentences."""
ALIKE = 0.7
"""Share of the shorter quotation's words from which another says the same."""
DIRECT, FOUND, NEAR = 0.35, 1.2, 0.6
"""What marks of quotation are worth, how well the release was found, and how far behind the best another may be."""


SAME_PLACE = 6
"""Letters by which a place or a body is known again: « la Région », « conseil régional »."""


@dataclass(frozen=True, slots=True)
class _Said:
    worth: float
    hit: Hit
    quote: Quote


def verbatims(assignment: Assignment) -> tuple[list[Claim], bool]:
    """What the one who is asked about said of it, best first; and whether somebody known was asked about.

    Nobody named: what anybody said of it.
    """
    found = list(firsts(assignment.hits))[:RELEASES]
    asked = _asked(assignment, found)
    if not asked and _somebody_else(assignment, found):
        return [], True
    asked = asked or _by_office(assignment, found)
    subject = _subject(assignment, asked)
    said = [
        _Said(worth, hit, quote)
        for hit in found
        for quote in hit.release.quotes
        if quote.speaker and (not asked or any(_same(quote.speaker, name) for name in asked))
        for worth in [_worth(hit, quote, subject, assignment, found[0].score)]
        if worth is not None
    ]
    said.sort(key=lambda one: -one.worth)
    return list(_claims(said, assignment.language)), bool(asked)


def firsts(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The best hit of each release, best release first."""
    seen: set[str] = set()
    for hit in hits:
        if hit.release.id not in seen:
            seen.add(hit.release.id)
            yield hit


def speaker_of(release: Release, span: Span) -> Quote | None:
    """The quotation that a sentence lies in, where it is someone's who is known and not named in the sentence."""
    for quote in release.quotes:
        inside = quote.span.start - 3 <= span.start and span.end <= quote.span.end + 3
        if inside and not quote.indirect and quote.speaker and not _names(span.of(release.text), quote.speaker):
            return quote
    return None


def about(release: Release, span: Span, people: Iterable[str]) -> bool:
    """Whether a sentence names one of these people."""
    return any(_names(span.of(release.text), name) for name in people)


def whole(release: Release, quote: Quote) -> Span:
    """The sentences that a quotation stands in; its words alone where they leave the speaker to others."""
    inner = quote.span
    cut = sentences(release.text)
    start = max((span.start for span in cut if span.start <= inner.start), default=inner.start)
    end = min((span.end for span in cut if span.end >= inner.end), default=inner.end)
    around = bared(release, Span(start, end))
    named = bool(quote.speaker) and _names(around.of(release.text), quote.speaker or "")
    if (named or quote.indirect) and len(around) <= LONGEST and _balanced(around.of(release.text)):
        return around
    return _marked(release, inner)


def _marked(release: Release, inner: Span) -> Span:
    """The quotation with its marks, where both stand right beside it."""
    before, after = release.text[: inner.start].rstrip(), release.text[inner.end :]
    rest = len(after) - len(after.lstrip())
    opened, closed = before[-1:], after.lstrip()[:1]
    if _PAIRS.get(opened) == closed:
        return Span(len(before) - 1, inner.end + rest + 1)
    return inner


def _balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in _PAIRS.items() if one != other)


def _claims(said: Sequence[_Said], language: str) -> Iterator[Claim]:
    """The best, and what the same speaker says beside it in the same release, as it is read."""
    if not said:
        return
    best = said[0]
    chosen, length = [best], len(best.quote.span)
    for one in said[1:]:
        same = one.hit.release.id == best.hit.release.id and _same(one.quote.speaker or "", best.quote.speaker or "")
        if same and one.worth >= best.worth - NEAR and length + len(one.quote.span) <= BUDGET and len(chosen) < 3:
            chosen.append(one)
            length += len(one.quote.span)
    # The one that answers comes first; what completes it follows as it is read.
    told: list[frozenset[str]] = []
    for one in [best, *sorted(chosen[1:], key=lambda each: each.quote.span)]:
        release, span = one.hit.release, whole(one.hit.release, one.quote)
        words = _stems(span.of(release.text), release)
        if any(len(words & other) >= ALIKE * min(len(words), len(other)) for other in told):
            continue
        told.append(words)
        kept, text = _shown(release, span)
        named = not _names_office(text, one.quote)
        opening = spoken(release, one.quote, language, named=named) if one is best else ""
        yield Claim(text, ((release, kept),), lead_in=opening)


def _shown(release: Release, span: Span) -> tuple[Span, str]:
    """A quotation, cut at the end of a sentence where it is very long."""
    if len(span) <= LONGEST:
        return span, flowing(span.of(release.text))
    end = span.start
    for one in sentences(release.text):
        if span.start < one.end and one.end - span.start <= LONGEST:
            end = max(end, one.end)
    kept = Span(span.start, end if end > span.start else release.text.rfind(" ", span.start, span.start + LONGEST))
    words = kept.of(release.text)
    opened = len(words) - len(words.lstrip('«“„" \u00a0\u202f'))
    return Span(span.start + opened, kept.end), f"{flowing(words[opened:])} {CUT}"


def _worth(hit: Hit, quote: Quote, subject: frozenset[str], assignment: Assignment, best: float) -> float | None:
    """How well a quotation answers; None where it has nothing to do with the subject."""
    release = hit.release
    own = _stems(quote.span.of(release.text), release)
    around = Span(max(0, quote.span.start - 400), min(len(release.text), quote.span.end + 300))
    near = _stems(around.of(release.text), release) | _stems(release.title, release)
    if subject and not subject & (own | near) and assignment.language == release.language:
        return None
    shared = (len(subject & own) + 0.5 * len(subject & (near - own))) / (len(subject) or 1)
    found = FOUND * hit.score / (best or 1.0)
    return shared + found + _meaning(assignment.hits, release, quote) + (0 if quote.indirect else DIRECT)


def _meaning(hits: Sequence[Hit], release: Release, quote: Quote) -> float:
    """The best cosine to the question of a sentence that the quotation stands in; 0 where none is known."""
    cosines = [
        cosine
        for hit in hits
        if hit.release.id == release.id
        for span, cosine in zip(hit.passage.sentences, hit.sentence_scores, strict=False)
        if span.start < quote.span.end and quote.span.start < span.end
    ]
    return 2 * max(cosines, default=0.0)


def _asked(assignment: Assignment, found: Sequence[Hit]) -> tuple[str, ...]:
    """Whose words are asked for: people read off the question, else speakers whose last name stands in it."""
    if assignment.inferred.people:
        return assignment.inferred.people
    words = set(re.findall(r"[\w'-]+", fold(assignment.standalone)))
    speakers = {quote.speaker for hit in found for quote in hit.release.quotes if quote.speaker}
    return tuple(sorted(name for name in speakers if " " in name and _last(name) in words))


def _by_office(assignment: Assignment, found: Sequence[Hit]) -> tuple[str, ...]:
    """Speakers whose office is asked for (« qu'a dit la présidente de la Métropole »): those it fits best."""
    words = {term.stem for term in content_terms(assignment.standalone, assignment.language)}
    fitting: dict[str, int] = {}
    for hit in found:
        for quote in hit.release.quotes:
            office = [term.stem for term in content_terms(quote.role or "", hit.release.language)]
            if quote.speaker and office and office[0] in words and _of_there(assignment, hit.release, quote):
                fitting[quote.speaker] = max(fitting.get(quote.speaker, 0), len(words.intersection(office)))
    return tuple(sorted(name for name, fit in fitting.items() if fit == max(fitting.values())))


def _of_there(assignment: Assignment, release: Release, quote: Quote) -> bool:
    """Whether an office is held where the question says: « le maire de Port-Clair » is no other town's."""
    held = fold(f"{quote.role} {release.issuer or ''}")
    places = [fold(found["place"])[:SAME_PLACE] for found in _OFFICE_OF.finditer(assignment.question)]
    return not places or any(place in held for place in places)


def _somebody_else(assignment: Assignment, found: Sequence[Hit]) -> bool:
    """Whether the words of one are asked for who is none of the speakers, nor a body that publishes."""
    issuers = " ".join(fold(hit.release.issuer or "") for hit in found)
    if (named := _SAID_BY.search(assignment.question)) is not None:
        return fold(named["name"]) not in issuers
    return (
        _SAID_BY_OFFICE.search(fold(assignment.question)) is not None
        and any(fold(place["place"])[:SAME_PLACE] not in issuers for place in _OFFICE_OF.finditer(assignment.question))
        and not _by_office(assignment, found)
    )


def somebody(assignment: Assignment) -> tuple[str, ...]:
    """Whose words are asked for, by name: who is known, else who the question says has spoken."""
    named = _SAID_BY.search(assignment.question)
    return assignment.inferred.people or ((named["name"],) if named is not None else ())


def _subject(assignment: Assignment, asked: Sequence[str]) -> frozenset[str]:
    """What the words asked for are about: the question without the speaker and the verbs of speech."""
    said = {word for name in asked for word in re.findall(r"\w+", fold(name))}
    return frozenset(
        term.stem
        for term in content_terms(assignment.standalone, assignment.language)
        if term.raw not in said and not _OF_SPEECH.match(term.raw)
    )


def _same(speaker: str, asked: str) -> bool:
    """Whether a speaker is who was asked about: the same last name, and first names that do not differ."""
    one, other = fold(speaker).split(), fold(asked).split()
    if not one or not other or one[-1] != other[-1]:
        return False
    return len(one) == 1 or len(other) == 1 or one[0] == other[0] or one[0][0] == other[0].rstrip(".")


def _last(name: str) -> str:
    return fold(name).split()[-1]


def _names(text: str, name: str) -> bool:
    return bool(name.strip()) and re.search(rf"(?<!\w){re.escape(_last(name))}(?!\w)", fold(text)) is not None


def _names_office(text: str, quote: Quote) -> bool:
    """Whether the words shown name the speaker in full, and the office where it is known."""
    folded = fold(text)
    return fold(quote.speaker or "") in folded and (not quote.role or fold(quote.role) in folded)


def _stems(text: str, release: Release) -> frozenset[str]:
    return frozenset(term.stem for term in content_terms(text, release.language))


_OFFICES = (
    r"(?:maire|president|ministre|prefet|directeur|directrice|recteur|rectrice|secretaire|conseiller|mayor|minister)"
)
_SAYS = r"(?:dit|declare|affirme|pense|explique|repondu|estime|souligne|promis|said|say)"
_SAID_BY_OFFICE = re.compile(rf"\b{_SAYS} (?:la |le |l['’]|the )?{_OFFICES}")
_SAID_BY = re.compile(
    r"\b(?:dit|déclaré|affirmé|pensé?|expliqué|répondu|estimé?|souligné|promis|did|does|haben?|hat|detto|dichiarato)"
    r" (?:M\. |Mme |Monsieur |Madame |(?:l[ae] |l['’])[a-zà-ÿ]{4,}(?: [a-zà-ÿ]{4,})? )?"
    r"(?P<name>[A-ZÀ-Ý][\w-]+ [A-ZÀ-Ý][\w-]+)(?! [A-ZÀ-Ý])"
)
_OFFICE_OF = re.compile(
    r"\b(?:[Mm]aires?|[Pp]résidente?s?|[Mm]inistres?|[Pp]réf[eè]te?s?|[Dd]irect(?:eur|rice)s?|[Rr]ect(?:eur|rice)s?"
    r"|[Mm]ayor|[Pp]resident|[Dd]irector|[Mm]inister)"
    r" (?:de la |de l['’]|des |du |de |d['’]|of the |of )(?P<place>[A-ZÀ-Ý][\w-]+)"
)
_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_OF_SPEECH = re.compile(
    r"(?:di[rst]\w{0,4}|declar\w*|affirm\w*|lanc\w*|expliqu\w*|repon\w*|pens\w*|estim\w*|soulign\w*|ajout\w*"
    r"|rappel\w*|deplor\w*|cit(?:e|er|ez|ation|ations)"
    r"|propos|reaction\w*|mots?|formul\w*|verbatim|decri\w*|critiqu\w*|said|say\w*|quot\w*|declar\w*|think\w*"
    r"|gesagt|sagt\w*|zitat\w*|erklart\w*|detto|dichiar\w*)$"
)
