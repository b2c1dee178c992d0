"""Spellings of one name: « Mme Sommaruga », « S. Sommaruga » and « Simonetta Sommaruga » are one speaker.

A last name or an initial alone belongs to the one person who bears it, or who is quoted far
more than others who do. Knows nothing about releases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from store.folding import fold, word_list

FAR_MORE = 5
"""Times as often quoted is the one who is meant by a last name that others bear too."""
_LONGEST = 5
_PARTICLES = word_list("de du d von van der zu della di del el ben bin")
_WORD = re.compile(r"[^\W_]+")


def one_speaker(said: Iterable[tuple[str | None, str | None]], issuers: Iterable[str]) -> dict[str, str]:
    """Which name each compared name (`sought.who`) stands for, of (compared, as written) pairs, one a quotation.

    Words of `issuers` are nobody's last name: « le Conseil » is not Mr Conseil.
    """
    times: Counter[str] = Counter()
    people: dict[str, str] = {}
    for who, written in said:
        if who is not None:
            times[who] += 1
            if who not in people and _person(written or "", who):
                people[who] = written or ""
    taken = {word for issuer in issuers for word in _WORD.findall(fold(issuer))}
    by_end = _by_end(people)
    meant: dict[str, str] = {}
    for who in times:
        words = tuple(who.split())
        initial = words[0] if len(words) > 1 and len(words[0]) == 1 else ""
        end = words[1:] if initial else words
        bearers = [one for one in by_end.get(end, ()) if one != who and one.startswith(initial)]
        meant[who] = who if taken.intersection(words) else _meant(who, bearers, times)
        if who in people and meant[who] == who:
            ends = (" ".join(words[start:]) for start in range(1, len(words) - 1))
            short = next((one for one in ends if one in people and times[one] > times[who]), None)
            meant[who] = short or who
    return {who: meant.get(one, one) for who, one in meant.items()}


def _person(written: str, who: str) -> bool:
    """Whether a name is written as a person's: two words or more, each with its capital."""
    words = [word for word in _WORD.findall(written) if fold(word) not in _PARTICLES]
    return 2 <= len(who.split()) <= _LONGEST and all(word[0].isupper() for word in words) and len(who.split()[0]) > 1


def _by_end(people: Mapping[str, str]) -> Mapping[tuple[str, ...], Sequence[str]]:
    """Under each end of a name as it is compared, the people who bear it; « Calmy-Rey » is not cut."""
    found: dict[tuple[str, ...], list[str]] = {}
    for who, written in people.items():
        words = tuple(who.split())
        names = written.split()
        for start in range(1, len(names)):
            end = tuple(_WORD.findall(fold(" ".join(names[start:]))))
            if len(end) < len(words) and words[-len(end) :] == end:
                found.setdefault(end, []).append(who)
    return found


def _meant(who: str, bearers: Sequence[str], times: Mapping[str, int]) -> str:
    """The one bearer of a name, or who is quoted far more often than the others; else the name itself."""
    if not bearers:
        return who
    first, *others = sorted(bearers, key=lambda one: (-times[one], one))
    if len(who.split()) > 1 and len(who.split()[0]) > 1 and times[who] > times[first]:
        return who
    return first if all(times[first] >= FAR_MORE * times[other] for other in others) else who
