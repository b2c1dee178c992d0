"""A writer with no language model: the sentences that answer best, verbatim.

Sentences are weighed by their own vectors, by the rare words they share with the
question, and by whether they hold the kind of thing asked (a figure, a date, a name, a
telephone number, words in quotation marks). Knows nothing about how they were found.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Claim, Evidence
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
KIND = 0.25
"""What a sentence gains by holding the kind of thing asked for."""
NEAR = 0.82
"""Share of the best sentence's weight another must reach to be shown beside it."""

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
        r"|milliards?)\b"
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
    shared: frozenset[str]


class ExtractiveWriter:
    """The best sentences, verbatim, at most three, in the order they are read."""

    def write(self, question: str, evidence: tuple[Evidence, ...], hits: tuple[Hit, ...]) -> Iterator[Claim]:
        language = detect(question)
        kinds = [kind for kind, pattern in _KINDS.items() if pattern.search(fold(question))]
        if "contact" in kinds and (claim := _press_contact(question, language, hits)) is not None:
            yield claim
            return
        stems = {term.stem for term in content_terms(question, language)}
        weighed = _weigh(stems, kinds, hits[:PASSAGES])
        yield from (_claim(sentence, stems) for sentence in _chosen(weighed))


def _weigh(stems: set[str], kinds: Sequence[str], hits: Sequence[Hit]) -> list[_Weighed]:
    found: list[tuple[Hit, Span, float | None, frozenset[str]]] = []
    for hit in hits:
        title = {term.stem for term in content_terms(hit.release.title, hit.release.language)}
        scores = hit.sentence_scores or (None,) * len(hit.passage.sentences)
        for span, cosine in zip(hit.passage.sentences, scores, strict=False):
            visible = trimmed(hit.release.text, span)
            if len(visible) >= 3 and not _is_heading(hit.release, visible):
                own = {term.stem for term in content_terms(visible.of(hit.release.text), hit.release.language)}
                found.append((hit, visible, cosine, frozenset(stems & own | (stems & title if own & stems else set()))))
    rarity = _rarity(stems, [shared for *_, shared in found])
    total = sum(rarity.values()) or 1.0
    meaning = scaled([cosine for _, _, cosine, _ in found])
    weighed = []
    for (hit, span, _, shared), cosine in zip(found, meaning, strict=True):
        weight = cosine + sum(rarity[stem] for stem in shared) / total + hit.score
        weight += KIND * _holds(span.of(hit.release.text), kinds)
        weighed.append(_Weighed(weight, hit.release, span, shared))
    return sorted(weighed, key=lambda one: -one.weight)


def _rarity(stems: set[str], shared: Sequence[frozenset[str]]) -> dict[str, float]:
    """How telling each word of the question is among the sentences at hand."""
    frequency = Counter(stem for one in shared for stem in one)
    return {stem: math.log(1 + len(shared) / (1 + frequency[stem])) for stem in stems}


def _holds(text: str, kinds: Sequence[str]) -> float:
    folded = fold(text)
    written = {"person": (_NAME, text), "quotation": (_HOLDS["quotation"], text)}
    held = 0
    for kind in kinds:
        pattern, searched = written.get(kind) or (_HOLDS[kind], folded)
        held += bool(pattern.search(searched))
    return held / len(kinds) if kinds else 0.0


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
    """The best sentence, and those near it that add something, as a reader would meet them."""
    if not weighed:
        return []
    chosen, length = [weighed[0]], len(weighed[0].span)
    told = {" ".join(fold(weighed[0].span.of(weighed[0].release.text)).split())}
    for one in weighed[1:]:
        words = " ".join(fold(one.span.of(one.release.text)).split())
        if len(chosen) == SENTENCES or one.weight < NEAR * weighed[0].weight:
            break
        if words in told or length + len(one.span) > BUDGET:
            continue
        chosen.append(one)
        told.add(words)
        length += len(one.span)
    rank = {one.release.id: place for place, one in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (rank[one.release.id], one.span))


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
