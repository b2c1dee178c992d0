"""Quotations marked by hand against those found."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.evaluation.quotations import document, evaluate_quotations, read_marks, share, table, texts
from store.records import PressArchiveError, Quote, Span

TEXT = "« Nous revenons », dit Lise Maréchal. « Enfin libres », dit Odon Brémi. Selon Rose Tallien, le quai rouvre."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


FIRST, SECOND, THIRD = at("Nous revenons"), at("Enfin libres"), at("le quai rouvre")
MARKED = [
    {"start": start, "end": end, "speaker": at(name), "indirect": indirect}
    for (start, end), name, indirect in (
        (FIRST, "Lise Maréchal", False),
        (SECOND, "Odon Brémi", False),
        (THIRD, "Rose Tallien", True),
    )
]


def marks_in(folder: Path, text: str = TEXT) -> Path:
    path = folder / "marks.jsonl"
    line = {"reference": "r1", "sha256": sha256(text.encode()).hexdigest(), "quotations": MARKED}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def export_in(folder: Path) -> Path:
    path = folder / "releases.jsonl"
    lines = [{"id": "r1", "title": "T", "text": TEXT, "contact": "Lise Maréchal"}, {"id": "r2", "text": "Rien."}]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_what_is_found_is_compared_span_by_span(tmp_path: Path) -> None:
    """Exact spans of direct speech, overlapping ones of reported speech, speakers by their names."""

    def find(text: str) -> list[Quote]:
        return [
            Quote(Span(*FIRST), "Mme Lise Maréchal"),
            Quote(Span(*SECOND), "Rose Tallien"),
            Quote(Span(0, 3), None),
            Quote(Span(THIRD[0], THIRD[1] - 3), "Rose Tallien", indirect=True),
        ]

    board = evaluate_quotations(read_marks(marks_in(tmp_path)), [("r1", TEXT)], find)
    direct = [*board.direct.values()]
    measured = {
        name: share(direct, *pair) for name, pair in {"p": ("matched", "found"), "b": ("spoken", "marked")}.items()
    }
    assert {name: round(found.mean, 3) for name, found in measured.items() if found} == {"p": 0.667, "b": 0.5}
    assert document(board)["indirect"]["span and speaker"]["mean"] == 1
    assert len(board.wrong) == 2
    assert "span and speaker" in table(board)


def test_texts_come_from_exports_without_their_contacts(tmp_path: Path) -> None:
    """Only the wanted records, from a file or a folder of files."""
    export_in(tmp_path)
    assert list(texts([tmp_path], ["r1"])) == [("r1", TEXT)]


def test_another_text_than_was_marked_is_missing(tmp_path: Path) -> None:
    """The digest tells."""
    board = evaluate_quotations(read_marks(marks_in(tmp_path, "other")), [("r1", TEXT)])
    assert board.missing == ("r1",)
    assert "r1" in table(board)


def test_the_finder_of_the_house_is_measured_by_default(tmp_path: Path) -> None:
    """Here it makes no fault."""
    board = evaluate_quotations(read_marks(marks_in(tmp_path)), texts([export_in(tmp_path)], ["r1"]))
    assert board.wrong == ()


def test_reported_speech_is_not_measured_where_none_was_marked(tmp_path: Path) -> None:
    """Marks of direct speech alone do not make it wrong."""
    path = tmp_path / "direct.jsonl"
    digest = sha256(TEXT.encode()).hexdigest()
    path.write_text(json.dumps({"reference": "r1", "sha256": digest, "quotations": MARKED[:2]}), encoding="utf-8")
    board = evaluate_quotations(read_marks(path), [("r1", TEXT)])
    assert (board.wrong, board.indirect) == ((), {})
    assert "reported" not in table(board)


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"reference": "r1", "sha256": "", "quotations": [1]}'])
def test_marks_that_cannot_be_read_are_named(tmp_path: Path, content: str) -> None:
    """File and line."""
    path = tmp_path / "marks.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PressArchiveError, match=r"marks\.jsonl"):
        read_marks(path)


@pytest.mark.parametrize("marks", sorted(Path(__file__).parent.glob("marks/*.jsonl")), ids=lambda path: path.stem)
def test_marks_in_this_repository_hold_offsets_only(marks: Path) -> None:
    """No text of the releases that were marked."""
    for line in marks.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert set(record) == {"reference", "year", "sha256", "quotations"}
        for quotation in record["quotations"]:
            assert set(quotation) == {"start", "end", "speaker", "indirect"}
            assert quotation["start"] < quotation["end"]
