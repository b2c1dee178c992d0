"""Does a claim rest on the very sentence it cites, whole, and on the release that sentence is from?

Three rules of `assistant.support`. What title and issuer say helps to understand a sentence
and does not stand in for it; what only the question says must be spoken of in the release;
and words taken from the middle of a sentence must not lose the one that governs them
(« sous la présidence de… », « ne représente que… »).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.claims import ROOT, Bearer, Said, content, same_language, words_of
from assistant.light_words import LIGHT_STEMS
from store.folding import word_list

FOOTING = 0.5
"""The share of the borne words that the cited sentences hold themselves (titles alone bear no sentence)."""


def stands_on_its_sentence(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether what is cited holds at least half of what is borne, and not its title."""
    if not same_language(claim, bearers):
        return True
    told = _kin(frozenset[str]().union(*(content(bearer.text, bearer.language) for bearer in bearers)))
    known = _kin(frozenset[str]().union(*(bearer.stems for bearer in bearers)))
    borne = [one for one in claim.stems if one[:ROOT] in known]
    held = [one for one in borne if one[:ROOT] in told]
    return len(held) + claim.counted >= FOOTING * (len(borne) + claim.counted)


def spoken_of(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether most of what only the question says is spoken of in one of the releases cited.

    A source answers another question where its release knows none of these words.
    """
    if not same_language(claim, bearers):
        return True
    known = _kin(frozenset[str]().union(*(bearer.stems for bearer in bearers)))
    lent = [one for one in claim.stems - claim.own - LIGHT_STEMS if one[:ROOT] not in known]
    if len(lent) < FEW:
        return True
    return any(
        sum(one[:ROOT] in _kin(content(bearer.release.text, bearer.language)) for one in lent) * 2 >= len(lent)
        for bearer in bearers
    )


FEW = 3
"""From so many words of the question alone on, its release must speak of them."""


def not_cut_out(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether the claim does not begin in the middle of a phrase that turns what follows."""
    opening = words_of(claim.text)[:OPENING]
    if len(opening) < OPENING:
        return True
    return not any(_governed(opening, words_of(bearer.text)) for bearer in bearers if claim.language == bearer.language)


OPENING = 3
"""Words by which the place is known that a claim was cut out of."""


def _governed(opening: tuple[str, ...], words: tuple[str, ...]) -> bool:
    places = (at for at in range(1, len(words)) if words[at : at + len(opening)] == opening)
    return any(words[at - 1] in _GOVERNING for at in places)


_GOVERNING = word_list(
    """de d du des a au aux par pour contre sans avec sous selon malgre sauf hors chez envers que qu
    of by for against without with under according despite except than that
    von vom durch gegen ohne mit unter laut trotz ausser dass als zu zum zur
    di del della dello dei degli delle da dal dalla per contro senza con sotto secondo malgrado tranne che"""
)


@lru_cache(maxsize=512)
def _kin(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(one[:ROOT] for one in stems)
