"""What the routes of search and verbatims read off an address: periods and names, as people write them.

A day that is none is told, not refused: addresses are shared, and written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from assistant.declined import PATTERN
from store.period import Period

Words = Annotated[str, Query(max_length=500)]
Day = Annotated[str, Query(max_length=40)]
First = Annotated[str, Query(alias="from", max_length=40)]
Named = Annotated[list[Annotated[str, Query(max_length=500)]], Query(max_length=40)]
Declined = Annotated[list[Annotated[str, Query(pattern=PATTERN)]], Query(max_length=40)]
Page = Annotated[int, Query(ge=1, le=100_000)]


@dataclass(frozen=True, slots=True)
class Between:
    """The days between two that an address gives, turned round where they must be; `bad` is what is no day."""

    period: Period
    bad: str = ""


def between(first: str, last: str) -> Between:
    days: list[date | None] = []
    bad = ""
    for written in (first.strip(), last.strip()):
        try:
            days.append(date.fromisoformat(written) if written else None)
        except ValueError:
            days.append(None)
            bad = bad or written
    if days[0] and days[1] and days[1] < days[0]:
        days.reverse()
    return Between(Period(*days), bad)


def plain(words: str) -> str:
    """Words on one line."""
    return " ".join(words.replace("\x00", " ").split())
