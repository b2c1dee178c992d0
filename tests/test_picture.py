"""Pictures of releases: their words, page by page, or a clear refusal."""

from __future__ import annotations

import io
from zlib import crc32

import pytest
from mutation import mutants
from PIL import Image
from test_ocr import needs_tesseract, picture

from ingest.document import Document
from ingest.readers.ocr import ask_again
from ingest.readers.picture import read_picture
from ingest.readers.picture_file import read_picture_here
from store.records import UnreadableDocument

LINES = ["La criée de Port-Clair rouvre mardi", "après deux ans de travaux."]


def page(lines: list[str] = LINES, mode: str = "L") -> Image.Image:
    drawn = picture(lines)
    return Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels).convert(mode)


def filed(image: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


@needs_tesseract
@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("TIFF", "1")])
def test_the_words_of_a_picture_are_read(kind: str, mode: str) -> None:
    """Whatever its format and colours; OCR is always a doubt."""
    read = read_picture(filed(page(mode=mode), kind), "cp." + kind.lower())
    assert "criée de Port-Clair rouvre mardi" in read.text
    assert read.media_type == f"image/{kind.lower()}"
    assert any("OCR" in doubt for doubt in read.doubts)
    assert len(read.pages) == 1


@needs_tesseract
def test_a_photograph_taken_sideways_is_turned() -> None:
    """The camera noted which way was up; what else it noted is not looked at."""
    turned = page().transpose(Image.Transpose.ROTATE_90)
    notes = Image.Exif()
    notes[0x0112], notes[0x0132] = 6, "2001:02:03 04:05:06"
    read = read_picture(filed(turned, "JPEG", exif=notes), "cp.jpg")
    assert "Port-Clair" in read.text
    assert read.guesses.published is None


@needs_tesseract
def test_the_frames_of_a_tiff_are_pages() -> None:
    """They tile the text."""
    second = page(["Le conseil municipal se réunit jeudi."])
    read = read_picture(filed(page(), "TIFF", save_all=True, append_images=[second]), "cp.tiff")
    assert len(read.pages) == 2
    assert "".join(span.of(read.text) for span in read.pages) == read.text
    assert "conseil municipal" in read.pages[1].of(read.text)


@needs_tesseract
def test_a_damaged_frame_costs_those_after_it() -> None:
    """What was read before is kept, with a doubt."""
    others = [page(["Le conseil municipal se réunit jeudi."]), page(["La navette reprend samedi à midi."])]
    whole = filed(page(), "TIFF", save_all=True, append_images=others)
    read = read_picture(whole[: len(whole) * 5 // 6], "cp.tiff")
    assert "Port-Clair" in read.text
    assert any("rien de lisible à partir de la page 3" in doubt for doubt in read.doubts)


@needs_tesseract
def test_a_picture_without_words_is_refused_by_name() -> None:
    """A logo is no release."""
    with pytest.raises(UnreadableDocument, match=r"logo\.png: no words on it \(« sans texte »\)"):
        read_picture(filed(page([])), "logo.png")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"GIF89a", "not a picture"),
        (b"%PDF-1.4", "not a picture"),
        (filed(page())[:60], "not a picture|damaged"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(data: bytes, reason: str) -> None:
    """The suffix is not believed."""
    with pytest.raises(UnreadableDocument, match=reason):
        read_picture(data, "a.png")


def test_a_picture_that_would_fill_the_memory_is_refused_unopened() -> None:
    """A few bytes can claim any size."""
    bomb = bytearray(filed(Image.new("1", (8, 8))))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    bomb[29:33] = crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    with pytest.raises(UnreadableDocument, match="60000 × 60000 points"):
        read_picture(bytes(bomb), "a.png")


def test_without_tesseract_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture is « sans texte » then."""
    monkeypatch.setenv("PATH", "")
    ask_again()
    try:
        with pytest.raises(UnreadableDocument, match=r"« sans texte ».*apt install tesseract-ocr tesseract-ocr-fra"):
            read_picture_here(filed(page()), "a.png", lambda seconds: None)
    finally:
        monkeypatch.undo()
        ask_again()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_damaged_pictures_are_read_or_refused(kind: str) -> None:
    """Whatever bytes come: a document, or an UnreadableDocument that names them."""
    small = filed(Image.effect_noise((40, 24), 80).convert("RGB"), kind)
    for mutant in mutants(small, 12, 20):
        try:
            outcome: object = read_picture(mutant, "a")
        except UnreadableDocument as unreadable:
            outcome = unreadable
        assert isinstance(outcome, (Document, UnreadableDocument))
        assert outcome.name == "a"
