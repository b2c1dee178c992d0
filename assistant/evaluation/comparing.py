"""The same questions put to several writers, and what each answer was worth.

Answers are kept as they come, so that a run that was cut short goes on where it stopped;
a writer all of whose answers are kept is not opened at all. Knows nothing about how a
writer is made, nor how the figures are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.answering import Answerer
from assistant.evaluation.given import Given, Kept
from assistant.evaluation.gold import GoldQuestion, shelved
from assistant.evaluation.judging import Judge, Worth, in_view
from assistant.evaluation.proofs import Places, places

if TYPE_CHECKING:
    from assistant.verification import Verifier
    from store.view import View

Progress = Callable[[int, int], None]
Opening = Callable[[], AbstractContextManager[Answerer]]
"""Opens a writer: its weights are loaded, its server runs until the context ends."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """By writer, then by question id: the answers given and what they are worth.

    `missing` are the gold names this archive lacks, `unproven` how many pieces of evidence
    were not found in the releases they should stand in.
    """

    questions: tuple[GoldQuestion, ...]
    given: Mapping[str, Mapping[str, Given]]
    worth: Mapping[str, Mapping[str, Worth]]
    missing: tuple[str, ...] = ()
    unproven: int = 0

    @property
    def writers(self) -> tuple[str, ...]:
        return tuple(self.given)


def collect(
    writers: Mapping[str, Opening],
    questions: Sequence[GoldQuestion],
    folder: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> dict[str, dict[str, Given]]:
    """Every question put to every writer, one writer after the other; answers in `folder` are not asked for again."""
    total, done = len(writers) * len(questions), 0
    given: dict[str, dict[str, Given]] = {}
    progress(done, total)
    for writer, opening in writers.items():
        kept = Kept(None if folder is None else folder / f"{_filename(writer)}.jsonl")
        unasked = [gold for gold in questions if kept.get(_name(gold)) is None]
        done += len(questions) - len(unasked)
        if unasked:
            with opening() as answer:
                for gold in unasked:
                    kept.keep(_name(gold), answer(gold.question))
                    done += 1
                    progress(done, total)
        progress(done, total)
        given[writer] = {gold.id: one for gold in questions if (one := kept.get(_name(gold))) is not None}
    return given


def compare(
    questions: Sequence[GoldQuestion],
    given: Mapping[str, Mapping[str, Given]],
    view: View,
    verifier: Verifier,
    progress: Progress = lambda done, total: None,
) -> Comparison:
    """Judge what each writer gave; `view` is read to check it."""
    names = shelved(view, (name for gold in questions for name in gold.releases))
    judge = Judge(in_view(view), verifier)
    worth: dict[str, dict[str, Worth]] = {writer: {} for writer in given}
    standing: dict[str, Sequence[Places]] = {}
    for done, gold in enumerate(questions):
        progress(done, len(questions))
        standing[gold.id] = places(view, gold.evidence, {n: names[n] for n in gold.releases if n in names})
        releases = [names.get(name, name) for name in gold.releases]
        for writer, answers in given.items():
            worth[writer][gold.id] = judge.judge(gold, answers[gold.id], releases, standing[gold.id])
    progress(len(questions), len(questions))
    return Comparison(
        tuple(questions),
        given,
        worth,
        tuple(name for gold in questions for name in gold.releases if name not in names),
        sum(not found for one in standing.values() for found in one),
    )


def _name(gold: GoldQuestion) -> str:
    """A question and its words: an id alone may mean another question in another file."""
    words = "\n".join([*(turn.question for turn in gold.question.history), gold.question.text])
    return f"{gold.id} {sha256(words.encode()).hexdigest()[:8]}"


def _filename(writer: str) -> str:
    return "".join(character if character.isalnum() or character in "-._" else "-" for character in writer)
