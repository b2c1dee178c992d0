"""The filters searches are timed with: narrow and broad ones of every kind, drawn from the archive itself.

Knows the facts of an archive, not its texts.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from store.period import Period
from store.records import Filters
from store.view import View

NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of filter: its name, and how many releases it leaves in this archive."""

    name: str
    filters: Filters
    leaves: int


def kinds(view: View) -> list[Kind]:
    """No filter, then issuers, periods and languages, each narrow and broad, and all of them together."""
    extent = view.extent()
    names, languages = list(view.issuers()), view.languages()
    chosen: dict[str, Filters] = {NONE: Filters()}
    if names:
        chosen["the most prolific issuer"] = Filters(issuers=(names[0],))
        chosen["a middling issuer"] = Filters(issuers=(names[len(names) // 4],))
        chosen["the rarest issuer"] = Filters(issuers=(names[-1],))
        chosen["three issuers"] = Filters(issuers=tuple(names[:3]))
    if extent.first and extent.last:
        year = Period(date(extent.last.year - 1, 1, 1), date(extent.last.year - 1, 12, 31))
        if not view.extent(Filters(period=year)).releases:
            year = Period(date(extent.last.year, 1, 1), date(extent.last.year, 12, 31))
        assert year.first is not None
        month = Period(year.first, year.first.replace(day=calendar.monthrange(year.first.year, 1)[1]))
        half = Period(date((extent.first.year + extent.last.year) // 2, 1, 1), extent.last)
        chosen |= {"a month": Filters(period=month), "a year": Filters(period=year), "half the years": Filters(half)}
        if names:
            chosen["an issuer's year"] = Filters(year, (names[0],))
    chosen |= {f"language {language}": Filters(languages=(language,)) for language in languages[:2]}
    if names and languages and extent.first:
        chosen["issuer, years and language"] = Filters(half, (names[0],), (languages[0],))
    return [Kind(name, filters, view.extent(filters).releases) for name, filters in chosen.items()]
