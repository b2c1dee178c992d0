"""Which fact goes with which: « 1,7 % en 2019 » where the source says 1,5 % in 2019 and 1,7 % in 2020.

Two facts of a kind that a sentence holds must stand to the other words as they do in its source;
two facts of different kinds that stand together must not each stand nearer to another there.
Knows nothing about grammar.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.facts import facts
from assistant.polarity import charged
from store.folding import folded_with_map, word_list
from store.language import is_small, stem


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact or word at a place of a text; `key` is the same wherever the same is said."""

    kind: str
    key: Hashable
    at: float


_Key = tuple[str, Hashable]
_OFFICES = word_list(
    """maire ministre president presidente vice-president conseiller conseillere directeur directrice secretaire prefet
    prefete depute deputee senateur senatrice chef cheffe porte-parole ambassadeur ambassadrice commissaire procureur
    procureure juge rapporteur rapporteuse chancelier chanceliere mayor minister chairman chairwoman director secretary
    spokesperson spokesman head ceo ambassador prosecutor judge burgermeister burgermeisterin bundesrat bundesratin
    prasident prasidentin direktor direktorin leiter leiterin botschafter botschafterin sindaco sindaca ministro ministra
    direttore direttrice consigliere consigliera homologue collegue successeur predecesseur"""
)
_TOKEN = re.compile(r"[^\W_]+|[;:()\n]|,(?!\d)|[.!?](?=\s|$)")
_EARLIER = re.compile(
    r"(?:l'an(?:nee)?|le mois|le trimestre|le semestre|l'exercice) (?:precedente?|derniere?|passee?)"
    r"|(?:previous|last) (?:year|month|quarter)|vorjahr\w*|vormonat\w*|(?:l'anno|il mese) (?:precedente|scorso)"
)
_BREAKS = {",": 25.0, ";": 60.0, ":": 25.0, "(": 15.0, ")": 15.0, "\n": 60.0, ".": 80.0, "!": 80.0, "?": 80.0}
_AND = word_list("et and und e ou or oder o mais but aber ma tandis while wahrend mentre alors")


def crossed(claim: str, source: str, language: str, near: date | None) -> bool:
    """Whether facts that the source keeps apart, or gives to others, are joined in the claim."""
    said, there = placed(claim, language, near), placed(source, language, near)
    return _swapped(said, there) or _given_away(said, there) or _outdone(said, there)


def placed(text: str, language: str, near: date | None) -> list[Placed]:
    """Facts, offices, directions and content words, each where it stands; a comma or « et » makes a distance longer."""
    read = facts(text, language, near)
    spots = _distances(text)
    found = [Placed("number", (amount.value, amount.unit), spots[amount.start]) for amount in read.amounts]
    found += [Placed("date", (one.period.first, one.period.last), spots[one.start]) for one in read.dates]
    found += [Placed("date", moment.key, spots[moment.start]) for moment in read.moments]
    found += [
        Placed("name", named.word, spots[named.start]) for named in read.names if not named.opening or named.acronym
    ]
    folded, offsets = folded_with_map(text)
    found += [Placed("date", "before", spots[offsets[match.start()]]) for match in _EARLIER.finditer(folded)]
    found += [Placed("direction", meant, spots[offsets[at]]) for meant, at in charged(text)]
    named_at = {named.start for named in read.names}
    for match in re.finditer(r"[^\W_]+", folded):
        at = offsets[match.start()]
        word = match[0]
        if word in _OFFICES:
            found.append(Placed("office", stem(word, language), spots[at]))
        elif word[0].isalpha() and at not in named_at and not is_small(word, language):
            found.append(Placed("word", stem(word, language), spots[at]))
    found += [Placed("name", n.word, spots[n.start]) for n in read.names if n.opening and not n.acronym]
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
        keys = sorted((key for key in shared if key[0] == kind), key=lambda key: once_said[key])
        for one, other in combinations(keys, 2):
            kept = lost = 0
            near = [*anchors, *(key for key in shared if key[0] in _FACTS and key[0] != kind)]
            for anchor in _nearest(once_said, near, one) | _nearest(once_said, near, other):
                here = abs(once_said[one] - once_said[anchor]) - abs(once_said[other] - once_said[anchor])
                away = abs(once_there[one] - once_there[anchor]) - abs(once_there[other] - once_there[anchor])
                if abs(here) > _EVEN and abs(away) > _EVEN:
                    kept, lost = kept + (here * away > 0), lost + (here * away < 0)
            if lost > kept:
                return True
    return False


def _nearest(spots: Mapping[_Key, float], anchors: Sequence[_Key], fact: _Key) -> set[_Key]:
    return set(sorted(anchors, key=lambda anchor: abs(spots[anchor] - spots[fact]))[:_CLOSE])


_CLOSE = 3
_FACTS = ("number", "date", "name")
_EVEN = 2.0


def _once(all_placed: Sequence[Placed]) -> dict[_Key, float]:
    """What is said once only, with its place."""
    found: dict[_Key, float] = {}
    twice: set[_Key] = set()
    for one in all_placed:
        key = (one.kind, one.key)
        if key in found:
            twice.add(key)
        found[key] = one.at
    return {key: at for key, at in found.items() if key not in twice}


_PAIRS = (("number", "date"), ("number", "name"), ("number", "direction"), ("name", "office"), ("date", "name"))


def _given_away(said: Sequence[Placed], there: Sequence[Placed]) -> bool:
    """Whether two facts that stand together in the claim each have a nearer one in the source."""
    for kind, other_kind in _PAIRS:
        mine, theirs = _of(said, kind), _of(said, other_kind)
        for one in mine:
            partner = min(theirs, key=lambda other: abs(other.at - one.at), default=None)
            if partner is None or min(mine, key=lambda other: abs(other.at - partner.at)).key != one.key:
                continue
            if _parted(one, partner, _of(there, kind), _of(there, other_kind)):
                return True
    return False


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
            if all(abs(other.at - anchor) + _EVEN < abs(at - anchor) for anchor in anchors):
                return True
    return False


def _unit(number: Placed) -> object:
    return number.key[1] if isinstance(number.key, tuple) else None


def _of(all_placed: Sequence[Placed], kind: str) -> list[Placed]:
    return [one for one in all_placed if one.kind == kind]


def _parted(one: Placed, partner: Placed, kind: Sequence[Placed], other_kind: Sequence[Placed]) -> bool:
    ones = [place.at for place in kind if place.key == one.key]
    partners = [place.at for place in other_kind if place.key == partner.key]
    if not ones or not partners:
        return False
    near = min(abs(a - b) for a in ones for b in partners)
    rival = min((abs(p.at - b) for p in kind if p.key != one.key for b in partners), default=near)
    other = min((abs(p.at - a) for p in other_kind if p.key != partner.key for a in ones), default=near)
    return rival < near and other < near
