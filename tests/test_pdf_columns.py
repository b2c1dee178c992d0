"""Columns: what stands side by side is read one column after the other, tables row by row."""

from __future__ import annotations

import pytest

from ingest.readers.pdf_columns import blocks_of
from ingest.readers.pdf_lines import Line

LEFT = """La criée de Port-Clair rouvre
mardi après deux ans de travaux
et un chantier que la ville dit
avoir payé quatorze millions
d'euros, dont trois de la région
et un du port lui-même, qui en
attend le retour des chalutiers""".split("\n")
RIGHT = """partis vers le nord. Le conseil
avait voté la dépense en février
à l'unanimité moins deux voix,
malgré le renchérissement de
l'acier et la faillite d'une
entreprise de gros œuvre.""".split("\n")


def piece(text: str, left: float, middle: float, size: float = 10, width: float | None = None) -> Line:
    """A piece of line as wide as its text in a font of average width."""
    right = left + (width or 0.5 * size * len(text))
    return Line(text, left, right, middle - size / 2, middle + size / 2, 0.5 * size * len(text.split()[0]))


def stack(texts: list[str], left: float, top: float, step: float = 12, size: float = 10) -> list[Line]:
    return [piece(text, left, top - step * number, size) for number, text in enumerate(texts)]


def read(pieces: list[Line]) -> list[str]:
    return [line.text for block in blocks_of(pieces) for line in block.lines]


@pytest.mark.parametrize("shift", [0, 5])
@pytest.mark.parametrize("gutter", [10, 14, 30])
def test_two_columns_are_read_one_after_the_other(gutter: float, shift: float) -> None:
    """Whatever the order of the page's content, whether or not lines stand on one height."""
    right = max(line.right for line in stack(LEFT, 60, 700)) + gutter
    columns = [*stack(LEFT, 60, 700), *stack(RIGHT, right, 700 - shift)]
    assert read(sorted(columns, key=lambda line: -line.middle)) == [*LEFT, *RIGHT]


def test_three_columns_are_read_one_after_the_other() -> None:
    """As in a newsletter."""
    pieces = [*stack(LEFT, 40, 700), *stack(RIGHT, 220, 700), *stack(LEFT[::-1], 400, 700)]
    assert read(sorted(pieces, key=lambda line: -line.middle)) == [*LEFT, *RIGHT, *LEFT[::-1]]


def test_a_title_and_a_foot_across_columns_stand_before_and_after_them() -> None:
    """What crosses the gutter is not of any column."""
    title = piece("Un titre qui va d'un bord de la page à l'autre bord", 60, 740, 16)
    foot = piece("Mairie de Port-Clair, place de l'Ancre, 29990 Port-Clair, sur le port, en face", 60, 600)
    pieces = [foot, *stack(LEFT, 60, 700), *stack(RIGHT, 240, 700), title]
    assert read(pieces) == [title.text, *LEFT, *RIGHT, foot.text]


def test_a_column_may_be_longer_than_its_neighbour() -> None:
    """The last column of a text often holds a line or two."""
    pieces = [*stack([*LEFT, *LEFT], 60, 700), *stack(RIGHT[:1], 240, 700)]
    assert read(pieces) == [*LEFT, *LEFT, *RIGHT[:1]]


def test_what_stands_in_the_margin_is_read_after_the_text() -> None:
    """As in a letter whose addresses run down its left side."""
    margin = ["Mairie", "Place de l'Ancre", "Port-Clair", "Anne DOUCE", "Presse"]
    text = [f"{one} {other}" for one, other in zip(LEFT, RIGHT, strict=False)]
    pieces = [line for pair in zip(stack(margin, 40, 700), stack(text, 160, 700), strict=False) for line in pair]
    assert read([*pieces, piece(text[5], 160, 640)]) == [*text, *margin]


def test_columns_begin_anew_below_a_heading() -> None:
    """A heading over the left column ends both columns above it."""
    heading = piece("Les chiffres", 60, 700 - 12 * 9, 14)
    first = [*stack(LEFT, 60, 700), *stack(RIGHT, 240, 700)]
    second = [*stack(LEFT, 60, 560), *stack(RIGHT, 240, 560)]
    assert read([*first, heading, *second]) == [*LEFT, *RIGHT, heading.text, *LEFT, *RIGHT]


def test_the_rows_of_a_table_are_read_across() -> None:
    """Cells on one height, apart from one another, with figures: `cell | cell`."""
    cells = [("Domaine", "2024", "2025"), ("Voirie", "12,5 M€", "14,1 M€"), ("Écoles", "8,0 M€", "9,3 M€")]
    pieces = [
        piece(cell, 60 + 100 * column, 700 - 18 * row)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
    ]
    assert read([*stack(LEFT, 60, 800), *pieces]) == [*LEFT, *(" | ".join(line) for line in cells)]


def test_numbers_before_items_are_no_column() -> None:
    """Each stays with its item."""
    marks = stack(["1/", "2/", "3/", "4/"], 60, 700)
    assert read([*marks, *stack(LEFT[:4], 90, 700)]) == [f"{n}/ {line}" for n, line in enumerate(LEFT[:4], start=1)]


def test_a_single_column_is_left_alone() -> None:
    """Wide spaces in one line are no gutter."""
    spread = [piece("Le conseil", 60, 688), piece("municipal", 150, 688), piece("a voté", 240, 688)]
    assert read([piece(LEFT[0] * 2, 60, 700), *spread, piece(LEFT[1] * 2, 60, 676)]) == [
        LEFT[0] * 2,
        "Le conseil municipal a voté",
        LEFT[1] * 2,
    ]
