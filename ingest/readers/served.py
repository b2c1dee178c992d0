"""What bytes an address served are: by their content, else their content type, else the address.

Servers call things by many names. Does not read them.
"""

from __future__ import annotations

import zlib
from urllib.parse import urlsplit

from ingest import readers
from ingest.readers.federal import ROOTS
from ingest.readers.feed import FEEDS
from ingest.readers.page import LARGEST, Answer
from ingest.readers.sitemap import SITEMAPS
from ingest.readers.xmlfile import root_of
from store.records import UnreadableDocument

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/rtf": ".rtf",
    "application/rtf": ".rtf",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "image/webp": ".webp",
}
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "application/gzip", "application/x-gzip"})


def unpacked(data: bytes, name: str) -> bytes:
    """A feed or sitemap that is stored packed, as its bytes; anything else as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        if root_of(zlib.decompressobj(wbits=31).decompress(data, 1 << 16)) not in FEEDS | SITEMAPS:
            return data
        unpacking = zlib.decompressobj(wbits=31)
        unpacked = unpacking.decompress(data, LARGEST)
    except zlib.error as error:
        raise UnreadableDocument(name, f"damaged gzip file ({error})") from error
    if unpacking.unconsumed_tail:
        raise UnreadableDocument(name, f"unpacks to more than {LARGEST >> 20} MB")
    return unpacked


def suffix_of(answer: Answer, name: str) -> str:
    """The suffix of the reader that an answer is for. Raises UnreadableDocument where there is none."""
    suffix = suffix_at(answer.url, answer.media_type, _magic(answer.data))
    if not suffix:
        kind = answer.media_type or "a page without a content type"
        raise UnreadableDocument(name, f"format not read: {kind}; formats read: {' '.join(readers.suffixes())}")
    return suffix


def suffix_at(url: str, media_type: str, told: str = "") -> str:
    """By what content has `told`, else by media type, else by the end of the address; "" where none says."""
    stated = _SUFFIXES.get(media_type, ".xml" if media_type.endswith(("/xml", "+xml")) else "")
    try:
        named = readers.suffix_of(urlsplit(url).path)
    except ValueError:
        named = ""
    named = named if named in readers.suffixes() else ""
    if told == ".zip":
        return stated or named or told
    return told or (named if media_type in _VAGUE else "") or stated or named


def _magic(data: bytes) -> str:
    """What the first bytes of a document say; "" where they say nothing."""
    root = root_of(data)
    if root:
        return ".html" if root == "html" else ".xml" if root in ROOTS else ""
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/document.xml" in data else ".odt" if _ODT in data[:200] else ".zip"
    return ".rtf" if data.startswith(b"{\\rtf") else ""
