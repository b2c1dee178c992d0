"""Finding releases without asking: the plain list that an answer never replaces.

Without words it is the catalogue's list, exact and whole. With words it is those nearest to
them, best first, as many as `NEAREST`; words that only say when and by whom (« communiqués
de novembre 2017 ») are read as filters and give the catalogue's list. Knows nothing about
screens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from statistics import pstdev
from typing import Literal

from assistant.answer import Evidence, Question
from assistant.desk import Desk
from assistant.inferred import Inferred
from assistant.ledger import first_sentence
from assistant.question import Understanding
from assistant.reasons import Reasons
from assistant.retrieval import evidence
from assistant.wanted import RELEASE
from store.facets import Facets, OverTime
from store.language import content_terms
from store.language import words as said
from store.period import Period, asked_periods
from store.records import Filters, Hit, Release, Span, Status
from store.schema import PARIS
from store.view import View

NEAREST = 100
"""Releases at most that are near to words."""
PASSAGES = 200
"""Passages among which they are."""
PAGE = 20
"""Releases of a page."""
FEW = 0.5
"""Share of the words that the best passage holds, under which another speaks of something else."""
_OF_RELEASES = re.compile(rf"{RELEASE}|presse|press|stampa")

Order = Literal["best", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: `words`, within `filters` used as they are, in `order`; `page` from 1.

    `declined` is what the asker took back of what was read off the words (`assistant.declined`).
    `closely` leaves out what shares but few of the words, as those of a whole question are.
    """

    words: str = ""
    filters: Filters = field(default_factory=Filters)
    statuses: tuple[Status, ...] = ()
    order: Order = "best"
    declined: tuple[str, ...] = ()
    page: int = 1
    closely: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A release that was found, at its best passage, and why in words (nothing where it is merely listed)."""

    release: Release
    span: Span
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """A page of what was found, `total` in all, and how all of it is spread.

    `filters` are those in force, `inferred` what the words said of them. `ranked` where
    resemblance chose them: then there are `NEAREST` at most.
    """

    lines: tuple[Finding, ...]
    total: int
    filters: Filters
    inferred: Inferred
    ranked: bool
    order: Order
    facets: Facets
    over_time: OverTime
    sought: str = ""


def find(desk: Desk, view: View, search: Search, language: str) -> Findings:
    """What the reader of `view` finds; `language` is that of the reasons."""
    if not search.words.strip():
        return _listed(view, search, search.filters, Inferred())
    question = Question(search.words, declined=search.declined, chosen=search.filters, language=language)
    view, asked = desk.understood(question, view.scope)
    asked = replace(asked, filters=replace(asked.filters, rubrics=search.filters.rubrics))
    if asked.wanted.of_the_catalogue and not asked.wanted.subject:
        order = search.order if search.order != "best" else asked.order or "newest"
        return _listed(view, replace(search, order=order), asked.filters, asked.inferred)
    return _ranked(desk, view, search, asked, language)


def _listed(view: View, search: Search, filters: Filters, inferred: Inferred) -> Findings:
    """The catalogue's list, by day."""
    order: Order = "oldest" if search.order == "oldest" else "newest"
    facets = view.facets(filters, search.statuses)
    start = (search.page - 1) * PAGE
    found = view.listed(filters, search.statuses, PAGE, start, order == "newest") if start < facets.releases else []
    lines = tuple(Finding(release, release.lead or first_sentence(release)) for release in found)
    over_time = view.over_time(filters, search.statuses)
    return Findings(lines, facets.releases, filters, inferred, False, order, facets, over_time)


def _ranked(desk: Desk, view: View, search: Search, asked: Understanding, language: str) -> Findings:
    """What is nearest to the words."""
    sought = asked.wanted.subject or subject(asked.standalone, asked, view.now.astimezone(PARIS).date())
    asked = replace(asked, standalone=sought, parts=())
    gathered = desk.nearest(view, asked, PASSAGES)
    near = evidence(_close(gathered.hits, FEW if search.closely else 0.0), NEAREST)
    within = replace(asked.filters, releases=tuple(one.release.id for one in near) or ("",))
    kept = [one for one in near if not search.statuses or one.release.status in search.statuses]
    if search.order != "best":
        kept.sort(key=partial(_day, newest=search.order == "newest"))
    reasons = Reasons(asked.standalone, asked.filters, gathered.hits, language)
    lines = tuple(
        Finding(one.release, one.span, reasons.of(one.release, one.span))
        for one in kept[(search.page - 1) * PAGE : search.page * PAGE]
    )
    facets, over_time = view.facets(within, search.statuses), view.over_time(within, search.statuses)
    return Findings(lines, len(kept), asked.filters, asked.inferred, True, search.order, facets, over_time, sought)


def subject(words: str, asked: Understanding, today: date) -> str:
    """The words without those that speak of releases and, where a period was read in them, of time.

    All of them where none would be left.
    """
    read = asked.inferred.period != Period()
    apart = [(one.start, one.end) for one in asked_periods(words, today)] if read else []
    apart += [(start, end) for raw, start, end in said(words) if _OF_RELEASES.fullmatch(raw)]
    left = "".join(" " if any(a <= n < b for a, b in apart) else letter for n, letter in enumerate(words))
    return " ".join(left.split()) if content_terms(left, asked.language) else words


def _close(hits: Sequence[Hit], least: float) -> list[Hit]:
    """Those that hold a word that was looked for, or whose meaning is about as near as that of the nearest.

    Of words, at least this share of what the best holds.
    """
    known = [near for hit in hits if (near := _nearness(hit)) is not None]
    enough = max(known, default=0.0) - (pstdev(known) if len(known) > 1 else 0.0)
    best = max((hit.why.get("words", 0.0) for hit in hits), default=0.0)
    return [
        hit
        for hit in hits
        if ((words := hit.why.get("words", 0.0)) > 0.0 and words >= least * best) or (_nearness(hit) or -1.0) >= enough
    ]


def _nearness(hit: Hit) -> float | None:
    return hit.why.get("sentence", hit.why.get("cosine"))


def _day(one: Evidence, *, newest: bool) -> int:
    """Sorts by day of publication, undated last."""
    published = one.release.published
    if published is None:
        return date.max.toordinal()
    return -published.toordinal() if newest else published.toordinal()
