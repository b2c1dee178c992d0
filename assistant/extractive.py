"""A writer with no language model: the sentences that answer best, verbatim.

Sentences are weighed by their own vectors, by the rare words they share with the
question, and by whether they hold the kind of thing asked (a figure, a date, a name, a
telephone number, words in quotation marks). Knows nothing about how they were found.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Assignment, Claim, Written
from assistant.citations import CUT
from store.fusion import scaled
from store.language import content_terms, detect, fold, trimmed
from store.period import find_dates
from store.records import Hit, Release, Span

PASSAGES = 12
"""Passages whose sentences are weighed."""
SENTENCES = 3
BUDGET = 450
"""Characters an answer aims at; its first sentence may exceed it."""
LONGEST = 480
"""Characters over which a sentence is cut at clause borders."""
LATEST = 2.0
"""Weight of a word of a follow-up itself, beside one of the turns before."""
AROUND = 0.5
"""Weight of a word of the question in the sentence before or after, or in the title, beside one in it."""
RELEASE = 2.0
"""Weight of how well the release was found beside the best, next to its sentence's own meaning and words."""
KIND = 0.4
"""What a sentence gains by holding the kind of thing asked for."""
NEAR = 0.5
"""How much less than the best sentence another may weigh and still be shown after it."""

_KINDS = {
    "amount": re.compile(
        r"\b(?:combien|how (?:many|much)|wie ?viele?|quant[aeio]"
        r"|quel(?:le)?s? (?:montant|somme|taux|part|proportion|pourcentage|nombre|volume|poids|prix|budget))\b"
    ),
    "date": re.compile(
        r"\b(?:quand|a quelle date|quel jour|jusqu'a quand|depuis quand|a partir de|when|wann|quando)\b"
    ),
    "contact": re.compile(
        r"\b(?:contact\w*|joindre|telephone\w*|numero|appeler|e-?mail|courriel|adresse|whom? to (?:call|contact)"
        r"|phone|kontakt\w*|contatt\w*)\b"
    ),
    "quotation": re.compile(
        r"\b(?:qu'(?:a|ont|avait) (?:dit|declare|affirme|lance|explique)\w*|citation|cite|que dit|dit-il"
        r"|declar\w+|said|zitat|sagt\w*|detto)\b"
    ),
    "person": re.compile(r"\b(?:qui|who|wer|chi)\b"),
}
_HOLDS = {
    "amount": re.compile(
        r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|trente|cent|mille|millions?"
        r"|milliards?|moitie|tiers|quart|two|three|four|five|six|seven|eight|nine|ten|half)\b"
    ),
    "date": re.compile(
        r"\b(?:\d{1,2}(?:er)? (?:janv|fevr|mars|avri|mai|juin|juil|aout|sept|octo|nove|dece)\w*|(?:19|20)\d\d"
        r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)\b"
    ),
    "contact": re.compile(r"[\w.+-]+@[\w-]+|(?:\+\d\d|\b0\d)(?:[ .]?\d{2,3}){3,}"),
    "quotation": re.compile(r"[«»“”\"]"),
}
_NAME = re.compile(r"\b[A-ZÀ-Ý][\w'’-]+ (?:d[eu'’] ?)?[A-ZÀ-Ý][\w'’-]+")
_CLAUSE = re.compile(r"(?<=[;:,–])\s+|\s+(?=[–(])")
_BANNER = "Communiqué de presse"
_LIST_INTRODUCTION = re.compile(r":\s*$")


@dataclass(frozen=True, slots=True)
class _Weighed:
    weight: float
    release: Release
    span: Span
    shares: bool


class ExtractiveWriter:
    """The best sentences, verbatim, at most three, in the order they are read."""

    written = Written()

    def write(self, assignment: Assignment) -> Iterator[Claim]:
        latest, standalone, hits = assignment.question, assignment.standalone, assignment.hits
        language = detect(standalone)
        kinds = [kind for kind, pattern in _KINDS.items() if pattern.search(fold(latest))]
        if "contact" in kinds and (claim := _press_contact(standalone, language, hits)) is not None:
            yield claim
            return
        stems = {term.stem: 1.0 for term in content_terms(standalone, language)}
        if latest != standalone:
            stems.update((term.stem, LATEST) for term in content_terms(latest, language))
        yield from (_claim(sentence, set(stems)) for sentence in _chosen(_weigh(stems, kinds, hits[:PASSAGES])))


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of a hit, its cosine to the question, and the question's words in and around it."""

    hit: Hit
    span: Span
    cosine: float | None
    shared: frozenset[str]
    around: frozenset[str]


def _weigh(stems: Mapping[str, float], kinds: Sequence[str], hits: Sequence[Hit]) -> list[_Weighed]:
    read = [sentence for hit in hits for sentence in _read(set(stems), hit)]
    rarity = _rarity(stems, [sentence.shared for sentence in read])
    total = sum(rarity.values()) or 1.0
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.release.id] = max(hit.score, best.get(hit.release.id, hit.score))
    highest = max(best.values(), default=0.0) or 1.0
    weighed = []
    for sentence, meaning in zip(read, scaled([sentence.cosine for sentence in read]), strict=True):
        release, text = sentence.hit.release, sentence.span.of(sentence.hit.release.text)
        words = sum(rarity[stem] for stem in sentence.shared)
        context = sum(rarity[stem] for stem in sentence.around - sentence.shared)
        found = RELEASE * best[release.id] / highest
        weight = meaning + (words + AROUND * context) / total + found + KIND * _holds(text, kinds)
        if "contact" not in kinds and _HOLDS["contact"].search(text):
            weight -= KIND
        weighed.append(_Weighed(weight, release, sentence.span, bool(sentence.shared)))
    return sorted(weighed, key=lambda one: -one.weight)


def _read(stems: set[str], hit: Hit) -> list[_Read]:
    """The sentences of a hit that say something; a title counts as said before each of them."""
    release, passage = hit.release, hit.passage
    title = stems & {term.stem for term in content_terms(release.title, release.language)}
    shared = [
        frozenset(stems & {term.stem for term in content_terms(span.of(release.text), release.language)})
        for span in passage.sentences
    ]
    cosines = hit.sentence_scores or (None,) * len(passage.sentences)
    read = []
    for place, (span, cosine) in enumerate(zip(passage.sentences, cosines, strict=False)):
        visible = trimmed(release.text, span)
        if len(visible) >= 3 and not _is_heading(release, visible):
            around = title.union(*shared[max(0, place - 1) : place + 2])
            read.append(_Read(hit, visible, cosine, shared[place], frozenset(around)))
    return read


def _rarity(stems: Mapping[str, float], shared: Sequence[frozenset[str]]) -> dict[str, float]:
    """How telling each word of the question is among the sentences at hand."""
    frequency = Counter(stem for one in shared for stem in one)
    return {stem: weight * math.log(1 + len(shared) / (1 + frequency[stem])) for stem, weight in stems.items()}


def _holds(text: str, kinds: Sequence[str]) -> float:
    folded = fold(text)
    written = {"person": (_NAME, text), "quotation": (_HOLDS["quotation"], text)}
    held = 0
    for kind in kinds:
        pattern, searched = written.get(kind) or (_HOLDS[kind], folded if kind != "amount" else _undated(folded))
        held += bool(pattern.search(searched))
    return held / len(kinds) if kinds else 0.0


def _undated(folded: str) -> str:
    """The text without its dates and years: what is left of figures counts or measures something."""
    return _HOLDS["date"].sub(" ", folded)


def _is_heading(release: Release, span: Span) -> bool:
    """Whether a sentence only names the release: its title, rubric, banner or dateline."""
    text = span.of(release.text)
    if text[-1] in ".!?»”":
        return False
    words = _letters(text)
    named = (release.title, release.rubric, release.place, release.issuer, _BANNER)
    if not words or any(name and words == _letters(name) for name in named):
        return True
    if text.isupper() and not any(character.isdigit() for character in text):
        return True
    return bool(len(text) < 60 and find_dates(text) and span.end <= (release.lead.start if release.lead else 400))


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _chosen(weighed: Sequence[_Weighed]) -> list[_Weighed]:
    """The sentence that answers, then those near it that add something, as a reader would meet them."""
    if not weighed:
        return []
    first, *others = weighed
    chosen: list[_Weighed] = []
    length = len(first.span)
    told = {_letters(first.span.of(first.release.text))}
    for one in others:
        words = _letters(one.span.of(one.release.text))
        if len(chosen) == SENTENCES - 1 or one.weight < first.weight - NEAR:
            break
        if words in told or length + len(one.span) > BUDGET or not (one.shares or _follows(one, [first, *chosen])):
            continue
        chosen.append(one)
        told.add(words)
        length += len(one.span)
    rank = {one.release.id: place for place, one in reversed(list(enumerate([first, *chosen])))}
    return [first, *sorted(chosen, key=lambda one: (rank[one.release.id], one.span))]


def _follows(one: _Weighed, chosen: Sequence[_Weighed]) -> bool:
    """Whether a sentence goes on where a chosen one ends."""
    return any(
        one.release.id == other.release.id and not one.release.text[other.span.end : one.span.start].strip(" \n-•–")
        for other in chosen
        if other.span.end <= one.span.start
    )


def _claim(sentence: _Weighed, stems: set[str]) -> Claim:
    release, span = sentence.release, sentence.span
    text = span.of(release.text)
    if _LIST_INTRODUCTION.search(text):
        span = _with_items(release, span)
    if len(span) <= LONGEST:
        return Claim(_flowing(span.of(release.text)), ((release, span),))
    kept = _best_clauses(release, span, stems)
    before = f"{CUT} " if kept.start > span.start else ""
    after = f" {CUT}" if kept.end < span.end else ""
    return Claim(f"{before}{_flowing(kept.of(release.text))}{after}", ((release, kept),))


def _with_items(release: Release, span: Span) -> Span:
    """A sentence that introduces a list, with as many of its items as fit."""
    end = span.end
    for line in re.finditer(r"\s*^[ \t]*[-–•*·][^\n]*$", release.text[span.end : span.end + LONGEST], re.MULTILINE):
        if span.end + line.start() != end or span.end + line.end() - span.start > LONGEST:
            break
        end = span.end + line.end()
    return Span(span.start, end)


def _best_clauses(release: Release, span: Span, stems: set[str]) -> Span:
    """The run of clauses, at most LONGEST characters, that shares most with the question."""
    text = span.of(release.text)
    borders = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    best, most = Span(span.start, span.start + min(len(text), LONGEST)), -1.0
    for first, start in enumerate(borders[:-1]):
        for end in borders[first + 1 :]:
            if end - start > LONGEST:
                break
            own = {term.stem for term in content_terms(text[start:end], release.language)}
            shared = len(stems & own) + (end - start) / 10_000
            if shared > most:
                best, most = Span(span.start + start, span.start + end), shared
    return trimmed(release.text, best)


def _flowing(text: str) -> str:
    return " ".join(text.split())


def _press_contact(question: str, language: str, hits: Sequence[Hit]) -> Claim | None:
    """The contact block of the best release, where the question is for nothing else."""
    if len(content_terms(question, language)) > 2:
        return None
    for hit in hits:
        spans = [
            match.span()
            for contact in hit.release.contacts
            for value in (contact.name, contact.phone, contact.email)
            if value
            for match in [re.search(re.escape(value), hit.release.text)]
            if match
        ]
        if spans:
            span = Span(min(start for start, _ in spans), max(end for _, end in spans))
            if len(span) <= LONGEST:
                return Claim(_flowing(span.of(hit.release.text)), ((hit.release, span),))
    return None
