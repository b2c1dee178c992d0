"""The measure of readers and parser over known releases printed and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from federal import messages

from ingest.evaluation.gold import Gold, read_gold
from ingest.evaluation.reading import FIELDS, document, draw, evaluate_reading, table


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    path = tmp_path / "mai.xml"
    path.write_bytes(messages(12))
    return path


def test_known_releases_are_read_back(xml: Path) -> None:
    """Plain text and pages of plain releases are read without a fault, and the figures say so."""
    steps: list[tuple[int, int]] = []
    board = evaluate_reading(xml, 8, 1, lambda done, total: steps.append((done, total)), layouts=("text", "html"))
    assert (board.count, steps[-1]) == (8, (16, 16))
    for column in board.columns.values():
        assert column.read == 8
        for field in ("date", "place", "lead", "e-mail", "telephone"):
            assert column.fields[field].recall == 1.0, (field, board.misses)
        assert min(column.bodies) == 1.0
        assert column.in_order == 8


def test_a_fault_is_counted(xml: Path) -> None:
    """What is printed otherwise than the gold says is a miss, and named."""
    xml.write_bytes(messages(3, contact="Anne Douce, +41 58 000 11 22, +41 58 000 11 22 33 44 55, anne@port.example"))
    board = evaluate_reading(xml, 3, 1, layouts=("text",))
    telephone = board.columns["text"].fields["telephone"]
    assert telephone.recall < 1.0 or telephone.precision < 1.0
    assert {miss.field for miss in board.misses} >= {"telephone"}


def test_the_same_seed_draws_the_same_releases(xml: Path) -> None:
    """So that two runs can be compared; no more are drawn than there are."""
    assert draw(xml, 5, 1) == draw(xml, 5, 1) != draw(xml, 5, 2)
    drawn: list[Gold] = draw(xml, 50, 1)
    assert sorted(gold.id for gold in drawn) == sorted(gold.id for gold in read_gold(xml))


def test_the_board_is_a_table_and_a_document(xml: Path) -> None:
    """One column a layout, one row a field; no contact is named."""
    board = evaluate_reading(xml, 2, 1, layouts=("text",))
    lines = table(board).splitlines()
    assert lines[0] == "2 releases (fr), seed 1"
    assert all(any(line.startswith(field) for line in lines) for field in FIELDS)
    found = document(board)
    assert found["layouts"]["text"]["fields"]["date"]["n"] == 2
    assert "douce" not in str(found).casefold()
