"""A communiqué understood: from a Document to a Release, with doubts where it was unsure.

Each field may fail alone: it leaves a doubt in French, never an exception. What the file
states (hints) wins over what the text says, and the text over what the file lets guess.
Titles stay as written, capitals included. Does not shelve: `id` and `version` are the
archive's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from ingest.contacts import ContactBlock, find_contacts, read_contacts
from ingest.corrections import read_correction
from ingest.dateline import read_dateline
from ingest.document import EXPORT, Document
from ingest.embargo import mentions_embargo, read_embargo, states_embargo
from ingest.issuers import acting, find_boilerplate, presented, readable
from ingest.letterhead import is_organisation, is_unit
from ingest.lines import lines, paragraphs
from ingest.masthead import read_masthead
from ingest.quotes import find_quotes
from ingest.sections import find_sections
from ingest.toplines import Masthead
from store.dates import find_dates
from store.folding import fold
from store.language import detect
from store.records import (
    Contact,
    Correction,
    Origin,
    OriginKind,
    Quote,
    Release,
    Section,
    Source,
    Span,
)

_T = TypeVar("_T")
_NO_YEAR = date(2000, 1, 1)
_LAST_LINES = 4000
_ITEM = re.compile(r"[-•●–*]\s|[•●]")


@dataclass(slots=True)
class _Reading:
    """One document while it is understood: its head and foot, and what is noted of it on the way."""

    document: Document
    head: Masthead
    block: ContactBlock | None
    boilerplate: tuple[Span, ...] = ()
    doubts: list[str] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def body_end(self) -> int:
        """Where the body ends: before what stands at the foot."""
        feet = [span.start for span in self.boilerplate if span.start > self.head.body]
        if self.block and self.block.span.start > self.head.body:
            feet.append(self.block.span.start)
        return min(feet, default=len(self.text))

    def note(self, name: str, kind: OriginKind, span: Span | None = None) -> None:
        """Where the value of a field comes from; the first word on it counts."""
        if all(origin.field != name for origin in self.origins):
            self.origins.append(Origin(name, kind, span))

    def stated(self, name: str, value: _T) -> _T:
        """A value the file states, with its origin noted."""
        self.note(name, self.document.hints.origin)
        return value


def parse(document: Document, received: datetime) -> Release:
    """The release a document holds. `received` is when it was first read (UTC).

    `published` is the day the document gives, never the file's own time.
    """
    reading = _read(document, received)
    text, hints, head, doubts = document.text, document.hints, reading.head, reading.doubts
    published, place = _published(reading)
    title = _title(reading)
    end = reading.body_end
    quotes: tuple[Quote, ...] = _tried(lambda: find_quotes(text, end), (), "citations", doubts)
    sections: tuple[Section, ...] = _tried(lambda: find_sections(text, head.body, end), (), "intertitres", doubts)
    if reading.block and reading.block.contacts:
        reading.note("contacts", OriginKind.CONTACTS, reading.block.span)
    return Release(
        text=text,
        source=Source(document.name, document.media_type, document.sha256, hints.url, received),
        reference=_plain_field(reading, "reference", OriginKind.MASTHEAD),
        title=title,
        subtitle=_noted(reading, "subtitle"),
        issuer=_tried(lambda: _issuer(reading), None, "émetteur", doubts),
        co_issuers=_tried(lambda: _co_issuers(reading), (), "coémetteurs", doubts),
        published=published,
        place=readable(place, text) if place else None,
        rubric=_plain_field(reading, "rubric", OriginKind.MASTHEAD),
        lead=_tried(lambda: _lead(reading), None, "chapeau", doubts),
        pages=document.pages,
        quotes=quotes,
        sections=sections,
        links=document.links,
        contacts=reading.block.contacts if reading.block else (),
        boilerplate=reading.boilerplate,
        embargo=_tried(lambda: _embargo(reading, published), hints.embargo, "embargo", doubts),
        corrects=_tried(lambda: _corrects(reading), None, "correction", doubts),
        language=_language(reading),
        group=hints.group,
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


def _read(document: Document, received: datetime) -> _Reading:
    """Head and foot of a document."""
    text, hints, doubts = document.text, document.hints, list(document.doubts)

    def near() -> date:
        return hints.published or document.guesses.published or _near(text, received)

    printed = document.media_type == "application/pdf"
    head = _tried(
        lambda: read_masthead(text, near, hints.title, hints.issuer, printed=printed), Masthead(), "en-tête", doubts
    )
    doubts.extend(head.doubts)
    block = _tried(lambda: _contacts(document, head.body), None, "contacts", doubts)
    reading = _Reading(document, head, block, doubts=doubts)
    span = block.span if block else None
    reading.boilerplate = _tried(
        lambda: find_boilerplate(text, head.body, span), reading.boilerplate, "présentation de l'émetteur", doubts
    )
    return reading


def _tried(read: Callable[[], _T], otherwise: _T, name: str, doubts: list[str]) -> _T:
    """A field read, or `otherwise` and a doubt: no field may cost the others."""
    try:
        return read()
    except Exception as error:
        doubts.append(f"{name} : lecture impossible ({type(error).__name__})")
        return otherwise


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


def _published(reading: _Reading) -> tuple[date | None, str | None]:
    """Day and place: stated, else in the masthead, the page's dateline, the last lines, or guessed from the file."""
    head, hints = reading.head, reading.document.hints
    published = reading.stated("published", hints.published) if hints.published else None
    place = reading.stated("place", hints.place) if hints.place else None
    for day, where, kind, span, placed in _days(reading):
        if published is None and day is not None:
            published = day
            reading.note("published", kind, span)
            if kind is OriginKind.SIGNATURE:
                reading.doubts.append("date lue à la fin du texte")
        if place is None and where:
            place = where
            reading.note("place", kind, placed)
    if published is None:
        published = _guessed_day(reading)
    if published is None:
        reading.doubts.append("aucune date de publication")
    stated = reading.document.media_type != EXPORT and hints.published
    if stated and head.published and stated != head.published:
        reading.doubts.append(f"la date du texte ({head.published}) diffère de la date déclarée ({stated})")
    return published, place


_Day = tuple[date | None, str | None, OriginKind, Span | None, Span | None]


def _days(reading: _Reading) -> Iterator[_Day]:
    """Where the text or the page say day and place, the surest first."""
    head, hints = reading.head, reading.document.hints
    yield head.published, head.place, OriginKind.DATELINE, head.spans.get("published"), head.spans.get("place")
    if hints.dateline:
        shown = read_dateline(hints.dateline, head.published or hints.published or _NO_YEAR)
        if shown is not None:
            yield shown.mention.period.first, shown.place, OriginKind.PAGE, None, None
    if head.published is None or head.place is None:
        signed = _signed(reading)
        if signed is not None and (head.published is None or signed[0] == head.published):
            yield signed


def _signed(reading: _Reading) -> _Day | None:
    """« Fait à Lille, le 3 mai 2021 » among the last lines."""
    text = reading.text
    start = max(reading.head.body, len(text) - _LAST_LINES)
    found: _Day | None = None
    for line in reversed(list(lines(text, start))):
        if len(line.text) > 90 or not re.search(r"\d", line.text) or _ITEM.match(line.text):
            continue
        dateline = read_dateline(line.text, _NO_YEAR)
        if dateline is None or not dateline.mention.year_given or dateline.body is not None:
            continue
        mention, placed = dateline.mention, dateline.placed
        span = Span(line.start + mention.start, line.start + mention.end)
        where = Span(line.start + placed.start, line.start + placed.end) if placed else None
        if where is not None:
            return mention.period.first, dateline.place, OriginKind.SIGNATURE, span, where
        if found is None:
            found = (mention.period.first, None, OriginKind.SIGNATURE, span, None)
    return found


def _guessed_day(reading: _Reading) -> date | None:
    guesses = reading.document.guesses
    if guesses.published is None:
        return None
    reading.note("published", guesses.origin)
    told = {
        OriginKind.MAIL: "date de l'en-tête du courriel",
        OriginKind.FEED: "date du flux",
        OriginKind.PAGE: "date indiquée par la page",
    }
    reading.doubts.append(told.get(guesses.origin, "date des propriétés du document"))
    return guesses.published


def _title(reading: _Reading) -> str:
    """Stated, else read in the head, else guessed from the file, else the first words."""
    hints, guesses, head = reading.document.hints, reading.document.guesses, reading.head
    if hints.title:
        reading.note("title", hints.origin, head.spans.get("title"))
        return hints.title
    if head.title:
        reading.note("title", OriginKind.MASTHEAD, head.spans.get("title"))
        return head.title
    if guesses.title:
        reading.note("title", guesses.origin)
        reading.doubts.append("titre lu dans les propriétés du document")
        return guesses.title
    return _first_words(reading)


def _first_words(reading: _Reading) -> str:
    """A title for a text without one: its first line, or that line's first words."""
    reading.doubts.append("titre absent : premiers mots du texte")
    first = next(iter([*lines(reading.text, reading.head.body), *lines(reading.text)]), None)
    if first is None:
        return ""
    words = first.text if len(first.text) <= 120 else first.text[:120].rsplit(" ", 1)[0]
    reading.note("title", OriginKind.BODY, Span(first.start, first.start + len(words)))
    return words if len(words) == len(first.text) else f"{words} …"


def _plain_field(reading: _Reading, name: str, kind: OriginKind) -> str | None:
    """A field that is as the file states it, else as the head says."""
    stated: str | None = getattr(reading.document.hints, name)
    if stated:
        return reading.stated(name, stated)
    return _noted(reading, name, kind)


def _noted(reading: _Reading, name: str, kind: OriginKind = OriginKind.MASTHEAD) -> str | None:
    value: str | None = getattr(reading.head, name)
    if value:
        reading.note(name, kind, reading.head.spans.get(name))
    return value


def _issuer(reading: _Reading) -> str | None:
    """Stated, else the letterhead, the contact block, « À propos de », who acts in the text, or the file's guess."""
    hints, guesses, text = reading.document.hints, reading.document.guesses, reading.text
    if hints.issuer:
        reading.note("issuer", hints.origin, reading.head.spans.get("letterhead"))
        return hints.issuer
    for kind, span, doubt in _issuers(reading):
        reading.note("issuer", kind, span)
        if doubt:
            reading.doubts.append(doubt)
        return readable(" ".join(span.of(text).split()), text)
    if guesses.issuer:
        reading.note("issuer", guesses.origin)
        reading.doubts.append("émetteur supposé d'après le fichier")
        return guesses.issuer
    reading.doubts.append("émetteur inconnu")
    return None


def _issuers(reading: _Reading) -> Iterator[tuple[OriginKind, Span, str | None]]:
    """Who may issue the release, the surest first, with where it is said and a doubt."""
    head, text, block = reading.head, reading.text, reading.block
    letterhead = head.spans.get("letterhead")
    if letterhead is not None and head.sure:
        yield OriginKind.LETTERHEAD, letterhead, None
    signed = _signing(reading)
    if signed is not None:
        yield OriginKind.SIGNATURE, signed, None
    if block and block.organisation and not is_unit(fold(block.organisation)):
        at = text.find(block.organisation, block.span.start)
        if at >= 0:
            yield OriginKind.CONTACTS, Span(at, at + len(block.organisation)), None
    for span in reading.boilerplate:
        name = presented(span, text)
        if name is not None and is_organisation(name.of(text)):
            yield OriginKind.BOILERPLATE, name, None
    if letterhead is not None:
        yield OriginKind.LETTERHEAD, letterhead, "émetteur supposé d'après l'en-tête"
    for span in reading.boilerplate:
        name = presented(span, text)
        if name is not None:
            yield OriginKind.BOILERPLATE, name, "émetteur supposé d'après sa présentation"
    named = acting(text, head.body)
    if named is not None and reading.document.guesses.issuer is None:
        yield OriginKind.BODY, named, "émetteur supposé d'après le texte"


def _signing(reading: _Reading) -> Span | None:
    """An organisation that signs the text, alone on one of its last lines."""
    last = list(lines(reading.text, max(reading.head.body, reading.body_end - 600), reading.body_end))[-3:]
    for line in reversed(last):
        if line.after_gap and len(line.text) < 120 and is_organisation(line.text) and not is_unit(line.folded):
            return Span(line.start, line.end)
    return None


def _co_issuers(reading: _Reading) -> tuple[str, ...]:
    hints, head = reading.document.hints, reading.head
    if hints.co_issuers:
        return reading.stated("co_issuers", hints.co_issuers)
    if not head.co_issuers or hints.issuer:
        return ()
    reading.note("co_issuers", OriginKind.LETTERHEAD)
    return tuple(dict.fromkeys(readable(name, reading.text) for name in head.co_issuers))


def _lead(reading: _Reading) -> Span | None:
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


def _embargo(reading: _Reading, published: date | None) -> datetime | None:
    stated, head, text = reading.document.hints.embargo, reading.head, reading.text
    if stated is not None:
        return reading.stated("embargo", stated)
    said, span = head.embargo, head.spans.get("embargo")
    if said is None and mentions_embargo(text):
        line = next((line for line in lines(text) if states_embargo(line.text)), None)
        said, span = (line.text, Span(line.start, line.end)) if line else (None, None)
    if said is None:
        return None
    reading.note("embargo", OriginKind.MASTHEAD if head.embargo else OriginKind.BODY, span)
    embargo = read_embargo(said, published)
    reading.doubts.extend(embargo.doubts)
    return embargo.until


def _corrects(reading: _Reading) -> Correction | None:
    span = reading.head.spans.get("corrects")
    if span is None:
        return None
    reading.note("corrects", OriginKind.MASTHEAD, span)
    start = reading.head.body
    correction = read_correction(reading.text, span, Span(start, min(reading.body_end, start + 800)))
    if not (correction.published or correction.reference or correction.title):
        reading.doubts.append(f"annonce une correction sans dire de quel communiqué : « {span.of(reading.text)[:80]} »")
    return correction


def _language(reading: _Reading) -> str:
    stated = reading.document.hints.language
    if stated:
        return reading.stated("language", stated)
    reading.note("language", OriginKind.BODY)
    return detect(reading.text)
