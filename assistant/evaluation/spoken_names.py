"""The ways people name an issuer: whole, short, by its letters, with typing errors.

Read from the catalogue and the texts by rules of its own, so that what the desk has learnt
of names is judged, not repeated. Knows nothing about questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.evaluation.shelf import Shelved
from store.folding import fold

SURE = 2
"""Texts that have to spell an acronym out before it is used in a question."""

_MASCULINE = frozenset(
    "office departement secretariat conseil groupement bureau institut laboratoire prepose ministere service centre "
    "musee comite gouvernement parlement tribunal fonds syndicat canton parquet hopital rectorat etat "
    "conservatoire reseau commandement college club theatre port aeroport".split()
)
_FEMININE = frozenset(
    "administration chancellerie commission bibliotheque base caisse inspection autorite surveillance regie monnaie "
    "unite metropole ville mairie prefecture region agence universite direction police fondation chambre societe "
    "banque cour ecole communaute commune delegation academie federation association maison opera".split()
)
_PLURAL = frozenset("commissions forces archives douanes services ecoles ports musees bibliotheques".split())
_LEFT_OUT = frozenset("federal federale federaux federales suisse suisses national nationale cantonal regional".split())
_CUT = re.compile(r"\s*[(,:;]|\s+[-–—]\s+")
_LETTERS = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
_BRACKETED = r"\s?\((?P<letters>[A-Z][A-Za-z]{2,9})\)"


@dataclass(frozen=True, slots=True)
class Named:
    """An issuer as a question names it: bare, with its article, and after « de » and « par »."""

    issuer: str
    way: str
    bare: str
    article: str
    feminine: bool = False

    @property
    def the(self) -> str:
        return f"{self.article}{self.bare}"

    @property
    def of(self) -> str:
        contracted = {"le ": "du ", "les ": "des ", "": "d'" if _vowel(self.bare) else "de "}
        return contracted.get(self.article, f"de {self.article}") + self.bare


def ways_of_naming(shelf: Iterable[Shelved], rng: Random) -> dict[str, tuple[Named, ...]]:
    """Each issuer's names that no other issuer shares, in the order of the issuers."""
    releases = tuple(shelf)
    issuers = sorted({name for release in releases for name in release.issuers})
    spoken = {issuer: spoken_name(issuer) for issuer in issuers}
    shared = Counter(fold(name) for name in spoken.values())
    spoken = {issuer: name if shared[fold(name)] == 1 else issuer for issuer, name in spoken.items()}
    letters = acronyms(spoken, releases)
    return {issuer: tuple(_ways(issuer, spoken, letters, rng)) for issuer in issuers}


def spoken_name(issuer: str) -> str:
    """« OFSPO - Office fédéral du sport », « Office des routes OFROU », « Office X (OX) - dès 2013 »: without more."""
    parts = [part.strip() for part in _CUT.split(issuer) if part.strip(" )")]
    long = next((part for part in parts if not _LETTERS.fullmatch(part)), issuer)
    words = long.split()
    while len(words) > 2 and _LETTERS.fullmatch(words[-1]) and words[-1].isupper():
        words.pop()
    if len(words) > 1 and re.fullmatch(r"(?i)d[eu]s?|de|la|le|et|pour", words[-1]):
        return issuer
    return " ".join(words)


def acronyms(spoken: Mapping[str, str], releases: Sequence[Shelved]) -> dict[str, str]:
    """Each issuer's letters: in its own name, or put in brackets after it by several texts; none two share."""
    found = {issuer: Counter(dict.fromkeys(_own_letters(issuer), SURE * 1_000)) for issuer in spoken}
    by_name = {_plain(name): issuer for issuer, name in spoken.items()}
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?i:(?P<name>{names})){_BRACKETED}") if names else None
    for release in releases if pattern else ():
        for match in pattern.finditer(_plain(release.opening, lower=False)) if pattern else ():
            found[by_name[match["name"].casefold()]][match["letters"]] += 1
    best = {issuer: counter.most_common(1)[0] for issuer, counter in found.items() if counter}
    owners = Counter(fold(letters) for letters, _ in best.values())
    return {
        issuer: letters
        for issuer, (letters, times) in best.items()
        if times >= SURE and owners[fold(letters)] == 1 and len(letters) >= 3
    }


def _own_letters(issuer: str) -> list[str]:
    """Letters in an issuer's own name that stand for it: they begin as it does, and no « des » leads to them."""
    initial = fold(spoken_name(issuer))[:1]
    led_to = re.compile(r"(?i)(?:^|\s|')(?:d[eu]s?|d'|la|le|les|l'|au|aux|et)\s?$")
    return [
        match[0]
        for match in _LETTERS.finditer(issuer)
        if match[0].isupper() and fold(match[0])[:1] == initial and not led_to.search(issuer[: match.start()])
    ]


def misspelt(name: str, rng: Random) -> str | None:
    """One typing error in one of the long words: a letter lost, doubled, or two swapped."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha()]
    if not long:
        return None
    place = rng.choice(long)
    word = words[place]
    at = rng.randrange(2, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    words[place] = rng.choice([word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], swapped])
    made = " ".join(words)
    return made if fold(made) != fold(name) else None


def _ways(issuer: str, spoken: Mapping[str, str], letters: Mapping[str, str], rng: Random) -> Iterable[Named]:
    name = spoken[issuer]
    name = name.capitalize() if name.isupper() and " " not in name and len(name) > 5 else name
    yield _named(issuer, "name", name)
    if issuer in letters:
        yield _named(issuer, "acronym", letters[issuer], head=name)
    short = _short(name, issuer, spoken)
    if short:
        yield _named(issuer, "short", short)
    wrong = misspelt(name, rng)
    if wrong:
        yield _named(issuer, "misspelt", wrong, head=name)


def _named(issuer: str, way: str, bare: str, head: str | None = None) -> Named:
    first = fold((head or bare).split()[0].split("'")[0])
    feminine, known = first in _FEMININE, first in _FEMININE or first in _MASCULINE
    if first in _PLURAL:
        return Named(issuer, way, bare, "les ", True)
    if not known:
        return Named(issuer, way, bare, "")
    article = "l'" if _vowel(bare) else "la " if feminine else "le "
    return Named(issuer, way, bare, article, feminine)


def _short(name: str, issuer: str, spoken: Mapping[str, str]) -> str | None:
    """The name without « fédéral » and the like, where its words fit no other issuer."""
    words = name.split()
    kept = [word for word in words if fold(word) not in _LEFT_OUT]
    if len(kept) == len(words) or len(kept) < 3:
        return None
    wanted = {fold(word) for word in kept}
    others = (other for key, other in spoken.items() if key != issuer)
    return None if any(wanted <= set(fold(other).split()) for other in others) else " ".join(kept)


def _plain(text: str, lower: bool = True) -> str:
    plain = text.replace("’", "'").replace("\xa0", " ")
    return plain.casefold() if lower else plain


def _vowel(name: str) -> bool:
    return fold(name)[:1] in "aeiouyh" and not name.startswith("H")
