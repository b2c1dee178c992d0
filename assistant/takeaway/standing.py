"""What a reader must be told of a cited release today: under embargo, corrected, withdrawn since.

Asks views, and tells nobody of what this reader may not see. Knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.replay import Since, since
from store.records import Release, ReleaseNotFound, Status
from store.view import View


@dataclass(frozen=True, slots=True)
class Standing:
    """`embargo` where it is still to end, `since` where something became of it, `by` the titles that did it."""

    language: str | None = None
    embargo: datetime | None = None
    since: Since | None = None
    by: tuple[str, ...] = ()


def standings(cited: Iterable[tuple[str, int]], view: View, whole: View) -> dict[tuple[str, int], Standing]:
    """Of each cited version, by release and version; `whole` is the archivist's view, of which no words are taken."""
    return {one: _standing(*one, view, whole) for one in dict.fromkeys(cited)}


def _standing(release_id: str, version: int, view: View, whole: View) -> Standing:
    mine = _versions(view, release_id)
    cited = next((one for one in mine if one.version == version), None)
    became, by = _told(since(whole, release_id, version), mine, view)
    return Standing(
        language=None if cited is None else cited.language,
        embargo=cited.embargo if cited is not None and cited.status is Status.EMBARGOED else None,
        since=None if became.state == "unchanged" else became,
        by=by,
    )


def _told(found: Since, mine: list[Release], view: View) -> tuple[Since, tuple[str, ...]]:
    """What became of a release as far as this reader may know: no newer version or release it cannot see."""
    stands = any(one.version == found.version for one in mine)
    hidden = replace(found, state="unchanged" if stands else "missing", moment=None, by=())
    if found.state == "corrected":
        newer = [one for one in mine if one.version > found.version]
        return (replace(found, version_now=newer[-1].version), ()) if newer else (hidden, ())
    if found.state in ("superseded", "rectified"):
        titles = tuple(each[-1].title for one in found.by if (each := _versions(view, one)))
        return (found, titles) if titles else (hidden, ())
    return found, ()


def _versions(view: View, release_id: str) -> list[Release]:
    try:
        return view.versions(release_id)
    except ReleaseNotFound:
        return []
