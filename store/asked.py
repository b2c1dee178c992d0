"""The periods a question names, as people ask: « avant l'été 2018 », « fin 2017 », « l'an dernier ».

Tells a period of publication (« qu'avons-nous dit en mars ? ») from one that belongs to
the subject (« le budget 2019 »). Knows nothing about releases; today is passed in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from store.almanac import Period, months_before
from store.dates import dates_before
from store.folding import folded_with_map, word_list
from store.spoken import spoken_periods

Kind = Literal["publication", "topic"]


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period named at characters `start` to `end` of a question.

    `kind` is "publication" where the question is about saying or publishing then, "topic"
    where the period belongs to the subject and may be told of in another year.
    `year_given` is False where the question leaves the year open (« en février ») and
    today supplied it.
    """

    start: int
    end: int
    period: Period
    kind: Kind
    year_given: bool = True


def asked_period(question: str, today: date) -> AskedPeriod | None:
    """The period that matters most in a question: the first of publication, else the first."""
    asked = asked_periods(question, today)
    return next((one for one in asked if one.kind == "publication"), asked[0] if asked else None)


def asked_periods(question: str, today: date) -> list[AskedPeriod]:
    """Every period that a question names, in order, none overlapping another.

    A date without its year is the most recent one up to `today`. The words that open a
    period (« depuis », « en ») belong to it, those that hang it on a noun (« de ») do not.
    """
    folded, offsets = folded_with_map(question)
    return [
        AskedPeriod(offsets[one.start], offsets[one.end - 1] + 1, one.period, _kind(folded, one), one.year_given)
        for one in (_opened(folded, named) for named in _joined(folded, _named(question, offsets, folded, today)))
    ]


@dataclass(frozen=True, slots=True)
class _Named:
    """A period at `start` to `end` of the folded question; at `core` its own words begin."""

    start: int
    end: int
    core: int
    period: Period
    year_given: bool = True


def _named(question: str, offsets: list[int], folded: str, today: date) -> list[_Named]:
    """The periods by themselves, in order."""
    found = []
    for mention in dates_before(question, today):
        if not mention.relative:
            start, end = bisect_left(offsets, mention.start), bisect_left(offsets, mention.end)
            found.append(_directed(folded, _Named(start, end, start, mention.period, mention.year_given)))
    for start, end, period, year_given in spoken_periods(folded, today):
        one = _directed(folded, _Named(start, end, start, period, year_given))
        touched = [other for other in found if other.start < one.end and one.start < other.end]
        # « la rentrée 2018 » swallows the year in it.
        if all(one.start < other.start and other.end <= one.end for other in touched):
            found = [other for other in found if other not in touched] + [one]
    return sorted(found, key=lambda one: one.start)


def _directed(folded: str, one: _Named) -> _Named:
    """The period with the « dernier » or « prochain » after it."""
    after = _DIRECTION.match(folded, one.end)
    if after is None:
        return one
    first, last = one.period.first, one.period.last
    if after["next"] and not one.year_given:
        first, last = first and months_before(first, -12), last and months_before(last, -12)
    return replace(one, end=after.end(), period=Period(first, last))


_DIRECTION = re.compile(r"\s(?:derniere?|passee?|scors[oa]|(?P<next>prochaine?|prossim[oa]))(?!\w)")


# What stands before a period ------------------------------------------------------------------

_ARTICLE = (
    r"(?:(?:le|la|the|den|dem|il|du|de|des|of)\s|l'|d'|del\s|dell')*"
    r"(?:(?:mois|month|monat|annee|jour|mese)\s(?:de\s|d'|of\s|di\s)?)?"
)
_OPENING = re.compile(
    r"(?<!\w)(?:(?P<until>d'ici(?:\sa)?|jusqu'(?:a|en|au)|until|up to|by|bis|fino a(?:l)?)"
    r"|(?P<before>avant|before|vor|prima di|prima del)|(?P<after>apres|after|nach|dopo)"
    r"|(?P<since>depuis|des|a (?:partir|compter) d[eu']|since|from|seit|ab|a partire da|dal|dall')"
    r"|(?P<at>en|in|im|au|a|le|on(?!\sl)|am|nel|nell'|durant|pendant|during|wahrend|au cours|dans|courant|il))\s?"
    rf"{_ARTICLE}$"
)
_PART = re.compile(
    r"(?<!\w)(?:(?P<begin>(?:au\s|le\s)?debut|early|anfang|inizio|(?:at the |the )?(?:start|beginning) of)"
    r"|(?P<middle>(?:a la\s)?mi|mid|mitte|meta)"
    r"|(?P<end>(?:a la\s|la\s|en\s|a\s)?fin|late|(?:at the |the )?end of|ende|fine))[\s-]"
    rf"{_ARTICLE}$"
)
_FROM_TO = (
    re.compile(r"(?<!\w)(?:entre|between|zwischen|tra)\s(?:le\s|la\s|the\s|l')?$"),
    re.compile(r"\s(?:et|and|und|e)\s(?:le\s|la\s|the\s|l')?"),
    re.compile(r"(?<!\w)(?:de|d'|du|from|von|da)\s?(?:le\s|la\s|the\s|l')?$"),
    re.compile(r"\s(?:a|to|bis|au)\s(?:le\s|la\s|the\s|l')?"),
)


def _joined(folded: str, found: list[_Named]) -> list[_Named]:
    """« entre mars 2017 et mai 2018 », found as two, made one; « entre » belongs to it."""
    joined: list[_Named] = []
    for one in found:
        before = joined.pop() if joined else None
        span = before and _from_to(folded, before, one)
        if span is not None:
            joined.append(span)
        else:
            joined.extend((before, one) if before else (one,))
    return joined


def _from_to(folded: str, one: _Named, other: _Named) -> _Named | None:
    between, and_, from_, to = _FROM_TO
    opening = between if and_.fullmatch(folded, one.end, other.start) else from_
    opened = opening.search(folded, 0, one.start)
    if opened is None or not (opening is between or to.fullmatch(folded, one.end, other.start)):
        return None
    first, last = one.period.first, other.period.last
    if first and last and first > last and not one.year_given:
        first = months_before(first, 12 * (first.year - last.year + (first.month > last.month)))
    if first is None or last is None or first > last:
        return None
    return _Named(opened.start(), other.end, one.start, Period(first, last), other.year_given)


def _opened(folded: str, one: _Named) -> _Named:
    """The period with what opens it: « fin », « avant », « depuis », « en »."""
    between = re.search(r"(?<!\w)(?:entre|between|zwischen|tra)\s(?:le\s|the\s)?$", folded[: one.start])
    if between:
        return replace(one, start=between.start())
    part = _PART.search(folded, 0, one.start)
    if part and part.lastgroup and one.period.first != one.period.last:
        one = replace(one, start=part.start(), period=_part(one.period, part.lastgroup))
    opening = _OPENING.search(folded, 0, one.start)
    if opening is None:
        return one
    first, last = one.period.first, one.period.last
    period = {
        "until": Period(None, last),
        "before": Period(None, first and first - timedelta(days=1)),
        "after": Period(last and last + timedelta(days=1), None),
        "since": Period(first, None),
    }.get(opening.lastgroup or "", one.period)
    return replace(one, start=opening.start(), period=period)


def _part(period: Period, part: str) -> Period:
    """The first, middle or last part: half a month, a third of anything longer."""
    if period.first is None or period.last is None:
        return period
    length = (period.last - period.first).days + 1
    share = timedelta(days=length // 2 if length <= 31 else length // 3)
    if part == "begin":
        return Period(period.first, period.first + share)
    if part == "end":
        return Period(period.last - share, period.last)
    quarter = timedelta(days=length // 4)
    return Period(period.first + quarter, period.last - quarter)


# Publication or subject -----------------------------------------------------------------------

_SAID = re.compile(
    r"\b(?:dit|dits|dite|dites|disi(?:ons|ez)|disai(?:t|ent)|declar(?:e|ait|ions)\w*|annonc(?:e|ait|ions)\w*"
    r"|publi(?:e|ait|ions)\w*|communique|communiquee?s|affirme\w*|indique\w*|decide\w*|presente\w*|promis\w*|explique\w*"
    r"|souligne\w*|rappele\w*|predit\w*|denonce\w*|averti\w*|approuve\w*|adopte\w*|repondu|exprime\w*|evoque\w*"
    r"|parle|parlait|parlions|parliez|diffuse\w*|paru\w*|confirme\w*"
    r"|said|say|announced?|published?|released?|stated?|declared?|decided?|issued?|told|wrote"
    r"|gesagt|angekundigt|veroffentlicht|mitgeteilt|entschieden|beschlossen|erklart|publiziert"
    r"|dichiarato|annunciato|pubblicato|comunicato|deciso|reso noto)\b"
    r"|\bqu'(?:a|ont|avons|avez)[\w' -]{0,12}\slance\w*"
)
_RELEASE = (
    r"(?:communiques?(?:\sde\spresse)?|annonces?|declarations?|decisions?|publications?|communications?"
    r"|conferences? de presse|prises? de (?:position|parole)|mises? en garde|press releases?|releases?|statements?"
    r"|announcements?|medienmitteilung(?:en)?|pressemitteilung(?:en)?|mitteilung(?:en)?|comunicat[io](?:\sstampa)?)"
)
_RELEASES = re.compile(rf"\b{_RELEASE}\b")
_ABOUT = re.compile(
    r"\b(?:sur|concernant|a propos|au sujet|relatifs? a|portant|about|on the|regarding|uber|zu[mr]?|su|sul|sulla)\b"
)
_OF = re.compile(
    r"(?<!\w)(?:(?:de|du|des|of|for|pour|fur|per|del|di|von|vom)\s|d'|dell')"
    r"(?:(?:l'|la\s|le\s)?(?:seul\s)?(?:annee|mois|exercice)\s(?:de\s|d')?|l'|la\s|le\s)?$"
)
_FOR = re.compile(r"(?<!\w)(?:pour|for|fur|per)\s(?:l'|la\s|le\s|the\s)?(?:annee\s|mois\s(?:de\s|d')?)?$")
# Before a bare year these leave it alone; any other word takes it for part of its name.
_FUNCTION = word_list(
    """en de du des d au aux a le la les l et ou in of the on im am nel il dans par pour depuis avant apres entre durant
    pendant courant fin debut mi annee an mois jour dit dite annonce publie decide c est ce cette und oder from since
    before after during by until bis seit vor nach ab vom zum di del dal e o per fur and or qu que qui"""
)


def _kind(folded: str, one: _Named) -> Kind:
    """Whether a period says when something was published, or of what it was about."""
    if _is_name(folded, one):
        return "topic"
    before = folded[: one.start]
    if _FOR.search(before):
        return "topic"
    hangs_on_noun = _OF.search(before) is not None
    governing = list(_RELEASES.finditer(before))
    if governing:
        about = _ABOUT.search(before, governing[-1].end())
        return "topic" if hangs_on_noun and about else "publication"
    if hangs_on_noun:
        return "topic"
    rest = folded[one.end :]
    said = _SAID.search(before) or _SAID.search(rest) or _RELEASES.search(rest)
    return "publication" if said else "topic"


def _is_name(folded: str, one: _Named) -> bool:
    """Whether a bare year stands on a noun as its name: « budget 2019 », « Expo 2015 »."""
    if one.start != one.core or not re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d+)?", folded[one.start : one.end]):
        return False
    word = re.search(r"([^\W\d_]+)['-]?\s?$", folded[: one.start])
    return word is not None and word[1] not in _FUNCTION and not re.fullmatch(_RELEASE, word[1])
