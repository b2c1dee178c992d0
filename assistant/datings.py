"""Does a source state this date? Days, months, weekdays, the day a release was published.

One rule of `assistant.support`. What is relative (« hier ») stands nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claims import Bearer, Said, near
from store.dates import DateMention
from store.folding import fold


def dates_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    if claim.facts(near(bearers)).relative:
        return False
    return not list(_undated(claim, bearers))


def _undated(claim: Said, bearers: Sequence[Bearer]) -> Iterator[tuple[int, int]]:
    """The dates of the claim that no bearer states."""
    first = claim.facts(near(bearers))
    for place, mention in enumerate(first.dates):
        if not any(_dated(claim, place, mention, bearer) for bearer in bearers):
            yield mention.start, mention.end
    for moment in first.moments:
        if not any(_timed(moment.key, bearer) for bearer in bearers):
            yield moment.start, moment.end


def _dated(claim: Said, place: int, mention: DateMention, bearer: Bearer) -> bool:
    own = claim.facts(bearer.release.published).dates
    if len(own) > place and own[place].start == mention.start:
        mention = own[place]
    if any(_same_day(mention, other, claim.text) for other in bearer.facts.dates):
        return True
    day = bearer.release.published
    return (
        day is not None
        and mention.precise
        and mention.period.first == day
        and mention.weekday in (None, day.weekday())
        and (bearer.facts.relative or bool(_PUBLISHED.search(fold(claim.text))))
    )


_PUBLISHED = re.compile(
    r"publi\w*|communique\w*|annonc\w*|selon|fait savoir|informe\w*|announc\w*|published|release|according|reported"
    r"|mitteil\w*|mitgeteilt|gemass|laut|angekundigt|veroffentlich\w*|comunicat\w*|annunci\w*|secondo|pubblicat\w*"
)


_FIRST = re.compile(
    r"(?<![^\W_])(?:des|a partir|commenc\w*|debut\w*|ouvr\w*|lanc\w*|depuis|from|start\w*|begin\w*|since|ab|seit"
    r"|beginn\w*|dal|inizi\w*)"
)


_LAST = re.compile(r"(?<![^\W_])(?:jusqu|fin\w*|termin\w*|achev\w*|until|end\w*|bis|fino|au plus tard)")


def _same_day(mention: DateMention, other: DateMention, text: str) -> bool:
    """Whether the other date says the one claimed: the same, or a day of the month or year that is claimed."""
    if mention.weekday is not None and mention.weekday != other.weekday:
        return False
    claimed, stated = mention.period, other.period
    if claimed == stated:
        return True
    if not (claimed.first and claimed.last and stated.first and stated.last):
        return False
    if mention.precise:
        folded = fold(text)
        begins = claimed.first == stated.first and bool(_FIRST.search(folded))
        return begins or (claimed.first == stated.last and bool(_LAST.search(folded)))
    whole = claimed.first.day == 1 and (claimed.last - claimed.first).days >= 27
    return whole and other.precise and stated.first in claimed


_STRETCH = 62


def _timed(key: str, bearer: Bearer) -> bool:
    kind, number = key.split(":")
    if any(moment.key == key for moment in bearer.facts.moments):
        return True
    for mention in bearer.facts.dates:
        first = mention.period.first
        if first is None:
            continue
        if kind == "weekday" and mention.weekday == int(number):
            return True
        if kind == "month" and int(number) in (first.month, (mention.period.last or first).month) and _short(mention):
            return True
        if kind == "season" and first.month == int(number) and not mention.precise:
            return True
    return False


def _short(mention: DateMention) -> bool:
    first, last = mention.period.first, mention.period.last
    return first is not None and last is not None and (last - first).days < _STRETCH
