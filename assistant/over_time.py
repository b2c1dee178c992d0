"""How something went from release to release: one dated line each, oldest first.

« Où en est » wants the newest first. Each line is the sentence of its release that answers
best. Knows nothing about how sentences are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answer import Assignment, Claim
from assistant.clauses import LONGEST, bared, worded
from assistant.kinds import FIGURES, Kind, Kinds, holds
from assistant.lead_in import dated
from assistant.quotation import closed
from assistant.verbatims import firsts, speaker_of
from assistant.weighing import Chosen, chosen, is_heading
from store.folding import fold, letters
from store.language import content_terms, sentences, trimmed
from store.records import Hit, Release, Span

RELEASES, LINES, LONGEST_ALL = 10, 6, 1_200
"""Releases looked at; lines shown at most, and their characters."""
PROSE, OPENING = 40, 400
"""Characters of a sentence that is no heading, and from the beginning to where the opening sentence may stand."""
NEAR = 0.6
"""Share of the best release's score from which another may be on the same subject."""
SHARED = 0.4
"""Share of the subject's words that a release's title and sentence must hold to be on it."""


def told_over_time(question: str, kinds: Kinds) -> str | None:
    """ "oldest" or "newest" first where a question asks how something went, None where it does not."""
    folded = fold(question)
    if _WHERE_NOW.search(folded):
        return "newest"
    if _EVOLVED.search(folded):
        return "oldest"
    if _SINCE.search(folded) and not any(kind in kinds for kind in (Kind.DATE, *FIGURES)):
        return "oldest"
    return None


def lines(assignment: Assignment, kinds: Kinds, order: str, stems: set[str]) -> list[Claim]:
    """A dated line per release on the subject; none where fewer than two days speak of it."""
    written: list[tuple[date, Claim]] = []
    length = 0
    for one in _steps(assignment, kinds):
        line = _line(one, assignment.language, kinds, stems)
        length += len(line.lead_in) + len(line.text) + 1
        if length <= LONGEST_ALL and len(written) < LINES:
            written.append((one.release.published or date.min, line))
    if len({day for day, _ in written}) < 2:
        return []
    return [line for _, line in sorted(written, key=lambda each: each[0], reverse=order == "newest")]


def _steps(assignment: Assignment, kinds: Kinds) -> Iterator[Chosen]:
    """The sentence of each dated release that tells its step, best release first; none twice."""
    subject = _subject(assignment)
    measured = _QUANTITY.search(fold(assignment.question)) is not None
    told: set[str] = set()
    for hit in _near(assignment):
        own = tuple(one for one in assignment.hits if one.release.id == hit.release.id)
        picked = chosen(replace(assignment, hits=own), kinds)
        best = next((one for one in picked if _tells(one)), next(iter(picked), None))
        if best is None or best.release.published is None or not _on_subject(best, subject):
            continue
        best = _headline(best, subject) if measured else _step(best, subject)
        words = letters(best.span.of(best.release.text))
        if words not in told:
            told.add(words)
            yield best


def _tells(one: Chosen) -> bool:
    """Whether a sentence is the release's own and whole: nobody's quotation, no item of a list."""
    text = one.span.of(one.release.text).rstrip()
    return text[-1:] in tuple(".!?") and speaker_of(one.release, bared(one.release, one.span)) is None


def _line(one: Chosen, language: str, kinds: Kinds, stems: set[str]) -> Claim:
    words = worded(one.release, closed(one.release, bared(one.release, one.span)), stems, kinds)
    return Claim(words.text, ((one.release, words.span),), lead_in=dated(one.release, language))


def _step(best: Chosen, subject: set[str]) -> Chosen:
    """The sentence a release opens with, which tells what it announces, where it speaks of the subject as much."""
    opening = next(_opening(best.release), best.span)
    as_much = _held(best.release, opening, subject) >= _held(best.release, best.span, subject)
    return replace(best, span=opening) if as_much else best


def _headline(best: Chosen, subject: set[str]) -> Chosen:
    """The first figure of a release that is all about the subject; else what answers best."""
    title = {term.stem for term in content_terms(best.release.title, best.release.language)}
    if len(subject & title) < SHARED * len(subject):
        return best
    figures = (span for span in _opening(best.release) if _holds_figure(best.release, span))
    return replace(best, span=next(figures, best.span))


def _opening(release: Release) -> Iterator[Span]:
    """The sentences that a release opens with."""
    start = release.lead.start if release.lead else 0
    for sentence in sentences(release.text):
        span = bared(release, trimmed(release.text, sentence))
        if span.start < start or len(span) < PROSE or is_heading(release, span):
            continue
        if span.start > start + OPENING:
            return
        if len(span) <= LONGEST:
            yield span


def _holds_figure(release: Release, span: Span) -> bool:
    text = span.of(release.text)
    return holds(text, fold(text), Kind.COUNT)


def _held(release: Release, span: Span, subject: set[str]) -> int:
    return len(subject & {term.stem for term in content_terms(span.of(release.text), release.language)})


def _near(assignment: Assignment) -> Iterator[Hit]:
    found = list(firsts(assignment.hits))[:RELEASES]
    return (hit for hit in found if hit.score >= NEAR * found[0].score)


def _subject(assignment: Assignment) -> set[str]:
    return {
        term.stem
        for term in content_terms(assignment.standalone, assignment.language)
        if not _OF_TIME.match(term.raw) and not term.raw.isdigit()
    }


def _on_subject(one: Chosen, subject: set[str]) -> bool:
    language = one.release.language
    said = f"{one.release.title}\n{one.span.of(one.release.text)}"
    held = subject & {term.stem for term in content_terms(said, language)}
    return not subject or len(held) >= SHARED * len(subject)


_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_WHERE_NOW = re.compile(
    r"\b(?:ou en (?:est|sont|etait)|point d'avancement|etat d'avancement|what is the (?:state|status) of"
    r"|wie ist der stand|stand der dinge|a che punto)\b"
)
_EVOLVED = re.compile(
    r"\b(?:comment (?:a|ont|avait)\b[^?]{0,60}\b(?:evolu|chang|progress|augment|baiss|diminu)\w*"
    r"|comment\b[^?]{0,80}\b(?:a|ont)-t-(?:il|elle|on|ils|elles) (?:evolu|chang|progress)\w*|comment evolue\w*"
    r"|evolutions? d[eu']\w*|quelle (?:est|a ete|fut) l'evolution|l'evolution|historique d[eu']\w*|l'historique"
    r"|retrac\w*|chronologie|au fil d(?:u|es) (?:temps|ans|annees|mois)|annee apres annee|feuilleton|successi\w+"
    r"|(?:grandes |quelles |les )etapes|tour a tour|avant et apres|puis|ensuite"
    r"|du (?:debut|premier)\b[^?]{0,60}\b(?:a|au)|de l'(?:annonce|ouverture|adoption|idee|accord|aboutissement"
    r"|appel)\b[^?]{0,40}\b(?:a|au)"
    r"|de (?:sa|la|son) (?:creation|signature|presentation|mise|naissance|conception|decision)\b[^?]{0,40}\b(?:a|au)"
    r"|d[e'] ?(?:MONTH) (?:a|au|et) (?:de |d')?(?:MONTH)"
    r"|(?:l'annonce|la decision|la signature|le lancement)[^?,]{0,30} (?:et|puis|,) (?:le|la|l'|sa|son)"
    r"|tous les communiques|quels communiques|tout ce qu\w*|qu'est-ce qui a ete publie"
    r"|how (?:has|have|did)\b[^?]{0,60}\b(?:evolv|chang|develop|grow|grew)\w*|history of|timeline|over (?:time"
    r"|the years)"
    r"|before and after|all (?:the )?releases|step by step|wie hat sich\b[^?]{0,60}\b(?:entwickelt|verandert)"
    r"|entwicklung (?:der|des|von)|verlauf|alle (?:medien)?mitteilungen|come (?:e|si e"
    r"|sono)\b[^?]{0,60}\b(?:evolut|cambiat)\w*"
    r"|evoluzione|cronologia|tutti i comunicati)".replace("MONTH", _MONTHS)
)
_SINCE = re.compile(
    r"\b(?:que s'est-il passe|qu'a(?:-t-on|vons-nous|vez-vous)?|qu'est-ce qui a change|quelles?|what (?:has|have)"
    r"|was (?:ist|hat|wurde)|che cosa)\b[^?]{0,60}\b(?:depuis|since|seit|dal)\b"
)
_QUANTITY = re.compile(
    r"\b(?:combien|nombre|taux|prix|tarifs?|couts?|montants?|budgets?|trafic|frequentation|effectifs?|chiffres?|parts?|volumes?"
    r"|consommation|production|population|recettes|depenses|loyers?|emplois?|chomage|progress\w*|augment\w*|baiss\w*|diminu\w*"
    r"|how (?:much|many)|number|rate|price|cost|figures?|share|traffic|anzahl|preise?|kosten|zahl\w*"
    r"|numero|prezz[oi]|cost[oi])\b"
)
_OF_TIME = re.compile(
    r"(?:evolu\w*|historique\w*|histoire|retrac\w*|chronologi\w*|depuis|temps|fil|etapes?|ans|annees?|mois|passe"
    r"|chang\w*|point|etat|avanc\w*|evolv\w*|history|timeline"
    r"|time|years?|entwick\w*|verlauf|stand|evoluzion\w*|cronologia)$"
)
