"""What questions over a catalogue are drawn from: its issuers' names, its days, its rare words.

Everything is drawn with one seeded generator. Knows nothing about kinds of questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from assistant.evaluation.shelf import Shelved, admits
from assistant.evaluation.spoken_names import Named, ways_of_naming
from assistant.evaluation.whens import ENGLISH, FRENCH, GERMAN, ITALIAN, When, draw
from store.folding import fold
from store.records import Filters, PressArchiveError
from store.schema import PARIS

ENOUGH = 3
"""Releases an issuer must have signed to be asked about."""
STEM, LONG = 6, 8
"""Letters that words of one family share, and those of a word that says what a release is about."""
_WORD = re.compile(r"[^\W\d_]{6,}")


@dataclass(frozen=True, slots=True)
class Draws:
    """What questions are drawn from."""

    rng: Random
    shelf: tuple[Shelved, ...]
    names: dict[str, tuple[Named, ...]]
    today: date
    busy: tuple[date, ...]
    naming: re.Pattern[str]
    rare: tuple[tuple[str, tuple[Shelved, ...]], ...]

    def language(self) -> str:
        return self.rng.choices((FRENCH, ENGLISH, GERMAN, ITALIAN), (82, 8, 5, 5))[0]

    def named(self, language: str) -> Named:
        """An issuer, and one of its names; in other languages than French its letters, where any has some."""
        weights = {"name": 4, "acronym": 4, "short": 3, "misspelt": 2}
        lettered = [issuer for issuer, ways in self.names.items() if any(way.way == "acronym" for way in ways)]
        if language != FRENCH and lettered:
            ways = self.names[self.rng.choice(lettered)]
            return next(way for way in ways if way.way == "acronym")
        ways = self.names[self.rng.choice(sorted(self.names))]
        return self.rng.choices(ways, [weights[way.way] for way in ways])[0]

    def of(self, filters: Filters) -> list[Shelved]:
        return [release for release in self.shelf if admits(filters, release)]

    def when(self, filters: Filters, language: str) -> When:
        return self.around([release.published for release in self.of(filters) if release.published], language)

    def around(self, days: Sequence[date], language: str) -> When:
        """A period with at least one of these days in it."""
        return draw(self.rng, sorted(days), language, self.today, self.busy)


def drawn_from(shelf: Sequence[Shelved], rng: Random, today: date) -> Draws:
    """Raises PressArchiveError where no issuer has three dated releases."""
    dated = tuple(release for release in shelf if release.published)
    signed = Counter(name for release in dated for name in release.issuers)
    names = {issuer: ways for issuer, ways in ways_of_naming(shelf, rng).items() if signed[issuer] >= ENOUGH}
    if not names:
        raise PressArchiveError(
            "Questions are generated over issuers with three dated releases: none has so many here."
        )
    busy = tuple(sorted({release.published for release in dated if release.published}))
    return Draws(rng, tuple(shelf), names, today, busy, _naming(names), rare_words(dated))


def evening(shelf: Iterable[Shelved]) -> datetime:
    """The end of the last day of these releases: when questions over them are asked."""
    last = max((release.published for release in shelf if release.published), default=None)
    if last is None:
        raise PressArchiveError("Questions are generated over dated releases: there is none here.")
    return datetime.combine(last, time(23), PARIS)


def rare_words(releases: Iterable[Shelved]) -> tuple[tuple[str, tuple[Shelved, ...]], ...]:
    """Words of titles that two to eight releases have there, each with these; no other release begins with the like."""
    holding: dict[str, list[Shelved]] = {}
    titled: dict[str, dict[str, list[Shelved]]] = {}
    for release in releases:
        for stem in {fold(word)[:STEM] for word in _WORD.findall(f"{release.title} {release.opening}")}:
            holding.setdefault(stem, []).append(release)
        for word in {word for word in _WORD.findall(release.title) if len(word) >= LONG and word.islower()}:
            titled.setdefault(fold(word)[:STEM], {}).setdefault(word, []).append(release)
    return tuple(
        (word, tuple(found))
        for stem, words in titled.items()
        for word, found in words.items()
        if 2 <= len(found) <= 8 and len(found) == len(holding[stem])
    )


def typed(rng: Random, text: str) -> str:
    """As typed: one in six without accents and capitals, one in ten without its question mark."""
    if rng.random() < 1 / 6:
        text = fold(text)
    return text.rstrip(" ?.") if rng.random() < 0.1 else text


def subject(release: Shelved, draws: Draws) -> str | None:
    """The title, where no other release bears it and it names no issuer, no year and no other date."""
    title = release.title.strip(" .:»«")
    if re.search(r"\d", title) or not 20 <= len(title) <= 90 or draws.naming.search(fold(title)):
        return None
    if sum(other.title == release.title for other in draws.shelf) > 1:
        return None
    return title


def _naming(names: dict[str, tuple[Named, ...]]) -> re.Pattern[str]:
    """Finds any name of any issuer in a folded text."""
    bare = sorted({fold(way.bare) for ways in names.values() for way in ways}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, bare))})(?!\w)")


def years(title: str) -> set[str]:
    return set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", title))
