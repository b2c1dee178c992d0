"""Questions whose answers are known, and the files they stand in.

A question file is JSON Lines: `question`, and the releases that answer it under
`releases` (or `gold`); where known also `category`, `history`, `must_contain` (or
`answers`, forms of one fact), `filters` (what the words say of publication), `count` and
`ordered` or `complete` (how the releases have to be shown), and `evidence` (the words that
prove the answer: quotes, or objects with `quote` and `release`).

Knows nothing about how questions are put, nor how answers are judged.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from assistant.answer import Question, Turn, filters_document
from assistant.evaluation.proofs import Proof, proofs
from store.period import Period, parse_day
from store.records import Filters, PressArchiveError, ReleaseNotFound

if TYPE_CHECKING:
    from store.view import View

FOREIGN = "foreign"
"""The category of questions that belong to another archive."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, the releases that answer it, and the facts an answer has to contain.

    No release and no count means that the archive holds no answer: the right answer is an
    abstention. `filters` are what should be read off the
    words, `count` how many releases they leave; `ordered`: `releases` stand in the order
    in which they have to come; `complete`: they are to be shown one and all. `evidence` are
    the words of those releases that prove the answer.
    """

    id: str
    category: str
    question: Question
    releases: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...] = ()
    filters: Filters | None = None
    count: int | None = None
    ordered: bool = False
    complete: bool = False
    evidence: tuple[Proof, ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.releases) or self.of_catalogue

    @property
    def of_catalogue(self) -> bool:
        """Whether the catalogue itself answers: there is one exact answer."""
        return self.ordered or self.complete or self.count is not None or self.filters is not None


def read_questions(path: Path, limit: int | None = None) -> tuple[GoldQuestion, ...]:
    """The questions of a JSON Lines file (also .gz); PressArchiveError names a bad line."""
    questions: list[GoldQuestion] = []
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip() and (limit is None or len(questions) < limit):
                    questions.append(_gold(path, number, line))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise PressArchiveError(f"{path}: these questions cannot be read ({error})") from error
    if not questions:
        raise PressArchiveError(f"{path}: no question in this file; one JSON object a line is expected")
    return tuple(questions)


def question_document(gold: GoldQuestion) -> dict[str, Any]:
    """A question as a line of a question file: what `read_questions` reads back."""
    history = [{"question": turn.question, "releases": list(turn.releases)} for turn in gold.question.history]
    return {
        "id": gold.id,
        "category": gold.category,
        "question": gold.question.text,
        "history": history,
        "releases": list(gold.releases),
        "must_contain": [list(forms) for forms in gold.facts],
        "filters": None if gold.filters is None else filters_document(gold.filters),
        "count": gold.count,
        "ordered": gold.ordered,
        "complete": gold.complete,
        "evidence": [{"quote": proof.quote, "release": proof.release} for proof in gold.evidence],
    }


def foreign(questions: Iterable[GoldQuestion]) -> tuple[GoldQuestion, ...]:
    """The questions of another archive: this one holds the answer to none of them."""
    return tuple(GoldQuestion(gold.id, FOREIGN, Question(gold.question.text), ()) for gold in questions)


def sampled(questions: Sequence[GoldQuestion], count: int | None, seed: int) -> tuple[GoldQuestion, ...]:
    """`count` questions drawn with `seed`, in their order; all of them for None."""
    if count is None or count >= len(questions):
        return tuple(questions)
    return tuple(questions[place] for place in sorted(Random(seed).sample(range(len(questions)), count)))


def shelved(view: View, names: Iterable[str]) -> dict[str, str]:
    """The release id behind each gold name: an id, a reference, or the end of a source's path."""
    wanted = tuple(dict.fromkeys(names))
    found: dict[str, str] = {}
    for name in wanted:
        with suppress(ReleaseNotFound):
            found[name] = view.release(name).id
    absent = [name for name in wanted if name not in found]
    for entry in view.releases() if absent else ():
        path = view.release(entry.id).source.name.replace("\\", "/")
        for name in absent:
            if path == name or path.endswith(("/" + name, "#" + name)):
                found[name] = entry.id
    return found


def _gold(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        asked: dict[str, Any] = json.loads(line)
        history = tuple(
            Turn(turn["question"], tuple(turn.get("releases") or ())) for turn in asked.get("history") or ()
        )
        forms = asked.get("must_contain") or ([asked["answers"]] if asked.get("answers") else ())
        return GoldQuestion(
            id=str(asked.get("id", number)),
            category=str(asked.get("category", "question" if asked.get("answerable", True) else "unanswerable")),
            question=Question(_text(asked["question"]), history),
            releases=tuple(map(_text, asked["releases"] if "releases" in asked else asked["gold"])),
            facts=tuple(tuple(map(_text, one)) for one in forms),
            filters=_filters(asked.get("filters")),
            count=None if asked.get("count") is None else int(asked["count"]),
            ordered=bool(asked.get("ordered")),
            complete=bool(asked.get("complete")),
            evidence=proofs(asked.get("evidence") or ()),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PressArchiveError(
            f"{path} line {number}: not a question (needs question and releases or gold): {error!r}"
        ) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _filters(given: Mapping[str, Any] | None) -> Filters | None:
    if given is None:
        return None
    first, last = (parse_day(given[end]) if given.get(end) else None for end in ("from", "to"))
    return Filters(Period(first, last), tuple(given.get("issuers") or ()), tuple(given.get("languages") or ()))
