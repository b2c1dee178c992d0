"""Numbers as they are written, in digits or words, read as decimals.

Knows neither units nor what a number counts.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from store.folding import fold

_BLANK = re.compile("[ \u00a0\u202f\u2009'’]")
_SCALES = {
    "million": 10**6, "millions": 10**6, "mio": 10**6, "m": 10**6, "millionen": 10**6, "milioni": 10**6,
    "milione": 10**6, "milliard": 10**9, "milliards": 10**9, "mrd": 10**9, "mia": 10**9, "md": 10**9, "mds": 10**9,
    "milliarde": 10**9, "milliarden": 10**9, "miliardo": 10**9, "miliardi": 10**9, "bn": 10**9, "mille": 10**3,
    "millier": 10**3, "milliers": 10**3, "k": 10**3, "thousand": 10**3, "tausend": 10**3, "mila": 10**3,
    "trillion": 10**18, "trillions": 10**18, "billion": 10**12, "billions": 10**12,
}  # fmt: skip
_ENGLISH = {"billion": 10**9, "billions": 10**9, "trillion": 10**12, "trillions": 10**12}
_NUMERALS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20,
    "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
    "nonante": 90, "cent": 100, "cents": 100, "mille": 1000, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100, "thousand": 1000, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8,
    "nove": 9, "dieci": 10,
}  # fmt: skip
NUMERALS = frozenset(_NUMERALS) - {"un", "une", "one", "due", "tre", "sei"} | {"fünf"}
_WORD = re.compile(r"(?P<gap>[ -]?(?:et[ -]|and[ -])?)(?P<word>[^\W\d_]+)")


def value_of(digits: str, language: str) -> Decimal | None:
    """« 12 500,5 » in French, « 12,500.5 » in English, « 12.500,5 » in German and Italian, « 12'500.5 » anywhere."""
    plain = _BLANK.sub("", digits)
    decimal, thousands = (".", ",") if language == "en" else (",", ".")
    if decimal in plain and thousands in plain and plain.rfind(thousands) > plain.rfind(decimal):
        decimal, thousands = thousands, decimal
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", plain):
        plain = plain.replace(thousands, "")
    plain = plain.replace(decimal, ".").replace(thousands, ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def multiplier(word: str, language: str) -> Decimal | None:
    """What « millions », « Md » or « bn » multiply by, as the language means it."""
    key = word.lower().rstrip(".")
    scale = _ENGLISH.get(key) if language == "en" else None
    scale = scale or _SCALES.get(key)
    return None if scale is None else Decimal(scale)


def spelled(text: str, at: int, end: int) -> tuple[Decimal, int] | None:
    """The number written in words at `at` and where it ends: « deux cents » is 200, « quatre-vingt-dix » 90."""
    total = current = 0
    last = at
    first = True
    for match in _WORD.finditer(text, at, end):
        value = _NUMERALS.get(fold(match["word"]))
        if match.start() != last or value is None or (not first and not match["gap"]) or not _goes_on(current, value):
            break
        total, current = _added(total, current, value)
        last, first = match.end(), False
    number = total + current
    return (Decimal(number), last) if number and last > at else None


def _goes_on(current: int, value: int) -> bool:
    """Whether a numeral goes on with the number before it: « deux, trois » said in a row are two numbers."""
    tail = current % 100
    if value >= 100 or tail == 0:
        return True
    if tail == 10:
        return value in (7, 8, 9)
    return (tail == 4 and value == 20) or (tail % 10 == 0 and value < 20)


def _added(total: int, current: int, value: int) -> tuple[int, int]:
    if value == 1000:
        return total + max(current, 1) * 1000, 0
    if value == 100:
        return total, max(current, 1) * 100
    if value == 20 and current % 100 == 4:
        return total, current - 4 + 80
    return total, current + value
