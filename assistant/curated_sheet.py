"""Curated answers as a spreadsheet: read from a CSV file row by row, and written to one.

Comma, semicolon or tab, UTF-8 or what Excel saves, French or English headings. A row that
cannot be read says which column and why, and stops no other. Knows nothing of the archive.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from store.entries import BadEntry, Draft, Entry, State
from store.folding import fold
from store.period import parse_day
from store.records import PressArchiveError

LARGEST = 20_000_000
MOST_ROWS = 10_000
COLUMNS = ("question", "variants", "answer", "releases", "valid_until", "owner", "state", "language")
_HEADINGS = {
    "question": "question questions intitule",
    "variants": "variants variantes variante autres_formulations formulations",
    "answer": "answer reponse reponses",
    "releases": "releases release communiques communique sources references",
    "valid_until": "valid_until valable_jusqu_au valable_jusqu_a valide_jusqu_au jusqu_au echeance expiration expires",
    "owner": "owner responsable proprietaire auteur",
    "state": "state etat statut status",
    "language": "language langue lang",
}
_COLUMN = {name: column for column, names in _HEADINGS.items() for name in names.split()}
_STATES = {
    **dict.fromkeys(("draft", "brouillon"), State.DRAFT),
    **dict.fromkeys(("approved", "approuve", "approuvee", "valide", "validee"), State.APPROVED),
}
_LANGUAGES = {"francais": "fr", "french": "fr", "anglais": "en", "english": "en", "allemand": "de", "italien": "it"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableSheet(PressArchiveError):
    """A file that is no such spreadsheet; its message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, at a line of the file: what it says (`draft`, and the `state` it wants, if any), or what is wrong.

    `wrong` is the column at fault and why, `reason` that in a word for programs.
    """

    line: int
    question: str
    draft: Draft | None = None
    state: State | None = None
    wrong: tuple[str, str] | None = None
    reason: str = ""


def rows(content: bytes) -> Iterator[Row]:
    """The rows of a CSV file, empty ones left out. Raises UnreadableSheet."""
    if len(content) > LARGEST:
        raise UnreadableSheet(f"larger than {LARGEST // 1_000_000} MB; cut it into several files")
    text = _decoded(content).replace("\x00", "")
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    columns: dict[str, int] = {}
    before = read = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells)
                continue
            read += 1
            if read > MOST_ROWS:
                raise UnreadableSheet(f"more than {MOST_ROWS} rows; cut it into several files")
            yield _row(line, {column: _cell(cells, at) for column, at in columns.items()})
    except csv.Error as error:
        raise UnreadableSheet(f"line {before + 1} is no CSV ({error}); save the sheet as CSV again") from error
    if not columns:
        raise UnreadableSheet(f"empty; the first row must name the columns: {', '.join(COLUMNS)}")


def written(entries: Iterable[Entry]) -> str:
    """Entries as CSV that `rows` reads and a spreadsheet opens; no cell of it is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for one in entries:
        until = one.valid_until.isoformat() if one.valid_until else ""
        resting = ";".join(release_id for release_id, _ in one.releases)
        cells = (one.question, "|".join(one.variants), one.answer, resting, until, one.owner, one.state, one.language)
        writer.writerow([_harmless(str(cell)) for cell in cells])
    return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.startswith("'") else cell


def _cell(cells: Sequence[str], at: int) -> str:
    said = cells[at].strip() if at < len(cells) else ""
    return said[1:] if said.startswith("'") and said[1:].startswith((*_FORMULA, "'")) else said


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """What parts the first row in most columns that have a known heading."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = {mark: len(_known(next(csv.reader([first], delimiter=mark), []))) for mark in ",;\t"}
    return max(known, key=lambda mark: known[mark])


def _known(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        column = _COLUMN.get("_".join(re.findall(r"[a-z0-9]+", fold(cell))))
        if column is not None:
            found.setdefault(column, at)
    return found


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found = _known(cells)
    missing = [column for column in ("question", "answer") if column not in found]
    if missing:
        raise UnreadableSheet(
            f"no column « {' », « '.join(missing)} » in its first row; it may have {', '.join(COLUMNS)} "
            "(or question, variantes, réponse, communiqués, valable jusqu'au, responsable, état, langue)"
        )
    return found


def _row(line: int, cells: dict[str, str]) -> Row:
    question = cells["question"]
    try:
        state = _state(cells.get("state", ""))
        draft = Draft(
            question,
            cells["answer"],
            tuple(one for one in cells.get("variants", "").split("|") if one.strip()),
            _language(cells.get("language", "")),
            tuple(re.split(r"[;|\n]", cells.get("releases", ""))),
            _day(cells.get("valid_until", "")),
            cells.get("owner", ""),
        )
    except BadEntry as error:
        return Row(line, question, wrong=(error.field, error.said), reason=error.reason)
    return Row(line, question, draft, state)


def _state(said: str) -> State | None:
    if not said:
        return None
    state = _STATES.get(fold(said).strip())
    if state is None:
        raise BadEntry("state", "state", f"« {said[:40]} » is neither draft nor approved")
    return state


def _language(said: str) -> str:
    folded = fold(said).strip()
    return _LANGUAGES.get(folded, folded) or "fr"


def _day(said: str) -> date | None:
    try:
        return parse_day(said) if said else None
    except ValueError as error:
        raise BadEntry("valid_until", "date", str(error)) from error
