"""What was understood of a release, as lines of a field, its value and where it was read.

One account for the command line and the chat. French words for fields and origins are the
newsroom's; the English stand beside them. Gives plain text; knows neither terminal nor HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from store.period import day_in_words
from store.records import Contact, Correction, CorrectionKind, Figure, NameKind, OriginKind, Quote, Release
from store.view import Entry, Related

LONGEST = 160
"""Characters of a quotation or section that are shown."""

_ORIGINS = {
    OriginKind.LETTERHEAD: ("en-tête", "letterhead"),
    OriginKind.MASTHEAD: ("haut du texte", "masthead"),
    OriginKind.DATELINE: ("ligne de date", "dateline"),
    OriginKind.BODY: ("corps du texte", "body"),
    OriginKind.SIGNATURE: ("fin du texte", "end of the text"),
    OriginKind.CONTACTS: ("contacts", "contacts"),
    OriginKind.BOILERPLATE: ("présentation de l’émetteur", "boilerplate"),
    OriginKind.METADATA: ("métadonnées", "metadata"),
    OriginKind.PAGE: ("page web", "web page"),
    OriginKind.FEED: ("flux", "feed"),
    OriginKind.MAIL: ("en-tête du courriel", "mail header"),
    OriginKind.PROPERTIES: ("propriétés du fichier", "file properties"),
    OriginKind.HAND: ("corrigé à la main", "put right by hand"),
}
_FIELDS = {
    "title": ("Titre", "Title"),
    "subtitle": ("Sous-titre", "Subtitle"),
    "issuer": ("Émetteur", "Issuer"),
    "co_issuers": ("Avec", "With"),
    "published": ("Publié", "Published"),
    "place": ("Lieu", "Place"),
    "reference": ("Référence", "Reference"),
    "rubric": ("Rubrique", "Rubric"),
    "lead": ("Chapeau", "Lead"),
    "embargo": ("Embargo", "Embargo"),
    "corrects": ("Correction", "Correction"),
    "language": ("Langue", "Language"),
    "sections": ("Section", "Section"),
    "quotes": ("Citation", "Quotation"),
    "reported": ("Propos rapporté", "Reported speech"),
    "figures": ("Chiffres", "Figures"),
    "people": ("Personnes", "People"),
    "organisations": ("Organisations", "Organisations"),
    "contacts": ("Contact", "Contact"),
    "boilerplate": ("Présentation", "Boilerplate"),
    "translations": ("Traduction", "Translation"),
    "reprints": ("Même texte", "Same text"),
    "target": ("Corrige", "Corrects"),
    "corrected_by": ("Corrigé par", "Corrected by"),
    "doubts": ("Doute", "Doubt"),
}
_CORRECTIONS = {
    CorrectionKind.CORRECTS: ("rectifie", "corrects"),
    CorrectionKind.REPLACES: ("annule et remplace", "replaces"),
    CorrectionKind.CANCELS: ("annule", "cancels"),
}


_LANGUAGES = {
    "fr": ("français", "French"),
    "en": ("anglais", "English"),
    "de": ("allemand", "German"),
    "it": ("italien", "Italian"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A field in the reader's words, its value, and where it was read ("" where that is plain)."""

    field: str
    value: str
    origin: str = ""


def facts(release: Release, related: Related, language: str) -> Iterator[Fact]:
    """Everything understood, in the order a press officer checks it; doubts last."""
    column = 0 if language == "fr" else 1
    origins = {origin.field: _ORIGINS[origin.kind][column] for origin in release.origins}

    def named(field: str) -> str:
        return _FIELDS[field][column]

    for field, value in _values(release, language, column):
        if value:
            yield Fact(named(field), value, origins.get(field, ""))
    for section in release.sections:
        yield Fact(named("sections"), _short(section.heading.of(release.text)))
    for quote in release.quotes:
        yield Fact(named("reported" if quote.indirect else "quotes"), _said(release, quote))
    for field, kind in (("people", NameKind.PERSON), ("organisations", NameKind.ORGANISATION)):
        names = dict.fromkeys(name.name for name in release.names if name.kind is kind)
        if names:
            yield Fact(named(field), ", ".join(names))
    if release.figures:
        yield Fact(named("figures"), " · ".join(dict.fromkeys(_figure(release, one) for one in release.figures)))
    for contact in release.contacts:
        yield Fact(named("contacts"), reachable(contact))
    for span in release.boilerplate:
        yield Fact(named("boilerplate"), _short(span.of(release.text)))
    for field, entries in (
        ("target", related.corrects),
        ("corrected_by", related.corrected_by),
        ("translations", related.translations),
        ("reprints", related.reprints),
    ):
        for entry in entries:
            yield Fact(named(field), _listed(entry, language))
    for doubt in release.doubts:
        yield Fact(named("doubts"), doubt)


def field_name(field: str, language: str) -> str:
    """A field in the reader's words."""
    return _FIELDS[field][0 if language == "fr" else 1]


def languages(language: str) -> dict[str, str]:
    """The languages of releases by code, in the reader's words."""
    return {code: names[0 if language == "fr" else 1] for code, names in _LANGUAGES.items()}


def reachable(contact: Contact) -> str:
    return " · ".join(part for part in (contact.name, contact.role, contact.phone, contact.email) if part)


def _values(release: Release, language: str, column: int) -> Iterator[tuple[str, str | None]]:
    day, lead, embargo, said = release.published, release.lead, release.embargo, release.corrects
    yield "title", release.title
    yield "subtitle", release.subtitle
    yield "issuer", release.issuer
    yield "co_issuers", ", ".join(release.co_issuers)
    yield "published", day_in_words(day, language) if day else None
    yield "place", release.place
    yield "reference", release.reference
    yield "rubric", release.rubric
    yield "language", _LANGUAGES[release.language][column] if release.language in _LANGUAGES else release.language
    yield "lead", _short(lead.of(release.text)) if lead else None
    yield "embargo", f"{embargo:%Y-%m-%d %H:%M} UTC" if embargo else None
    yield "corrects", _correction(said, language, column) if said else None


def _correction(said: Correction, language: str, column: int) -> str:
    which = (said.reference, said.published and day_in_words(said.published, language), said.title)
    return " – ".join([_CORRECTIONS[said.kind][column], *(part for part in which if part)])


def _said(release: Release, quote: Quote) -> str:
    who = ", ".join(part for part in (quote.speaker, quote.role) if part)
    words = _short(quote.span.of(release.text))
    return f"{words if quote.indirect else f'« {words} »'} — {who or '?'}"


def _figure(release: Release, figure: Figure) -> str:
    written = " ".join(figure.span.of(release.text).split())
    return f"{written} ({figure.counted})" if figure.counted and figure.counted not in written else written


def _listed(entry: Entry, language: str) -> str:
    day = day_in_words(entry.published, language) if entry.published else None
    return f"{entry.title} ({', '.join(part for part in (entry.issuer, day) if part)})"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
