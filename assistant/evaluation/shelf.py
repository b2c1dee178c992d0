"""The whole catalogue read once, release by release, to judge what the desk reads of it.

Filters are applied here in plain Python, not by the catalogue's own queries: what is
judged must not be the judge. Knows nothing about questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func

from store.records import Filters, Release
from store.schema import releases, versions

if TYPE_CHECKING:
    from store.view import View


OPENING = 2_000
"""Characters of a release that are kept: in which its issuer is introduced."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """What filters look at of a release, and how it begins; `issuers` are all who sign."""

    id: str
    published: date | None
    issuers: tuple[str, ...]
    language: str
    title: str
    opening: str
    group: str | None


def shelved_as(release: Release) -> Shelved:
    signing = tuple(dict.fromkeys(name for name in (release.issuer, *release.co_issuers) if name))
    opening = release.text[:OPENING]
    return Shelved(release.id, release.published, signing, release.language, release.title, opening, release.group)


def read_shelf(view: View) -> tuple[Shelved, ...]:
    """Every current release this reader sees, by day of publication, the undated last."""
    opening = func.substr(versions.c.text, 1, OPENING).label("opening")
    facts = (versions.c.published, versions.c.issuer, versions.c.language, versions.c.title, versions.c.record)
    rows = view.rows([releases.c.id, releases.c.translations, *facts, opening], newest_first=False)
    return tuple(
        Shelved(
            row.id,
            date.fromisoformat(row.published) if row.published else None,
            tuple(dict.fromkeys(name for name in (row.issuer, *row.record.get("co_issuers", ())) if name)),
            row.language,
            row.title,
            row.opening,
            row.translations,
        )
        for row in rows
    )


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
