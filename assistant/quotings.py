"""Does a source hold these words between quotation marks, and does whoever is named say them there?

One rule of `assistant.support`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.claims import Bearer, Said, words_of
from assistant.pairing import OFFICES
from store.folding import fold


def quotations_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Words between marks stand there so, and whoever is named beside them stands with them."""
    texts = [_plain(bearer.text) for bearer in bearers]
    holding = set(range(len(bearers)))
    for span in claim.facts(None).quotations:
        parts = [part for part in map(_plain, re.split(r"\[…\]|\[\.\.\.\]|\(…\)", span.of(claim.text))) if part]
        held = {place for place, text in enumerate(texts) if _in_order(parts, text)}
        if not held and not _in_order(parts, " ".join(texts)):
            return False
        holding &= held or holding
    if claim.facts(None).quotations and _SPEECH.search(fold(claim.text)):
        beside = _beside(claim)
        if not any(beside <= bearers[place].words for place in holding):
            return False
    return _speaks(claim, bearers)


def _beside(claim: Said) -> frozenset[str]:
    """The people, bodies and offices that a claim names outside its quotations."""
    inside = claim.facts(None).quotations
    outside = "".join(
        " " if any(place in span for span in inside) else letter for place, letter in enumerate(claim.text)
    )
    named = {one.word for one in claim.facts(None).names if not any(one.start in span for span in inside)}
    return frozenset(named | {word for word in words_of(outside) if word in OFFICES})


_QUOTED_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")


def _plain(text: str) -> str:
    """The text as it is compared word for word: blanks, apostrophes and the outer stops apart."""
    plain = re.sub(r"[\s\u00ad\u200b\u2060\ufeff]+", " ", text.translate(_QUOTED_APOSTROPHES))
    return re.sub(r"\s+([!?;:»])|(«)\s+", r"\1\2", plain).strip(" .,;:!?").lower()


def _in_order(parts: Sequence[str], text: str) -> bool:
    place = 0
    for part in parts:
        found = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(text, place)
        if found is None:
            return False
        place = found.end()
    return True


_SPEECH = re.compile(
    r"(?<![^\W_])(?:di(?:t|sent|sait)|declar\w+|affirm\w+|ajout\w+|expliqu\w+|precis\w+|soulign\w+|estim\w+|rappel\w+"
    r"|selon|indiqu\w+|assur\w+|confi\w+|conclu\w*|annonc\w+|sai[dy]s?|stat(?:es|ed)|according to|explain\w+|sagt\w*"
    r"|erklar\w+|betont\w*|laut|gemass|dice|detto|dichiar\w+|afferm\w+|secondo|d'apres|pour lui|comment\w+)(?![^\W_])"
)


def _speaks(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Where the claim gives words to someone, that is who says them there."""
    folded = fold(claim.text)
    if not claim.facts(None).quotations and not _SPEECH.search(folded):
        return True
    inside = claim.facts(None).quotations
    named = [
        named
        for named in claim.facts(None).names
        if not any(named.start in span for span in inside) and not named.acronym
    ]
    shared = [len(claim.stems & bearer.stems) for bearer in bearers]
    nearest = [bearer for bearer, count in zip(bearers, shared, strict=True) if count == max(shared)]
    speakers = _people(quote.speaker for bearer in nearest for quote in bearer.quotes)
    people = _people(name.name for bearer in bearers for name in bearer.release.names) | _people(
        quote.speaker for bearer in bearers for quote in bearer.release.quotes
    )
    persons = [one for one in named if one.word in people]
    if not persons:
        return True
    if not speakers:
        return any(one.word in bearer.words for one in persons for bearer in nearest)
    return any(one.word in speakers for one in persons)


def _people(names: Iterable[str | None]) -> set[str]:
    return {word for name in names if name for word in words_of(name)}
