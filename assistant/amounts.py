"""Numbers of a sentence with their unit, what they count and how they are bounded.

« 1,9 million de francs », "CHF 1.9 million" and « 1 900 000 francs » are one amount; « 5 % » and
« 5 points » are two. Ordinals, shares (« un tiers »), times of day and telephone numbers are
amounts of their own units. Knows nothing about dates: they are blanked out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from store.folding import folded_with_map, word_list
from store.language import is_small, stem
from store.numerals import NUMERALS, multiplier, spelled, value_of


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at characters `start` to `end`.

    `unit` is "%", "CHF", "km", "ordinal", "share", "clock", "phone"…, "" where things are
    counted; `counted` are the stems of these (a telephone number has its country there).
    `bound` is "more", "less", "about", "range" or "".
    """

    start: int
    end: int
    value: Decimal
    unit: str = ""
    counted: frozenset[str] = frozenset()
    bound: str = ""

    def borne_by(self, other: Amount, same_language: bool = True) -> bool:
        """Whether the other says as much: same value, unit, bound and thing counted."""
        if (self.value, self.unit, self.bound) != (other.value, other.unit, other.bound):
            return False
        return not same_language or not self.counted or not other.counted or bool(self.counted & other.counted)


_UNITS = {
    "%": r"%|pour[ -]?cents?\b|pourcents?\b|percent\b|per cent\b|prozent\b|per cento\b|percento\b",
    "‰": r"‰|pour mille\b|promille\b|per mille\b",
    "point": r"(?:points?|percentage points?|prozentpunkten?|punti)\b",
    "FRF": r"francs? francais\b",
    "CFA": r"francs? cfa\b",
    "CHF": r"(?:chf|sfr|francs?(?: suisses?)?|franken|franchi|swiss francs?|fr)\b",
    "EUR": r"€|(?:euros?|eur)\b",
    "USD": r"us\$|\$|(?:usd|dollars?|dollari)\b",
    "GBP": r"£|(?:gbp|livres? sterling|pounds?)\b",
    "cent": r"(?:centimes?|rappen|centesimi)\b",
    "km/h": r"km/h\b|kilometres?[ -]heure\b|kilometres? par heure\b",
    "km2": r"km2\b|kilometres? carres?\b|square kilomet(?:er|re)s?\b|quadratkilometern?\b|chilometri quadrati\b",
    "m2": r"m2\b|metres? carres?\b|square met(?:er|re)s?\b|quadratmetern?\b|metri quadrati\b",
    "m3": r"m3\b|metres? cubes?\b|cubic met(?:er|re)s?\b|kubikmetern?\b|metri cubi\b",
    "km": r"(?:km|kilometres?|kilometers?|kilometern|chilometri|chilometro)\b",
    "cm": r"(?:cm|centimetres?|centimeters?|zentimetern?)\b",
    "mm": r"(?:mm|millimetres?|millimeters?|millimetern)\b",
    "m": r"(?:m|metres?|meters?|metern|metri|metro)\b",
    "ha": r"(?:ha|hectares?|hektaren?|ettari|ettaro)\b",
    "kg": r"(?:kg|kilos?|kilogrammes?|kilograms?)\b",
    "mg": r"mg\b",
    "g": r"(?:g|grammes?|grams?|gramm)\b",
    "t": r"(?:t|tonnes?|tonnen?|tonnellat[ae]|tons?)\b",
    "hl": r"hl\b",
    "l": r"(?:l|litres?|liters?|litri)\b",
    **{unit: rf"{unit.lower()}\b" for unit in ("kWh", "MWh", "GWh", "TWh", "kW", "MW", "GW", "kV", "dB", "Go", "Mo")},
    "degree": r"°c?|degres?\b|degrees?\b|grad\b|gradi\b",
    "year": r"(?:ans?|annees?|years?|jahr(?:en?)?|ann[oi])\b",
    "month": r"(?:mois|months?|monate?n?|mes[ei])\b",
    "week": r"(?:semaines?|weeks?|wochen?|settiman[ae])\b",
    "day": r"(?:jours?|journees?|days?|tage?n?|giorn[oi])\b",
    "hour": r"(?:heures?|h|hours?|stunden?|or[ae])\b",
    "minute": r"(?:minutes?|minuten|minut[oi]|min)\b",
    "second": r"(?:secondes?|seconds?|sekunden?|second[oi])\b",
    "times": r"(?:fois|times|mal|volte)\b",
}
_OF = r"(?: ?(?:de |d'|di |of |d))?"
_UNIT = re.compile(rf"[ -]?{_OF}(?:" + "|".join(f"(?P<u{i}>{p})" for i, p in enumerate(_UNITS.values())) + ")")
_NAMES = tuple(_UNITS)
_CURRENCY = {"chf": "CHF", "fr": "CHF", "sfr": "CHF", "eur": "EUR", "€": "EUR", "usd": "USD", "us$": "USD", "$": "USD",
             "gbp": "GBP", "£": "GBP"}  # fmt: skip
_BEFORE = re.compile(r"(?<![\w])(chf|sfr|eur|usd|gbp|us\$|fr(?=\.| )|[€$£])\.? ?$")
_SCALE = re.compile(
    r"[ -]?(?P<scale>millions?|milliards?|milliers?|mille|mio|mia|mrd|mds?|bn|billions?|trillions?|thousand|millionen"
    r"|milliarden?|tausend|milioni|milione|miliardi|miliardo|mila|[mk](?= ?(?:€|\$|£|eur\b|chf\b|euros?\b)))\b\.?"
)
_DIGITS = re.compile(
    r"(?<![\w.,])(?<!\d[:/'-])(?P<sign>(?<!\S)[-+](?=\d))?"
    r"(?P<digits>\d{1,3}(?:[ ']\d{3})+(?![\d'])(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?:[.,]\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?P<ordinal>\^?\{?(?:eme|ere|er|re|nde?|e|st|rd|th|o)\}?(?![^\W_])|[°](?! ?c))?"
)
_PHONE = re.compile(r"(?<![\w.,/])(?<!\d[ '])(?:\+\d{1,3}|00\d{1,3}|0)(?:[ ./-]?\(0\))?(?:[ ./-]?\d{1,4}){3,7}(?!\d)")
_CLOCK = re.compile(
    r"(?<![\w.,])(?P<h>[01]?\d|2[0-4]) ?(?:h ?(?P<m1>[0-5]\d)(?!\d)|:(?P<m2>[0-5]\d)(?![\d:])"
    r"|\.(?P<m3>[0-5]\d) ?(?:uhr|h)\b|(?: ?uhr| ?h| heures?(?= precises?| du (?:matin|soir)))(?![\w/])"
    r"|(?P<pm> ?[ap]\.?m\b))"
)
_AT = re.compile(r"(?<![^\W_])(?:a|des|vers|jusqu'a|at|from|until|um|ab|alle|dalle|entre|de|et)(?: les)? $")
_OF_WHAT = re.compile(r" (?:de|d'|des|du|of|der|di|dei|degli|delle)(?! (?:plus|moins|more|less))")
_LINK = re.compile(r" ?(?:a|-|et|ou|to|and|or|bis|und|oder|e|o|al|sur) ?(?:les )?")
_BOUNDS = (
    (
        "more",
        r"plus (?:de|que|d')|au moins|a partir de|minimum(?: de)?|davantage que|superieur\w* a|depass\w+(?: les| le)?"
        r"|excede\w*|over|more than|at least|exceed\w*(?: the)?|above|mehr als|mindestens|uber|piu di|almeno|oltre",
    ),
    (
        "less",
        r"moins (?:de|que|d')|au (?:plus|maximum)|jusqu'a|maximum(?: de)?|inferieur\w* a|under|less than|fewer than"
        r"|up to|at most|below|weniger als|hochstens|bis zu|unter|maximal|meno di|fino a|al massimo|pas plus de",
    ),
    (
        "about",
        r"environ|pres (?:de|d')|quelque[s]?|autour (?:de|d')|approximativement|presque|a peu pres|de l'ordre de|about"
        r"|some|around|approximately|roughly|nearly|almost|circa|rund|etwa|ca\.?|fast|knapp|ungefahr|quasi|pressoche",
    ),
)
_BOUND_BEFORE = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _BOUNDS)
    + r")(?: (?:les?|la|des?|the|die|den|der))? ?'?$"
)
_BOUND_AFTER = re.compile(
    r"[ ,(]*(?:(?P<more>au (?:moins|minimum)|ou plus|at least|or more|mindestens|almeno|o piu)"
    r"|(?P<less>au (?:plus|maximum)|ou moins|at most|or less|hochstens|al massimo)|(?P<about>environ|circa))\b"
)
_ORDINALS = {
    name: number
    for number, names in enumerate(
        (
            "premier premiere premiers premieres first erste ersten erster erstes primo prima primi prime",
            "deuxieme deuxiemes zweite zweiten zweiter zweites secondo",
            "troisieme troisiemes third dritte dritten dritter drittes terzo terza",
            "quatrieme fourth vierte vierten vierter quarto quarta",
            "cinquieme fifth funfte funften quinto quinta",
            "sixieme sixth sechste sechsten sesto sesta",
            "septieme seventh siebte siebten settimo settima",
            "huitieme eighth achte achten ottavo ottava",
            "neuvieme ninth neunte neunten nono nona",
            "dixieme tenth zehnte zehnten decimo decima",
        ),
        start=1,
    )
    for name in names.split()
} | dict.fromkeys(
    word_list("dernier derniere derniers dernieres last letzte letzten letzter letztes ultimo ultima"), -1
)
_SHARES = {
    name: share
    for share, names in (
        (Decimal("0.5"), "moitie moities half halves halfte meta"),
        (1 / Decimal(3), "tiers third thirds drittel"),
        (Decimal("0.25"), "quart quarts quarter quarters viertel"),
        (Decimal(2), "double doubler doublera doubles doublee doublent twice verdoppelt verdoppeln raddoppiare"),
        (Decimal(3), "triple tripler triplera triples triplent verdreifacht triplicato"),
    )
    for name in names.split()
}
_GROUPS = {
    "dizaine": 10, "dizaines": 10, "douzaine": 12, "douzaines": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "centaines": 100, "millier": 1000,
    "milliers": 1000, "dozen": 12, "dozens": 12, "dutzend": 12, "dutzende": 12, "hunderte": 100, "decina": 10,
    "decine": 10, "centinaia": 100, "centinaio": 100, "migliaia": 1000, "hundreds": 100, "thousands": 1000,
}  # fmt: skip
_ITALIAN = word_list("due tre sei")
_WORD = re.compile(r"[^\W\d_]+")
_GENERIC = word_list(
    """nouveau nouveaux nouvel nouvelle nouvelles autre autres grand grands grande grandes petit petits petite petites
    jeune jeunes total totale supplementaire supplementaires principal principaux principales differents differentes
    new other young additional main different neue neuen neuer neues weitere weiteren weiterer nuovi nuove altri altre
    premier premiere premiers premieres dernier derniere derniers dernieres first last ersten letzten primi ultimi"""
)
_THROUGH = word_list("de d des du of von di der des del della degli dei")


_ONE_BEFORE = re.compile(r"(?<![^\W_])(?:un|une|one|a|ein|eine|un'|la|the|die) $")
_ARTICLES = word_list("la le les l the die das den dem il lo gli i ses leurs leur son sa nos ces")


def amounts(text: str, language: str) -> list[Amount]:
    """The amounts of a text in order of their start; dates must have been blanked out of it."""
    folded, offsets = folded_with_map(text)
    found: list[Amount] = []
    taken = bytearray(len(folded) + 1)
    for reader in (_phones, _clocks, _figures, _in_words):
        for start, end, amount in reader(folded, language):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(_placed(amount, offsets[start], offsets[end - 1] + 1))
    return sorted(_spread(found, folded, offsets, language), key=lambda amount: amount.start)


def _placed(amount: Amount, start: int, end: int) -> Amount:
    return replace(amount, start=start, end=end)


_Read = Iterator[tuple[int, int, Amount]]


def _phones(folded: str, _: str) -> _Read:
    for match in _PHONE.finditer(folded):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        if len(digits) >= 9 and len(re.findall(r"\d+", match[0])) > 1:
            country = re.match(r"\+\d{2}|00\d{2}", match[0])
            abroad = frozenset({country[0][-2:]}) if country else frozenset[str]()
            yield *match.span(), Amount(0, 0, Decimal(digits[-9:]), "phone", abroad)


def _clocks(folded: str, _: str) -> _Read:
    for match in _CLOCK.finditer(folded):
        minutes = match["m1"] or match["m2"] or match["m3"]
        if minutes is None and not match["pm"] and not _AT.search(folded, max(0, match.start() - 14), match.start()):
            continue
        hour = int(match["h"]) + (12 if match["pm"] and "p" in match["pm"] and int(match["h"]) < 12 else 0)
        yield *match.span(), Amount(0, 0, Decimal(60 * hour + int(minutes or 0)), "clock")


def _figures(folded: str, language: str) -> _Read:
    for match in _DIGITS.finditer(folded):
        value = value_of(match["digits"], language)
        if value is None:
            continue
        value = -value if match["sign"] == "-" else value
        if match["ordinal"]:
            yield *match.span(), Amount(0, 0, value, "ordinal")
        else:
            yield _measured(folded, match.start(), match.end(), value, language)


def _in_words(folded: str, language: str) -> _Read:
    at = 0
    for match in _WORD.finditer(folded):
        if match.start() < at:
            continue
        word = match[0]
        numeral = word in _ITALIAN and language == "it"
        numeral = numeral or (word in NUMERALS | {"funf"} and not (word in _ITALIAN and language != "it"))
        if word in ("un", "une", "one", "a", "ein", "eine", "uno") and (scale := _SCALE.match(folded, match.end())):
            numeral = scale["scale"] not in ("mille", "m", "k")
        if word in _ORDINALS:
            yield *match.span(), Amount(0, 0, Decimal(_ORDINALS[word]), "ordinal")
        elif word in _SHARES:
            before = _ONE_BEFORE.search(folded, max(0, match.start() - 9), match.start())
            start = before.start() if before else match.start()
            yield start, match.end(), Amount(0, 0, _SHARES[word], "share", bound=_bound(folded, start, match.end()))
        elif word in _GROUPS:
            counted = _counted(folded, match.end(), language)
            yield *match.span(), Amount(0, 0, Decimal(_GROUPS[word]), "", counted, "about")
        elif numeral:
            read = spelled(folded, match.start(), len(folded))
            value, at = read if read else (Decimal(1), match.end())
            following = _WORD.match(folded, at + 1)
            if following and following[0] in _SHARES:
                bound = _bound(folded, match.start(), following.end())
                share = Amount(0, 0, value * _SHARES[following[0]], "share", bound=bound)
                yield match.start(), following.end(), share
                at = following.end()
            else:
                yield _measured(folded, match.start(), at, value, language)


def _measured(folded: str, start: int, end: int, value: Decimal, language: str) -> tuple[int, int, Amount]:
    """A number with the scale, unit or things that follow it, and the currency and bound before it."""
    if scale := _SCALE.match(folded, end):
        value, end = value * (multiplier(scale["scale"], language) or 1), scale.end()
    unit, counted = "", frozenset[str]()
    if (before := _BEFORE.search(folded, max(0, start - 6), start)) is not None:
        unit, start = _CURRENCY[before[1]], before.start()
    elif (after := _UNIT.match(folded, end)) is not None:
        unit, end = _NAMES[int(str(after.lastgroup)[1:])], after.end()
        counted = _counted(folded, end, language) if _OF_WHAT.match(folded, end) else counted
    else:
        counted = _counted(folded, end, language)
    return start, end, Amount(0, 0, value.normalize(), unit, counted, _bound(folded, start, end))


def _bound(folded: str, start: int, end: int) -> str:
    for match in (_BOUND_BEFORE.search(folded, max(0, start - 28), start), _BOUND_AFTER.match(folded, end)):
        if match is not None:
            return str(match.lastgroup)
    return ""


def _counted(folded: str, end: int, language: str) -> frozenset[str]:
    """Stems of the words that say what is counted: up to three, before a stop or another small word."""
    stems: list[str] = []
    for match in re.finditer(r"[^\W_]+|[^\w\s'-]", folded[end : end + 70]):
        word = match[0]
        if not word[0].isalpha() or len(stems) == 3:
            break
        if word in _THROUGH or (not stems and word in _ARTICLES):
            continue
        if is_small(word, language) and word not in _GENERIC:
            break
        if word not in _GENERIC:
            stems.append(stem(word, language))
    return frozenset(stems)


def _spread(found: list[Amount], folded: str, offsets: list[int], language: str) -> Iterator[Amount]:
    """« 5 à 7 % », « 5 et 7 millions »: the first takes scale, unit and things of the second."""
    scale = Decimal(1)
    folded_at = {offset: place for place, offset in reversed(list(enumerate(offsets)))}
    following: Amount | None = None
    later: list[Amount] = []
    for amount in sorted(found, key=lambda one: one.start, reverse=True):
        if following is not None and amount.unit == "" and not amount.counted and following.unit not in _ALONE:
            gap = folded[folded_at[amount.end - 1] + 1 : folded_at[following.start]]
            if _LINK.fullmatch(gap) or gap == ", ":
                bound = "range" if re.fullmatch(r" ?(?:a|-|to|bis|al) ?(?:les )?", gap) else amount.bound
                value = amount.value * scale if amount.value < 1000 else amount.value
                amount = Amount(amount.start, amount.end, value, following.unit, following.counted, bound)
                if bound == "range":
                    later[-1] = replace(following, bound=bound)
            else:
                scale = Decimal(1)
        scale = max(scale, _scale_of(amount, folded, folded_at, language))
        later.append(amount)
        following = amount
    yield from later


_ALONE = ("ordinal", "phone", "clock", "share")


def _scale_of(amount: Amount, folded: str, folded_at: dict[int, int], language: str) -> Decimal:
    written = folded[folded_at[amount.start] : folded_at[amount.end - 1] + 1]
    for scale in _SCALE.finditer(written):
        return multiplier(scale["scale"], language) or Decimal(1)
    return Decimal(1)
