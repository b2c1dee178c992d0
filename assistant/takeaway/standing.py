"""What a reader must be told of a cited release today: under embargo, corrected, withdrawn since.

Asks views, and tells nobody of what this reader may not see. Knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def standings(
    cited: Iterable[tuple[str, int]], seen: Mapping[tuple[str, int], Release], view: View, whole: View
) -> dict[tuple[str, int], Standing]:
    """Of each cited version, by release and version; `seen` are those that `view` shows.

    `whole` is the archivist's view, of which no words are taken.
    """
    wanted = set(cited)
    suspects = whole.unstable(wanted)
    return {one: _standing(one, seen.get(one), view, whole if one in suspects else None) for one in wanted}


def _standing(cited: tuple[str, int], seen: Release | None, view: View, whole: View | None) -> Standing:
    became, by = (None, ()) if whole is None else _told(since(whole, *cited), seen is not None, view)
    if seen is None:
        return Standing(since=became, by=by)
    embargo = seen.embargo if seen.status is Status.EMBARGOED else None
    return Standing(seen.language, embargo, became, by)


def _told(found: Since, stands: bool, view: View) -> tuple[Since | None, tuple[str, ...]]:
    """What became of a release as far as this reader may know: no newer version or release it cannot see."""
    hidden = None if stands else replace(found, state="missing", moment=None, by=())
    if found.state == "unchanged":
        return hidden, ()
    if found.state == "corrected":
        newer = [one for one in _versions(view, found.release_id) if one.version > found.version]
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
