"""Does a source deny, plan and turn as the sentence does?

Two rules of `assistant.support`: what is denied or only planned, and what rises or falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from assistant.claims import Bearer, Said, content, same_language
from assistant.directions import CONTRARY, charged
from assistant.polarity import Turned, turned


def polarity_stands(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Nothing denied is affirmed, nothing affirmed denied; what may be or will be is not said to be."""
    if not same_language(claim, bearers):
        own = any(one.kind == "not" for one in turned(claim.text, claim.language))
        return own == any(one.kind == "not" for bearer in bearers for one in turned(bearer.text, bearer.language))
    own = turned(claim.text, claim.language)
    there = [turned(bearer.text, bearer.language) for bearer in bearers]
    kinds = {one.kind for one in own}
    for one in chain.from_iterable(there):
        if not one.touches(claim.stems) or any(_turned_alike(one, other) for other in own):
            continue
        if one.kind == "not" or one.kind not in kinds:
            return False
    for one in own:
        scope = set(one.scope)
        shared = [len(scope & content(bearer.text, bearer.language)) for bearer in bearers]
        nearest = [there[place] for place, count in enumerate(shared) if count == max(shared)]
        if any(_turned_alike(one, other) for other in chain.from_iterable(nearest)):
            continue
        alike = any(other.kind == one.kind for other in chain.from_iterable(nearest))
        if one.kind == "not" or (max(shared) and not alike):
            return False
    return True


def _turned_alike(one: Turned, other: Turned) -> bool:
    return one.kind == other.kind and bool(set(one.scope) & set(other.scope))


def directions_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Each direction is the source's; between two languages, none is its contrary."""
    known = frozenset[str]().union(*(bearer.directions for bearer in bearers))
    own = {meant for meant, _ in charged(claim.text)}
    if same_language(claim, bearers):
        return own <= known
    return all(CONTRARY.get(meant) not in known or meant in known for meant in own)
