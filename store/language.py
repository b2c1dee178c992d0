"""The analysis of text, the same when it is shelved and when it is asked for.

Sentences, folding and words are defined beside it and reached through here; this file
adds stems, stopwords and the language itself (fr, en, de, it). Knows nothing about
releases or questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from store.folding import fold, folded_with_map
from store.sentences import sentences, trimmed
from store.stopwords import STOPWORDS
from store.words import tokens, words

__all__ = [
    "LANGUAGES",
    "Term",
    "content_terms",
    "detect",
    "fold",
    "folded_with_map",
    "is_small",
    "sentences",
    "stem",
    "terms",
    "trimmed",
    "words",
]

LANGUAGES = {"fr": "french", "en": "english", "de": "german", "it": "italian"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it is looked up: `raw` folded, `stem` what its inflections share."""

    raw: str
    stem: str


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def terms(text: str, language: str) -> list[Term]:
    """The words of a text as terms, in order. `language` fr, en, de or it; others are stemmed as French.

    The stem depends on the folded word alone, so « frequentation » meets « fréquentation ».
    """
    return [_term(word, language) for word, _, _ in tokens(fold(text))]


def content_terms(text: str, language: str) -> list[Term]:
    """The terms that carry a subject: neither stopwords nor question words."""
    return [term for term in terms(text, language) if not is_small(term.raw, language)]


def is_small(folded: str, language: str) -> bool:
    """Whether a folded word is a stopword or question word of `language`; of others than the four, of French."""
    return folded in STOPWORDS.get(language, STOPWORDS["fr"])


def stem(folded: str, language: str) -> str:
    """What a folded word shares with its inflections."""
    return _term(folded, language).stem


def detect(text: str, default: str = "fr") -> str:
    """The language of a text among fr, en, de and it; `default` where nothing speaks for any."""
    sample = text[:4000]
    scores = dict.fromkeys(LANGUAGES, 0.0)
    for token, start, _ in words(sample):
        for language, weight in _votes(token):
            scores[language] += weight
        if start and sample[start - 1] in "'’":
            scores["fr"] += 1
            scores["it"] += 1
    lowered = f" {' '.join(sample.lower().split())} "
    for language, marks in _SURE_MARKS.items():
        scores[language] += sum(lowered.count(mark) for mark in marks)
    for language, marks in _LIKELY_MARKS.items():
        scores[language] += _LIKELY * sum(lowered.count(mark) for mark in marks)
    best = max(LANGUAGES, key=lambda language: scores[language])
    return best if scores[best] > scores.get(default, 0.0) + _MARGIN else default


# Letters that stand together in one of the languages: there alone, or far more often.
_SURE_MARKS = {
    "fr": ("é", "è", "ê", "ç", "œ", " qu'", " d'", " qu’", " n'"),
    "en": (" the ", "ing ", "'s "),
    "de": ("ß", "ä", "ö", "ü", "sch", "ung "),
    "it": ("zione", " dell", " nell", " all'", "ò", "ì"),
}
_LIKELY_MARKS = {
    "fr": ("eau", "aux ", "eur ", "que ", "e ", "es "),
    "en": ("sh", "wh", "th ", "ow", "ew ", "ee", "ight", "y ", "ed ", " w"),
    "de": ("eit ", "lich", "ei", "ie ", "tz", "kt ", "er ", "en "),
    "it": ("zion", "gli", "cch", "o ", "i ", "a "),
}
# Chosen over titles in four languages and French questions: 0.997 of the French, 0.87 to 0.96 of the others.
_LIKELY, _MARGIN = 0.25, 0.3


@lru_cache(maxsize=20_000)
def _votes(token: str) -> tuple[tuple[str, float], ...]:
    """Which languages a word speaks for; a word of several counts less for each."""
    speakers = [language for language, words_of in STOPWORDS.items() if token in words_of]
    return tuple((language, 3.0 / len(speakers)) for language in speakers)


@lru_cache(maxsize=400_000)
def _term(word: str, language: str) -> Term:
    if word[:1].isdigit():
        return Term(word, word)
    restored = word
    if language == "fr":
        for ending, accented in _FRENCH_ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                restored = word[: -len(ending)] + accented
                break
    return Term(word, fold(_stemmer(language).stemWord(restored)) or word)


# The endings that Snowball recognises by their accent, given back to the folded word.
_FRENCH_ENDINGS = (("iere", "ière"), ("ieres", "ières"), ("ee", "ée"), ("ees", "ées"))


@cache
def _stemmer(language: str) -> _Stemmer:
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer(LANGUAGES.get(language, "french"))
    return stemmer
