"""A sentence with its quotation marks in pairs: what opens is closed, or neither is shown.

Knows nothing about who speaks.
"""

from __future__ import annotations

from store.language import trimmed
from store.records import Release, Span

LONGEST = 480
"""Characters up to which a sentence is lengthened to the end of its quotation."""
_PAIRS = (("«", "»"), ("“", "”"), ("„", "“"))


def closed(release: Release, span: Span) -> Span:
    """The sentence without a mark that it opens or closes alone; to the end of its quotation where that is near."""
    text = span.of(release.text)
    for opening, closing in _PAIRS:
        if closing in text and opening == "“" and "„" in text:
            continue
        opened, ended = text.count(opening), text.count(closing)
        if opened == ended + 1:
            return _lengthened(release, span, opening, closing)
        if ended == opened + 1 and text.rstrip(" .!?…").endswith(closing):
            return trimmed(release.text, Span(span.start, span.start + text.rindex(closing)))
    return span


def _lengthened(release: Release, span: Span, opening: str, closing: str) -> Span:
    text = span.of(release.text)
    if text.startswith(opening):
        return trimmed(release.text, Span(span.start + 1, span.end))
    end = release.text.find(closing, span.end)
    if end >= 0 and end + 1 - span.start <= LONGEST:
        return trimmed(release.text, Span(span.start, end + 1))
    return span
