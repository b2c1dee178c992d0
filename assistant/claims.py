"""A sentence to be borne, and the sentences that may bear it, each read once.

Knows nothing about what bearing means; the rules do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache

from assistant.directions import charged
from assistant.facts import Facts, facts
from store.almanac import MONTHS, WEEKDAYS
from store.folding import fold, word_list
from store.language import detect, is_small, stem
from store.records import Quote, Release, Span


@dataclass(frozen=True)
class Bearer:
    """A sentence of a release, read for what it bears."""

    release: Release
    span: Span

    @cached_property
    def text(self) -> str:
        return self.span.of(self.release.text)

    @property
    def language(self) -> str:
        return self.release.language

    @cached_property
    def facts(self) -> Facts:
        return facts(self.text, self.language, self.release.published)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the sentence, with those of its title, issuer and speakers."""
        return frozenset(words_of(self.text)) | self.context

    @cached_property
    def known(self) -> tuple[str, ...]:
        """What is known beside the sentence: title, issuers, who speaks."""
        said = [name for quote in self.quotes for name in (quote.speaker, quote.role) if name]
        return (self.release.title, self.release.issuer or "", *self.release.co_issuers, *said)

    @cached_property
    def context(self) -> frozenset[str]:
        return frozenset(word for one in self.known for word in words_of(one))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words with a capital or a figure in them, of the sentence and of what is known beside it."""
        return frozenset(
            fold(token)
            for text in (self.text, *self.known)
            for token in _TOKEN.findall(text)
            if any(letter.isupper() or letter.isdigit() for letter in token)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the sentence, of its title and of its issuer."""
        known = (self.text, self.release.title, self.release.issuer or "")
        return frozenset[str]().union(*(content(text, self.language) for text in known))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations of the release that this sentence is part of."""
        return tuple(
            quote
            for quote in self.release.quotes
            if quote.span.start < self.span.end and self.span.start < quote.span.end
        )

    @cached_property
    def directions(self) -> frozenset[str]:
        return frozenset(meant for meant, _ in charged(self.text)) | frozenset(
            meant for meant, _ in charged(self.release.title)
        )


@dataclass(frozen=True)
class Said:
    """A sentence to be borne, in `language`; `asked` are the folded words of the question."""

    text: str
    language: str
    asked: frozenset[str] = frozenset()

    def facts(self, near: date | None) -> Facts:
        return facts(self.text, self.language, near)

    @cached_property
    def stems(self) -> frozenset[str]:
        return content(self.text, self.language)

    @property
    def counted(self) -> int:
        """How many numbers, dates and addresses it states."""
        read = self.facts(None)
        return len(read.amounts) + len(read.dates) + len(read.addresses)

    @cached_property
    def own(self) -> frozenset[str]:
        """The stems that the question did not say."""
        return self.stems - frozenset(stem(word, self.language) for word in self.asked)


def said(text: str, asked: str, default: str) -> Said:
    """The sentence as it is to be checked; `default` is its language where nothing tells."""
    return Said(text, detect(text, default), frozenset(words_of(asked)))


def content(text: str, language: str) -> frozenset[str]:
    """The stems of what a text says; numbers and dates are checked elsewhere, words of saying carry nothing."""
    return _content(text, language)


@lru_cache(maxsize=4096)
def _content(text: str, language: str) -> frozenset[str]:
    return frozenset(
        stem(word, language)
        for word in words_of(text)
        if word[0].isalpha()
        and len(word) > 1
        and word not in MONTHS
        and word not in WEEKDAYS
        and not is_small(word, language)
        and not says(word, language)
    )


_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


def says(word: str, language: str) -> bool:
    """Whether a folded word only tells that something is said: « souligna », "stated"."""
    return word in _SAYING or stem(word, language) in _saying_stems(language)


@cache
def _saying_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in _SAYING if len(word) > 4)


_SAYING = word_list(
    """selon dit dite declare declarent declarait indique indiquent precise precisent explique expliquent affirme
    affirment ajoute ajoutent souligne soulignent annonce annoncent rappelle communique publie publiee mentionne cite
    estime note egalement aussi ainsi effet notamment actuellement according said says states stated announced reported
    mentioned indicates published laut gemass erklarte sagte teilte mitgeteilt angekundigt secondo dichiarato annunciato
    comunicato indicato afferma monsieur madame herr frau mr mrs signor signora mme mlle"""
)


def shown(text: str) -> str:
    """A text as a reader sees it: on one line, without characters that are not seen, or turn others round."""
    return "".join(letter for letter in " ".join(text.split()) if unicodedata.category(letter)[0] != "C")


def strange(text: str, sources: Sequence[str]) -> bool:
    """Whether a figure is written with what is no plain figure, as no source does: « 10² », « ①② »."""
    odd = {letter for letter in text if unicodedata.category(letter) in _ODD and not letter.isascii()}
    return any(not any(letter in source for source in sources) for letter in odd)


_ODD = frozenset({"Nd", "No", "Nl", "Me", "Mn"})


def word_for_word(text: str, other: str) -> bool:
    """Whether two texts say the same, but for blanks, quotation marks and stops: « 1,5 % » is not « 15 % »."""
    return _told(text) == _told(other)


_GROUPED = re.compile(r"(?<=\d)[ '](?=\d{3}(?!\d))")
_UNTOLD = re.compile(
    r"(?<!\d)[.,](?=\d)|(?<=\d)[.,](?!\d)|(?<!\d)[.,](?!\d)|[\"';:!…()\[\]*]|(?<=[^\W\d_])-(?=[^\W\d_])"
)


def _told(text: str) -> list[str]:
    return _UNTOLD.sub(" ", _GROUPED.sub("", fold(text)).replace("...", " ")).replace(" %", "%").split()


ROOT = 5
"""Letters that make two words kin: « adopter », « adoption »."""


def same_language(claim: Said, bearers: Sequence[Bearer]) -> bool:
    return all(bearer.language == claim.language for bearer in bearers)


def near(bearers: Sequence[Bearer]) -> date | None:
    return bearers[0].release.published if bearers else None
