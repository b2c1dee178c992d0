"""Words on pictures of pages, read by Tesseract where it is installed.

Tesseract runs as a program of its own, one page at a time, with French and English. Does
not know where the pictures come from.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

from ingest.mending import join, mend_characters
from ingest.readers.pdf_columns import Block
from ingest.readers.pdf_lines import Line

INSTALL = "apt install tesseract-ocr tesseract-ocr-fra"
PAGE_SECONDS = 60.0
ALL_SECONDS = 600.0
DPI = 300
MOST_PIXELS = 30_000_000

_UNSURE = 75.0
_SENSELESS = 60.0
_TURNING_SECONDS = 15.0
_TURN = re.compile(r"Rotate: (\d+)")
_NOISE = 30.0
_FEWEST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as grey pixels, row by row, a byte each."""

    width: int
    height: int
    pixels: bytes

    def turned(self, degrees: int) -> Picture:
        """The picture turned clockwise by a multiple of 90 degrees."""
        match degrees % 360:
            case 90:
                last = len(self.pixels) - self.width
                columns = (self.pixels[last + column :: -self.width] for column in range(self.width))
                return Picture(self.height, self.width, b"".join(columns))
            case 180:
                return Picture(self.width, self.height, self.pixels[::-1])
            case 270:
                return self.turned(180).turned(90)
        return self


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on a picture: its lines in reading order, the paragraph each belongs to, and how sure that is.

    `confidence` is Tesseract's, 0 to 100, over all letters; `letters` how many there are.
    """

    lines: list[Line] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    confidence: float = 0.0
    letters: int = 0


@cache
def _installed() -> tuple[str, ...]:
    """What Tesseract has learnt to read, nothing where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    # One thread is as fast for a page, and leaves the other processors to others.
    os.putenv("OMP_THREAD_LIMIT", "1")
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(told.decode(errors="replace").split())


def languages() -> str:
    """The languages Tesseract is asked for, "" where it is not installed or knows no French."""
    known = _installed()
    return "+".join(language for language in ("fra", "eng") if language in known) if "fra" in known else ""


def ask_again() -> None:
    """Forgets what is installed, where that may have changed."""
    _installed.cache_clear()


def recognised(pictures: Iterable[Picture], more_time: Callable[[float], None]) -> Iterator[Recognised | None]:
    """Each picture's words; None for one that took too long, and for all once time is up."""
    until = monotonic() + ALL_SECONDS
    for picture in pictures:
        left = until - monotonic()
        if left <= 0:
            yield None
            continue
        seconds = min(PAGE_SECONDS, left)
        more_time(2 * seconds + _TURNING_SECONDS + 20)
        yield _read(picture, seconds)


def _read(picture: Picture, seconds: float) -> Recognised | None:
    """A picture's words; it is turned where they make so little sense that it may lie on its side."""
    page = _as_it_lies(picture, seconds)
    if page is None or page.confidence >= _SENSELESS or not page.lines or "osd" not in _installed():
        return page
    turn = _TURN.search(_told(picture, ["--psm", "0"], _TURNING_SECONDS) or "")
    if turn is None or turn[1] == "0":
        return page
    other = _as_it_lies(picture.turned(int(turn[1])), seconds)
    return other if other is not None and other.confidence > page.confidence else page


def _as_it_lies(picture: Picture, seconds: float) -> Recognised | None:
    table = _told(picture, ["-l", languages(), "--psm", "3", "tsv"], seconds)
    return None if table is None else _understood(table)


def _told(picture: Picture, how: list[str], seconds: float) -> str | None:
    """What Tesseract says of a picture, None where that takes too long."""
    image = b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels
    order = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "--dpi", str(DPI), *how]
    try:
        done = subprocess.run(order, input=image, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


def _understood(table: str) -> Recognised:
    """Tesseract's table of words as lines, in points from the lower left corner."""
    lines: dict[tuple[int, int, int], list[_Word]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5":
            continue
        word = _word(cells)
        if word is not None:
            lines.setdefault((int(cells[2]), int(cells[3]), int(cells[4])), []).append(word)
    kept = {place: words for place, words in lines.items() if _sureness(words) >= _NOISE}
    words = [word for line in kept.values() for word in line]
    paragraphs = {place: number for number, place in enumerate(dict.fromkeys(place[:2] for place in kept))}
    return Recognised(
        [_line(words) for words in kept.values()],
        [paragraphs[place[:2]] for place in kept],
        _sureness(words),
        sum(letter.isalpha() for word in words if word.confidence >= 50 for letter in word.text),
    )


def _word(cells: list[str]) -> _Word | None:
    text = mend_characters(cells[11]).strip()
    try:
        left, top, width, height = (int(cell) * 72 / DPI for cell in cells[6:10])
        confidence = float(cells[10])
    except ValueError:
        return None
    junk = confidence < _NOISE and not any(letter.isalnum() for letter in text)
    return None if not text or junk else _Word(text, left, -top, left + width, -top - height, confidence)


def _sureness(words: list[_Word]) -> float:
    return sum(word.confidence * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))


def _line(words: list[_Word]) -> Line:
    return Line(
        " ".join(word.text for word in words),
        words[0].left,
        max(word.right for word in words),
        min(word.bottom for word in words),
        max(word.top for word in words),
        words[0].right - words[0].left,
    )


def has_words(page: Recognised) -> bool:
    """Whether a picture holds words at all, and not only what looks like some letters."""
    return page.letters >= _FEWEST_LETTERS


def blocks_of_scan(page: Recognised, kept: list[Line], known: frozenset[str]) -> list[Block]:
    """The paragraphs of a page of which the lines `kept` are text; wrapped lines joined, addresses left alone."""
    chosen = {id(line) for line in kept}
    paragraphs: dict[int, list[Line]] = {}
    for line, number in zip(page.lines, page.paragraphs, strict=True):
        if id(line) in chosen:
            paragraphs.setdefault(number, []).append(line)
    return [Block([_joined(lines, known)], whole=True) for lines in paragraphs.values()]


def _joined(lines: list[Line], known: frozenset[str]) -> Line:
    edge = max(line.right for line in lines)
    text, before = lines[0].text, lines[0]
    for line in lines[1:]:
        room = before.right + line.first + 0.6 * line.height < edge
        text = f"{text}\n{line.text}" if room and before.text[-1] != "-" else join(text, line.text, known)
        before = line
    return Line(text, lines[0].left, edge, lines[-1].bottom, lines[0].top, lines[0].first)


def doubts_of(numbers: list[int], pages: list[Recognised | None], of: int) -> list[str]:
    """What a reader should know of pages `numbers`, of a document of `of` pages, that went through OCR."""
    read = [(number, page) for number, page in zip(numbers, pages, strict=True) if page is not None]
    lost = [number for number, page in zip(numbers, pages, strict=True) if page is None]
    letters = sum(page.letters for _, page in read)
    doubts = []
    if letters:
        sure = sum(page.confidence * page.letters for _, page in read) / letters
        where = "" if len(read) == of else f"{in_words([number for number, _ in read])} : "
        how = "" if sure >= _UNSURE else f" (confiance moyenne {sure:.0f} %)"
        doubts.append(f"{where}texte reconnu par OCR{how} : à relire")
    if lost:
        doubts.append(f"{in_words(lost)} : reconnaissance trop longue, texte laissé de côté")
    return doubts


def in_words(numbers: list[int]) -> str:
    """« page 3 », « pages 3 et 5 », « pages 3, 5 à 9 et 12 »."""
    said: list[str] = []
    first = 0
    for place, number in enumerate(numbers):
        if numbers[place + 1 : place + 2] == [number + 1]:
            continue
        run = numbers[first : place + 1]
        said.extend([f"{run[0]} à {run[-1]}"] if len(run) > 2 else map(str, run))
        first = place + 1
    last = f" et {said[-1]}" if len(said) > 1 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(said[:-1] or said)}{last}"
