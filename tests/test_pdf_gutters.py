"""Gutters: where they are, how far they go, and what does not stop them."""

from __future__ import annotations

import time
from random import Random

from test_pdf_columns import LEFT, RIGHT, piece, stack

from ingest.readers.pdf_columns import blocks_of
from ingest.readers.pdf_gutters import Gutter, gutters_of


def widest(pieces: list) -> Gutter:  # type: ignore[type-arg]
    return max(gutters_of(pieces), key=lambda gutter: gutter.count)


def test_a_gutter_lies_between_the_longest_line_and_the_next_column() -> None:
    """Between the top of the first and the bottom of the last line beside it."""
    left, right = stack(LEFT, 60, 700), stack(RIGHT, 240, 700)
    gutter = widest([*left, *right])
    assert gutter.left == max(line.right for line in left[: len(right)])
    assert gutter.right == 240
    assert gutter.core == (right[-1].bottom, 705)
    assert gutter.bottom == left[-1].bottom


def test_an_address_that_runs_over_its_column_stops_no_gutter() -> None:
    """One long word cannot be broken."""
    address = "https://port-clair.example/actualites/2025/criee"
    pieces = [*stack([*LEFT, address, *LEFT], 60, 700), *stack([*RIGHT, *RIGHT[:1]], 240, 700), *stack(LEFT, 240, 604)]
    assert widest(pieces).bottom < 600


def test_one_column_has_none() -> None:
    """Nothing stands beside anything."""
    assert gutters_of(stack(LEFT, 60, 700)) == []


def test_a_page_strewn_with_words_takes_no_time() -> None:
    """A map, or a file made to be slow."""
    random = Random(1)
    strewn = [
        piece("mot", random.uniform(20, 560), random.uniform(20, 820), random.choice([5, 8])) for _ in range(3000)
    ]
    started = time.process_time()
    assert sum(len(line.text.split()) for block in blocks_of(strewn) for line in block.lines) > 1000
    assert time.process_time() - started < 60
