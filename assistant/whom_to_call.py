"""Whom to call: name, telephone and e-mail as the release that speaks of the subject gives them.

Also a number that a sentence of the text gives (« Pour s'inscrire, écrire à … »). What is
shown is always the release's own line, so a number never leaves its owner. Knows nothing
about the press contact of an abstention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Assignment, Claim
from assistant.clauses import LONGEST, bared, flowing
from assistant.lead_in import according, contact_given
from assistant.verbatims import firsts
from store.folding import fold
from store.language import content_terms, sentences, trimmed
from store.records import Contact, Hit, Release, Span

RELEASES = 6
"""Releases whose contacts are looked at."""
SHOWN = 3
"""Contacts of one release shown at most, where several are as good."""
FOUND, LATER, SHARED, NAMED, CHANNEL, ACTED, PLAIN, SOMEONE = 2.0, 0.4, 1.0, 2.0, 0.6, 0.8, 0.3, 0.5
"""What is worth how much: the release, each place behind the first, words shared, the name asked for, the channel
asked for (telephone, e-mail), a sentence about what is to be done, a contact that is set out as one, and more
where someone is asked for."""
AS_GOOD = 0.15
ABOUT = 0.34
"""The share of the words asked that a release holds which tells whom to call about them."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A place of a release that tells whom to call; `of_contact` where it is set out as a contact."""

    worth: float
    release: Release
    span: Span
    of_contact: bool


def contacts(assignment: Assignment) -> list[Claim]:
    """The line that answers, with others of its release that are as good; none where no release gives any."""
    found = list(firsts(assignment.hits))[:RELEASES]
    if not found:
        return []
    asked = _Asked(assignment)
    lines = [
        _Line(asked.worth(hit, span, of_contact, found[0].score) - LATER * place, hit.release, span, of_contact)
        for place, hit in enumerate(found)
        if asked.about(hit.release)
        for span, of_contact in _lines(hit.release)
    ]
    lines.sort(key=lambda line: -line.worth)
    if not lines:
        return []
    best = lines[0]
    beside = [
        line
        for line in lines[1:]
        if line.of_contact and best.of_contact and line.release.id == best.release.id
        if line.worth >= best.worth - AS_GOOD
    ]
    told = sorted([best, *beside][:SHOWN], key=lambda line: line.span)
    return [_claim(line, assignment.language, first=line is told[0]) for line in told]


def of_the_matter(assignment: Assignment, release: Release) -> bool:
    """Whether a release speaks of what, or of whom, it is asked whom to call about."""
    return _Asked(assignment).about(release)


def _claim(line: _Line, language: str, *, first: bool) -> Claim:
    opening = (contact_given if line.of_contact else according)(line.release, language) if first else ""
    return Claim(flowing(line.span.of(line.release.text)), ((line.release, line.span),), lead_in=opening)


def _lines(release: Release) -> Iterator[tuple[Span, bool]]:
    """Where a release gives a number or an address: its contacts, then its sentences."""
    taken: list[Span] = []
    for contact in release.contacts:
        span = _standing(release, contact)
        if span is not None and len(span) <= LONGEST and _REACHABLE.search(span.of(release.text)):
            taken.append(span)
            yield span, True
    for sentence in sentences(release.text):
        span = bared(release, trimmed(release.text, sentence))
        if any(span.start < other.end and other.start < span.end for other in taken) or len(span) > LONGEST:
            continue
        text = span.of(release.text)
        if len(text) > 15 and (_REACHABLE.search(text) or _SHORT_NUMBER.search(fold(text))):
            yield _introduced(release, span), False


def _introduced(release: Release, span: Span) -> Span:
    """A line of numbers with the line before it, where that one ends in a colon."""
    before = release.text[: span.start].rstrip()
    if not before.endswith(":"):
        return span
    start = before.rfind("\n") + 1
    return trimmed(release.text, Span(start, span.end)) if span.end - start <= LONGEST else span


def _standing(release: Release, contact: Contact) -> Span | None:
    """Where a contact stands in the text."""
    if contact.span is not None:
        return trimmed(release.text, contact.span)
    spans = [
        Span(at, at + len(value))
        for value in (contact.name, contact.phone, contact.email)
        if value and (at := release.text.rfind(value)) >= 0
    ]
    return Span(min(one.start for one in spans), max(one.end for one in spans)) if spans else None


class _Asked:
    """What a question asks of a contact: by which channel, of whom, in which language, about what."""

    def __init__(self, assignment: Assignment) -> None:
        folded = fold(assignment.question)
        self.mail = _BY_MAIL.search(folded) is not None
        self.phone = _BY_PHONE.search(folded) is not None
        self.someone = _SOMEONE.search(folded) is not None
        self.press = _PRESS.search(folded) is not None
        dials = "numero" in folded and _DIALS.search(folded) is not None and not (self.someone or self.press)
        self.acts = dials or _ACTS.search(folded) is not None
        self.tongues = [tongue for tongue in _TONGUES if tongue.search(folded)]
        self.names = {fold(word) for word in re.findall(r"(?<=[^.?!] )[A-ZÀ-Ý][\wà-ÿ-]{2,}", assignment.question)}
        self.people = {fold(name).split()[-1] for name in assignment.inferred.people if name.split()}
        self.language = assignment.language
        self.stems = {
            term.stem
            for term in content_terms(assignment.standalone, assignment.language)
            if not _OF_CONTACT.match(term.raw)
        }

    def about(self, release: Release) -> bool:
        """Whether a release speaks of what, or of whom, is asked; in another language it may in other words."""
        if self.language != release.language:
            return True
        told = f"{release.title}\n{release.issuer or ''}\n{release.text}"
        held = self.stems & {term.stem for term in content_terms(told, release.language)}
        people = any(re.search(rf"\b{re.escape(name)}\b", fold(told)) for name in self.people)
        return people or len(held) >= ABOUT * len(self.stems)

    def worth(self, hit: Hit, span: Span, of_contact: bool, best: float) -> float:
        text = span.of(hit.release.text)
        folded = fold(text)
        words = set(re.findall(r"[\w-]+", folded))
        own = {term.stem for term in content_terms(text, hit.release.language)}
        worth = FOUND * hit.score / (best or 1.0) + SHARED * len(self.stems & own) / (len(self.stems) or 1)
        worth += NAMED * bool(self.people & words) + 0.5 * NAMED * (of_contact and bool(self.names & words))
        has_mail = "@" in text
        has_phone = _PHONE.search(text) is not None or _SHORT_NUMBER.search(folded) is not None
        for wanted, there in ((self.mail, has_mail), (self.phone, has_phone)):
            worth += CHANNEL * (1 if there else -1) * wanted
        worth += sum(CHANNEL if tongue.search(folded) else 0.0 for tongue in self.tongues)
        worth += CHANNEL * (self.press and _PRESS.search(folded) is not None)
        if not of_contact:
            return worth + ACTED * self.acts
        return worth + PLAIN * (not self.acts) + SOMEONE * self.someone


_PHONE = re.compile(r"(?:\+\d\d|\b0[ .]?\d{1,3})(?:[ ./-]?(?:\(0?\d*\))?[ ]?\d{2,3}){3,}")
_REACHABLE = re.compile(rf"[\w.+-]+@[\w-]+\.\w|{_PHONE.pattern}")
_SHORT_NUMBER = re.compile(
    r"\b(?:appel\w*|compos\w*|numero\w*|tel(?:ephone)?|call|dial|hotline|nummer"
    r"|chiamare)\b[^.\d]{0,40}\b\d{2,5}\b(?! ?(?:%|francs|euros))"
)
_SOMEONE = re.compile(
    r"\b(?:a qui|qui|contact\w*|service|bureau|personne|responsable|whom?|wer|wen|chi|kontakt\w*|contatt\w*)\b"
)
_BY_MAIL = re.compile(r"\b(?:e-?mails?|mails?|courriels?|adresse (?:electronique|mail|e-mail)|ecrire)\b")
_BY_PHONE = re.compile(
    r"\b(?:tel\w*|numeros?|appel\w*|composer?|phone|call|nummer|anruf\w*|chiamare|numero di telefono)\b"
)
_ACTS = re.compile(
    r"\b(?:s'inscri\w*|inscri\w*|annonc\w*|signal\w*|reserv\w*|compos\w*|command\w*|s'accredit\w*|accredit\w*"
    r"|particip\w*|register|sign up|report|book"
    r"|anmeld\w*|melden|iscri\w*|segnal\w*|prenot\w*)\b"
)
_DIALS = re.compile(r"\b(?:appel\w*|joindre|faut|ouvert|gratuit|d'urgence|d'information|vert)\b")
_PRESS = re.compile(r"\b(?:presse|medias?|journalistes?|press|media|medien\w*|stampa|porte-parole|communication)\b")
_TONGUES = tuple(
    re.compile(one)
    for one in (
        r"\b(?:francais\w*|francophones?|french|franzosisch\w*|francese|romandie)\b",
        r"\b(?:allemand\w*|germanophones?|german|deutsch\w*|tedesco)\b",
        r"\b(?:italien\w*|italophones?|italian|italienisch\w*|italiano)\b",
        r"\b(?:anglais\w*|anglophones?|english|englisch\w*|inglese)\b",
    )
)
_OF_CONTACT = re.compile(
    r"(?:contact\w*|numero\w*|tel\w*|mail\w*|e-mail\w*|courriel\w*|joind\w*|appel\w*|adress\w*|electronique"
    r"|coordonnee\w*|personne\w*|repond\w*|qui|compos\w*"
    r"|phone|call|kontakt\w*|nummer|numero|chiamare)$"
)
