"""`porte-parole curated`: the press office's own answers, brought in from a sheet, listed, approved, taken back.

What each command does and prints. Knows nothing of how it is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from assistant.curated_sheet import Row, rows
from store.curating import Curating
from store.entries import BadEntry, Draft, Entry, Standing, State, key_of

Outcome = Literal["added", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: its entry, or the column at fault; `message` says why, or what to see to."""

    row: int
    question: str
    outcome: Outcome
    entry: Entry | None = None
    column: str | None = None
    message: str = ""

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
            row = Row(row.line, row.question, wrong=("question", f"row {before} asks the same; put them together"))
        taken.append(_taken(row, curated, by, now))
    return taken


def _taken(row: Row, curated: Curating, by: str, now: datetime) -> Taken:
    if row.draft is None:
        column, message = row.wrong or ("", "")
        return Taken(row.line, row.question, "refused", None, column, message)
    try:
        before = curated.asking(row.draft.question, now)
        if before is None:
            entry, outcome = curated.add(row.draft, by, now), "added"
        elif _same(before, row.draft, curated):
            entry, outcome = before, "unchanged"
        else:
            entry, outcome = curated.change(before.id, row.draft, by, now), "changed"
    except BadEntry as error:
        return Taken(row.line, row.question, "refused", None, error.field, error.said)
    return _in_state(row, entry, outcome, curated, by, now)


def _in_state(row: Row, entry: Entry, outcome: str, curated: Curating, by: str, now: datetime) -> Taken:
    """The entry as approved, or as draft, as its row wants it: what fell back is approved again by a person only."""
    column, message = None, ""
    if row.state is State.APPROVED and entry.fallen is not None:
        column, message = "state", f"stays a draft: {entry.fallen.words('en')}"
    elif row.state is State.APPROVED and entry.state is State.DRAFT:
        try:
            entry = curated.approve(entry.id, by, now)
            outcome = "changed" if outcome == "unchanged" else outcome
        except BadEntry as error:
            column, message = error.field, f"stays a draft: {error.said}"
    elif row.state is State.DRAFT and entry.state is State.APPROVED:
        entry = curated.withdraw_to_draft(entry.id, by, now)
        outcome = "changed"
    return Taken(row.line, row.question, outcome, entry, column, message)  # type: ignore[arg-type]


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
