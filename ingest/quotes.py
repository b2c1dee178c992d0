"""Quotations between guillemets, and who speaks, where the sentence says so.

Simple rules: a speaker named right after or right before; a pronoun or a second quotation
of one sentence is the last speaker's.
"""

from __future__ import annotations

import re

from ingest.contacts import NAME
from store.records import Quote, Span

_QUOTATION = re.compile(r"«\s*(?P<fr>[^«»]{12,2000}?)\s*»|“(?P<en>[^“”]{12,2000}?)”|„(?P<de>[^„“]{12,2000}?)“")
_VERBS = (
    r"(?:d[ée]clar|expliqu|soulign|pr[ée]cis|ajout|affirm|indiqu|conclu|estim|observ|rappel|insist|commen|confi|r[ée]sum"
    r"|reconna|se f[ée]licit|se r[ée]joui|assur|annonc|pour?sui|not|salu|constat|t[ée]moign|averti|dit|dis|souri"
    r"|lanc|promet|promis|r[ée]p[èe]t|r[ée]pond|plaid|regrett|admet|said|says|explain|add|admit|warn|stress|comment|state|recall"
    r"|sagt|erkl[äa]r|beton)[a-zà-ÿ]*"
)
_AFTER = re.compile(
    rf"\s*,?\s*(?:a|ont|s'est|s’est|has|had)?\s*(?:ainsi\s+|encore\s+|également\s+)?{_VERBS}(?:-t-(?:il|elle)|-(?:il|elle))?"
    r"(?:\s+(?:ainsi|encore|également|pour sa part|de son côté))?\s*,?\s*(?:l[ea’']\s?[a-zà-ÿ ]{3,40}?\s)?"
)
_PRONOUN = re.compile(r"\s*,?\s*(?:a-t-(?:il|elle)\s+\w+|\w+(?:-t)?-(?:il|elle)\b|(?:he|she)\s+(?:said|added))")
_ACCORDING = re.compile(r"\s*(?:selon|d[’']après|according to)\s+[^.:]{3,160},?\s*$", re.IGNORECASE)
_PREPOSITION = re.compile(r"^\s*(?:selon|d[’']après|according to)\s+", re.IGNORECASE)
_BEFORE = re.compile(rf"{_VERBS}[^.«»]{{0,60}}:\s*$")
_ROLE = re.compile(
    r"\s*,\s*(?P<role>(?!et\b|qui\b|dont\b|dans\b|à\b|lors\b)[a-zà-ÿœ][^.;«»\n]{3,160}?)(?=[.;\n«]|,\s(?:qui|dans|lors|à|dont|a)\b|$)"
)


def find_quotes(text: str, end: int | None = None) -> tuple[Quote, ...]:
    """The quotations of `text[:end]` of at least three words, in order."""
    quotes: list[Quote] = []
    for match in _QUOTATION.finditer(text, 0, len(text) if end is None else end):
        group = match.lastgroup or "fr"
        span = Span(match.start(group), match.end(group))
        if len(span.of(text).split()) < 4:
            continue
        speaker, role = _speaker(text, match.start(), match.end())
        if speaker is None and quotes and _goes_on(text, quotes[-1], match):
            speaker, role = quotes[-1].speaker, quotes[-1].role
        if speaker is not None and role is None:
            role = next((quote.role for quote in quotes if quote.speaker == speaker and quote.role), None)
        quotes.append(Quote(span, speaker, role))
    return tuple(quotes)


def _speaker(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    said = _AFTER.match(text, end, min(len(text), end + 120))
    if said:
        named = NAME.match(text, said.end())
        if named:
            return _named(text, named)
    before = text[max(0, start - 260) : start]
    sentence = re.split(r"(?<=[.!?»])\s|\n", before)[-1]
    if _BEFORE.search(sentence) or _ACCORDING.match(sentence):
        named = NAME.search(_PREPOSITION.sub("", sentence))
        if named:
            return _named(named.string, named)
    return None, None


def _named(text: str, named: re.Match[str]) -> tuple[str, str | None]:
    role = _ROLE.match(text, named.end())
    return named["name"], role["role"].strip() if role else None


def _goes_on(text: str, last: Quote, match: re.Match[str]) -> bool:
    """Whether a quotation is the last speaker's: same paragraph, or « a-t-il ajouté » after it."""
    between = text[last.span.end : match.start()]
    return ("\n" not in between and len(between) < 250 and last.speaker is not None) or bool(
        _PRONOUN.match(text, match.end())
    )
