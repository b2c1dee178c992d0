"""Where a sentence passes from one of its sources to another, and whether it says who does what as they do.

Words that stand side by side must be said together by one source, unless a border of the
sentence is between them; and what stood around a verb may not change sides. Three rules of
`assistant.support`. Knows nothing about grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assistant.claims import ROOT, Bearer, Said, words_of
from assistant.directions import CONTRARY, charged
from assistant.pairing import OFFICES
from store.folding import fold, word_list
from store.language import is_small, stem

_TOKEN = re.compile(r"[^\W_]+|,(?!\d)|[;:()\"]|[.!?](?=\s|$)")
_BORDERS = frozenset(',;:()".!?') | word_list("et and und e mais but aber ma tandis while")
_SPEECH = word_list("selon apres laut gemass zufolge according secondo")
_PASSIVE = re.compile(
    r"(?<![^\W_])(?:(?:ete|est|sont|etaient|etait|fut|furent|sera|seront)(?: [^\W_]+){1,3} par"
    r"|(?:was|were|been|is|are|be)(?: [^\W_]+){1,3} by|(?:wird|werden|wurden?|worden)(?= .*)(?=.*\bvo[nm]\b)"
    r"|(?:stat[oaie]|viene|vengono|e|sono)(?: [^\W_]+){1,3} da(?:l|lla|i|gli|lle)?)(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A word with its root; `border` where the sentence pauses before it."""

    root: str
    word: str
    border: bool


def passes_well(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether neighbouring words of a sentence that rests on several sources stand together in one of them."""
    native = [bearer for bearer in bearers if bearer.language == claim.language]
    if len(native) < 2:
        return True
    held = [_roots(bearer) for bearer in native]
    everywhere = frozenset[str]().union(*held)
    known = [step for step in _steps(claim.text, claim.language) if step.root in everywhere or step.border]
    speaks = bool(known) and any(word in _SPEECH for word in words_of(claim.text)[:2])
    for one, other in pairwise(known):
        if one.root not in everywhere or other.root not in everywhere:
            continue
        if any(one.root in roots and other.root in roots for roots in held):
            continue
        if other.border and not speaks and other.word not in OFFICES:
            continue
        return False
    return True


def sides_kept(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether no two words have changed sides of a third: « le retraité a tué le chien », the other way round."""
    native = [bearer for bearer in bearers if bearer.language == claim.language]
    if claim.language == "de":
        return True
    return not any(_turned(claim, bearer) for bearer in native)


def _turned(claim: Said, bearer: Bearer) -> bool:
    own, there = _once(claim.text, claim.language), _once(bearer.text, bearer.language)
    shared = sorted(own.keys() & there.keys(), key=own.__getitem__)[:_MOST]
    if bool(_PASSIVE.search(fold(claim.text))) != bool(_PASSIVE.search(fold(bearer.text))):
        return _doer_kept(claim.text, bearer.text, own, there)
    return any(
        there[first] > there[middle] > there[last]
        and own[first][0] == own[last][0]
        and there[first][0] == there[last][0]
        for first, middle, last in combinations(shared, 3)
    )


_MOST = 14


def contraries_placed(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether, of a source that opens one thing and closes another, each is said of what it was said of."""
    return not any(
        CONTRARY.get(meant) in {other for other, _ in charged(bearer.text)}
        and meant in {other for other, _ in charged(bearer.text)}
        and not _stands_so(meant, at, claim, bearer)
        for bearer in bearers
        if bearer.language == claim.language
        for meant, at in charged(claim.text)
    )


def _stands_so(meant: str, at: int, claim: Said, bearer: Bearer) -> bool:
    """Whether the words beside a direction are beside it in the source."""
    before, after = _beside(claim.text, at, claim.language)
    there = [_beside(bearer.text, place, bearer.language) for other, place in charged(bearer.text) if other == meant]
    return any(
        (not before or before[-1] in left) and (not after or after[0] in right[:_AROUND]) for left, right in there
    )


_AROUND = 3


def _beside(text: str, at: int, language: str) -> tuple[list[str], list[str]]:
    """The words before and after the one that stands at a place of the folded text."""
    folded = fold(text)
    word = re.match(r"[^\W_]*", folded[at:])
    end = at + (word.end() if word else 0)
    return (
        [step.root for step in _steps(folded[:at], language)],
        [step.root for step in _steps(re.split(r"[;:]|\bet\b|\band\b|\bund\b", folded[end:])[0], language)],
    )


def _doer_kept(text: str, other: str, own: _Places, there: _Places) -> bool:
    """Whether who does it in a passive sentence has it done to in the active one: words in one order, voices in two."""
    passive, places = (fold(text), there) if _PASSIVE.search(fold(text)) else (fold(other), own)
    found = _PASSIVE.search(passive)
    mine = there if places is own else own
    if found is None:
        return False
    verb = max((root for root in mine if passive.find(root, found.start(), found.end()) >= 0), key=len, default="")
    if verb not in mine or verb not in places:
        return False
    before = [root for root in mine if mine[root] < mine[verb] and root in places]
    after = [root for root in mine if mine[root] > mine[verb] and root in places]
    return bool(before and after) and places[before[-1]] < places[verb] < places[after[0]]


_Places = dict[str, tuple[int, int]]


def _once(text: str, language: str) -> _Places:
    """Clause and place of the words that are said once; numbers have rules of their own."""
    found: _Places = {}
    twice: set[str] = set()
    clause = 0
    for at, step in enumerate(_steps(text, language)):
        clause += step.border
        if step.root in found:
            twice.add(step.root)
        elif not step.word[0].isdigit():
            found[step.root] = (clause, at)
    return {root: place for root, place in found.items() if root not in twice}


def _roots(bearer: Bearer) -> frozenset[str]:
    return frozenset(step.root for step in _steps(bearer.text, bearer.language)) | {
        stem(word, bearer.language)[:ROOT] for word in bearer.context
    }


def _steps(text: str, language: str) -> Iterator[_Step]:
    border = False
    for match in _TOKEN.finditer(fold(text)):
        token = match[0]
        if token in _BORDERS:
            border = True
            continue
        if len(token) < 2 or is_small(token, language):
            continue
        yield _Step(token if token[0].isdigit() else stem(token, language)[:ROOT], token, border)
        border = False
