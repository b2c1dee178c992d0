"""A communiqué understood: from a Document to a Release, with doubts where it was unsure.

Each field may fail alone: it leaves a doubt in French, never an exception. What the file
states (hints) wins over what the text says, and the text over what the file lets guess.
Titles stay as written, capitals included. Does not shelve: `id` and `version` are the
archive's.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from ingest.document import EXPORT, Document
from ingest.parser.authorship import co_issuers, issuer, title
from ingest.parser.contacts import ContactBlock, find_contacts, read_contacts
from ingest.parser.figures import find_figures
from ingest.parser.head import Masthead
from ingest.parser.issuers import find_boilerplate, readable
from ingest.parser.lines import lines, paragraphs
from ingest.parser.masthead import read_masthead
from ingest.parser.names import find_names
from ingest.parser.publication import corrects, embargo, published
from ingest.parser.quotes import find_quotes
from ingest.parser.reading import Reading, tried
from ingest.parser.sections import find_sections
from store.dates import find_dates
from store.language import detect
from store.records import Contact, Figure, Name, OriginKind, Quote, Release, Section, Source, Span

_ITEM = re.compile(r"[-•●–*]\s|[•●]")


def parse(document: Document, received: datetime) -> Release:
    """The release a document holds. `received` is when it was first read (UTC).

    `published` is the day the document gives, never the file's own time.
    """
    reading = _read(document, received)
    text, hints, head, doubts = document.text, document.hints, reading.head, reading.doubts
    nowhere: tuple[date | None, str | None] = (None, None)
    language = _language(reading)
    day, place = tried(lambda: published(reading), nowhere, "date", doubts)
    end = reading.body_end
    quotes: tuple[Quote, ...] = tried(lambda: find_quotes(text, end), (), "citations", doubts)
    figures: tuple[Figure, ...] = tried(lambda: find_figures(text, end, language), (), "chiffres", doubts)
    names: tuple[Name, ...] = tried(lambda: find_names(text, end), (), "noms", doubts)
    sections: tuple[Section, ...] = tried(lambda: find_sections(text, head.body, end), (), "intertitres", doubts)
    if reading.block and reading.block.contacts:
        reading.note("contacts", OriginKind.CONTACTS, reading.block.span)
    return Release(
        text=text,
        source=Source(document.name, document.media_type, document.sha256, hints.url, received),
        reference=_plain_field(reading, "reference", OriginKind.MASTHEAD),
        title=tried(lambda: title(reading), "", "titre", doubts),
        subtitle=_noted(reading, "subtitle"),
        issuer=tried(lambda: issuer(reading), None, "émetteur", doubts),
        co_issuers=tried(lambda: co_issuers(reading), (), "coémetteurs", doubts),
        published=day,
        place=readable(place, text) if place else None,
        rubric=_plain_field(reading, "rubric", OriginKind.MASTHEAD),
        lead=tried(lambda: _lead(reading), None, "chapeau", doubts),
        pages=document.pages,
        quotes=quotes,
        figures=figures,
        names=names,
        sections=sections,
        links=document.links,
        contacts=reading.block.contacts if reading.block else (),
        boilerplate=reading.boilerplate,
        embargo=tried(lambda: embargo(reading, day), hints.embargo, "embargo", doubts),
        corrects=tried(lambda: corrects(reading), None, "correction", doubts),
        language=language,
        group=hints.group,
        edition=hints.edition,
        doubts=tuple(dict.fromkeys(doubts)),
        origins=tuple(reading.origins),
    )


def contact_span(release: Release) -> Span | None:
    """Where a release's contact block stands in its text, for passages of its own."""
    text = release.text
    for origin in release.origins:
        if origin.field == "contacts" and origin.span is not None:
            return origin.span
    block = find_contacts(text)
    if block and block.contacts and block.contacts[0] in release.contacts:
        return block.span
    first = next(iter(release.contacts), Contact())
    named = next((text.rfind(part) for part in (first.name, first.role, first.phone, first.email) if part), -1)
    blank = text.rfind("\n\n", 0, max(named, 0))
    return Span(blank + 2, len(text.rstrip())) if named > blank > 0 else None


def _read(document: Document, received: datetime) -> Reading:
    """Head and foot of a document."""
    text, hints, doubts = document.text, document.hints, list(document.doubts)

    def near() -> date:
        return hints.published or document.guesses.published or _near(text, received)

    printed = document.media_type == "application/pdf"
    dated = hints.published is not None or hints.dateline is not None
    head = tried(
        lambda: read_masthead(text, near, hints.title, hints.issuer, printed=printed, dated=dated),
        Masthead(),
        "en-tête",
        doubts,
    )
    doubts.extend(head.doubts)
    block = tried(lambda: _contacts(document, head.body), None, "contacts", doubts)
    reading = Reading(document, head, block, doubts=doubts)
    span = block.span if block else None
    reading.boilerplate = tried(
        lambda: find_boilerplate(text, head.body, span), reading.boilerplate, "présentation de l'émetteur", doubts
    )
    return reading


def _near(text: str, received: datetime) -> date:
    """The year a dateline without one most likely means: that of the text's other dates."""
    full = (mention.period.first for mention in find_dates(text[:3000]) if mention.year_given and mention.period.first)
    return next(full, received.date())


def _contacts(document: Document, start: int) -> ContactBlock | None:
    stated = document.hints.contact
    if stated is None:
        return find_contacts(document.text, start)
    contacts, organisation = read_contacts(stated, document.hints.issuer)
    at = document.text.rfind(stated)
    if at < 0:
        at = len(document.text)
        contacts = tuple(_without_span(contact) for contact in contacts)
        return ContactBlock(Span(at, at), contacts or (Contact(name=" ".join(stated.split())),), organisation)
    span = Span(at, at + len(stated))
    moved = tuple(_moved(contact, at) for contact in contacts)
    return ContactBlock(span, moved or (Contact(name=" ".join(stated.split()), span=span),), organisation)


def _without_span(contact: Contact) -> Contact:
    return Contact(contact.name, contact.role, contact.phone, contact.email)


def _moved(contact: Contact, by: int) -> Contact:
    span = Span(contact.span.start + by, contact.span.end + by) if contact.span else None
    return Contact(contact.name, contact.role, contact.phone, contact.email, span)


def _plain_field(reading: Reading, name: str, kind: OriginKind) -> str | None:
    """A field that is as the file states it, else as the head says."""
    stated: str | None = getattr(reading.document.hints, name)
    if stated:
        return reading.stated(name, stated)
    return _noted(reading, name, kind)


def _noted(reading: Reading, name: str, kind: OriginKind = OriginKind.MASTHEAD) -> str | None:
    value: str | None = getattr(reading.head, name)
    if value:
        reading.note(name, kind, reading.head.spans.get(name))
    return value


def _lead(reading: Reading) -> Span | None:
    """The stated lead where it stands in the text, else the body's first paragraph of prose."""
    text, start, stated = reading.text, reading.head.body, reading.document.hints.lead
    if stated:
        at = text.find(stated)
        if at >= 0:
            reading.note("lead", reading.document.hints.origin, Span(at, at + len(stated)))
            return Span(at, at + len(stated))
    for span in paragraphs(text, start, reading.body_end):
        words = span.of(text)
        if not _ITEM.match(words) and re.search(r"[^\W\d_]{2}", words):
            span = _first_paragraph(span, text, mended=reading.document.media_type != EXPORT)
            reading.note("lead", OriginKind.BODY, span)
            return span
    return None


def _first_paragraph(span: Span, text: str, *, mended: bool) -> Span:
    """A lead without what is set right below it; a mended text breaks its lines only where paragraphs end."""
    first, *others = lines(text, span.start, span.end)
    if not others or first.text[-1] not in ".!?»" or len(first.text) < 60:
        return span
    below = others[0]
    prose = below.text[-1] in ".!?;," and not _ITEM.match(below.text)
    return span if not mended and (prose or len(below.text) > 110) else Span(first.start, first.end)


def _language(reading: Reading) -> str:
    stated = reading.document.hints.language
    if stated:
        return reading.stated("language", stated)
    reading.note("language", OriginKind.BODY)
    return detect(reading.text)
