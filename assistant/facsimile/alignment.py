"""Where quoted words stand among the characters of a page.

A release's text was set anew when it was read: lines joined, hyphens taken out, columns put
in order. So only letters and figures are compared, without accents or ligatures; the quote
may stand in several pieces, and a piece may miss a character. Knows nothing about files.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from store.records import Span

SEED = 6
"""Letters that must agree for a piece to begin."""
BRIDGED = 8
"""Letters that may differ between two pieces that follow each other."""
LEAST = 0.7
"""The part of a quote that must be found for any of it to be marked."""
_STRAY = 12
"""A piece this short, away from the others, is chance."""
_LIKELIEST = 40
"""Places looked at for one seed."""


@dataclass(frozen=True, slots=True)
class Found:
    """`spans` of the page's characters, in the order of the quote; `share` of it that they hold (0 to 1)."""

    spans: tuple[Span, ...] = ()
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Letters:
    """What is compared of a text, and at which character of it each letter stands."""

    letters: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        found, places = [], []
        for place, character in enumerate(text):
            for letter in _compared(character):
                found.append(letter)
                places.append(place)
        return cls("".join(found), tuple(places))

    def span(self, start: int, end: int) -> Span:
        """The characters that hold letters `start` to `end` (at least one)."""
        return Span(self.places[start], self.places[end - 1] + 1)


@lru_cache(maxsize=8192)
def _compared(character: str) -> str:
    """« É » is e, « ﬁ » is fi; punctuation, blanks and hyphens are nothing."""
    return "".join(each for each in unicodedata.normalize("NFKD", character).casefold() if each.isalnum())


def align(page: str, quote: str, before: str = "", after: str = "") -> Found:
    """Where `quote` stands in `page`. The words `before` and `after` it choose between several places."""
    on_page, wanted = Letters.of(page), Letters.of(quote).letters
    if not wanted or not on_page.letters:
        return Found()
    ahead, behind = Letters.of(before).letters, Letters.of(after).letters
    whole = _whole(on_page.letters, wanted, ahead, behind)
    if whole is not None:
        return Found((on_page.span(whole, whole + len(wanted)),), 1.0)
    # With its neighbours, so that a short piece at either end is found by the line it stands on.
    around = _sound(_pieces(on_page.letters, ahead + wanted + behind), len(wanted))
    pieces = [piece for each in around if (piece := each.within(len(ahead), len(ahead) + len(wanted)))]
    share = sum(piece.length for piece in pieces) / len(wanted)
    if share < LEAST:
        return Found()
    return Found(tuple(on_page.span(*ends) for ends in _bridged(pieces)), share)


def _whole(page: str, quote: str, before: str, after: str) -> int | None:
    """Where the quote stands in one piece; of several places the one whose neighbours agree best."""
    places, place = [], page.find(quote)
    while place >= 0:
        places.append(place)
        place = page.find(quote, place + 1)
    if not places:
        return None

    def agreeing(place: int) -> int:
        end = place + len(quote)
        ahead = _alike(page[max(0, place - len(before)) : place][::-1], before[::-1])
        return ahead + _alike(page[end : end + len(after)], after)

    return max(places, key=agreeing)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class _Piece:
    quote: int
    page: int
    length: int

    def within(self, start: int, end: int) -> _Piece | None:
        """What of it lies in letters `start` to `end` of the quote."""
        first, last = max(self.quote, start), min(self.quote + self.length, end)
        return _Piece(first, self.page + first - self.quote, last - first) if last > first else None


def _pieces(page: str, quote: str) -> list[_Piece]:
    """The quote in pieces as long as they can be, each where it stands on the page, from its first letter on."""
    seeds: dict[str, list[int]] = defaultdict(list)
    for place in range(len(page) - SEED + 1):
        seeds[page[place : place + SEED]].append(place)
    pieces: list[_Piece] = []
    at = reached = 0
    while at <= len(quote) - SEED:
        here = pieces[-1].page + pieces[-1].length if pieces else 0
        candidates = seeds.get(quote[at : at + SEED], ())
        nearest = sorted(candidates, key=lambda place: abs(place - here))[:_LIKELIEST]
        best = max(
            (_grown(page, quote, at, place, reached) for place in nearest),
            key=lambda piece: (piece.length, -abs(piece.page - here)),
            default=None,
        )
        if best is None:
            at += 1
            continue
        pieces.append(best)
        at = reached = best.quote + best.length
    return pieces


def _grown(page: str, quote: str, at: int, place: int, reached: int) -> _Piece:
    """The piece around a seed: back to what was found before, and on as far as both agree."""
    back = 0
    while back < min(at - reached, place) and quote[at - back - 1] == page[place - back - 1]:
        back += 1
    length = SEED + _alike(quote[at + SEED :], page[place + SEED :])
    return _Piece(at - back, place - back, back + length)


def _sound(pieces: list[_Piece], wanted: int) -> list[_Piece]:
    """Without those that are chance: short, and next to neither neighbour."""
    if wanted <= _STRAY:
        return pieces

    def near(one: _Piece, other: _Piece) -> bool:
        return 0 <= other.page - (one.page + one.length) <= 3 * BRIDGED

    return [
        piece
        for n, piece in enumerate(pieces)
        if piece.length > _STRAY
        or (n > 0 and near(pieces[n - 1], piece))
        or (n + 1 < len(pieces) and near(piece, pieces[n + 1]))
    ]


def _bridged(pieces: list[_Piece]) -> list[tuple[int, int]]:
    """Pieces as ranges of the page; those that follow each other with little between are one."""
    ranges: list[tuple[int, int]] = []
    for piece in pieces:
        start, end = piece.page, piece.page + piece.length
        if ranges and 0 <= start - ranges[-1][1] <= BRIDGED:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return ranges
