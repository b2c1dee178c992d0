"""Does a source hold this name? People, places, bodies, acronyms, offices.

One rule of `assistant.support`. A name's words stand together or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claims import ROOT, Bearer, Said, near, same_language, says, words_of
from assistant.facts import Named, ordinary
from assistant.pairing import OFFICES
from store.folding import fold, word_list
from store.language import is_small, stem


def names_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Names stand there, and so do offices (« la directrice »)."""
    offices = {word[:ROOT] for bearer in bearers for word in bearer.words if word in OFFICES}
    if same_language(claim, bearers) and any(
        word in OFFICES and word[:ROOT] not in offices for word in words_of(claim.text)
    ):
        return False
    return not any(True for _ in _unnamed(claim, bearers))


def supposes(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether the claim names what only the question names. German writes every noun like a name: never there."""
    if claim.language == "de":
        return False
    return any(
        named.word in claim.asked and not named.opening and not any(named.word in bearer.words for bearer in bearers)
        for named in claim.facts(near(bearers)).names
    )


def _unnamed(claim: Said, bearers: Sequence[Bearer]) -> Iterator[Named]:
    """The names of the claim that no bearer holds: each word with its capital, words that stand together together."""
    known = frozenset[str]().union(*(bearer.capitals for bearer in bearers))
    roots = frozenset(stem(word, claim.language) for word in known if len(word) > 4)
    names = claim.facts(near(bearers)).names
    for named in names:
        if named.word in known or (len(named.word) > 4 and stem(named.word, claim.language) in roots):
            continue
        if named.opening and not _followed(named, claim) and (_lower(named, bearers) or ordinary(named.word)):
            continue
        if named.acronym and any(_spelt_out(claim.text[named.start : named.end], bearer) for bearer in bearers):
            continue
        yield named
    for together in _runs(claim, names):
        if not any(_together(words, bearer) for words in together for bearer in bearers):
            yield names[0]


def _runs(claim: Said, names: Sequence[Named]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The words of each name of several, and of a body with what it is for (« Office fédéral de l'énergie »)."""
    runs: dict[int, list[Named]] = {}
    for named in names:
        runs.setdefault(named.run, []).append(named)
    for run in runs.values():
        words = tuple(named.word for named in run)
        if len(words) > 1:
            yield (words, words[1:]) if run[0].opening and is_small(words[0], claim.language) else (words,)
        if run[-1].word in _BODIES and (what := _purpose(claim, run[-1].end)):
            yield ((run[-1].word, *what),)


_BODIES = word_list(
    """departement office ministere direction secretariat commission conseil agence institut service federation
    association syndicat chambre cour tribunal banque universite ecole hopital musee autorite inspection haut delegation
    loi ordonnance convention accord traite department ministry commission council agency institute service association
    chamber court bank university school hospital museum authority act convention ufficio dipartimento ministero
    direzione commissione consiglio agenzia istituto servizio camera tribunale banca legge"""
)


_WIDE = word_list("federal federale federaux federales national nationale general generale cantonal cantonale regional")


def _purpose(claim: Said, at: int) -> tuple[str, ...]:
    """« fédéral énergie » after « Office »: words up to the first that says what the body is for."""
    found: list[str] = []
    for word in words_of(claim.text[at : at + 60].split(",")[0].split(".")[0]):
        if is_small(word, claim.language):
            if word not in _OF_BODY:
                break
            continue
        found.append(word)
        if word not in _WIDE:
            break
    return tuple(found[:-1]) if found and says(found[-1], claim.language) else tuple(found)


_OF_BODY = word_list("de du des la le l les d aux of the for del della dei degli delle a")


def _together(words: Sequence[str], bearer: Bearer) -> bool:
    """Whether the words stand together in the sentence, its title or issuer, or, as a fuller name, in its release."""
    if any(_in_row(words, text) for text in (bearer.text, *bearer.known)):
        return True
    return words[-1] in bearer.words and _in_row(words, bearer.release.text)


def _in_row(words: Sequence[str], text: str) -> bool:
    """Whether the words follow each other, small words and initials apart."""
    row = [word for word in words_of(text) if len(word) > 1 and word not in _LINKS]
    wanted = [word for word in words if len(word) > 1 and word not in _LINKS]
    size = len(wanted)
    return any(row[place : place + size] == wanted for place in range(len(row) - size + 1))


_LINKS = word_list("de du des la le les aux au of the for et and und del della dei degli delle von van der di")


def _lower(named: Named, bearers: Sequence[Bearer]) -> bool:
    return any(named.word in bearer.words for bearer in bearers)


def _followed(named: Named, claim: Said) -> bool:
    """Whether another capital follows at once: « Clément Dupont »."""
    return bool(re.match(r" [A-ZÀ-Ý]", claim.text[named.end : named.end + 2]))


def _spelt_out(acronym: str, bearer: Bearer) -> bool:
    """« OFEN » where the release says « Office fédéral de l'énergie (OFEN) » and the sentence names the office."""
    place = bearer.release.text.find(f"({acronym})")
    if place < 0:
        return False
    letters = fold(acronym)
    words = [word for word in words_of(bearer.release.text[max(0, place - 160) : place]) if not is_small(word, "fr")]
    words = words[-len(letters) :]
    return bool(words) and words[0][0] == letters[0] and set(words) <= bearer.words
