"""A picture in the process that reads it: decoded, turned upright, its words recognised.

Only the child of `confined.py` runs this. What a camera notes beside the picture (dates,
places) is never looked at, save which way is up.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from ingest.document import Document
from ingest.mending import words_of
from ingest.readers.cell import MoreTime
from ingest.readers.ocr import (
    INSTALL,
    MOST_PIXELS,
    Picture,
    blocks_of_scan,
    doubts_of,
    has_words,
    languages,
    recognised,
)
from ingest.readers.pdf_flow import set_flowing
from ingest.readers.pdf_heads import without_heads
from store.records import UnreadableDocument

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_LARGEST = 80_000_000
_MOST_PAGES = 100
_SMALL = 2000


def read_picture_here(data: bytes, name: str, more_time: MoreTime) -> Document:
    """The words on each page of a picture as paragraphs, with pages that tile them and a doubt: OCR errs."""
    from PIL import Image

    if not data:
        raise UnreadableDocument(name, "empty file")
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Exception as error:
        raise UnreadableDocument(name, "not a picture (PNG, JPEG, TIFF or WebP), whatever its name says") from error
    if image.width * image.height > _LARGEST:
        raise UnreadableDocument(name, f"a picture of {image.width} × {image.height} points; at most 80 million")
    if not languages():
        raise UnreadableDocument(name, f"a picture (« sans texte »); to have its words read: {INSTALL}")
    media_type = Image.MIME.get(image.format or "", "image/png")
    doubts: list[str] = []
    pages = list(recognised(_pages(image, name, doubts), more_time))
    read = [page for page in pages if page is not None]
    if not any(has_words(page) for page in read):
        why = "no words on it (« sans texte »)" if read else "its words took too long to read (« sans texte »)"
        raise UnreadableDocument(name, why)
    known = words_of("\n".join(line.text for page in read for line in page.lines))
    kept = without_heads([page.lines if page else [] for page in pages])
    blocks = [blocks_of_scan(page, lines, known) if page else [] for page, lines in zip(pages, kept, strict=True)]
    text, spans, _ = set_flowing(blocks, known)
    doubts = [*doubts_of(list(range(1, len(pages) + 1)), pages, len(pages)), *doubts]
    return Document(text, name, media_type, sha256(data).hexdigest(), pages=spans, doubts=tuple(doubts))


def _pages(image: Image, name: str, doubts: list[str]) -> Iterator[Picture]:
    """The pages of a TIFF, or the one picture of any other format.

    After the first, one that cannot be decoded is a doubt, and the last.
    """
    for number in range(_MOST_PAGES if image.format == "TIFF" else 1):
        try:
            image.seek(number)
            page = _grey(image)
        except MemoryError:
            raise
        except EOFError:
            return
        except Exception as error:
            if number == 0:
                raise UnreadableDocument(name, f"damaged picture ({error}); copy it again from its origin") from error
            doubts.append(f"image abîmée : rien de lisible à partir de la page {number + 1}")
            return
        yield page


def _grey(image: Image) -> Picture:
    """A page upright, on white, and of a size at which letters are recognised."""
    from PIL import Image, ImageOps

    if image.width * image.height > _LARGEST:
        raise ValueError(f"a page of {image.width} × {image.height} points")
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    grey = upright.convert("L")
    times = 2.0 if max(grey.size) < _SMALL else 1.0
    times = min(times, (MOST_PIXELS / (grey.width * grey.height)) ** 0.5)
    if times != 1.0:
        size = max(1, round(grey.width * times)), max(1, round(grey.height * times))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return Picture(grey.width, grey.height, grey.tobytes())
