"""How a block of lines is set: its edges, and the pitch of its lines.

Does not know which lines make a paragraph.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from ingest.readers.pdf_lines import Line

_FEW = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """How a block is set: its column's edges, the size of most letters and, for a size, the pitch of lines."""

    lines: list[Line]
    left: float
    right: float
    size: float
    pitches: dict[int, float]
    counts: dict[int, int]
    _ends: dict[tuple[int, int], list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: list[Line], body: float) -> Setting:
        """How these lines are set, in a document whose letters are mostly `body` high."""
        steps: dict[int, list[float]] = {}
        for above, line in itertools.pairwise(lines):
            step = above.middle - line.middle
            if abs(above.height - line.height) < 0.1 * line.height and 0 < step < 3 * line.height:
                steps.setdefault(round(line.height), []).append(step)
        pitches = {size: sorted(found)[len(found) // 4] for size, found in steps.items()}
        counts = {size: len(found) for size, found in steps.items()}
        return cls(lines, min(line.left for line in lines), max(line.right for line in lines), body, pitches, counts)

    def pitch(self, line: Line) -> float:
        """The step from line to line of letters this high; of letters nearly so where those are few."""
        size = round(line.height)
        if self.counts.get(size, 0) >= _FEW:
            return self.pitches[size]
        near = [self.pitches[other] for other in (size - 1, size, size + 1) if other in self.pitches]
        return min(near, default=1.2 * line.height)

    def ends(self, line: Line) -> list[float]:
        """Where lines set like this one end, the farthest last."""
        kind = round(10 * line.height), round(line.left)
        if kind not in self._ends:
            self._ends[kind] = sorted(other.right for other in self.lines if alike(other, line))
        return self._ends[kind]

    def edge(self, line: Line) -> float:
        """The right edge lines set like this one reach: some of them, for a foot may be set like the text."""
        ends = self.ends(line)
        for place in range(len(ends) - 1, 1, -1):
            if ends[place - 2] > ends[place] - 0.06 * (ends[place] - line.left):
                return max(line.right, ends[place])
        return max(line.right, *ends[-1:])


def alike(other: Line, line: Line) -> bool:
    """Whether two lines have letters of one size, and about the same left edge."""
    return abs(other.height - line.height) < 0.1 * line.height and abs(other.left - line.left) < 40
