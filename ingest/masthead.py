"""The head of a communiqué: banner, dateline, rubric, title, up to where the body begins.

Knows the forms press offices use, not what the file said beside the text: that is joined
in communique.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ingest.embargo import speaks_of_embargo
from ingest.lines import Line, lines
from store.dates import DateMention, find_dates, impossible_dates

_BANNER = re.compile(
    r"(?:communique|dossier|note|point|information|invitation|alerte?|infos?)s?"
    r"(?: (?:de|a la|aux))? ?(?:presse|medias?)(?: commun)?"
    r"|communiques?|(?:press|news|media) (?:release|statement|advisory)|for immediate release|pour diffusion immediate"
    r"|a diffuser des reception|medienmitteilung|pressemitteilung|comunicato stampa|flash(?: presse)?"
)
_FURNITURE = re.compile(r"(?:publie|mis a jour|mise en ligne|modifie|date|le|du|lecture)\b.{0,24}")
_CORRECTION = re.compile(r"rectificatif|erratum|correctif|annule et remplace|corrigendum|correction\b")
_REFERENCE = re.compile(
    r"(?:ref(?:erence)?s?|n°|no|numero|communique n°|cp n°)[\s.:°]*(?P<reference>[\w/.-]*\d[\w/.-]*)"
)
_PLACE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w’'.]*(?:[ -](?:[A-ZÀ-ÖØ-Þ][\w’'.]*|d[eu’']|des|la|le|les|sur|sous|en|et|l[’']\w+|aux?)){0,6}"
)
_LEADS_IN = re.compile(
    r"[\s,:;–—-]*(?:fait )?(?:a |, )?\b(?:le|date|on|den|am|il|du|diffuse le|publie le|en date du)?\s*:?\s*$"
)
_CLOCK = re.compile(r"[\s,–—-]*(?:a |at )?(?:\d{1,2}\s?(?:h|heures?|:)\s?(?:\d\d)?)?[\s.,–—-]*")
_DASH = re.compile(r"\s*[–—:-]{1,2}\s+")
_SENTENCE = re.compile(r"[.…!?»]$")
_LONGEST_HEAD = 16


@dataclass(slots=True)
class Masthead:
    """What the first lines say; `body` is where the text proper begins.

    `place` and `rubric` as written. `corrects` is the line that announces a correction.
    """

    published: date | None = None
    place: str | None = None
    rubric: str | None = None
    title: str | None = None
    letterhead: str | None = None
    reference: str | None = None
    embargo: str | None = None
    corrects: str | None = None
    body: int = 0
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A day and a place read in one line, and where in the line the body goes on, if it does."""

    mention: DateMention
    place: str | None
    body: int | None = None


def read_masthead(text: str, near: date, titled: str | None = None) -> Masthead:
    """The head of a release. `near` completes a dateline without year; `titled` is a title known already."""
    head = Masthead()
    before: list[Line] = []
    headings: list[Line] = []
    banner = False
    for number, line in enumerate(lines(text)):
        head.body = line.start
        taken = _take(line, head, near)
        if taken == "banner" and not banner:
            banner, before, headings = True, headings, []
        elif taken == "body":
            break
        elif taken is None:
            announced = bool(headings) and headings[-1].text.endswith(":") and len(line.text) < 200
            if number >= _LONGEST_HEAD or not (_is_heading(line) or announced) or _reads_on(headings, line):
                break
            headings.append(line)
        head.body = line.end
    else:
        head.body = _after_first_heading(text, headings)
    _entitle(head, before, headings, titled)
    return head


def read_dateline(line: str, near: date) -> Dateline | None:
    """« Marseille, le 6 novembre 2017 », « Lundi 6 novembre 2017 », « Berne, 01.11.2018 – … »."""
    for mention in find_dates(line[:160], near):
        if not mention.precise or mention.relative or mention.period.first is None:
            continue
        place = _place(line[: mention.start])
        if place is None:
            return None
        rest = line[mention.end :]
        if _CLOCK.fullmatch(_plain(rest)):
            return Dateline(mention, place or None)
        dash = _DASH.match(rest)
        if dash and len(rest) > 40 and place:
            return Dateline(mention, place, mention.end + dash.end())
        return None
    return None


def _plain(text: str) -> str:
    return Line(text, 0, len(text), False).folded


def _place(before: str) -> str | None:
    """The place named before a date: "" for none, None where other words stand there."""
    from_banner = _BANNER.match(_plain(before))
    if from_banner:
        before = before[from_banner.end() :].lstrip(" :–—-,")
    leads = _LEADS_IN.search(_plain(before))
    place = before[: leads.start()] if leads and len(_plain(before)) == len(before) else before
    place = place.strip(" ,:–—-(\u00a0")
    if not place or _plain(place) in {"le", "date", "on", "du"}:
        return ""
    return place if _PLACE.fullmatch(place) and len(place) <= 50 else None


def _take(line: Line, head: Masthead, near: date) -> str | None:
    """What a line is, its value noted in `head`; None for a heading or the body."""
    if speaks_of_embargo(line.text) and len(line.text) < 160:
        head.embargo = head.embargo or line.text
        return "embargo"
    if len(line.text) < 120 and _CORRECTION.match(line.folded):
        head.corrects = head.corrects or line.text
        if len(line.text.split()) <= 3:
            return "correction"
    if len(line.text) < 200 and _impossible(line):
        head.doubts.append(f"date qui n'existe pas : « {line.text[:80]} »")
        return "date"
    if head.published is None:
        dateline = read_dateline(line.text, near)
        if dateline is not None:
            _date(head, dateline)
            if dateline.body is None:
                return "banner" if _BANNER.match(line.folded) else "date"
            head.body = line.start + dateline.body
            return "body"
    if _BANNER.fullmatch(line.folded.strip(" .:–-")):
        return "banner"
    if len(line.text) < 30 and _FURNITURE.fullmatch(line.folded) and not line.shouted and line.text[-1] not in ".!?":
        return "furniture"
    reference = _REFERENCE.fullmatch(line.folded.strip())
    if reference and len(line.text) < 60:
        head.reference = line.text[reference.start("reference") :].strip()
        return "reference"
    return None


def _impossible(line: Line) -> bool:
    return bool(re.search(r"\d", line.text)) and len(line.text) < 60 and bool(impossible_dates(line.text))


def _date(head: Masthead, dateline: Dateline) -> None:
    mention = dateline.mention
    head.published, head.place = mention.period.first, dateline.place
    if not mention.year_given:
        head.doubts.append(f"année absente de la date, supposée : {mention.period.first:%Y}")
    if head.published and mention.weekday is not None and mention.weekday != head.published.weekday():
        head.doubts.append("le jour de la semaine ne correspond pas à la date")


def _is_heading(line: Line) -> bool:
    """Whether a line may be letterhead, rubric, title or subtitle rather than prose."""
    if line.text[0] in "-•●–*«" or len(line.text) > 260:
        return False
    return line.shouted or len(line.text) < 60 or (not _SENTENCE.search(line.text) and len(line.text) < 200)


def _reads_on(headings: list[Line], line: Line) -> bool:
    """After a title in capitals, a long line in small letters is the body."""
    return bool(headings) and headings[-1].shouted and not line.shouted and len(line.text) > 120


def _after_first_heading(text: str, headings: list[Line]) -> int:
    """Where the body begins in a text that is all headings: after the first of them."""
    return headings[0].end if headings else len(text)


def _entitle(head: Masthead, before: list[Line], headings: list[Line], titled: str | None) -> None:
    """Letterhead, rubric and title among the headings before and after the banner."""
    if before:
        head.letterhead = before[0].text
    if titled:
        known = _plain(titled)
        others = [line for line in headings if line.folded != known]
        if len(others) < len(headings) and others and _is_rubric(others[0]):
            head.rubric = others[0].text
        return
    if not headings and len(before) == 1 and not head.published:
        headings, head.letterhead = before, None
    if len(headings) > 1 and _is_rubric(headings[0]) and len(headings[1].text) > len(headings[0].text):
        head.rubric, headings = headings[0].text, headings[1:]
    if headings:
        head.title = _whole(headings)


def _is_rubric(line: Line) -> bool:
    return len(line.text) <= 48 and len(line.text.split()) <= 6 and not re.search(r"\d|[:!?]", line.text)


def _whole(headings: list[Line]) -> str:
    """A title set over several lines, as one: neighbours in capitals, or what a colon announces."""
    title = headings[0]
    words = title.text
    for line in headings[1:3]:
        neighbour = not line.after_gap and line.shouted and title.shouted
        if not neighbour and not words.endswith(":") and not line.text[0].islower():
            break
        words = f"{words} {line.text}"
    return words
