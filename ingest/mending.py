"""Typographic debris of scans and conversions, mended: `1^{er}`, broken lines, soft hyphens.

Knows nothing of formats or of communiqués. Exports are never mended: their text stays
character for character.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

from store.almanac import MONTHS
from store.folding import fold, word_list

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
)
_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029\x85]|[\x0b\x0c]")
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u200b\u200e\u200f\u2060\ufeff\ufffc\ufffe\uffff\ue000-\uf8ff]")
_SOFT_HYPHEN = re.compile(r"\u00ad[ \t]*\n?[ \t]*(?=\w)|\u00ad")
_RAISED = re.compile(r"\s?\^\{\s*([A-Za-zÀ-ÿ0-9]{1,4})\s*\}|(?<=\d)\^([a-zèé]{1,4})\b")
_LONE_ORDINAL = re.compile(r"(?<=\d)[ \t]*\n[ \t]*(?=(?:er|ers|ère|re|e|ème|èmes|nd|nde|th|st)\b)")
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*\n\s*")
_TRAILING = re.compile(r"[ \t]+(?=\n)|[ \t]+$")
_RUNS = re.compile(r"[ \t]{2,}|\t")
_LONGEST_PART = 1000  # of a line being joined: more than `join` looks back
_SQUARED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_ADDRESS = re.compile(r"(?:@|://|www\.)[^\s]*[-/.@]$|\S+@$")
_PUNCTUATION = ".,;:!?…»”\")(’'"
BULLET = re.compile(r"\s*(?:[-–—•●▪■◦‣·*►➢✓o]\s+|\(?\d{1,2}[.)°]\s+|[a-z]\)\s+)")
_CUTS = 0.06
_ENDS_OPEN = re.compile(
    r"(?:,|\b(?:de|du|des|d['’]|la|le|les|l['’]|un|une|à|au|aux|et|ou|en|pour|par|sur|dans|avec|sans|que|qui|qu['’]"
    r"|se|ne|ce|cette|ces|son|sa|ses|leur|leurs|plus|the|of|and|to|in|for|with|a|an|by|from))$",
    re.IGNORECASE,
)
_KEPT_BEFORE = word_list(
    """vice sous non ex demi mi semi peut celui celle ceux celles lui elle eux soi moi toi nous vous porte chef rez au
    à ci là avant après socio franco est quelques quelqu dix vingt trente quarante cinquante soixante quatre vis tête de
    du des la le les sur en d grand grande haut haute bas basse nord sud ouest centre inter anti pro post pré auto saint
    sainte mot bien"""
)
_KEPT_AFTER = word_list(
    """là ci même mêmes il elle ils elles on t je tu vous nous ce de des du en y à dire être bas haut présidente
    président"""
)


def mend(text: str) -> str:
    """`text` with characters mended and broken lines joined; paragraphs parted by one blank line."""
    return join_lines(mend_characters(text))


def mend_characters(text: str) -> str:
    """Ligatures, soft hyphens, raised ordinals, invisible characters and line ends put right.

    Lines stay as they are, except that a word cut by a soft hyphen is made whole.
    """
    text = _NEWLINE.sub("\n", text)
    text = _NOISE.sub("", text.translate(LIGATURES))
    text = _SOFT_HYPHEN.sub("", text)
    text = _RAISED.sub(_lowered, text)
    text = _LONE_ORDINAL.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return _TRAILING.sub("", _RUNS.sub(" ", text))


def _lowered(match: re.Match[str]) -> str:
    raised = match[1] or match[2]
    return raised.translate(_SQUARED) if raised.isdigit() else raised


def join_lines(text: str) -> str:
    """Lines broken inside a paragraph made one; headings, items and addresses keep theirs."""
    blocks = [block for block in _BLANK_LINES.split(text.strip()) if block.strip()]
    width, known = _wrapped_at(blocks), words_of(text)
    exact = _wrapped_exactly(blocks, width)
    paragraphs: list[str] = []
    for block in blocks:
        joined = _join_block(block.split("\n"), width, known, exact=exact)
        if paragraphs and _runs_on(paragraphs[-1], joined):
            paragraphs[-1] = join(paragraphs[-1], joined, known, whole=exact)
        else:
            paragraphs.append(joined)
    return "\n\n".join(paragraphs)


def join(first: str, second: str, known: frozenset[str] = frozenset(), *, whole: bool = False) -> str:
    """Two halves of a line as one: a hyphen that only broke a word goes, any other stays.

    `known` are the words the document writes elsewhere, which decide where they can;
    `whole`: the document breaks no words, only at hyphens they have.
    """
    first, second = first.rstrip(), second.lstrip()
    if _ADDRESS.search(first[-120:]):
        return first + second
    cut = re.search(r"(\w+(?:[’'-]\w+)*)-$", first[-80:])
    if cut is None or not second[:1].isalpha():
        return f"{first} {second}"
    before, after = cut[1].casefold(), second.split(maxsplit=1)[0].strip(_PUNCTUATION).casefold()
    if before + after in known:
        return first[:-1] + second
    part, following = before.rsplit("-", 1)[-1], re.split(r"[^\w]", after, maxsplit=1)[0]
    kept = (
        whole or f"{before}-{after}" in known or second[0].isupper() or part in _KEPT_BEFORE or following in _KEPT_AFTER
    )
    return first + second if kept else first[:-1] + second


def words_of(text: str) -> frozenset[str]:
    """The words of a text, hyphened ones whole, as `join` knows them."""
    return frozenset(re.findall(r"\w+(?:[’'-]\w+)*", text.casefold()))


def _wrapped_at(blocks: list[str]) -> int:
    """The column at which the text was hard-wrapped, 0 where it was not."""
    lengths = [len(line) for block in blocks for line in block.split("\n")]
    longest = max(lengths, default=0)
    followed = [len(line) for block in blocks for line in block.split("\n")[:-1]]
    full = sum(length > 0.75 * longest for length in followed)
    return longest if 50 <= longest <= 140 and full >= 2 else 0


def _wrapped_exactly(blocks: list[str], width: int) -> bool:
    """Whether every full line was broken where its next word had no room, and words were not cut, as programs do."""
    if not width:
        return False
    broken = [pair for block in blocks for pair in itertools.pairwise(block.split("\n")) if len(pair[0]) > 0.6 * width]
    short = sum(len(line) + 1 + len(following.split(maxsplit=1)[0]) <= width for line, following in broken)
    cut = sum(bool(re.search(r"[a-zà-ÿ]-$", line)) for line, _ in broken)
    return len(broken) >= 4 and short <= 0.1 * len(broken) and cut <= max(1, _CUTS * len(broken))


def _join_block(lines: list[str], width: int, known: frozenset[str], *, exact: bool = False) -> str:
    joined: list[str] = []
    parts = [lines[0].rstrip()]
    before = lines[0].rstrip()
    for line in lines[1:]:
        if _broken(before, line, width, exact=exact):
            whole, following = join(parts[-1], line, known, whole=exact), line.lstrip()
            parts[-1:] = [whole] if len(whole) < _LONGEST_PART else [whole.removesuffix(following), following]
        else:
            joined.append("".join(parts))
            parts = [line.strip()]
        before = line.rstrip()
    return "\n".join([*joined, "".join(parts)])


def _broken(line: str, following: str, width: int, *, exact: bool = False) -> bool:
    """Whether the break between two lines only obeys the margin."""
    start = following.lstrip()
    if not start or (BULLET.match(following) and not _day(start)):
        return False
    hyphenated = len(line) > 10 and bool(re.search(r"[a-zà-ÿ]-$", line)) and start[0].isalpha()
    if hyphenated:
        return True
    word = start.split(maxsplit=1)[0]
    if width and len(line) + 1 + len(word) > width and not (line.isupper() and not following.isupper()):
        return True
    unfinished = line[-1:] not in ".!?:;…»"
    if unfinished and start[0].islower():
        return len(line) > 40 or bool(_ENDS_OPEN.search(line))
    if unfinished and start[0].isdigit() and len(line) > 60:
        return True
    return bool(width) and not exact and unfinished and len(line) > 0.7 * width and not line.isupper()


def _day(words: str) -> bool:
    """« 30. April 2018 » at a line's start is a day, not an item."""
    numbered = re.match(r"\d{1,2}\.?\s+(\w+)", words)
    return numbered is not None and fold(numbered[1]) in MONTHS


def _runs_on(paragraph: str, following: str) -> bool:
    """Whether a blank line stands in the middle of a sentence."""
    last = paragraph.rsplit("\n", 1)[-1]
    return (
        len(last) > 40
        and following[:1].islower()
        and not BULLET.match(following)
        and (bool(_ENDS_OPEN.search(last)) or bool(re.search(r"[a-zà-ÿ]-$", last)))
    )
