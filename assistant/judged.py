"""Judgments beside the answers they are about, as JSON and as the command line prints them.

Knows nothing about where they are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.records import Kept, read
from store.answers import Told
from store.judgments import Judgment, Verdict
from store.records import ArchiveError
from store.schema import PARIS

_VERDICTS = {Verdict.USEFUL: "utile", Verdict.WRONG: "faux", Verdict.WRONG_SOURCE: "mauvaise source"}


class Shelf(Protocol):
    """Where answers are kept (`store.answers.Answers`)."""

    def several(self, answer_ids: Sequence[str], now: datetime) -> dict[str, Told]: ...


@dataclass(frozen=True, slots=True)
class Noted:
    """A judgment with the question, and the answer's record where it can be read."""

    judgment: Judgment
    question: str
    kept: Kept | None

    @property
    def answer(self) -> Answer | None:
        return None if self.kept is None else self.kept.answer


def noted(found: Sequence[Judgment], shelf: Shelf, now: datetime) -> list[Noted]:
    """Each of these judgments with the answer it is about. Raises ArchiveError."""
    told = shelf.several(list(dict.fromkeys(one.answer_id for one in found)), now)
    kept = {answer_id: _read(one) for answer_id, one in told.items()}
    return [Noted(one, told[one.answer_id].question, kept[one.answer_id]) for one in found if one.answer_id in told]


def concerned(judgment: Judgment, answer: Answer) -> tuple[str, ...]:
    """The sentences a judgment is about: those of the source called in question, else all."""
    number = judgment.citation
    return tuple(one.text for one in answer.sentences if number is None or number in one.citations)


def judgment_document(one: Noted) -> dict[str, Any]:
    """The JSON document of a judgment. It says where the words stand, never the words of a release."""
    judgment, answer = one.judgment, one.answer
    source = None
    if answer is not None and judgment.citation is not None:
        source = next((each for each in answer.citations if each.number == judgment.citation), None)
    handled = judgment.handled
    return {
        "answer_id": judgment.answer_id,
        "question": one.question,
        "verdict": judgment.verdict.value,
        "citation": judgment.citation,
        "release": source and {
            "release_id": source.release_id,
            "version": source.version,
            "start": source.span.start,
            "end": source.span.end,
        },
        "why": judgment.why,
        "judge": judgment.judge,
        "judged": judgment.moment.isoformat(),
        "handled": handled and {"by": handled.by, "at": handled.moment.isoformat(), "note": handled.note},
    }  # fmt: skip


def listed(found: Sequence[Noted]) -> str:
    """Two lines a judgment, newest first: when, id, verdict, who, the question; why and what was done."""
    lines = []
    for one in found:
        judgment = one.judgment
        source = f" [{judgment.citation}]" if judgment.citation is not None else ""
        lines.append(
            f"{judgment.moment.astimezone(PARIS):%Y-%m-%d %H:%M}  {judgment.answer_id}  "
            f"{_VERDICTS[judgment.verdict]}{source}  ({_words(judgment.judge)})  {_words(one.question)}"
        )
        if judgment.why:
            lines.append(f"    « {_words(judgment.why)} »")
        if judgment.handled is not None:
            note = f" : {_words(judgment.handled.note)}" if judgment.handled.note else ""
            lines.append(f"    traité par {_words(judgment.handled.by)}{note}")
    return "\n".join(lines) or "Aucun avis."


def _read(told: Told) -> Kept | None:
    try:
        return read(told)
    except ArchiveError:
        return None


def _words(text: str) -> str:
    """One line, without what a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
