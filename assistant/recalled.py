"""An answer given before, as the API shows it: what may be seen of it today, and what became of its releases.

Having an answer's id opens nothing: the public is shown only what was told to the public,
and everybody only words, titles and ids of releases that they may see now. A question asked
before it, which another may have put, is left out. Asks views, never the catalogue; knows
nothing about where records are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.answer import Citation, Notice, filters_document, iso
from assistant.citations import CUT
from assistant.records import Kept
from assistant.replay import shown, since
from store.records import Filters, Scope
from store.view import View

GONE = "gone"
"""What became of a release that the public may not see any more, whatever the reason."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The archive as the one who looks sees it, and as the archivist does (of which no words are taken)."""

    view: View
    whole: View

    def recalls(self, kept: Kept) -> bool:
        """Whether the one who looks may be shown this record at all."""
        return self.view.scope is not Scope.PUBLIC or kept.scope is Scope.PUBLIC

    def there(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of these releases that may be seen now, in whichever version."""
        wanted = tuple(dict.fromkeys(ids))
        return frozenset(one.id for one in self.view.releases(Filters(releases=wanted))) if wanted else frozenset()


def document(kept: Kept, sight: Sight) -> dict[str, Any]:
    """The record as JSON; the caller has made sure that `sight` recalls it."""
    seen, record = shown(kept, sight.view), kept.record
    answer, cut = seen.answer, seen is not kept
    readable = sight.view.several({(one.release_id, one.version) for one in answer.citations} | set(kept.evidence))
    there = sight.there(
        [one.release_id for one in answer.citations]
        + [release_id for release_id, _ in kept.evidence]
        + [release_id for notice in answer.notices for release_id in notice.releases]
    )
    told = record["answer"]["abstention"]
    return {
        "answer_id": kept.id,
        "given": kept.given.isoformat(),
        "scope": kept.scope.value,
        "complete": bool(record.get("complete", True)),
        "question": kept.question.text,
        "standalone": answer.standalone,
        "filters": filters_document(Filters() if cut else answer.filters),
        "sentences": [{"text": s.text, "citations": list(s.citations), "lead_in": s.lead_in} for s in answer.sentences],
        "citations": [_citation(one, (one.release_id, one.version) in readable, there) for one in answer.citations],
        "abstention": told and {"reason": told["reason"], "message": CUT if cut else told["message"]},
        "evidence": [
            {key: one[key] for key in ("release_id", "version", "start", "end", "score")}
            for one in record.get("evidence", ())
            if (one["release_id"], one["version"]) in readable
        ],
        "searched": record.get("searched"),
        "notices": [_notice(one, there) for one in answer.notices],
        "writer": record["writer"],
        "milliseconds": record.get("milliseconds"),
        "releases": [_became(version, kept, there, sight) for version in _cited(kept)],
    }


def _cited(kept: Kept) -> list[tuple[str, int]]:
    return list(dict.fromkeys((one.release_id, one.version) for one in kept.answer.citations))


def _citation(citation: Citation, readable: bool, there: frozenset[str]) -> dict[str, Any]:
    """A citation; of what may not be read only the number, and the release where another version of it may be."""
    seen = citation.release_id in there
    return {
        "number": citation.number,
        "release_id": citation.release_id if seen else None,
        "reference": citation.reference if readable else None,
        "version": citation.version if seen else None,
        "title": citation.title if readable else None,
        "issuer": citation.issuer if readable else None,
        "published": iso(citation.published) if readable else None,
        "url": citation.url if readable else None,
        "page": citation.page if readable else None,
        "start": citation.span.start if readable else None,
        "end": citation.span.end if readable else None,
        "quote": citation.quote if readable else None,
    }


def _notice(notice: Notice, there: frozenset[str]) -> dict[str, Any]:
    """A notice; its message may say what a release says, so all it is about must be there."""
    whole = there.issuperset(notice.releases)
    left = [release_id for release_id in notice.releases if release_id in there]
    return {"kind": notice.kind, "message": notice.message if whole else CUT, "releases": left}


def _became(version: tuple[str, int], kept: Kept, there: frozenset[str], sight: Sight) -> dict[str, Any]:
    """What became of a cited version; the public is not told why it may not see a release."""
    release_id = version[0]
    numbers = [one.number for one in kept.answer.citations if (one.release_id, one.version) == version]
    if sight.view.scope is Scope.PUBLIC and release_id not in there:
        return {"citations": numbers, **_state(GONE)}
    found = since(sight.view if sight.view.scope is Scope.PUBLIC else sight.whole, *version)
    return {
        "citations": numbers,
        **_state(
            GONE if found.state == "missing" else found.state,
            release_id=release_id if release_id in there else None,
            version=version[1],
            version_now=found.version_now,
            since=None if found.moment is None else found.moment.isoformat(),
            by=[one for one in found.by if one in sight.there([one])],
        ),
    }


def _state(
    state: str,
    release_id: str | None = None,
    version: int | None = None,
    version_now: int | None = None,
    since: str | None = None,
    by: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "release_id": release_id,
        "version": version,
        "state": state,
        "version_now": version_now,
        "since": since,
        "by": by or [],
    }
