"""Tables: told from texts in columns, and read as rows."""

from __future__ import annotations

from test_pdf_columns import LEFT, RIGHT, piece, stack

from ingest.readers.pdf_tables import is_table, rows_of


def test_texts_side_by_side_are_no_table() -> None:
    """Running text on one height in two columns goes on from line to line."""
    assert not is_table([*stack(LEFT, 60, 700), *stack(RIGHT, 240, 700)], [230])


def test_addresses_side_by_side_are_no_table() -> None:
    """Two press contacts at the foot of a page are two contacts."""
    one = stack(["Anne DOUCE", "Ville de Port-Clair", "01 99 00 12 34"], 60, 700)
    other = stack(["Luc BRUNE", "Port de plaisance", "presse@port.example"], 240, 700)
    assert not is_table([*one, *other], [230])


def test_labels_and_figures_are_a_table() -> None:
    """Most cells after the first column being figures, even set tight."""
    labels, figures = stack(["Voirie", "Écoles", "Culture"], 60, 700), stack(["12 %", "8,5 %", "3 %"], 240, 700)
    assert is_table([*labels, *figures], [200])
    assert [row.text for row in rows_of([*labels, *figures], [200])] == [
        "Voirie | 12 %",
        "Écoles | 8,5 %",
        "Culture | 3 %",
    ]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    """Rows parted by blank bands, a label beside the middle of its description."""
    pieces = []
    for row, (label, lines) in enumerate(
        [("Le bac", ["Traverse la rade", "toute l'année"]), ("La navette", ["Relie la gare", "et le port"]),
         ("Le vélo", ["Se loue", "à la journée"])]
    ):  # fmt: skip
        pieces += [piece(label, 60, 694 - 40 * row), *stack(lines, 160, 700 - 40 * row)]
    assert is_table(pieces, [140])
    assert [row.text for row in rows_of(pieces, [140])] == [
        "Le bac | Traverse la rade toute l'année",
        "La navette | Relie la gare et le port",
        "Le vélo | Se loue à la journée",
    ]
