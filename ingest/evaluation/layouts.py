"""A release set out as press offices do: which piece stands where, and in what words.

Draws one of many arrangements by a seed; does not know how paper or screen show a piece
(`papers.py`), nor how any of it is read back.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ingest.evaluation.gold import Gold
from store.period import day_in_words

WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica".split(),
}
BANNERS = {
    "fr": (
        "Communiqué de presse",
        "COMMUNIQUÉ DE PRESSE",
        "COMMUNIQUE DE PRESSE",
        "Communiqué",
        "Communiqué aux médias",
    ),
    "en": ("Press release", "PRESS RELEASE", "News release", "FOR IMMEDIATE RELEASE"),
    "de": ("Medienmitteilung", "MEDIENMITTEILUNG", "Pressemitteilung"),
    "it": ("Comunicato stampa", "COMUNICATO STAMPA"),
}
CONTACTS = {
    "fr": (
        "Contact presse", "CONTACT PRESSE", "Contacts presse :", "Renseignements", "Renseignements :", "Contact",
        "Contacts", "Pour tout complément", "Pour tout complément d'information :", "Service de presse",
        "Pour plus d'informations", "Adresse pour l'envoi de questions", "Relations presse", "Contact médias",
        "Personnes de contact", "Vos contacts presse",
    ),
    "en": ("Press contact", "Contact", "Media contact:", "For further information", "Enquiries"),
    "de": ("Medienkontakt", "Kontakt", "Auskünfte:", "Rückfragen", "Für weitere Informationen"),
    "it": ("Contatto stampa", "Contatti", "Per ulteriori informazioni"),
}  # fmt: skip
LABELS = {
    "fr": ("Émetteur : {}", "Emetteur: {}", "ÉMETTEUR : {}", "Organisme émetteur : {}"),
    "en": ("Issued by: {}", "Issuer: {}"),
    "de": ("Herausgeber: {}", "Absender: {}"),
    "it": ("Emittente: {}",),
}
REFERENCES = ("Réf. : {}", "Référence : {}", "N° {}", "Communiqué n° {}", "CP n° {}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of print: what it is and its words. `tight`: no blank line before it."""

    kind: str
    text: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A release as it will be printed; `capitals` and `reference` are what was drawn of it."""

    gold: Gold
    pieces: tuple[Piece, ...]
    reference: str | None


def compose(gold: Gold, draw: Random) -> Sheet:
    """The pieces of one release in one of the arrangements, drawn."""
    language = gold.language if gold.language in BANNERS else "fr"
    reference = f"{draw.choice(('CP-', 'PR', ''))}{gold.published.year}{draw.choice('-/')}{draw.randint(1, 400)}"
    reference = reference if draw.random() < 0.25 and language == "fr" else ""
    dated, wire = dateline(gold, draw, language)
    issuer = _issuer(gold, draw, language)
    banner = [Piece("banner", draw.choice(BANNERS[language]))]
    title = [Piece("title", gold.title.upper() if draw.random() < 0.15 else gold.title)]
    referred = [Piece("reference", draw.choice(REFERENCES).format(reference))] if reference else []
    arrangement = draw.choice(("letterhead", "letterhead", "banner", "banner", "under title", "wire", "signed"))
    lead = gold.lead
    if arrangement == "letterhead":
        head = [*issuer, *banner, *dated, *referred, *title]
    elif arrangement == "banner":
        head = [*banner, *issuer, *referred, *dated, *title]
    elif arrangement == "under title":
        head = [*banner, *referred, *title, *issuer, *dated]
    elif arrangement == "wire":
        head, lead = [*issuer, *banner, *referred, *title], f"{wire} – {lead}"
    else:
        head = [*issuer, *banner, *referred, *title]
    body = [Piece("lead", lead), *(Piece(block.kind, block.text) for block in gold.blocks)]
    if arrangement == "signed":
        body.append(Piece("signature", _signed(gold, draw, language)))
    return Sheet(gold, (*head, *body, *_contact(gold, draw, language)), reference or None)


def dateline(gold: Gold, draw: Random, language: str) -> tuple[list[Piece], str]:
    """Place and day as lines of their own, and as the opening of a wire's lead."""
    day, place = gold.published, gold.place
    words = day_in_words(day, language)
    article = {"fr": "le ", "de": "den ", "it": "", "en": ""}[language]
    weekday = WEEKDAYS[language][day.weekday()]
    form = draw.randrange(8)
    if form == 0:
        lines = [f"{place}, {day:%d.%m.%Y}"]
    elif form == 1:
        lines = [f"{place}, {article}{words}"]
    elif form == 2:
        lines = [f"{place}, {article}{weekday} {words}"] if language == "fr" else [f"{place}, {weekday}, {words}"]
    elif form == 3:
        lines = [f"{weekday.capitalize()} {words}", place]
    elif form == 4:
        lines = [place, words]
    elif form == 5:
        lines = [f"{place}, {day:%d/%m/%Y}" if language == "fr" else f"{place}, {words}"]
    elif form == 6:
        lines = [f"{place} – {words}"]
    else:
        lines = [f"{place.upper()}, {article}{words}"]
    pieces = [Piece("date", line, tight=number > 0) for number, line in enumerate(lines)]
    return pieces, draw.choice((f"{place}, {article}{words}", f"{place}, {day:%d.%m.%Y}", f"{place}, {words}"))


def _issuer(gold: Gold, draw: Random, language: str) -> list[Piece]:
    drawn = draw.randrange(5)
    if drawn == 0:
        return [Piece("issuer", gold.issuer.upper())]
    if drawn == 1:
        return [Piece("issuer", draw.choice(LABELS[language]).format(gold.issuer))]
    if drawn == 2 and gold.co_issuers:
        return [Piece("issuer", name, tight=number > 0) for number, name in enumerate((gold.issuer, *gold.co_issuers))]
    return [Piece("issuer", gold.issuer)]


def _signed(gold: Gold, draw: Random, language: str) -> str:
    words = day_in_words(gold.published, language)
    forms = {
        "fr": ("Fait à {}, le {}", "{}, le {}"),
        "en": ("{}, {}",),
        "de": ("{}, den {}", "{}, {}"),
        "it": ("{}, {}",),
    }
    return draw.choice(forms[language]).format(gold.place, words)


def _contact(gold: Gold, draw: Random, language: str) -> list[Piece]:
    return [Piece("contact heading", draw.choice(CONTACTS[language])), Piece("contact", gold.contact, tight=True)]
