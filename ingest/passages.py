"""Passages: neighbouring whole sentences of a release, of a length the encoder reads whole.

Contacts and boilerplate get passages of their own. Knows nothing of the encoder beyond how
it counts tokens.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.parser.communique import contact_span
from store.period import day_in_words
from store.records import Passage, PassageKind, Release, Span
from store.sentences import sentences

TARGET = 220
LONGEST = 300
LONGEST_CONTEXT = 60
# What the encoder adds by itself: its prefix (« passage: ») and its special tokens.
RESERVED = 12

CHUNKING = f"sentences-{TARGET}-{LONGEST}/2"

_CLAUSES = (re.compile(r"[;:](?=\s)\s+"), re.compile(r"(?:,|\s[–—])(?=\s)\s+"), re.compile(r"\s+"))


@dataclass(frozen=True, slots=True)
class _Counted:
    span: Span
    tokens: int


def cut(
    release: Release, count_tokens: Callable[[str], int], max_tokens: int = 512, target: int = TARGET
) -> tuple[Passage, ...]:
    """The passages of a release; they tile its text, as their sentences tile them.

    A sentence is never cut, but for one longer than 300 tokens, which is divided at clause
    borders into several. Context and text together stay under `max_tokens`, whatever the
    release. Boilerplate and contacts have their issuer for context, so that the same block
    is embedded once for all its releases.
    """
    empty = count_tokens("")
    context_room = min(LONGEST_CONTEXT, max(8, max_tokens // 5))
    room = max(8, max_tokens - RESERVED - context_room)
    longest, target = min(LONGEST, room), min(target, room)
    context = context_of(release, count_tokens, context_room)
    issuer = _shortened(release.issuer or "", count_tokens, context_room)
    passages: list[Passage] = []
    apart = _apart(release)
    for zone in _zones(release.text, [span for span, _ in apart]):
        kind = next((kind for span, kind in apart if span.start == zone.start), PassageKind.BODY)
        counted = [
            piece
            for sentence in _sentences(release.text, zone)
            for piece in _divided(release.text, sentence, count_tokens, longest, empty)
        ]
        for group in _grouped(counted, target, longest):
            span = Span(group[0].span.start, group[-1].span.end)
            text = span.of(release.text)
            sentences_of = tuple(item.span for item in group)
            before = context if kind is PassageKind.BODY else issuer
            passages.append(Passage(len(passages), span, sentences_of, text, before, kind=kind))
    return tuple(passages)


def context_of(release: Release, count_tokens: Callable[[str], int], room: int = LONGEST_CONTEXT) -> str:
    """« Issuer, day. Title » before a passage, its end left out where it exceeds `room` tokens."""
    day = day_in_words(release.published, release.language) if release.published else None
    whose = ", ".join(part for part in (release.issuer, day) if part)
    title = " ".join(release.title.split())
    context = ". ".join(part for part in (whose, title) if part)
    return _shortened(context, count_tokens, room)


def _shortened(context: str, count_tokens: Callable[[str], int], room: int) -> str:
    words = context.split(" ")
    while words and count_tokens(" ".join(words)) > room:
        words = words[: min(len(words) - 1, max(1, len(words) * 4 // 5))]
    return " ".join(words)


def _apart(release: Release) -> list[tuple[Span, PassageKind]]:
    """Boilerplate and contacts: what repeats from release to release."""
    contacts = contact_span(release) if release.contacts else None
    about = [(span, PassageKind.BOILERPLATE) for span in release.boilerplate]
    return sorted([*about, *([(contacts, PassageKind.CONTACTS)] if contacts else [])])


def _zones(text: str, apart: list[Span]) -> list[Span]:
    """Body and what stands apart, tiling the text."""
    borders = {0, len(text)}
    for span in apart:
        borders |= {span.start, _after_blanks(text, span.end)}
    ordered = sorted(borders)
    zones = [Span(start, end) for start, end in itertools.pairwise(ordered)]
    return _without_blank(text, zones)


def _after_blanks(text: str, offset: int) -> int:
    return offset + len(text[offset:]) - len(text[offset:].lstrip())


def _without_blank(text: str, zones: list[Span]) -> list[Span]:
    """Zones of blanks only joined to the one before, or to the next at the start."""
    kept: list[Span] = []
    for zone in zones:
        if kept and (not zone.of(text).strip() or not kept[-1].of(text).strip()):
            kept[-1] = Span(kept[-1].start, zone.end)
        else:
            kept.append(zone)
    return kept if text else []


def _sentences(text: str, zone: Span) -> list[Span]:
    return [Span(zone.start + span.start, zone.start + span.end) for span in sentences(zone.of(text))]


def _divided(
    text: str, sentence: Span, count_tokens: Callable[[str], int], longest: int, empty: int
) -> Iterator[_Counted]:
    """A sentence as it is, or its clauses where it is longer than `longest` tokens."""
    tokens = max(1, count_tokens(sentence.of(text).strip()) - empty)
    if tokens <= longest or len(sentence) < 2:
        yield _Counted(sentence, tokens)
        return
    middle = _border(text, sentence)
    yield from _divided(text, Span(sentence.start, middle), count_tokens, longest, empty)
    yield from _divided(text, Span(middle, sentence.end), count_tokens, longest, empty)


def _border(text: str, sentence: Span) -> int:
    """The clause border nearest the middle: after « ; » or « : », else a comma or dash, else a blank."""
    centre = (sentence.start + sentence.end) // 2
    quarter = len(sentence) // 4
    written_end = sentence.start + len(sentence.of(text).rstrip())
    for pattern in _CLAUSES:
        borders = [match.end() for match in pattern.finditer(text, sentence.start + 1, written_end)]
        near = [border for border in borders if abs(border - centre) <= quarter and border < written_end]
        if near:
            return min(near, key=lambda border: abs(border - centre))
    return centre


def _grouped(counted: list[_Counted], target: int, longest: int) -> Iterator[list[_Counted]]:
    """Neighbouring sentences in groups of like length, around `target`, never over `longest`.

    What fits in one group stays whole.
    """
    total = sum(item.tokens for item in counted)
    parts = 1 if total <= longest else -(-total // target)
    share = total / parts
    group: list[_Counted] = []
    held = 0
    for item in counted:
        over = held + item.tokens - share
        if group and (held + item.tokens > longest or (over > 0 and over > share - held)):
            yield group
            group, held = [], 0
        group.append(item)
        held += item.tokens
    if group:
        yield group
