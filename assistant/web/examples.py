"""Questions drawn from the archive itself, which it can answer: somebody it quotes, a figure it gives, what came last.

Each rests on a release that the visitor may read, and is published. Knows nothing of HTML.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta

from assistant.web import wording
from assistant.web.messages import FRENCH, Messages
from store.language import fold
from store.period import Period, in_words
from store.records import Release, ReleaseNotFound, Scope, Status
from store.view import View

SHOWN = 4
LISTED, READ = 60, 16
"""Releases looked at in the newest list, and those of them that are read."""
_LONGEST_TITLE, _LONGEST_NAME = 70, 60
_HEAD = re.compile(r"\s*[:–—|]\s+")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")
_NOUN = re.compile(r"[^\W\d_][\w'’-]{2,}(?: [^\W\d_][\w'’-]+){0,2}")
_VOWEL = re.compile(r"[aeiouyh]")
_MEASURES = frozenset(
    """
    an ans annee annees mois jour jours semaine semaines heure heures minute minutes fois euro euros million millions
    milliard milliards personne cent cents pour year years month months day days week weeks hour hours minutes times
    time percent point points
    """.split()
)


class Examples:
    """The questions for each scope and language, drawn again when the archive has changed."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[Scope, str], tuple[tuple[int, date], tuple[str, ...]]] = {}
        self._drawing = threading.Lock()

    def of(self, view: View, say: Messages) -> tuple[str, ...]:
        key, state = (view.scope, say.language), (view.edition(), view.now.date())
        with self._drawing:
            kept = self._drawn.get(key)
            if kept is None or kept[0] != state:
                kept = self._drawn[key] = state, drawn(view, say)
            return kept[1]


def drawn(view: View, say: Messages) -> tuple[str, ...]:
    """At most `SHOWN` questions in the page's language."""
    newest = [entry for entry in view.releases(limit=LISTED) if entry.status is Status.PUBLISHED]
    spoken = [entry.id for entry in newest if entry.language == say.language][:READ]
    questions = list(_of_releases(_read(view, spoken), say))
    issuer = next(iter(view.issuers()), None)
    if issuer is not None and len(issuer) <= 2 * _LONGEST_NAME:
        questions.append(say("example_latest", issuer=wording.on_one_line(issuer)))
    last = next((entry.published for entry in newest if entry.published and entry.published <= view.now.date()), None)
    if last is not None:
        month = Period(last.replace(day=1), _end_of_month(last))
        questions.append(say("example_month", month=in_words(month, say.language)))
    return tuple(dict.fromkeys(questions))[:SHOWN]


def _read(view: View, ids: Sequence[str]) -> Iterator[Release]:
    for release_id in ids:
        with suppress(ReleaseNotFound):  # withdrawn since it was listed
            yield view.release(release_id)


def _of_releases(releases: Iterator[Release], say: Messages) -> Iterator[str]:
    """What the first says who is quoted by a whole name, and the first figure that counts something."""
    speaker = figure = ""
    for release in releases:
        speaker = speaker or _speaker(release)
        figure = figure or _figure(release, say)
        if speaker and figure:
            break
    if speaker:
        yield say("example_said", speaker=speaker)
    if figure:
        yield figure


def _speaker(release: Release) -> str:
    names = (wording.on_one_line(quote.speaker or "") for quote in release.quotes if not quote.indirect)
    return next((name for name in names if len(name) <= _LONGEST_NAME and _is_name(name)), "")


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and not name.isupper() and name[:1].isupper()


def _figure(release: Release, say: Messages) -> str:
    """How many of what the release counts but once; its title says where."""
    head = _HEAD.split(wording.on_one_line(release.title), maxsplit=1)[0]
    if not 8 <= len(head) <= _LONGEST_TITLE or len(head.split()) < 2 or head.isupper():
        return ""
    for figure in release.figures:
        noun = wording.on_one_line(figure.counted or "")
        words = set(fold(noun).split())
        plain = not figure.unit and noun.islower() and _NOUN.fullmatch(noun) and not words & _MEASURES
        if plain and release.text.count(noun) == 1 and not words & set(fold(head).split()):
            of = "d’" if _VOWEL.match(fold(noun)) else "de "
            return say("example_figure", title=head, counted=of + noun if say.language == FRENCH else noun)
    return ""


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
