"""People and places that releases name, found in a question as typed, mistyped or by last name alone.

Each name remembers releases that taught it, so that whoever asks can check that one of them
may still be read. Knows nothing about issuers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.naming import corrected, name_words, words_of
from assistant.spelling import Spelling, spelling

REMEMBERED = 3
"""Releases remembered for a name."""
FAR_MORE = 5
"""Times as many releases name the one who is meant by a last name that others bear too."""
_LONGEST = 5
"""Words in the longest name of a person."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it stands in releases, and some that name it, newest first."""

    name: str
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A person that characters `start` to `end` of a question name; `mistyped` where they are spelt otherwise."""

    person: Person
    start: int
    end: int
    mistyped: bool


@dataclass(frozen=True, slots=True)
class People:
    """People by the words of their whole names, and by last names that one bears, or one far more than others."""

    by_name: Mapping[tuple[str, ...], Person]
    by_last: Mapping[str, Person]
    spelling: Spelling

    def named_in(self, question: str) -> list[Mentioned]:
        """People that a question names, in order; a last name alone must have its capital."""
        words = corrected(words_of(question), self.spelling)
        found: list[Mentioned] = []
        at = 0
        while at < len(words):
            for count in range(min(_LONGEST, len(words) - at), 0, -1):
                chosen = words[at : at + count]
                person = self._person(tuple(word.read for word in chosen), chosen[0].capital)
                mistyped = any(word.meant for word in chosen)
                if person is not None and all(word.joined for word in chosen[1:]) and not (mistyped and count == 1):
                    found.append(Mentioned(person, chosen[0].start, chosen[-1].end, mistyped))
                    break
            else:
                count = 1
            at += count
        return found

    def _person(self, said: tuple[str, ...], capital: bool) -> Person | None:
        if len(said) == 1:
            return self.by_last.get(said[0]) if capital else None
        return self.by_name.get(said)


def learn_people(named: Iterable[tuple[str, str]], others: Iterable[str] = ()) -> People:
    """The people of (name, release id) pairs; words of `others` (issuers, places) are nobody's last name."""
    releases: dict[tuple[str, ...], dict[str, None]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    written: dict[tuple[str, ...], str] = {}
    for name, release in named:
        words = name_words(name)
        if 2 <= len(words) <= _LONGEST and all(part[:1].isupper() for part in (name.split()[0], name.split()[-1])):
            written.setdefault(words, " ".join(name.split()))
            times[words] += 1
            kept = releases.setdefault(words, {})
            if len(kept) < REMEMBERED:
                kept[release] = None
    taken = {word for other in others for word in name_words(other)}
    by_name = {words: Person(name, tuple(releases[words])) for words, name in written.items()}
    bearing: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for words in by_name:
        bearing.setdefault(words[-1], []).append((times[words], words))
    by_last: dict[str, Person] = {}
    for last, bearers in bearing.items():
        (most, words), *rest = sorted(bearers, reverse=True)
        if last not in taken and len(last) > 2 and all(most >= FAR_MORE * count for count, _ in rest):
            by_last[last] = by_name[words]
    return People(by_name, by_last, spelling(word for words in by_name for word in words))
