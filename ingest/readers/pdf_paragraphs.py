"""Which lines are one paragraph, by their edges, their distance and their first words.

A line goes on in the next one when the next one's first word would not have fitted on
it. Does not know where columns are, nor what a text means.
"""

from __future__ import annotations

import re
from bisect import bisect

from ingest.mending import BULLET
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_setting import Setting, alike

CUT = "\u2010"
"""How some programs write the hyphen that cuts a word, and only that one."""
ROW, PARAGRAPH = "\n", "\n\n"

_HYPHENS = "-" + CUT
_SHORT = 60
_LONG = 45
_PROSE = 13
_SPACE = 0.22
_FINISHED = ".!?:;»…"
_REACHED = re.compile(r"t[ée]l\b|[tm] ?:|mobile\b|portable\b|\+?\(?\d[\d ().-]{7,}|\S+@\S|www\.|https?:", re.IGNORECASE)


def wraps(above: Line, line: Line, setting: Setting, run: int) -> bool:
    """Whether `line` goes on with `above` only because the column ended; `run` lines of its paragraph are read."""
    if abs(above.height - line.height) > 0.1 * above.height or BULLET.match(line.text):
        return False
    if above.text.isupper() and not line.text.isupper() and any(letter.islower() for letter in line.text):
        return False
    step, pitch = above.middle - line.middle, setting.pitch(line)
    cut = above.text[-1] in _HYPHENS and len(above.text) > 3 and above.text[-2].isalpha() and line.text[0].islower()
    on = above.text[-1] not in _FINISHED and line.text[0].islower()
    if step > 2.5 * above.height or step > (1.6 if on or cut else 1.2) * pitch:
        return False
    if cut or (on and len(above.text) > _SHORT / 2):
        return True
    if _title(above, line, setting):
        return True
    return not _indented(above, line, run) and _full(above, line, setting)


def _title(above: Line, line: Line, setting: Setting) -> bool:
    """Whether two lines are one title: large, centred, and with the pitch of their kind."""
    centred = abs(above.left + above.right - line.left - line.right) < 0.5 * line.height
    return line.height > 1.15 * setting.size and centred and abs(above.left - line.left) > 2


def _indented(above: Line, line: Line, run: int) -> bool:
    """Whether a line's left edge says that a paragraph begins."""
    shift = line.left - above.left
    if abs(shift) < 0.4 * line.height or _centred(above, line):
        return False
    if shift > 0:
        return not (BULLET.match(above.text) and run == 1 and shift < 4 * line.height)
    return not (run == 1 and shift > -4.5 * line.height)


def _centred(above: Line, line: Line) -> bool:
    return abs(above.left + above.right - line.left - line.right) < 0.3 * line.height


def _full(above: Line, line: Line, setting: Setting) -> bool:
    """Whether the first word of `line` had no room left on `above`."""
    edge = setting.edge(above)
    on = above.text[-1] not in _FINISHED and line.text[0].islower()
    if above.right + _SPACE * line.height + line.first <= edge - (line.height if on else -0.3):
        return False
    column = setting.right - setting.left
    reaching = len(setting.ends(above)) - bisect(setting.ends(above), edge - 0.05 * column)
    if reaching > 2 or on:
        return True
    wide = above.width > 0.6 * column and column > _PROSE * line.height
    return (wide or len(above.text) > _LONG) and not _REACHED.match(line.text)


def between(above: Line, line: Line, setting: Setting, run: int) -> str:
    """What parts two lines that are not one paragraph: a line's end in addresses and lists, else a blank line."""
    step = above.middle - line.middle
    near = 0 < step < 1.35 * setting.pitch(line) and abs(above.height - line.height) < 0.1 * line.height
    short = run == 1 and max(len(above.text), len(line.text)) < _SHORT
    return ROW if near and (short or BULLET.match(line.text)) else PARAGRAPH


def runs_on(above: Line, line: Line) -> bool:
    """Whether the words alone say that a sentence is not finished."""
    long = len(above.text.rsplit("\n", 1)[-1]) > 30 and above.text[-1] not in _FINISHED
    return long and line.text[0].islower() and not BULLET.match(line.text)


def over(above: Line, before: Setting | None, line: Line, setting: Setting | None, run: int) -> str | None:
    """How a block begins after another: None where a sentence runs over the turn of a column or page."""
    if before is None or setting is None or abs(above.height - line.height) > 0.1 * above.height:
        return PARAGRAPH
    if BULLET.match(line.text) or above.text.isupper():
        return PARAGRAPH
    if above.text[-1] not in _FINISHED and line.text[0].islower():
        return None
    if above.text[-1] in _HYPHENS and line.text[0].islower():
        return None
    indented = line.left > min(other.left for other in setting.lines if alike(other, line)) + 0.4 * line.height
    if indented or run == 1 or above.width < 0.6 * (before.right - before.left):
        return PARAGRAPH
    reaches = before.edge(above) - above.right
    full = reaches < line.first + _SPACE * line.height
    if above.text[-1] not in _FINISHED and full:
        return None
    justified = reaches < 0.5 and _justified(before, above)
    return None if justified else PARAGRAPH


def _justified(setting: Setting, line: Line) -> bool:
    """Whether most lines set like this one end at the very edge."""
    ends = setting.ends(line)
    return len(ends) >= 4 and len(ends) - bisect(ends, ends[-1] - 0.5) > 0.5 * len(ends)
