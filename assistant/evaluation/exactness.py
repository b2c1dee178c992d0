"""Questions the catalogue answers: is the answer exact, and if not, what was wrong?

Exact means: the filters read off the words leave the very releases the gold filters leave,
the releases come in their order, and a count is right in what was searched and in what is
said. Knows nothing about how questions were made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Abstention, Answer
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.marking import fold
from assistant.evaluation.shelf import Shelved, admits, admitted
from store.records import Filters

LISTED = 10
"""A list is whole when so many of its releases are shown, or all where there are fewer."""

_IN_WORDS = {
    1: "un une one ein eine einzige uno una",
    2: "deux two zwei due",
    3: "trois three drei tre",
    4: "quatre four vier quattro",
    5: "cinq five funf cinque",
    6: "six sechs sei",
    7: "sept seven sieben sette",
    8: "huit eight acht otto",
    9: "neuf nine neun nove",
    10: "dix ten zehn dieci",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What the desk made of a question: the filters it read, what it found, how many it searched.

    `releases` are the ids of the evidence, best first; `answer` is None where none was asked.
    """

    filters: Filters
    releases: tuple[str, ...]
    searched: int
    seconds: float
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """Filters read off a question's words: any at all, does gold pass them, are they the gold ones?

    `passes` is None where the question has no release, `equal` where it has no gold filters.
    """

    inferred: bool
    passes: bool | None
    equal: bool | None


def read(gold: GoldQuestion, heard: Heard, wanted: Sequence[str], shelf: Mapping[str, Shelved]) -> Read:
    """How the filters of a question were read; `shelf` holds at least the wanted releases."""
    known = [shelf[name] for name in wanted if name in shelf]
    return Read(
        inferred=heard.filters.narrow,
        passes=all(admits(heard.filters, release) for release in known) if known else None,
        equal=None if gold.filters is None else _alike(gold.filters, heard.filters, shelf),
    )


def faults(gold: GoldQuestion, heard: Heard, wanted: Sequence[str], shelf: Mapping[str, Shelved]) -> tuple[str, ...]:
    """What keeps the answer to a question of the catalogue from being exact; empty when it is."""
    found = []
    if gold.filters is not None and not _alike(gold.filters, heard.filters, shelf):
        found.append("filters")
    if gold.ordered and not _in_order(gold.filters or Filters(), heard.releases, wanted, shelf):
        found.append("order")
    if gold.complete and not _listed(heard.releases, wanted):
        found.append("list")
    if gold.count is not None and not _counted(gold.count, heard):
        found.append("count")
    return tuple(found)


def _alike(gold: Filters, read: Filters, shelf: Mapping[str, Shelved]) -> bool:
    """Whether two filters leave the same releases; where they leave none, whether they name the same issuers."""
    left = admitted(gold, shelf.values())
    alike = left == admitted(read, shelf.values())
    return alike and (bool(left) or set(gold.issuers) == set(read.issuers))


def _in_order(filters: Filters, found: Sequence[str], wanted: Sequence[str], shelf: Mapping[str, Shelved]) -> bool:
    """Whether the first releases are the wanted ones; those of one day may come in any order."""
    first = found[: len(wanted)]
    if len(set(first)) < len(wanted) or any(name not in shelf for name in first):
        return False
    days = [shelf[name].published for name in first]
    right = [shelf[name].published if name in shelf else None for name in wanted]
    return days == right and all(admits(filters, shelf[name]) for name in first)


def _listed(found: Sequence[str], wanted: Sequence[str]) -> bool:
    return set(found) <= set(wanted) and len(set(found)) >= min(LISTED, len(wanted))


def _counted(count: int, heard: Heard) -> bool:
    if heard.searched != count:
        return False
    if heard.answer is None:
        return True
    if count == 0:
        return isinstance(heard.answer.abstention, Abstention)
    return _says(" ".join(sentence.text for sentence in heard.answer.sentences), count)


def _says(text: str, count: int) -> bool:
    words = _IN_WORDS.get(count, "").split()
    forms = "|".join([rf"{count}(?![\d.]*\d)", *(f"{word}\\b" for word in words)])
    grouped = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", text) if count >= 1_000 else text
    return re.search(rf"(?<![\w.])(?:{forms})", fold(grouped)) is not None
