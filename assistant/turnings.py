"""Does a source deny, plan and turn as the sentence does?

Two rules of `assistant.support`: what is denied or only planned, and what rises or falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from assistant.claims import ROOT, Bearer, Said, content, same_language
from assistant.directions import CONTRARY, charged
from assistant.polarity import Turned, turned


def polarity_stands(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Nothing denied is affirmed, nothing affirmed denied; what may be or will be is not said to be."""
    if not same_language(claim, bearers):
        said, known = _kinds(claim.text, claim.language), set[str]()
        known.update(*(_kinds(bearer.text, bearer.language) for bearer in bearers))
        return known - {"will"} <= said and said & {"not"} <= known
    own = turned(claim.text, claim.language)
    there = [turned(bearer.text, bearer.language) for bearer in bearers]
    kinds = {one.kind for one in own}
    for one in chain.from_iterable(there):
        if not one.touches(claim.stems) or any(_turned_alike(one, other) for other in own):
            continue
        if one.kind != "may" or one.kind not in kinds:
            return False
    return all(_is_there(one, bearers, there) for one in own)


def _kinds(text: str, language: str) -> set[str]:
    """What a text does to what it says: another language may deny with a verb what one denies with « pas »."""
    return {"not" if one.kind == "deny" else one.kind for one in turned(text, language)}


def _is_there(one: Turned, bearers: Sequence[Bearer], there: Sequence[Sequence[Turned]]) -> bool:
    """Whether the sentences that say most of what is turned turn it too."""
    scope = set(one.scope)
    shared = [len(scope & content(bearer.text, bearer.language)) for bearer in bearers]
    nearest = [other for count, turns in zip(shared, there, strict=True) if count == max(shared) for other in turns]
    if any(_turned_alike(one, other) for other in nearest):
        return True
    return one.kind != "not" and (max(shared) == 0 or any(other.kind == one.kind for other in nearest))


def _turned_alike(one: Turned, other: Turned) -> bool:
    return one.kind == other.kind and bool({word[:ROOT] for word in one.scope} & {word[:ROOT] for word in other.scope})


def directions_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Each direction is the source's; between two languages, none is its contrary."""
    known = frozenset[str]().union(*(bearer.directions for bearer in bearers))
    own = {meant for meant, _ in charged(claim.text)}
    if same_language(claim, bearers):
        return own <= known
    return all(CONTRARY.get(meant) not in known or meant in known for meant in own)
