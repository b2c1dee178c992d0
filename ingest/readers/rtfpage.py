"""What an RTF file has said so far of one of its texts: words, cells, rows and items as they are completed.

Does not know RTF's syntax.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.sheet import Sheet, foreign


@dataclass(slots=True)
class Page:
    """A text being taken down on `sheet`; `mark` is that of the item that has begun."""

    sheet: Sheet
    mark: str = ""
    words: list[str] = field(default_factory=list)
    rows: list[list[Sheet]] = field(default_factory=list)
    cells: list[Sheet] = field(default_factory=list)
    cell: Sheet | None = None

    def say(self, words: str) -> None:
        self.words.append(foreign(words))

    def end_paragraph(self, *, in_table: bool = False) -> None:
        """The words so far are a paragraph, or an item behind its mark, of the page or of a cell."""
        words, self.words = _whole("".join(self.words)), []
        mark, self.mark = self.mark, ""
        if in_table:
            self.cell = self.cell or self.sheet.inside()
        elif self.rows or self.cells:
            self.end_table()
        target = (self.cell if in_table else None) or self.sheet
        if mark and words.strip():
            target.item(words, mark)
        elif words.strip():
            target.paragraph(words)

    def end_cell(self) -> None:
        self.end_paragraph(in_table=True)
        self.cells.append(self.cell or self.sheet.inside())
        self.cell = None

    def end_row(self) -> None:
        if self.cells:
            self.rows.append(self.cells)
            self.cells = []

    def end_table(self) -> None:
        self.end_row()
        rows, self.rows = self.rows, []
        self.sheet.table(rows)

    def finish(self) -> Sheet:
        """Everything said, a paragraph or row without end included."""
        self.end_paragraph(in_table=self.cell is not None)
        if self.cell is not None:
            self.cells.append(self.cell)
            self.cell = None
        self.end_table()
        return self.sheet


def _whole(words: str) -> str:
    """Halves of a character written as two numbers, put together; what stays half is lost."""
    if not any("\ud800" <= letter <= "\udfff" for letter in words):
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffd", "")
