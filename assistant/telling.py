"""The words of a question that tell what it is about, and how rare each is in what the reader may see.

A day or a month asked about is no such word, nor is one that only says which kind of answer
is wanted (« le nom », « à quelle date »). Knows nothing about what was found.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from assistant.question import Understanding
from store.folding import fold, word_list
from store.language import stem, terms
from store.misspelling import distance, may_be_misspelt
from store.period import asked_periods
from store.records import Scope
from store.stopwords import STOPWORDS
from store.view import View
from store.words import words

OPENINGS, OPENING = 6, 600
"""Releases of each issuer, and characters of each, in which words are counted: 0.1 s for 60 issuers."""
MANY = 300
"""Texts of which none holds a word that is rare indeed."""
GROWN = 0.05
"""Share of new releases from which words are counted anew."""
LEANT = 0.5
"""Weight of a word that a question takes from the turns before."""
SMALL = 0.25
"""Weight of a word that says which kind of answer is wanted, beside one of the subject as rare."""
LONG = 6
"""Letters of a stem from which whatever begins with it, its last letter aside, is the same word."""
SHORT, LARGE = 5, 9
"""Letters from which one typing error is forgiven, and two."""

_KIND_WORDS = word_list(
    """
    nom noms prenom date dates jour annee mois heure lieu endroit ville capitale commune adresse telephone tel mail
    email e-mail courriel numero coordonnees contact contacter joindre appeler appelle appellent ecrire service medias
    presse trouve trouvait situe raison raisons pourquoi but objectif nombre chiffre montant total eu lieu finalement
    exactement precisement juste savoir sait connaitre communique communiques resume point bilan details sujet
    concernant propos declaration citation cite declare affirme annonce annoncer plait question info infos information
    passe donne quoi koi cb tps faut va vont aller alle allee alles allees prevu prevoit presente premier premiere
    nouveau nouvelle nouvel coute coutent coutait coutera couter tard partie doit dois doivent mettre mis mise
    represente formule proportion pourcentage
    name names date day year month place city capital address phone number contact call reason amount total
    namen datum tag jahr monat ort stadt adresse telefon nummer grund anzahl betrag
    nome nomi data giorno anno mese luogo citta indirizzo telefono numero motivo importo
    """
)
_SENTENCE_START = re.compile(r"[.?!:;«\"(]\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as written, the stems it may be met by, and what it weighs (0..1, the rarer the more).

    `name` where it is written like one, `number` where it holds a figure.
    """

    written: str
    folded: str
    stems: frozenset[str]
    weight: float
    name: bool = False
    number: bool = False


class Rarity:
    """How rare words are: near 0 for one in all of the texts, 1.0 for one in none of MANY.

    That a word stands in none of few says less.
    """

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self._held: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._texts += 1
            self._held.update({term.stem for term in terms(text, language)})

    def of(self, stems: Iterable[str]) -> float:
        return max((self._of(self._held[one]) for one in stems), default=1.0)

    def _of(self, held: int) -> float:
        idf = math.log(1 + (self._texts - held + 0.5) / (held + 0.5))
        return min(1.0, idf / math.log(1 + (MANY + 0.5) / 0.5))


class Rarities:
    """How rare words are to each scope, counted when first asked for and when the archive has grown.

    Counted in releases the reader may see and nowhere else.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Scope, str], tuple[int, Rarity]] = {}
        self._counting = Lock()

    def of(self, view: View, language: str) -> Rarity:
        """By the stems of `language`, or of one that the archive speaks where it does not speak that one."""
        spoken = view.languages()
        language = language if language in spoken or not spoken else spoken[0]
        extent = view.extent().releases
        with self._counting:
            kept = self._known.get((view.scope, language))
            if kept is None or abs(extent - kept[0]) > GROWN * kept[0]:
                kept = extent, Rarity(view.openings(OPENINGS, OPENING), language)
                self._known[view.scope, language] = kept
            return kept[1]


def telling(asked: Understanding, rarity: Rarity, today: date) -> tuple[Word, ...]:
    """The words that tell what is asked about, each once; of a follow-up, its own and those it takes."""
    found: dict[str, Word] = {}
    for text, share in asked.parts or ((asked.standalone, 1.0),):
        for word in _words(text, asked.language, rarity, today, 1.0 if share >= 1 else LEANT):
            found.setdefault(word.folded, word)
    return tuple(found.values())


def _words(text: str, language: str, rarity: Rarity, today: date, share: float) -> Iterable[Word]:
    small = STOPWORDS.get(language, STOPWORDS["fr"])
    dated = [(one.start, one.end) for one in asked_periods(text, today)]
    until = -1
    for ways in _grouped(text):
        (folded, start, end), *_ = ways
        if start < until or any(first <= start < last for first, last in dated):
            continue
        until = end
        if folded in small or (len(folded) < 2 and not folded.isdigit()):
            continue
        stems = frozenset(stem(way, language) for way, _, _ in [*ways, *words(without_umlauts(text[start:end]))])
        weight = share * rarity.of(stems) * (SMALL if folded in _KIND_WORDS else 1.0)
        number = any(letter.isdigit() for letter in folded)
        yield Word(text[start:end], folded, stems, weight, _is_name(text, start, end) and not number, number)


def without_umlauts(written: str) -> str:
    """« Ägeri » as those write it who have no such key: Aegeri."""
    return written.translate(_UMLAUTS)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def _grouped(text: str) -> list[list[tuple[str, int, int]]]:
    """The words of a text, a compound with its parts and a number with its other readings together."""
    groups: list[list[tuple[str, int, int]]] = []
    for one in words(text):
        if groups and one[1] < groups[-1][0][2]:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_name(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if written.isupper() and len(written) > 1:
        return True
    opens = start == 0 or _SENTENCE_START.search(text[:start]) is not None
    return written[0].isupper() and not opens


def matcher(asked: Iterable[Word], language: str) -> Callable[[str], frozenset[Word]]:
    """Tells which of the words a folded text holds, in any inflection."""
    roots: dict[str, list[Word]] = {}
    for word in asked:
        for one in word.stems:
            roots.setdefault(one if word.number else _root(one), []).append(word)
    if not roots:
        return lambda folded: frozenset()
    begins = "|".join(map(re.escape, sorted(roots, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![^\W_])({begins})([^\W_]*)")
    return lambda folded: _held(pattern, roots, folded, language)


def _held(pattern: re.Pattern[str], roots: Mapping[str, list[Word]], folded: str, language: str) -> frozenset[Word]:
    found = set()
    for match in pattern.finditer(folded):
        for word in roots[match[1]]:
            if word not in found and _same(word, match, language):
                found.add(word)
    return frozenset(found)


def _same(word: Word, match: re.Match[str], language: str) -> bool:
    if word.number:
        return not match[2]
    return len(match[1]) >= LONG or match[0] == word.folded or stem(match[0], language) in word.stems


def misspelt(word: Word, known: Iterable[str]) -> bool:
    """Whether a word that nobody wrote is likely another of these, folded, misspelt: they begin alike."""
    written = word.folded
    if not may_be_misspelt(written) or len(written) < SHORT:
        return False
    allowed = 1 if len(written) < LARGE else 2
    return any(
        other[:1] == written[:1]
        and abs(len(other) - len(written)) <= allowed
        and distance(written, other, allowed) is not None
        for other in known
    )


def _root(one: str) -> str:
    """How every word of this stem begins, whatever its ending."""
    return one[: max(4, len(one) - 1)]


def plain(text: str) -> str:
    """A text folded, with its numbers closed up and its trade marks bare, as `matcher` reads it."""
    return _THOUSANDS.sub("", fold(_MARKS.sub("", text)))


_THOUSANDS = re.compile(r"(?<=\d)[ '](?=\d{3}(?!\d))")
_MARKS = re.compile("[™®©℠]")
