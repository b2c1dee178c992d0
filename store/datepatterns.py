"""The patterns of written dates, over folded text, the most telling first.

Regular expressions only; `store.dateforms` makes sense of what they match.
"""

from __future__ import annotations

import re
from functools import cache

from store.almanac import ENGLISH_MONTHS, MONTHS, NUMBERS, ORDINALS, SEASONS, SHORT_MONTHS, WEEKDAYS, any_of

# A date may run over one line break.
_GAP = r"[ \t]{0,2}\n?[ \t]{0,2}"
_SPACE = r"(?:[ \t]{1,3}\n?[ \t]{0,2}|\n[ \t]{0,2})"
_DAY = r"\d{1,2}|premier|primo"
_MONTH = rf"(?:{any_of(MONTHS)})(?![a-z0-9])|(?:{any_of(SHORT_MONTHS)})(?![a-z0-9])\.?"
_YEAR = r"(?:19|20)\d\d(?!\d|[.,']\d)"
_ORDER = r"(?:\^?\{?(?:ere|er|re|eme|e|st|nd|rd|th|o)\}?|[.°])?"
_WEEKDAY = any_of(WEEKDAYS)
_OF_YEAR = rf"(?:,?{_SPACE}(?:(?:de|del|of)\s(?:l'annee\s|l'an\s|dell'anno\s)?|dell'anno\s|des jahres\s)?)"
_BEFORE = r"(?<![\w.,/^])(?<!\d-)"
_LINK = r"(?:jusqu'au|jusqu'a|until|till|through|bis|and|und|al|au|to|et|a|e|-|/)"
_ORDINAL = any_of(ORDINALS)
_NUMBER = any_of(NUMBERS)

# What is counted after a figure: « 2018 francs » is no year.
UNITS = re.compile(
    r"\s?(?:[%€$£]|\d{3}(?!\d)|(?:francs?|fr\.|chf|euros?|eur|dollars?|usd|livres|personnes?|habitants?|cas|fois|ans"
    r"|jours|heures|km2?|m2?|ha|kg|tonnes?|hectares|metres|litres|logements|places|emplois|postes|entreprises"
    r"|visiteurs|demandes|voix|pages|membres|exemplaires|pieces|points?|eleves|etudiants|agents|salaries"
    r"|millions?|milliards?|mio|mrd|milioni|miliardi|millionen|milliarden|billions?"
    r"|franken|personen|einwohner|stunden|tage|stellen|people|persons|jobs|cases|hours|days"
    r"|franchi|persone|abitanti|casi|giorni|posti|w|kwh|mwh?|gwh|mhz)(?![a-z0-9]))"
)
NUMBER_BEFORE = re.compile(r"(?:(?<!\d)\d{2,3} |\b(?:chf|eur|usd|fr\.|no|nos|n°|art\.?|p\.|page|rs) ?|[$€£] ?)$")
WEEKDAY_BEFORE = re.compile(rf"(?<![a-z])(?P<weekday>{_WEEKDAY})\.?,?\s{{1,2}}(?:(?:le|den|dem|the|il)\s)?$")
SECOND_WEEKDAY = re.compile(r"[a-z](?:\s(?:et|und|and|e|au|bis|to|al)\s|,\s?)$")
OPENED_BEFORE = re.compile(
    r"(?<![a-z])(?P<open>du|entre|from|between|vom|zwischen|dal|tra|les)\s(?:le\s|the\s|dem\s|il\s)?$"
)


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each form of date with its pattern; where two overlap the earlier in this order holds."""
    return tuple((form, re.compile(pattern)) for form, pattern in _forms())


def _forms() -> tuple[tuple[str, str], ...]:
    year_end = rf"(?:{_OF_YEAR}(?P<year>{_YEAR}))"
    return (
        ("iso", r"(?<![\w.-])(?P<year>\d{4})([-/])(?P<month>\d{2})\2(?P<day>\d{2})(?!\d|[-/]\d)"),
        (
            "numeric",
            r"(?<![\d./-])(?P<day>\d{1,2})(?:(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
            r"|\.\s(?P<month2>\d{1,2})\.\s(?P<year2>\d{4})"
            r"|(?<=\d\d)(?P<mark3>[./])(?P<month3>\d\d)(?P=mark3)(?P<year3>\d\d))(?!\d|[./-]\d)",
        ),
        (
            "day range",
            rf"{_BEFORE}(?P<d1>{_DAY}){_ORDER}(?:\s(?P<m1>{_MONTH})(?:\s(?P<y1>{_YEAR}))?)?\s?(?P<link>{_LINK})\s?"
            rf"(?:(?:{_WEEKDAY}),?\s)?(?:(?:le|the|den|dem|il)\s)?(?P<day>{_DAY}){_ORDER}{_SPACE}(?:di\s|of\s)?"
            rf"(?P<month>{_MONTH}){year_end}?",
        ),
        (
            "day month",
            rf"{_BEFORE}(?P<day>{_DAY}){_ORDER}{_GAP}(?:di\s|of\s)?(?P<month>{_MONTH}){year_end}?",
        ),
        (
            "month day",
            rf"(?<![\w^'])(?P<month>{any_of(ENGLISH_MONTHS)})\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:\s?(?:-|to|and)\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,?{_SPACE}(?P<year>{_YEAR})|(?![.,:%]\d|\d))",
        ),
        (
            "month range",
            rf"(?<![\w^])(?P<m1>{_MONTH})(?:\s(?P<y1>{_YEAR}))?\s?(?P<link>{_LINK})\s?"
            rf"(?P<month>{_MONTH}){year_end}",
        ),
        ("month year", rf"(?<![\w^])(?P<month>{_MONTH}){year_end}"),
        (
            "season",
            rf"(?<![\w^])(?P<season>{any_of(SEASONS)}){year_end}(?:[-/](?P<y2>\d{{4}}|\d\d)(?!\d))?",
        ),
        (
            "part of year",
            rf"(?<![\w^])(?P<ordinal>{_ORDINAL})\s(?P<part>semestre|trimestre|quadrimestre|quartal|quarter|half"
            rf"|halbjahr|semester|moitie)(?:\sof)?{year_end}",
        ),
        (
            "part of year",
            rf"(?<![\w^])(?:(?P<part>[tqsh])(?P<ordinal>[1-4])[ /-]?(?P<year>{_YEAR})"
            r"|(?P<year2>(?:19|20)\d\d)[ /-]?(?P<part2>[tqsh])(?P<ordinal2>[1-4]))(?!\w)",
        ),
        (
            "first months",
            rf"(?<![\w^])(?:(?P<count>{_NUMBER}|\d{{1,2}})\s(?:premiers\smois|primi\smesi)"
            rf"|(?:first|ersten|primi)\s(?P<count2>{_NUMBER}|\d{{1,2}})\s(?:months|monaten?|mesi)){year_end}",
        ),
        (
            "decade",
            r"(?<!\w)(?:(?:annees|anni)\s(?P<year>(?:19|20)\d0)(?!\d)"
            r"|(?P<year2>(?:19|20)\d0)(?:s|er[ -]jahren?)(?!\w))",
        ),
        (
            "year range",
            r"(?<![\w.,/'-])(?P<year>(?:19|20)\d\d)(?:\s?(?P<mark>[-/])\s?(?P<y2>(?:19|20)\d\d|\d\d)"
            r"|\s(?P<link>a|to|bis|al|et|and|und|e)\s(?P<y3>(?:19|20)\d\d))(?!\w|[.,/-]\d)",
        ),
        ("year", r"(?<![\w.,/'+-])(?P<year>(?:19|20)\d\d)(?![\w%']|[.,]\d|[/-]\d)"),
        (
            "weekday day",
            rf"(?<![\w^])(?P<weekday>{_WEEKDAY})\s(?P<day>\d{{1,2}})(?:er)?(?![\w%:^]|[.,/-]\d|\s(?:h|uhr|heures)\b)",
        ),
        (
            "relative day",
            r"(?<![\w'-])(?P<word>avant-hier|hier|aujourd'hui|yesterday|today|gestern|heute|ieri|oggi)(?![\w'-])",
        ),
    )
