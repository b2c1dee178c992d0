"""An answer given before, beside the one given now: what differs, and what became of its releases.

The record is shown as it was, except for words of releases that the one who looks may not
see (any more). Asks views, never the catalogue. Knows nothing about where records are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from assistant.answer import Answer, Citation, document
from assistant.citations import CUT
from assistant.records import Kept
from store.records import ReleaseNotFound, Status
from store.view import View

State = Literal["unchanged", "corrected", "rectified", "superseded", "withdrawn", "missing"]
LEFT_OUT = "…"
"""The title of a release whose words may not be shown."""


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a release since a version of it was cited.

    "corrected": it has a newer version; "rectified": another release corrects it, and it
    stands; "superseded": another stands in its place. `moment` is when, where that is known,
    `by` are the releases that did it.
    """

    release_id: str
    version: int
    state: State
    version_now: int | None = None
    moment: datetime | None = None
    by: tuple[str, ...] = ()


def since(whole: View, release_id: str, version: int) -> Since:
    """What became of a cited version; `whole` is the archivist's view, of which no words are taken."""
    try:
        versions = whole.versions(release_id)
    except ReleaseNotFound:
        return Since(release_id, version, "missing")
    latest = versions[-1]
    if (withdrawal := whole.withdrawal(release_id)) is not None:
        return Since(release_id, version, "withdrawn", latest.version, withdrawal[0])
    by = tuple(entry.id for entry in whole.related(release_id).corrected_by)
    if latest.status is Status.SUPERSEDED:
        return Since(release_id, version, "superseded", latest.version, by=by)
    newer = next((one for one in versions if one.version > version), None)
    if newer is not None:
        return Since(release_id, version, "corrected", latest.version, newer.source.received, by)
    return Since(release_id, version, "rectified" if by else "unchanged", latest.version, by=by)


def changed(
    whole: View, cited: Iterable[tuple[str, int]], given: Mapping[tuple[str, int], datetime] | None = None
) -> tuple[Since, ...]:
    """The releases of an answer that are no longer what they were.

    What was corrected by another release before the moment `given` with it was so already.
    """
    before = tuple(cited)
    suspects = whole.unstable(before)
    found = (since(whole, *one) for one in before if one in suspects)
    return tuple(
        one
        for one in found
        if one.state != "unchanged" and not (given and rectified_before(whole, one, given[one.release_id, one.version]))
    )


def rectified_before(whole: View, since: Since, given: datetime) -> bool:
    """Whether all that happened to a release is that others correct it, and these were there at the moment `given`."""
    if since.state != "rectified":
        return False
    came = [whole.release(one).source.received for one in since.by]
    return all(moment is not None and moment <= given for moment in came)


def told_of(kept: Kept) -> set[tuple[str, int]]:
    """The versions whose words the record may hold: those cited, and those consulted."""
    return {(one.release_id, one.version) for one in kept.answer.citations} | set(kept.evidence)


def shown(kept: Kept, view: View) -> Kept:
    """The record without the words of versions that this reader may not see."""
    return without(kept, told_of(kept) - view.several(told_of(kept)).keys())


def without(kept: Kept, hidden: Set[tuple[str, int]]) -> Kept:
    """The record without the words of these versions."""
    answer = kept.answer
    if hidden.isdisjoint(told_of(kept)):
        return kept
    unseen = {one.number for one in answer.citations if (one.release_id, one.version) in hidden}
    gone = {release_id for release_id, _ in hidden}
    sentences = tuple(
        replace(one, text=CUT, lead_in="") if unseen.intersection(one.citations) else one for one in answer.sentences
    )
    notices = tuple(
        replace(one, message=CUT) if gone.intersection(one.releases) else one for one in answer.notices
    )  # a message may say what a release says
    citations = tuple(_emptied(one) if one.number in unseen else one for one in answer.citations)
    # Names and spellings were learnt from releases: what was read off the words is left out as well.
    asked = replace(answer, standalone=answer.question, sentences=sentences, citations=citations, notices=notices)
    return replace(kept, answer=asked, record={**kept.record, "understood": None})


def _emptied(citation: Citation) -> Citation:
    return replace(citation, title=LEFT_OUT, issuer=None, url=None, quote="")


def record_document(kept: Kept) -> dict[str, Any]:
    """The record as it is shown."""
    whole, record = document(kept.answer), kept.record
    return {
        "id": kept.id,
        "given": kept.given.isoformat(),
        "scope": kept.scope.value,
        **{key: record.get(key) for key in ("question", "history", "filters_given", "filters")},
        "standalone": kept.answer.standalone,
        **{key: record.get(key) for key in ("understood", "searched", "evidence", "writer", "prompt_hash")},
        "sentences": whole["sentences"],
        "citations": whole["citations"],
        "abstention": record["answer"]["abstention"],
        "notices": whole["notices"],
        "milliseconds": record.get("milliseconds"),
        "complete": record.get("complete", True),
    }


def replay_document(kept: Kept, visible: Kept, now: Answer, found: Sequence[Since]) -> dict[str, Any]:
    """Record, answer of now, what differs, and what became of the releases cited."""
    return {
        "record": record_document(visible),
        "now": document(now),
        "same": same(kept.answer, now),
        "differences": differences(kept, visible, now),
        "releases": [
            {
                "release_id": one.release_id,
                "version": one.version,
                "state": one.state,
                "version_now": one.version_now,
                "since": None if one.moment is None else one.moment.isoformat(),
                "by": list(one.by),
            }
            for one in found
        ],
    }


def same(then: Answer, now: Answer) -> bool:
    """Whether the same is said from the same versions."""
    said, saying = [_words(one.text) for one in then.sentences], [_words(one.text) for one in now.sentences]
    return said == saying and _cited(then) == _cited(now) and _reason(then) == _reason(now)


def differences(kept: Kept, visible: Kept, now: Answer) -> dict[str, Any]:
    """What was said or cited then and is not now, and the other way round."""
    then = kept.answer
    said, saying = {_words(one.text) for one in then.sentences}, {_words(one.text) for one in now.sentences}
    cited, citing = _cited(then), _cited(now)
    pairs = zip(then.sentences, visible.answer.sentences, strict=True)
    return {
        "sentences_gone": [seen.text for one, seen in pairs if _words(one.text) not in saying],
        "sentences_new": [one.text for one in now.sentences if _words(one.text) not in said],
        "citations_gone": [_version(one) for one in cited if one not in citing],
        "citations_new": [_version(one) for one in citing if one not in cited],
        "abstention": None if _reason(then) == _reason(now) else {"then": _reason(then), "now": _reason(now)},
        "writer": None
        if then.written.name == now.written.name and then.written.model == now.written.model
        else {"then": [then.written.name, then.written.model], "now": [now.written.name, now.written.model]},
    }


def _cited(answer: Answer) -> list[tuple[str, int]]:
    return list(dict.fromkeys((one.release_id, one.version) for one in answer.citations))


def _version(cited: tuple[str, int]) -> dict[str, Any]:
    return {"release_id": cited[0], "version": cited[1]}


def _reason(answer: Answer) -> str | None:
    return None if answer.abstention is None else answer.abstention.reason


def _words(text: str) -> str:
    return " ".join(text.split())
