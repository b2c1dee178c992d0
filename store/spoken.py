"""Periods that only today settles: « l'an dernier », « ces trois derniers mois », « depuis la rentrée ».

Over folded text, in four languages. Knows nothing about what stands around the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from store.almanac import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    Period,
    any_of,
    easter,
    months,
    months_before,
    part_of_year,
    season,
    week_of,
    years,
)

Reader = Callable[[re.Match[str], date], Period | None]

_LAST = r"(?:derniere?s?|passee?s?|precedente?s?|ecoulee?s?)"
_COUNT = rf"(?P<count>{any_of(NUMBERS)}|\d{{1,3}})"
_UNIT = (
    r"(?:(?P<day>jours?|days?|tage?n?|giorn[io])|(?P<week>semaines?|weeks?|wochen?|settiman[ae])"
    r"|(?P<month>mois|months?|monate?n?|mes[ei])|(?P<year>ans?|annees?|years?|jahre?n?|ann[io]))"
)
_MONTH, _WEEKDAY, _SEASON = any_of(MONTHS), any_of(WEEKDAYS), any_of(SEASONS)
# A month without its year is one only after a word like these.
_MONTH_AFTER = (
    "en de d' depuis avant apres debut fin mi- des entre et mois in im since seit a between and before after bis da ab"
)


_LATELY = r"(?:(?:ces|les|(?:over )?the|in den|negli|nelle)\s)"
_DATED = r"(?:\s(?:de\s)?(?P<year>(?:19|20)\d\d))?"
_UNDATED = r"(?!\s(?:de\s|of\s)?(?:19|20)\d\d)"


def spoken_periods(folded: str, today: date) -> list[tuple[int, int, Period, bool]]:
    """Where such phrases stand in a folded text, the period of each, and whether its year is certain.

    « L'an dernier » leaves no doubt, « en mars » does. They may overlap.
    """
    found = (
        (*match.span(), period, read not in _YEAR_OPEN)
        for pattern, read in _phrases()
        for match in pattern.finditer(folded)
        if (period := read(match, today)) is not None
    )
    return list(found)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Each phrase with what reads it, the longest first."""
    these = r"(?:(?:ces|les|des|the|in den|den|negli|gli|nei|nelle)\s)?"
    phrases: tuple[tuple[str, Reader], ...] = (
        (rf"{these}(?:derniere?s|last|past|letzten|vergangenen|ultim[ie])\s{_COUNT}\s{_UNIT}", _last_units),
        (rf"{these}{_COUNT}\s(?:derniere?s|letzten|vergangenen|ultim[ie])\s{_UNIT}", _last_units),
        (rf"{these}{_COUNT}\s{_UNIT}\s{_LAST}", _last_units),
        (rf"(?:depuis|since|seit|da)\s{_COUNT}\s{_UNIT}", _last_units),
        (
            rf"{_LATELY}(?:tout\s)?(?:derniers jours|last few days|letzten tagen|ultimi giorni)",
            _lately(14),
        ),
        (
            rf"{_LATELY}(?:dernieres semaines|(?:last|past) (?:few )?weeks|letzten wochen|ultime settimane)",
            _lately(56),
        ),
        (
            rf"{_LATELY}(?:derniers mois|(?:last|past) (?:few )?months|letzten monaten|ultimi mesi)",
            _lately(183),
        ),
        (
            rf"{_LATELY}(?:dernieres annees|(?:last|past) (?:few )?years|letzten jahren|ultimi anni)",
            _lately(5 * 366),
        ),
        (r"ces derniers temps|recently|kurzlich|recentemente|recemment|dernierement|in letzter zeit", _lately(92)),
        (rf"(?:il y a|vor)\s{_COUNT}\s{_UNIT}|{_again(_COUNT)}\s{_again(_UNIT)}\s(?:ago|fa)", _ago),
        (r"avant-hier|vorgestern|l'altro ieri|(?:the )?day before yesterday", _days_ago(2)),
        (r"hier|yesterday|gestern|ieri", _days_ago(1)),
        (r"aujourd'hui|ce matin|ce jour|ce soir|today|this morning|heute|oggi|stamattina", _days_ago(0)),
        (
            rf"(?:la\s)?semaine\s{_LAST}|last week(?! of)|(?:letzte|vergangene)[nr]?\swoche"
            r"|(?:la\s)?settimana\sscorsa|(?:la\s)?scorsa\ssettimana",
            _week(-1),
        ),
        (r"cette semaine|this week|diese[r]?\swoche|questa settimana", _week(0)),
        (
            rf"(?:le\s)?mois\s{_LAST}|last month|(?:letzte[nm]|vergangene[nm])\smonat"
            r"|(?:il\s)?mese scorso|(?:lo\s)?scorso mese",
            _month(-1),
        ),
        (r"ce mois(?:-ci)?|this month|diese[nm] monat|questo mese", _month(0)),
        (
            rf"l'an(?:nee)?\s{_LAST}|l'an passe|last year|(?:letzte[snm]|vergangene[snm])\sjahr|vorjahr"
            r"|l'anno scorso|(?:lo\s)?scorso anno|anno scorso",
            _year(-1),
        ),
        (rf"(?:le\s|du\s)?(?:derniere? trimestre|trimestre {_LAST})|last quarter|letztes quartal", _last_quarter),
        (
            r"(?:depuis|since)\s(?:le debut de l'annee|the (?:start|beginning) of the year)|seit jahresbeginn"
            r"|dall'inizio dell'anno",
            lambda _, today: Period(date(today.year, 1, 1), None),
        ),
        (r"l'avant-derniere annee|(?:the )?year before last|vorletzte[sn] jahr", _year(-2)),
        (
            rf"(?:au |le |a l')?debut de (?:l'|cette )annee{_UNDATED}|en debut d'annee{_UNDATED}|earlier this year",
            _start_of_year,
        ),
        (rf"(?:a |en |la )?(?:la )?fin (?:de l'|de cette |d')annee{_UNDATED}|ende (?:des )?jahres", _end_of_year),
        (
            rf"(?P<ordinal>{any_of(ORDINALS)})\s(?:trimestre|quarter|quartal){_UNDATED}",
            _recent_quarter,
        ),
        (rf"(?:les\s)?(?:fetes de )?(?:noel|christmas|weihnachten|natale){_DATED}", _christmas),
        (rf"(?:les\s)?(?:fetes de )?(?:paques|easter|ostern|pasqua){_DATED}", _easter),
        (
            rf"(?:la |une )?session\s(?:parlementaire\s|federale\s|des chambres(?: federales)?\s|ordinaire\s)?"
            rf"(?:de\s|du\s|d'|l'|en\s)*(?P<season>{_SEASON}){_DATED}"
            rf"|(?P<season2>{_SEASON})(?:s?session|\s(?:session|sitting))(?:\s(?P<year2>(?:19|20)\d\d))?"
            r"|sessione (?P<season3>primaverile|estiva|autunnale|invernale)(?:\s(?P<year3>(?:19|20)\d\d))?",
            _session,
        ),
        (
            rf"(?:la\s)?(?:derniere session|session {_LAST})(?:\s(?:parlementaire|federale|du parlement|des chambres"
            r"(?: federales)?))?|(?:the )?(?:last|latest) (?:parliamentary )?session|letzten? session|ultima sessione",
            _last_session,
        ),
        (rf"(?:(?<=\bdepuis )|(?<=\bsince )|(?<=\bseit )|ce\s|this\s)(?P<weekday>{_WEEKDAY})", _last_weekday),
        (r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?!/)", _numbered_month),
        (r"cette annee|l'annee en cours|this year|diese[sm] jahr|quest'anno", _year(0)),
        (
            rf"(?:l'|le\s|du\s|cet\s|ce\s|au\s|en\s|in\s|im\s|last\s|this\s|letzten\s|diesen\s|la\sscorsa\s|questa?'?\s?)(?P<season>{_SEASON})"
            rf"(?:\s{_LAST}|\sscors[ao])?",
            _recent_season,
        ),
        (r"(?:la\s)?rentree(?:\sscolaire|\spolitique)?(?:\s(?:de\s)?(?P<year>(?:19|20)\d\d))?", _back_to_school),
        (rf"(?P<weekday>{_WEEKDAY})\s(?:derniere?|passe|scors[ao])", _last_weekday),
        (rf"(?:last|letzten|vergangenen)\s(?P<weekday>{_WEEKDAY})", _last_weekday),
        (r"(?:second|deuxieme)\ssemestre|second half of the year|zweiten?s? halbjahr", _second_half),
        (r"premier\ssemestre|first half of the year|ersten?s? halbjahr|primo semestre", _first_half),
        (rf"(?:mi|mid|mitte|meta)[-\s](?P<month>{_MONTH})(?!\s(?:de\s)?(?:19|20)\d\d)", _middle_of_month),
        (rf"(?:{_lookbehinds(_MONTH_AFTER)})(?P<month>{_MONTH})", _recent_month),
    )
    return tuple((re.compile(rf"(?<![\w-])(?:{phrase})(?![\w-])"), read) for phrase, read in phrases)


def _lookbehinds(openers: str) -> str:
    """A pattern for standing just after one of these words."""
    return "|".join(rf"(?<={opener})" if opener[-1] in "'-" else rf"(?<=\b{opener} )" for opener in openers.split())


def _again(pattern: str) -> str:
    """A pattern whose groups bear other names, for its second use."""
    return re.sub(r"\(\?P<(\w+)>", r"(?P<\g<1>2>", pattern)


def _counted(match: re.Match[str]) -> tuple[int, str]:
    """How many of which unit a phrase counts."""
    groups = {name.rstrip("2"): text for name, text in match.groupdict().items() if text}
    count = NUMBERS.get(groups["count"]) or int(groups["count"])
    return count, next(name for name in ("day", "week", "month", "year") if name in groups)


def _back(today: date, count: int, unit: str) -> date | None:
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    length = count * (12 if unit == "year" else 1)
    return months_before(today, length) if length < 12 * 200 else None


def _last_units(match: re.Match[str], today: date) -> Period | None:
    first = _back(today, *_counted(match))
    return Period(first, today) if first else None


def _ago(match: re.Match[str], today: date) -> Period | None:
    """« il y a deux ans » is that whole year, « il y a trois mois » that month."""
    count, unit = _counted(match)
    day = _back(today, count, unit)
    if day is None or unit == "day":
        return Period(day, day) if day else None
    if unit == "week":
        return week_of(day)
    return years(day.year) if unit == "year" else months(day.year, day.month)


def _days_ago(count: int) -> Reader:
    return lambda _, today: Period(today - timedelta(days=count), today - timedelta(days=count))


def _week(shift: int) -> Reader:
    return lambda _, today: week_of(today, shift)


def _month(shift: int) -> Reader:
    def read(_: re.Match[str], today: date) -> Period:
        first = months_before(today.replace(day=1), -shift)
        return months(first.year, first.month)

    return read


def _year(shift: int) -> Reader:
    return lambda _, today: years(today.year + shift)


def _last_quarter(_: re.Match[str], today: date) -> Period:
    first = months_before(today.replace(day=1), (today.month - 1) % 3 + 3)
    return months(first.year, first.month, 3)


def _first_half(_: re.Match[str], today: date) -> Period:
    return months(today.year, 1, 6)


def _lately(days: int) -> Reader:
    return lambda _, today: Period(today - timedelta(days=days), today)


def _start_of_year(_: re.Match[str], today: date) -> Period:
    return months(today.year, 1, 3)


def _end_of_year(_: re.Match[str], today: date) -> Period:
    return months(today.year - (today.month < 10), 10, 3)


def _recent_quarter(match: re.Match[str], today: date) -> Period | None:
    candidates = (part_of_year(year, ORDINALS[match["ordinal"]], 4) for year in (today.year, today.year - 1))
    return next((period for period in candidates if period and period.first and period.first <= today), None)


def _numbered_month(match: re.Match[str], _: date) -> Period:
    return months(int(match["year"]), int(match["month"]))


def _christmas(match: re.Match[str], today: date) -> Period:
    year = int(match["year"]) if match["year"] else today.year - (today < date(today.year, 12, 18))
    return Period(date(year, 12, 20), date(year, 12, 27))


def _easter(match: re.Match[str], today: date) -> Period:
    """From Good Friday to the Monday."""
    sunday = easter(int(match["year"])) if match["year"] else easter(today.year)
    if sunday > today and not match["year"]:
        sunday = easter(today.year - 1)
    return Period(sunday - timedelta(days=2), sunday + timedelta(days=1))


def _session(match: re.Match[str], today: date) -> Period | None:
    """A session of the Swiss parliament: three weeks around the turn of a season, generously."""
    groups = {name.rstrip("23"): text for name, text in match.groupdict().items() if text}
    month = _SESSION_SEASONS.get(groups["season"]) or SEASONS[groups["season"]]
    if "year" in groups:
        return _sitting(int(groups["year"]), month)
    sittings = (_sitting(year, month) for year in (today.year, today.year - 1))
    return next((one for one in sittings if one.first and one.first <= today), None)


def _last_session(_: re.Match[str], today: date) -> Period | None:
    sittings = [_sitting(year, month) for year in (today.year, today.year - 1) for month in (12, 9, 6, 3)]
    return next((one for one in sittings if one.first and one.first + timedelta(days=14) <= today), None)


def _sitting(year: int, month: int) -> Period:
    start, end = _SITTINGS[month]
    return Period(date(year, *start), date(year, *end))


_SITTINGS = {3: ((2, 24), (3, 31)), 6: ((5, 25), (6, 30)), 9: ((9, 1), (10, 5)), 12: ((11, 20), (12, 31))}
_SESSION_SEASONS = {"primaverile": 3, "estiva": 6, "autunnale": 9, "invernale": 12}


def _second_half(_: re.Match[str], today: date) -> Period:
    return months(today.year - (today.month < 7), 7, 6)


def _recent_season(match: re.Match[str], today: date) -> Period | None:
    candidates = (season(year, SEASONS[match["season"]]) for year in range(today.year + 1, today.year - 2, -1))
    return next((period for period in candidates if period.first and period.first <= today), None)


def _back_to_school(match: re.Match[str], today: date) -> Period:
    year = int(match["year"]) if match["year"] else today.year - (today < date(today.year, 9, 1))
    return months(year, 9)


def _last_weekday(match: re.Match[str], today: date) -> Period:
    back = (today.weekday() - WEEKDAYS[match["weekday"]] - 1) % 7 + 1
    day = today - timedelta(days=back)
    return Period(day, day)


def _recent_month(match: re.Match[str], today: date) -> Period:
    month = MONTHS[match["month"]]
    return months(today.year - (month > today.month), month)


def _middle_of_month(match: re.Match[str], today: date) -> Period:
    whole = _recent_month(match, today).first or today
    return Period(whole.replace(day=8), whole.replace(day=24))


_YEAR_OPEN: tuple[Reader, ...] = (
    _middle_of_month,
    _recent_month,
    _recent_season,
    _first_half,
    _second_half,
    _recent_quarter,
    _session,
)
