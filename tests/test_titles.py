"""Titles in another language and the releases they belong to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.shelf import Shelved
from assistant.evaluation.titles import read_titles
from store.records import PressArchiveError

SHELF = [
    *(Shelved(f"r{n}", None, (), "fr", f"Digue {n}", "", str(n)) for n in range(20)),
    Shelved("e3", None, (), "en", "Dyke 3", "", "3"),
    Shelved("alone", None, (), "fr", "Sans groupe", "", None),
]


def export(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "en.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def dykes(tmp_path: Path) -> Path:
    return export(tmp_path, *({"id": f"en-{n}", "title": f"Dyke {n}", "group": n, "lang": "en"} for n in range(40)))


def test_a_title_goes_with_the_releases_of_its_group(tmp_path: Path) -> None:
    """Groups the archive lacks are left out, and a release in the title's own language is no gold."""
    titles = read_titles(dykes(tmp_path), SHELF, None, seed=1)
    assert len(titles) == 20
    assert [(gold.question.text, gold.releases) for gold in titles[2:4]] == [("Dyke 2", ("r2",)), ("Dyke 3", ("r3",))]
    assert {gold.category for gold in titles} == {"en titles"}


def test_titles_are_drawn_with_a_seed(tmp_path: Path) -> None:
    """So many titles, the same for the same seed, from all over the export."""
    path = dykes(tmp_path)
    drawn = read_titles(path, SHELF, 8, seed=1)
    assert len({gold.id for gold in drawn}) == 8
    assert read_titles(path, SHELF, 8, seed=1) == drawn
    assert read_titles(path, SHELF, 8, seed=2) != drawn
    assert len(read_titles(path, SHELF, 100, seed=1)) == 20


def test_lines_without_title_or_group_are_passed_over(tmp_path: Path) -> None:
    """A line that names no release here asks nothing; the language is detected where it is not said."""
    path = export(
        tmp_path, {"title": "No group"}, {"group": "2"}, ["no record"], {"title": "The big dyke is high", "group": "2"}
    )
    (gold,) = read_titles(path, SHELF, None, seed=1)
    assert (gold.question.text, gold.releases, gold.category) == ("The big dyke is high", ("r2",), "en titles")


def test_an_export_of_other_releases_is_said_to_be(tmp_path: Path) -> None:
    """No title of the archive, a bad line, no file: each an error by its name."""
    with pytest.raises(PressArchiveError, match="same `group`"):
        read_titles(export(tmp_path, {"title": "Dyke", "group": "99"}), SHELF, None, seed=1)
    (tmp_path / "en.jsonl").write_text('{"title": "a"}\n{')
    with pytest.raises(PressArchiveError, match=r"en\.jsonl line 2"):
        read_titles(tmp_path / "en.jsonl", SHELF, None, seed=1)
    with pytest.raises(PressArchiveError, match="absent"):
        read_titles(tmp_path / "absent.jsonl", SHELF, None, seed=1)
