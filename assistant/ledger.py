"""Answers read off the catalogue: the last release, the first ones, all of a month, how many.

In the catalogue's order, never by resemblance. « Sur Y » means those whose words speak of
Y; the releases are read for that, not guessed at. Asks a view, so it counts what its reader
may see. Knows nothing about filters beyond handing them on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from assistant.answer import Claim, Evidence, Searched
from assistant.lead_in import announced, dated
from assistant.question import Understanding
from assistant.retrieval import Gathered
from assistant.wanted import Order
from store.language import content_terms, fold, sentences, trimmed
from store.period import Period, day_in_words, find_dates, in_words
from store.perusal import Mention, mentions
from store.records import Filters, Release, Span
from store.view import View

SHOWN = 10
"""Releases listed where no number is asked for."""
_PROSE = 40
"""Characters from which a line is a sentence and not a heading."""
_LONGEST = 400
_DATELINE = 600
"""Characters of a release in which its own day is looked for."""
_PASSING = 200
"""Releases that speak of a subject in passing, looked through for one that speaks mainly of it."""
NEAREST, NEAR = 5, 0.8
"""Releases that may be meant, and their share of the best score, where a subject is said in other words."""
_ASKS_WHEN = re.compile(r"\b(?:quand|de quand|a quelle date|quel jour|when|wann|quando)\b")
_COUNTED = {
    "fr": (
        "L'archive compte {} communiqué{s}{by}{about}{when}{span}",
        "s",
        " de « {} »",
        (" qui mentionnent « {} »", " qui mentionne « {} »"),
    ),
    "en": (
        "The archive holds {} release{s}{by}{about}{when}{span}",
        "s",
        " by “{}”",
        (" that mention “{}”", " that mentions “{}”"),
    ),
    "de": (
        "Das Archiv enthält {} Medienmitteilung{s}{by}{about}{when}{span}",
        "en",
        " von « {} »",
        (", die « {} » erwähnen", ", die « {} » erwähnt"),
    ),
    "it": (
        "L'archivio contiene {} comunicat{s}{by}{about}{when}{span}",
        "i",
        " di « {} »",
        (" che menzionano « {} »", " che menziona « {} »"),
    ),
}
_SINGULAR = {"fr": "", "en": "", "de": "", "it": "o"}
_SPANS = {
    "fr": (" : le plus récent est du {}, le plus ancien du {}.", ", du {}."),
    "en": (": the latest of {}, the first of {}.", ", of {}."),
    "de": (": die neueste vom {}, die älteste vom {}.", ", vom {}."),
    "it": (": il più recente è del {}, il più vecchio del {}.", ", del {}."),
}


@dataclass(frozen=True, slots=True)
class Entered:
    """Releases in the order asked for, and what is told of them: each claim is true by the catalogue.

    `about` is set where a subject was asked for: what they say of it is still to be written.
    """

    releases: tuple[Release, ...]
    claims: tuple[Claim, ...]
    gathered: Gathered
    about: bool = False


def entered(view: View, asked: Understanding) -> Entered | None:
    """What the catalogue answers; None where it has no say, or no release holds the subject's words."""
    wanted = asked.wanted
    if not wanted.of_the_catalogue:
        return None
    if wanted.subject:
        return _about(view, asked)
    extent = view.extent(asked.filters)
    searched = Searched(extent.releases, extent.first, extent.last)
    newest = wanted.order != "oldest"
    limit = wanted.limit if wanted.order and wanted.limit and wanted.limit > 1 else SHOWN
    ids = [entry.id for entry in view.releases(asked.filters, limit=limit, newest_first=newest)]
    listed = tuple(view.release(one) for one in ids)
    claims: tuple[Claim, ...] = ()
    if wanted.count and listed:
        oldest = view.releases(asked.filters, limit=1, newest_first=False)[0]
        claims = (_count(asked, searched, [listed[0], view.release(oldest.id)]),)
    elif wanted.order and wanted.limit == 1:
        claims = tuple(_first_words(asked, listed[:1]))
    elif listed:
        claims = tuple(_dated(asked.language, release) for release in listed)
        if searched.releases > len(listed) and wanted.order is None:
            oldest = view.releases(asked.filters, limit=1, newest_first=False)[0]
            claims = (_count(asked, searched, [listed[0], view.release(oldest.id)]), *claims)
    return Entered(listed, claims, _gathered(listed, searched))


def in_order(gathered: Gathered, order: Order) -> Gathered:
    """What resembles a subject that no release says in those words: the nearest, in the order asked for."""
    if not gathered.evidence:
        return gathered
    best = gathered.evidence[0].score
    near = [one for one in gathered.evidence[:NEAREST] if one.score >= NEAR * best]
    near.sort(key=lambda one: one.release.published or date.min, reverse=order == "newest")
    rank = {one.release.id: place for place, one in enumerate(near)}
    evidence = (*near, *(one for one in gathered.evidence if one.release.id not in rank))
    hits = sorted(gathered.hits, key=lambda hit: rank.get(hit.release.id, len(rank)))
    return Gathered(tuple(hits), evidence, gathered.searched)


def spoken_of(gathered: Gathered, asked: Understanding) -> bool:
    """Whether what resembles a subject holds any of its words; in a foreign language that cannot be told."""
    wanted = {term.stem for term in content_terms(asked.wanted.subject, asked.language)}
    told = "\n".join(f"{one.release.title}\n{one.text}" for one in gathered.evidence[:NEAREST])
    return not wanted or not wanted.isdisjoint(term.stem for term in content_terms(told, asked.language))


def _about(view: View, asked: Understanding) -> Entered | None:
    wanted = asked.wanted
    found = mentions(view, wanted.subject, asked.language, asked.filters, wanted.order != "oldest")
    if wanted.count:
        return _counted_about(view, asked, list(found))
    limit = wanted.limit or 1
    chosen = _mainly(found, max(limit, 3))
    if not chosen:
        return None
    listed = tuple(view.release(mention.release_id) for mention in chosen)
    extent = view.extent(asked.filters)
    searched = Searched(extent.releases, extent.first, extent.last)
    if limit > 1:
        listed = listed[:limit]
        return Entered(listed, tuple(_dated(asked.language, one) for one in listed), _gathered(listed, searched))
    return Entered(listed, tuple(_first_words(asked, listed[:1])), _gathered(listed, searched), about=True)


def _mainly(found: Iterable[Mention], limit: int) -> list[Mention]:
    """The first that speak mainly of the subject; where none does, the first that mention it."""
    mainly: list[Mention] = []
    passing: list[Mention] = []
    for mention in found:
        (mainly if mention.mainly else passing).append(mention)
        if len(mainly) >= limit or (mainly and len(passing) >= _PASSING):
            break
    return list(islice(mainly or passing, limit))


def _counted_about(view: View, asked: Understanding, found: Sequence[Mention]) -> Entered | None:
    """How many releases hold the subject's words."""
    if not found:
        return None
    first, last = view.release(found[-1].release_id), view.release(found[0].release_id)
    listed = tuple(view.release(mention.release_id) for mention in found[:SHOWN])
    searched = Searched(len(found), first.published, last.published)
    return Entered(listed, (_count(asked, searched, [last, first]),), _gathered(listed, searched))


def _gathered(listed: Sequence[Release], searched: Searched) -> Gathered:
    evidence = tuple(
        Evidence(release, 1.0 / place, span.of(release.text), span)
        for place, release in enumerate(listed, start=1)
        for span in [first_sentence(release)]
    )
    return Gathered((), evidence, searched)


def _count(asked: Understanding, searched: Searched, ends: Sequence[Release]) -> Claim:
    """« L'archive compte 12 communiqués … », resting on the newest and the oldest."""
    language = asked.language if asked.language in _COUNTED else "fr"
    sentence, plural, by, (about_many, about_one) = _COUNTED[language]
    filters, subject = asked.filters, asked.wanted.subject
    number = f"{searched.releases:,}".replace(",", "," if language == "en" else "\u202f")
    one = searched.releases == 1
    told = sentence.format(
        number,
        s=_SINGULAR[language] if one else plural,
        by=by.format(" », « ".join(filters.issuers)) if filters.issuers else "",
        about=(about_one if one else about_many).format(subject) if subject else "",
        when=f" ({in_words(filters.period, language)})" if filters.period != Filters().period else "",
        span=_span(searched.first, searched.last, one, language),
    )
    rests_on = dict.fromkeys((release.id, first_sentence(release)) for release in ends)
    by_id = {release.id: release for release in ends}
    return Claim(told, tuple((by_id[release_id], span) for release_id, span in rests_on))


def _span(first: date | None, last: date | None, one: bool, language: str) -> str:
    if first is None or last is None:
        return "."
    between, on = _SPANS[language]
    if one or first == last:
        return on.format(day_in_words(last, language))
    return between.format(day_in_words(last, language), day_in_words(first, language))


def _first_words(asked: Understanding, listed: Sequence[Release]) -> list[Claim]:
    """What a release is called and how it begins; its day alone where that is asked."""
    claims: list[Claim] = []
    for release in listed:
        if _ASKS_WHEN.search(fold(asked.standalone)):
            claims.append(_day(asked.language, release))
            continue
        title, opening = _titled(release), first_sentence(release)
        if title is not None and title != opening:
            claims.append(replace(_said(release, title), lead_in=announced(release, asked.language)))
        else:
            claims.append(replace(_said(release, opening), lead_in=announced(release, asked.language, titled=True)))
            opening = Span(opening.start, opening.start)
        if len(opening):
            claims.append(_said(release, opening))
            following = _following(release, opening)
            if following is not None and not asked.wanted.subject:
                claims.append(_said(release, following))
    return claims


def _day(language: str, release: Release) -> Claim:
    """The day, in the release's own words where they give it."""
    for mention in find_dates(release.text[:_DATELINE]):
        span = Span(mention.start, mention.end)
        if release.published is not None and mention.period == Period(release.published, release.published):
            return replace(_said(release, span), lead_in=announced(release, language, titled=True))
    span = _titled(release) or first_sentence(release)
    words = " ".join(span.of(release.text).split())
    day = f"{day_in_words(release.published, language)} : " if release.published else ""
    return Claim(f"{day}{words}", ((release, span),))


def _dated(language: str, release: Release) -> Claim:
    """A line among others: its day and issuer, and what it is called."""
    return replace(_said(release, _titled(release) or first_sentence(release)), lead_in=dated(release, language))


def _said(release: Release, span: Span) -> Claim:
    return Claim(" ".join(span.of(release.text).split()), ((release, span),))


def _titled(release: Release) -> Span | None:
    """Where the title stands in the text."""
    at = release.text.find(release.title) if release.title else -1
    return Span(at, at + len(release.title)) if at >= 0 else None


def first_sentence(release: Release) -> Span:
    """The first sentence of the prose; the first line where there is none."""
    start = release.lead.start if release.lead else 0
    spans = [trimmed(release.text, span) for span in sentences(release.text)]
    spans = [span for span in spans if len(span) > 0]
    prose = [span for span in spans if span.start >= start and _is_prose(span.of(release.text))]
    chosen = next(iter(prose), None) or next(iter(spans), Span(0, len(release.text)))
    return chosen if len(chosen) <= _LONGEST else trimmed(release.text, Span(chosen.start, _cut(release.text, chosen)))


def _following(release: Release, opening: Span) -> Span | None:
    """The sentence after it, where it goes on at once."""
    for span in sentences(release.text):
        kept = trimmed(release.text, span)
        if kept.start >= opening.end and len(kept) > 0:
            near = "\n\n" not in release.text[opening.end : kept.start]
            return kept if near and _is_prose(kept.of(release.text)) and len(kept) <= _LONGEST else None
    return None


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and text[-1] in ".!?»”" and not text.isupper()


def _cut(text: str, span: Span) -> int:
    """The last blank before a sentence grows too long to show."""
    return text.rfind(" ", span.start, span.start + _LONGEST) if " " in span.of(text)[:_LONGEST] else span.end
