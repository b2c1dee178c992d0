"""« SOUS EMBARGO JUSQU'AU 12 MARS 2024 À 10H »: until when a release must not be seen.

Does not enforce anything. An embargo whose end cannot be read holds until someone
corrects it, because publishing by mistake cannot be undone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from store.dates import find_dates
from store.folding import fold

PARIS = ZoneInfo("Europe/Paris")
HELD = datetime(9999, 12, 31, tzinfo=UTC)

_SAID = re.compile(
    r"sous embargo|embargo (?:jusqu|au |du |:|le )|embargo\s*$|under embargo|embargoed|embargo until|sperrfrist"
)
_UNTIL = re.compile(r"(?:sous embargo|embargo) jusqu|(?:under embargo|embargoed|embargo) until|sperrfrist bis")
_LIFTED = re.compile(r"embargo (?:est |a ete )?leve|levee de l'embargo|embargo lifted|sans embargo|no embargo")
_HOUR = re.compile(r"\b(?P<hour>[01]?\d|2[0-4])\s?(?:h(?:eures?|\b|(?=\d))|:(?=\d\d)|uhr)\s?(?P<minute>[0-5]\d)?")
_ENGLISH_HOUR = re.compile(r"\b(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b")
_ZONES = (
    (re.compile(r"\b(?:gmt|utc|temps universel)\b"), "UTC"),
    (re.compile(r"heure de londres|london time|\bbst\b"), "Europe/London"),
    (re.compile(r"heure de new[ -]york|\bedt\b|\best\b(?= time|\)|$)|new york time"), "America/New_York"),
    (re.compile(r"heure de (?:la )?reunion"), "Indian/Reunion"),
)


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
    return len(line) < 200 and "mbargo" in line.casefold() and bool(_UNTIL.search(fold(line)))


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
    hour = _hour(folded)
    if hour is None:
        doubts += ("embargo sans heure : levé à minuit, au début du jour dit",)
    moment = datetime.combine(days[0].period.first, hour or time(0), zone)
    return Embargo(moment.astimezone(UTC), doubts)


def _hour(folded: str) -> time | None:
    english = _ENGLISH_HOUR.search(folded)
    if english:
        hour = int(english["hour"]) % 12 + (12 if english["half"] == "p" else 0)
        return time(hour, int(english["minute"] or 0))
    if re.search(r"\bmidi\b|\bnoon\b", folded):
        return time(12)
    match = _HOUR.search(folded)
    return time(int(match["hour"]) % 24, int(match["minute"] or 0)) if match else None
