"""Sets of documents and questions, in BEIR's files and in our own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant.evaluation.sets import read_set
from ingest.readers.export import read_export
from store.records import PressArchiveError

CORPUS = (
    {"_id": "d1", "title": "La digue", "text": "La digue du nord sera relevée d'un mètre."},
    {"_id": "d2", "title": "", "text": "Le kiosque rouvre.", "metadata": {"page": 3}},
    {"_id": "d3", "title": "Sans autre texte", "text": ""},
)
QUERIES = (
    {"_id": "q1", "text": "De combien la digue est-elle relevée ?"},
    {"_id": "q2", "text": "Quand rouvre le kiosque ?"},
    {"_id": "q3", "text": "Jamais jugée ?"},
)
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td2\t1\nq2\td3\t1\nq2\td9\t-1\n"


def lines(*records: Mapping[str, object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "sarvelle"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(lines(*CORPUS), encoding="utf-8")
    (folder / "queries.jsonl").write_text(lines(*QUERIES), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def test_a_beir_set_has_the_judged_questions(beir: Path) -> None:
    """Questions judged at all, each with the documents judged above zero."""
    made = read_set(beir)
    assert made.name == "sarvelle"
    assert [(gold.id, gold.question.text, gold.releases) for gold in made.questions] == [
        ("q1", "De combien la digue est-elle relevée ?", ("d1",)),
        ("q2", "Quand rouvre le kiosque ?", ("d2", "d3")),
    ]
    assert len(read_set(beir, limit=1).questions) == 1


def test_its_documents_are_an_export_ingestion_reads(beir: Path, tmp_path: Path) -> None:
    """Every document is read back under its id, one without a text by its title; a second time nothing is written."""
    export = read_set(beir).export(tmp_path / "kept")
    read = list(read_export(export, export.name))
    assert [(getattr(one, "hints").reference, getattr(one, "text")) for one in read] == [  # noqa: B009 - one type or an error
        ("d1", "La digue du nord sera relevée d'un mètre."),
        ("d2", "Le kiosque rouvre."),
        ("d3", "Sans autre texte"),
    ]
    before = export.stat().st_mtime_ns
    assert read_set(beir).export(tmp_path / "kept").stat().st_mtime_ns == before


def test_our_own_files_may_be_packed(tmp_path: Path) -> None:
    """`faq.jsonl.gz` beside `questions.jsonl`; dates and issuers go into the export."""
    with gzip.open(tmp_path / "faq.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(
            lines({"id": "f1", "title": "Q ?", "text": "R.", "date": "2031-05-01", "issuer": "Port", "theme": "x"})
        )
    (tmp_path / "questions.jsonl").write_text(lines({"question": "Q ?", "gold": ["f1"]}), encoding="utf-8")
    made = read_set(tmp_path)
    assert made.questions[0].releases == ("f1",)
    exported = json.loads(made.export(tmp_path / "kept").read_text(encoding="utf-8"))
    assert exported == {"id": "f1", "title": "Q ?", "date": "2031-05-01", "issuer": "Port", "text": "R."}


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _with(name: str, text: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return damage


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (_without("corpus.jsonl"), "no documents here"),
        (_without("queries.jsonl"), "no questions here"),
        (_without("qrels/test.tsv"), r"qrels/test\.tsv"),
        (_with("corpus.jsonl", '{"_id": "d1", "text": "Un."}\n{"text": "Sans nom."}\n'), r"corpus\.jsonl line 2"),
        (_with("corpus.jsonl", '{"_id": "d1", "text": 3}\n'), r"corpus\.jsonl line 1"),
        (_with("corpus.jsonl", '{"_id": "d1", "text": "Un."}\n{"_id"\n'), r"corpus\.jsonl line 2"),
        (_with("queries.jsonl", '{"_id": "q1"}\n'), r"queries\.jsonl line 1"),
        (_with("queries.jsonl", "[]\n"), r"queries\.jsonl line 1"),
        (_with("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\tmuch\n"), r"test\.tsv"),
        (_with("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\n"), r"test\.tsv"),
        (_with("qrels/test.tsv", "query-id\tcorpus-id\tscore\nother\td1\t1\n"), "none of its questions is judged"),
    ],
)
def test_what_is_wrong_is_named(beir: Path, tmp_path: Path, damage: Callable[[Path], None], named: str) -> None:
    """A missing file, a bad line, a judgement without a number: an error that says which."""
    damage(beir)
    with pytest.raises(PressArchiveError, match=named):
        read_set(beir).export(tmp_path / "kept")


def test_judgements_in_four_columns_are_read(beir: Path) -> None:
    """TREC's columns: question, iteration, document, score."""
    (beir / "qrels" / "test.tsv").write_text("q2\t0\td1\t1\nq2\t0\td2\t0\n", encoding="utf-8")
    assert [(gold.id, gold.releases) for gold in read_set(beir).questions] == [("q2", ("d1",))]
