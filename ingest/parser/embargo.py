"""« SOUS EMBARGO JUSQU'AU 12 MARS 2024 À 10H »: until when a release must not be seen.

Does not enforce anything. An embargo whose end cannot be read holds until someone
corrects it, because publishing by mistake cannot be undone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.dates import find_dates
from store.folding import fold

PARIS = ZoneInfo("Europe/Paris")
HELD = datetime(9999, 12, 31, tzinfo=UTC)

_HELD_BACK = (
    r"(?:ne (?:pas|rien) (?:diffuser|publier|communiquer)|(?:diffusion|publication) interdite"
    r"|interdit de (?:diffuser|publier))"
    r" (?:avant|jusqu)|a (?:ne )?(?:diffuser|publier) (?:qu')?(?:a partir d|a compter d|apres )"
    r"|not for (?:release|publication|broadcast) (?:before|until)|hold (?:for release )?until"
)
_OTHER = r"(?! (?:sur|contre|economique|commercial|petrolier|international|on|against|gegen|depuis))"
_SAID = re.compile(
    rf"(?:sous|under|unter) embargo{_OTHER}|embargo (?:jusqu|fino|sino|:)|(?<!l')embargo (?:au |du |le )|embargo\s*$"
    r"|embargo (?:est |a ete )?(?:fixe|maintenu)|embargoed|embargo until|sperrfrist"
    rf"|^\W*(?:strict(?:ement|ly)? )?embargo{_OTHER}\b[^.]{{0,60}}\d|{_HELD_BACK}"
)
_UNTIL = re.compile(
    r"(?:sous embargo|embargo) (?:strict )?jusqu|(?:under embargo|embargoed|embargo) until|sperrfrist(?: bis|:)"
    r"|embargo (?:fino|sino)|^\W*embargo\s*:"
)
_LIFTED = re.compile(
    r"embargo (?:est |a ete )?leve|levee de l'embargo|\blev(?:e|ent|er|era)\b.{0,20}embargo|embargo lifted"
    r"|sans embargo|no embargo"
)
_MARKED = re.compile("mbargo|sperrfrist")
_HOUR = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:\s?(?:h(?:eures?|\b|(?=\d))|:(?=\d\d)|uhr)|\.(?=[0-5]\d\s?(?:uhr|h)))\s?(?P<minute>[0-5]\d)?"
)
_ITALIAN_HOUR = re.compile(r"\b(?:alle |le )?ore (?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?")
_ENGLISH_HOUR = re.compile(r"\b(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b")
_ZONES = (
    (re.compile(r"\b(?:gmt|utc|temps universel|heure universelle)\b"), "UTC"),
    (re.compile(r"heure de londres|london time|\bbst\b|uk time"), "Europe/London"),
    (re.compile(r"heure de new[ -]york|\bedt\b|\best\b(?= time|\))|new york time|eastern time"), "America/New_York"),
    (re.compile(r"heure (?:de |du )?(?:montreal|quebec|ottawa)|montreal time"), "America/Toronto"),
    (re.compile(r"heure de (?:la )?reunion"), "Indian/Reunion"),
    (re.compile(r"heure (?:de |des )?(?:la )?(?:martinique|guadeloupe|antilles)"), "America/Martinique"),
    (re.compile(r"heure de (?:la )?(?:guyane|cayenne)"), "America/Cayenne"),
    (re.compile(r"heure de (?:noumea|nouvelle[ -]caledonie)"), "Pacific/Noumea"),
    (re.compile(r"heure de (?:papeete|tahiti|polynesie)"), "Pacific/Tahiti"),
)
_EASTERN = re.compile(r"(?:\d|[AaPp]\.?[Mm]\.?)\s*\(?E[SD]?T\b")


@dataclass(frozen=True, slots=True)
class Embargo:
    """The moment a release may be seen (UTC), and what was supposed to read it."""

    until: datetime
    doubts: tuple[str, ...] = ()


def speaks_of_embargo(line: str) -> bool:
    """Whether a line puts the release under embargo."""
    folded = fold(line)
    return bool(_SAID.search(folded)) and not _LIFTED.search(folded)


def states_embargo(line: str) -> bool:
    """Whether a line anywhere in a text says how long its embargo holds."""
    return len(line) < 200 and bool(_UNTIL.search(fold(line))) and not _LIFTED.search(fold(line))


def mentions_embargo(text: str) -> bool:
    """Whether any word of a text may hold it back: a quick look before its lines are read."""
    return bool(_MARKED.search(fold(text)))


def read_embargo(line: str, near: date | None = None) -> Embargo:
    """The end of the embargo that `line` states; Paris time unless it names another.

    A day without hour ends at its first minute. Without a readable day the release is held.
    """
    days = [mention for mention in find_dates(line, near) if mention.precise and mention.period.first]
    if not days or days[0].period.first is None:
        return Embargo(HELD, ("embargo sans date lisible : retenu jusqu'à correction",))
    doubts: tuple[str, ...] = () if days[0].year_given else ("année de l'embargo absente, supposée",)
    folded = fold(line[: days[0].start] + " | " + line[days[0].end :])
    zone = next((ZoneInfo(name) for pattern, name in _ZONES if pattern.search(folded)), PARIS)
    if _EASTERN.search(line):
        zone = ZoneInfo("America/New_York")
    day, hour = days[0].period.first, _hour(folded)
    if hour is None and re.search(r"\bminuit\b|\bmidnight\b|mitternacht|mezzanotte", folded):
        day, hour = day + timedelta(days=1), time(0)
        doubts += ("embargo jusqu'à minuit : compris comme la fin du jour dit",)
    elif hour is None:
        doubts += ("embargo sans heure : levé à minuit, au début du jour dit",)
    moment = datetime.combine(day, hour or time(0), zone)
    return Embargo(moment.astimezone(UTC), doubts)


def _hour(folded: str) -> time | None:
    english = _ENGLISH_HOUR.search(folded)
    if english:
        hour = int(english["hour"]) % 12 + (12 if english["half"] == "p" else 0)
        return time(hour, int(english["minute"] or 0))
    if re.search(r"\bmidi\b|\bnoon\b", folded):
        return time(12)
    match = _ITALIAN_HOUR.search(folded) or _HOUR.search(folded)
    return time(int(match["hour"]) % 24, int(match["minute"] or 0)) if match else None
