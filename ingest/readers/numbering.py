"""The marks of numbered and bulleted paragraphs of a Word document, counted as Word counts.

Knows nothing of the text behind the marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.readers.packed import first, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_BULLET = "-"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: `pattern` holds « %1 » for the first level's count."""

    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, number: str, level: int) -> str:
        """The mark of the next paragraph of list `number`; "" where it bears none."""
        levels = self._levels.get(number)
        if levels is None or level not in levels:
            return "" if number == "0" else _BULLET
        if levels[level].form in {"bullet", "none"}:
            return _BULLET if levels[level].form == "bullet" else ""
        counts = self._counts.setdefault(number, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def counted(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            at = levels.get(place, levels[level])
            return _written(counts.get(place, at.start), at.form)

        return re.sub(r"%([1-9])", counted, levels[level].pattern).strip() or _BULLET


def numbering(root: _Element | None) -> Numbering:
    """The lists that `word/numbering.xml` defines."""
    if root is None:
        return Numbering()
    abstract = {value(each, "abstractNumId"): _levels(each) for each in root if tag(each) == "abstractNum"}
    lists = {}
    for each in root:
        if tag(each) == "num":
            levels = dict(abstract.get(value(first(each, "abstractNumId"), "val"), {}))
            for override in (child for child in each if tag(child) == "lvlOverride"):
                levels.update(_levels(override))
            lists[value(each, "numId") or ""] = levels
    return Numbering(lists)


def _levels(parent: _Element) -> dict[int, Level]:
    levels = {}
    for each in (child for child in parent if tag(child) == "lvl"):
        form = value(first(each, "numFmt"), "val") or "decimal"
        pattern = value(first(each, "lvlText"), "val")
        levels[_whole(value(each, "ilvl"), 0)] = Level(
            form, "%1." if pattern is None else pattern, _whole(value(first(each, "start"), "val"), 1)
        )
    return levels


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _written(count: int, form: str) -> str:
    forms: dict[str, Callable[[int], str]] = {
        "lowerLetter": _letters,
        "upperLetter": lambda n: _letters(n).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda n: _roman(n).upper(),
        "decimalZero": lambda n: f"{n:02}",
        "ordinal": lambda n: f"{n}.",
    }
    return forms.get(form, str)(count)


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) if count > 0 else ""


def _roman(count: int) -> str:
    written = ""
    for unit, letters in _ROMAN:
        while count >= unit and len(written) < 20:
            written += letters
            count -= unit
    return written
