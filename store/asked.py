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

from store.almanac import SEASONS, Period, any_of, months_before, week_of
from store.dates import dates_before
from store.folding import folded_with_map
from store.spoken import spoken_periods
from store.timing import Timing, timing

Kind = Literal["publication", "topic"]


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period named at characters `start` to `end` of a question.

    `kind` is "publication" where the question is about saying or publishing then, "topic"
    where the period belongs to the subject and may be told of in another year.
    `year_given` is False where the question leaves the year open (« en février ») and
    today supplied it; `relative` where only today settles it (« l'an dernier »). `later`
    is how many days after it what was said or decided then may have been published.
    """

    start: int
    end: int
    period: Period
    kind: Kind
    year_given: bool = True
    relative: bool = False
    later: int = 0


def asked_period(question: str, today: date) -> AskedPeriod | None:
    """The period that matters most in a question: the first of publication, else the first."""
    asked = asked_periods(question, today)
    return next((one for one in asked if one.kind == "publication"), asked[0] if asked else None)


def asked_periods(question: str, today: date) -> list[AskedPeriod]:
    """Every period that a question names, in order, none overlapping another.

    A date without its year is the most recent one up to `today`. The words that open a
    period (« depuis », « en ») belong to it, those that hang it on a noun (« de ») do not.
    """
    question = _RANKED.sub(lambda match: "x" * len(match[0]), question)
    folded, offsets = folded_with_map(question)
    found = _dated(folded, _joined(folded, _named(question, offsets, folded, today)))
    asked: list[AskedPeriod] = []
    for one in (_opened(folded, named) for named in found):
        start, end = offsets[one.start], offsets[one.end - 1] + 1
        when = timing(folded, one.start, one.end, one.core)
        kind: Kind = "topic" if when == "topic" else "publication"
        if asked and start < asked[-1].end:
            continue
        turn = TURN if kind == "publication" and _SEASON.search(folded, one.core, one.end) else 0
        asked.append(
            AskedPeriod(start, end, one.period, kind, one.year_given, one.relative, max(_later(one.period, when), turn))
        )
    return asked


# « Publié en premier jusqu'au 3 mai » names no first of a month.
_RANKED = re.compile(r"\ben premier(?=\s+(?:jusqu|avant|apr|en|au|du|le|la|dans|par|entre|depuis|ce))", re.IGNORECASE)
DECIDED, TOLD, TURN = 14, 3, 22
"""Days in which a decision is published, what was said on a day, and by which seasons end later than their months."""
_SEASON = re.compile(rf"\b(?:{any_of(SEASONS)})\b")


def _later(period: Period, when: Timing) -> int:
    """A saying of some month is of that month; one of some day may be printed on the next."""
    if when == "done":
        return DECIDED
    short = period.first is not None and period.last is not None and (period.last - period.first).days < 7
    return TOLD if when == "told" and short else 0


@dataclass(frozen=True, slots=True)
class _Named:
    """A period at `start` to `end` of the folded question; at `core` its own words begin."""

    start: int
    end: int
    core: int
    period: Period
    year_given: bool = True
    relative: bool = False


def _named(question: str, offsets: list[int], folded: str, today: date) -> list[_Named]:
    """The periods by themselves, in order."""
    found = []
    for mention in dates_before(question, today):
        if not mention.relative:
            start, end = bisect_left(offsets, mention.start), bisect_left(offsets, mention.end)
            found.append(_directed(folded, _Named(start, end, start, mention.period, mention.year_given)))
    for start, end, period, year_given in spoken_periods(folded, today):
        one = _directed(folded, _Named(start, end, start, period, year_given, relative=year_given))
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
    period = _years_later(one.period, 1) if after["next"] and not one.year_given else one.period
    return replace(one, end=after.end(), period=period, year_given=True, relative=True)


def _years_later(period: Period, years: int) -> Period:
    first, last = period.first, period.last
    if first and last and (last + timedelta(days=1)).day == 1 and last != first:
        return Period(months_before(first, -12 * years), months_before(last + timedelta(days=1), -12 * years) - _DAY)
    return Period(first and months_before(first, -12 * years), last and months_before(last, -12 * years))


_DAY = timedelta(days=1)


_DIRECTION = re.compile(r"\s(?:derniere?|passee?|scors[oa]|(?P<next>prochaine?|prossim[oa]))(?!\w)")


# What stands before a period ------------------------------------------------------------------

_ARTICLE = (
    r"(?:(?:le|la|the|den|dem|il|du|de|des|of|zum|zur)\s|l'|d'|del\s|dell')*"
    r"(?:(?:mois|month|monat|annee|jour|mese)\s(?:de\s|d'|of\s|di\s)?)?"
)
_OPENING = re.compile(
    r"(?<!\w)(?:(?P<until>d'ici(?:\sa)?|jusqu'(?:a|en|au)(?:\sla)?|until|up to|by|bis|fino a(?:l)?)"
    r"|(?P<before>avant|before|vor|prima di|prima del)|(?P<after>apres|after|nach|dopo)"
    r"|(?P<since>depuis|des|a (?:partir|compter) d[eu']|since|from(?=.*\son(?:wards?)?(?!\w))|seit|ab"
    r"|a partire da|dal|dall')"
    r"|(?P<at>(?:a la|en)\sdate\sd[ue]|in data"
    r"|en|in|im|au|a|le|on(?!\sl)|am|nel|nell'|durant|pendant|during|wahrend|au cours|dans|courant|il))\s?"
    rf"{_ARTICLE}$"
)
_PART = re.compile(
    r"(?<!\w)(?:(?P<begin>(?:au\s|le\s)?debut|early|anfang|inizio|(?:at the |the )?(?:start|beginning) of)"
    r"|(?P<middle>(?:a la\s)?mi|mid|mitte|meta)"
    r"|(?P<end>(?:(?<!jusqu'a )a la\s|la\s|en\s|(?<!jusqu')a\s)?fin|late|(?:at the |the )?end of|ende|fine))[\s-]"
    rf"{_ARTICLE}$"
)
_FROM_TO = (
    re.compile(r"(?<!\w)(?:entre|between|zwischen|tra)\s(?:le\s|la\s|the\s|l')?$"),
    re.compile(r"\s(?:et|and|und|e)\s(?:le\s|la\s|the\s|l')?"),
    re.compile(r"(?<!\w)(?:de|d'|du|from|von|vom|da|dal|dall')\s?(?:le\s|la\s|the\s|l'|dem\s)?$"),
    re.compile(r"\s(?:a|to|bis|au|al|jusqu'au|fino al|until)\s(?:le\s|la\s|the\s|l'|zum\s|zur\s)?"),
)


_RANGE = re.compile(r"\s(?:a|au|to|bis|al)\s")


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


_YEAR_OF = re.compile(r",?\s(?:(?:de|in|of|del|di|en|des)\s|d'|dell')?")


def _dated(folded: str, found: list[_Named]) -> list[_Named]:
    """« en mars » beside « de l'an dernier » made one: the whole year next to it settles what is open."""
    dated: list[_Named] = []
    for one in found:
        before = dated[-1] if dated else None
        if (
            before is not None
            and not before.year_given
            and one.year_given
            and (year := _whole_year(one.period)) is not None
            and before.period.first is not None
            and _YEAR_OF.fullmatch(folded, before.end, one.start)
        ):
            shift = year - before.period.first.year
            period = _years_later(before.period, shift)
            dated[-1] = replace(before, end=one.end, period=period, year_given=True, relative=one.relative)
        else:
            dated.append(one)
    return dated


def _whole_year(period: Period) -> int | None:
    first, last = period.first, period.last
    if first is None or last is None or (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return None
    return first.year if first.year == last.year else None


def _opened(folded: str, one: _Named) -> _Named:
    """The period with what opens it: « fin », « avant », « depuis », « en »."""
    one = _around(folded, one)
    between = re.search(r"(?<!\w)(?:entre|between|zwischen|tra)\s(?:le\s|the\s)?$", folded[: one.start])
    if between:
        return replace(one, start=between.start())
    part = _PART.search(folded, 0, one.start)
    if part and part.lastgroup and one.period.first != one.period.last:
        one = replace(one, start=part.start(), period=_part(one.period, part.lastgroup))
    span = _RANGE.search(folded, one.core, one.end) and _FROM_TO[2].search(folded, 0, one.start)
    if span:
        return replace(one, start=span.start())
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


def _around(folded: str, one: _Named) -> _Named:
    """« La semaine du 12 mars », « vers le 15 mars »: what stands around a day or a month."""
    found = _AROUND.search(folded, 0, one.start)
    first, last = one.period.first, one.period.last
    if found is None or first is None or last is None:
        return one
    way = found.lastgroup or ""
    if first != last:
        period = _within_month(one.period, way) if (last - first).days <= 31 else None
    else:
        period = {
            "week": week_of(first),
            "weekend": Period(first - timedelta(days=max(0, first.weekday() - 5)), first + timedelta(days=1)),
            "eve": Period(first - _DAY, last - _DAY),
            "morrow": Period(first + _DAY, last + _DAY),
            "about": Period(first - timedelta(days=7), last + timedelta(days=7)),
        }.get(way)
    return one if period is None else replace(one, start=found.start(), core=found.start(), period=period)


def _within_month(period: Period, way: str) -> Period | None:
    first, last = period.first, period.last
    assert first is not None
    assert last is not None
    half = first + timedelta(days=14)
    return {
        "firsthalf": Period(first, half),
        "secondhalf": Period(half + _DAY, last),
        "firstdays": Period(first, first + timedelta(days=6)),
        "lastdays": Period(last - timedelta(days=6), last),
        "about": Period(first - timedelta(days=15), last + timedelta(days=15)),
    }.get(way)


_THE = r"(?:le\s|la\s|les\s|the\s|l'|del\s|der\s|die\s|den\s|dem\s)?"
_AROUND = re.compile(
    rf"(?<!\w){_THE}(?:(?P<weekend>week-?end\s(?:du|des|of|vom|del))"
    r"|(?P<week>(?:semaine\s(?:du|des|commencant le)|week\s(?:of|beginning)|woche\s(?:vom|ab)|settimana\sdel))"
    r"|(?P<eve>veille\sdu|day before|vortag\sdes|vigilia\sdel)|(?P<morrow>lendemain\sdu|day after)"
    r"|(?P<firsthalf>(?:premiere|1re)\squinzaine\s(?:de|d')|first half of|erste[nr]? halfte|prima meta di)"
    r"|(?P<secondhalf>(?:deuxieme|seconde|2e)\squinzaine\s(?:de|d')|second half of|zweite[nr]? halfte)"
    r"|(?P<firstdays>(?:premiers\sjours|premiere\ssemaine|tout\sdebut)\s(?:de|d'|du mois de)"
    r"|first (?:days|week) of|erste[nr]? woche|prima settimana di)"
    r"|(?P<lastdays>(?:derniers\sjours|derniere\ssemaine)\s(?:de|d'|du mois de)|last (?:days|week) of"
    r"|letzte[nr]? woche)"
    rf"|(?P<about>autour|aux alentours|aux environs|vers|environ|around|about|um|gegen|circa|verso))\s?{_ARTICLE}$"
)


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
