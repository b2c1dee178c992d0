"""Marking one answer: did it say what it had to, rest on the right release, quote exactly?

Facts are compared with accents, spaces, apostrophes and the writing of numbers folded
(« 84 000 » is 84'000, 5,8 is 5.8), so that a mark hangs on what is said and not on how it
is typed. Knows nothing about how an answer was found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Sentence
from store.records import Release, ReleaseNotFound

if TYPE_CHECKING:
    from store.view import View

_APOSTROPHES = re.compile("[’‘ʼ´`′]")
_DASHES = re.compile("[‐‑‒–—−]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_THOUSANDS = re.compile(r"(?<=\d)[ '.](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%°])")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer was worth.

    `facts` is the share of the facts it had to contain (1.0 where none is asked),
    `cites_gold` whether a gold release is cited, `inexact` the numbers of the citations
    whose quote is not the release's own text, `unsupported` how many sentences neither stand
    word for word in what they cite, nor hold it whole (« 3 mai 2031 : TITLE »), nor say how
    many releases were searched; `seconds` from question to whole answer.
    """

    abstained: bool
    facts: float
    cites_gold: bool
    sentences: int
    characters: int
    citations: int
    inexact: tuple[int, ...]
    unsupported: int
    seconds: float

    @property
    def correct(self) -> bool:
        return not self.abstained and self.facts == 1.0


def mark(answer: Answer, facts: Sequence[Sequence[str]], gold: Collection[str], view: View, seconds: float) -> Mark:
    """Mark `answer`; `facts` lists each fact's accepted forms, `gold` the release ids that answer."""
    text = " ".join(sentence.text for sentence in answer.sentences)
    return Mark(
        abstained=not answer.sentences,
        facts=sum(said(text, forms) for forms in facts) / len(facts) if facts else 1.0,
        cites_gold=any(c.release_id in gold for c in answer.citations),
        sentences=len(answer.sentences),
        characters=len(text),
        citations=len(answer.citations),
        inexact=tuple(c.number for c in answer.citations if not exact(c, cited(view, c))),
        unsupported=unsupported(answer),
        seconds=seconds,
    )


def said(text: str, forms: Sequence[str]) -> bool:
    """Whether `text` holds one of the forms, from the start of a word and as a whole number."""
    folded = fold(text)
    return any(re.search(_pattern(fold(form)), folded) for form in forms)


def fold(text: str) -> str:
    """`text` without accents, case, and the many ways to type blanks, signs and numbers."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())
    text = "".join(character for character in text if unicodedata.category(character) != "Mn")
    text = _DASHES.sub("-", _APOSTROPHES.sub("'", text)).replace("œ", "oe").replace("æ", "ae")
    text = _BLANKS.sub(" ", text).strip()
    return _BEFORE_UNIT.sub("", _DECIMAL.sub(".", _THOUSANDS.sub("", text)))


def cited(view: View, citation: Citation) -> Release | None:
    """The very version a citation points to, or None where this reader has none such."""
    try:
        versions = view.versions(citation.release_id)
    except ReleaseNotFound:
        return None
    return next((release for release in versions if release.version == citation.version), None)


def exact(citation: Citation, release: Release | None) -> bool:
    """Whether the quote is, character for character, the release's text at its span."""
    return release is not None and bool(citation.quote) and citation.span.of(release.text) == citation.quote


def unsupported(answer: Answer) -> int:
    """How many sentences do not stand in what they cite, and are no line or count of the catalogue's."""
    quotes = {c.number: fold(c.quote) for c in answer.citations}
    return sum(not _supported(sentence, quotes, answer.searched.releases) for sentence in answer.sentences)


def _supported(sentence: Sentence, quotes: Mapping[int, str], searched: int) -> bool:
    text = fold(sentence.text)
    cited = [quotes[number] for number in sentence.citations if quotes.get(number)]
    return any(text in quote or quote in text for quote in cited) or (bool(cited) and said(text, [str(searched)]))


def _pattern(form: str) -> str:
    start = r"(?<!\d)(?<!\d\.)" if form[:1].isdigit() else r"(?<!\w)" if form[:1].isalnum() else ""
    end = r"(?!\d)(?!\.\d)" if form[-1:].isdigit() else ""
    return start + re.escape(form) + end
