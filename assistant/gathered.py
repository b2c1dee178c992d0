"""What journalists asked since a day: one question however it was worded, counted, unanswered ones first.

Made of the answers kept for the public and of the questions left for the press office; what
staff asked is in neither. The vectors of questions are remembered, and made a few at a time,
so that nobody waits for a thousand. Knows nothing about pages.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, reduce
from typing import Any

import numpy as np

from assistant.alike import NEAR, Marks, Vectors, grouped, marks, representative
from assistant.chatter import asks_nothing, rude
from store.answers import Answers, Told
from store.enquiries import Enquiries
from store.enquiry_rows import Enquiry, EnquiryState
from store.entries import Entry, State, key_of
from store.language import detect
from store.records import Scope
from store.schema import PARIS

MOST = 4_000
"""Questions that are gathered: the last ones."""
AT_ONCE = 24
"""Questions read by the encoder for one request, half a second's work at most."""
REMEMBERED = 8_192
"""Vectors that are remembered, 12 MB; then all are forgotten at once."""
LONGEST = 500
"""Characters of a question that are gathered."""
DRAFTED = "room"
"""The door of questions that staff put to draft an answer: they are not the press's."""
_UNRELATED = 0.8
"""Where the archive's model is not known: the cosine of two questions that have nothing in common."""


class Fate(StrEnum):
    """What became of a question, the worst first."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    CURATED = "curated"


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put at a moment. `releases` are those its answer cited (ids)."""

    text: str
    at: datetime
    fate: Fate
    releases: tuple[str, ...] = ()
    answer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, however it was worded.

    `question` is the wording nearest to all others, `variants` are these, most frequent first;
    `fate` is the worst that any wording met when it was put last. `releases` were cited in
    answers, most often first; `enquiries` are those left for the press office that are open.
    `entry` is the curated answer to one of the wordings.
    """

    question: str
    variants: tuple[str, ...]
    count: int
    days: int
    fate: Fate
    fates: Mapping[Fate, int]
    last: datetime
    releases: tuple[str, ...] = ()
    enquiries: tuple[str, ...] = ()
    entry: Entry | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has seen to it yet."""
        return self.fate is Fate.UNANSWERED and self.entry is None

    @property
    def language(self) -> str:
        return detect(self.question)

    @property
    def wordings(self) -> tuple[str, ...]:
        return (self.question, *self.variants)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was asked since `since`; `left` questions are still to be read, `idle` asked nothing."""

    since: datetime
    asked: tuple[Asked, ...] = ()
    questions: int = 0
    idle: int = 0
    left: int = 0
    cut: bool = False

    def having(self, asked: tuple[Asked, ...]) -> Gathered:
        """The same, with these questions."""
        return replace(self, asked=asked)

    def of(self, question: str) -> Asked | None:
        """The question that has this wording."""
        key = key_of(question)
        return next((one for one in self.asked if any(key_of(each) == key for each in one.wordings)), None)


@dataclass
class _Wording:
    """A question in one wording: every time it was put, capitals and punctuation aside."""

    puts: list[Put] = field(default_factory=list)
    enquiries: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """As most wrote it; with its question mark, where somebody set one."""
        counted = Counter(one.text for one in self.puts)
        return max(counted, key=lambda text: (counted[text], text.rstrip().endswith("?"), text))

    @property
    def last(self) -> Put:
        return max(self.puts, key=lambda one: (one.at, one.answer_id or ""))


class Gathering:
    """Gathers what journalists asked. May be asked by several threads.

    `embed` gives a question's vector of length 1; `unrelated` is the model's cosine of texts
    that have nothing to do with each other.
    """

    def __init__(
        self,
        answers: Answers | None,
        enquiries: Enquiries | None,
        embed: Callable[[str], Sequence[float]],
        unrelated: float | None = None,
    ) -> None:
        self._answers, self._enquiries, self._embed = answers, enquiries, embed
        unrelated = _UNRELATED if unrelated is None else unrelated
        self._near = unrelated + NEAR * (1 - unrelated)
        self._vectors: dict[str, Sequence[float]] = {}
        self._puts: dict[str, Put | None] = {}
        self._marks: dict[tuple[str, str], Marks] = {}
        self._made: tuple[Any, Gathered] | None = None
        self._lock = threading.Lock()

    @property
    def keeps(self) -> bool:
        """Whether anything can be gathered: answers are kept, or questions may be left."""
        return self._enquiries is not None or (self._answers is not None and self._answers.keeps)

    def gathered(self, since: datetime, now: datetime, at_once: int = AT_ONCE) -> Gathered:
        """What was asked since a moment; at most `at_once` questions are read anew. Raises ArchiveError."""
        with self._lock:
            puts = self._given(since, now)
            left = [] if self._enquiries is None else self._enquiries.listed(since=since)
            asked = [one for one in puts.values() if one is not None]
            wordings, idle = _worded(asked, left)
            unread = self._read([one.text for one in wordings], at_once)
            key = (since, tuple(puts), tuple((one.id, one.state) for one in left), unread)
            if self._made is None or self._made[0] != key:
                found = tuple(sorted(self._grouped(wordings), key=_first))
                count = sum(len(one.puts) for one in wordings)
                self._made = key, Gathered(since, found, count, idle, unread, len(puts) == MOST)
            return self._made[1]

    def _given(self, since: datetime, now: datetime) -> dict[str, Put | None]:
        """What was put since then, by the answer's id; those of an earlier look are not read again."""
        if self._answers is None or not self._answers.keeps:
            return {}
        ids = self._answers.given_to(Scope.PUBLIC.value, since, now, MOST)
        unknown = [one for one in ids if one not in self._puts]
        read = self._answers.several(unknown, now)
        if len(self._puts) > 2 * MOST:
            self._puts = {one: self._puts[one] for one in ids if one in self._puts}
        self._puts |= {one: _put(read[one]) for one in unknown if one in read}
        return {one: self._puts[one] for one in ids if one in self._puts}

    def _read(self, texts: Sequence[str], at_once: int) -> int:
        """Let the encoder read some of these, the first first; gives how many are left."""
        unread = [one for one in texts if one not in self._vectors]
        if len(self._vectors) > REMEMBERED:
            self._vectors = {one: self._vectors[one] for one in texts if one in self._vectors}
        for text in unread[:at_once]:
            self._vectors[text] = self._embed(text)
        return max(0, len(unread) - at_once)

    def _grouped(self, wordings: Sequence[_Wording]) -> Iterable[Asked]:
        """The wordings that ask the same as one; those not read yet are by themselves."""
        read = [one for one in wordings if one.text in self._vectors]
        yield from (_asked([one], one.text) for one in wordings if one.text not in self._vectors)
        if not read:
            return
        vectors: Vectors = np.asarray([self._vectors[one.text] for one in read], dtype=np.float32)
        weights = [len(one.puts) for one in read]
        for group in grouped(vectors, weights, lambda at: self._told(read[at]), self._near):
            polite = [at for at in group if not rude(read[at].text)] or group
            chosen = read[representative(vectors, weights, polite)]
            yield _asked([read[at] for at in group], chosen.text)

    def _told(self, wording: _Wording) -> Marks:
        text, day = wording.text, wording.last.at.astimezone(PARIS).date()
        key = (text, day.isoformat())
        if key not in self._marks:
            if len(self._marks) > REMEMBERED:
                self._marks.clear()
            self._marks[key] = marks(text, detect(text), day)
        return self._marks[key]


def covered(found: Sequence[Asked], entries: Iterable[Entry]) -> tuple[Asked, ...]:
    """Each question with the curated answer to one of its wordings; what nobody has seen to first."""
    known: dict[str, Entry] = {}
    for entry in entries:
        for key in map(key_of, entry.asked):
            known[key] = _better(known.get(key), entry)

    def of(one: Asked) -> Entry | None:
        there = (known[key] for key in map(key_of, one.wordings) if key in known)
        return reduce(_better, there, None)

    with_entry = (replace(one, entry=of(one)) for one in found)
    return tuple(sorted(with_entry, key=_first))


def _better(one: Entry | None, other: Entry) -> Entry:
    """Of two that answer the same, the one that is approved, else the first."""
    return other if one is None or (one.state, other.state) == (State.DRAFT, State.APPROVED) else one


def _first(one: Asked) -> tuple[int, int, float, str]:
    """What nobody has seen to comes first, then what was asked most, and last."""
    rank = 0 if one.waits else 1 if one.enquiries or one.fate is Fate.UNANSWERED else 2
    return rank, -one.count, -one.last.timestamp(), one.question


def _asked(wordings: Sequence[_Wording], question: str) -> Asked:
    puts = [put for one in wordings for put in one.puts]
    others = sorted((one for one in wordings if one.text != question), key=lambda one: (-len(one.puts), one.text))
    fates = Counter(put.fate for put in puts)
    cited = Counter(release for put in sorted(puts, key=lambda put: put.at) for release in put.releases)
    return Asked(
        question,
        tuple(one.text for one in others),
        len(puts),
        len({put.at.astimezone(PARIS).date() for put in puts}),
        min((one.last.fate for one in wordings), key=list(Fate).index),
        dict(fates),
        max(put.at for put in puts),
        tuple(release for release, _ in cited.most_common()),
        tuple(each for one in wordings for each in one.enquiries),
    )


def _worded(puts: Iterable[Put], left: Iterable[Enquiry]) -> tuple[list[_Wording], int]:
    """The questions by their wording, most frequent and latest first; and how many asked nothing."""
    found: dict[str, _Wording] = {}
    idle = 0
    answered = {}
    for put in sorted(puts, key=lambda one: (one.at, one.answer_id or "")):
        if asks_nothing(put.text):
            idle += 1
            continue
        wording = answered[put.answer_id] = found.setdefault(key_of(put.text), _Wording())
        wording.puts.append(put)
    for enquiry in left:
        if asks_nothing(enquiry.question):
            continue
        # A question that was asked, and then left, was put once.
        wording = answered.get(enquiry.answer_id) or found.setdefault(key_of(enquiry.question), _Wording())
        if enquiry.answer_id not in answered:
            fate = Fate.UNANSWERED if enquiry.state is EnquiryState.OPEN else Fate.ANSWERED
            wording.puts.append(Put(_shown(enquiry.question), enquiry.at, fate, enquiry.releases))
        if enquiry.state is EnquiryState.OPEN:
            wording.enquiries.append(enquiry.id)
    order = sorted(found.values(), key=lambda one: (-len(one.puts), -one.last.at.timestamp(), one.text))
    return order, idle


def _put(told: Told) -> Put | None:
    """A kept answer as a question put; None where staff put it, or the record says nothing."""
    record = told.record
    if record.get("door") == DRAFTED:
        return None
    follows = bool(record.get("history"))
    text = record.get("standalone") if follows else told.question
    answer = record.get("answer") or {}
    fate = Fate.ANSWERED if answer.get("sentences") else Fate.UNANSWERED
    if (record.get("writer") or {}).get("name") == Fate.CURATED.value:
        fate = Fate.CURATED
    releases = tuple(dict.fromkeys(release_id for release_id, _ in told.releases))
    return Put(_shown(str(text or told.question)), told.given, fate, releases, told.id)


def _shown(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
