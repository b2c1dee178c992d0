"""Releases that contradict each other: the same thing said with another figure, or on another day.

Careful rather than thorough: a budget of another year, another month's statistics, a part and
its whole are no contradictions, and neither is « plus de 3 millions » beside 3.2. Knows nothing
about who may see what; it compares what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import cached_property

from store.language import content_terms, fold, stem, trimmed
from store.period import find_dates
from store.records import Figure, Hit, PassageKind, Release, Span

PASSAGES = 30
"""Passages whose sentences are compared with what is cited."""
ALIKE = 0.6
"""The share of the words of the sentence with fewer that both must hold.

Over 277 questions on 1,801 releases no figure of an answer raised a false alarm.
"""
BOTH = 0.4
"""The same of the sentence with more."""
SHARED = 3
"""Words that two sentences share at least, figures and units aside."""
ALIKE_DATED = 0.7
"""What ALIKE is where days differ: dates are said of everything."""
TITLED = 2
"""Words that the titles share, or all of the shorter one's."""
ROUNDED = Decimal("0.1")
"""How far, of the figure, « environ » reaches."""
FAR = 10
"""Times over which a figure is one of something else."""
APART = 400
"""Days between two days that may be said of one event."""
LOOKING_BACK = 31
"""The same where both releases look back."""
_HEDGES = re.compile(
    r"\b(?:environ|pres|quelque|quelques|plus|moins|autour|presque|au moins|jusqu'a|around|about|nearly|over|almost"
    r"|rund|etwa|gut|knapp|uber|circa|oltre|quasi)\b[^.]{0,12}$"
)
_CHANGE = re.compile(
    r"\b(?:hausse|baisse|augment\w*|progress\w*|recul\w*|dimin\w*|croissance|croit|croitre|par rapport|variation"
    r"|gagn\w*|perd\w*|chut\w*|reduc\w*|reduir\w*|rise|rose|fall|fell|increas\w*|decreas\w*|grew|growth|compared|zunahme"
    r"|abnahme"
    r"|anstieg|ruckgang|gestiegen|gesunken|aument\w*|calo|crescita|riduzion\w*)\b"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]?\d)")
_MONTHS = re.compile(
    r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|januar|februar|marz|juni|juli|oktober|dezember"
    r"|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre"
    r"|(?:1er|premier|2e|deuxieme|second|3e|troisieme|4e|quatrieme) (?:trimestre|semestre))\b"
)
_DIGITS = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[^\W\d_,;] )[A-ZÀ-Ý][\w-]{3,}|(?<=['’])[A-ZÀ-Ý][\w-]{3,}")
SERIES = 0.85
"""How alike (difflib's ratio) titles of a series are once figures and months are left out."""


@dataclass(frozen=True)
class Said:
    """A sentence of a release, and the figure or the day in it that another release says otherwise."""

    release: Release
    span: Span
    value: str


@dataclass(frozen=True)
class Disagreement:
    """Two releases on one thing; `newer` is the one published later."""

    newer: Said
    older: Said


def disagreements(
    cited: Iterable[tuple[Release, Span]], hits: Sequence[Hit], dated: bool = False
) -> Iterator[Disagreement]:
    """Sentences of the hits that say otherwise what is cited, at most one a release; days only where `dated`."""
    others = [_Sentence(release, span) for release, span in _sentences(hits[:PASSAGES])]
    told: set[frozenset[str]] = set()
    for release, span in cited:
        said = _Sentence(release, span)
        for other in others:
            pair = frozenset((release.id, other.release.id))
            if pair in told or not _apart(release, other.release):
                continue
            values = _figures_differ(said, other) or (_days_differ(said, other) if dated else None)
            if values is None:
                continue
            told.add(pair)
            one, two = Said(release, span, values[0]), Said(other.release, other.span, values[1])
            newer, older = (one, two) if _day(release) >= _day(other.release) else (two, one)
            yield Disagreement(newer, older)


def _sentences(hits: Sequence[Hit]) -> Iterator[tuple[Release, Span]]:
    seen: set[tuple[str, Span]] = set()
    for hit in hits:
        if hit.passage.kind is not PassageKind.BODY:
            continue
        for sentence in hit.passage.sentences:
            span = trimmed(hit.release.text, sentence)
            if any(map(str.isdigit, span.of(hit.release.text))) and (hit.release.id, span) not in seen:
                seen.add((hit.release.id, span))
                yield hit.release, span


def _apart(one: Release, other: Release) -> bool:
    """Two releases, no reprints or translations of each other, nor two of a series."""
    if one.id == other.id or one.language != other.language or (one.family and one.family == other.family):
        return False
    if one.group and one.group == other.group:
        return False
    return not _of_a_series(one, other)


def _of_a_series(one: Release, other: Release) -> bool:
    """Titles that differ in figures and months alone: « Semaine 11 », « Chômage en mars »."""
    first, second = _pattern(one.title), _pattern(other.title)
    if one.published == other.published:
        return False
    figured = "0" in first or "0" in second
    return first == second or (figured and SequenceMatcher(None, first, second).ratio() >= SERIES)


def _pattern(title: str) -> str:
    return " ".join(_DIGITS.sub("0", _MONTHS.sub("0", fold(title))).split())


class _Sentence:
    """A sentence, and what it has to be compared by; each part read when it is first needed."""

    def __init__(self, release: Release, span: Span) -> None:
        self.release = release
        self.span = span

    @cached_property
    def folded(self) -> str:
        return fold(self.span.of(self.release.text))

    @cached_property
    def figures(self) -> dict[tuple[str, str], list[Figure]]:
        """Figures by unit and what they count."""
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.release.figures:
            if self.span.start <= figure.span.start and figure.span.end <= self.span.end:
                counted = stem(fold(figure.counted), self.release.language) if figure.counted else ""
                found.setdefault((figure.unit or "", counted), []).append(figure)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the words, without figures, units and dates."""
        text = self.span.of(self.release.text)
        blanked = list(text)
        spans = [Span(f.span.start - self.span.start, f.span.end - self.span.start) for f in self._inside]
        spans += [Span(found.start, found.end) for found in find_dates(text, self.release.published)]
        for span in spans:
            blanked[span.start : span.end] = " " * len(span)
        return _stems("".join(blanked), self.release.language)

    @property
    def _inside(self) -> list[Figure]:
        return [figure for figures in self.figures.values() for figure in figures]

    @cached_property
    def title(self) -> frozenset[str]:
        return _stems(self.release.title, self.release.language)

    @cached_property
    def years(self) -> frozenset[str]:
        return frozenset(_YEAR.findall(self.folded)) or frozenset(_YEAR.findall(fold(self.release.title)))

    @cached_property
    def months(self) -> frozenset[str]:
        return frozenset(_MONTHS.findall(self.folded)) or frozenset(_MONTHS.findall(fold(self.release.title)))

    def names_beyond(self, other: _Sentence) -> bool:
        """Whether it, or its title, names something that the other's release does not hold."""
        if self.release.language == "de":
            return False
        told = f"{self.release.title}. {self.span.of(self.release.text)}"
        return any(fold(name) not in other.whole for name in _NAME.findall(told))

    @cached_property
    def whole(self) -> str:
        """All that its release says, folded."""
        return fold(f"{self.release.title}\n{self.release.text}")

    @cached_property
    def days(self) -> list[tuple[date, str]]:
        """The single days it names, with their words."""
        text = self.span.of(self.release.text)
        return [
            (found.period.first, text[found.start : found.end])
            for found in find_dates(text, self.release.published)
            if found.precise and not found.relative and found.period.first is not None
        ]


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(term.stem for term in content_terms(text, language) if not term.stem[:1].isdigit())


def _figures_differ(one: _Sentence, other: _Sentence) -> tuple[str, str] | None:
    for kind, figures in one.figures.items():
        against = other.figures.get(kind, [])
        if len(figures) != 1 or len(against) != 1 or not any(kind):
            continue
        if (
            _differ(one, figures[0], other, against[0])
            and _same_subject(one, other, ALIKE)
            and _same_time(one, other)
            and not (_CHANGE.search(one.folded) or _CHANGE.search(other.folded))
        ):
            return _written(one.release, figures[0]), _written(other.release, against[0])
    return None


def _differ(one: _Sentence, figure: Figure, other: _Sentence, against: Figure) -> bool:
    """Whether two figures cannot both be right of one thing, neither being the other's rounding."""
    try:
        first, second = Decimal(figure.value), Decimal(against.value)
    except InvalidOperation:
        return False
    low, high = sorted((abs(first), abs(second)))
    if first == second or low == 0 or high > FAR * low:
        return False
    hedged = _hedged(one, figure) or _hedged(other, against)
    if hedged and high - low <= ROUNDED * high:
        return False
    return not _rounds_to(first, second) and not _rounds_to(second, first)


def _hedged(one: _Sentence, figure: Figure) -> bool:
    before = one.release.text[max(one.span.start, figure.span.start - 24) : figure.span.start]
    return _HEDGES.search(fold(before)) is not None


def _rounds_to(exact: Decimal, round_: Decimal) -> bool:
    """3.24 rounds to 3.2, 12 499 to 12 500: to as many figures as the other has."""
    digits = len(round_.normalize().as_tuple().digits)
    if exact == 0 or digits >= len(exact.normalize().as_tuple().digits):
        return False
    unit = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    off = abs(exact - round_)
    return off <= unit / 2 or (off < unit and round_ < exact)


def _days_differ(one: _Sentence, other: _Sentence) -> tuple[str, str] | None:
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    (first, said), (second, other_said) = one.days[0], other.days[0]
    if first == second or abs((first - second).days) > APART or not _same_subject(one, other, ALIKE_DATED):
        return None
    if {first, second} & {one.release.published, other.release.published}:
        return None
    if one.names_beyond(other) or other.names_beyond(one) or not _of_one_event(one, first, other, second):
        return None
    return said, other_said


def _of_one_event(one: _Sentence, first: date, other: _Sentence, second: date) -> bool:
    """Whether two days may be one event's: put off before it took place, or told of soon after.

    Once the day first announced has passed, another day is the next session's.
    """
    if one.release.published is None or other.release.published is None:
        return False
    (announced, said), (again, saying) = sorted([(one.release.published, first), (other.release.published, second)])
    if said <= announced and saying <= again:
        return abs((said - saying).days) <= LOOKING_BACK
    return again <= said


def _same_subject(one: _Sentence, other: _Sentence, alike: float) -> bool:
    shared = one.words & other.words
    fewer, more = sorted((len(one.words), len(other.words)))
    if len(shared) < SHARED or len(shared) < alike * fewer or len(shared) < BOTH * more:
        return False
    if one.names_beyond(other) and other.names_beyond(one):
        return False
    titled = one.title & other.title
    return len(titled) >= min(TITLED, len(one.title), len(other.title))


def _same_time(one: _Sentence, other: _Sentence) -> bool:
    """No year or month of the one that is not the other's; a release's own year where it names none."""
    if one.years != other.years:
        years = one.years or _published_in(one.release), other.years or _published_in(other.release)
        if not years[0] & years[1]:
            return False
    return not (one.months or other.months) or bool(one.months & other.months)


def _published_in(release: Release) -> frozenset[str]:
    return frozenset() if release.published is None else frozenset((str(release.published.year),))


def _written(release: Release, figure: Figure) -> str:
    """The figure in the words of its release, with what it counts."""
    written = " ".join(figure.span.of(release.text).split())
    after = release.text[figure.span.end : figure.span.end + 40]
    if figure.counted and (found := re.match(rf"\s+(?:d[e'’]\s?)?{re.escape(figure.counted)}", after)):
        return f"{written} {' '.join(found[0].split())}"
    return written


def _day(release: Release) -> date:
    return release.published or date.min
