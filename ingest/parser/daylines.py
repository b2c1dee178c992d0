"""The lines of a head that date a release or number it: dateline, second dateline, reference.

Does not know the other lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ingest.parser.dateline import Dateline, before_others, read_dateline
from ingest.parser.head import Masthead, TopLines, add_heading, note_date
from ingest.parser.letterhead import Heading
from ingest.parser.lines import Line
from ingest.parser.vocabulary import BANNER
from store.dates import impossible_dates
from store.records import Span

REFERENCE = re.compile(
    r"(?:communique |cp |dossier )?(?:ref(?:erence)?s?|n[°º]|nr|no|numero|reference number|our ref)\.?[\s:°]*"
    r"(?P<reference>[\w/.-]*\d[\w/.-]*(?: ?[/-] ?\w+)?)"
)


def dated(
    text: str, line: Line, number: int, head: Masthead, met: TopLines, near: date | Callable[[], date]
) -> str | None:
    folded = line.folded
    reference = REFERENCE.fullmatch(folded.strip())
    if reference and len(line.text) < 60:
        head.set("reference", text, line.start + reference.start("reference"), line.end)
        return "reference"
    if len(line.text) < 60 and impossible_dates(line.text):
        head.doubts.append(f"date qui n'existe pas : « {line.text[:80]} »")
        return "date"
    if head.published is not None:
        return _again(text, line, number, head, met)
    referred = REFERENCE.match(folded)
    if referred and read_dateline(line.text[referred.end() :].lstrip(" ,–—|-"), date(2000, 1, 1)):
        head.set("reference", text, line.start + referred.start("reference"), line.start + referred.end("reference"))
        start = line.start + len(line.text) - len(line.text[referred.end() :].lstrip(" ,–—|-"))
        line = Line(text[start : line.end], start, line.end, line.after_gap)
    dateline = read_dateline(line.text, date(2000, 1, 1))
    if dateline is not None and not dateline.mention.year_given:
        dateline = read_dateline(line.text, near() if callable(near) else near)
    if dateline is None:
        dateline = _shared(text, line, head, met)
    if dateline is None:
        return None
    note_date(text, line, head, dateline)
    if dateline.issuer is not None:
        named = Span(line.start + dateline.issuer.start, line.start + dateline.issuer.end)
        beside = Line(text[named.start : named.end], named.start, named.end, line.after_gap)
        add_heading(met, Heading(beside, met.first_mark is None, apart=True))
    met.dates.append((number, line, dateline.place is not None))
    if dateline.body is not None:
        head.body = line.start + dateline.body
        return "body"
    if BANNER.match(folded):
        met.banner = line.start if met.banner is None else met.banner
    return "date"


def _again(text: str, line: Line, number: int, head: Masthead, met: TopLines) -> str | None:
    """A second dateline: where it names the place that the first one lacks, the first was a title's own."""
    again = read_dateline(line.text, head.published or date(2000, 1, 1))
    if again is None or (again.body is None and len(line.text) > 60):
        return None
    if again.placed and head.place is None:
        if again.mention.period.first != head.published and again.mention.year_given:
            first = Heading(met.dates[0][1], opens=False, apart=False)
            met.headings = sorted([*met.headings, first], key=lambda heading: heading.line.start)
            met.dates = [(number, line, True)]
        note_date(text, line, head, again)
    if again.body is None or not again.placed:
        return "date" if again.body is None else None
    head.body = line.start + again.body
    return "body"


def _shared(text: str, line: Line, head: Masthead, met: TopLines) -> Dateline | None:
    """The dateline of a line that goes on with a rubric in capitals or the reference, set at its other end."""
    found = before_others(line.text, date(2000, 1, 1)) if len(line.text) < 120 else None
    if found is None or not found[0].mention.year_given:
        return None
    dateline, start = found
    rest = Line(line.text[start:], line.start + start, line.end, after_gap=False)
    reference = REFERENCE.fullmatch(rest.folded)
    if reference:
        head.set("reference", text, rest.start + reference.start("reference"), rest.end)
    elif rest.shouted and len(rest.text) < 60:
        add_heading(met, Heading(rest, opens=False, apart=False))
    else:
        return None
    return dateline
