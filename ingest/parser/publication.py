"""When and where a release was published, and what it says of its own time: embargo, correction.

The file's own time never counts. Does not know titles or issuers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from ingest.document import EXPORT
from ingest.parser.corrections import read_correction
from ingest.parser.dateline import read_dateline
from ingest.parser.embargo import mentions_embargo, read_embargo, states_embargo
from ingest.parser.lines import lines
from ingest.parser.reading import Reading
from store.records import Correction, OriginKind, Span

_NO_YEAR = date(2000, 1, 1)
_LAST_LINES = 4000
_ITEM = re.compile(r"[-•●–*]\s|[•●]")


def published(reading: Reading) -> tuple[date | None, str | None]:
    """Day and place: stated, else in the masthead, the page's dateline, the last lines, or guessed from the file."""
    head, hints = reading.head, reading.document.hints
    published = reading.stated("published", hints.published) if hints.published else None
    place = reading.stated("place", hints.place) if hints.place else None
    for day, where, kind, span, placed in _days(reading):
        if published is None and day is not None:
            published = day
            reading.note("published", kind, span)
            if kind is OriginKind.SIGNATURE:
                reading.doubts.append("date lue à la fin du texte")
        if place is None and where:
            place = where
            reading.note("place", kind, placed)
    if published is None:
        published = _guessed_day(reading)
    if published is None:
        reading.doubts.append("aucune date de publication")
    stated = reading.document.media_type != EXPORT and hints.published
    if stated and head.published and stated != head.published:
        reading.doubts.append(f"la date du texte ({head.published}) diffère de la date déclarée ({stated})")
    return published, place


_Day = tuple[date | None, str | None, OriginKind, Span | None, Span | None]


def _days(reading: Reading) -> Iterator[_Day]:
    """Where the text or the page say day and place, the surest first."""
    head, hints = reading.head, reading.document.hints
    yield head.published, head.place, OriginKind.DATELINE, head.spans.get("published"), head.spans.get("place")
    if hints.dateline:
        shown = read_dateline(hints.dateline, head.published or hints.published or _NO_YEAR)
        if shown is not None:
            yield shown.mention.period.first, shown.place, OriginKind.PAGE, None, None
    if head.published is None or head.place is None:
        signed = _signed(reading)
        if signed is not None and (head.published is None or signed[0] == head.published):
            yield signed


def _signed(reading: Reading) -> _Day | None:
    """« Fait à Lille, le 3 mai 2021 » among the last lines."""
    text = reading.text
    start = max(reading.head.body, len(text) - _LAST_LINES)
    found: _Day | None = None
    for line in reversed(list(lines(text, start))):
        if len(line.text) > 90 or not re.search(r"\d", line.text) or _ITEM.match(line.text):
            continue
        dateline = read_dateline(line.text, _NO_YEAR)
        if dateline is None or not dateline.mention.year_given or dateline.body is not None:
            continue
        mention, placed = dateline.mention, dateline.placed
        span = Span(line.start + mention.start, line.start + mention.end)
        where = Span(line.start + placed.start, line.start + placed.end) if placed else None
        if where is not None:
            return mention.period.first, dateline.place, OriginKind.SIGNATURE, span, where
        if found is None:
            found = (mention.period.first, None, OriginKind.SIGNATURE, span, None)
    return found


def _guessed_day(reading: Reading) -> date | None:
    guesses = reading.document.guesses
    if guesses.published is None:
        return None
    reading.note("published", guesses.origin)
    told = {
        OriginKind.MAIL: "date de l'en-tête du courriel",
        OriginKind.FEED: "date du flux",
        OriginKind.PAGE: "date indiquée par la page",
    }
    reading.doubts.append(told.get(guesses.origin, "date des propriétés du document"))
    return guesses.published


def embargo(reading: Reading, published: date | None) -> datetime | None:
    stated, head, text = reading.document.hints.embargo, reading.head, reading.text
    if stated is not None:
        return reading.stated("embargo", stated)
    said, span = head.embargo, head.spans.get("embargo")
    if said is None and mentions_embargo(text):
        line = next((line for line in lines(text) if states_embargo(line.text)), None)
        said, span = (line.text, Span(line.start, line.end)) if line else (None, None)
    if said is None:
        return None
    reading.note("embargo", OriginKind.MASTHEAD if head.embargo else OriginKind.BODY, span)
    held = read_embargo(said, published)
    reading.doubts.extend(held.doubts)
    return held.until


def corrects(reading: Reading) -> Correction | None:
    span = reading.head.spans.get("corrects")
    if span is None:
        return None
    reading.note("corrects", OriginKind.MASTHEAD, span)
    start = reading.head.body
    correction = read_correction(reading.text, span, Span(start, min(reading.body_end, start + 800)))
    if not (correction.published or correction.reference or correction.title):
        reading.doubts.append(f"annonce une correction sans dire de quel communiqué : « {span.of(reading.text)[:80]} »")
    return correction
