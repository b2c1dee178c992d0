"""Paragraphs: when a line goes on in the next one."""

from __future__ import annotations

import pytest
from test_pdf_columns import piece, stack

from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_paragraphs import PARAGRAPH, ROW, between, over, runs_on, wraps
from ingest.readers.pdf_setting import Setting

FULL = "La criée de Port-Clair rouvre mardi après deux ans de travaux"


def wrapped(first: str, second: str, *, step: float = 12, indent: float = 0, size: float = 10) -> bool:
    """Whether two lines in a column of full ones are one paragraph."""
    column = stack([FULL] * 4, 60, 760)
    above, line = piece(first, 60, 700), piece(second, 60 + indent, 700 - step, size)
    return wraps(above, line, Setting.of([*column, above, line], 10), 2)


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [
        (FULL, "Elle a coûté quatorze millions.", True),
        ("La criée rouvre mardi.", "Elle a coûté quatorze millions.", False),
        ("La criée rouvre mardi après les travaux", "et un chantier.", True),
        (FULL, "- un point de la liste", False),
        ("LA CRIÉE DE PORT-CLAIR ROUVRE MARDI APRÈS DEUX ANS DE TRAVAUX", "Elle a coûté cher.", False),
    ],
)
def test_words_and_room_decide(first: str, second: str, goes_on: bool) -> None:
    """A full line goes on, a short one only where its sentence does; items and headings stand alone."""
    assert wrapped(first, second) is goes_on


def test_distance_indent_and_size_decide() -> None:
    """Each alone parts two lines of which the first is full."""
    assert wrapped(FULL, "Elle a coûté cher.")
    assert not wrapped(FULL, "Elle a coûté cher.", step=18)
    assert not wrapped(FULL, "Elle a coûté cher.", indent=15)
    assert not wrapped(FULL, "Elle a coûté cher.", size=13)


def test_addresses_are_rows_and_texts_are_paragraphs() -> None:
    """Short lines close together are parted by a line's end only."""
    lines = stack(["Anne DOUCE", "01 99 00 12 34"], 60, 700)
    assert between(*lines, Setting.of(lines, 10), 1) == ROW
    apart = [piece("Anne DOUCE", 60, 700), piece("01 99 00 12 34", 60, 660)]
    assert between(*apart, Setting.of([*lines, *apart], 10), 1) == PARAGRAPH


def test_over_a_turn_a_sentence_goes_on_and_a_table_does_not() -> None:
    """After a table, whatever comes begins anew."""
    above: list[Line] = stack([FULL] * 3, 60, 700)
    below = stack(["et un chantier payé par la ville", "sans aide"], 300, 700)
    settings = Setting.of(above, 10), Setting.of(below, 10)
    assert over(above[-1], settings[0], below[0], settings[1], 3) is None
    assert over(above[-1], None, below[0], settings[1], 3) == PARAGRAPH


def test_words_alone_tell_of_scans() -> None:
    """Where places are only OCR's guess."""
    assert runs_on(piece(FULL, 60, 700), piece("et un chantier", 60, 600))
    assert not runs_on(piece(FULL + ".", 60, 700), piece("et un chantier", 60, 600))
    assert not runs_on(piece("Anne DOUCE", 60, 700), piece("attachée de presse", 60, 600))
