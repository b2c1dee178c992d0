"""Pages as pictures, with the quoted words found on them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from paper import column, pdf
from PIL import Image

from assistant.facsimile.facsimiles import Facsimiles, Undrawable
from assistant.facsimile.pages import PDF, Asked, Marks

QUOTE = "Le pont de la Varlone rouvre lundi, après deux ans de travaux."
LINES = [
    "LE PONT ROUVRE",
    "Le pont de la Varlone rouvre lundi, après deux ans de tra-",
    "vaux. Il a coûté 3 millions d'euros.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents by name: what the server calls a digest is only where a document is."""
    made = tmp_path_factory.mktemp("documents")
    (made / "pont").write_bytes(pdf([column(LINES), column(["Contact : presse@sarvelle.example"])]))
    (made / "tourne").write_bytes(pdf([column(LINES)], turned=90))
    (made / "blanc").write_bytes(pdf([[]]))
    (made / "casse").write_bytes(b"%PDF-1.7\n" + b"\xff\x00<<[(" * 500)
    Image.new("RGB", (1200, 1600), "white").save(made / "scan", "PNG")
    os.mkfifo(made / "muet")
    return made


@pytest.fixture(scope="module")
def facsimiles(folder: Path) -> Iterator[Facsimiles]:
    made = Facsimiles(lambda name: folder / name if (folder / name).exists() else None)
    yield made
    made.close()


def size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.format == "JPEG"
        return opened.size


def inked(picture: bytes, marks: Marks) -> tuple[float, float]:
    """The part of the page's ink inside the boxes, and of the boxes in the page."""
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L").point(lambda value: 255 if value < 128 else 0)
    width, height = grey.size
    inside = Image.new("L", grey.size, 0)
    for left, top, right, bottom in marks.boxes:
        inside.paste(255, (int(left * width), int(top * height), int(right * width) + 1, int(bottom * height) + 1))
    dark, boxed = grey.histogram()[255], inside.histogram()[255]
    both = Image.composite(grey, Image.new("L", grey.size, 0), inside).histogram()[255]
    return both / dark, boxed / (width * height)


def test_a_page_is_drawn_at_the_width_asked(facsimiles: Facsimiles) -> None:
    """A page is a JPEG as wide as asked, twice as wide to look closely, and the same bytes again."""
    assert size(facsimiles.picture("pont", PDF, 1)) == (1100, 1557)
    assert size(facsimiles.picture("pont", PDF, 1, 2200))[0] == 2200
    assert facsimiles.picture("pont", PDF, 1) is facsimiles.picture("pont", PDF, 1)


@pytest.mark.parametrize("document", ["pont", "tourne"])
def test_the_words_are_marked_line_by_line(facsimiles: Facsimiles, document: str) -> None:
    """A sentence over two lines has a box on each, on its own ink, also on a page that is turned."""
    marks = facsimiles.marks(document, PDF, 1, Asked(QUOTE, "LE PONT ROUVRE\n", " Il a coûté 3 millions d’euros."))
    assert len(marks.boxes) == 2
    assert marks.share == 1.0
    ink, area = inked(facsimiles.picture(document, PDF, 1), marks)
    assert 0.4 < ink < 0.75, "of the ink of three lines, that of one and a little"
    assert area < 0.03


def test_what_is_not_on_the_page_is_not_marked(facsimiles: Facsimiles) -> None:
    """A quote of another page marks nothing, and the page is shown all the same."""
    marks = facsimiles.marks("pont", PDF, 2, Asked("Le pont de la Varlone rouvre lundi"))
    assert (marks.pages, marks.boxes, marks.scanned) == (2, (), False)


def test_a_page_without_characters_says_so(facsimiles: Facsimiles) -> None:
    """A page that is a picture, or a document that is one, is shown unmarked and known for it."""
    assert facsimiles.marks("blanc", PDF, 1, Asked("Le pont")).scanned
    marks = facsimiles.marks("scan", "image/png", 1, Asked("Le pont"))
    assert (marks.pages, marks.scanned, marks.ratio) == (1, True, 0.75)
    assert size(facsimiles.picture("scan", "image/png", 1)) == (1100, 1467)


@pytest.mark.parametrize(
    ("document", "media_type", "page"),
    [("pont", PDF, 3), ("pont", PDF, 0), ("casse", PDF, 1), ("nowhere", PDF, 1), ("scan", "image/png", 2),
     ("scan", PDF, 1), ("pont", "text/html", 1)],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(facsimiles: Facsimiles, document: str, media_type: str, page: int) -> None:
    """No such page, a damaged file, no document, another format: each is refused, and the next page is drawn."""
    with pytest.raises(Undrawable):
        facsimiles.picture(document, media_type, page)
    assert size(facsimiles.picture("pont", PDF, 2))


def test_a_document_that_hangs_costs_only_its_process(folder: Path) -> None:
    """A file its reader never comes back from is given up, not tried again, and others are drawn as before."""
    patient = Facsimiles(lambda name: folder / name, seconds=0.7)
    try:
        with pytest.raises(Undrawable, match="too long"):
            patient.picture("muet", "image/png", 1)
        with pytest.raises(Undrawable, match="too long"):
            patient.marks("muet", "image/png", 1, Asked("Le pont"))
    finally:
        patient.close()
    again = Facsimiles(lambda name: folder / name)
    try:
        assert size(again.picture("pont", PDF, 1))
    finally:
        again.close()
