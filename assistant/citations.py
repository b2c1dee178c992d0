"""Does this sentence stand in that release? The check nothing is shown without.

A claim passes when its words are, cuts aside, verbatim words of the spans it rests on; a model's
own words when their numbers, dates, names and quotations are.
Knows nothing about how the claim was made.
"""

from __future__ import annotations

import re

from assistant.answer import Claim
from assistant.support import to_the_letter
from store.records import Release, Span

CUT = "[…]"
"""How a sentence marks words it leaves out."""

_BLANKS = re.compile(r"\s+")


def faithful(claim: Claim) -> bool:
    """Whether a claim may be shown: verbatim words, or a model's own whose facts all stand in what it rests on.

    The lead-in is ours and is not looked at.
    """
    return to_the_letter(claim.text, claim.rests_on) if claim.paraphrase else verbatim(claim)


def verbatim(claim: Claim) -> bool:
    """Whether every part of the claim between cuts stands, word for word, in its spans, in order."""
    if not claim.rests_on:
        return False
    source = _plain(" ".join(span.of(release.text) for release, span in claim.rests_on))
    position = 0
    for part in claim.text.split(CUT):
        wanted = _plain(part)
        found = source.find(wanted, position)
        if found < 0:
            return False
        position = found + len(wanted)
    return any(_plain(part) for part in claim.text.split(CUT))


def stands(release: Release, span: Span) -> bool:
    """Whether a span lies within a release's text and is not blank."""
    return 0 <= span.start < span.end <= len(release.text) and bool(span.of(release.text).strip())


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
