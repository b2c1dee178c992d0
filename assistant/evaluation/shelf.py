"""The whole catalogue read once, release by release, to judge what the desk reads of it.

Filters are applied here in plain Python, not by the catalogue's own queries: what is
judged must not be the judge. Knows nothing about questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from store.records import Filters, Release

if TYPE_CHECKING:
    from store.view import View


@dataclass(frozen=True, slots=True)
class Shelved:
    """What filters look at of a release, and what is said of it; `issuers` are all who sign."""

    id: str
    published: date | None
    issuers: tuple[str, ...]
    language: str
    title: str
    text: str
    group: str | None


def shelved_as(release: Release) -> Shelved:
    signing = tuple(dict.fromkeys(name for name in (release.issuer, *release.co_issuers) if name))
    return Shelved(release.id, release.published, signing, release.language, release.title, release.text, release.group)


def read_shelf(view: View, progress: Callable[[int, int], None] = lambda done, total: None) -> tuple[Shelved, ...]:
    """Every current release this reader sees, by day of publication."""
    entries = view.releases(newest_first=False)
    found = []
    for done, entry in enumerate(entries):
        progress(done, len(entries))
        found.append(shelved_as(view.release(entry.id)))
    progress(len(entries), len(entries))
    return tuple(found)


def admits(filters: Filters, release: Shelved) -> bool:
    """Whether a release passes the filters."""
    first, last = filters.period.first, filters.period.last
    if (first or last) and release.published is None:
        return False
    return (
        (first is None or (release.published is not None and first <= release.published))
        and (last is None or (release.published is not None and release.published <= last))
        and (not filters.issuers or any(name in filters.issuers for name in release.issuers))
        and (not filters.languages or release.language in filters.languages)
        and (not filters.releases or release.id in filters.releases)
    )


def admitted(filters: Filters, shelf: Iterable[Shelved]) -> frozenset[str]:
    """The ids of the releases that pass."""
    return frozenset(release.id for release in shelf if admits(filters, release))
