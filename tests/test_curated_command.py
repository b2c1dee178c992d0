"""The specification of `porte-parole curated`: sheets taken in row by row, listed, and written out harmless."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.curated_command import Taken, listed, report, take_in
from assistant.curated_sheet import UnreadableSheet, rows, written
from conftest import release
from store.catalogue import Catalogue
from store.curating import Curating
from store.entries import Draft, State

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHEET = """Question;Variantes;Réponse;Communiqués;Valable jusqu'au;Responsable;État;Langue
Quand ouvre le pont ?;Date d'ouverture du pont ?|Le pont, quand ?;Le 12 mai.;CP-1;31/12/2027;Ada;approuvé;fr
"Où, au juste ?";;"Là.

Et ""ici"".";;;;;
"""


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Curating]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.add(release("Le pont ouvre le 12 mai.", reference="CP-1", title="Le pont"), (), lambda one: ())
    yield Curating(catalogue)
    catalogue.close()


def outcomes(taken: list[Taken]) -> list[tuple[int, str, str | None]]:
    return [(one.row, one.outcome, one.column) for one in taken]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_sheet_is_read_as_it_was_saved(encoding: str, mark: str) -> None:
    """Semicolons or tabs, UTF-8 with or without its mark, UTF-16, or Excel's cp1252: the same rows."""
    first, second = rows(SHEET.replace(";", mark).replace("\n", "\r\n").encode(encoding))
    assert first.draft is not None
    assert second.draft is not None
    assert (first.line, first.draft.question, first.state) == (2, "Quand ouvre le pont ?", State.APPROVED)
    assert first.draft.variants == ("Date d'ouverture du pont ?", "Le pont, quand ?")
    assert (first.draft.releases, first.draft.valid_until, first.draft.owner) == (("CP-1",), date(2027, 12, 31), "Ada")
    assert (second.line, second.draft.answer, second.state) == (3, 'Là.\n\nEt "ici".', None)


def test_a_sheet_is_taken_in_once(press: Curating) -> None:
    """The same sheet again changes nothing; another answer changes its entry, which is approved as the row says."""
    assert outcomes(take_in(SHEET.encode(), press, "Ada", NOW)) == [(2, "added", None), (3, "added", None)]
    assert outcomes(take_in(SHEET.encode(), press, "Ada", NOW)) == [(2, "unchanged", None), (3, "unchanged", None)]
    first, second = press.listed(NOW)[::-1]
    assert (first.state, second.state) == (State.APPROVED, State.DRAFT)
    told = report(take_in(SHEET.replace("12 mai.", "13 mai.").encode(), press, "Ada", NOW))
    assert (told["changed"], told["unchanged"], len(press.listed(NOW))) == (1, 1, 2)


def test_a_broken_row_stops_no_other(press: Curating) -> None:
    """Each is refused with its number, its column and why; the others are taken in."""
    sheet = (
        "question,answer,releases,valid_until,state\n"
        "Un ?,Oui.,CP-404,,\n"
        "Deux ?,Oui.,CP-1,pas un jour,\n"
        "Trois ?,Oui.,CP-1,,peut-être\n"
        "?!,Oui.,,,\n"
        "Quatre ?,,CP-1,,approved\n"
        "Cinq ?,Oui.,CP-1,,approved\n"
        "cinq !,Non.,CP-1,,approved\n"
    )
    taken = take_in(sheet.encode(), press, "Ada", NOW)
    assert outcomes(taken) == [
        (2, "refused", "releases"),
        (3, "refused", "valid_until"),
        (4, "refused", "state"),
        (5, "refused", "question"),
        (6, "added", "answer"),
        (7, "added", None),
        (8, "refused", "question"),
    ]
    assert [one.failed for one in taken] == [True, True, True, True, True, False, True]
    assert "row 7 asks the same" in str(taken[-1])


def test_what_fell_back_is_not_approved_by_a_sheet(press: Curating) -> None:
    """An entry that is a draft again because of a release waits for a person, whatever the sheet says."""
    take_in(SHEET.encode(), press, "Ada", NOW)
    press._catalogue.add(release("Le pont ouvre le 14 mai.", reference="CP-1", title="Le pont"), (), lambda one: ())
    first = take_in(SHEET.encode(), press, "Ada", NOW)[0]
    assert first.failed
    assert first.entry is not None
    assert first.entry.state is State.DRAFT
    assert "version 2" in listed(press.listed(NOW))


def test_what_is_no_sheet_is_told(press: Curating) -> None:
    """A file without headings, or with none that is known, says which columns there may be."""
    for content in (b"", b"\n\n", b"a;b\n1;2\n", bytes(range(256))):
        with pytest.raises(UnreadableSheet):
            take_in(content, press, "Ada", NOW)


def test_a_sheet_written_is_harmless_and_read_again(press: Curating) -> None:
    """No cell is a formula to a spreadsheet; taken in again, every entry is as it was."""
    for question in ("=cmd|' /C calc'!A0 ?", "+33 1 23, à qui ?", "-1 ?", "@SUM(1) ?", "'Tiens ?"):
        press.add(Draft(question, "=1+1", ("@ici ?",), owner="+Ada", releases=("CP-1",)), "Ada", NOW)
    sheet = written(press.listed(NOW))
    cells = [cell.strip('"') for line in sheet.lstrip("\ufeff").splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {one.outcome for one in take_in(sheet.encode(), press, "Ada", NOW)} == {"unchanged"}
