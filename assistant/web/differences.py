"""What changed from one version of a release to the next, as HTML: words taken out, words put in.

How lines are broken is no change. Knows nothing of who looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import Messages
from store.records import Release

_PARAGRAPHS = re.compile(r"\n\s*\n")
_WORDS = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*|[^\W\d]\w*(?:-\w+)*|\s+|[^\s]")
"""A figure is one word, decimals and all, and so is a word with hyphens."""
LEAST_ALIKE = 0.3
MOST_PAIRS = 10_000
"""Of paragraphs, compared each with each; more are taken in their order."""
LARGEST = 1_000_000
"""Words of one version times words of the other, that are compared word by word; else whole paragraphs are."""


def differences(before: Release, after: Release, say: Messages) -> Markup:
    """The facts that changed, then the paragraphs that did; those between are counted."""
    facts = Markup("").join(_fact(say(name), old, new, say) for name, old, new in _facts(before, after, say))
    listed = Markup("<dl>{}</dl>").format(facts) if facts else Markup("")
    changed = Markup("").join(_text(before.text, after.text, say))
    if not facts and not changed:
        return Markup('<p class="unchanged">{}</p>').format(say("no_differences"))
    return Markup('{}<div class="changed" lang="{}">{}</div>').format(listed, after.language, changed)


def _facts(before: Release, after: Release, say: Messages) -> Iterator[tuple[str, str, str]]:
    for name, old, new in (
        ("fact_title", before.title, after.title),
        ("fact_issuer", before.issuer or "", after.issuer or ""),
        ("fact_published", _day(before, say), _day(after, say)),
        ("fact_embargo", _embargo(before, say), _embargo(after, say)),
        ("fact_place", before.place or "", after.place or ""),
    ):
        if wording.on_one_line(old) != wording.on_one_line(new):
            yield name, wording.on_one_line(old), wording.on_one_line(new)


def _day(release: Release, say: Messages) -> str:
    return wording.day(release.published, say)


def _embargo(release: Release, say: Messages) -> str:
    return moment(release.embargo, say) if release.embargo else ""


def moment(when: datetime, say: Messages) -> str:
    """« 6 mai 2025 à 10 h », by the clock of Paris."""
    local = when.astimezone(wording.PARIS)
    return say("day_at_time", day=wording.day(local.date(), say), time=wording.time(local, say))


def _fact(name: str, old: str, new: str, say: Messages) -> Markup:
    gone, come = _out(old, say) if old else Markup(""), _in(new, say) if new else Markup("")
    return Markup("<dt>{}</dt><dd>{} {}</dd>").format(name, gone, come)


def _text(before: str, after: str, say: Messages) -> Iterator[Markup]:
    """The paragraphs that changed, each with its words marked."""
    old, new = _paragraphs(before), _paragraphs(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Markup('<p class="unchanged">{}</p>').format(say.counted("unchanged", b - a))
        else:
            yield from _replaced(old[a:b], new[c:d], say)


def _paragraphs(text: str) -> list[str]:
    return [shown for each in _PARAGRAPHS.split(text) if (shown := wording.on_one_line(each))]


def _replaced(old: list[str], new: list[str], say: Messages) -> Iterator[Markup]:
    """Paragraphs in place of others: those that resemble each other word by word, the others whole."""
    for one, other in _paired(old, new):
        if one and other:
            yield Markup("<p>{}</p>").format(_worded(one, other, say))
        else:
            yield Markup("<p>{}</p>").format(_out(one, say) if one else _in(other, say))


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph with the one it became, in order, as alike in all as they can be; "" where there is none."""
    if len(old) * len(new) > MOST_PAIRS:
        yield from zip_longest(old, new, fillvalue="")
        return
    before, after = ([frozenset(_WORDS.findall(each)) for each in texts] for texts in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _alike(before[i], after[j]))
    i = j = 0
    while i < len(old) or j < len(new):
        alike = _alike(before[i], after[j]) if i < len(old) and j < len(new) else 0.0
        if alike and best[i][j] == best[i + 1][j + 1] + alike:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            yield old[i], ""
            i += 1
        else:
            yield "", new[j]
            j += 1


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of their words that two paragraphs share, 0 where it is too small for one to have become the other."""
    share = len(one & other) / max(1, len(one | other))
    return share if share >= LEAST_ALIKE else 0.0


def _worded(old: str, new: str, say: Messages) -> Markup:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > LARGEST:
        return _out(old, say) + " " + _in(new, say)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return Markup("").join(_piece(kind, before[a:b], after[c:d], say) for kind, a, b, c, d in _joined(matcher, before))


def _joined(matcher: SequenceMatcher[str], before: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The matcher's pieces; a lone blank between two changes belongs to them, or each word would be one of its own."""
    held: tuple[str, int, int, int, int] | None = None
    pieces = matcher.get_opcodes()
    for n, (kind, a, b, c, d) in enumerate(pieces):
        blank = kind == "equal" and held is not None and n + 1 < len(pieces) and "".join(before[a:b]).isspace()
        if kind == "equal" and not blank:
            if held is not None:
                yield held
                held = None
            yield kind, a, b, c, d
        else:
            held = ("replace", held[1] if held else a, b, held[3] if held else c, d)
    if held is not None:
        yield held


def _piece(kind: str, old: list[str], new: list[str], say: Messages) -> Markup:
    gone, come = "".join(old), "".join(new)
    if kind == "equal":
        return Markup("{}").format(come)
    taken = _out(gone, say) if gone.strip() else Markup("")
    put = _in(come, say) if come.strip() else Markup("{}").format(come)
    between = " " if taken and come.strip() else ""
    return taken + between + put


def _out(words: str, say: Messages) -> Markup:
    """Words taken out; a screen reader is told where they begin."""
    return Markup('<del><span class="aloud">{} </span>{}</del>').format(say("taken_out"), words)


def _in(words: str, say: Messages) -> Markup:
    return Markup('<ins><span class="aloud">{} </span>{}</ins>').format(say("put_in"), words)
