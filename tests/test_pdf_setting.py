"""Settings: the edges of a column, and the pitch of its lines."""

from __future__ import annotations

from test_pdf_columns import piece, stack

from ingest.readers.pdf_setting import Setting

BODY = [
    "La criée rouvre mardi après deux ans",
    "de travaux et un chantier de quatorze",
    "millions d'euros payés par la ville,",
]


def test_the_pitch_is_that_of_lines_not_of_paragraphs() -> None:
    """Most steps are from line to line."""
    lines = [*stack(BODY, 60, 700), *stack(BODY, 60, 655), *stack(BODY, 60, 610)]
    assert Setting.of(lines, 10).pitch(lines[0]) == 12


def test_the_edge_is_what_some_lines_reach() -> None:
    """A foot set like the text, and wider, is not the column's edge."""
    lines = [*stack(BODY, 60, 700), piece("Mairie de Port-Clair, place de l'Ancre, 29990 Port-Clair", 60, 40)]
    setting = Setting.of(lines, 10)
    assert setting.edge(lines[0]) == max(line.right for line in lines[:3])
    assert setting.edge(lines[3]) == lines[3].right


def test_lines_of_other_letters_have_an_edge_of_their_own() -> None:
    """A title is wider than the text below it."""
    lines = [piece("La criée de Port-Clair rouvre ses portes", 60, 730, 16), *stack(BODY, 60, 700)]
    assert Setting.of(lines, 10).edge(lines[1]) < lines[0].right
