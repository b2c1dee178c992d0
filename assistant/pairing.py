"""Which fact goes with which: « 1,7 % en 2019 » where the source says 1,5 % in 2019 and 1,7 % in 2020.

Two facts of a kind that a sentence holds must stand to the other words as they do in its source;
two facts of different kinds that stand together must not each stand nearer to another there.
Knows nothing about grammar.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise, product

from assistant.directions import charged
from assistant.facts import Named, facts
from store.folding import fold, folded_with_map, word_list
from store.language import is_small, stem


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact or word at a place of a text; `key` is the same wherever the same is said.

    `aside` is the parenthesis and `run` the name of several words that it is in, 0 where in none.
    """

    kind: str
    key: Hashable
    at: float
    aside: int = 0
    run: int = 0

    def of_name(self, other: Placed) -> bool:
        """Whether both are words of one name."""
        return self.run > 0 and self.run == other.run

    def to(self, other: Placed) -> float:
        """How far apart two are; what stands in a parenthesis belongs to what stands there with it."""
        return abs(self.at - other.at) + (_ASIDE if self.aside != other.aside else 0.0)


_Key = tuple[str, Hashable]
OFFICES = word_list(
    """maire ministre president presidente vice-president conseiller conseillere directeur directrice secretaire prefet
    prefete depute deputee senateur senatrice chef cheffe porte-parole ambassadeur ambassadrice commissaire procureur
    procureure juge rapporteur rapporteuse chancelier chanceliere mayor minister chairman chairwoman director secretary
    spokesperson spokesman head ceo ambassador prosecutor judge burgermeister burgermeisterin bundesrat bundesratin
    prasident prasidentin direktor direktorin leiter leiterin botschafter botschafterin sindaco sindaca
    ministro ministra direttore direttrice consigliere consigliera homologue collegue successeur predecesseur"""
)
_TOKEN = re.compile(r"[^\W_]+|[;:()\n]|,(?!\d)|[.!?](?=\s|$)")
_EARLIER = re.compile(
    r"(?:l'an(?:nee)?|le mois|le trimestre|le semestre|l'exercice) (?:precedente?|derniere?|passee?)"
    r"|(?:previous|last) (?:year|month|quarter)|vorjahr\w*|vormonat\w*|(?:l'anno|il mese) (?:precedente|scorso)"
)
_ASIDE = 300.0
_BREAKS = {",": 25.0, ";": 60.0, ":": 25.0, "(": 0.0, ")": 0.0, "\n": 60.0, ".": 80.0, "!": 80.0, "?": 80.0}
_AND = word_list("et and und e ou or oder o mais but aber ma tandis while wahrend mentre alors")


def crossed(claim: str, source: str, language: str, near: date | None) -> bool:
    """Whether facts that the source keeps apart, or gives to others, are joined in the claim."""
    said, there = placed(claim, language, near), placed(source, language, near)
    if _swapped(said, there) or _given_away(said, there) or _outdone(said, there):
        return True
    return _turned_round(_sides(claim, language, near), _sides(source, language, near))


@lru_cache(maxsize=2048)
def placed(text: str, language: str, near: date | None) -> tuple[Placed, ...]:
    """Facts, offices, directions and content words, each where it stands; a comma or « et » makes a distance longer."""
    read = facts(text, language, near)
    folded, offsets = folded_with_map(text)
    marked: list[tuple[str, Hashable, int]] = []
    runs = {named.start: named.run for named in read.names}
    marked += [("number", (amount.value, amount.unit), amount.start) for amount in read.amounts]
    marked += [("date", (one.period.first, one.period.last), one.start) for one in read.dates]
    marked += [("date", moment.key, moment.start) for moment in read.moments]
    marked += [("date", "before", offsets[match.start()]) for match in _EARLIER.finditer(folded)]
    marked += [("name", named.word, named.start) for named in read.names]
    marked += [("direction", meant, offsets[at]) for meant, at in charged(text)]
    for match in re.finditer(r"[^\W_]+", folded):
        word, at = match[0], offsets[match.start()]
        if word in OFFICES:
            marked.append(("office", stem(word, language), at))
        elif word[0].isalpha() and at not in runs and not is_small(word, language):
            marked.append(("word", stem(word, language), at))
    spots, asides = _distances(text), _asides(text)
    return tuple(Placed(kind, key, spots[at], asides[at], runs.get(at, 0)) for kind, key, at in marked)


def _asides(text: str) -> list[int]:
    """For each character, the parenthesis it stands in; 0 for none."""
    found = [0] * (len(text) + 1)
    for number, match in enumerate(re.finditer(r"\((?!\w+\))[^()]*\)", text), start=1):
        found[match.start() : match.end()] = [number] * (match.end() - match.start())
    return found


def _distances(text: str) -> list[float]:
    """How far into the text each character is; stops and « et » count for more than their letters."""
    spots: list[float] = []
    extra = 0.0
    at = 0
    for match in _TOKEN.finditer(text):
        spots.extend(place + extra for place in range(at, match.start()))
        at = match.start()
        extra += _BREAKS.get(match[0], 15.0 if match[0].lower() in _AND else 0.0)
    spots.extend(place + extra for place in range(at, len(text) + 1))
    return spots


def _swapped(said: Sequence[Placed], there: Sequence[Placed]) -> bool:
    """Whether two facts of a kind have changed places among the words around them."""
    once_said, once_there = _once(said), _once(there)
    shared = once_said.keys() & once_there.keys()
    anchors = [key for key in shared if key[0] in ("word", "office", "direction")]
    for kind in ("number", "date", "name"):
        keys = sorted((key for key in shared if key[0] == kind), key=lambda key: once_said[key].at)
        for one, other in combinations(keys, 2):
            if once_said[one].of_name(once_said[other]) or once_there[one].of_name(once_there[other]):
                continue
            kept = lost = 0
            near = [*anchors, *(key for key in shared if key[0] in _FACTS and key[0] != kind)]
            for anchor in _nearest(once_said, near, one) | _nearest(once_said, near, other):
                here = once_said[one].to(once_said[anchor]) - once_said[other].to(once_said[anchor])
                away = once_there[one].to(once_there[anchor]) - once_there[other].to(once_there[anchor])
                if abs(here) > _EVEN and abs(away) > _EVEN:
                    kept, lost = kept + (here * away > 0), lost + (here * away < 0)
            if lost > kept:
                return True
    return False


def _nearest(spots: Mapping[_Key, Placed], anchors: Sequence[_Key], fact: _Key) -> set[_Key]:
    return set(sorted(anchors, key=lambda anchor: spots[anchor].to(spots[fact]))[:_CLOSE])


_CLOSE = 3
_FACTS = ("number", "date", "name")
_EVEN = 2.0


def _once(all_placed: Sequence[Placed]) -> dict[_Key, Placed]:
    """What is said once only."""
    found: dict[_Key, Placed] = {}
    twice: set[_Key] = set()
    for one in all_placed:
        key = (one.kind, one.key)
        if key in found:
            twice.add(key)
        found[key] = one
    return {key: one for key, one in found.items() if key not in twice}


def _sides(text: str, language: str, near: date | None) -> dict[tuple[str, str], tuple[str, str]]:
    """For each name and word with but small words between, their order ("before": the name first) and these words."""
    runs: dict[int, list[Named]] = {}
    for named in facts(text, language, near).names:
        runs.setdefault(named.run, []).append(named)
    names = [(run[0].start, run[-1].end, tuple(named.word for named in run)) for run in runs.values()]
    spots: list[tuple[int, int, tuple[str, ...], bool]] = [(*name, True) for name in names]
    for match in re.finditer(r"[^\W\d_]+", text):
        word = fold(match[0])
        inside = any(start <= match.start() < end for start, end, _ in names)
        if not inside and not is_small(word, language) and word not in _TOLD:
            spots.append((match.start(), match.end(), (stem(word, language),), False))
    spots.sort()
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for (_, end, one, first), (start, _, other, second) in pairwise(spots):
        between = fold(text[end:start])
        if first != second and not any(mark in between for mark in ",;:.()"):
            for name, word in product(one, other) if first else product(other, one):
                found[name, word] = ("before" if first else "after", between)
    return found


def _turned_round(said: _Sides, there: _Sides) -> bool:
    """Whether a name that something is done to does it in the claim, or the reverse: « X succède à Y »."""
    for key in said.keys() & there.keys():
        (side, between), (other, around) = said[key], there[key]
        if side != other and not _PASSIVE.search(f"{between} {around}"):
            return True
    return False


_Sides = Mapping[tuple[str, str], tuple[str, str]]
_PASSIVE = re.compile(
    r"(?<![^\W_])(?:ete|est|sont|fut|etait|sera|seront|par|was|were|been|is|are|by|wurde|wird|worden|ist|von|vom|stat[oa]"
    r"|viene|da|dal|dalla|e|de|du|des|d|del|della|of)(?![^\W_])"
)
_TOLD = word_list(
    """dit declare explique indique precise affirme ajoute souligne annonce rappelle conclu conclut estime said says
    explained added stated sagte sagt erklarte betonte dice detto afferma dichiarato spiega"""
)
_PAIRS = (("number", "date"), ("number", "name"), ("number", "direction"), ("name", "office"), ("date", "name"))
_GIVEN = (*_PAIRS, ("direction", "word"))


def _given_away(said: Sequence[Placed], there: Sequence[Placed]) -> bool:
    """Whether two facts that stand together in the claim each have a nearer one in the source."""
    return any(
        _parted(one, partner, _of(there, kind), _of(there, other_kind))
        for kind, other_kind in _GIVEN
        for one, partner in _partners(said, kind, other_kind)
    )


def _partners(said: Sequence[Placed], kind: str, other_kind: str) -> Iterator[tuple[Placed, Placed]]:
    """The facts of two kinds that are each the nearest to the other."""
    mine, theirs = _of(said, kind), _of(said, other_kind)
    for one in mine:
        partner = min(theirs, key=one.to, default=None)
        if partner is not None and min(mine, key=partner.to).key == one.key:
            yield one, partner


def _outdone(said: Sequence[Placed], there: Sequence[Placed]) -> bool:
    """Whether all that the claim says beside a number stands nearer to another number of its unit in the source."""
    once = _once(there)
    known = {(one.kind, one.key) for one in said}
    for number in _of(said, "number"):
        at = once.get((number.kind, number.key))
        anchors = [once[key] for key in known if key[0] != "number" and key in once]
        if at is None or len(anchors) < 2:
            continue
        for other in _of(there, "number"):
            if ("number", other.key) in known or _unit(other) != _unit(number):
                continue
            if all(other.to(anchor) + _EVEN < at.to(anchor) for anchor in anchors):
                return True
    return False


def _unit(number: Placed) -> object:
    return number.key[1] if isinstance(number.key, tuple) else None


def apart(claim: str, sources: Sequence[tuple[str, frozenset[str]]], language: str, near: date | None) -> bool:
    """Whether facts that stand together in the claim stand in none of the sources together.

    Each source comes with the words known beside it (its title's, its issuer's).
    """
    said = placed(claim, language, near)
    keys = [({(one.kind, one.key) for one in placed(text, language, near)}, known) for text, known in sources]
    for kind, other_kind in (*_PAIRS, ("number", "word")):
        if "date" in (kind, other_kind):
            continue
        for one, partner in _partners(said, kind, other_kind):
            if one.to(partner) <= _BESIDE and not any(_holds(one, *held) and _holds(partner, *held) for held in keys):
                return True
    return False


_BESIDE = 45.0


def _holds(one: Placed, keys: Collection[_Key], known: Collection[str]) -> bool:
    return (one.kind, one.key) in keys or one.key in known


def _of(all_placed: Sequence[Placed], kind: str) -> list[Placed]:
    return [one for one in all_placed if one.kind == kind]


def _parted(one: Placed, partner: Placed, kind: Sequence[Placed], other_kind: Sequence[Placed]) -> bool:
    ones = [place for place in kind if place.key == one.key]
    partners = [place for place in other_kind if place.key == partner.key]
    if not ones or not partners:
        return False
    near = min(a.to(b) for a in ones for b in partners)
    rival = min((p.to(b) for p in kind if p.key != one.key and _alike(p, one) for b in partners), default=near)
    other = min(
        (p.to(a) for p in other_kind if p.key != partner.key and _alike(p, partner) for a in ones), default=near
    )
    return rival < near and other < near


def _alike(place: Placed, other: Placed) -> bool:
    """Whether one may be taken for the other: numbers of the same unit."""
    return place.kind != "number" or _unit(place) == _unit(other)
