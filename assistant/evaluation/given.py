"""What a writer gave to a question: words, citations, times; and the file such answers are kept in.

One record for every kind of writer, so that all are judged alike, and again when the
judge has learnt something. Knows nothing about how an answer came about or what it is worth.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from store.records import PressArchiveError


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as it was shown, with the numbers of its citations and what stood before it."""

    text: str
    citations: tuple[int, ...] = ()
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: characters `start` to `end` of this version of a release, and what is said to stand there."""

    number: int
    release: str
    version: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Read:
    """A text a writer without citations was given to answer from."""

    release: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer or an abstention (`reason` in a word, `message` in a sentence; both "" where it answered).

    `first` and `last` are seconds from the question to the first whole sentence and to the
    end; `searched` how many releases were searched; `writer` and `model` who wrote it in the
    end; `notices` what else was said, in words for programs; `read` what a writer that cites
    nothing was given.
    """

    sentences: tuple[Told, ...]
    first: float
    last: float
    citations: tuple[Cited, ...] = ()
    reason: str = ""
    message: str = ""
    searched: int = 0
    writer: str = ""
    model: str | None = None
    repaired: int = 0
    dropped: int = 0
    notices: tuple[str, ...] = ()
    read: tuple[Read, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


class Kept:
    """Answers in a JSON Lines file, each written as soon as it is there: a run that was cut short goes on.

    A name stands for the question with its words: a question that changed is asked anew.
    Without a file answers are kept in memory. Raises PressArchiveError where a line is no answer.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._given: dict[str, Given] = {}
        if path is not None and path.is_file():
            self._read(path)

    def get(self, name: str) -> Given | None:
        return self._given.get(name)

    def keep(self, name: str, given: Given) -> None:
        self._given[name] = given
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"name": name, **asdict(given)}, ensure_ascii=False) + "\n")

    def _read(self, path: Path) -> None:
        whole = path.read_bytes()
        lines = whole.split(b"\n")
        if lines[-1]:
            path.write_bytes(whole[: len(whole) - len(lines[-1])])
        for number, line in enumerate(lines[:-1], start=1):
            try:
                record = json.loads(line)
                name = str(record.pop("name"))
                self._given[name] = given(record)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise PressArchiveError(f"{path} line {number}: not an answer that was kept ({error!r})") from error


def given(record: Mapping[str, Any]) -> Given:
    """An answer read back from its JSON object."""
    lists = {
        "sentences": tuple(Told(one["text"], tuple(one["citations"]), one["lead_in"]) for one in record["sentences"]),
        "citations": tuple(Cited(**one) for one in record["citations"]),
        "read": tuple(Read(**one) for one in record["read"]),
        "notices": tuple(record["notices"]),
    }
    return Given(**{**record, **lists})
