"""Other spellings of what a text says, so that whoever writes it otherwise finds it.

Numbers in words and digits, amounts with their abbreviations, dates, times, Roman ordinals,
St and Saint, compounds written as one word. Over folded text, in four languages; what
comes out is looked up like a word and never shown. Knows nothing about indexes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain

from store.almanac import MONTHS, SHORT_MONTHS, UNSURE_MONTHS
from store.folding import word_list
from store.numerals import NUMERALS, spelled

Said = tuple[Iterable[str], int]
"""What words say otherwise, and where they end."""


def spellings(folded: str) -> list[str]:
    """What a folded text says in other words, in order.

    « 1er mars 2018 » gives "03-01" and "2018-03-01", « trois cents » "300",
    « 2 Md€ » "2000000000" and "euro", « XXIe » "21e", « 14 h 30 » "14h30", « e-mail »
    "email", « St-Imier » "saint" and "saintimier".
    """
    found: list[str] = []
    end = 0
    for word in _WORD.finditer(folded):
        start, after = word.span()
        if start < end:
            continue
        written = word[0]
        said: Said | None = None
        if written[0].isdigit():
            said = _from_digits(folded, start)
        elif written in _OPENING:
            said = _OPENING[written](folded, word)
        if said is None and (folded.startswith("-", after) or (folded.startswith(".", after) and len(written) == 1)):
            said = _joined(folded, start)
        if said is not None:
            found.extend(said[0])
            end = said[1]
    return found


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_SCALES = {
    name: value
    for value, names in (
        (10**3, "k€ keur kchf mille millier milliers thousand tausend mila"),
        (10**6, "m€ meur mchf mln mio mios million millions millionen milioni milione"),
        (
            10**9,
            "md mds md€ mds€ mrd mrds mia mlrd bn milliard milliards milliarde milliarden miliardo miliardi",
        ),
    )
    for name in names.split()
}
# The others are told by the words themselves (`store.words`).
_SHORT = word_list("k€ keur kchf m€ meur mchf mln mios md mds md€ mds€ mrds mia mlrd")
_CURRENCIES = {
    name: currency
    for currency, names in (
        ("euro", "€ eur euro euros k€ keur m€ meur md€ mds€"),
        ("franc", "chf fr franc francs franken franchi kchf mchf"),
        ("dollar", "$ usd dollar dollars"),
    )
    for name in names.split()
}
_MONTHS = {**SHORT_MONTHS, **MONTHS}
_MONTH = _any_of(_MONTHS.keys() - UNSURE_MONTHS | {"mars", "march", "may"})
_YEAR = r"(?:1[89]|20)\d\d"
_HOLY = {"st": "saint", "ste": "sainte", "sankt": "saint", "saint": "saint", "sainte": "sainte"}
# « dit-il », « allons-y »: what follows the hyphen is no part of a compound.
_CLITICS = word_list("je tu il elle on nous vous ils elles ce t y en le la les lui leur moi toi ci meme memes")
_LONGEST_COMPOUND = 40

_WORD = re.compile(r"[^\W_]+|[€$]")
_DIGITS = re.compile(
    rf"""
    (?<![\w.,'])(?:
      (?P<day>\d{{1,2}})(?:er|re|st|nd|rd|th|[.°])?[ ]?(?:de[ ]|di[ ]|of[ ])?(?P<month>{_MONTH})\b\.?
        (?:,?[ ](?P<year>{_YEAR})(?!\d))?
    | (?P<d>\d{{1,2}})(?P<mark>[./])(?P<m>\d{{1,2}})(?P=mark)(?P<y>{_YEAR})(?![\d/-])
    | (?P<iy>{_YEAR})-(?P<im>\d\d)-(?P<id>\d\d)(?![\d-])
    | (?P<hour>[01]?\d|2[0-4])
        (?:[ ]?h(?:[ ]?(?P<minute>[0-5]\d)(?!\d))?(?![^\W\d_])
        |[:.](?P<minutes>[0-5]\d)(?=[ ](?:h|heures?|uhr|ore)\b)
        |:(?P<clock>[0-5]\d)(?![\d:]))
    | (?P<number>\d{{1,3}}(?:[ ']\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)
        (?:[ ]?(?P<scale>{_any_of(_SCALES)})(?!\w)\.?)?(?:[ ]?(?:d'|de[ ]|di[ ])?(?P<of>{_any_of(_CURRENCIES)})(?!\w))?
    )""",
    re.VERBOSE,
)
_MONTH_FIRST = re.compile(rf"\w+\.? (?P<day>\d{{1,2}})(?![\d.:])(?:st|nd|rd|th)?(?!\w)(?:,? (?P<year>{_YEAR})(?!\d))?")
_AFTER_NUMBER = re.compile(
    rf" (?:(?P<scale>{_any_of(name for name in _SCALES if len(name) > 4)})"
    r"|(?P<percent>pour cent|percent|per cent|prozent|per cento))\b"
)
_SAINT = re.compile(r"\w+(?:[ -]|\.[ -]?)(?P<name>[^\W\d_][\w-]{2,})")
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W_]+){1,4}(?![\w-])")
_INITIALS = re.compile(r"(?<![\w.])([^\W\d_])\.([^\W\d_])(?![\w.])")


def _from_digits(folded: str, start: int) -> Said | None:
    match = _DIGITS.match(folded, start)
    if match is None:
        return None
    if match["month"]:
        said = _day(int(match["day"]), _MONTHS[match["month"]], match["year"])
    elif match["d"]:
        said = _day(int(match["d"]), int(match["m"]), match["y"])
    elif match["iy"]:
        said = _day(int(match["id"]), int(match["im"]), match["iy"])
    elif match["hour"]:
        said = iter([f"{int(match['hour'])}h{match['minute'] or match['minutes'] or match['clock'] or '00'}"])
    else:
        said = _amount(match)
    return said, match.end()


def _amount(match: re.Match[str]) -> Iterator[str]:
    if match["scale"] in _SHORT:
        value = Decimal(re.sub(r"[ ']", "", match["number"]).replace(",", ".")) * _SCALES[match["scale"]]
        yield f"{value.normalize():f}"
    if currency := _CURRENCIES.get(match["of"] or match["scale"] or ""):
        yield currency


def _day(day: int, month: int, year: str | None) -> Iterator[str]:
    if 1 <= day <= 31 and 1 <= month <= 12:
        yield f"{month:02}-{day:02}"
        if year:
            yield f"{year}-{month:02}-{day:02}"


def _from_month(folded: str, word: re.Match[str]) -> Said | None:
    match = _MONTH_FIRST.match(folded, word.start())
    if match is None:
        return None
    return _day(int(match["day"]), _MONTHS[word[0]], match["year"]), match.end()


def _from_numeral(folded: str, word: re.Match[str]) -> Said | None:
    """A number in words, with its « millions » or « pour cent » where they follow."""
    start = word.start()
    read = spelled(folded, start, min(start + 80, len(folded)))
    if read is None or folded.startswith("pour ", max(0, start - 5)):
        return None
    value, end = read
    after = _AFTER_NUMBER.match(folded, end)
    if after is None:
        return [f"{int(value)}"], end
    if after["percent"]:
        return [f"{int(value)}", f"{int(value)}%"], after.end()
    return [f"{int(value * _SCALES[after['scale']])}"], after.end()


def _from_saint(folded: str, word: re.Match[str]) -> Said | None:
    match = _SAINT.match(folded, word.start())
    if match is None or folded.startswith("-", max(0, word.start() - 1)):
        return None
    holy = _HOLY[word[0]]
    name = holy + match["name"].replace("-", "")
    return ([name] if holy == word[0] else [holy, name]), match.end()


def _from_currency(_folded: str, word: re.Match[str]) -> Said | None:
    return [_CURRENCIES[word[0]]], word.end()


def _from_ordinal(_folded: str, word: re.Match[str]) -> Said | None:
    return [_ORDINALS[word[0]]], word.end()


def _joined(folded: str, start: int) -> Said | None:
    """« e-mail » in one word, U.E without its stop."""
    if match := _COMPOUND.match(folded, start):
        parts = match[0].split("-")
        if parts[-1] in _CLITICS or len(match[0]) > _LONGEST_COMPOUND:
            return None
        said = ["".join(_HOLY.get(part, part) for part in parts)]
        return said + [_HOLY[part] for part in parts if _HOLY.get(part, part) != part], match.end()
    if match := _INITIALS.match(folded, start):
        return [match[1] + match[2]], match.end()
    return None


def _roman_ordinals() -> Iterator[tuple[str, int]]:
    """« IIe » to « XXXIXe » with their values, but those that are words (« vie »)."""
    units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    for value in range(2, 40):
        numeral = "x" * (value // 10) + units[value % 10]
        for ending in ("e", "eme"):
            if numeral + ending not in ("vie", "ve", "xe"):
                yield numeral + ending, value


_ORDINALS = {written: f"{value}e" for written, value in _roman_ordinals()}


_OPENING: dict[str, Callable[[str, re.Match[str]], Said | None]] = dict(
    chain(
        ((word, _from_ordinal) for word in _ORDINALS),
        ((word, _from_month) for word in _MONTHS),
        ((word, _from_numeral) for word in NUMERALS - {"cents", "vingts"}),
        ((word, _from_saint) for word in _HOLY),
        ((word, _from_currency) for word in ("€", "$", "chf", "eur", "usd")),
    )
)
