"""Figures: numbers with their unit and what they count, as plain decimals.

French, English, German and Italian forms. A number counts as a figure where a unit, a
percentage, an amount or a noun follows it; dates, years, times, telephone numbers, articles,
references and codes are none. Does not compare nor convert.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from store.folding import word_list
from store.numerals import NUMERALS, multiplier, spelled, value_of
from store.records import Figure, Span

_B = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    r"(?<![\w.,/:@#_+=&%~-])(?P<sign>[-–−+](?=\d))?"
    r"(?P<digits>\d{1,3}(?:(?:[ \u00a0\u202f\u2009]|['’.,])\d{3})+(?:[.,]\d{1,3})?(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?![\w]|[.,:/’']\d|-\d)?"
)
_CURRENCY = r"(?:CHF|EUR|USD|GBP|US\$|€|\$|£|Fr\.|fr\.)"
_BEFORE = re.compile(rf"(?<!\w)(?P<unit>{_CURRENCY}){_B}?$")
_SCALE = re.compile(
    rf"{_B}?-?(?P<scale>millions?|milliards?|milliers?|mille|mio\.?|mia\.?|mrd\.?|Mio\.?|Mrd\.?|Mia\.?|Md|Mds|M|k|bn|m|"
    r"billions?|trillions?|thousand|Millionen|Million|Milliarden|Milliarde|Tausend|milioni|milione"
    r"|miliardi|miliardo|mila)"
    r"(?=[\s\u00a0\u202f,.;:)»”€$£]|CHF|$)"
)
_UNITS = {
    "€": "€", "euro": "€", "euros": "€", "eur": "€", "chf": "CHF", "franc suisse": "CHF", "francs suisses": "CHF",
    "fr.": "CHF", "franc": "francs", "francs": "francs", "franken": "CHF", "franchi": "CHF", "$": "$", "usd": "$",
    "us$": "$", "dollar": "$", "dollars": "$", "dollars américains": "$", "dollari": "$", "£": "£", "gbp": "£",
    "livres sterling": "£", "pounds": "£", "centime": "centimes", "centimes": "centimes", "cents": "centimes",
    "%": "%", "pour cent": "%", "pour-cent": "%", "percent": "%", "per cent": "%", "prozent": "%", "per cento": "%",
    "‰": "‰", "pour mille": "‰", "point de pourcentage": "points", "points de pourcentage": "points",
    "km": "km", "kilomètre": "km", "kilomètres": "km", "kilometres": "km", "kilometer": "km", "chilometri": "km",
    "km2": "km²", "km²": "km²", "kilomètres carrés": "km²", "m2": "m²", "m²": "m²", "mètre carré": "m²",
    "mètres carrés": "m²", "square metres": "m²", "quadratmeter": "m²", "metri quadrati": "m²", "m3": "m³", "m³": "m³",
    "mètre cube": "m³", "mètres cubes": "m³", "ha": "ha", "hectare": "ha", "hectares": "ha", "hektaren": "ha",
    "ettari": "ha", "m": "m", "mètre": "m", "mètres": "m", "meter": "m", "metres": "m", "metri": "m", "cm": "cm",
    "centimètres": "cm", "mm": "mm", "millimètres": "mm", "kg": "kg", "kilo": "kg", "kilos": "kg", "kilogrammes": "kg",
    "g": "g", "gramme": "g", "grammes": "g", "mg": "mg", "µg": "µg", "t": "t", "tonne": "t", "tonnes": "t",
    "tonnen": "t", "tonnellate": "t", "l": "l", "litre": "l", "litres": "l", "hl": "hl", "liter": "l", "litri": "l",
    "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "kw": "kW", "mw": "MW", "gw": "GW", "kv": "kV",
    "kilowattheures": "kWh", "watts": "W", "°c": "°C", "°": "°", "degré": "°", "degrés": "°", "km/h": "km/h",
    "db": "dB", "mg/l": "mg/l", "µg/l": "µg/l", "go": "Go", "mo": "Mo", "gb": "GB", "mb": "MB",
    "an": "ans", "ans": "ans", "année": "ans", "années": "ans", "years": "ans", "jahre": "ans", "jahren": "ans",
    "anni": "ans", "mois": "mois", "months": "mois", "monate": "mois", "monaten": "mois", "mesi": "mois",
    "semaine": "semaines", "semaines": "semaines", "weeks": "semaines", "wochen": "semaines", "jour": "jours",
    "jours": "jours", "days": "jours", "tage": "jours", "tagen": "jours", "giorni": "jours", "heure": "heures",
    "heures": "heures", "hours": "heures", "stunden": "heures", "ore": "heures", "minute": "minutes",
    "minutes": "minutes", "minuten": "minutes", "minuti": "minutes", "seconde": "secondes", "secondes": "secondes",
}  # fmt: skip
_UNIT = re.compile(
    rf"(?:{_B}|\n(?!\n))?(?P<of>(?:de|d[’']|di)[ \u00a0]?)?"
    r"(?P<symbol>[€$£%‰](?!\w)|°C?(?!\w))|"
    rf"(?:{_B}|\n(?!\n))?(?P<before>(?:de|d[’']|di)[ \u00a0]?)?"
    r"(?P<one>[^\W\d_]+(?:-[^\W\d_]+|/[^\W\d_]+|[23²³](?!\w)|\$"
    r"|\.)?)(?P<two> [^\W\d_]+)?(?P<three> [^\W\d_]+)?(?![\w’'])"
)
_WHAT = re.compile(
    rf"(?:{_B}|\n(?!\n))(?P<of>(?:de la|de l[’']|des|du|de|d[’']|of the|of|der|des|degli|delle|dei|di)[ \u00a0\n]?)?"
    r"(?:(?:nouve(?:aux|lles?)|grande?s?|petite?s?|jeunes|autres|premi[eè]re?s|derni[eè]re?s|anciens"
    r"|quelque|meilleure?s|"
    r"principa(?:ux|les)|diff[ée]rente?s|new|other|young|neuen?|weitere|nuovi|nuove|altri)[ \u00a0])?"
    r"(?P<noun>[^\W\d_][^\W\d_]+(?:-[^\W\d_]+)*)"
)
_JOIN = re.compile(
    rf"{_B}?(?:à|-|–|des|sur(?: les)?|of(?: the)?|et|ou|to|and|or|bis|und|oder|a|o|e){_B}?", re.IGNORECASE
)
_NO_NOUN = word_list(
    """et ou ni mais or car donc que qui dont où à au aux en dans par pour sur sous avec sans chez vers
    entre depuis pendant
    contre selon dès lors afin ainsi alors aussi plus moins très trop le la les l un une des du de ce cette
    ces son sa ses
    leur leurs notre nos votre vos il elle ils elles on nous vous je est sont était étaient a ont avait
    avaient sera seront
    fois environ près dont puis si ne pas soit jusqu comme tout tous toute toutes même était fut furent être avoir fait
    ans janvier février mars avril mai juin juillet août septembre octobre novembre décembre heures bis ter rue avenue
    boulevard place quai chemin route impasse allée h min
    and or but the of in on at to for with from by is are was were has have had will per as than times january february
    march april may june july august september october november december am pm street
    und oder aber der die das den dem des in im am an auf mit von vom zu zum zur für bei nach seit über
    unter ist sind war
    waren hat haben wird werden uhr mal januar februar märz juni juli oktober dezember
    e o ma il lo gli i nel nella con su da dal per è sono era ha hanno volte gennaio febbraio marzo aprile maggio giugno
    luglio agosto settembre ottobre novembre dicembre"""
)
_NUMBERED = re.compile(
    r"(?:\b(?:art(?:icles?|\.)?|al(?:inéa|\.)?|let(?:tre|\.)?|ch(?:iffre|apitre|\.)|n[°o]s?|nr\.?|numéros?"
    r"|no\.|pages?|pp?\.|vol(?:ume|\.)?"
    r"|tomes?|version|figures?|fig\.|tableaux?|annexes?|lots?|phase|niveau|classe|zone|ligne|postulat"
    r"|motion|interpellation|rs"
    r"|objectif|axe|étape|mesure|point|question|salle|hall|halle|stand|bâtiment|porte|quai|voie|bus|tram"
    r"|route|agenda|horizon"
    r"|top|covid|chapter|section|step|line|gate|room|artikel|abs\.|ziff\.|kapitel|seite)\s?|#|§\s?)$",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"(?:\b(?:en|depuis|dès|fin|début|mi|année|années|an|avant|après|jusqu[’']en|jusqu[’']à|pour|d[’']ici"
    r"|été|automne|printemps|hiver|rentrée"
    r"|édition|exercice|période|saison|mandat|vers|entre|budget|campagne|programme|plan|stratégie|projet"
    r"|in|since|by|until|year"
    r"|im|seit|bis|jahr|ab|nel|dal|dal|anno|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|à|et|ou|de|du|la|le|l[’']|–|-|/|\()\s?|[–/(-]\s?)$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:plus|moins|près|autour|proche|quelque|quelques|environ|les|ces|ses|nos|leurs|de|ou|soit|avec"
    r"|presque|over|about|some|circa|rund|etwa|über)"
    r"(?: (?:de|d[’']|que))?\s?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"{_B}?(?:h(?:\d\d)?(?!\w)|heures?(?! (?:de|d[’'])\w)|uhr\b|[ap]\.?m\b)", re.IGNORECASE)
_AT = re.compile(r"(?:\b(?:à|dès|vers|de|jusqu[’']à|at|um|ab|bis|alle)\s)$", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"(?:er|re|e|ème|ᵉʳ)?[ \u00a0](?:et \d{1,2} )?(?:janvier|février|fevrier|mars|avril|mai|juin|juillet"
    r"|août|aout|septembre|octobre|novembre|décembre"
    r"|janv|févr|sept|oct|nov|déc|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|januar|februar|märz|juni|juli|oktober|dezember|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio"
    r"|agosto|settembre"
    r"|ottobre|novembre|dicembre)\b",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"(?<![\d.])(?:(?:\+|00)?\d{1,4}(?:[ \u00a0\u202f./-]\d{2,3}){3,8}|0\d{1,3}(?:[ \u00a0./-]\d{2,4}){2,8}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}\b)|(?:https?://|www\.)\S{1,500}"
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@\S{1,200}")
_HOUR = re.compile(rf"{_B}?h(?:{_B}?\d\d)?(?!\w)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|21\d\d")
_SPELLED_END = re.compile(
    rf"{_B}(?:millions?|milliards?|personnes?|emplois?|logements?|communes?|ans|mois|jours|semaines|heures"
    rf"|années|euros|francs"
    r"|élèves|habitants?|entreprises?|pays|projets?|sites?|hectares?|kilomètres?|mètres|tonnes|salariés?"
    r"|agents?|places?|écoles?"
    r"|familles?|bénévoles|associations?|villes|quartiers?|bâtiments?|arbres|véhicules|lits|classes|postes"
    r"|million|billion"
    r"|people|jobs|homes|years|months|days|millionen|milliarden|milioni|miliardi|persone|personen)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with all that follows it; `end` is where the next thing of the sentence begins."""

    span: Span
    value: Decimal
    scale: Decimal | None
    unit: str | None
    counted: str | None
    plain_year: bool
    end: int


def find_figures(text: str, end: int | None = None, language: str = "fr") -> tuple[Figure, ...]:
    """The figures of `text[:end]`, in order; `language` (ISO 639-1) says how its numbers are written.

    `value` is a plain decimal (« 1,9 million » is "1900000"); `span` holds number, scale and
    unit, not the noun counted. Both ends of a range are figures of their own.
    """
    last = len(text) if end is None else min(end, len(text))
    patterns = (_BLOCKED, _ADDRESS) if "@" in text else (_BLOCKED,)
    blocked = sorted(Span(m.start(), m.end()) for pattern in patterns for m in pattern.finditer(text, 0, last))
    found = sorted([*_digits(text, last, language, blocked), *_words(text, last)], key=lambda one: one.span.start)
    return tuple(_ranged(text, found))


def _ranged(text: str, found: list[_Found]) -> Iterator[Figure]:
    """Figures, the first of a range with the unit of the second; numbers of nothing are dropped."""
    for number, one in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if one.unit is None and one.counted is None and following is not None:
            one = _completed(text, one, following)
        if one.unit is None and one.counted is None and (one.scale is None or one.plain_year):
            continue
        yield Figure(one.span, _plain(one.value * (one.scale or 1)), one.unit, one.counted)


def _completed(text: str, one: _Found, following: _Found) -> _Found:
    between = text[one.span.end : following.span.start]
    if not _JOIN.fullmatch(between) or (following.unit is None and following.counted is None):
        return one
    if one.plain_year or (between.strip() in ("et", "and", "und", "e") and not _between(text, one.span.start)):
        return one
    return _Found(
        one.span, one.value, one.scale or following.scale, following.unit, following.counted, one.plain_year, one.end
    )


def _between(text: str, at: int) -> bool:
    return bool(re.search(r"\b(?:entre|between|zwischen|tra)\s+$", text[max(0, at - 12) : at], re.IGNORECASE))


def _plain(value: Decimal) -> str:
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _digits(text: str, end: int, language: str, blocked: list[Span]) -> Iterator[_Found]:
    place = 0
    for match in _NUMBER.finditer(text, 0, end):
        while place < len(blocked) and blocked[place].end <= match.start():
            place += 1
        if place < len(blocked) and blocked[place].start < match.end():
            continue
        found = _read(text, match, end, language)
        if found is not None:
            yield found


def _read(text: str, match: re.Match[str], end: int, language: str) -> _Found | None:
    start, at = match.start("digits"), match.end()
    before = text[max(0, start - 24) : start]
    value = value_of(match["digits"], language) if len(match["digits"]) < 20 else None
    if value is None or _NUMBERED.search(before):
        return None
    if _AFTER_DATE.match(text, at, end) or (_CLOCK.match(text, at, end) and _AT.search(before)):
        return None
    if _HOUR.match(text, at, end):
        return None
    currency = _BEFORE.search(text, max(0, start - 6), start)
    signed = match["sign"] is not None and not text[max(0, match.start() - 1) : match.start()].strip(" (\u00a0")
    first = currency.start() if currency else match.start() if signed else start
    scaled = _SCALE.match(text, at, end)
    scale = multiplier(scaled["scale"], language) if scaled else None
    if (
        scaled
        and scaled["scale"] in ("m", "M", "k")
        and not (currency or text[scaled.end() : scaled.end() + 1] in "€$£")
    ):
        scaled, scale = None, None
    at = scaled.end() if scaled and scale is not None else at
    unit, at = _unit(text, at, end, scale is not None)
    if currency:
        unit = _UNITS[currency["unit"].lower()]
    glued = text[at : at + 1]
    if glued.isalpha() or glued == "_" or (glued == "-" and text[at + 1 : at + 2].isalnum()):
        return None
    counted, last = _counted(text, at, end, unit, language)
    year = scale is None and unit is None and _YEAR.fullmatch(match["digits"]) is not None
    plural = counted is not None and counted[-1] in "sxen"
    if year and (not plural or (_YEARLY.search(before) and not _AMOUNT.search(before))):
        return _Found(Span(first, at), value, None, None, None, True, at)
    if first < start and not currency and unit is not None and match["sign"] in "-–−":
        value = -value
    elif not currency:
        first = start
    if unit is None and scale is None and counted is not None and _coded(match["digits"], text, at):
        return None
    return _Found(Span(first, at), value, scale, unit, counted, year, last)


def _coded(digits: str, text: str, at: int) -> bool:
    """« 13001 Marseille », « 3003 Berne »: a postal code; « 0800 … »: no number at all."""
    follows = text[at : at + 2].strip()
    return (len(digits) in (4, 5) and digits.isdigit() and follows[:1].isupper()) or (
        digits[0] == "0" and len(digits) > 1
    )


def _unit(text: str, at: int, end: int, scaled: bool) -> tuple[str | None, int]:
    found = _UNIT.match(text, at, min(end, at + 60))
    if found is None or ((found["of"] or found["before"]) and not scaled):
        return None, at
    if found["symbol"]:
        return _UNITS[found["symbol"].lower()], found.end()
    words = [found["one"], found["two"] or "", found["three"] or ""]
    for number in (3, 2, 1):
        written = "".join(words[:number])
        if words[number - 1] and written.lower() in _UNITS:
            known = _UNITS[written.lower()]
            if (len(written) == 1 and written.isupper()) or written in ("An", "AN", "Mo."):
                return None, at
            return known, found.start("one") + len(written)
        bare = written.rstrip(".")
        if number == 1 and bare != written and bare.lower() in _UNITS:
            return _UNITS[bare.lower()], found.start("one") + len(bare)
    return None, at


def _counted(text: str, at: int, end: int, unit: str | None, language: str) -> tuple[str | None, int]:
    """The noun that follows: at once, or after « de » where there is a unit."""
    found = _WHAT.match(text, at, end)
    if found is None:
        return None, at
    noun = found["noun"]
    if unit is not None and not found["of"]:
        return None, at
    capital = noun[0].isupper()
    if noun.lower() in _NO_NOUN or (capital and language != "de") or noun.isupper() or len(noun) < 3:
        return None, at
    if unit is None and found["of"] and not text[at - 3 : at].strip()[-1:].isalpha():
        return None, at
    return noun, found.end()


def _words(text: str, end: int) -> Iterator[_Found]:
    """« deux cents millions », « trois communes »: numbers in words before what is clearly counted."""
    taken = 0
    for first in _LETTERS.finditer(text, 0, end):
        if (
            first.start() < taken
            or first[0].lower() not in NUMERALS
            or text[first.end() : first.end() + 1] not in " -\u00a0"
        ):
            continue
        read = spelled(text, first.start(), min(end, first.start() + 80))
        if read is None or not _SPELLED_END.match(text, read[1], end):
            continue
        value, at = read
        scaled = _SCALE.match(text, at, end)
        scale = multiplier(scaled["scale"], "fr") if scaled else None
        at = scaled.end() if scaled and scale is not None else at
        unit, at = _unit(text, at, end, scale is not None)
        counted, last = _counted(text, at, end, unit, "fr")
        taken = at
        yield _Found(Span(first.start(), at), value, scale, unit, counted, False, last)
