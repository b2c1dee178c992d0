"""Press contacts: the block at a release's foot, read into names, roles, telephones, e-mails.

Knows nothing of the rest of a release. An e-mail cut short by a conversion is kept as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.lines import Line, lines
from store.folding import fold
from store.records import Contact, Span

_HEADING = re.compile(
    r"(?:(?:vos |your )?contacts?"
    r"(?: (?:de )?(?:presse|medias?|press|media|communication|pour la presse)(?: [\w' -]{2,40})?)?"
    r"|(?:press|media|medien|news) ?(?:contacts?|office|enquiries|inquiries|kontakte?)|medienkontakte?|pressekontakte?"
    r"|(?:service|relations?|bureau|attachee?s?)(?: (?:de|avec la|aupres de la))? (?:presse|medias)"
    r"|renseignements?(?: (?:pour|a l'intention de) (?:la presse|les medias))?|contatti?(?: stampa)?"
    r"|pour (?:tout|plus de) renseignements?(?: complementaires?)?|for further information)"
    r"(?: ?[:–-]+ ?(?P<rest>.*)| ?)"
)
_EMAIL = re.compile(
    r"[\w.+-]*\w(?:@|\s?[\[(](?:at|arobase|a)[\])]\s?)\w[\w-]*(?:(?:\.|\s?[\[(](?:dot|point)[\])]\s?)\w[\w-]*)*"
)
_PHONE = re.compile(
    r"(?<![\w.,@/+-])(?:(?:\+|00)\d{1,3}[\s.\-]?(?:\(0\)\s?)?\d(?:[\s.\-/]?\d){5,11}|\(?0\)?\d(?:[\s.\-]?\d){7,9}"
    r"|0(?:[\s.\-]?\d){9}|08\d\d[\s.\-]?\d\d[\s.\-]?\d\d)(?![\w@])"
)
_FAX = re.compile(r"(?:télécopie|fax)\s*[.:]*\s*$", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:(?:t[ée]l(?:[ée]phone|[ée]fono)?|ph(?:one)?|portable|mob(?:ile)?|natel|fax|t[ée]l[ée]copie|e-?mail|m[ée]l|mail"
    r"|courriel|adresse [ée]lectronique|twitter|standard|ligne directe)\s*(?:\.?\s*:|\.|$)"
    r"|(?:t|p|m|port|fixe|direct)\s*(?:\.?\s*:|\.))|\bt\s*$|^\s*(?::|(?:ou|or|et)\b)",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*(?:\n|[,;|•·]|\s[–—-]\s|\s/\s|:\s|:$|\()\s*\)?")
_TITLES = r"(?:(?:M\.|MM\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Me)\s+)*"
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\w|[A-ZÀ-Þ]\.)"
_PARTICLE = r"(?:d[eu’']|de la|des|van|von|der|den|le|la|el|al|di|da|bin|ben)"
NAME = re.compile(rf"{_TITLES}(?P<name>{_WORD}(?:\s+{_PARTICLE}\b)*(?:\s+{_WORD}){{1,3}})")
_ROLE_WORD = re.compile(
    r"(?:co-?|vice-?|sous-?)?(?:attach|charg|respons|direct|chef|porte-parole|pr[ée]sident|secr[ée]taire|service|relations?"
    r"|communication|presse|press|media|m[ée]dias?|spokes|head|manager|permanence|cabinet|information|d[ée]l[ée]gu|adjoint"
    r"|conseill|collaborat|cheffe|leiter|sprecher|medien|maire|ministre|repr[ée]sentant|expert|coordinat|professeur|officer)",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"(?:grand\s+)?(?:m[ée]tropole|ville|mairie|d[ée]partement|r[ée]gion|pr[ée]fecture|conseil|universit[ée]|port|office"
    r"|agence|minist[èe]re|association|soci[ée]t[ée]|syndicat|communaut[ée]|groupe|fondation|chambre|f[ée]d[ée]ration|institut"
    r"|[ée]cole|h[ôo]pital|chu|union|commission|secr[ée]tariat|comit[ée]|tribunal|parlement|acad[ée]mie|mus[ée]e|centre|r[ée]gie"
    r"|administration|chancellerie|division|section|direction|corporate|op[ée]ra|th[ée][âa]tre|festival|club|cit[ée]|assembl[ée]e|collectivit[ée]|haute\s+autorit[ée]|caisse|banque|sa|sas|sarl)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """A release's contacts, where they stand, and the organisation named above them."""

    span: Span
    contacts: tuple[Contact, ...]
    organisation: str | None


def find_contacts(text: str) -> ContactBlock | None:
    """The last block of `text` that opens like « CONTACT PRESSE » and can be called or written to."""
    headed = [line for line in lines(text, max(0, len(text) - 6000)) if is_heading(line)]
    for line in reversed(headed[-12:]):
        block = _block(text, line)
        if block.contacts:
            return block
    return _block(text, headed[-1]) if headed and headed[-1].start > len(text) // 2 else None


def is_heading(line: Line) -> bool:
    """Whether a line opens a contact block; « Contact presse : A. Nom, 01… » does too."""
    match = _HEADING.fullmatch(line.folded.strip())
    if match is None:
        return False
    return not match["rest"] or bool(_EMAIL.search(line.text) or _PHONE.search(line.text) or len(match["rest"]) < 80)


def _block(text: str, heading: Line) -> ContactBlock:
    end = len(text)
    for line in lines(text, heading.end):
        if line.folded.startswith(("a propos d", "about ", "note aux redact")):
            end = line.start
            break
    match = _HEADING.fullmatch(heading.folded.strip())
    inline = bool(match and match["rest"])
    start = heading.start + re.search(r"[:–-]", heading.text).end() if inline else heading.end  # type: ignore[union-attr]
    contacts, organisation = read_contacts(text[start:end])
    return ContactBlock(Span(heading.start, len(text[:end].rstrip())), contacts, organisation)


def read_contacts(block: str, issuer: str | None = None) -> tuple[tuple[Contact, ...], str | None]:
    """Who can be reached in a contact block, and its organisation where one is named.

    A contact is what is written before telephones and e-mails that follow each other.
    `issuer`, where known, is not taken for a person.
    """
    reached: list[Contact] = []
    organisation: str | None = None
    after = 0
    for match in sorted([*_EMAIL.finditer(block), *_PHONE.finditer(block)], key=lambda m: m.start()):
        if match.start() < after:
            continue
        between = block[after : match.start()]
        after = match.end()
        who = _described(between, issuer)
        organisation = organisation or who.organisation
        if who.name or who.role or who.organisation or not reached:
            reached.append(Contact(who.name or (None if who.role else who.organisation), who.role))
        if not _FAX.search(between):
            reached[-1] = _reachable(reached[-1], match[0])
    organisation = organisation or _described(block[after:], issuer).organisation
    return tuple(contact for contact in reached if contact.phone or contact.email), organisation


@dataclass(frozen=True, slots=True)
class _Who:
    name: str | None = None
    role: str | None = None
    organisation: str | None = None


def _reachable(contact: Contact, found: str) -> Contact:
    if _PHONE.fullmatch(found):
        phone = " ".join(found.split())
        return Contact(
            contact.name, contact.role, f"{contact.phone} / {phone}" if contact.phone else phone, contact.email
        )
    email = re.sub(r"\s?[\[(](?:at|arobase|a)[\])]\s?", "@", found)
    email = re.sub(r"\s?[\[(](?:dot|point)[\])]\s?", ".", email)
    return Contact(contact.name, contact.role, contact.phone, f"{contact.email} / {email}" if contact.email else email)


def _described(text: str, issuer: str | None) -> _Who:
    """Name, role and organisation among the words before a telephone number."""
    name = role = organisation = None
    for part in _PART.split(_LABEL.sub("\n", text)):
        words = part.strip(" .:/–-)\u00a0")
        if len(words) < 3 or not re.search(r"[^\W\d_]{2}", words):
            continue
        if issuer and fold(words) == fold(issuer):
            organisation = words
            continue
        person = None if name else NAME.match(words)
        if (
            person
            and not ORGANISATION.match(words)
            and not _ROLE_WORD.match(words)
            and not _all_capitals(person["name"])
        ):
            name, rest = _before_role(person["name"], words[person.end() :])
            words = rest.strip(" ,.:–-")
            if len(words) < 3:
                continue
        if ORGANISATION.match(words) or _all_capitals(words):
            organisation = organisation or words
        elif _ROLE_WORD.match(words) and len(words) < 120:
            role = role or words
    return _Who(name, role, organisation)


def _before_role(name: str, rest: str) -> tuple[str, str]:
    """« Anne Martin Directrice » is a name, then a role."""
    words = name.split()
    for number, word in enumerate(words[2:], start=2):
        if _ROLE_WORD.match(word) or ORGANISATION.match(word):
            return " ".join(words[:number]), " ".join(words[number:]) + rest
    return name, rest


def _all_capitals(words: str) -> bool:
    return words.isupper() and len(words.split()) > 1
