"""Who says what, when: the quotations of the releases one reader may see, narrowed and counted.

Every quotation of the register's releases is held as numbers, so that a click costs
milliseconds; words are looked for in SQL, and the words shown are cut from the release's
text. Spellings of one name are one speaker. Knows nothing about questions or screens.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_

from store.folding import fold
from store.language import content_terms, detect, terms
from store.period import Period
from store.records import Filters, Scope, Span, Status
from store.register import Places, Register, date_of
from store.rows import day_of
from store.schema import releases, verbatims, versions
from store.speaker_names import one_speaker

Mask = npt.NDArray[np.bool_]


REMEMBERED = 32
"""Words whose quotations a bank remembers: one page asks for them several times, and the next page again."""
TOP = 12
"""Speakers and offices that a facet shows."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for among quotations; empty fields narrow nothing.

    Every one of `words` is said, in any inflection. `speaker` is a `Speaker.key`, `named` are
    beginnings of words of the speaker's name, `office` words of the office in order, `indirect`
    reported speech alone or words in marks alone.
    """

    words: str = ""
    speaker: str = ""
    office: str = ""
    indirect: bool | None = None
    within: Filters = field(default_factory=Filters)
    named: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """One quotation in its release: `words` stand there at `span`."""

    release_id: str
    version: int
    title: str
    issuer: str | None
    published: date | None
    status: Status
    embargo: datetime | None
    reference: str | None
    language: str
    speaker: str | None
    role: str | None
    words: str
    span: Span
    indirect: bool


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted: the name as it is mostly written, the latest office, how often and when."""

    key: str
    name: str
    role: str | None
    sayings: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Speakers:
    """How many are quoted, and some of them, most quoted first."""

    total: int
    first: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """How many quotations are found, and under each value of each facet, most first (years newest first).

    Of speakers and offices the first `TOP`.
    """

    sayings: int
    direct: int
    indirect: int
    speakers: Speakers
    offices: Mapping[str, int]
    issuers: Mapping[str, int]
    years: Mapping[int, int]


Key = tuple[str, int, int]
"""A quotation: its release, version and ordinal."""
_WORD = re.compile(r"[^\W_]+")


class Bank:
    """The quotations of one register's releases, newest first. Safe between threads."""

    def __init__(self, register: Register, rows: Iterable[Row[Any]]) -> None:
        rank = np.empty(len(register.ids), dtype=np.int64)
        rank[register.newest_first] = np.arange(len(register.ids))
        placed = [(register.places[row.release_id], row) for row in rows if row.release_id in register.places]
        placed.sort(key=lambda one: (rank[one[0]], one[1].ordinal))
        said = [row for _, row in placed]
        self._register = register
        self.places: Places = np.array([place for place, _ in placed], dtype=np.int64)
        self.keys: list[Key] = [(row.release_id, row.version, row.ordinal) for row in said]
        self._numbers = {key: number for number, key in enumerate(self.keys)}
        self._held: dict[str, Mask | None] = {}
        self._looking = threading.Lock()
        self._ranks = rank[self.places]
        self._indirect = np.array([bool(row.indirect) for row in said], dtype=np.bool_)
        meant = one_speaker([(row.who, row.speaker) for row in said], register.signed)
        self._speakers = _Named([(meant.get(row.who, ""), row.speaker or "", row.who) for row in said])
        self._offices = _Named([(_compared(row.office), " ".join((row.office or "").split()), None) for row in said])

    def mask(self, sought: Sought, worded: Mask | None) -> Mask:
        """Which quotations are left; `worded` are those that hold the words, None where none are asked for."""
        mask: Mask = self._register.chosen(sought.within)[self.places]
        if worded is not None:
            mask &= worded
        if sought.speaker:
            mask &= self._speakers.of == self._speakers.numbers.get(sought.speaker, -1)
        if begun := _begun(sought.named):
            mask &= np.isin(self._speakers.of, self._speakers.beginning(begun))
        if wanted := _compared(sought.office):
            held = [n for office, n in self._offices.numbers.items() if f" {wanted} " in f" {office} "]
            mask &= np.isin(self._offices.of, held)
        if sought.indirect is not None:
            mask &= self._indirect == sought.indirect
        return mask

    def holding(self, words: str, find: Callable[[], Iterable[Key] | None]) -> Mask | None:
        """Which quotations hold these words, as `find` gives their keys; None where it does, for all do."""
        with self._looking:
            if words not in self._held:
                self._held = dict(list(self._held.items())[1 - REMEMBERED :])
                self._held[words] = self._found(find())
            return self._held[words]

    def _found(self, keys: Iterable[Key] | None) -> Mask | None:
        if keys is None:
            return None
        there = np.zeros(len(self.keys), dtype=np.bool_)
        there[[self._numbers[key] for key in keys if key in self._numbers]] = True
        return there

    def page(self, mask: Mask, limit: int, offset: int, newest_first: bool) -> list[Key]:
        """The keys of a page of these quotations, by day; those of one release as they are read."""
        numbers = np.flatnonzero(mask)
        if not newest_first:
            numbers = numbers[np.lexsort((numbers, -self._ranks[numbers]))]
        return [self.keys[n] for n in numbers[offset : offset + limit]]

    def heard(self, sought: Sought, worded: Mask | None) -> Heard:
        """Each facet is counted within all others."""
        whole = self.mask(sought, worded)
        any_issuer = self.mask(replace(sought, within=replace(sought.within, issuers=())), worded)
        any_time = self.mask(replace(sought, within=replace(sought.within, period=Period())), worded)
        either = self._indirect[self.mask(replace(sought, indirect=None), worded)]
        offices = self._offices.counted(self.mask(replace(sought, office=""), worded))
        return Heard(
            int(np.count_nonzero(whole)),
            int(np.count_nonzero(~either)),
            int(np.count_nonzero(either)),
            self.speakers(replace(sought, speaker=""), worded, "", TOP, 0),
            {self._offices.written(n): count for n, count in offices[:TOP]},
            self._issuers(any_issuer),
            self._years(any_time),
        )

    def speakers(self, sought: Sought, worded: Mask | None, named: str, limit: int, offset: int) -> Speakers:
        """A page of those who are quoted, most quoted first; `named` are beginnings of words of the name."""
        mask = self.mask(sought, worded)
        found = self._speakers.counted(mask)
        if begun := _begun(named):
            fitting = set(self._speakers.beginning(begun))
            found = [(number, count) for number, count in found if number in fitting]
        return Speakers(
            len(found), tuple(self._speaker(number, count, mask) for number, count in found[offset : offset + limit])
        )

    def _speaker(self, number: int, count: int, mask: Mask) -> Speaker:
        chosen = np.flatnonzero(mask & (self._speakers.of == number))
        offices = (self._offices.written(self._offices.of[n]) for n in chosen)
        days = self._register.days[self.places[chosen]]
        dated = days[days > 0]
        first, last = (date_of(int(dated.min())), date_of(int(dated.max()))) if len(dated) else (None, None)
        office = next(filter(None, offices), None)
        return Speaker(self._speakers.keys[number], self._speakers.written(number), office, count, first, last)

    def _issuers(self, mask: Mask) -> dict[str, int]:
        counts = np.bincount(self.places[mask], minlength=len(self._register.ids))
        found = {name: int(counts[places].sum()) for name, places in self._register.signed.items()}
        return dict(sorted(((n, c) for n, c in found.items() if c), key=lambda one: (-one[1], one[0])))

    def _years(self, mask: Mask) -> dict[int, int]:
        days = self._register.days[self.places[mask]]
        years, counts = np.unique(days[days > 0] // 10_000, return_counts=True)
        return {int(year): int(count) for year, count in zip(years[::-1], counts[::-1], strict=True)}


class _Named:
    """Names that quotations bear, by number: `of` has one a quotation; each is written as it mostly is.

    Made of (compared, as written, the spelling's own compared name): where that is another than
    the first, the spelling is not how the name is written.
    """

    def __init__(self, names: Sequence[tuple[str, str, str | None]]) -> None:
        self.numbers: dict[str, int] = {}
        self._spellings: list[Counter[str]] = []
        numbered = []
        for compared, written, own in names:
            number = self.numbers.setdefault(compared, len(self.numbers))
            if number == len(self._spellings):
                self._spellings.append(Counter())
            if own in (None, compared):
                self._spellings[number][written] += 1
            numbered.append(number)
        self.keys = list(self.numbers)
        self.of = np.array(numbered, dtype=np.int64)

    def written(self, number: int) -> str:
        spellings = self._spellings[number]
        return max(spellings, key=lambda name: (spellings[name], name)) if spellings else self.keys[number]

    def beginning(self, begun: Sequence[str]) -> list[int]:
        """The numbers of the names in which each of these begins a word."""
        return [number for number, name in enumerate(self._names) if name and all(one in name for one in begun)]

    @cached_property
    def _names(self) -> list[str]:
        """Each name as it is written and compared, after a blank; "" of nobody's."""
        return [f" {_compared(self.written(number))}" if key else "" for number, key in enumerate(self.keys)]

    def counted(self, mask: Mask) -> list[tuple[int, int]]:
        """The numbers of the names these quotations bear with how many do, most first; nobody's left out."""
        counts = np.bincount(self.of[mask], minlength=len(self.keys)).tolist()
        found = [(number, count) for number, count in enumerate(counts) if count and self.keys[number]]
        return sorted(found, key=lambda one: (-one[1], self.keys[one[0]]))


class Banks:
    """A bank per scope, made anew where another release may be seen; safe between threads."""

    def __init__(self) -> None:
        self._kept: dict[Scope, tuple[int, Bank]] = {}
        self._making = threading.Lock()

    def of(self, scope: Scope, register: Register, read: Callable[[], Iterable[Row[Any]]]) -> Bank:
        """The bank of the register's releases; `read` gives the rows of `HEARD`."""
        with self._making:
            edition, kept = self._kept.get(scope, (-1, None))
            if kept is None or edition != register.edition:
                kept = Bank(register, read())
                self._kept[scope] = register.edition, kept
            return kept


HEARD = select(
    verbatims.c.release_id,
    verbatims.c.version,
    verbatims.c.ordinal,
    verbatims.c.speaker,
    verbatims.c.who,
    verbatims.c.office,
    verbatims.c.indirect,
).join(releases, and_(releases.c.id == verbatims.c.release_id, releases.c.current == verbatims.c.version))
"""What a bank is made of: every quotation of current versions; who may see them is the register's to say."""

SHOWN = (
    select(
        releases.c.id,
        releases.c.reference,
        releases.c.withdrawn,
        versions.c.version,
        versions.c.title,
        versions.c.issuer,
        versions.c.published,
        versions.c.embargo,
        versions.c.language,
        verbatims.c.ordinal,
        verbatims.c.speaker,
        verbatims.c.office,
        verbatims.c.start,
        verbatims.c.end,
        verbatims.c.indirect,
        func.substr(versions.c.text, verbatims.c.start + 1, verbatims.c.end - verbatims.c.start).label("said"),
    )
    .select_from(verbatims)
    .join(versions, and_(versions.c.release_id == verbatims.c.release_id, versions.c.version == verbatims.c.version))
    .join(releases, and_(releases.c.id == verbatims.c.release_id, releases.c.current == verbatims.c.version))
)
"""A quotation with its release; whoever asks adds which, and `schema.visible`."""


def these(keys: Sequence[Key]) -> ColumnElement[bool]:
    return tuple_(verbatims.c.release_id, verbatims.c.version, verbatims.c.ordinal).in_(keys)


def worded(words: str, languages: Iterable[str]) -> Select[Any] | None:
    """The keys of quotations that hold every word, in any inflection; None where there is no word to look for."""
    said_in = detect(words)
    subjects = {term.raw for term in content_terms(words, said_in) or terms(words, said_in)}
    if not subjects:
        return None
    each = {
        frozenset(term.stem for term in terms(words, language) if term.raw in subjects)
        for language in {*languages, said_in}
    }
    held = or_(*(and_(*(func.instr(verbatims.c.stems, f" {stem} ") > 0 for stem in sorted(one))) for one in each))
    return select(verbatims.c.release_id, verbatims.c.version, verbatims.c.ordinal).where(held)


def saying_of(row: Row[Any], status: Status) -> Saying:
    return Saying(
        row.id,
        row.version,
        row.title,
        row.issuer,
        day_of(row.published),
        status,
        None if row.embargo is None else datetime.fromisoformat(row.embargo),
        row.reference,
        row.language,
        row.speaker,
        row.office,
        row.said,
        Span(row.start, row.end),
        bool(row.indirect),
    )


def _begun(named: str) -> list[str]:
    """What a name must hold for each of these words to begin one of its own."""
    return [f" {word}" for word in _compared(named).split()]


def _compared(written: str | None) -> str:
    """A name or office as it is compared: « Conseillère fédérale » and « conseillere  federale » are one."""
    return " ".join(_WORD.findall(fold(written or "")))
