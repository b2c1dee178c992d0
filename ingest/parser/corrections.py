"""« ANNULE ET REMPLACE le communiqué du 3 mars 2024 (réf. CP-2024-12) »: what a release does to an earlier one.

Reads announcing lines only, never prose that merely speaks of a correction. Does not find
the release it is about: the archive does.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.parser.lines import evenly_folded
from ingest.parser.vocabulary import BANNER
from store.dates import find_dates
from store.folding import fold
from store.language import sentences
from store.records import Correction, CorrectionKind, Span

_THE_RELEASE = (
    r"(?:(?:le|notre|du|de notre|au|a notre|ce|celui|la version|le precedent|the|our|die|unsere|il)\s"
    r"|l'information\s|notre\s)?"
)
_OBJECT = (
    r"(?:communique|celui|celle|precedent|version|information|envoi|dossier|invitation|press release|release"
    r"|medienmitteilung|mitteilung|comunicato|document|mail|courriel|texte)"
)
_ALONE = re.compile(
    r"(?:communique |note )?(?:rectificati[fv]e?|erratum|errata|corrigendum|correctif|correction|berichtigung"
    r"|korrigendum|rettifica|annule et remplace|annulation)(?: (?:du|au|d'un|de notre|to our|zur)? ?"
    r"(?:communique|dossier|medienmitteilung|press release|information|invitation).{0,160}|\s*[:–—-].{0,200})?[.!)]?"
)
_REPLACES = re.compile(
    rf"\bannule et remplace|\bremplace et annule|\bremplace {_THE_RELEASE}{_OBJECT}"
    rf"|replaces {_THE_RELEASE}{_OBJECT}|supersedes|ersetzt {_THE_RELEASE}{_OBJECT}|sostituisce"
)
_BEING_CANCELLED = rf"{_OBJECT}(?:(?! - |[.:|]).){{0,60}} (?:est )?(?:annule|retire|nul)e?\b"
_CANCELLED = re.compile(_BEING_CANCELLED)
_CANCELS = re.compile(
    rf"\bannule(?:r)? {_THE_RELEASE}{_OBJECT}|{_BEING_CANCELLED}"
    rf"|^annulation\b|cancels {_THE_RELEASE}{_OBJECT}|withdrawn|widerruf"
)
_CORRECTS = re.compile(
    rf"\b(?:rectifie|corrige|modifie) {_THE_RELEASE}{_OBJECT}|corrects {_THE_RELEASE}{_OBJECT}"
    r"|version (?:corrigee|rectifiee)|corrected version|korrigierte (?:version|fassung)"
)
_SUBJECT = re.compile(
    r"(?:ce|cet|le present|la presente|cette|this|diese)\s(?:communique|version|texte|information|press release|release"
    r"|document|dossier|invitation|medienmitteilung|correctif|rectificatif)|communique"
    r"|\(?\*?(?:annule|remplace|rectifie|corrige|replaces|corrects|cancels|supersedes"
    r"|ersetzt|version corrigee|version rectifiee|corrected version|nouvelle version)"
)
_SPOKEN = re.compile(
    r"\b(?:communique|information|invitation|press release|medienmitteilung|comunicato|dossier)\b[^.]{0,80}"
    r"(?:\bdu |\ble |\bn[°o] |\bof |\bvom |\bdel |intitule|\d)"
)
_REFERENCE = re.compile(
    r"(?:\bref(?:erence)?\b\.?|\bn[°º]|\bno\b|\bnumero\b)\s*[:.]?\s*(?P<reference>[\w/.-]*\d[\w/-]*(?:\.\d+)*)"
)
_QUOTED = re.compile(r"[«“\"]\s*(?P<title>[^«»“”\"]{8,200}?)\s*[»”\"]")


def announces_correction(line: str) -> bool:
    """Whether a line announces that the release corrects, replaces or cancels an earlier one."""
    folded = fold(line).strip(" *-–")
    banner = BANNER.match(folded)
    if banner:
        folded = folded[banner.end() :].strip(" :–—-|(") or folded
        if _CANCELLED.match(fold(line).strip(" *-–")) and re.search(r"\d", line):
            return True
    if _ALONE.fullmatch(folded):
        return True
    acts = _REPLACES.search(folded) or _CANCELS.search(folded) or _CORRECTS.search(folded)
    return bool(acts and _SUBJECT.match(folded) and acts.start() < 90)


def read_correction(text: str, span: Span, body: Span | None = None) -> Correction:
    """What the announcing line at `span` says of the earlier release: day, reference, title, as far as stated.

    Where it names none, the first sentence of `body` that speaks of a release may.
    """
    told = _read(span.of(text), span)
    if body is None or told.published or told.reference or told.title:
        return told
    spoken = next((s for s in sentences(body.of(text)) if _SPOKEN.search(fold(s.of(body.of(text))))), None)
    if spoken is None:
        return told
    more = _read(spoken.of(body.of(text)), span)
    return replace(more, kind=told.kind)


def _read(line: str, span: Span) -> Correction:
    folded = evenly_folded(line)
    days = [mention.period.first for mention in find_dates(line) if mention.precise and mention.year_given]
    reference = _REFERENCE.search(folded)
    quoted = _QUOTED.search(line)
    return Correction(
        span,
        _kind(folded),
        published=days[0] if days else None,
        reference=line[reference.start("reference") : reference.end("reference")].rstrip(".") if reference else None,
        title=quoted["title"] if quoted else None,
    )


def _kind(folded: str) -> CorrectionKind:
    if _REPLACES.search(folded):
        return CorrectionKind.REPLACES
    return CorrectionKind.CANCELS if _CANCELS.search(folded) else CorrectionKind.CORRECTS
