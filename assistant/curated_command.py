"""`porte-parole curated`: the press office's own answers, brought in from a sheet, listed, approved, taken back.

What each doing takes, does and prints. Knows nothing of settings, nor where the archive is.
"""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.curated_sheet import Row, UnreadableSheet, rows, written
from store.entries import BadEntry, Draft, Entry, Standing, State, key_of

if TYPE_CHECKING:
    from store.curating import Curating

Done = tuple[dict[str, Any], str, bool | int]
"""The document, the words, and the exit status."""
Run = Callable[["Curating", argparse.Namespace, datetime], Done]
Outcome = Literal["added", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: its entry, or the column at fault; `message` says why, or what to see to.

    `reason` is that in a word for programs, as of BadEntry; "repeated" and "fallen" besides.
    """

    row: int
    question: str
    outcome: Outcome
    entry: Entry | None = None
    column: str | None = None
    message: str = ""
    reason: str = ""

    @property
    def failed(self) -> bool:
        """Whether it is not as the row wanted it."""
        return bool(self.message)

    def __str__(self) -> str:
        told = f"row {self.row}: {self.outcome}"
        if self.entry is not None:
            told += f" {self.entry.id} ({self.entry.state.value})"
        elif self.question:
            told += f" « {self.question[:80]} »"
        at = f"{self.column}: " if self.column else ""
        return f"{told} – {at}{self.message}" if self.message else told

    def document(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "outcome": self.outcome,
            "id": self.entry.id if self.entry else None,
            "question": self.question,
            "state": self.entry.state.value if self.entry else None,
            "column": self.column,
            "message": self.message or None,
        }


def take_in(content: bytes, curated: Curating, by: str, now: datetime) -> list[Taken]:
    """Every row of a CSV file made an entry, or found to be one. Raises UnreadableSheet before the first."""
    taken: list[Taken] = []
    lines: dict[str, int] = {}
    for row in list(rows(content)):
        key = key_of(row.question)
        before = lines.setdefault(key, row.line)
        if row.wrong is None and before != row.line:
            same = f"row {before} asks the same; put them together"
            row = Row(row.line, row.question, wrong=("question", same), reason="repeated")
        taken.append(_taken(row, curated, by, now))
    return taken


def _taken(row: Row, curated: Curating, by: str, now: datetime) -> Taken:
    if row.draft is None:
        column, message = row.wrong or ("", "")
        return Taken(row.line, row.question, "refused", None, column, message, row.reason)
    try:
        before = curated.asking(row.draft.question, now)
        if before is None:
            entry, outcome = curated.add(row.draft, by, now), "added"
        elif _same(before, row.draft, curated):
            entry, outcome = before, "unchanged"
        else:
            entry, outcome = curated.change(before.id, row.draft, by, now), "changed"
    except BadEntry as error:
        return Taken(row.line, row.question, "refused", None, error.field, error.said, error.reason)
    return _in_state(row, entry, outcome, curated, by, now)


def _in_state(row: Row, entry: Entry, outcome: str, curated: Curating, by: str, now: datetime) -> Taken:
    """The entry as approved, or as draft, as its row wants it: what fell back is approved again by a person only."""
    column, message, reason = None, "", ""
    if row.state is State.APPROVED and entry.fallen is not None:
        column, message, reason = "state", f"stays a draft: {entry.fallen.words('en')}", "fallen"
    elif row.state is State.APPROVED and entry.state is State.DRAFT:
        try:
            entry = curated.approve(entry.id, by, now)
            outcome = "changed" if outcome == "unchanged" else outcome
        except BadEntry as error:
            column, message, reason = error.field, f"stays a draft: {error.said}", error.reason
    elif row.state is State.DRAFT and entry.state is State.APPROVED:
        entry = curated.withdraw_to_draft(entry.id, by, now)
        outcome = "changed"
    return Taken(row.line, row.question, outcome, entry, column, message, reason)  # type: ignore[arg-type]


def _same(entry: Entry, draft: Draft, curated: Curating) -> bool:
    said = (entry.question, entry.variants, entry.answer, entry.language, entry.valid_until, entry.owner)
    drafted = (draft.question, draft.variants, draft.answer, draft.language, draft.valid_until, draft.owner)
    return said == drafted and tuple(one for one, _ in entry.releases) == curated.resolved(draft)


def report(taken: Sequence[Taken]) -> dict[str, Any]:
    """What `import` tells as JSON."""
    counted = dict.fromkeys(("added", "changed", "unchanged", "refused"), 0)
    for one in taken:
        counted[one.outcome] += 1
    return {"rows": [one.document() for one in taken], **counted}


def summary(taken: Sequence[Taken]) -> str:
    """The last line that `import` prints."""
    counted = report(taken)
    names = ("added", "changed", "unchanged", "refused")
    drafts = sum(one.failed and one.outcome != "refused" for one in taken)
    told = ", ".join(f"{counted[name]} {name}" for name in names)
    return f"{told}; {drafts} not approved as asked" if drafts else told


def entry_document(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, for those who keep it."""
    return {
        "id": entry.id,
        "question": entry.question,
        "variants": list(entry.variants),
        "answer": entry.answer,
        "language": entry.language,
        "releases": [{"release_id": release_id, "version": version} for release_id, version in entry.releases],
        "valid_until": entry.valid_until and entry.valid_until.isoformat(),
        "owner": entry.owner,
        "state": entry.state.value,
        "standing": entry.standing.value,
        "notice": None if entry.fallen is None else entry.fallen.words("en"),
        "created": entry.created.isoformat(),
        "changed": entry.changed.isoformat(),
        "by": entry.by,
    }


def listed(entries: Iterable[Entry]) -> str:
    """Entries a line each, with why one is a draft again under it."""
    lines: list[str] = []
    for one in entries:
        until = f"  [until {one.valid_until}]" if one.valid_until else ""
        owner = f"  ({one.owner})" if one.owner else ""
        lines.append(f"{_STANDING[one.standing]:9}  {one.id}  {one.question}{owner}{until}")
        if one.fallen is not None:
            lines.append(f"           {one.fallen.words('en')}")
    return "\n".join(lines) or "no curated answers yet: porte-parole curated import FILE.csv"


_STANDING = {
    Standing.DRAFT: "draft",
    Standing.ANSWERING: "answering",
    Standing.WAITING: "waiting",
    Standing.EXPIRED: "expired",
}


def shown(entry: Entry) -> str:
    """One entry whole."""
    resting = [f"rests on {release_id}, version {version}" for release_id, version in entry.releases]
    told = [
        listed([entry]),
        *(f"also asked: {one}" for one in entry.variants),
        "",
        entry.answer or "(no answer yet)",
        "",
        *(resting or ["rests on no release"]),
        f"changed by {entry.by or '–'}, {entry.changed:%Y-%m-%d %H:%M} UTC",
    ]
    return "\n".join(told)


def curated_arguments(made: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What `curated` takes."""
    made.set_defaults(run=_list, state=None)
    doing = made.add_subparsers(title="doing", metavar="list|show|import|export|approve|draft|remove")

    def one(name: str, run: Run, about: str) -> argparse.ArgumentParser:
        parser = doing.add_parser(name, help=about, description=about, parents=[shared])
        parser.set_defaults(run=run, misuse=parser.error)
        return parser

    parser = one("list", _list, "every entry, what became of it first")
    parser.add_argument("--state", choices=[state.value for state in State], help="only those in this state")
    parser = one("import", _import, "take entries in from a CSV file; the same question is the same entry")
    parser.add_argument("file", metavar="FILE.csv", type=Path)
    parser.add_argument("--by", metavar="NAME", default="", help="who says so; whoever runs the command by default")
    parser = one("export", _export, "write all entries to a CSV file that import reads")
    parser.add_argument("file", metavar="FILE.csv", type=Path)
    one("show", _show, "one entry whole").add_argument("id", metavar="ID")
    for name, run, about in (
        ("approve", _approve, "let an entry answer journalists, word for word"),
        ("draft", _draft, "let an entry answer no more"),
        ("remove", _remove, "forget an entry"),
    ):
        parser = one(name, run, about)
        parser.add_argument("id", metavar="ID")
        parser.add_argument("--by", metavar="NAME", default="", help="who says so; whoever runs the command by default")


def run(curated: Curating, learn: Callable[[], None], options: argparse.Namespace, now: datetime) -> int:
    """Do what was asked; `learn` lets the model read what is new. Raises PressArchiveError."""
    document, told, code = options.run(curated, options, now)
    if options.run is _import:
        learn()
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else told)
    return int(code)


def _list(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    found = curated.listed(now, State(options.state) if options.state else None)
    return {"entries": [entry_document(one) for one in found]}, listed(found), 0


def _show(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    entry = curated.entry(options.id, now)
    return entry_document(entry), shown(entry), 0


def _import(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise UnreadableSheet(f"{options.file}: cannot be read ({error.strerror})") from error
    try:
        taken = take_in(content, curated, options.by or _oneself(), now)
    except UnreadableSheet as error:
        raise UnreadableSheet(f"{options.file}: {error}") from error
    return report(taken), "\n".join([*map(str, taken), summary(taken)]), any(one.failed for one in taken)


def _export(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    found = curated.listed(now)
    try:
        options.file.write_bytes(written(found).encode("utf-8"))
    except OSError as error:
        raise UnreadableSheet(f"{options.file}: cannot be written ({error.strerror})") from error
    return {"file": str(options.file), "entries": len(found)}, f"{len(found)} entries in {options.file}", 0


def _approve(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    entry = curated.approve(options.id, options.by or _oneself(), now)
    return entry_document(entry), listed([entry]), 0


def _draft(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    entry = curated.withdraw_to_draft(options.id, options.by or _oneself(), now)
    return entry_document(entry), listed([entry]), 0


def _remove(curated: Curating, options: argparse.Namespace, now: datetime) -> Done:
    curated.remove(options.id)
    return {"removed": options.id}, f"removed {options.id}", 0


def _oneself() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"
