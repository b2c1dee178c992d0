"""Why each hit is there, in words: what words it shares, which sentence is near, what the filters asked for.

Worked out for the hits that are shown, from their texts alone. Scores stay scores
(`Hit.why`); knows neither the indexes nor what prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import pstdev

from store.folding import fold
from store.language import stem, terms, words
from store.misspelling import Slip, may_be_misspelt, slip
from store.period import Period, in_words
from store.records import Filters, Hit, PassageKind, Release, Span
from store.spellings import spellings
from store.stopwords import STOPWORDS

LONGEST = 110
"""Characters of the nearest sentence that are shown."""

_SAY = {
    "fr": {
        "words": "mots : {}", "both": "titre et texte", "title": "titre", "text": "texte", "read": "{} (lu « {} »)",
        "respelt": "nombres et dates : {}", "missing": "manquent : {}", "no_words": "aucun mot de la question",
        "nearest": "sens : le plus proche", "very": "sens : très proche", "near": "sens : proche",
        "far": "sens : peu proche", "sentence": "{} (phrase « {} »)", "said": "{} (dit par {} : « {} »)",
        "titled": "titre proche de la question", "issuer": "émetteur demandé : {}",
        "period": "dans la période demandée : {}", "language": "langue demandée : {}",
        "contacts": "coordonnées : comptent moins",
        "boilerplate": "présentation de l’émetteur : compte moins", "listed": "dans l’ordre du catalogue",
    },
    "en": {
        "words": "words: {}", "both": "title and text", "title": "title", "text": "text", "read": "{} (read as “{}”)",
        "respelt": "numbers and dates: {}", "missing": "missing: {}", "no_words": "no word of the question",
        "nearest": "meaning: the nearest", "very": "meaning: very near", "near": "meaning: near",
        "far": "meaning: not very near", "sentence": "{} (sentence “{}”)", "said": "{} (said by {}: “{}”)",
        "titled": "title near the question", "issuer": "issuer asked for: {}",
        "period": "within the period asked for: {}", "language": "language asked for: {}",
        "contacts": "contact details: count less",
        "boilerplate": "about the issuer: counts less", "listed": "in the catalogue's order",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reasons:
    """Tells why hits were found for a question; `hits` are all that were, to tell near from far."""

    question: str
    filters: Filters
    hits: Sequence[Hit]
    language: str = "fr"

    def of(self, release: Release, span: Span) -> tuple[str, ...]:
        """Why the passage at `span` of a release is there, the strongest reason first."""
        say = _SAY.get(self.language, _SAY["fr"])
        hit = next((h for h in self.hits if h.release.id == release.id and _holds(h.passage.span, span)), None)
        found = [say["listed"]] if hit is None else [*self._words(hit, say), *self._meaning(hit, say)]
        found += self._filters(release, say)
        if hit is not None and hit.passage.kind is not PassageKind.BODY:
            found.append(say[hit.passage.kind.value])
        return tuple(found)

    def _words(self, hit: Hit, say: Mapping[str, str]) -> list[str]:
        language = hit.release.language
        title, text = _read(hit.release.title, language), _read(hit.passage.text, language)
        shared: dict[str, list[str]] = {"both": [], "title": [], "text": []}
        missing = []
        for written, ways in _asked(self.question, language):
            in_title, in_text = title.holds(ways), text.holds(ways)
            told = written
            if not in_title and not in_text and (meant := self._meant(ways, text, title)):
                told = say["read"].format(written, meant)
                in_title, in_text = title.holds([fold(meant)]), text.holds([fold(meant)])
            if in_title or in_text:
                shared["both" if in_title and in_text else "title" if in_title else "text"].append(told)
            else:
                missing.append(written)
        parts = [f"{', '.join(told)} ({say[where]})" for where, told in shared.items() if told]
        reasons = [say["words"].format(" ; ".join(parts))] if parts else [say["no_words"]]
        if respelt := self._respelt(text):
            reasons.append(say["respelt"].format(", ".join(respelt)))
        if parts and missing:
            reasons.append(say["missing"].format(", ".join(missing)))
        return reasons

    def _meant(self, ways: Sequence[str], *texts: _Read) -> str | None:
        """The word of these texts that one no hit knows is a misspelling of."""
        meant = next(filter(None, (text.nearest(ways[0]) for text in texts)), None)
        if meant and any(_read(hit.passage.text, hit.release.language).holds(ways) for hit in self.hits):
            return None
        return meant

    def _respelt(self, text: _Read) -> list[str]:
        """What the question says otherwise than in its words, and the passage in its words or otherwise."""
        own = {raw for raw, _, _ in words(self.question)}
        otherwise = dict.fromkeys(one for one in spellings(fold(self.question)) if one not in own)
        return [one for one in otherwise if len(one) > 2 and any(map(str.isdigit, one)) and one in text.all]

    def _meaning(self, hit: Hit, say: Mapping[str, str]) -> list[str]:
        near = _nearness(hit)
        if near is None:
            return []
        known = [one for one in map(_nearness, self.hits) if one is not None]
        best, spread = max(known), pstdev(known)
        level = "nearest" if near >= best else "very" if near >= best - spread else "near"
        if near < best - 2 * spread:
            level = "far"
        reasons = [self._sentence(hit, say[level], say)]
        titles = [one.why["title"] for one in self.hits if "title" in one.why]
        if titles and hit.why.get("title", -1.0) >= max(titles) - pstdev(titles):
            reasons.append(say["titled"])
        return reasons

    @staticmethod
    def _sentence(hit: Hit, told: str, say: Mapping[str, str]) -> str:
        scores = hit.sentence_scores
        if not scores or len(scores) > len(hit.passage.sentences):
            return told
        span = hit.passage.sentences[max(range(len(scores)), key=scores.__getitem__)]
        sentence = _short(span.of(hit.release.text))
        for quote in hit.release.quotes:
            if quote.speaker and quote.span.start < span.end and span.start < quote.span.end:
                return say["said"].format(told, quote.speaker, sentence)
        return say["sentence"].format(told, sentence)

    def _filters(self, release: Release, say: Mapping[str, str]) -> list[str]:
        asked, reasons = self.filters, []
        if named := [name for name in (release.issuer, *release.co_issuers) if name in asked.issuers]:
            reasons.append(say["issuer"].format(", ".join(filter(None, named))))
        if asked.period != Period():
            reasons.append(say["period"].format(in_words(asked.period, self.language)))
        if asked.languages:
            reasons.append(say["language"].format(release.language))
        return reasons


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a text: folded with how they stand there, and everything it can be found by."""

    surfaces: Mapping[str, str]
    all: frozenset[str]
    language: str

    def holds(self, ways: Iterable[str]) -> bool:
        return any(way in self.all or f"={stem(way, self.language)}" in self.all for way in ways)

    def nearest(self, word: str) -> str | None:
        """The word of the text that `word` is a misspelling of, as it stands there."""
        if not may_be_misspelt(word):
            return None
        near: dict[str, Slip] = {}
        for other in self.surfaces:
            if abs(len(other) - len(word)) <= 3 and (how := slip(word, other)):
                near[other] = how
        return self.surfaces[max(near, key=lambda other: near[other])] if near else None


@lru_cache(256)
def _read(text: str, language: str) -> _Read:
    surfaces = {raw: text[start:end] for raw, start, end in words(text)}
    stems = {f"={term.stem}" for term in terms(text, language)}
    return _Read(surfaces, frozenset({*surfaces, *stems, *spellings(fold(text))}), language)


def _asked(question: str, language: str) -> list[tuple[str, list[str]]]:
    """The words of a question that carry a subject, as written, each with the ways to look it up.

    « 1,9 million » is one of them, and so is a compound.
    """
    stopwords = STOPWORDS.get(language, STOPWORDS["fr"])
    found: list[tuple[str, list[str]]] = []
    until = 0
    for raw, start, end in words(question):
        if start >= until and raw not in stopwords:
            found.append((question[start:end], [raw]))
            until = end
        elif end == until and question[start:end] == found[-1][0]:
            found[-1][1].append(raw)
    return found


def _holds(passage: Span, span: Span) -> bool:
    return passage.start <= span.start and span.end <= passage.end


def _nearness(hit: Hit) -> float | None:
    return hit.why.get("sentence", hit.why.get("cosine"))


def _short(text: str) -> str:
    """The sentence on one line, without the quotation mark whose other half stands in another sentence."""
    flowing = " ".join(text.split())
    opening, closing = flowing.count("«"), flowing.count("»")
    if opening > closing and flowing.startswith("«"):
        flowing = flowing[1:].lstrip()
    elif closing > opening and flowing.endswith("»"):
        flowing = flowing[:-1].rstrip()
    elif opening == closing == 1 and flowing.startswith("«") and flowing.endswith("»"):
        flowing = flowing[1:-1].strip()
    return flowing if len(flowing) <= LONGEST else flowing[:LONGEST].rsplit(" ", 1)[0] + " […]"
