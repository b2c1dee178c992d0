"""The sentences a language model is given: the best of a few releases, with what completes them, numbered.

Knows nothing about prompts or models, nor about which words answer: `weighing` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.allowance import Allowance
from assistant.answer import Assignment
from assistant.kinds import kinds
from assistant.orders import orders
from assistant.verification import Source
from assistant.weighing import is_heading, ranked
from store.folding import letters
from store.language import sentences, trimmed
from store.records import Release, Span

_LEANS = re.compile(
    r"(?:il|elle|ils|elles|celui-ci|celle-ci|ceux-ci|celles-ci|cet?|cette|ces|son|sa|ses|leurs?|y"
    r"|it|he|she|they|this|these|that|its|er|sie|es|diese[rsmn]?|ihre?|esso|essa|questo|questa|questi|queste)\b",
    re.IGNORECASE,
)
"""How a sentence opens that says little without the one before."""
AROUND = 600
"""Characters before or after a sentence among which its neighbours are looked for."""
ITEMS = 6


def numbered(assignment: Assignment, allowance: Allowance) -> tuple[Source, ...]:
    """Sentences in the order they are read, best release first, numbered from 1; empty where nothing was found."""
    taken: dict[tuple[str, Span], Release] = {}
    releases: list[str] = []
    told: set[str] = set()
    left = allowance.characters
    for chosen in ranked(assignment, kinds(assignment.question, assignment.language)):
        release, span = chosen.release, chosen.span
        if release.id not in releases and len(releases) == allowance.releases:
            continue
        for one in _completed(release, span):
            text = one.of(release.text)
            words = letters(text)
            if (release.id, one) in taken or words in told or len(one) > left or len(taken) == allowance.sentences:
                continue
            if orders(text):
                continue
            taken[release.id, one] = release
            told.add(words)
            left -= len(one)
            if release.id not in releases:
                releases.append(release.id)
    inside = sorted(taken.items(), key=lambda item: (releases.index(item[0][0]), item[0][1]))
    return tuple(Source(number, release, span) for number, ((_, span), release) in enumerate(inside, start=1))


def _completed(release: Release, span: Span) -> Iterator[Span]:
    """A sentence, with the one it leans on before it, and the items it introduces after it."""
    text = release.text
    if _LEANS.match(text, span.start) and (before := sentences(text[max(0, span.start - AROUND) : span.start])):
        neighbour = trimmed(text, Span(span.start - len(before[-1]), span.start))
        if (
            len(neighbour) >= 3
            and not is_heading(release, neighbour)
            and "\n\n" not in text[neighbour.end : span.start]
        ):
            yield neighbour
    yield span
    if span.of(text).endswith(":"):
        after = sentences(text[span.end : span.end + AROUND])
        for item in after[1 : 1 + ITEMS] if after and not after[0].of(text[span.end :]).strip() else after[:ITEMS]:
            following = trimmed(text, Span(span.end + item.start, span.end + item.end))
            if len(following) >= 3:
                yield following
