"""Press contacts: the block at a release's foot, read into names, roles, telephones, e-mails.

Knows nothing of the rest of a release. An e-mail cut short by a conversion is kept as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.parser.lines import Line, lines, paragraphs
from ingest.parser.vocabulary import CONTACT_HEADING, ORGANISATION
from store.folding import fold
from store.records import Contact, Span

_AT = r"(?:@|\s?[\[({<](?:at|arobase|a|@)[\])}>]\s?|\s(?:@|AT|arobase)\s)"
_DOT = r"(?:\.|\s?[\[({](?:dot|point|\.)[\])}]\s?|\s(?:DOT|point)\s(?=\w{2,4}\b))"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{0,64}}\w{_AT}\w[\w-]{{0,62}}(?:{_DOT}\w[\w-]{{0,62}}){{0,8}}")
_PHONE = re.compile(
    r"(?<![\w.,@/+-])(?:(?:\+\s?|00\s?)\d{1,3}[\s.\-]{0,2}(?:\(0\)\s?)?\d(?:[\s.\-/]?\d){5,11}(?<!\(0)"
    r"|0\d(?:[\s.\-]?\d\d){4}|0\d\d\s?/\s?\d{3}(?:[\s.]?\d\d){2}|\(?0\)?\d(?:[\s.\-]?\d){7,9}"
    r"|08\d\d[\s.\-]?\d\d[\s.\-]?\d\d|\(?0\d{1,3}\)[\s.\-]?\d(?:[\s.\-]?\d){5,8})(?![\w@])"
)
_LOOSE = re.compile(r"\d\.\d\.|\.\d(?!\d)|\d{4}-\d\d-\d\d")
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


_PRESS = re.compile(r"\b(?:presse?|media|medias|medien|journalistes|redactions|stampa)\b|presse|medien")
ENDS_BLOCK = re.compile(
    r"a propos d|about |uber (?:die|das|den|uns)|notes? aux redact|note to editors|pour mention|mentions legales"
    r"|annexes? ?:"
    r"|documents? (?:joints?|annexes?)|liens? ?:"
)
_BETWEEN, _LONGEST_TAIL = 400, 350


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """A release's contacts, where they stand, and the organisation named above them."""

    span: Span
    contacts: tuple[Contact, ...]
    organisation: str | None


def find_contacts(text: str, start: int = 0) -> ContactBlock | None:
    """The contact blocks of the end of `text`, as one: headed ones, else last lines that can be called.

    Its span reaches from the first block to the end of the last; `start` is where the
    release's head ends.
    """
    since = max(start, min(len(text) - 6000, len(text) * 2 // 5))
    blocks: list[ContactBlock] = []
    for line in lines(text, max(0, since)):
        if (not blocks or line.start >= blocks[-1].span.end) and is_heading(line):
            blocks.append(_block(text, line))
    reached = [block for block in blocks if block.contacts]
    reached = [block for block in reached if _PRESS.search(_first_line(block, text))] or reached
    if not reached:
        last = [block for block in blocks if block.span.start > len(text) // 2]
        return _unheaded(text, max(0, since)) or (last[-1] if last else None)
    kept = [reached[-1]]
    for block in reversed(reached[:-1]):
        if len(text[block.span.end : kept[0].span.start].strip()) > _BETWEEN:
            break
        kept.insert(0, block)
    contacts = tuple(dict.fromkeys(contact for block in kept for contact in block.contacts))
    organisation = next((block.organisation for block in kept if block.organisation), None)
    return ContactBlock(Span(kept[0].span.start, kept[-1].span.end), contacts, organisation)


def _first_line(block: ContactBlock, text: str) -> str:
    return fold(block.span.of(text).split("\n", 1)[0][:120])


def is_heading(line: Line) -> bool:
    """Whether a line opens a contact block; « Contact presse : A. Nom, 01… » does too."""
    folded = line.folded.strip()
    match = CONTACT_HEADING.fullmatch(folded)
    if match is None or (len(folded) > 70 and not match["rest"]) or folded.endswith("."):
        return bool(match and match["rest"] and _reaches(line.text))
    return not match["rest"] or _reaches(line.text) or len(match["rest"]) < 80


def _reaches(words: str) -> bool:
    return bool(_EMAIL.search(words) or _PHONE.search(words))


def _block(text: str, heading: Line) -> ContactBlock:
    """The block from its heading to where prose or a presentation follows."""
    match = CONTACT_HEADING.fullmatch(heading.folded.strip())
    inline = bool(match and match["rest"])
    start = heading.start + match.start("rest") if match and inline else heading.end
    end, last = heading.end, heading.end
    for line in lines(text, heading.end):
        if ENDS_BLOCK.match(line.folded) or (is_heading(line) and last > heading.end):
            break
        if _is_prose(line.text) and (last > heading.end or inline):
            break
        end = line.end
        last = end if _reaches(line.text) else last
        if end - last > _LONGEST_TAIL and last > heading.end:
            end = last
            break
    contacts, organisation = read_contacts(text[start:end])
    return ContactBlock(Span(heading.start, max(end, heading.end)), _shifted(contacts, start), organisation)


def _is_prose(line: str) -> bool:
    return len(line) > 220 and not _reaches(line)


def _unheaded(text: str, since: int) -> ContactBlock | None:
    """The last lines of a text that can be called or written to, with the line above them."""
    end, start = len(text.rstrip()), None
    for span in reversed(list(paragraphs(text, since))[-6:]):
        words = span.of(text)
        reach = _reaches(words)
        prose = words[-1] in ".!?" and len(words) > 120 and not CONTACT_HEADING.match(fold(words[:120]))
        if reach and not prose and (len(words) < 400 or len(_EMAIL.findall(words)) + len(_PHONE.findall(words)) > 2):
            start = span.start
        elif start is not None and (len(words) > 60 or words[-1] in ".!?"):
            break
        elif start is not None:
            start = span.start
            break
        elif ENDS_BLOCK.match(fold(words)) or len(words) > 220:
            end = span.start
    if start is None:
        return None
    contacts, organisation = read_contacts(text[start:end])
    return ContactBlock(Span(start, len(text[:end].rstrip())), _shifted(contacts, start), organisation)


def _shifted(contacts: tuple[Contact, ...], by: int) -> tuple[Contact, ...]:
    return tuple(replace(c, span=Span(c.span.start + by, c.span.end + by)) if c.span else c for c in contacts)


def read_contacts(block: str, issuer: str | None = None) -> tuple[tuple[Contact, ...], str | None]:
    """Who can be reached in a contact block, and its organisation where one is named.

    A contact is what is written before telephones and e-mails that follow each other; its
    span points into `block`. `issuer`, where known, is not taken for a person.
    """
    reached: list[Contact] = []
    organisation: str | None = None
    after = 0
    phones = (match for match in _PHONE.finditer(block) if not _LOOSE.search(match[0]))
    for match in sorted([*_EMAIL.finditer(block), *phones], key=lambda m: m.start()):
        if match.start() < after:
            continue
        between = block[after : match.start()]
        who = _described(between, issuer)
        organisation = organisation or who.organisation
        if who.name or who.role or who.organisation or not reached:
            begins = after + len(between) - len(between.lstrip(" \n\t\u00a0,;.:–-"))
            reached.append(
                Contact(who.name or (None if who.role else who.organisation), who.role, span=Span(begins, match.end()))
            )
        after = match.end()
        if not _FAX.search(between):
            reached[-1] = _reachable(reached[-1], match)
    organisation = organisation or _described(block[after:], issuer).organisation
    return tuple(contact for contact in reached if contact.phone or contact.email), organisation


@dataclass(frozen=True, slots=True)
class _Who:
    name: str | None = None
    role: str | None = None
    organisation: str | None = None


def _reachable(contact: Contact, found: re.Match[str]) -> Contact:
    """The contact with one more telephone or e-mail, as they are dialled and written."""
    span = Span(contact.span.start, found.end()) if contact.span else None
    if _PHONE.fullmatch(found[0]):
        phone = " ".join(found[0].split())
        return replace(contact, phone=f"{contact.phone} / {phone}" if contact.phone else phone, span=span)
    email = re.sub(_DOT, ".", re.sub(_AT, "@", found[0]))
    return replace(contact, email=f"{contact.email} / {email}" if contact.email else email, span=span)


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
