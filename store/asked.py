"""The period a question names, as people ask: « avant l'été 2018 », « l'an dernier », « ces trois derniers mois ».

Tells a period of publication (« qu'avons-nous dit en mars ? ») from one that belongs to
the subject (« le budget 2019 »). Knows nothing about releases; today is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from store.almanac import MONTHS, NUMBERS, SEASONS, WEEKDAYS, Period, any_of, months, months_before, season, week_of, years
from store.dates import dates_before
from store.folding import folded_with_map

Kind = Literal["publication", "topic"]


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period named at characters `start` to `end` of a question.

    `kind` "publication" where the question is about saying or publishing then, "topic"
    where the period belongs to the subject and may be told of in another year.
    `year_given` is False where the year was supplied from today.
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

    A date without its year is the most recent one up to `today`.
    """
    folded, offsets = folded_with_map(question)
    named = _named(question, folded, offsets, today)
    return [
        AskedPeriod(offsets[one.start], offsets[one.end - 1] + 1, one.period, _kind(folded, one), one.year_given)
        for one in named
    ]


@dataclass(frozen=True, slots=True)
class _Named:
    """A period at `start` to `end` of the folded question; `core` is where its own words begin."""

    start: int
    end: int
    core: int
    period: Period
    year_given: bool = True


def _named(question: str, folded: str, offsets: list[int], today: date) -> list[_Named]:
    back = {offset: index for index, offset in reversed(list(enumerate(offsets)))}
    back[len(question)] = len(folded)
    found = [
        _Named(back[one.start], back.get(one.end, len(folded)), back[one.start], one.period, one.year_given)
        for one in dates_before(question, today)
        if not one.relative
    ]
    for pattern, read in _phrases():
        for match in pattern.finditer(folded):
            period = read(match, today)
            if period is not None and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(_Named(*match.span(), match.start(), period, year_given=False))
    found.sort(key=lambda one: one.start)
    return [_widened(folded, one, today) for one in _joined(folded, found)]


# Relative phrases ---------------------------------------------------------------------------

_Read = Callable[[re.Match[str], date], Period | None]
_LAST = r"(?:derniere?s?|passee?s?|precedente?s?|ecoulee?s?)"


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], _Read], ...]:
    """Phrases that today alone settles, the longest first."""
    number, month, weekday, seasons = any_of(NUMBERS), any_of(MONTHS), any_of(WEEKDAYS), any_of(SEASONS)
    count = rf"(?P<count>{number}|\d{{1,3}})"
    days = r"(?P<day>jours?|days?|tage?n?|giorn[io])"
    weeks = r"(?P<week>semaines?|weeks?|wochen?|settiman[ae])"
    month_ = r"(?P<month>mois|months?|monate?n?|mes[ei])"
    year_ = r"(?P<year>ans?|annees?|years?|jahre?n?|ann[io])"
    unit = rf"(?:{days}|{weeks}|{month_}|{year_})"
    patterns: tuple[tuple[str, _Read], ...] = (
        (rf"(?:(?:ces|les|des|the|in den|den|negli|gli|nei|nelle)\s)?(?:(?:derniere?s|last|past|letzten|vergangenen|ultim[ie])\s{count}\s{unit}"
         rf"|{count.replace('count', 'count2')}\s(?:derniere?s|letzten|vergangenen|ultim[ie])\s{_again(unit)}"
         rf"|{count.replace('count', 'count3')}\s{_again(unit, 3)}\s{_LAST})", _last_units),
        (rf"(?:depuis|il y a|since|seit|da)\s{count}\s{unit}(?!\s{_LAST})", _last_units),
        (r"avant-hier|vorgestern|altro ieri|l'altroieri|day before yesterday", _days_ago(2)),
        (r"hier|yesterday|gestern|ieri", _days_ago(1)),
        (r"aujourd'hui|ce matin|ce jour|ce soir|today|this morning|heute|oggi|stamattina", _days_ago(0)),
        (rf"(?:la\s)?semaine\s{_LAST}|last week|(?:letzte|vergangene)[nr]?\swoche|(?:la\s)?settimana\sscorsa|(?:la\s)?scorsa\ssettimana", _week(-1)),
        (r"cette semaine|this week|diese[r]?\swoche|questa settimana", _week(0)),
        (rf"(?:le\s)?mois\s{_LAST}|last month|(?:letzten|vergangenen|letztem)\smonat|(?:il\s)?mese scorso|(?:lo\s)?scorso mese", _month(-1)),
        (r"ce mois(?:-ci)?|this month|diesen monat|diesem monat|questo mese", _month(0)),
        (rf"l'an(?:nee)?\s{_LAST}|l'an passe|last year|(?:letztes|vergangenes|letzten|vergangenen|letztem)\sjahr|vorjahr|l'anno scorso|lo scorso anno|anno scorso", _year(-1)),
        (r"(?:depuis|since)\s(?:le debut de l'annee|the (?:start|beginning) of the year)|seit jahresbeginn|seit anfang (?:des )?jahre?s|dall'inizio dell'anno", _this_year_on),
        (r"cette annee|(?:en|de) l'annee en cours|this year|dieses jahr|diesem jahr|quest'anno", _year(0)),
        (rf"(?:l'|le\s|cet\s|ce\s|last\s|this\s|letzten\s|diesen\s|la\sscorsa\s|quest[ao]?\s?'?)(?P<season>{seasons})(?:\s{_LAST}|\sscors[ao])?(?!\w)", _recent_season),
        (r"(?:la\s)?rentree(?:\sscolaire|\spolitique)?(?:\s(?:de\s)?(?P<year>(?:19|20)\d\d))?", _back_to_school),
        (rf"(?P<weekday>{weekday})\s(?:derniere?|passe)|last\s(?P<weekday2>{weekday})|(?:letzten|vergangenen)\s(?P<weekday3>{weekday})|(?P<weekday4>{weekday})\sscors[ao]", _last_weekday),
        (rf"(?:(?:le|du|au)\s)?(?P<ordinal>premier|second|deuxieme)\ssemestre|(?P<first>ersten?s? halbjahr|first half of the year|primo semestre)", _recent_half),
        (rf"(?<=en )(?P<month>{month})|(?<=de )(?P<m2>{month})|(?<=d')(?P<m3>avril|aout|octobre)|(?<=depuis )(?P<m4>{month})|(?<=avant )(?P<m5>{month})"
         rf"|(?<=apres )(?P<m6>{month})|(?<=debut )(?P<m7>{month})|(?<=fin )(?P<m8>{month})|(?<=mi-)(?P<m9>{month})|(?<=des )(?P<m10>{month})"
         rf"|(?<=\bin )(?P<m11>{month})|(?<=\bim )(?P<m12>{month})|(?<=since )(?P<m13>{month})|(?<=seit )(?P<m14>{month})|(?<=\ba )(?P<m15>{month})"
         rf"|(?<=entre )(?P<m16>{month})|(?<=\bet )(?P<m17>{month})|(?<=between )(?P<m18>{month})|(?<=\band )(?P<m19>{month})|(?<=before )(?P<m20>{month})|(?<=after )(?P<m21>{month})", _recent_month),
    )  # fmt: skip
    return tuple((re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), read) for pattern, read in patterns)


def _again(pattern: str, times: int = 2) -> str:
    """A pattern's groups under other names, so that it may stand there again."""
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>_{times}>", pattern)


def _groups(match: re.Match[str]) -> dict[str, str]:
    """The groups that matched, under their plain names."""
    return {re.sub(r"_?\d+$", "", name): text for name, text in match.groupdict().items() if text}


def _last_units(match: re.Match[str], today: date) -> Period | None:
    groups = _groups(match)
    count = NUMBERS.get(groups["count"]) or int(groups["count"])
    if "day" in groups:
        return Period(today - timedelta(days=count), today)
    if "week" in groups:
        return Period(today - timedelta(weeks=count), today)
    length = count * 12 if "year" in groups else count
    return Period(months_before(today, length), today) if length < 12 * 200 else None


def _days_ago(count: int) -> _Read:
    def read(_: re.Match[str], today: date) -> Period:
        day = today - timedelta(days=count)
        return Period(day, day)

    return read


def _week(shift: int) -> _Read:
    return lambda _, today: week_of(today, shift)


def _month(shift: int) -> _Read:
    def read(_: re.Match[str], today: date) -> Period:
        first = months_before(today.replace(day=1), -shift)
        return months(first.year, first.month)

    return read


def _year(shift: int) -> _Read:
    return lambda _, today: years(today.year + shift)


def _this_year_on(_: re.Match[str], today: date) -> Period:
    return Period(date(today.year, 1, 1), None)


def _recent_season(match: re.Match[str], today: date) -> Period | None:
    candidates = (season(year, SEASONS[match["season"]]) for year in range(today.year + 1, today.year - 2, -1))
    return next((period for period in candidates if period.first and period.first <= today), None)


def _back_to_school(match: re.Match[str], today: date) -> Period:
    year = int(match["year"]) if match["year"] else today.year - (today < date(today.year, 9, 1))
    return Period(date(year, 9, 1), date(year, 9, 30))


def _last_weekday(match: re.Match[str], today: date) -> Period:
    back = (today.weekday() - WEEKDAYS[_groups(match)["weekday"]] - 1) % 7 + 1
    day = today - timedelta(days=back)
    return Period(day, day)


def _recent_half(match: re.Match[str], today: date) -> Period:
    month = 7 if match["ordinal"] in ("second", "deuxieme") else 1
    return months(today.year - (today < date(today.year, month, 1)), month, 6)


def _recent_month(match: re.Match[str], today: date) -> Period:
    groups = _groups(match)
    month = MONTHS[groups.get("month") or groups["m"]]
    return months(today.year - (month > today.month), month)


# What stands before a period -----------------------------------------------------------------

_ARTICLE = r"(?:(?:le|la|the|den|dem|il|du|de|des|of)\s|l'|d'|del\s|dell')*(?:(?:mois|month|monat|annee|jour)\s(?:de\s|d'|of\s)?)?"
_BEFORE_WORDS = re.compile(
    rf"(?<!\w)(?:(?P<until>d'ici(?:\sa)?|jusqu'(?:a|en|au)|until|up to|by|bis|fino a(?:l)?)"
    r"|(?P<before>avant|before|vor|prima di|prima del)|(?P<after>apres|after|nach|dopo)"
    r"|(?P<since>depuis|des|a (?:partir|compter) d[eu']|since|from|seit|ab|a partire da|dal|dall')"
    r"|(?P<at>en|in|im|au|a|le|on|am|nel|nell'|durant|pendant|during|wahrend|au cours|dans|courant|il))\s?"
    rf"{_ARTICLE}$"
)
_PART_WORDS = re.compile(
    r"(?<!\w)(?:(?P<begin>(?:au\s|le\s)?debut|early|anfang|inizio|start of|beginning of|(?:at the )?start of)"
    r"|(?P<middle>(?:a la\s)?mi|mid|mitte|meta)|(?P<end>(?:a la\s|la\s|en\s|a\s)?fin|late|(?:the )?end of|ende|fine))[\s-]"
    rf"{_ARTICLE}$"
)
_BETWEEN = re.compile(r"(?<!\w)(?:entre|between|zwischen|tra|de|from|von|da)\s(?:le\s|la\s|the\s|l')?$")
_AND = re.compile(r"\s(?:et|and|und|e|a|to|bis|au)\s(?:le\s|la\s|the\s|l')?")


def _joined(folded: str, found: list[_Named]) -> list[_Named]:
    """« entre mars et mai 2018 », found as two, made one."""
    joined: list[_Named] = []
    for one in found:
        before = joined[-1] if joined else None
        between = before and _BETWEEN.search(folded, 0, before.start)
        if before and between and _AND.fullmatch(folded, before.end, one.start):
            first = before.period.first
            last = one.period.last
            if first and last and not before.year_given and first > last:
                first = first.replace(year=last.year)
            if first and last and first <= last:
                start = between.start()
                joined[-1] = _Named(start, one.end, before.start, Period(first, last), one.year_given)
                continue
        joined.append(one)
    return joined


def _widened(folded: str, one: _Named, today: date) -> _Named:
    """The period with what stands before it: « fin », « avant », « depuis », « en »."""
    part = _PART_WORDS.search(folded, 0, one.start)
    if part and one.period.first != one.period.last:
        one = replace(one, start=part.start(), period=_part(one.period, part.lastgroup or ""))
    before = _BEFORE_WORDS.search(folded, 0, one.start)
    if before is None:
        return one
    first, last = one.period.first, one.period.last
    if before["until"]:
        period = Period(None, last)
    elif before["before"]:
        period = Period(None, first and first - timedelta(days=1))
    elif before["after"]:
        period = Period(last and last + timedelta(days=1), None)
    elif before["since"]:
        period = Period(first, None)
    else:
        period = one.period
    return replace(one, start=before.start(), period=period)


def _part(period: Period, part: str) -> Period:
    """The first, middle or last part of a month or year: halves that overlap, thirds of a year."""
    if period.first is None or period.last is None:
        return period
    length = (period.last - period.first).days + 1
    half, third = timedelta(days=length // 2), timedelta(days=length // 3)
    if length > 31:
        half = third
    if part == "begin":
        return Period(period.first, period.first + half)
    if part == "end":
        return Period(period.last - half, period.last)
    return Period(period.first + timedelta(days=length // 4), period.last - timedelta(days=length // 4))


# Publication or subject ----------------------------------------------------------------------

_SAID = re.compile(
    r"\b(?:dit|dits|dite|dites|declare\w*|annonce\w*|publie\w*|communique|communiquee?s|affirme\w*|indique\w*|decide\w*"
    r"|presente\w*|promis\w*|explique\w*|souligne\w*|rappele\w*|predit\w*|denonce\w*|averti\w*|approuve\w*|adopte\w*"
    r"|repondu|exprime\w*|evoque\w*|parle|parlait|parlions|parliez|diffuse\w*|paru\w*|confirme\w*"
    r"|said|say|announced?|published?|released?|stated?|declared?|decided?|issued?|told|wrote"
    r"|gesagt|angekundigt|veroffentlicht|mitgeteilt|entschieden|beschlossen|erklart|publiziert"
    r"|dichiarato|annunciato|pubblicato|comunicato|deciso|reso noto)\b"
)
_ISSUED = (
    r"(?:communiques?(?:\sde\spresse)?|annonces?|declarations?|decisions?|publications?|communications?|conferences? de presse"
    r"|prises? de (?:position|parole)|mises? en garde|messages?|press releases?|releases?|statements?|announcements?"
    r"|medienmitteilung(?:en)?|pressemitteilung(?:en)?|mitteilung(?:en)?|comunicat[io](?:\sstampa)?)"
)
_RELEASES = re.compile(rf"\b{_ISSUED}\b")
_ABOUT = re.compile(r"\b(?:sur|concernant|a propos|au sujet|relatifs? a|portant|about|on the|regarding|uber|zu[mr]?|su|sul|sulla)\b")
_OF = re.compile(r"(?<!\w)(?:de|du|des|d'|of|for|pour|fur|per|del|di|von|vom)\s?(?:l'|la\s|le\s)?(?:annee\s|mois\s(?:de\s|d')?)?$")
_FUNCTION = frozenset(
    """en de du des d au aux a le la les l et ou in of the on im am nel il dans par pour depuis avant apres entre durant
    pendant courant fin debut mi annee an mois jour dit dite annonce publie decide c est ce cette und oder from since
    before after during by until bis seit vor nach ab vom zum di del dal e o per fur and or qu que qui""".split()
)


def _kind(folded: str, one: _Named) -> Kind:
    """Whether a period says when something was published, or of what it was about."""
    before, after = folded[: one.start], folded[one.end :]
    if _glued(folded, one):
        return "topic"
    governed = list(_RELEASES.finditer(before))
    if governed:
        between = before[governed[-1].end() :]
        if not re.search(r"\w", between):
            return "publication"
        of_subject = _OF.search(folded[: one.core])
        if not (of_subject and _ABOUT.search(between)):
            return "publication"
        return "topic"
    if _OF.search(before):
        return "topic"
    said = _SAID.search(before) or _SAID.search(after) or _RELEASES.search(after)
    return "publication" if said else "topic"


def _glued(folded: str, one: _Named) -> bool:
    """Whether a bare year stands on a noun as its name: « budget 2019 », « Expo 2015 »."""
    if one.start != one.core or not re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d+)?", folded[one.start : one.end]):
        return False
    word = re.search(r"([^\W\d_]+)['-]?\s?$", folded[: one.start])
    return word is not None and word[1] not in _FUNCTION and not re.fullmatch(_ISSUED, word[1])
