"""What changed from one version of a release to the next, as HTML: words taken out, words put in.

How lines are broken is no change. Knows nothing of who looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import Messages
from store.records import Release

_PARAGRAPHS = re.compile(r"\n\s*\n")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LARGEST = 3_000_000
"""Words of one version times words of the other, that are compared word by word; else whole paragraphs are."""


def differences(before: Release, after: Release, say: Messages) -> Markup:
    """The facts that changed, then the paragraphs that did; those between are counted."""
    facts = Markup("").join(_fact(say(name), *values, say) for name, *values in _facts(before, after, say))
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
    """Paragraphs in place of others: word by word where there are as many, else taken as one text."""
    if len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield Markup("<p>{}</p>").format(_worded(one, other, say))
    elif not old or not new:
        for each in old:
            yield Markup("<p>{}</p>").format(_out(each, say))
        for each in new:
            yield Markup("<p>{}</p>").format(_in(each, say))
    else:
        yield Markup("<p>{}</p>").format(_worded("\n".join(old), "\n".join(new), say))


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
