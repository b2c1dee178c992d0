"""What a reader's archive knows: who issues, who speaks, from where, in which languages, since when.

Learnt from what that reader may see and nothing else, so nobody learns a name from an
embargoed release. Kept while nothing much has changed. Knows nothing about questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from assistant.issuers import Issuers, learn
from assistant.people import People, Person, learn_people
from store.language import fold
from store.perusal import Naming, namings
from store.records import ReleaseNotFound, Scope
from store.view import Extent, View

GROWN = 0.02
"""Share of new releases from which people and places are learnt anew; issuers are at every change."""
INTRODUCED, OPENING = 60, 2_000
"""Releases of each issuer in which its acronym is looked for, and characters of each."""
_PLACE = re.compile(r"[^\W\d_][^\W\d_ '’.-]*(?:[ '’.-]+[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Directory:
    """Names known to one scope. `places` are folded names with how they are written."""

    issuers: Issuers
    people: People = field(default_factory=lambda: learn_people(()))
    places: Mapping[str, str] = field(default_factory=dict)
    extent: Extent = field(default_factory=lambda: Extent(0, None, None))
    languages: Sequence[str] = ()

    @property
    def spans_one_year(self) -> bool:
        first, last = self.extent.first, self.extent.last
        return first is not None and last is not None and (last - first).days <= 366


class Directories:
    """The directory of each scope, learnt when it is first asked for and when the archive has changed."""

    def __init__(self) -> None:
        self._known: dict[Scope, tuple[frozenset[str], Directory]] = {}
        self._learning = Lock()

    def of(self, view: View) -> Directory:
        names, extent = frozenset(view.issuers()), view.extent()
        kept = self._known.get(view.scope)
        if kept is None or not _still(kept, names, extent):
            with self._learning:
                kept = self._known.get(view.scope)
                if kept is None or not _still(kept, names, extent):
                    kept = self._known[view.scope] = names, _learnt(view, names, extent)
        known = kept[1]
        if known.extent == extent:
            return known
        return Directory(known.issuers, known.people, known.places, extent, known.languages)


def seen(view: View, person: Person) -> bool:
    """Whether this reader may still read one of the releases that taught a person's name."""
    for release in person.releases:
        try:
            view.release(release)
        except ReleaseNotFound:
            continue
        return True
    return False


def _still(kept: tuple[frozenset[str], Directory], names: frozenset[str], extent: Extent) -> bool:
    before = kept[1].extent.releases
    return kept[0] == names and abs(extent.releases - before) <= GROWN * before


def _learnt(view: View, names: frozenset[str], extent: Extent) -> Directory:
    named = list(namings(view))
    languages: dict[str, Counter[str]] = {}
    for one in named:
        if one.issuer:
            languages.setdefault(one.issuer, Counter())[one.language] += 1
    mostly = {issuer: counted.most_common(1)[0][0] for issuer, counted in languages.items()}
    openings = view.openings(per_issuer=INTRODUCED, characters=OPENING)
    issuers = learn(names, openings, _translations(named), mostly)
    places = {fold(place): place for one in named for place in _places(one.place)}
    people = learn_people(((person, one.release_id) for one in named for person in one.people), [*names, *places])
    return Directory(issuers, people, places, extent, sorted({one.language for one in named}))


def _translations(named: Sequence[Naming]) -> Iterator[tuple[str, str]]:
    """The issuers of two versions of one release in two languages, both ways round."""
    groups: dict[str, list[Naming]] = {}
    for one in named:
        if one.group and one.issuer:
            groups.setdefault(one.group, []).append(one)
    for group in groups.values():
        for one in group:
            for other in group:
                if one.language != other.language and one.issuer and other.issuer:
                    yield one.issuer, other.issuer


def _places(place: str | None) -> list[str]:
    """« Berne/Zurich, le 3 mai » names two."""
    found = [match[0].strip() for part in re.split(r"[/,;]", place or "") for match in _PLACE.finditer(part)]
    return [one for one in found if one[0].isupper() and len(one) > 2]
