"""Quotations marked by hand against those found: who said what, span by span.

Marks are JSON Lines: `reference` (the record's id), `sha256` of its text, and
`quotations`, each `start`, `end`, `speaker` ([start, end] of the name in the same text, or
null where the text does not tell) and `indirect`. Texts are read from exports when asked
for; no text stands in the marks.

Knows nothing about how quotations are found, nor where the figures are printed.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import mean
from typing import Any

from ingest.parser.quotes import find_quotes
from ingest.readers.export import CONTACT_GAP, read_export
from store.folding import fold
from store.records import PressArchiveError, Quote, Span, UnreadableDocument

RESAMPLES, SEED = 2000, 20241123
OVERLAP = 0.5
_CIVILITY = re.compile(r"^(?:(?:mm?|mme|mmes|mlle|mr|mrs|ms|dr|prof|me|monsieur|madame|herr|frau)\b\.? *)+")

Finder = Callable[[str], Sequence[Quote]]


@dataclass(frozen=True, slots=True)
class MarkedQuotation:
    """A quotation as a reader marked it; `speaker` is the name's own span, or None."""

    span: Span
    speaker: Span | None
    indirect: bool


@dataclass(frozen=True, slots=True)
class MarkedRelease:
    """The quotations of one release, marked in the text whose digest is `sha256`."""

    reference: str
    sha256: str
    quotations: tuple[MarkedQuotation, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over one release: what was marked, found, and right.

    For direct speech `matched` counts exact spans, for reported speech spans that overlap
    by half; `spoken` those of them with the right speaker (also rightly none).
    """

    marked: int = 0
    found: int = 0
    matched: int = 0
    spoken: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """Per release, direct and reported speech apart; `wrong` tells each fault in words."""

    direct: dict[str, Tally]
    indirect: dict[str, Tally]
    missing: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval: bootstrap percentiles over releases, seeded."""

    mean: float
    low: float
    high: float
    of: int


SHARES: dict[str, tuple[str, str]] = {
    "span precision": ("matched", "found"),
    "span recall": ("matched", "marked"),
    "speaker of matched": ("spoken", "matched"),
    "span and speaker": ("spoken", "marked"),
}


def read_marks(path: Path) -> tuple[MarkedRelease, ...]:
    """The marks of a file. Raises PressArchiveError, naming the line, for marks that cannot be read."""
    marks = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                marks.append(_marked(line, path, number))
    except (OSError, UnicodeDecodeError) as error:
        raise PressArchiveError(f"{path}: these marks cannot be read ({error})") from error
    if not marks:
        raise PressArchiveError(f"{path}: no mark in this file; one JSON object a line is expected")
    return tuple(marks)


def _marked(line: str, path: Path, number: int) -> MarkedRelease:
    try:
        record = json.loads(line)
        quotations = tuple(
            MarkedQuotation(
                Span(int(q["start"]), int(q["end"])),
                Span(*map(int, q["speaker"])) if q["speaker"] else None,
                bool(q.get("indirect", False)),
            )
            for q in record["quotations"]
        )
        return MarkedRelease(str(record["reference"]), str(record["sha256"]), quotations)
    except (ValueError, KeyError, TypeError) as error:
        raise PressArchiveError(f"{path} line {number}: not a mark ({error!r})") from error


def texts(exports: Iterable[Path], wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(reference, text) of the wanted records of some exports; a folder stands for the exports in it."""
    missing = set(wanted)
    for path in exports:
        files = sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.gz")]) if path.is_dir() else [path]
        for file in files:
            for document in read_export(file, file.name) if missing else ():
                if isinstance(document, UnreadableDocument) or document.hints.reference not in missing:
                    continue
                contact = document.hints.contact
                text = document.text.removesuffix(CONTACT_GAP + contact) if contact else document.text
                missing.discard(document.hints.reference)
                yield document.hints.reference, text


def evaluate_quotations(
    marks: Sequence[MarkedRelease], releases: Iterable[tuple[str, str]], find: Finder = find_quotes
) -> Board:
    """Every marked release whose text is given and is the text that was marked.

    Reported speech is measured only where some was marked: marks of direct speech alone say
    nothing of it.
    """
    wanted = {mark.reference: mark for mark in marks}
    kinds = (False, True) if any(q.indirect for mark in marks for q in mark.quotations) else (False,)
    direct: dict[str, Tally] = {}
    indirect: dict[str, Tally] = {}
    wrong: list[str] = []
    for reference, text in releases:
        mark = wanted.get(reference)
        if mark is None or sha256(text.encode()).hexdigest() != mark.sha256:
            continue
        found = find(text)
        for reported in kinds:
            tallies = indirect if reported else direct
            here = [q for q in mark.quotations if q.indirect == reported]
            there = [q for q in found if q.indirect == reported]
            tallies[reference], faults = _compared(text, here, there, reported)
            wrong.extend(f"{reference} {fault}" for fault in faults)
    return Board(direct, indirect, tuple(name for name in wanted if name not in direct), tuple(wrong))


def _compared(
    text: str, marked: Sequence[MarkedQuotation], found: Sequence[Quote], reported: bool
) -> tuple[Tally, list[str]]:
    kind = "indirect" if reported else "direct"
    faults, spoken, left = [], 0, list(found)
    matched = 0
    for mark in marked:
        quote = next((q for q in left if _same(mark.span, q.span, reported)), None)
        if quote is None:
            faults.append(f"{kind} {mark.span.start}-{mark.span.end}: not found")
            continue
        left.remove(quote)
        matched += 1
        wanted = mark.speaker.of(text) if mark.speaker else None
        if _bare(quote.speaker) == _bare(wanted):
            spoken += 1
        else:
            faults.append(f"{kind} {mark.span.start}-{mark.span.end}: said by {quote.speaker!r}, not {wanted!r}")
    faults += [f"{kind} {quote.span.start}-{quote.span.end}: found, not marked" for quote in left]
    return Tally(len(marked), len(found), matched, spoken), faults


def _same(marked: Span, found: Span, reported: bool) -> bool:
    if not reported:
        return marked == found
    common = min(marked.end, found.end) - max(marked.start, found.start)
    return common >= OVERLAP * (max(marked.end, found.end) - min(marked.start, found.start))


def _bare(name: str | None) -> str | None:
    return None if name is None else _CIVILITY.sub("", fold(" ".join(name.split())))


def share(tallies: Sequence[Tally], part: str, whole: str) -> Share | None:
    """A ratio of sums over releases, with its interval; None where the whole is nothing."""
    pairs = [(getattr(tally, part), getattr(tally, whole)) for tally in tallies]
    total = sum(of for _, of in pairs)
    if not total:
        return None
    rng = random.Random(SEED)
    means = sorted(_ratio(rng.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    low, high = means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]
    return Share(sum(right for right, _ in pairs) / total, low, high, total)


def _ratio(pairs: Sequence[tuple[int, int]]) -> float:
    whole = sum(of for _, of in pairs)
    return sum(right for right, _ in pairs) / whole if whole else mean((0.0, 1.0))


def table(board: Board) -> str:
    """Everything measured, in lines of at most 120 characters."""
    lines = [f"Quotations: {len(board.direct)} releases marked by hand, 95 % intervals over releases"]
    for name, tallies in (("direct", board.direct), ("reported", board.indirect)):
        for label, (part, whole) in SHARES.items():
            measured = share([*tallies.values()], part, whole)
            if measured is not None:
                interval = f"{measured.low:.3f}–{measured.high:.3f}"
                lines.append(f"  {name:<9}{label:<20}{measured.mean:6.3f}  [{interval}]  of {measured.of}")
    if board.missing:
        some = ", ".join(board.missing[:5])
        lines.append(f"{len(board.missing)} marked releases are not in these exports, or with another text: {some} …")
    return "\n".join(lines)


def document(board: Board) -> dict[str, Any]:
    """{"direct": {share: {"mean", "low", "high", "of"}}, "indirect": …, "releases", "missing", "wrong"}."""
    return {
        "direct": _shares(board.direct),
        "indirect": _shares(board.indirect),
        "releases": len(board.direct),
        "missing": list(board.missing),
        "wrong": list(board.wrong),
    }


def _shares(tallies: dict[str, Tally]) -> dict[str, dict[str, float] | None]:
    return {
        label: None
        if (measured := share([*tallies.values()], part, whole)) is None
        else {"mean": measured.mean, "low": measured.low, "high": measured.high, "of": measured.of}
        for label, (part, whole) in SHARES.items()
    }
