"""Do these sentences bear that one? Rule after rule, each with a word for why not.

Numbers with their units, dates, names, quotations and their speakers, what is denied or only
planned, directions, and the words themselves. Knows nothing about models or embeddings.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.amounts import Amount
from assistant.claims import ROOT, Bearer, Said, near, said, shown, strange, word_for_word, words_of
from assistant.datings import dates_stand
from assistant.footing import not_cut_out, spoken_of, stands_on_its_sentence
from assistant.light_words import LIGHT_STEMS
from assistant.namings import names_stand
from assistant.pairing import apart, crossed
from assistant.predicates import predicates
from assistant.quotings import quotations_stand
from assistant.reserves import reserves_stand
from assistant.seams import contraries_placed, passes_well, sides_kept
from assistant.turnings import directions_stand, polarity_stands
from store.language import is_small, stem
from store.records import Release, Span


def unborne(claim: Said, bearers: Sequence[Bearer]) -> str | None:
    """Why these sentences do not bear the claim to the letter (a word), or None where they do.

    Words and meaning (`support`) are not looked at here.
    """
    for why, check in _RULES:
        if not check(claim, bearers):
            return why
    return None


def to_the_letter(text: str, rests_on: Sequence[tuple[Release, Span]]) -> bool:
    """Whether every number, address, date, name and quotation of a text stands in what it rests on.

    So does a text that is one of these sentences, its typography apart.
    """
    if not rests_on:
        return False
    bearers = [Bearer(release, span) for release, span in rests_on]
    if shown(text) != " ".join(text.split()) or strange(text, [bearer.text for bearer in bearers]):
        return False
    if any(word_for_word(text, bearer.text) for bearer in bearers):
        return True
    claim = said(text, "", bearers[0].language)
    return all(check(claim, bearers) for _, check in _LETTER)


def support(claim: Said, bearers: Sequence[Bearer]) -> float:
    """The share of the claim's words that these sentences bear.

    The question's words, where unborne, do not count, unless they say what was done, or are too many.
    """
    borne = frozenset[str]().union(*(bearer.stems for bearer in bearers))
    kin = frozenset(one[:ROOT] for one in borne if len(one) >= ROOT)
    held = frozenset(one for one in claim.stems if one in borne or one[:ROOT] in kin)
    lent = claim.stems - claim.own - held - LIGHT_STEMS
    if len(lent) * LENT > len(held) + claim.counted * FIRM:
        return len(held) / (len(held) + len(lent))
    counted = ((claim.own | predicates(claim.text, claim.language)) & claim.stems) - LIGHT_STEMS | held
    return len(held) / len(counted) if counted else 1.0


LENT = 2
"""Borne words for each that only the question says."""
FIRM = 3
"""Words that a number or a date that stands is worth."""


def _amounts_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    known = [(other, bearer) for bearer in bearers for other in bearer.facts.amounts]
    amounts = claim.facts(near(bearers)).amounts
    return all(
        any(_bears(amount, other, claim.language == bearer.language) for other, bearer in known) for amount in amounts
    ) and all(_alone(claim, amount, bearers) for amount in amounts)


def _bears(amount: Amount, other: Amount, same: bool) -> bool:
    return amount.borne_by(other, same)


def _alone(claim: Said, amount: Amount, bearers: Sequence[Bearer]) -> bool:
    """What a number counts must be said by a sentence that holds the number."""
    if not amount.counted:
        return True
    holding = [
        bearer
        for bearer in bearers
        if any(_bears(amount, other, claim.language == bearer.language) for other in bearer.facts.amounts)
    ]
    return any(claim.language != bearer.language or amount.counted & bearer.stems for bearer in holding)


def _addresses_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    known = {address for bearer in bearers for address in bearer.facts.addresses}
    return set(claim.facts(None).addresses) <= known


def _facts_paired(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Facts go together as they do in a sentence that holds them, and some sentence holds them together."""
    native = [(bearer.text, bearer.context) for bearer in bearers if bearer.language == claim.language]
    if len(native) > 1 and apart(claim.text, native, claim.language, near(bearers)):
        return False
    return not any(
        crossed(claim.text, bearer.text, claim.language, bearer.release.published)
        for bearer in bearers
        if bearer.language == claim.language
    )


def _nothing_replaced(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """No word of the claim, though the question's, stands where its source has another between the same two."""
    return not any(
        _replaced(_row(claim.text, claim.language), _row(bearer.text, bearer.language), claim, bearer)
        for bearer in bearers
        if bearer.language == claim.language
    )


def _row(text: str, language: str) -> list[str]:
    words = [stem(word, language) for word in words_of(text) if word[0].isalpha() and not is_small(word, language)]
    return [*words, "."]


def _replaced(row: Sequence[str], other: Sequence[str], claim: Said, bearer: Bearer) -> bool:
    spots = {(left, right): middle for left, middle, right in zip(other, other[1:], other[2:], strict=False)}
    return any(
        middle not in bearer.stems
        and middle not in LIGHT_STEMS
        and (left, right) in spots
        and spots[left, right] not in claim.stems
        and spots[left, right][:ROOT] != middle[:ROOT]
        for left, middle, right in zip(row, row[1:], row[2:], strict=False)
    )


_LETTER = (
    ("number", _amounts_stand),
    ("address", _addresses_stand),
    ("date", dates_stand),
    ("name", names_stand),
    ("quotation", quotations_stand),
)


_RULES = (
    *_LETTER,
    ("polarity", polarity_stands),
    ("direction", directions_stand),
    ("crossed", _facts_paired),
    ("replaced", _nothing_replaced),
    ("reserve", reserves_stand),
    ("seam", passes_well),
    ("footing", stands_on_its_sentence),
    ("premise", spoken_of),
    ("cut", not_cut_out),
    ("sides", sides_kept),
    ("contrary", contraries_placed),
)
