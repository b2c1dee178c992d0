"""What a reader's archive knows: who issues, who speaks, since when.

Learnt from what that reader may see and nothing else, so nobody learns a name from an
embargoed release. Kept while nothing much has changed. Knows nothing about questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock

from assistant.issuers import Issuers, learn
from assistant.naming import name_words
from assistant.people import Mentioned, People, learn_people
from store.perusal import Naming, namings
from store.records import ReleaseNotFound, Scope
from store.view import Extent, View

GROWN = 0.02
"""Share of new releases from which people are learnt anew; issuers are at every change."""
INTRODUCED, OPENING = 60, 2_000
"""Releases of each issuer in which its acronym is looked for, and characters of each."""
_PLACE = re.compile(r"[^\W\d_][^\W\d_ '’.-]*(?:[ '’.-]+[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Directory:
    """Names known to one scope. `names` says whether a release that may be read still names a person."""

    issuers: Issuers
    people: People = field(default_factory=lambda: learn_people(()))
    extent: Extent = field(default_factory=lambda: Extent(0, None, None))
    names: Callable[[str, str], bool] = lambda release, person: True

    def people_in(self, question: str) -> list[Mentioned]:
        """People that a question names; nobody whose releases were withdrawn, or corrected, since they were learnt."""
        found = self.people.named_in(question)
        return [one for one in found if any(self.names(of, one.person.name) for of in one.person.releases)]


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
        return replace(kept[1], extent=extent, names=partial(_names, view))


def _names(view: View, release: str, person: str) -> bool:
    try:
        text = view.release(release).text
    except ReleaseNotFound:
        return False
    return name_words(person)[-1] in name_words(text)


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
    places = {place for one in named for place in _places(one.place)}
    people = learn_people(((person, one.release_id) for one in named for person in one.people), [*names, *places])
    return Directory(issuers, people, extent)


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
