"""Place and day in one line, in the forms of the press: « Berne, 01.11.2018 », « Fait à Lille, le 3 mai ».

Does not know where in a release the line stands, nor whether its day is the one of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ingest.parser.letterhead import is_organisation
from ingest.parser.lines import evenly_folded
from ingest.parser.vocabulary import BANNER, ORGANISATION
from store.almanac import MONTHS, WEEKDAYS, any_of
from store.dates import DateMention, find_dates
from store.folding import fold
from store.records import Span

_UPPER = "A-ZÀ-ÖØ-Þ"
_ONE_PLACE = (
    rf"(?:\d{{4,5}} )?[{_UPPER}][\w’'.]*(?:[ -](?:[{_UPPER}][\w’'.]*|d[eu’']|des|la|le|les|lès|sur|sous|en|aux?"
    r"|[dl][’']\w+|am|an|der|dem|den|bei|im|in|ob|upon|on|di|del|della|nell[’']\w+)){0,6}"
)
PLACE = re.compile(
    rf"{_ONE_PLACE}(?:(?:\s?/\s?|, | (?:et|und|and|e|&) ){_ONE_PLACE}){{0,3}}(?: \([{_UPPER}\d][\w -]+\))?"
)
_LEADS_IN = re.compile(
    rf"[\s,;|/–—-]*(?:\b(?:ce|le|les|on|den|am|il|du|der|the)\b\s*:?)?\s*(?:\b(?:{any_of(WEEKDAYS)})\b,?)?\s*$|"
    r"[\s,:;|–—-]*(?:date|datum|data|publie le|diffuse le|emis le|date de publication|publication|en date du|issued on"
    r"|published(?: on)?|mise? en ligne le|paru le)\s*:?\s*$"
)
_MADE_AT = re.compile(r"\s*\(?(?:(?:fait |donne )?(?:a|in|at)|(?:lieu et date|date et lieu)\s*:)\s+")
_NOTHING = frozenset(
    {"", "le", "ce", "date", "on", "du", "publie", "publie le", "diffuse", "emis", "den", "am", "datum"}
)
_CLOCK = re.compile(
    r"[\s,–—|-]*(?:\([\w./ -]{2,25}\)\s*)?(?:a |at |um )?"
    r"(?:\d{1,2}\s?(?:h(?:eures?)?|uhr|:)\s?(?:\d\d)?)?(?:\s?min)?[\s.,–—|)-]*"
)
_PLACE_AFTER = re.compile(r"[\s,|–—-]+(?:[àa]\s+)?(?P<place>[^|]{2,60}?)[\s.|]*")
_SPOKEN_OF = re.compile(
    r"\b(?:du|les|des|del|dal|vom|of|au|aux|en|pour|avant|apres|depuis|vers|prevue?s?|fixee?s?|until|by|ab|bis)\s*$"
)
_BY = re.compile(r"\s*(?:,\s*)?(?:par|by|von|da)\s+(?P<issuer>[^.]{2,120}?)\s*")
_ACRONYM = re.compile(rf"[{_UPPER}][{_UPPER}&-]{{2,15}}")
_ACRONYM_FIRST = re.compile(rf"(?P<issuer>{_ACRONYM.pattern}), (?=[{_UPPER}][a-zà-ÿ])")
_DASH = re.compile(r"(?<=[\s.)\]\d])(?:[–—:]|--?)\s+")
_NO_PLACE = frozenset(MONTHS) | frozenset(WEEKDAYS)
_LONGEST_PLACE = 60


@dataclass(frozen=True, slots=True)
class Dateline:
    """A day and perhaps a place, both with their place in the line.

    `body` is where the text goes on, if it does; `issuer` who is named in the same line.
    """

    mention: DateMention
    place: str | None
    placed: Span | None = None
    body: int | None = None
    issuer: Span | None = None


def read_dateline(line: str, near: date) -> Dateline | None:
    """The dateline a line is, or that opens it before a dash; None for a date in a sentence or title.

    `near` completes a day without year.
    """
    if not re.search(r"\d|premier", line[:160]):
        return None
    enclosed = re.match(r"[(\[](?P<inside>[^()\[\]]{6,90})[)\]]\s*(?:[–—-]\s*)?", line)
    if enclosed is not None and len(line) - enclosed.end() > 20:
        wire = _read(line[: enclosed.end("inside")], near)
        return replace(wire, body=enclosed.end()) if wire is not None and wire.placed is not None else None
    dash = _DASH.search(line[:160], 6)
    while dash is not None and dash.end() < len(line) - 20:
        wire = _read(line[: dash.start()], near)
        if wire is not None and wire.placed is not None:
            return replace(wire, body=dash.end())
        dash = _DASH.search(line[:160], dash.end())
    return _read(line, near) if len(line) <= 160 else None


def _read(line: str, near: date) -> Dateline | None:
    for mention in find_dates(line, near):
        if not mention.precise or mention.relative or mention.period.first is None:
            continue
        placed, issuer = _before(line[: mention.start]), None
        if placed and (parted := _ACRONYM_FIRST.match(placed.of(line))):
            issuer = Span(placed.start, placed.start + parted.end("issuer"))
            placed = Span(placed.start + parted.end(), placed.end)
        if placed is None:
            issuer, placed = _issued(line[: mention.start])
        return _whole(line, mention, placed, issuer) if placed is not None else None
    return None


def before_others(line: str, near: date) -> tuple[Dateline, int] | None:
    """« Ormeval, le 8 novembre 2024 ÉCONOMIE »: a dateline and where what shares its line begins."""
    for mention in find_dates(line[:160], near):
        if mention.precise and not mention.relative:
            dateline = _read(line[: mention.end], near)
            return (
                (dateline, mention.end + len(line[mention.end :]) - len(line[mention.end :].lstrip()))
                if dateline
                else None
            )
    return None


def is_place(words: str) -> bool:
    """Whether words may name a place or several: capitals, no organisation, no month."""
    plain = fold(words)
    return (
        1 < len(words) <= _LONGEST_PLACE
        and PLACE.fullmatch(words) is not None
        and not ORGANISATION.match(words)
        and not BANNER.match(plain)
        and not any(word.strip(",.") in _NO_PLACE for word in plain.split())
        and not (words.isupper() and len(words.split()) > 4 and "," not in words)
    )


def wired_place(line: str) -> tuple[Span, int] | None:
    """« Berne – Le Conseil… »: the place that opens a line without a day, and where the text goes on."""
    dash = re.match(r"(?P<place>[^–—:;]{2,50}?)(?: [–—] | -{1,2} )(?=[A-ZÀ-Þ«(])", line)
    if dash is None or len(line) - dash.end() < 60 or not is_place(dash["place"]):
        return None
    words = dash["place"].split()
    if (len(words) > 3 and "," not in dash["place"]) or (dash["place"].isupper() and len(dash["place"]) < 5):
        return None
    return Span(0, dash.end("place")), dash.end()


def _whole(line: str, mention: DateMention, placed: Span, issuer: Span | None) -> Dateline | None:
    """The dateline when nothing but a clock, a place or who publishes follows the day."""
    rest = line[mention.end :]
    if _CLOCK.fullmatch(_plain(rest)):
        return Dateline(mention, placed.of(line) or None, placed or None, issuer=issuer)
    by = _BY.fullmatch(rest)
    if by and is_organisation(by["issuer"]):
        named = Span(mention.end + by.start("issuer"), mention.end + by.end("issuer"))
        return Dateline(mention, placed.of(line) or None, placed or None, issuer=named)
    after = _PLACE_AFTER.fullmatch(rest)
    if after and placed and not issuer and _ACRONYM.fullmatch(placed.of(line)):
        placed, issuer = Span(0, 0), placed
    if after and not placed and is_place(after["place"]) and len(after["place"].split()) <= 5:
        placed = Span(mention.end + after.start("place"), mention.end + after.end("place"))
        return Dateline(mention, placed.of(line), placed, issuer=issuer)
    return None


def _issued(before: str) -> tuple[Span | None, Span | None]:
    """« Ville de X, Port-Clair, le »: who is named before a place and a day, then where the place stands.

    The place is empty where none is named, None where other words stand there.
    """
    leads = _LEADS_IN.search(_plain(before))
    if leads is None or _SPOKEN_OF.search(_plain(before)):
        return None, None
    whole = _stripped(before, 0, leads.start())
    for mark in re.finditer(r"\s*[,|]\s+|\s+[–—-]\s+", whole.of(before)):
        first = Span(whole.start, whole.start + mark.start())
        placed = Span(whole.start + mark.end(), whole.end)
        if is_organisation(first.of(before)) and is_place(placed.of(before)):
            return first, placed
    if is_organisation(whole.of(before)):
        return whole, Span(0, 0)
    return None, None


def _before(before: str) -> Span | None:
    """Where the place stands before a date: an empty span for none, None where other words stand there."""
    plain = _plain(before)
    start, end = 0, len(before)
    banner = BANNER.match(plain)
    if banner:
        start = banner.end()
    made = _MADE_AT.match(plain, start)
    if made and not plain[start:].startswith("a la "):
        start = made.end()
    leads = _LEADS_IN.search(plain, start)
    if leads:
        end = leads.start()
    span = _stripped(before, start, end)
    words = span.of(before)
    if _plain(words) in _NOTHING:
        return Span(0, 0)
    if _SPOKEN_OF.search(plain):
        return None
    return span if is_place(words) else None


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,:;–—-|/(\u00a0\t":
        start += 1
    while end > start and text[end - 1] in " ,;–—-|/(\u00a0\t":
        end -= 1
    return Span(start, end)


def _plain(text: str) -> str:
    return evenly_folded(text).replace("\u00a0", " ")
