"""Which heading of a release names who issues it, and which ones sign with it.

Weighs what each line looks like, where it stands, and whether the text names it again.
Does not know what the file says beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parser.lines import Line
from ingest.parser.vocabulary import ORGANISATION, ORGANISED, SUBJECT
from store.folding import fold, folded_with_map, word_list

_ARTICLE = re.compile(r"(?:l[ea] |l[’']|les |der |die |das |the |il |lo )", re.IGNORECASE)
_ACRONYM = re.compile(r"^[^\s,:–-]{2,20}(?:[,:]| [–-])\s+(?:l[ea] |l[’']|les |der |die |das |the )?", re.IGNORECASE)
_TITLED = re.compile(r"[?!…]| : |: |\.$|;|\d{4}|[«»]")
_LOOSE_ARTICLE = re.compile(
    r"(?:un|une|des|ein|eine|a|an|du|de|au|aux|pour|vers|quand|comment|en|sur|plus)\s", re.IGNORECASE
)
_VERBS = word_list(
    """est sont a ont sera seront va vont peut peuvent doit doivent fait font lance lancent ouvre ouvrent adopte
    approuve propose présente annonce signe renforce prolonge rejette soutient souhaite veut veulent
    accueille célèbre inaugure rouvre déploie poursuit crée nomme élit publie met prend reçoit rencontre
    participe obtient remporte investit ist sind wird werden hat haben will wollen is are has have launches
    opens signs announces wins ha sono è vuole rappelle rappellent autorise progresse augmente baisse
    confirme appelle rend reste gagne gagnent devient deviennent"""
)
_INFINITIVE = re.compile(r"\s(?!premier|dernier)[a-zà-ÿ]{4,}(?<!i)er\s|\b(?:de|du|la|le|les|des|et|à)$")
_LINK = re.compile(
    r"(?:\b(?:de|du|des|la|le|les|et|of|the|and|für|und|der|die|grand|haute|federal|state|national|general|swiss|royal"
    r"|regional|city|county|eidgenössisch\w*|schweizerisch\w*)|[’'-])$",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(
    r"(?:[,:]|\b(?:de|du|des|d['’]|la|le|les|l['’]|un|une|à|a|au|aux|et|ou|en|pour|par|sur|dans|avec|sans|que|qui|the|of"
    r"|and|to|in|for|with|der|die|das|und|von|für|mit|zu|im|den|dem|di|del|della|e|per|il|lo|i))$",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"(?:service|bureau|direction|division|section|departement|pole|unite|cellule)s?\b.{0,30}"
    r"\b(?:presse|communication|medias|information|relations)|communication\b|relations (?:presse|publiques)|presse\b"
)
STRONG, WEAK = 3, 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the head that is neither banner nor date; `opens`: it stands before both.

    `apart`: a banner, a date or the text follows it, and no heading does.
    """

    line: Line
    opens: bool
    apart: bool


def ends_open(words: str) -> bool:
    """Whether a line cannot end here: « l'accord avec le »."""
    return _ENDS_OPEN.search(words) is not None


def is_unit(folded: str) -> bool:
    """« Service de presse » writes for the issuer and is not it."""
    return bool(_UNITS.match(folded))


def is_organisation(words: str) -> bool:
    """Whether words read like the name of an organisation."""
    words = re.sub(r"\s*\([^)]*\)", "", words)
    bare = words[article.end() :] if (article := _ARTICLE.match(words)) else words
    spelt_out = _ACRONYM.sub("", bare)
    if len(bare.split()) > 16 or is_sentence(spelt_out if ORGANISATION.match(spelt_out) else words):
        return False
    named = ORGANISATION.match(bare) or ORGANISATION.match(spelt_out)
    return bool(named) or (2 <= len(bare.split()) <= 7 and bool(ORGANISED.search(bare)))


def is_sentence(words: str) -> bool:
    """Whether a line says something, as titles do, rather than naming someone."""
    said = [word.strip(",.;:()").casefold() for word in words.split()]
    unsure = {"a"} if words.isupper() else set()
    acts = any(word in _VERBS and word not in unsure for word in said[1:])
    return acts or bool(_TITLED.search(words)) or bool(_INFINITIVE.search(words))


def weigh(heading: Heading, text: str, rest: int) -> int:
    """How much speaks for a heading to name the issuer; from `rest` on the text goes on below the head."""
    words = heading.line.text
    long = len(words.split()) > 16
    named = is_organisation(words)
    weight = (2 if named else -2 * is_sentence(words)) + heading.opens - 2 * long
    weight += heading.apart and len(words.split()) <= 4
    weight -= 2 * bool(_LOOSE_ARTICLE.match(words)) + (bool(_ARTICLE.match(words)) and len(words.split()) > 4)
    weight -= 3 * (not named and bool(SUBJECT.search(fold(words))))
    if len(words) > 3 and not long and not (is_sentence(words) and not named):
        weight += min(2, sum(1 for _ in _named(text, words, rest)))
    return weight


def _named(text: str, words: str, start: int) -> Iterator[int]:
    """Where the text names these words with a capital, other than as a sentence's first word."""
    below = text[start : start + 30_000]
    folded, offsets = folded_with_map(below)
    wanted, _ = folded_with_map(words)
    at = folded.find(wanted)
    while at >= 0:
        place = offsets[at]
        whole = not (folded[at - 1 : at].isalnum() or folded[at + len(wanted) : at + len(wanted) + 1].isalnum())
        if whole and below[place].isupper():
            yield place
        at = folded.find(wanted, at + len(wanted))


def parts_of(words: str) -> list[tuple[int, int]]:
    """Where each organisation of « Ville de X – Département de Y » stands; one part for one name."""
    for mark in (r"\s+/\s+", r"\s+[–—|&+-]\s+", r"\s+(?:et|and|und)\s+(?=(?:d[eu]|des|la|le|les|l[’'])?\s?[A-ZÀ-Þ])"):
        spans, start = [], 0
        for match in re.finditer(mark, words):
            spans.append((start, match.start()))
            start = match.end()
        spans.append((start, len(words)))
        spans = [_bare(words, *span) for span in spans]
        if len(spans) > 1 and all(
            is_organisation(words[a:b]) and words[b - 1] != "-" and not is_unit(words[a:b].casefold()) for a, b in spans
        ):
            return spans
    return _glued(words)


def _glued(words: str) -> list[tuple[int, int]]:
    """« Conseil fédéral Office du littoral »: names that a page set on two lines, and a reader on one."""
    for match in re.finditer(r"(?<=[\w)]) (?=[A-ZÀ-Þ])", words):
        first, second = words[: match.start()], words[match.end() :]
        joined = (
            min(len(first.split()), len(second.split())) < 2 or _LINK.search(first) or not ORGANISATION.match(second)
        )
        if not joined and is_organisation(first) and is_organisation(second):
            return [(0, match.start()), *((match.end() + a, match.end() + b) for a, b in _glued(second))]
    return [(0, len(words))]


def _bare(words: str, start: int, end: int) -> tuple[int, int]:
    article = re.match(r"(?:de la |de l[’']|du |des |de |d[’']|la |le |les |l[’'])", words[start:end])
    return (start + article.end() if article else start, end)


def joint(words: str, start: int) -> list[tuple[int, int]]:
    """« Communiqué commun de la Ville de X et du Département de Y »: where its issuers stand, from `start` on."""
    spans = []
    for match in re.finditer(
        r"(?P<name>[A-ZÀ-Þ].*?)(?=,? (?:et|and) (?:d[eu] |des |de la |de l[’']|d[’']|l[ea’'] ?)"
        r"|, (?:d[eu] |des |de l)|[.:]?$)",
        words[start:],
    ):
        first, end = _bare(words, start + match.start("name"), start + match.end("name"))
        if is_organisation(words[first:end]):
            spans.append((first, end))
    return spans
