"""What was corrected: the newer version answers, and the reader is told what took the place of what.

Only releases and their days are told, never words that no longer stand. Knows nothing about
writing; asks views.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.answer import Notice
from store.period import day_in_words
from store.records import CorrectionKind, Hit, Release, ReleaseNotFound, Scope, Span, Status
from store.schema import PARIS
from store.view import Entry, View

Search = Callable[[tuple[str, ...]], Sequence[Hit]]
"""Passages of some releases (ids) that speak of what is asked."""

BEHIND = 0.9
"""What a release keeps of its score when another corrects it: it is read after that one."""


def corrections(view: View, releases: Collection[str]) -> Mapping[str, tuple[Entry, ...]]:
    """Of these releases (ids), those that others correct without standing in their place."""
    found = {target: tuple(one for one in by if _stands(one)) for target, by in view.corrections(releases).items()}
    return {target: by for target, by in found.items() if by}


def _stands(entry: Entry) -> bool:
    return entry.status in (Status.PUBLISHED, Status.EMBARGOED)


def put_right(hits: Sequence[Hit], wrong: Mapping[str, tuple[Entry, ...]], search: Search) -> list[Hit]:
    """The hits, with what corrects a release before it; `search` finds what the hits do not hold."""
    if not wrong:
        return list(hits)
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.release.id] = max(hit.score, best.get(hit.release.id, hit.score))
    rightful = {entry.id: best[corrected] for corrected, by in wrong.items() for entry in by}
    missing = tuple(one for one in rightful if one not in best)
    found = [*hits, *(search(missing) if missing else ())]
    scored = [replace(hit, score=_score(hit, rightful, wrong, best)) for hit in found]
    return sorted(scored, key=lambda hit: -hit.score)


def _score(hit: Hit, rightful: Mapping[str, float], wrong: Mapping[str, object], best: Mapping[str, float]) -> float:
    score = hit.score
    if hit.release.id in rightful:
        own = best.get(hit.release.id) or hit.score or 1.0
        score = score * max(own, rightful[hit.release.id]) / own
    return score * BEHIND if hit.release.id in wrong else score


@dataclass(frozen=True, slots=True)
class Told:
    """Where the notices of an answer are told: by whom it was asked, in which language.

    `whole` is the archivist's view: versions are compared with it, and nothing of it is shown.
    """

    view: View
    whole: View
    language: str

    def notices(self, cited: Sequence[tuple[Release, Span]], wrong: Mapping[str, tuple[Entry, ...]]) -> list[Notice]:
        """One notice a cited release that was corrected, or that corrects another."""
        spans: dict[str, list[Span]] = {}
        releases: dict[str, Release] = {}
        for release, span in cited:
            releases[release.id] = release
            spans.setdefault(release.id, []).append(span)
        found: list[Notice] = []
        for release in releases.values():
            by = wrong.get(release.id, ())
            notice = (
                (self._corrected_by(release, by[-1]) if by else None)
                or (self._corrects(release, [one for one, others in wrong.items() if release.id in _ids(others)]))
                or (self._newer_version(release, spans[release.id]) if release.version > 1 else None)
            )
            if notice is not None and notice.message not in {one.message for one in found}:
                found.append(notice)
        return found

    def _corrected_by(self, release: Release, by: Entry) -> Notice:
        say = _SAY[self.language]
        told = say["rectifies"].format(title=_title(by.title, self.language), of=self._of(release))
        return self._notice(by.published, told, by.id, release.id)

    def _corrects(self, release: Release, known: Sequence[str]) -> Notice | None:
        said = release.corrects
        if said is None:
            return None
        say = _SAY[self.language]
        target = self._seen(known[0]) if known else None
        if target is not None:
            of = self._of(target)
        else:
            day = say["of_day"].format(day_in_words(said.published, self.language)) if said.published else ""
            of = say["release"] + day if day else say["earlier"]
        verb = say["rectifies"] if said.kind is CorrectionKind.CORRECTS else say["replaces"]
        told = verb.format(title=_title(release.title, self.language), of=of)
        return self._notice(release.published, told, release.id, *known[:1])

    def _seen(self, release_id: str) -> Release | None:
        """A release, unless it was withdrawn while the answer was written."""
        try:
            return self.view.release(release_id)
        except ReleaseNotFound:
            return None

    def _newer_version(self, release: Release, spans: Sequence[Span]) -> Notice | None:
        before = self._shown_before(release)
        if before is None:
            return None
        old = " ".join(before.text.split())
        changed = any(" ".join(span.of(release.text).split()) not in old for span in spans)
        say = _SAY[self.language]
        received = release.source.received
        day = release.published if release.published != before.published else None
        day = day or (received.astimezone(PARIS).date() if received else None)
        told = say["version"].format(
            version=release.version,
            title=_title(release.title, self.language),
            of=say["of_day"].format(day_in_words(release.published, self.language)) if release.published else "",
            changed=say["changed" if changed else "same"],
        )
        return self._notice(day, told, release.id)

    def _shown_before(self, release: Release) -> Release | None:
        """The version that this reader knew before; none for the public where each was under embargo while it stood."""
        versions = self.whole.versions(release.id)
        for before, after in reversed(list(pairwise(versions))):
            if after.version <= release.version and (self.view.scope is not Scope.PUBLIC or _public(before, after)):
                return before
        return None

    def _of(self, release: Release) -> str:
        say = _SAY[self.language]
        day = say["of_day"].format(day_in_words(release.published, self.language)) if release.published else ""
        return f"{say['release']}{day} ({_title(release.title, self.language)})"

    def _notice(self, day: date | None, told: str, *releases: str) -> Notice:
        say = _SAY[self.language]
        corrected = say["on"].format(day_in_words(day, self.language)) if day else say["once"]
        return Notice("corrected", f"{corrected}{told}", tuple(dict.fromkeys(releases)))


def _public(before: Release, after: Release) -> bool:
    """Whether a version was published by the time the next one took its place."""
    until = after.source.received
    if until is None:
        return before.embargo is None
    day = until.astimezone(PARIS).date()
    return (before.embargo is None or before.embargo <= until) and (before.published or day) <= day


def _ids(entries: Sequence[Entry]) -> set[str]:
    return {entry.id for entry in entries}


def _title(title: str, language: str) -> str:
    told = re.sub(r"\s*[»”]", "”", re.sub(r"[«“„]\s*", "“", " ".join(title.split())))
    return {"en": f"“{told}”", "de": f"„{told}“", "it": f"«{told}»"}.get(language, f"« {told} »")


_SAY = {
    "fr": {
        "on": "Corrigé le {} : ",
        "once": "Corrigé : ",
        "of_day": " du {}",
        "release": "le communiqué",
        "earlier": "un communiqué antérieur",
        "rectifies": "{title} rectifie {of}.",
        "replaces": "{title} remplace {of}.",
        "version": "la version {version} du communiqué {title}{of} remplace la précédente ; {changed}.",
        "changed": "le passage cité a changé",
        "same": "le passage cité est resté le même",
    },
    "en": {
        "on": "Corrected on {}: ",
        "once": "Corrected: ",
        "of_day": " of {}",
        "release": "the release",
        "earlier": "an earlier release",
        "rectifies": "{title} corrects {of}.",
        "replaces": "{title} replaces {of}.",
        "version": "version {version} of the release {title}{of} replaces the one before; {changed}.",
        "changed": "the passage cited has changed",
        "same": "the passage cited is unchanged",
    },
    "de": {
        "on": "Korrigiert am {}: ",
        "once": "Korrigiert: ",
        "of_day": " vom {}",
        "release": "die Medienmitteilung",
        "earlier": "eine frühere Medienmitteilung",
        "rectifies": "{title} berichtigt {of}.",
        "replaces": "{title} ersetzt {of}.",
        "version": "Version {version} der Medienmitteilung {title}{of} ersetzt die vorherige; {changed}.",
        "changed": "die zitierte Stelle wurde geändert",
        "same": "die zitierte Stelle ist unverändert",
    },
    "it": {
        "on": "Corretto il {}: ",
        "once": "Corretto: ",
        "of_day": " del {}",
        "release": "il comunicato",
        "earlier": "un comunicato precedente",
        "rectifies": "{title} rettifica {of}.",
        "replaces": "{title} sostituisce {of}.",
        "version": "la versione {version} del comunicato {title}{of} sostituisce la precedente; {changed}.",
        "changed": "il passaggio citato è cambiato",
        "same": "il passaggio citato è rimasto uguale",
    },
}
