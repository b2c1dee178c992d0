"""Known releases set out and printed as press offices do."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from federal import CONTACT, messages

from ingest.evaluation.gold import Gold, read_gold
from ingest.evaluation.layouts import compose
from ingest.evaluation.papers import LAYOUTS, as_html, as_text


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    path = tmp_path / "mai.xml"
    path.write_bytes(messages(1))
    return next(read_gold(path))


def test_a_sheet_holds_every_piece_once(gold: Gold) -> None:
    """Issuer, banner, title, lead, blocks and contact, whatever the arrangement."""
    for seed in range(60):
        pieces = compose(gold, Random(seed)).pieces
        kinds = [piece.kind for piece in pieces]
        assert kinds.count("title") == kinds.count("banner") == kinds.count("lead") == 1
        assert "issuer" in kinds
        assert kinds[-2:] == ["contact heading", "contact"]
        assert pieces[-1].text == CONTACT
        assert "".join(piece.text for piece in pieces).casefold().count("2024") >= 1
        assert [piece.text for piece in pieces if piece.kind == "item"] == [
            "des étals chauffés", "une glacière de cent mètres cubes",
        ]  # fmt: skip


def test_the_same_seed_prints_the_same_sheet(gold: Gold) -> None:
    """And others print others."""
    sheets = [compose(gold, Random(seed)) for seed in range(40)]
    assert sheets[0] == compose(gold, Random(0))
    assert len({tuple(piece.kind for piece in sheet.pieces) for sheet in sheets}) > 5
    assert len({sheet.pieces for sheet in sheets}) > 30


def test_plain_text_may_be_wrapped(gold: Gold) -> None:
    """At a width of paper, or not at all."""
    texts = [as_text(compose(gold, Random(seed)), Random(seed)).decode("utf-8-sig") for seed in range(20)]
    longest = [max(map(len, text.split("\n"))) for text in texts]
    assert min(longest) <= 100 < max(longest)


def test_a_page_has_menus_around_the_release(gold: Gold) -> None:
    """A reader has to leave them out."""
    page = as_html(compose(gold, Random(1)), Random(1)).decode()
    assert "<nav>" in page
    assert "cookies" in page
    assert gold.lead.split(",")[0] in page


@pytest.mark.parametrize("layout", ["docx", "pdf", "pdf 2 columns"])
def test_files_are_of_their_kind(gold: Gold, layout: str) -> None:
    """A zip with a document in it, a PDF of one page or more."""
    pytest.importorskip("docx" if layout == "docx" else "reportlab")
    data = LAYOUTS[layout][1](compose(gold, Random(3)), Random(3))
    if layout == "docx":
        assert "word/document.xml" in zipfile.ZipFile(BytesIO(data)).namelist()
    else:
        assert data.startswith(b"%PDF-")
