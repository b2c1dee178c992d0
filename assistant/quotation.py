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
        if ended == opened + 1:
            return _begun(release, span, opening, closing)
    return span


def _begun(release: Release, span: Span, opening: str, closing: str) -> Span:
    """From where the quotation begins, if words follow it that tell who speaks; else up to its end."""
    text = span.of(release.text)
    start = release.text.rfind(opening, 0, span.start)
    follows = not text.rstrip(" .!?…").endswith(closing)
    if follows and start >= 0 and span.end - start <= LONGEST:
        return Span(start, span.end)
    return trimmed(release.text, Span(span.start, span.start + text.rindex(closing)))


def _lengthened(release: Release, span: Span, opening: str, closing: str) -> Span:
    text = span.of(release.text)
    if text.startswith(opening):
        return trimmed(release.text, Span(span.start + 1, span.end))
    end = release.text.find(closing, span.end)
    if end >= 0 and end + 1 - span.start <= LONGEST:
        return trimmed(release.text, Span(span.start, end + 1))
    return span
