"""The sample archive: invented, readable, coherent, and its questions answerable from it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Document
from ingest.readers import read
from store.period import find_dates, impossible_dates

SAMPLE = Path(__file__).parent.parent / "ingest" / "sample"
QUESTIONS = Path(__file__).parent / "sample_questions.jsonl"
FORMATS = {
    ".txt": 14, ".md": 6, ".html": 6, ".pdf": 6, ".docx": 1, ".odt": 1, ".rtf": 1, ".eml": 1, ".csv": 1, ".jsonl": 1,
}  # fmt: skip

PHONE = re.compile(r"(?:\+33 ?|\b0)([1-9](?: ?\d\d){4})\b")
MAIL = re.compile(r"[\w.-]+@[\w.-]*\w")
FICTION = ("19900", "26191", "35301", "46571", "53649", "63998")
"""How numbers begin that the French numbering plan keeps for fiction."""


@cache
def documents() -> dict[str, Document]:
    """Every release of the sample by its path, or its reference in an export."""
    found: dict[str, Document] = {}
    for path in sorted(each for each in SAMPLE.rglob("*") if each.is_file()):
        name = path.relative_to(SAMPLE).as_posix()
        for document in read(path, name):
            assert isinstance(document, Document), document
            listed = path.suffix in (".jsonl", ".csv")
            found[document.hints.reference or name if listed else document.name] = document
    return found


def questions() -> Iterator[dict[str, Any]]:
    with QUESTIONS.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def plain(text: str) -> str:
    """The words of a text, whatever its blanks and apostrophes."""
    return " ".join(text.replace("’", "'").split())


def test_every_document_of_the_sample_can_be_read() -> None:
    """The sample holds 45 releases in ten formats, and each is read without a doubt."""
    assert Counter(path.suffix for path in SAMPLE.rglob("*.*") if path.is_file()) == FORMATS
    assert len(documents()) == 45
    assert {name: document.doubts for name, document in documents().items() if document.doubts} == {}


def test_debris_is_mended() -> None:
    """No debris of scans and conversions is left in what a reader gives."""
    for name, document in documents().items():
        assert not re.search(r"\^\{|[\u00ad\ufffe\ufb01]|\w-\n\w", document.text), name


def test_days_exist() -> None:
    """No text of the sample names a day that does not exist or that falls on another weekday."""
    for name, document in documents().items():
        assert impossible_dates(document.text) == [], name
        dated = re.search(r"\d{4}-\d\d-\d\d", name)
        published = date.fromisoformat(dated[0]) if dated else document.hints.published
        for day in find_dates(document.text, published):
            if day.weekday is not None and day.period.first is not None and day.precise:
                assert day.period.first.weekday() == day.weekday, (name, document.text[day.start : day.end])


def test_nobody_can_be_called() -> None:
    """Telephone numbers come from the ranges kept for fiction, addresses from `.example`."""
    numbers = [n.replace(" ", "") for d in documents().values() for n in PHONE.findall(d.text)]
    addresses = [a for d in documents().values() for a in MAIL.findall(d.text)]
    assert len(numbers) > 30
    assert len(addresses) > 30
    assert [number for number in numbers if not number.startswith(FICTION)] == []
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_stories_have_all_kinds() -> None:
    """There are two embargoes, a correction, two releases in English, and pages in every PDF."""
    texts = {name: document.text for name, document in documents().items()}
    embargoed = [name for name, d in documents().items() if d.hints.embargo or "SOUS EMBARGO" in d.text]
    assert embargoed == ["2025/2025-12-04_EMBARGO_aviron-2034.txt", "sd-2024-07"]
    assert sum(text.startswith("RECTIFICATIF") for text in texts.values()) == 1
    assert sum("press release" in text.lower() for text in texts.values()) == 2
    assert all(documents()[name].pages for name in texts if name.endswith(".pdf"))
    assert max(len(document.pages) for document in documents().values()) == 2


@pytest.mark.parametrize("question", list(questions()), ids=lambda question: str(question["id"]))
def test_evidence_stands_in_the_release(question: dict[str, Any]) -> None:
    """What a question's answer rests on stands, word for word, in the release it names."""
    for name in question["releases"] + [r for turn in question["history"] for r in turn["releases"]]:
        assert name in documents()
    for evidence in question["evidence"]:
        assert evidence["release"] in question["releases"]
        assert plain(evidence["quote"]) in plain(documents()[evidence["release"]].text)
    stated = plain(" ".join(evidence["quote"] for evidence in question["evidence"]))
    assert all(any(plain(form) in stated for form in forms) for forms in question["must_contain"])
    assert bool(question["releases"]) == (question["category"] != "unanswerable")


def test_questions_are_of_every_kind() -> None:
    """25 questions: five without an answer, three that follow up, and the rest of each kind."""
    kinds = Counter(question["category"] for question in questions())
    assert sum(kinds.values()) == len({question["id"] for question in questions()}) == 25
    assert (kinds["unanswerable"], kinds["followup"], kinds["contact"], kinds["quote"]) == (5, 3, 2, 2)
    assert (kinds["temporal"], kinds["crosslingual"]) == (2, 1)
    assert {question["id"] for question in questions() if question["history"]} == {
        question["id"] for question in questions() if question["category"] == "followup"
    }
