"""Where sentences end, in prose, lists, headings and tables, hard-wrapped or not.

Four languages at once, by typography alone: knows nothing about words' meaning.
"""

from __future__ import annotations

import re
from itertools import pairwise

from store.folding import word_list
from store.records import Span

_BULLET = r"[•▪■◦●‣∙·*–—-]"
_LINES = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s*")
_STOP = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]+)"
    r"(?P<close>(?:[^\S\n]?[»”\"’')\]])*(?:[⁰¹²³⁴-⁹*]{1,3}|\[\d{1,3}\]|\(\d{1,2}\)|(?<=[^\W\d_][.!?])\d{1,2}(?=\s))?)"
    r"(?P<blank>\s+)(?=[^\s»”)\]])"
)
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿß]{3})[.!?][»”\"]?(?=[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ'’ ])")
_INLINE_BULLET = re.compile(r"(?<=\S)[^\S\n]+(?=[•▪■●‣][^\S\n]+\S)")
_ITEM = re.compile(rf"(?:{_BULLET}[^\S\n]+\S|[•▪■●‣]|\(?(?:\d{{1,2}}|[a-zA-Z]|[ivxIVX]{{1,4}})[.)][^\S\n]+\S)")
_LONE_BULLET = re.compile(rf"\s*{_BULLET}\s*")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@\w|www\.|https?:")
_NUMBERED = re.compile(r"(?:^|\n)[^\S\n]*(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})$")
_LEADING_BULLET = re.compile(rf"\s*(?:{_BULLET}[^\S\n]+|[•▪■●‣])\s*")

# Never end a sentence, whatever follows.
_TITLES = word_list(
    """m mm mme mmes mlle dr prof mgr st ste sts stes mr mrs ms capt lt maj rev vs cf z.b d.h u.a bzw ca vgl dipl lic
    sog evtl ggf resp env tél tel fax sigg sig.ra dott dott.ssa avv p.ex p.es e.g i.e av bd bld rte hrsg inkl insb geb
    frz engl ital arr"""
)
# The same, but ordinary words when in small letters.
_CAPITAL_TITLES = word_list("Me Col Gén Gen Sen Hon Gov On Sig Ing Ex Drs")
# End one only before a capital: they may close a sentence as well as introduce a figure.
_UNITS = word_list(
    """art al ch p pp vol fig let lit cap n no nos nr abs str hr fr frs chf mio mrd mia min max h etc usw ecc ss sv f ff
    ed éd suppl prov dép dept dpt inc ltd corp co éts para paras sect
    janv févr fév avr juil sept oct nov déc jan feb apr jun jul aug sep dec okt dez giu lug ott dic"""
)
_STARTERS = word_list(
    """le la les l un une des ce cet cette ces il ils elle elles on nous vous je en au aux à dans pour par avec selon
    depuis après lors afin mais or donc ainsi cependant toutefois de du d qui que si son sa ses leur leurs
    the a an this these it he she they we in on at for der die das ein eine sie er es wir im am dies diese
    il lo gli una nel nella per questo questa"""
)
_GERMAN_ORDINAL = word_list(
    "am der die das den dem des im vom zum bis beim ab seit und ins zur jeder jedes jeden ihr ihre ihrem sein"
)
_GERMAN_MONTHS = word_list("Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember")
_WORD_BEFORE = re.compile(r"[\w.’'-]+$")
_WORD_AFTER = re.compile(r"[«“\"„'’(\[\s]*([^\W_]+)")
# Prose set in lines: this share of them begins in small letters, none is narrower than
# this, and a line counts as full from this share of the widest.
_PROSE = 0.25
_WRAPPED = 40
_FILLED = 0.85


def sentences(text: str) -> list[Span]:
    """The sentences of a text, as spans that tile it; none is empty.

    Each holds the blanks that follow it, the first also those before it. List items,
    table rows, headings and paragraphs end sentences; the line breaks of hard-wrapped
    prose do not.
    """
    if not text:
        return []
    first = len(text) - len(text.lstrip())
    cuts = {cut for cut in _line_cuts(text) | _stop_cuts(text) if first < cut < len(text)}
    borders = [0, *sorted(cuts), len(text)]
    return [Span(start, end) for start, end in pairwise(borders)]


def trimmed(text: str, span: Span) -> Span:
    """The span without the blanks around it and without its leading bullet."""
    written = span.of(text)
    bullet = _LEADING_BULLET.match(written)
    start = bullet.end() if bullet and bullet.end() < len(written) else len(written) - len(written.lstrip())
    end = len(written.rstrip())
    return Span(span.start + start, span.start + max(start, end))


def _line_cuts(text: str) -> set[int]:
    """Where a line break ends a sentence."""
    breaks = list(_LINES.finditer(text))
    cuts = {found.end() for found in breaks if found[0].count("\n") > 1}
    single = len(breaks) - len(cuts)
    if not single:
        return cuts
    run_on = sum(text[found.end() : found.end() + 1].islower() for found in breaks if found.end() not in cuts)
    wrapped = run_on >= single * _PROSE
    block: list[tuple[int, int]] = []
    start = 0
    for found in breaks:
        block.append((start, found.start()))
        start = found.end()
        if start in cuts:
            cuts.update(_deliberate(text, block, wrapped))
            block = []
    block.append((start, len(text.rstrip())))
    return cuts | _deliberate(text, block, wrapped)


def _deliberate(text: str, block: list[tuple[int, int]], wrapped: bool) -> set[int]:
    """The line starts of a paragraph that its writer wanted, rather than the width of the page.

    A paragraph few of whose lines begin in small letters is rows, unless the whole text
    is `wrapped`.
    """
    if len(block) < 2:
        return set()
    lines = [text[start:end] for start, end in block]
    full = [len(line) for line, following in pairwise(lines) if following[:1].islower()]
    rows = not wrapped and len(full) < (len(lines) - 1) * _PROSE
    lengths = sorted(full) or [max(map(len, lines))]
    width = 0 if rows else lengths[(len(lengths) - 1) // 2]
    return {
        start
        for (line, following), (start, _) in zip(pairwise(lines), block[1:], strict=True)
        if not _runs_on(line, following, width)
    }


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether `following` goes on with the sentence of `line`, whose lines are `width` wide."""
    if not line or not following:
        return True
    if _LONE_BULLET.fullmatch(line):
        return True
    if _ITEM.match(following) or "\t" in line or "|" in line:
        return False
    if line[-1] in ":;!?…" or (line[-1] == "." and not _abbreviated(line[-40:-1], following[:40])):
        return False
    if line[-1] in ",-–'’(«/" or (following[0].islower() and not _ADDRESS.match(following)):
        return True
    if line.isupper() and not following.isupper():
        return False
    return width >= _WRAPPED and len(line) + 1 + len(following.split(None, 1)[0]) > width * _FILLED


def _stop_cuts(text: str) -> set[int]:
    """Where a full stop, question or exclamation mark ends a sentence."""
    cuts = {match.end() for match in _STOP.finditer(text) if _ends(text, match)}
    cuts.update(match.end() for match in _INLINE_BULLET.finditer(text))
    cuts.update(match.end() for match in _GLUED.finditer(text) if not _is_address(text, match.start()))
    return cuts


def _ends(text: str, match: re.Match[str]) -> bool:
    after = _WORD_AFTER.match(text, match.end("blank"))
    letter = after[1][0] if after else text[match.end()]
    if "\n\n" in match["blank"]:
        return True
    if letter.islower() and not _ITEM.match(text, match.end()):
        return False
    stop, before = match["stop"], text[max(0, match.start() - 40) : match.start()]
    if stop in ("…", "...") and before.endswith(("[", "(")):
        return False
    return not (stop == "." and not match["close"] and _abbreviated(before, text[match.end() : match.end() + 40]))


def _abbreviated(before: str, after: str) -> bool:
    """Whether the full stop between the two belongs to a word or a number."""
    found = _WORD_BEFORE.search(before)
    if found is None:
        return False
    word, following = found[0], _WORD_AFTER.match(after)
    next_word = following[1] if following else ""
    if _NUMBERED.search(before):
        return True
    bare = re.split(r"[’'-]", word)[-1]
    key = bare.lower()
    if key in _TITLES or bare in _CAPITAL_TITLES:
        return True
    if re.fullmatch(r"(?:[^\W\d_]\.)*[A-ZÀ-Þ]", bare):
        return not (next_word[:1].isupper() and next_word.lower() in _STARTERS)
    if key in _UNITS:
        return not next_word[:1].isupper()
    if re.fullmatch(r"\d{1,2}", word):
        previous = _WORD_BEFORE.search(before[: found.start()].rstrip())
        ordinal = previous is not None and previous[0].lower() in _GERMAN_ORDINAL
        return next_word in _GERMAN_MONTHS or (ordinal and next_word[:1].isupper())
    return False


def _is_address(text: str, stop: int) -> bool:
    """Whether the full stop stands inside an address of the web or of a mailbox."""
    start = max(text.rfind(" ", 0, stop), text.rfind("\n", 0, stop)) + 1
    token = text[start : start + 200].split(None, 1)[0]
    return bool(re.search(r"@|/|www|\.[\w-]+\.", token))
