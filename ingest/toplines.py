"""The first lines of a communiqué, walked down to its prose: banner, dateline, reference, labels, embargo.

What is left are headings; which of them is title, rubric or letterhead is told in masthead.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ingest.corrections import announces_correction
from ingest.dateline import Dateline, before_others, read_dateline, wired_place
from ingest.embargo import speaks_of_embargo
from ingest.letterhead import Heading, ends_open, is_unit, joint, parts_of
from ingest.lines import Line, lines
from ingest.vocabulary import BANNER
from store.dates import impossible_dates
from store.folding import fold
from store.records import Span

_FURNITURE = re.compile(
    r"(?:publie|mis a jour|mise en ligne|modifie|lecture|imprimer|partager|telecharger|page)\b.{0,24}"
    r"|(?:date|le|du)\b.{0,20}\d.{0,8}"
)
_TRAIL = re.compile(r"(?:accueil|home|startseite|vous etes ici|you are here)\b.{0,20}[›»>/|].{0,120}$", re.IGNORECASE)
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
SENTENCES = r"[a-zà-ÿ»)]{2}[.!?…] [A-ZÀ-Þ«]"
_MARKS = " –—|•·-"
_LONGEST_HEAD = 18
LONGEST_TITLE = 280
_SHORT_SENTENCE = 60


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
            setattr(self, name, " ".join(text[start:end].split()))
            self.spans[name] = Span(start, end)


@dataclass(slots=True)
class TopLines:
    """The head's lines as they are met: `headings` still to be told apart.

    `banner` is where the banner starts, `first_mark` the number of the first line that is no
    heading, `last_mark` where the last of them ends.
    """

    headings: list[Heading] = field(default_factory=list)
    banner: int | None = None
    first_mark: int | None = None
    dates: list[tuple[int, Line, bool]] = field(default_factory=list)
    last_mark: int = 0


def collect(text: str, head: Masthead, met: TopLines, near: date | Callable[[], date]) -> int:
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
                    note_place(text, head, Span(line.start + wired[0].start, line.start + wired[0].end))
                    head.body = line.start + wired[1]
                return line.start
            _add(met, Heading(_without_banner(_whole(text, line, met)), met.first_mark is None, apart=False))
        elif taken != "furniture":
            met.first_mark = number if met.first_mark is None else met.first_mark
            met.last_mark = line.end
        head.body = line.end
    return len(text)


def _whole(text: str, line: Line, met: TopLines) -> Line:
    """A line with the one right above it where that one ends on « de »; it takes that one's place."""
    above = met.headings[-1].line if met.headings else None
    if above is None or text[above.end : line.start] != "\n" or not ends_open(above.text):
        return line
    met.headings.pop()
    return Line(f"{above.text} {line.text}", above.start, line.end, above.after_gap)


def _add(met: TopLines, heading: Heading) -> None:
    """One more heading; a running head that only says it before, or its beginning, gives way."""
    met.headings = [each for each in met.headings if not _says_before(each.line, heading.line)]
    met.headings.append(heading)


def _says_before(above: Line, line: Line) -> bool:
    running, words = above.folded, line.folded
    if running == words or (words.startswith(running) and parts_of(line.text)[0][1] == len(running)):
        return True
    cut = words.startswith(running) and len(running) > 20 and len(words) > len(running)
    return cut and (words[len(running)].isalnum() or ends_open(running))


def _without_banner(line: Line) -> Line:
    """« Ville de X – Service de presse » without what is no name."""
    parts = [match.span() for match in re.finditer(r"(?:[^\s]|\s(?![–—|•·-]\s))+", line.text)]
    says = [_says_press(fold(line.text[a:b].strip(_MARKS))) for a, b in parts]
    if all(says) or not any(says):
        return line
    first, last = says.index(False), len(says) - says[::-1].index(False)
    kept = line.text[parts[first][0] : parts[last - 1][1]]
    words = kept.strip(_MARKS)
    if any(says[first:last]) or len(words.split()) > 14:
        return line
    start = line.start + parts[first][0] + kept.index(words)
    return Line(words, start, start + len(words), line.after_gap)


def _says_press(folded: str) -> bool:
    return is_unit(folded) or BANNER.fullmatch(folded) is not None


def _take(
    text: str, line: Line, number: int, head: Masthead, met: TopLines, near: date | Callable[[], date]
) -> str | None:
    """What a line is, its value noted in `head`; None for a heading or the body."""
    folded, plain = line.folded, line.text
    if len(plain) < 200 and speaks_of_embargo(plain):
        head.set("embargo", text, line.start, line.end)
        return "embargo"
    if len(plain) < 250 and announces_correction(plain):
        told = head.spans.get("corrects")
        if told is not None and not text[told.end : line.start].strip():
            head.spans["corrects"] = Span(told.start, line.end)
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
    if _TRAIL.match(plain):
        return "furniture"
    if len(plain) < 30 and _FURNITURE.fullmatch(folded) and not line.shouted and plain[-1] not in ".!?":
        return "furniture"
    return None


def _dated(
    text: str, line: Line, number: int, head: Masthead, met: TopLines, near: date | Callable[[], date]
) -> str | None:
    folded = line.folded
    reference = _REFERENCE.fullmatch(folded.strip())
    if reference and len(line.text) < 60:
        head.set("reference", text, line.start + reference.start("reference"), line.end)
        return "reference"
    if len(line.text) < 60 and impossible_dates(line.text):
        head.doubts.append(f"date qui n'existe pas : « {line.text[:80]} »")
        return "date"
    if head.published is not None:
        return _again(text, line, number, head, met)
    referred = _REFERENCE.match(folded)
    if referred and read_dateline(line.text[referred.end() :].lstrip(" ,–—|-"), date(2000, 1, 1)):
        head.set("reference", text, line.start + referred.start("reference"), line.start + referred.end("reference"))
        start = line.start + len(line.text) - len(line.text[referred.end() :].lstrip(" ,–—|-"))
        line = Line(text[start : line.end], start, line.end, line.after_gap)
    dateline = read_dateline(line.text, date(2000, 1, 1))
    if dateline is not None and not dateline.mention.year_given:
        dateline = read_dateline(line.text, near() if callable(near) else near)
    if dateline is None:
        dateline = _shared(text, line, head, met)
    if dateline is None:
        return None
    _date(text, line, head, dateline)
    if dateline.issuer is not None:
        named = Span(line.start + dateline.issuer.start, line.start + dateline.issuer.end)
        beside = Line(text[named.start : named.end], named.start, named.end, line.after_gap)
        _add(met, Heading(beside, met.first_mark is None, apart=True))
    met.dates.append((number, line, dateline.place is not None))
    if dateline.body is not None:
        head.body = line.start + dateline.body
        return "body"
    if BANNER.match(folded):
        met.banner = line.start if met.banner is None else met.banner
    return "date"


def _again(text: str, line: Line, number: int, head: Masthead, met: TopLines) -> str | None:
    """A second dateline: where it names the place that the first one lacks, the first was a title's own."""
    again = read_dateline(line.text, head.published or date(2000, 1, 1))
    if again is None or (again.body is None and len(line.text) > 60):
        return None
    if again.placed and head.place is None:
        if again.mention.period.first != head.published and again.mention.year_given:
            first = Heading(met.dates[0][1], opens=False, apart=False)
            met.headings = sorted([*met.headings, first], key=lambda heading: heading.line.start)
            met.dates = [(number, line, True)]
        _date(text, line, head, again)
    if again.body is None or not again.placed:
        return "date" if again.body is None else None
    head.body = line.start + again.body
    return "body"


def _shared(text: str, line: Line, head: Masthead, met: TopLines) -> Dateline | None:
    """The dateline of a line that goes on with a rubric in capitals or the reference, set at its other end."""
    found = before_others(line.text, date(2000, 1, 1)) if len(line.text) < 120 else None
    if found is None or not found[0].mention.year_given:
        return None
    dateline, start = found
    rest = Line(line.text[start:], line.start + start, line.end, after_gap=False)
    reference = _REFERENCE.fullmatch(rest.folded)
    if reference:
        head.set("reference", text, rest.start + reference.start("reference"), rest.end)
    elif rest.shouted and len(rest.text) < 60:
        _add(met, Heading(rest, opens=False, apart=False))
    else:
        return None
    return dateline


def _bannered(text: str, line: Line, end: int, head: Masthead, met: TopLines, number: int) -> str | None:
    """A banner, alone or with the reference or the issuers after it; None for a title that begins like one."""
    rest = line.folded[end:].strip(" .:–—-|/")
    referred = _REFERRED.fullmatch(line.folded[end:]) if rest else None
    if referred:
        start = line.start + end + referred.start("reference")
        head.set("reference", text, start, start + len(referred["reference"]))
        rest = ""
    if rest:
        names = joint(line.text, end)
        dash = re.match(r"\s*[–—|-]\s+(?=\S)", line.text[end:])
        if dash and len(names) < 2:
            start = line.start + end + dash.end()
            _add(met, Heading(Line(text[start : line.end], start, line.end, line.after_gap), opens=True, apart=True))
            names = []
        elif not names:
            return None
        if names:
            note_issuers(text, head, [(line.start + a, line.start + b) for a, b in names])
    met.banner = line.start if met.banner is None else met.banner
    return "banner"


def _labelled(text: str, line: Line, head: Masthead) -> bool:
    match = _LABELS.fullmatch(line.folded)
    if match is None:
        return False
    name = match.lastgroup if match.lastgroup != "value" else None
    name = name or next(key for key, value in match.groupdict().items() if value and key != "value")
    start = line.start + match.start("value")
    if name == "issuer":
        parts = parts_of(text[start : line.end])
        note_issuers(text, head, [(start + a, start + b) for a, b in parts])
    elif name == "co_issuer":
        head.co_issuers = (*head.co_issuers, text[start : line.end])
    elif name != "other" and name != "lead":
        head.set(name, text, start, line.end)
    return True


def note_issuers(text: str, head: Masthead, spans: list[tuple[int, int]]) -> None:
    """Note who issues the release and who signs with it, where nobody is noted yet."""
    if "letterhead" in head.spans:
        return
    head.set("letterhead", text, *spans[0])
    head.sure = True
    head.co_issuers = tuple(" ".join(text[a:b].split()) for a, b in spans[1:])


def _date(text: str, line: Line, head: Masthead, dateline: Dateline) -> None:
    mention = dateline.mention
    head.published = mention.period.first
    head.spans["published"] = Span(line.start + mention.start, line.start + mention.end)
    if dateline.placed is not None:
        note_place(text, head, Span(line.start + dateline.placed.start, line.start + dateline.placed.end))
    if not mention.year_given:
        head.doubts.append(f"année absente de la date, supposée : {mention.period.first:%Y}")
    if head.published and mention.weekday is not None and mention.weekday != head.published.weekday():
        head.doubts.append("le jour de la semaine ne correspond pas à la date")


def note_place(text: str, head: Masthead, span: Span) -> None:
    head.set("place", text, span.start, span.end)


def _is_heading(line: Line) -> bool:
    """Whether a line may be letterhead, rubric, title or subtitle rather than prose."""
    if re.match(r"[-•●–*]\s|[•●]", line.text) or len(line.text) > LONGEST_TITLE:
        return False
    closed = line.text[-1] in ".…"
    if line.text[0] == "«" and closed:
        return False
    inner = re.search(SENTENCES, re.sub(r"[«“][^»”]*[»”]", "", line.text))
    return line.shouted or len(line.text) < _SHORT_SENTENCE or (not closed and not (inner and len(line.text) > 120))
