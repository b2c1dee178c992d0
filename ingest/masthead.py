"""The head of a communiqué: letterhead, banner, dateline, rubric, title, subtitle, up to where the body begins.

Knows the forms press offices use, not what the file said beside the text: that is joined
in communique.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ingest.corrections import announces_correction
from ingest.dateline import Dateline, is_place, read_dateline, wired_place
from ingest.embargo import speaks_of_embargo
from ingest.letterhead import WEAK, Heading, is_organisation, is_sentence, is_unit, joint, parts_of, weigh
from ingest.lines import Line, lines
from ingest.vocabulary import BANNER
from store.dates import impossible_dates
from store.folding import fold
from store.records import Span

_FURNITURE = re.compile(
    r"(?:publie|mis a jour|mise en ligne|modifie|date|le|du|lecture|imprimer|partager|telecharger|page)\b.{0,24}"
)
_REFERENCE = re.compile(
    r"(?:communique |cp |dossier )?(?:ref(?:erence)?s?|n[°º]|nr|no|numero|reference number|our ref)\.?[\s:°]*"
    r"(?P<reference>[\w/.-]*\d[\w/.-]*(?: ?[/-] ?\w+)?)"
)
_REFERRED = re.compile(
    r"[\s|,–—-]*\(?(?:ref(?:erence)?\.?|n[°º])[\s.:°]*(?P<reference>[\w/.-]*\d[\w/.-]*)\)?[\s|,–—-]*"
)
_LABELS = re.compile(
    r"(?:(?P<issuer>(?:organisme |service |institution |entite )?emett(?:eur|rice)s?|expediteur|issue[rd](?: by)?|"
    r"herausgeber(?:in)?|absender(?:in)?|emittente|mittente|organisme|organisation|source|publie par|de la part de)"
    r"|(?P<co_issuer>co-?emetteurs?|avec|en partenariat avec|cosignataires?)"
    r"|(?P<title>titre|objet|sujet|title|subject|betreff|titel|oggetto|titolo)"
    r"|(?P<subtitle>sous-titre|subtitle|untertitel)"
    r"|(?P<place>lieu|place|ort|luogo)"
    r"|(?P<rubric>rubrique|categorie|theme|thematique|category|topic|rubrik|thema)"
    r"|(?P<lead>chapeau|chapo|resume|lead)"
    r"|(?P<other>langue|language|sprache|diffusion|destinataires?|statut|version|contact presse|auteur|mots[- ]cles))"
    r"\s*:\s*(?P<value>\S.*)"
)
_ENDS_OPEN = re.compile(
    r"(?:[,:]|\b(?:de|du|des|d['’]|la|le|les|l['’]|un|une|à|a|au|aux|et|ou|en|pour|par|sur|dans|avec|sans|que|qui|the|of"
    r"|and|to|in|for|with|der|die|das|und|von|für|mit|zu|im|den|dem|di|del|della|e|per|il|lo|i))$",
    re.IGNORECASE,
)
_SENTENCES = r"[a-zà-ÿ»)]{2}[.!?…] [A-ZÀ-Þ«]"
_LONGEST_HEAD = 18
_LONGEST_TITLE = 280
_SHORT_SENTENCE = 60
_LONG_SUBTITLE = 80


@dataclass(slots=True)
class Masthead:
    """What the first lines say; `body` is where the text proper begins.

    Values as written; `spans` say where each stands, by the name of its field. `sure`: the
    letterhead reads like an issuer, not merely a first line. `corrects` is the line that
    announces a correction.
    """

    published: date | None = None
    place: str | None = None
    rubric: str | None = None
    title: str | None = None
    subtitle: str | None = None
    letterhead: str | None = None
    sure: bool = False
    co_issuers: tuple[str, ...] = ()
    reference: str | None = None
    embargo: str | None = None
    corrects: str | None = None
    body: int = 0
    doubts: list[str] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    def set(self, name: str, text: str, start: int, end: int) -> None:
        """Note a value where none is noted yet."""
        if name not in self.spans:
            setattr(self, name, text[start:end])
            self.spans[name] = Span(start, end)


@dataclass(slots=True)
class _Lines:
    """The head's lines as they are met: `headings` still to be told apart, `marks` what else was met where."""

    headings: list[Heading] = field(default_factory=list)
    banner: int | None = None
    first_mark: int | None = None
    dates: list[tuple[int, Line, bool]] = field(default_factory=list)
    last: int = 0


def read_masthead(
    text: str, near: date | Callable[[], date], titled: str | None = None, issued: str | None = None
) -> Masthead:
    """The head of a release. `near` completes a dateline without year.

    `titled` and `issued` are a title and an issuer known already.
    """
    head = Masthead()
    met = _Lines()
    rest = _collect(text, head, met, near)
    headings = _with_neighbours(text, met)
    _place_beside(text, head, met, headings, rest)
    _issue(text, head, headings, rest, issued)
    _entitle(text, head, headings, met, titled, rest)
    return head


def _collect(text: str, head: Masthead, met: _Lines, near: date | Callable[[], date]) -> int:
    """Walk to the first line of prose; where it starts (or the wire's text in it) is returned."""
    for number, line in enumerate(lines(text)):
        head.body = line.start
        taken = _take(text, line, number, head, met, near)
        if taken == "body":
            return line.start
        if taken is None:
            if number >= _LONGEST_HEAD or not _is_heading(line):
                wired = wired_place(line.text) if "published" in head.spans or met.headings else None
                if wired and head.place is None:
                    _note_place(text, head, Span(line.start + wired[0].start, line.start + wired[0].end))
                    head.body = line.start + wired[1]
                return line.start
            _add(met, Heading(_without_banner(line), met.first_mark is None, apart=False))
        elif taken != "furniture":
            met.first_mark = number if met.first_mark is None else met.first_mark
        met.last = line.end
        head.body = line.end
    return len(text)


def _add(met: _Lines, heading: Heading) -> None:
    """One more heading; a running head that only says it before gives way."""
    words = heading.line.folded
    met.headings = [
        each for each in met.headings if each.line.folded != words[: max(len(each.line.folded), _SHORT_SENTENCE)]
    ]
    met.headings.append(heading)


def _without_banner(line: Line) -> Line:
    """« Ville de X – Service de presse » without what is no name."""
    parts = list(re.finditer(r"(?:[^\s]|\s(?![–—|•·-]\s))+", line.text))
    if not 2 <= len(parts) <= 3:
        return line
    names = [part for part in parts if not _says_press(fold(part[0].strip(" –—|•·-")))]
    if len(names) != 1 or len(names[0][0].split()) > 14:
        return line
    words = names[0][0].strip(" –—|•·-")
    start = line.start + names[0].start() + names[0][0].index(words)
    return Line(words, start, start + len(words), line.after_gap)


def _says_press(folded: str) -> bool:
    return is_unit(folded) or BANNER.fullmatch(folded) is not None


def _take(
    text: str, line: Line, number: int, head: Masthead, met: _Lines, near: date | Callable[[], date]
) -> str | None:
    """What a line is, its value noted in `head`; None for a heading or the body."""
    folded, plain = line.folded, line.text
    if len(plain) < 200 and speaks_of_embargo(plain):
        head.set("embargo", text, line.start, line.end)
        return "embargo"
    if len(plain) < 250 and announces_correction(plain):
        head.set("corrects", text, line.start, line.end)
        if len(plain.split()) <= 3 or not re.match(
            r"(?:rectificati|erratum|correcti|corrigendum|berichti)\w*\s*[:–—-]", folded
        ):
            return "correction"
    if len(plain) < 400 and _labelled(text, line, head):
        return "label"
    if number and re.match(r"\(?(?:fait|donne|done) (?:a|le|at) ", folded):
        return "body"
    if re.search(r"\d", plain):
        dated = _dated(text, line, number, head, met, near)
        if dated is not None:
            return dated
    banner = BANNER.match(folded)
    if banner is not None and len(plain) < 160:
        return _bannered(text, line, banner.end(), head, met, number)
    if len(plain) < 30 and _FURNITURE.fullmatch(folded) and not line.shouted and plain[-1] not in ".!?":
        return "furniture"
    return None


def _dated(
    text: str, line: Line, number: int, head: Masthead, met: _Lines, near: date | Callable[[], date]
) -> str | None:
    folded = line.folded
    reference = _REFERENCE.fullmatch(folded.strip())
    if reference and len(line.text) < 60 and len(folded) == len(line.text):
        head.set("reference", text, line.start + reference.start("reference"), line.end)
        return "reference"
    if len(line.text) < 60 and impossible_dates(line.text):
        head.doubts.append(f"date qui n'existe pas : « {line.text[:80]} »")
        return "date"
    if head.published is not None:
        return "date" if len(line.text) < 60 and read_dateline(line.text, head.published) else None
    dateline = read_dateline(line.text, date(2000, 1, 1))
    if dateline is not None and not dateline.mention.year_given:
        dateline = read_dateline(line.text, near() if callable(near) else near)
    if dateline is None:
        return None
    _date(text, line, head, dateline)
    met.dates.append((number, line, dateline.place is not None))
    if dateline.body is not None:
        head.body = line.start + dateline.body
        return "body"
    if BANNER.match(folded):
        met.banner = number if met.banner is None else met.banner
    return "date"


def _bannered(text: str, line: Line, end: int, head: Masthead, met: _Lines, number: int) -> str | None:
    """A banner, alone or with the reference or the issuers after it; None for a title that begins like one."""
    rest = line.folded[end:].strip(" .:–—-|/")
    same = len(line.folded) == len(line.text)
    referred = _REFERRED.fullmatch(line.folded[end:]) if rest else None
    if referred and same:
        start = line.start + end + referred.start("reference")
        head.set("reference", text, start, start + len(referred["reference"]))
        rest = ""
    if rest and same:
        names = joint(line.text, end)
        if not names:
            return None
        _issuers(text, head, [(line.start + a, line.start + b) for a, b in names], sure=True)
    elif rest:
        return None
    met.banner = number if met.banner is None else met.banner
    return "banner"


def _labelled(text: str, line: Line, head: Masthead) -> bool:
    match = _LABELS.fullmatch(line.folded)
    if match is None or len(line.folded) != len(line.text):
        return False
    name = match.lastgroup if match.lastgroup != "value" else None
    name = name or next(key for key, value in match.groupdict().items() if value and key != "value")
    start = line.start + match.start("value")
    if name == "issuer":
        parts = parts_of(text[start : line.end])
        _issuers(text, head, [(start + a, start + b) for a, b in parts], sure=True)
    elif name == "co_issuer":
        head.co_issuers = (*head.co_issuers, text[start : line.end])
    elif name != "other" and name != "lead":
        head.set(name, text, start, line.end)
    return True


def _issuers(text: str, head: Masthead, spans: list[tuple[int, int]], *, sure: bool) -> None:
    if "letterhead" in head.spans:
        return
    head.set("letterhead", text, *spans[0])
    head.sure = sure
    head.co_issuers = tuple(text[a:b] for a, b in spans[1:])


def _date(text: str, line: Line, head: Masthead, dateline: Dateline) -> None:
    mention = dateline.mention
    head.published = mention.period.first
    head.spans["published"] = Span(line.start + mention.start, line.start + mention.end)
    if dateline.placed is not None:
        _note_place(text, head, Span(line.start + dateline.placed.start, line.start + dateline.placed.end))
    if not mention.year_given:
        head.doubts.append(f"année absente de la date, supposée : {mention.period.first:%Y}")
    if head.published and mention.weekday is not None and mention.weekday != head.published.weekday():
        head.doubts.append("le jour de la semaine ne correspond pas à la date")


def _note_place(text: str, head: Masthead, span: Span) -> None:
    head.set("place", text, span.start, span.end)


def _is_heading(line: Line) -> bool:
    """Whether a line may be letterhead, rubric, title or subtitle rather than prose."""
    if re.match(r"[-•●–*]\s|[•●]", line.text) or len(line.text) > _LONGEST_TITLE:
        return False
    closed = line.text[-1] in ".…"
    if line.text[0] == "«" and closed:
        return False
    inner = re.search(_SENTENCES, re.sub(r"[«“][^»”]*[»”]", "", line.text))
    return line.shouted or len(line.text) < _SHORT_SENTENCE or (not closed and not (inner and len(line.text) > 120))


def _with_neighbours(text: str, met: _Lines) -> list[Heading]:
    """The headings, each knowing whether another one stands right after it."""
    headings = []
    for number, heading in enumerate(met.headings):
        following = met.headings[number + 1].line.start if number + 1 < len(met.headings) else len(text)
        apart = bool(text[heading.line.end : following].strip())
        headings.append(Heading(heading.line, heading.opens, apart))
    return headings


def _place_beside(text: str, head: Masthead, met: _Lines, headings: list[Heading], rest: int) -> None:
    """A place that stands on a line of its own beside the day."""
    if head.place is not None or not met.dates:
        return
    _, dated, _ = met.dates[0]
    around = [
        each for each in headings if not text[min(each.line.end, dated.end) : max(each.line.start, dated.start)].strip()
    ]
    around.sort(
        key=lambda each: (
            each.line.after_gap if each.line.start > dated.start else dated.after_gap,
            each.line.start < dated.start,
        )
    )
    for heading in around:
        words = heading.line.text
        if not is_place(words) or is_organisation(words) or len(words.split()) > 7:
            continue
        tight = not (heading.line.after_gap if heading.line.start > dated.start else dated.after_gap)
        if tight or _stands_as_place(text, words, rest):
            _note_place(text, head, Span(heading.line.start, heading.line.end))
            headings.remove(heading)
            return


def _stands_as_place(text: str, words: str, rest: int) -> bool:
    """« à Lyon », « 3003 Berne »: whether the text below speaks of these words as of a place."""
    return bool(
        re.search(rf"(?:\b[àÀ]|\bin|\bde|\d{{4,5}}) {re.escape(words)}\b", text[rest : rest + 20_000], re.IGNORECASE)
    )


def _issue(text: str, head: Masthead, headings: list[Heading], rest: int, issued: str | None) -> None:
    """The letterhead among the headings, and who signs with it."""
    if "letterhead" in head.spans:
        return
    known = fold(issued) if issued else None
    weighed = [
        (weigh(heading, text, rest) if known is None else 9 * (heading.line.folded == known), -number)
        for number, heading in enumerate(headings)
    ]
    weighed = [(weight - 5 * is_unit(headings[-n].line.folded), n) for weight, n in weighed]
    best, number = max(weighed, default=(0, 0))
    enough = WEAK if len(headings) > 1 else WEAK + 2
    if not headings or best < enough:
        return
    first, last = _group(headings, -number, text)
    spans = [
        (a + line.start, b + line.start)
        for line in (each.line for each in headings[first:last])
        for a, b in parts_of(line.text)
    ]
    _issuers(text, head, spans, sure=True)
    del headings[first:last]


def _group(headings: list[Heading], at: int, text: str) -> tuple[int, int]:
    """The headings set as one block around the issuer at `at` that sign with it, when a title is left."""
    if not is_organisation(headings[at].line.text):
        return at, at + 1
    first, last = at, at + 1
    while first and len(headings) - (last - first) > 1 and _signs(headings[first], headings[first - 1], text):
        first -= 1
    while not is_organisation(headings[first].line.text):
        first += 1
    end = last
    while (
        end < len(headings) and len(headings) - (end + 1 - first) > 0 and _signs(headings[end], headings[end - 1], text)
    ):
        end += 1
        last = end if is_organisation(headings[end - 1].line.text) else last
    return first, last


def _signs(heading: Heading, above: Heading, text: str) -> bool:
    """Whether a heading is set in one block with the one above it, and neither says something."""
    line = heading.line
    beside = not text[above.line.end : line.start].strip() and (
        not line.after_gap or (heading.opens and is_organisation(line.text))
    )
    names = not any(
        is_sentence(each.text) or is_unit(each.folded) or len(each.text.split()) > 16 for each in (line, above.line)
    )
    return beside and names and not re.search(r"\d", line.text)


def _entitle(text: str, head: Masthead, headings: list[Heading], met: _Lines, titled: str | None, rest: int) -> None:
    """Rubric, title and subtitle among the headings that are left; the body begins after them."""
    after = [each for each in headings if not each.opens]
    if "letterhead" not in head.spans and after and headings[0].opens and len(headings) > 1:
        first = headings[0].line
        head.set("letterhead", text, first.start, first.end)
    units = [each for each in headings if not is_unit(each.line.folded) or len(headings) == 1]
    candidates = [each.line for each in (after or headings) if each in units or each in after]
    if titled is not None:
        _known_title(text, head, candidates or [each.line for each in headings], titled)
        return
    if "title" in head.spans:
        return
    if not candidates:
        _promote(text, head, rest)
        return
    if (
        len(candidates) > 1
        and "rubric" not in head.spans
        and _is_rubric(candidates[0])
        and _outweighs(candidates[1], candidates[0])
    ):
        head.set("rubric", text, candidates[0].start, candidates[0].end)
        candidates = candidates[1:]
    used = _set_title(text, head, candidates)
    _below_title(text, head, candidates[used:])


def _known_title(text: str, head: Masthead, candidates: list[Line], titled: str) -> None:
    wanted = " ".join(fold(titled).split())
    for number, line in enumerate(candidates):
        for count in (1, 2, 3):
            block = candidates[number : number + count]
            if " ".join(" ".join(each.folded.split()) for each in block) == wanted:
                head.title = titled
                head.spans["title"] = Span(line.start, block[-1].end)
                if number and _is_rubric(candidates[number - 1]):
                    rubric = candidates[number - 1]
                    head.set("rubric", text, rubric.start, rubric.end)
                _below_title(text, head, candidates[number + len(block) :])
                return
    if len(candidates) > 1 and _is_rubric(candidates[0]):
        head.set("rubric", text, candidates[0].start, candidates[0].end)


def _set_title(text: str, head: Masthead, candidates: list[Line]) -> int:
    """Note the title, set over several lines or one; how many lines it took."""
    title, used = candidates[0], 1
    words = title.text
    for line in candidates[1:4]:
        blank = text[candidates[used - 1].end : line.start]
        neighbour = not line.after_gap and not blank.strip()
        both_capitals = neighbour and line.shouted and title.shouted
        runs_on = neighbour and (line.text[0].islower() or bool(_ENDS_OPEN.search(words)))
        if blank.strip() or not (both_capitals or runs_on or words.endswith(":") or line.text[0].islower()):
            break
        words, used = f"{words} {line.text}", used + 1
    head.title = words
    head.spans["title"] = Span(title.start, candidates[used - 1].end)
    return used


def _below_title(text: str, head: Masthead, below: list[Line]) -> None:
    """A subtitle, or the body that begins with a short line."""
    if not below:
        return
    first = below[0]
    closed = first.text[-1] in ".…" or is_organisation(first.text)
    if closed or len(first.text) > _LONG_SUBTITLE:
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
    single = not re.search(_SENTENCES, re.sub(r"[«“][^»”]*[»”]", "", first.text))
    if first.start == head.body and single and len(first.text) <= _LONGEST_TITLE and len(second.text) > 40:
        head.title = first.text
        head.spans["title"] = Span(first.start, first.end)
        head.body = second.start


def _is_rubric(line: Line) -> bool:
    words = len(line.text.split())
    open_ended = _ENDS_OPEN.search(line.text) is not None
    return (
        not open_ended
        and len(line.text) <= 48
        and words <= (6 if line.shouted else 3)
        and not re.search(r"\d|[:!?.]", line.text)
    )


def _outweighs(title: Line, rubric: Line) -> bool:
    return len(title.text) > len(rubric.text) and title.text[-1] != "."
