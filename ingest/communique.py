"""A communiqué understood: from a Document to a Release, with doubts where it was unsure.

Each field may fail alone: it leaves a doubt in French, never an exception. What the file
states (hints) wins over what the text seems to say. Titles stay as written, capitals
included. Does not shelve: `id` and `version` are the archive's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from ingest.contacts import ORGANISATION, ContactBlock, find_contacts, read_contacts
from ingest.document import EXPORT, Document
from ingest.embargo import read_embargo, states_embargo
from ingest.lines import lines, paragraphs
from ingest.masthead import Masthead, read_dateline, read_masthead
from ingest.quotes import find_quotes
from store.dates import find_dates
from store.folding import fold, word_list
from store.language import detect
from store.records import Contact, Quote, Release, Source, Span

_ABOUT = re.compile(r"(?:a propos d(?:e la |e l'|es |u |e |')|about (?:the )?)(?P<name>.{3,100}?)\s*:?")
_ACTING = re.compile(
    r"(?:\b[Ll]a|\b[Ll]e|\b[LlDd][’'])\s?(?P<name>(?:Grand |Haute )?(?:Métropole|Ville|Mairie|Département|"
    r"Région|Préfecture|Communauté|"
    r"Université|Port|Office|Agence|Ministère|Association|association|Société|Syndicat|Chambre|Fondation|Groupe|Conseil)"
    r"(?: (?:d[eu]|des|de la|d[’'])| d[’']|[ -]?l[’']| et| |-|[A-ZÀ-ÖØ-Þ][\w’'-]*)*)"
)
_SMALL = word_list("de du des la le les l d et en sur sous à au aux")
_ACCENTS = """Métropole Département Préfecture Région Université Communauté Ministère Société Fédération Cité Régie
Opéra Théâtre Hôpital Musée École"""
_ACCENTED = {fold(word): word for word in _ACCENTS.split()}
_SHORTEST_LEAD = 60
_T = TypeVar("_T")


def parse(document: Document, received: datetime) -> Release:
    """The release a document holds. `received` is when it was first read (UTC).

    `published` is the day the document gives, never the file's own time.
    """
    text, hints = document.text, document.hints
    doubts = list(document.doubts)
    head = _tried(
        lambda: read_masthead(text, hints.published or _near(text, received), hints.title),
        Masthead(),
        "en-tête",
        doubts,
    )
    doubts.extend(head.doubts)
    block = _tried(lambda: _contacts(document), None, "contacts", doubts)
    foot = block.span.start if block else len(text)
    about: tuple[Span, ...] = ()
    boilerplate = _tried(lambda: _boilerplate(text, head.body, block), about, "présentation de l'émetteur", doubts)
    published, place = _published(document, head, doubts)
    none: tuple[Quote, ...] = ()
    quotes = _tried(lambda: find_quotes(text, foot), none, "citations", doubts)
    body_end = min([foot, *(span.start for span in boilerplate)])
    return Release(
        text=text,
        source=Source(document.name, document.media_type, document.sha256, hints.url, received),
        reference=hints.reference or head.reference,
        title=hints.title or head.title or _first_words(text, doubts),
        issuer=_tried(lambda: _issuer(document, head, block, boilerplate, doubts), None, "émetteur", doubts),
        published=published,
        place=place,
        rubric=hints.rubric or head.rubric,
        lead=_tried(lambda: _lead(text, head.body, body_end), None, "chapeau", doubts),
        pages=document.pages,
        quotes=quotes,
        contacts=block.contacts if block else (),
        boilerplate=boilerplate,
        embargo=_tried(lambda: _embargo(document, head, published, doubts), hints.embargo, "embargo", doubts),
        language=hints.language or detect(text),
        doubts=tuple(dict.fromkeys([*doubts, *_correction(head)])),
    )


def contact_span(release: Release) -> Span | None:
    """Where a release's contact block stands in its text, for passages of its own."""
    text = release.text
    block = find_contacts(text)
    if block and block.contacts and block.contacts[0] in release.contacts:
        return block.span
    first = next(iter(release.contacts), Contact())
    named = next((text.rfind(part) for part in (first.name, first.role, first.phone, first.email) if part), -1)
    blank = text.rfind("\n\n", 0, max(named, 0))
    return Span(blank + 2, len(text.rstrip())) if named > blank > 0 else None


def _tried(read: Callable[[], _T], otherwise: _T, field: str, doubts: list[str]) -> _T:
    """A field read, or `otherwise` and a doubt: no field may cost the others."""
    try:
        return read()
    except Exception as error:
        doubts.append(f"{field} : lecture impossible ({type(error).__name__})")
        return otherwise


def _near(text: str, received: datetime) -> date:
    """The year a dateline without one most likely means: that of the text's other dates."""
    full = (mention.period.first for mention in find_dates(text[:3000]) if mention.year_given and mention.period.first)
    return next(full, received.date())


def _contacts(document: Document) -> ContactBlock | None:
    stated = document.hints.contact
    if stated is None:
        return find_contacts(document.text)
    contacts, organisation = read_contacts(stated, document.hints.issuer)
    start = document.text.rfind(stated)
    span = Span(start, start + len(stated)) if start >= 0 else Span(len(document.text), len(document.text))
    return ContactBlock(span, contacts or (Contact(name=" ".join(stated.split())),), organisation)


def _published(document: Document, head: Masthead, doubts: list[str]) -> tuple[date | None, str | None]:
    """Day and place: stated, else in the masthead, the page's dateline, or the last lines."""
    hints = document.hints
    published, place = hints.published or head.published, hints.place or head.place
    if hints.dateline and (published is None or place is None):
        shown = read_dateline(hints.dateline, published or document.hints.published or date(2000, 1, 1))
        if shown is not None:
            published, place = published or shown.mention.period.first, place or shown.place
    if published is None:
        signed = _signed(document.text)
        if signed is not None:
            published, place = signed[0], place or signed[1]
            doubts.append("date lue à la fin du texte")
    if published is None:
        doubts.append("aucune date de publication")
    stated = document.media_type != EXPORT and hints.published
    if stated and head.published and stated != head.published:
        doubts.append(f"la date du texte ({head.published}) diffère de la date déclarée ({stated})")
    return published, place


def _signed(text: str) -> tuple[date, str | None] | None:
    """« Fait à Lille, le 3 mai 2021 » among the last lines."""
    for line in reversed(list(lines(text, max(0, len(text) - 1500)))):
        if len(line.text) > 90 or not re.search(r"\d", line.text):
            continue
        dateline = read_dateline(re.sub(r"^[Ff]ait à ", "", line.text), date(2000, 1, 1))
        if dateline and dateline.mention.year_given and dateline.mention.period.first:
            return dateline.mention.period.first, dateline.place
    return None


def _first_words(text: str, doubts: list[str]) -> str:
    """A title for a text without one: its first line, or that line's first words."""
    doubts.append("titre absent : premiers mots du texte")
    first = next((line.text for line in lines(text)), "")
    return first if len(first) <= 120 else first[:120].rsplit(" ", 1)[0] + " …"


def _lead(text: str, start: int, end: int) -> Span | None:
    """The first paragraph of prose of the body."""
    for span in paragraphs(text, start, end):
        if len(span) >= _SHORTEST_LEAD and span.of(text)[0] not in "-•●–*":
            return span
    return None


def _boilerplate(text: str, start: int, block: ContactBlock | None) -> tuple[Span, ...]:
    """« À propos de … », each from its heading to the next one or to the contacts."""
    heads = [line for line in lines(text, start) if len(line.text) < 110 and _ABOUT.fullmatch(line.folded)]
    spans = []
    for number, line in enumerate(heads):
        ends = [block.span.start] if block and block.span.start > line.start else []
        ends += [heads[number + 1].start] if number + 1 < len(heads) else []
        parts = list(paragraphs(text, line.start, min(ends, default=len(text))))
        last = next((part for part in parts if part.end > line.end + 20), parts[0] if parts else None)
        if last is not None:
            spans.append(Span(line.start, last.end))
    return tuple(spans)


def _issuer(
    document: Document, head: Masthead, block: ContactBlock | None, boilerplate: tuple[Span, ...], doubts: list[str]
) -> str | None:
    """Stated, else in the contact block, the letterhead, « À propos de », or who acts in the text."""
    text = document.text
    if document.hints.issuer:
        return document.hints.issuer
    if block and block.organisation:
        return _readable(block.organisation, text)
    if head.letterhead and ORGANISATION.match(head.letterhead):
        return _readable(head.letterhead, text)
    for span in boilerplate:
        named = _ABOUT.fullmatch(fold(span.of(text).split("\n")[0].strip()))
        if named and ORGANISATION.match(named["name"]):
            return span.of(text).split("\n")[0].strip()[named.start("name") :].rstrip(" :")
    if head.letterhead:
        doubts.append("émetteur supposé d'après l'en-tête")
        return _readable(head.letterhead, text)
    acting = _acting(text, head.body)
    if acting:
        doubts.append("émetteur supposé d'après le texte")
        return acting
    doubts.append("émetteur inconnu")
    return None


def _acting(text: str, start: int) -> str | None:
    """The first organisation the text names in full: « la Ville » alone says nothing."""
    for match in _ACTING.finditer(text, start):
        name = match["name"].strip(" -’'")
        while name.rsplit(" ", 1)[-1] in {"et", "de", "du", "des", "la", "d’", "d'", "l’", "l'"}:
            name = name.rsplit(" ", 1)[0] if " " in name else ""
        if len(name.split()) > 1:
            return name
    return None


def _readable(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, else with capitals at words only."""
    if not name.isupper():
        return name
    wanted = fold(name)
    for line in lines(text):
        place = line.folded.find(wanted) if len(line.folded) == len(line.text) else -1
        if place >= 0 and not line.text[place : place + len(name)].isupper():
            written = line.text[place : place + len(name)]
            return written[0].upper() + written[1:]
    words = re.split(r"([\s'’-]+)", name)
    return "".join(_cased(word, first=number == 0) for number, word in enumerate(words))


def _cased(word: str, *, first: bool) -> str:
    lowered = word.casefold()
    if fold(word) in _ACCENTED:
        return _ACCENTED[fold(word)]
    return lowered if lowered in _SMALL and not first else lowered.capitalize()


def _embargo(document: Document, head: Masthead, published: date | None, doubts: list[str]) -> datetime | None:
    if document.hints.embargo is not None:
        return document.hints.embargo
    said = head.embargo or next((line.text for line in lines(document.text) if states_embargo(line.text)), None)
    if said is None:
        return None
    embargo = read_embargo(said, published)
    doubts.extend(embargo.doubts)
    return embargo.until


def _correction(head: Masthead) -> list[str]:
    return [f"annonce une correction : « {head.corrects} »"] if head.corrects else []
