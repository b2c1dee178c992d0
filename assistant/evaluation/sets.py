"""Sets of documents and questions with gold, as retrieval is compared elsewhere: read, and made an export.

A folder with `corpus.jsonl`, `queries.jsonl` and `qrels/*.tsv` (BEIR), or with documents
(`passages`, `documents` or `faq`) and `questions.jsonl` whose `gold` names them; each may
be `.gz`. Knows nothing about how an export is taken in or a question answered.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from assistant.answer import Question
from assistant.evaluation.gold import GoldQuestion, read_questions
from store.records import PressArchiveError

DOCUMENTS = ("corpus", "passages", "documents", "faq")
SPLITS = ("test", "dev", "validation", "train")
_KEPT = ("title", "date", "issuer", "url", "lang", "group", "contact", "city", "issuers", "lead")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The documents' file, and the questions whose gold are ids in it."""

    name: str
    documents: Path
    questions: tuple[GoldQuestion, ...]

    def export(self, folder: Path) -> Path:
        """The documents as an export that an archive takes in, written to `folder`; the file's path.

        Written anew only where it changes. Raises PressArchiveError with the line of a bad document.
        """
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in self._records())
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.jsonl"
        if not path.is_file() or path.read_text(encoding="utf-8") != lines:
            path.write_text(lines, encoding="utf-8")
        return path

    def _records(self) -> Iterator[dict[str, Any]]:
        for number, document in _lines(self.documents):
            id, text, title = _id(document), document.get("text"), document.get("title")
            if id is None or not isinstance(text or title, str):
                raise PressArchiveError(f"{self.documents} line {number}: not a document (needs _id or id, and text)")
            kept = {name: document[name] for name in _KEPT if document.get(name)}
            yield {"id": id, **kept, "text": text if text and text.strip() else title}


def read_set(folder: Path, limit: int | None = None) -> QuestionSet:
    """The set in `folder`, with its first `limit` questions.

    Raises PressArchiveError where documents, questions or judgements are missing or cannot be read.
    """
    documents = _file(folder, *DOCUMENTS)
    if documents is None:
        names = ", ".join(f"{name}.jsonl" for name in DOCUMENTS)
        raise PressArchiveError(f"{folder}: no documents here; one of {names} (or .gz) is expected")
    queries, questions = _file(folder, "queries"), _file(folder, "questions")
    if queries is not None:
        asked = tuple(_judged(queries, _judgements(folder)))[:limit]
    elif questions is not None:
        asked = read_questions(questions, limit)
    else:
        raise PressArchiveError(
            f"{folder}: no questions here; queries.jsonl with qrels, or questions.jsonl, is expected"
        )
    return QuestionSet(folder.resolve().name, documents, asked)


def _judged(queries: Path, judgements: dict[str, tuple[str, ...]]) -> Iterator[GoldQuestion]:
    found = False
    for number, query in _lines(queries):
        id, text = _id(query), query.get("text")
        if id is None or not isinstance(text, str):
            raise PressArchiveError(f"{queries} line {number}: not a question (needs _id and text)")
        if id in judgements:
            found = True
            yield GoldQuestion(id, "question", Question(text), judgements[id])
    if not found:
        raise PressArchiveError(f"{queries}: none of its questions is judged in qrels")


def _judgements(folder: Path) -> dict[str, tuple[str, ...]]:
    """The documents judged right for each question: a score over 0."""
    places = [folder / "qrels" / f"{split}.tsv" for split in SPLITS] + [folder / "qrels.tsv"]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise PressArchiveError(f"{folder}: no qrels/test.tsv (query-id, corpus-id, score) beside queries.jsonl")
    judged: dict[str, list[str]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.reader(lines, delimiter="\t"), start=1):
                if not row or (number == 1 and not row[-1].lstrip("-").isdigit()):
                    continue
                query, document, score = (row[0], row[2], row[3]) if len(row) == 4 else (row[0], row[1], row[2])
                if int(score) > 0:
                    judged.setdefault(query, []).append(document)
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise PressArchiveError(f"{path}: not judgements (query-id, corpus-id, score by tabs): {error}") from error
    return {query: tuple(dict.fromkeys(documents)) for query, documents in judged.items()}


def _file(folder: Path, *names: str) -> Path | None:
    places = (folder / f"{name}.jsonl{packed}" for name in names for packed in ("", ".gz"))
    return next((place for place in places if place.is_file()), None)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    opened = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with cast("IO[str]", opened(path, "rt", encoding="utf-8")) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise ValueError("not a JSON object")
                    yield number, record
    except (OSError, EOFError, ValueError) as error:
        raise PressArchiveError(f"{path} line {max(number, 1)}: cannot be read ({error})") from error


def _id(record: dict[str, Any]) -> str | None:
    value = record.get("_id", record.get("id"))
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip() else None
