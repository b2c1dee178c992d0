"""Whether two questions may be one: what must be said in both before an answer to one answers the other.

Numbers, dates and years, proper names, directions (« gratuit » and « payant ») and negations: two
questions may mean nearly the same to an encoder and differ in just that. Knows nothing about
scores, nor where questions are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.directions import CONTRARY, charged
from assistant.polarity import turned
from store.almanac import MONTHS, NUMBERS, ORDINALS, SEASONS, WEEKDAYS
from store.folding import fold, word_list
from store.language import terms, words

_NAMED = re.compile(r"[^\W\d_][\w'’.-]*")
_OPENS = re.compile(r"(?:^|[.?!:;«\"“(\n])\s*$")
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_ONE = word_list("un une one ein eine einen uno una first second may march été ete")
_WHEN = frozenset({*MONTHS, *WEEKDAYS, *SEASONS}) - _ONE
_NUMERALS = frozenset({*NUMBERS, *ORDINALS}) - _ONE
_SPARE = word_list(
    "pourquoi comment quand combien est quel quelle quels quelles que qui ou what who when where why how the"
)
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What a question says that another must say too. `names` are folded roots, with what stands for each beside it."""

    numbers: frozenset[str]
    names: tuple[frozenset[str], ...]
    turns: frozenset[str]
    denies: bool
    roots: frozenset[str]


def said(text: str, language: str) -> Said:
    """What a question says of numbers, names, directions and negations."""
    plain = " ".join(text.split())
    folded = [word for word, _, _ in words(plain)]
    numbers = {word.lstrip("0") or "0" for word in folded if word[0].isdigit()}
    numbers |= {str(NUMBERS.get(word) or ORDINALS[word]) for word in folded if word in _NUMERALS}
    dated = {word for word in folded if word in _WHEN}
    return Said(
        frozenset(numbers | dated),
        tuple(_names(plain)),
        frozenset(meant for meant, _ in charged(plain)),
        any(one.kind == "not" for one in turned(plain, language)),
        frozenset(_roots(plain, language)),
    )


def may_be_one(
    asked: Said, kept: Said, beside: frozenset[str] = frozenset(), anyway: frozenset[str] = frozenset()
) -> bool:
    """Whether the asker's question may be the one that is kept; `beside` are roots of its answer.

    Numbers are the same in both. A name the asker gives stands in the question that is kept, or
    in its answer; of those that are kept one is asked for too, unless they are the house's own
    (`anyway`).
    """
    if asked.numbers != kept.numbers or asked.denies != kept.denies:
        return False
    if any(CONTRARY.get(turn) in kept.turns and turn not in kept.turns for turn in asked.turns):
        return False
    there, here = kept.roots | beside, asked.roots | anyway
    if kept.names and all(name.isdisjoint(here) for name in kept.names):
        return False
    return all(not name.isdisjoint(there) for name in asked.names)


def _names(text: str) -> list[frozenset[str]]:
    """Words with a capital that do not open a sentence; one with its spelling out in brackets counts as either."""
    found: list[frozenset[str]] = []
    for outside, inside in _parts(text):
        own = list(_capitals(outside))
        if own and inside:
            spelt = {_root(fold(word)) for word in re.findall(r"[^\W\d_]{4,}", inside)}
            own[-1] = own[-1] | spelt | frozenset().union(*_capitals(inside))
        found += own
    return found


def _parts(text: str) -> list[tuple[str, str]]:
    """The text in pieces, each with what stands in brackets behind it."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for aside in _ASIDE.finditer(text):
        pieces.append((text[at : aside.start()], aside[0]))
        at = aside.end()
    return [*pieces, (text[at:], "")]


def _capitals(text: str) -> list[frozenset[str]]:
    found = []
    for match in _NAMED.finditer(text):
        word = re.sub(r"^(?:[ldjnscmt]|qu)['’]", "", match[0].rstrip(".'’-"), flags=re.IGNORECASE)
        if not word[:1].isupper() or fold(word) in _SPARE:
            continue
        if (len(word) > 1 and word.isupper()) or not _OPENS.search(text[: match.start()]):
            found.append(frozenset(_root(part) for part in fold(word).split("-") if part))
    return found


def _roots(text: str, language: str) -> list[str]:
    return [root for term in terms(text, language) for root in {_root(term.raw), _root(term.stem)}]


def roots(text: str, language: str) -> frozenset[str]:
    """The beginnings of a text's words, as names are compared."""
    return frozenset(_roots(text, language))


def _root(folded: str) -> str:
    return folded if folded[:1].isdigit() else folded[:_ROOT]
