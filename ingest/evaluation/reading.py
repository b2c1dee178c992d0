"""How well releases are read and parsed: known releases printed in five ways, read back, compared.

The fields count as right when they are equal after folding blanks and capitals. Does not
know the command that asks for it, nor where its table is shown.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from ingest import readers
from ingest.document import Document
from ingest.evaluation.gold import Gold, numbers, read_gold
from ingest.evaluation.layouts import Sheet, compose
from ingest.evaluation.papers import LAYOUTS
from ingest.parser.communique import parse
from store.records import Release, UnreadableDocument

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
FIELDS = ("date", "title", "issuer", "place", "lead")
TARGETS = {"date": 0.99, "title": 0.97, "issuer": 0.97, "place": 0.95, "lead": 0.95, "e-mail": 0.95, "telephone": 0.95}
_BULLET = re.compile(r"^\s*[•▪*–—-]\s+", re.MULTILINE)
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")


@dataclass(slots=True)
class Count:
    """How many values were to be found, how many were, and how many of these are right."""

    wanted: int = 0
    found: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that was not read as it was printed."""

    layout: str
    release: str
    field: str
    wanted: str
    found: str


@dataclass(slots=True)
class Column:
    """The scores of one layout. `bodies` are shares of equal characters.

    `reading` is in seconds of the clock, `seconds` those of the processor, parsing.
    """

    read: int = 0
    fields: dict[str, Count] = field(default_factory=dict)
    bodies: list[float] = field(default_factory=list)
    in_order: int = 0
    reading: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Board:
    """What came of `count` releases in each layout."""

    count: int
    seed: int
    language: str
    columns: dict[str, Column] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)


def evaluate_reading(
    gold_path: Path,
    count: int = 400,
    seed: int = 2018,
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    language: str = "fr",
    layouts: tuple[str, ...] = tuple(LAYOUTS),
) -> Board:
    """Print `count` releases of `gold_path` (XML file, folder or tar) in each layout and read them back."""
    drawn = draw(gold_path, count, seed, language)
    board = Board(len(drawn), seed, language, {layout: Column() for layout in layouts})
    total = len(drawn) * len(layouts)
    for done, (gold, layout) in enumerate(((gold, layout) for gold in drawn for layout in layouts), start=1):
        sheet, data = printed(gold, layout, seed)
        _score(sheet, layout, data, board)
        progress(done, total)
    return board


def draw(gold_path: Path, count: int, seed: int, language: str = "fr") -> list[Gold]:
    """Releases drawn with a fixed seed, those left out that the PDF's plain fonts cannot show."""
    every = [gold for gold in read_gold(gold_path, language) if _printable(gold)]
    return Random(seed).sample(every, min(count, len(every)))


def printed(gold: Gold, layout: str, seed: int) -> tuple[Sheet, bytes]:
    """One release in one layout: its sheet, and the bytes of its file."""
    chance = Random(f"{seed} {gold.id} {layout}")
    sheet = compose(gold, chance)
    return sheet, LAYOUTS[layout][1](sheet, chance)


def read_back(layout: str, data: bytes, name: str) -> Document:
    """The document a reader makes of a printed release. Raises UnreadableDocument."""
    file = f"{name}.{LAYOUTS[layout][0]}"
    return readers.reader_of(Path(file), file)(data, file)


def _printable(gold: Gold) -> bool:
    words = (gold.title, gold.issuer, *gold.co_issuers, gold.place, gold.lead, gold.contact)
    text = "\n".join([*words, *(block.text for block in gold.blocks)])
    return text == text.encode("cp1252", "ignore").decode("cp1252") and "\u00ad" not in text


def _score(sheet: Sheet, layout: str, data: bytes, board: Board) -> None:
    column = board.columns[layout]
    gold = sheet.gold
    began = time.perf_counter()
    try:
        document = read_back(layout, data, gold.id)
    except UnreadableDocument as unreadable:
        board.misses.append(Miss(layout, gold.id, "read", "a document", str(unreadable)))
        document = Document("", gold.id, "", "")
    column.reading.append(time.perf_counter() - began)
    began = time.process_time()
    release = parse(document, RECEIVED)
    column.seconds.append(time.process_time() - began)
    column.read += bool(document.text)
    for name, wanted, found in _compared(sheet, release):
        count = column.fields.setdefault(name, Count())
        count.wanted, count.found = count.wanted + len(wanted), count.found + len(found)
        count.right += len(wanted & found)
        if wanted != found:
            board.misses.append(Miss(layout, gold.id, name, " | ".join(sorted(wanted)), " | ".join(sorted(found))))
    share, ordered = _body(gold, release.text)
    column.bodies.append(share)
    column.in_order += ordered
    if share < 0.99:
        board.misses.append(Miss(layout, gold.id, "body", "", f"{share:.3f}"))
    if not ordered:
        board.misses.append(Miss(layout, gold.id, "order", "", ""))


def _compared(sheet: Sheet, release: Release) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Each field's name, what it should be and what was read."""
    gold = sheet.gold
    lead = release.lead.of(release.text) if release.lead else None
    emails = (contact.email or "" for contact in release.contacts)
    phones = (contact.phone or "" for contact in release.contacts)
    yield "date", _one(str(gold.published)), _one(str(release.published or ""))
    yield "title", _one(gold.title), _one(release.title)
    yield "issuer", _one(gold.issuer), _one(release.issuer)
    yield "place", _one(gold.place), _one(release.place)
    yield "lead", _one(gold.lead), _one(lead)
    yield "e-mail", gold.emails, frozenset(m[0].casefold() for each in emails for m in _EMAIL.finditer(each))
    yield "telephone", gold.phones, frozenset(each for phone in phones for each in numbers(phone))
    yield "reference", _one(sheet.reference), _one(release.reference)
    signed = gold.co_issuers if sum(piece.kind == "issuer" for piece in sheet.pieces) > 1 else ()
    yield "co-issuers", frozenset(map(_plain, signed)), frozenset(map(_plain, release.co_issuers))


def _one(value: str | None) -> frozenset[str]:
    return frozenset([_plain(value)]) if value else frozenset()


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", _BULLET.sub("", text))


def _body(gold: Gold, text: str) -> tuple[float, bool]:
    """The share of equal characters between the printed body and the same stretch of what was read; its order."""
    wanted = _squeezed("\n".join([gold.lead, *(block.text for block in gold.blocks)]))
    found = _squeezed(text)
    starts = (found.find(wanted[:length]) for length in (120, 60, 25))
    start, end = next((at for at in starts if at >= 0), 0), found.rfind(wanted[-25:])
    return _alike(wanted, found[start : end + 25 if end >= start else len(found)]), _ordered(gold, found)


def _alike(first: str, second: str) -> float:
    """The share of characters that both have in the same order."""
    if first == second:
        return 1.0
    before = _shared(first, second)
    one, other = first[before:], second[before:]
    after = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - after], other[: len(other) - after]
    size = 1 if len(one) + len(other) < 8_000 else 8
    parts = [[text[at : at + size] for at in range(0, len(text), size)] for text in (one, other)]
    blocks = SequenceMatcher(None, parts[0], parts[1], autojunk=False).get_matching_blocks()
    same = before + after + size * sum(block.size for block in blocks)
    return min(1.0, 2 * same / (len(first) + len(second)))


def _shared(first: str, second: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(first), len(second)))


def _ordered(gold: Gold, found: str) -> bool:
    """Whether the blocks stand one after the other, by the words they begin with."""
    at = 0
    for text in (gold.lead, *(block.text for block in gold.blocks)):
        place = found.find(_squeezed(text)[:30], at)
        if place < 0:
            return False
        at = place + 1
    return True


def table(board: Board) -> str:
    """The figures of each layout, one column each; recall for values that may be several, then precision."""
    names = list(board.columns)
    lines = [f"{board.count} releases ({board.language}), seed {board.seed}"]
    lines.append(f"{'':<22}" + "".join(f"{name:>15}" for name in names) + f"{'target':>9}")
    for label, values in _rows(board):
        target = TARGETS.get(label.split(",")[0])
        lines.append(
            f"{label:<22}" + "".join(f"{value:>15}" for value in values) + (f"{target:>9.2f}" if target else "")
        )
    return "\n".join(lines)


def _rows(board: Board) -> Iterator[tuple[str, list[str]]]:
    columns = list(board.columns.values())
    yield "read", [str(column.read) for column in columns]
    for name in FIELDS:
        yield name, [_share(column.fields[name].recall) for column in columns]
    for name in ("e-mail", "telephone", "reference", "co-issuers"):
        yield f"{name}, recall", [_share(column.fields[name].recall) for column in columns]
        yield f"{name}, precision", [_share(column.fields[name].precision) for column in columns]
    yield "body, median", [f"{median(column.bodies):.4f}" for column in columns]
    yield "body, share ≥ 0.99", [_share(sum(b >= 0.99 for b in c.bodies) / len(c.bodies)) for c in columns]
    yield "blocks in order", [_share(column.in_order / len(column.bodies)) for column in columns]
    yield "parsing, ms of CPU", [f"{1000 * sum(c.seconds) / len(c.seconds):.1f}" for c in columns]
    yield "reading, ms", [f"{1000 * sum(c.reading) / len(c.reading):.1f}" for c in columns]


def _share(value: float) -> str:
    return f"{value:.3f}"


def document(board: Board) -> dict[str, Any]:
    """The table for programs, and which release missed which field; no contact is named."""
    layouts = {}
    for name, column in board.columns.items():
        fields = {
            each: {"recall": round(count.recall, 4), "precision": round(count.precision, 4), "n": count.wanted}
            for each, count in column.fields.items()
        }
        layouts[name] = {
            "read": column.read,
            "fields": fields,
            "body_median": round(median(column.bodies), 5),
            "body_99": round(sum(body >= 0.99 for body in column.bodies) / len(column.bodies), 4),
            "in_order": round(column.in_order / len(column.bodies), 4),
            "parse_ms": round(1000 * sum(column.seconds) / len(column.seconds), 2),
        }
    misses = [{"layout": miss.layout, "release": miss.release, "field": miss.field} for miss in board.misses]
    return {"count": board.count, "seed": board.seed, "language": board.language, "layouts": layouts, "misses": misses}
