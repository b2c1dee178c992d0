"""The head of a communiqué: letterhead, banner, dateline, rubric, title, subtitle, up to where the body begins.

Knows the forms press offices use, not what the file said beside the text: that is joined
in communique.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ingest.parser.dateline import is_place
from ingest.parser.head import Masthead, TopLines, note_issuers, note_place
from ingest.parser.letterhead import WEAK, Heading, ends_open, is_organisation, is_sentence, is_unit, parts_of, weigh
from ingest.parser.lines import Line, evenly_folded, lines
from ingest.parser.toplines import LONGEST_TITLE, SENTENCES, collect
from ingest.parser.vocabulary import SUBJECT
from store.folding import fold
from store.records import Span

_LONG_SUBTITLE = 80


def read_masthead(
    text: str,
    near: date | Callable[[], date],
    titled: str | None = None,
    issued: str | None = None,
    *,
    printed: bool = False,
    dated: bool = False,
) -> Masthead:
    """The head of a release. `near` completes a dateline without year.

    `titled` and `issued` are a title and an issuer known already, `dated` that the day is;
    `printed`: the text comes from pages, where a title's lines follow each other.
    """
    head = Masthead()
    met = TopLines()
    rest = collect(text, head, met, near)
    headings = _with_neighbours(text, met)
    below = _take_title(text, head, headings, titled) if titled is not None else 0
    _place_beside(text, head, met, headings, rest, spare=titled is None, dated=dated)
    _issue(text, head, headings, rest, issued, spare=titled is None and "title" not in head.spans)
    if titled is None:
        _entitle(text, head, headings, -1 if met.banner is None else met.banner, rest, printed=printed)
    else:
        _beside_title(text, head, headings, max(below, met.last_mark))
    return head


def _with_neighbours(text: str, met: TopLines) -> list[Heading]:
    """The headings, each knowing whether another one stands right after it."""
    headings = []
    for number, heading in enumerate(met.headings):
        following = met.headings[number + 1].line.start if number + 1 < len(met.headings) else len(text)
        apart = bool(text[heading.line.end : following].strip())
        headings.append(Heading(heading.line, heading.opens, apart))
    return headings


def _place_beside(
    text: str, head: Masthead, met: TopLines, headings: list[Heading], rest: int, *, spare: bool, dated: bool
) -> None:
    """A place that stands on a line of its own beside the day, or alone where the day is told elsewhere."""
    if head.place is not None:
        return
    after = headings if "letterhead" in head.spans else headings[1:]
    around = _beside(text, met.dates[0][1], headings) if met.dates else [(each, False) for each in after]
    for heading, tight in around:
        words = heading.line.text
        if not is_place(words) or is_organisation(words) or len(words.split()) > 7 or SUBJECT.search(fold(words)):
            continue
        alone = len(headings) > spare and not heading.line.shouted and (len(words.split()) <= 3 or "," in words)
        if tight or (alone and (met.dates or dated)) or _stands_as_place(text, words, rest):
            note_place(text, head, Span(heading.line.start, heading.line.end))
            headings.remove(heading)
            return


def _beside(text: str, dated: Line, headings: list[Heading]) -> list[tuple[Heading, bool]]:
    """The headings next to the day's line, those set tight to it first, and whether they are."""
    found = []
    for heading in headings:
        first, second = sorted((heading.line, dated), key=lambda line: line.start)
        if not text[first.end : second.start].strip():
            found.append((heading, not second.after_gap))
    return sorted(found, key=lambda each: (not each[1], each[0].line.start < dated.start))


def _stands_as_place(text: str, words: str, rest: int) -> bool:
    """« à Lyon », « 3003 Berne »: whether the text below speaks of these words as of a place."""
    return bool(
        re.search(rf"(?:\b[àÀ]|\bin|\bde|\d{{4,5}}) {re.escape(words)}\b", text[rest : rest + 20_000], re.IGNORECASE)
    )


def _issue(text: str, head: Masthead, headings: list[Heading], rest: int, issued: str | None, *, spare: bool) -> None:
    """The letterhead among the headings, and who signs with it; one heading is spared for the title."""
    if "letterhead" in head.spans:
        return
    known = evenly_folded(issued) if issued else None
    weighed = []
    for number, heading in enumerate(headings):
        weight = weigh(heading, text, rest) if known is None else 9 * (heading.line.folded == known)
        continues = number > 0 and _unfinished(headings[number - 1].line.text)
        weighed.append((weight - 5 * (is_unit(heading.line.folded) or continues), -number))
    best, number = max(weighed, default=(0, 0))
    if not headings or best < (WEAK if len(headings) > spare else WEAK + 2):
        return
    first, last = _group(headings, -number, text, spare=spare)
    spans = [
        (a + line.start, b + line.start)
        for line in (each.line for each in headings[first:last])
        for a, b in parts_of(line.text)
    ]
    note_issuers(text, head, spans)
    del headings[first:last]


def _group(headings: list[Heading], at: int, text: str, *, spare: bool) -> tuple[int, int]:
    """The headings set as one block around the issuer at `at` that sign with it, when a title is left."""
    if not is_organisation(headings[at].line.text):
        return at, at + 1
    first, last = at, at + 1
    while first and len(headings) - (last - first) > spare and _signs(headings[first], headings[first - 1], text):
        first -= 1
    while not is_organisation(headings[first].line.text):
        first += 1
    end = last
    while (
        end < len(headings)
        and len(headings) - (end + 1 - first) >= spare
        and _signs(headings[end], headings[end - 1], text)
    ):
        end += 1
        last = end if is_organisation(headings[end - 1].line.text) else last
    return first, last


def _signs(heading: Heading, above: Heading, text: str) -> bool:
    """Whether a heading is set in one block with the one above it, and neither says something."""
    line = heading.line
    beside = not text[above.line.end : line.start].strip() and (
        not line.after_gap or is_organisation(line.text) or len(line.text.split()) <= 4
    )
    names = not any(
        (is_sentence(each.text) and not is_organisation(each.text))
        or is_unit(each.folded)
        or len(each.text.split()) > 16
        for each in (line, above.line)
    )
    return beside and names and not re.search(r"\d", line.text)


def _take_title(text: str, head: Masthead, headings: list[Heading], titled: str) -> int:
    """Take a known title out of the headings where it stands among them; where it ends is returned."""
    wanted = _words(titled)
    for number in range(len(headings)):
        for count in (1, 2, 3):
            block = [each.line for each in headings[number : number + count]]
            if " ".join(_words(line.text) for line in block) == wanted:
                head.title = titled
                head.spans["title"] = Span(block[0].start, block[-1].end)
                del headings[number : number + count]
                return block[-1].end
    return 0


def _words(text: str) -> str:
    return " ".join(evenly_folded(text).split())


def _beside_title(text: str, head: Masthead, headings: list[Heading], below: int) -> None:
    """Rubric above a known title, subtitle or body under it (from `below` on)."""
    above = [each.line for each in headings if each.line.start < below]
    if above and _is_rubric(above[-1]) and not is_unit(above[-1].folded) and not headings[0].opens:
        head.set("rubric", text, above[-1].start, above[-1].end)
    under = [each.line for each in headings if each.line.start >= below]
    if under and "rubric" not in head.spans and _is_rubric(under[0]) and SUBJECT.search(under[0].folded):
        head.set("rubric", text, under[0].start, under[0].end)
        under = under[1:]
    _below_title(text, head, under)


def _entitle(text: str, head: Masthead, headings: list[Heading], banner: int, rest: int, *, printed: bool) -> None:
    """Rubric, title and subtitle among the headings that are left; the body begins after them."""
    after = [each for each in headings if each.line.start > banner]
    if "letterhead" not in head.spans and after and headings[0].line.start < banner:
        first = headings[0].line
        head.set("letterhead", text, first.start, first.end)
    if "title" in head.spans:
        return
    candidates = [
        each.line for each in after or headings if not is_unit(each.line.folded) or len(headings) == 1 or after
    ]
    if not candidates:
        _promote(text, head, rest)
        return
    if len(candidates) > 1 and "rubric" not in head.spans and _heads(candidates[0], candidates[1]):
        head.set("rubric", text, candidates[0].start, candidates[0].end)
        candidates = candidates[1:]
    used = _set_title(text, head, candidates, printed=printed)
    _below_title(text, head, candidates[used:])


def _set_title(text: str, head: Masthead, candidates: list[Line], *, printed: bool) -> int:
    """Note the title, set over several lines or one; how many lines it took."""
    title, used = candidates[0], 1
    words = title.text
    for line in candidates[1:5]:
        apart = text[candidates[used - 1].end : line.start].strip()
        capitals = line.shouted and title.shouted
        rest = printed and len(words) > 40 and len(line.text) < 20 and len(line.text.split()) < 3
        rest = rest or _written_together(words, line.text, text[line.end : line.end + 20_000])
        beside = rest or (capitals and printed) or (not line.after_gap and (printed or capitals))
        goes_on = line.text[0].islower() or (line.text[0].isdigit() and len(line.text) < 25)
        goes_on = goes_on or bool(re.match(r"(?:19|20)\d\d\b", line.text) and re.search(r"\d \w{3,9}$", words))
        if apart or not (beside or goes_on or _unfinished(words)):
            break
        words, used = f"{words} {line.text}", used + 1
    head.title = words
    head.spans["title"] = Span(title.start, candidates[used - 1].end)
    return used


def _written_together(first: str, second: str, below: str) -> bool:
    """Whether the text below writes the last word of one line and the first of the next side by side."""
    last, following = first.split()[-1], second.split()[0].strip(",.:;")
    return last[0].isupper() and following[0].isupper() and f"{last} {following}" in " ".join(below.split())


def _unfinished(words: str) -> bool:
    """Whether a line must go on: it ends on an article, a colon, or within quotation marks."""
    opened = words.count("«") > words.count("»") or words.count("(") > words.count(")")
    return opened or words[-1] == ":" or ends_open(words)


def _below_title(text: str, head: Masthead, below: list[Line]) -> None:
    """A subtitle, or the body that begins with a short line."""
    if not below:
        return
    first = below[0]
    named = is_organisation(first.text) and not re.match(r"(?:L[ae]s?\s|L[’'])", first.text)
    closed = first.text[-1] in ".…:" or named
    if closed or len(first.text) > _LONG_SUBTITLE or len(below) > 2:
        head.body = first.start
        return
    head.set("subtitle", text, first.start, first.end)
    if len(below) > 1:
        head.body = below[1].start


def _promote(text: str, head: Masthead, rest: int) -> None:
    """A title that reads like a sentence: the first line of what seemed the body, when more follows."""
    following = list(zip(range(2), lines(text, rest), strict=False))
    if len(following) < 2:
        return
    first, second = following[0][1], following[1][1]
    single = not re.search(SENTENCES, re.sub(r"[«“][^»”]*[»”]", "", first.text))
    if first.start == head.body and single and len(first.text) <= LONGEST_TITLE and len(second.text) > 40:
        head.title = first.text
        head.spans["title"] = Span(first.start, first.end)
        head.body = second.start


def _is_rubric(line: Line) -> bool:
    words = len(line.text.split())
    said = ends_open(line.text) or re.match(r"(?:l[ae]s?|une?|der|die|das|the) ", line.folded)
    return (
        not said
        and len(line.text) <= 48
        and words <= (6 if line.shouted else 3)
        and not re.search(r"\d|[:!?.]", line.text)
    )


def _heads(rubric: Line, title: Line) -> bool:
    """Whether a heading is the rubric of the one below it, not its first line."""
    if not _is_rubric(rubric) or len(title.text) <= len(rubric.text) or title.text[-1] == ".":
        return False
    if rubric.shouted and title.shouted and not title.after_gap:
        return SUBJECT.search(rubric.folded) is not None
    return title.text[0].isupper() or (title.text[0] in "«“0123456789" and rubric.shouted)
