"""`porte-parole evaluate`, from the command line to the table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import main
from store.archive import Archive


def lines(*records: Mapping[str, object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_set_becomes_an_archive_that_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--set` takes the documents in, asks, and with `--folder` does not take them in again."""
    folder = tmp_path / "sarvelle"
    folder.mkdir()
    texts = ("La digue du nord sera relevée d'un mètre.", "Le kiosque rouvre en mai.", "Les cantines servent du pain.")
    (folder / "passages.jsonl").write_text(lines(*({"id": f"d{n}", "text": text} for n, text in enumerate(texts))))
    asked = (
        {"question": "De combien la digue est-elle relevée ?", "gold": ["d0"]},
        {"question": "Le pain ?", "gold": ["d2"]},
    )
    (folder / "questions.jsonl").write_text(lines(*asked))
    command = [
        "evaluate",
        "--set",
        str(folder),
        "--folder",
        str(tmp_path / "kept"),
        "--compare",
        "words,vectors",
        "--json",
    ]

    assert main(command) == 0

    board = json.loads(capsys.readouterr().out)
    assert board["categories"]["question"]["retrieval"]["R@1"]["mean"] == 1.0
    assert set(board["categories"]["question"]["beside"]) == {"words", "vectors"}
    catalogue = tmp_path / "kept" / "sarvelle-archive" / "catalogue.sqlite"
    before = catalogue.stat().st_ino, main([*command, "--limit", "1"])
    assert (catalogue.stat().st_ino, 0) == before
    assert len(json.loads(capsys.readouterr().out)["questions"]) == 1


@pytest.fixture
def kept(archive: Archive, shelve: Callable[..., object]) -> Path:
    for n in range(24):
        issuer = ("Port de Sarvelle", "Ville de Sarvelle")[n % 2]
        day = date(2031, 1, 6) + timedelta(days=9 * n)
        shelve(f"Voici la nouvelle numéro {n}.", title=f"Nouvelle {n}", issuer=issuer, published=day, group=str(n))
    archive.flush()
    archive.close()
    return archive.folder


def test_the_catalogue_is_asked_questions_made_from_it(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--generated` prints how many answers are exact, and `--misses` which are not."""
    assert main(["--archive", str(kept), "evaluate", "--generated", "16", "--seed", "3", "--misses"]) == 0
    printed = capsys.readouterr().out
    assert "Answers of the catalogue: 16 questions" in printed
    assert "Misses in" in printed or "No miss." in printed


def test_titles_in_another_language_are_asked(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--titles` draws so many titles and looks for the releases of their groups."""
    export = tmp_path / "en.jsonl"
    export.write_text(lines(*({"title": f"News item {n}", "group": n, "lang": "en"} for n in range(30))))
    command = [
        "--archive",
        str(kept),
        "evaluate",
        "--titles",
        str(export),
        "--limit",
        "5",
        "--retrieval-only",
        "--json",
    ]
    assert main(command) == 0
    board = json.loads(capsys.readouterr().out)
    assert board["categories"]["en titles"]["n"] == 5
    assert board["missing"] == []


def test_a_ranking_there_is_not_is_an_error(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--compare` answers an unknown name with the known ones."""
    (tmp_path / "q.jsonl").write_text(lines({"question": "Quoi ?", "gold": []}))
    assert main(["--archive", str(kept), "evaluate", str(tmp_path / "q.jsonl"), "--compare", "bm26"]) == 1
    assert "« bm26 »" in capsys.readouterr().err
