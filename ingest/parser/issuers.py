"""Who issues a release where no letterhead says it: its contacts, its presentation, who acts in it.

Also writes a name set in capitals as the text writes it elsewhere. Does not read the head.
"""

from __future__ import annotations

import re
from collections import Counter

from ingest.parser.letterhead import is_organisation, is_unit
from ingest.parser.lines import Line, evenly_folded, lines
from store.folding import fold, word_list
from store.records import Span

ABOUT = re.compile(
    r"(?:(?:a propos d(?:e la |e l'|es |u |e |')|qui (?:est|sommes)[- ]?(?:nous|vous)? ?|about (?:the )?"
    r"|uber (?:die |das |den |der )?|chi (?:e |siamo)|informazioni su )(?P<name>.{2,100}?)|about us|uber uns"
    r"|boilerplate)\s*[:?]?"
)
"""« À propos de … », over folded text."""

_ACTING = re.compile(
    r"(?:\b[Ll]a|\b[Ll]e|\b[LlDd][’'])\s?(?P<name>(?:Grand |Haute )?(?:Métropole|Ville|Mairie|Département|"
    r"Région|Préfecture|Communauté|"
    r"Université|Port|Office|Agence|Ministère|Association|association|Société|Syndicat|Chambre|Fondation|Groupe|Conseil)"
    r"(?: (?:d[eu]|des|de la|d[’'])| d[’']|[ -]?l[’']| et| |-|[A-ZÀ-ÖØ-Þ][\w’'-]*)*)"
)
_SMALL = word_list(
    "de du des la le les l d et en sur sous à au aux of the and für der die das und e di del della fédéral fédérale"
    " national nationale départemental départementale régional régionale municipal municipale général générale"
)
_ACCENTS = """Métropole Département Préfecture Région Université Communauté Ministère Société Fédération Cité Régie
Opéra Théâtre Hôpital Musée École"""
_ACCENTED = {fold(word): word for word in _ACCENTS.split()}
_SHORTEST_PRESENTATION = 40


def find_boilerplate(text: str, start: int, contacts: Span | None) -> tuple[Span, ...]:
    """« À propos de … », each from its heading to the next one or to the contacts."""
    heads = [line for line in lines(text, start) if is_about(line)]
    spans = []
    for number, line in enumerate(heads):
        ends = [contacts.start] if contacts and contacts.start > line.start else []
        ends += [heads[number + 1].start] if number + 1 < len(heads) else []
        stop = min(ends, default=len(text))
        below = [each for each in lines(text, line.end, stop) if not re.fullmatch(r"[\W_]+", each.text)]
        last = line.end
        for each in below:
            if (
                last > line.end + _SHORTEST_PRESENTATION
                and each.after_gap
                and len(each.text) < 80
                and each.text[-1] not in ".!?"
            ):
                break
            last = each.end
        if last > line.start:
            spans.append(Span(line.start, last))
    return tuple(spans)


def is_about(line: Line) -> bool:
    """Whether a line heads the presentation of an organisation, or begins one on its own line."""
    if len(line.text) < 110:
        about = ABOUT.fullmatch(line.folded)
        named = line.text[about.start("name") :] if about and about["name"] else ""
        return about is not None and (not named or named[0].isupper() or is_organisation(named) or line.text[-1] != "?")
    opened = re.match(r"(?:a propos d|about |uber )[^.:]{3,80} ?:", line.folded)
    return opened is not None


def presented(boilerplate: Span, text: str) -> Span | None:
    """Where a presentation's heading names its organisation."""
    first = boilerplate.of(text).split("\n")[0].strip()
    folded = evenly_folded(first)
    named = ABOUT.fullmatch(folded) or re.match(
        r"a propos d(?:e la |e l'|es |u |e |')(?P<name>[^.:]{3,80}?) ?:", folded
    )
    if named is None or not named["name"] or fold(named["name"]) in ("nous", "us", "uns"):
        return None
    start = boilerplate.start + named.start("name")
    return Span(start, start + len(first[named.start("name") : named.end("name")].rstrip(" :")))


def acting(text: str, start: int) -> Span | None:
    """The first organisation the text names in full: « la Ville » alone says nothing."""
    for match in _ACTING.finditer(text, start):
        name = match["name"].strip(" -’'")
        while name.rsplit(" ", 1)[-1] in {"et", "de", "du", "des", "la", "d’", "d'", "l’", "l'"}:
            name = name.rsplit(" ", 1)[0] if " " in name else ""
        if len(name.split()) > 1 and not is_unit(fold(name)):
            return Span(match.start("name"), match.start("name") + len(name))
    return None


def readable(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, else each of its words as the text mostly does."""
    if not name.isupper() or len(name) < 4:
        return name
    if len(name.split()) == 1 and len(name) <= 6 and not _written(name, text):
        return name
    whole = _written(name, text)
    if whole:
        return whole[0].upper() + _kept(name, whole)[1:]
    words = re.split(r"([\s'’/(),:-]+)", name)
    small = "\n".join(line.text for line in lines(text) if not line.shouted)
    if name.isascii():
        words = [_ACCENTED.get(fold(word), word) for word in words]
    return "".join(_cased(word, small, first=number == 0) for number, word in enumerate(words))


def _kept(name: str, written: str) -> str:
    """The letters of a name in capitals that bears its accents, small where the text writes them small."""
    if name.isascii() and not written.isascii():
        return written.replace("’", "'") if "'" in name else written
    return "".join(
        letter.lower() if as_written.islower() else letter for letter, as_written in zip(name, written, strict=True)
    )


def _written(name: str, text: str) -> str | None:
    """How the text writes a name in small letters, spelt the same if it does so anywhere."""
    wanted, found = evenly_folded(name), Counter[str]()
    for line in lines(text):
        folded = line.folded
        at = folded.find(wanted)
        while at >= 0:
            written = line.text[at : at + len(name)]
            inside = folded[at - 1 : at].isalnum() or folded[at + len(name) : at + len(name) + 1].isalnum()
            if not written.isupper() and not inside:
                found[written] += 1
            at = folded.find(wanted, at + len(name))
    same = [written for written, _ in found.most_common() if written.upper() == name]
    return next(iter(same or [written for written, _ in found.most_common()]), None)


def _cased(word: str, text: str, *, first: bool) -> str:
    lowered = word.casefold()
    if not word[:1].isalpha():
        return word
    if not word.isupper():
        return word
    if lowered in _SMALL and not first:
        return lowered
    known: Counter[str] = Counter(
        re.findall(rf"(?<![.!?] )(?<!\n)(?<![@.-])\b{re.escape(word)}\b(?![@.-]\w)", text, re.IGNORECASE)
    )
    usual = known.most_common(1)
    if not usual:
        return word.capitalize()
    return usual[0][0][0].upper() + usual[0][0][1:] if first else usual[0][0]
