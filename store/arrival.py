"""A file handed in and the documents found in it, as values; and the names that files may bear here.

Knows nothing about how they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

from store.records import PressArchiveError, Release

LONGEST_NAME = 180
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>:\"|?*]+")
_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,9}){1,2}")


class TooMuch(PressArchiveError):
    """A file that cannot be taken: `reason` is "large", "many" or "empty"."""

    def __init__(self, name: str, reason: str, said: str) -> None:
        super().__init__(f"{name}: {said}")
        self.name = name
        self.reason = reason


class ArrivalNotFound(PressArchiveError):
    """No such file, or no such document in it, waits here."""

    def __init__(self, arrival_id: str) -> None:
        super().__init__(f"No arrival « {arrival_id} » waits here.")


class State(StrEnum):
    """How far a file is, or a document of one."""

    READING = "reading"
    READ = "read"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class Accept(StrEnum):
    """What of a file counts as soon as it is read, without anybody looking at it."""

    NONE = "none"
    SURE = "sure"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Read:
    """One document of a file: its release, or the reason why none could be made of it.

    `revoked` is why its source has taken it back, `original` the bytes it came in.
    """

    name: str
    release: Release | None = None
    reason: str | None = None
    revoked: str | None = None
    original: bytes | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody says of a document: values put right, and which release it is a version of.

    `version_of` None leaves it to the archive; `apart` says it is another release than the
    one of the same place. `only_sure` leaves it waiting where anything is doubtful.
    """

    by: str
    at: datetime
    values: Mapping[str, str | None] = field(default_factory=dict)
    version_of: str | None = None
    apart: bool = False
    only_sure: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A document found in a file, and what became of it: `outcome` of `release_id` once it is accepted."""

    arrival_id: str
    ordinal: int
    name: str
    state: State
    release: Release | None = None
    revoked: str | None = None
    reason: str | None = None
    decision: Decision | None = None
    release_id: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file handed in by somebody at a moment; `counts` are its documents by state."""

    id: str
    name: str
    size: int
    by: str
    at: datetime
    state: State
    reason: str | None = None
    counts: Mapping[State, int] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        return sum(self.counts.values())


def plain_name(name: str) -> str:
    """A file's name as it is kept and shown: no folder, nothing hidden, not long, never empty."""
    last = re.split(r"[/\\]", name.encode("utf-8", "replace").decode())[-1]
    plain = re.sub(" {2,}", " ", _UNSAFE.sub(" ", last)).strip(" .")
    suffix = suffix_of(plain)
    short = plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(suffix)] + suffix
    return short or "document"


def suffix_of(name: str) -> str:
    """The last suffixes of a name, as far as they are plain letters and figures: what its reader is chosen by."""
    parts = PurePosixPath(name.casefold().replace(" ", "")).suffixes[-2:]
    whole = "".join(parts)
    return whole if _SUFFIX.fullmatch(whole) else next((p for p in parts[-1:] if _SUFFIX.fullmatch(p)), "")
