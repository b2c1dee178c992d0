"""The first lines of a communiqué, walked down to its prose: banner, dateline, reference, labels, embargo.

What is left are headings; which of them is title, rubric or letterhead is told in masthead.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ingest.parser.corrections import announces_correction
from ingest.parser.dateline import wired_place
from ingest.parser.daylines import dated
from ingest.parser.embargo import speaks_of_embargo
from ingest.parser.head import Masthead, TopLines, add_heading, note_issuers, note_place
from ingest.parser.letterhead import Heading, ends_open, is_unit, joint, parts_of
from ingest.parser.lines import Line, lines
from ingest.parser.vocabulary import BANNER
from store.folding import fold
from store.records import Span

_FURNITURE = re.compile(
    r"(?:publie|mis a jour|mise en ligne|modifie|lecture|imprimer|partager|telecharger|page)\b.{0,24}"
    r"|(?:date|le|du)\b.{0,20}\d.{0,8}"
)
_TRAIL = re.compile(r"(?:accueil|home|startseite|vous etes ici|you are here)\b.{0,20}[›»>/|].{0,120}$", re.IGNORECASE)
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
            add_heading(met, Heading(_without_banner(_whole(text, line, met)), met.first_mark is None, apart=False))
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
        kind = dated(text, line, number, head, met, near)
        if kind is not None:
            return kind
    banner = BANNER.match(folded)
    if banner is not None and len(plain) < 160:
        return _bannered(text, line, banner.end(), head, met, number)
    if _TRAIL.match(plain):
        return "furniture"
    if len(plain) < 30 and _FURNITURE.fullmatch(folded) and not line.shouted and plain[-1] not in ".!?":
        return "furniture"
    return None


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
            add_heading(
                met, Heading(Line(text[start : line.end], start, line.end, line.after_gap), opens=True, apart=True)
            )
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


def _is_heading(line: Line) -> bool:
    """Whether a line may be letterhead, rubric, title or subtitle rather than prose."""
    if re.match(r"[-•●–*]\s|[•●]", line.text) or len(line.text) > LONGEST_TITLE:
        return False
    closed = line.text[-1] in ".…"
    if line.text[0] == "«" and closed:
        return False
    inner = re.search(SENTENCES, re.sub(r"[«“][^»”]*[»”]", "", line.text))
    return line.shouted or len(line.text) < _SHORT_SENTENCE or (not closed and not (inner and len(line.text) > 120))
