"""What a server sends, whatever it calls it."""

from __future__ import annotations

import gzip

import pytest

from ingest.readers.page import Answer
from ingest.readers.served import suffix_at, suffix_of, unpacked
from store.records import UnreadableDocument

HTML = b"\n<!-- a --><!DOCTYPE html><html><p>%PDF-</p></html>"
ODT = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text"


def answer(data: bytes, kind: str = "", path: str = "") -> Answer:
    return Answer(200, data, f"https://port-clair.example/{path}", {"content-type": kind})


@pytest.mark.parametrize(
    ("data", "kind", "path", "suffix"),
    [
        (HTML, "", "", ".html"),
        (HTML, "application/pdf", "a.pdf", ".html"),
        (b"%PDF-1.7", "text/html; charset=utf-8", "", ".pdf"),
        (b"junk\n%PDF-1.7", "application/octet-stream", "", ".pdf"),
        (b"<messages/>", "text/html", "", ".xml"),
        (b"<svg/>", "image/svg+xml", "", ".xml"),
        (b"PK\x03\x04...word/document.xml", "application/zip", "", ".docx"),
        (ODT, "", "a", ".odt"),
        (b"{\\rtf1", "text/plain", "", ".rtf"),
        (b"La criee rouvre.", "Text/Plain; charset=x", "cp?id=1", ".txt"),
        (b"La criee rouvre.", "text/html", "cp", ".html"),
        (b"# La criee", "text/plain", "cp.md", ".md"),
        (b'{"text": "a"}', "application/octet-stream", "cp.jsonl", ".jsonl"),
        (b"\x1f\x8b", "application/gzip", "cp.jsonl.gz", ".jsonl.gz"),
    ],
)
def test_content_goes_before_names(data: bytes, kind: str, path: str, suffix: str) -> None:
    """Then the content type, unless it says nothing, then the address."""
    assert suffix_of(answer(data, kind, path), "a") == suffix


def test_what_has_no_reader_is_named() -> None:
    """By the name it was asked by, with what is read."""
    with pytest.raises(UnreadableDocument, match=r"a: format not read: audio/mpeg; formats read: .*\.pdf"):
        suffix_of(answer(b"ID3", "audio/mpeg", "a.mp3"), "a")
    assert suffix_at("https://[", "", "") == ""


def test_packed_feeds_and_sitemaps_are_unpacked() -> None:
    """Other packed files are left to their readers; a bomb is refused."""
    assert unpacked(gzip.compress(b"<urlset/>"), "a") == b"<urlset/>"
    other = gzip.compress(b'{"text": "a"}')
    assert unpacked(other, "a") == other
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        unpacked(gzip.compress(b"<rss>" + b" " * (51 << 20)), "a")
    with pytest.raises(UnreadableDocument, match="damaged gzip"):
        unpacked(b"\x1f\x8bxx", "a")
