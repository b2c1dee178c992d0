"""What a person put right by hand in a release, kept apart from what was read in it.

A value laid by hand stands in the version's own columns, so that filters, indexes and
views need to know nothing of it; here stays what had been read, whoever laid it and when.
A new version of the document keeps it, to be looked at again where the document now says
something else than it did. Knows nothing about who may do so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from store.period import parse_day
from store.records import Origin, OriginKind, PressArchiveError, Release
from store.said import one_line as one_line
from store.schema import PARIS, amendments, stamp

FIELDS = ("title", "issuer", "published", "embargo", "place", "rubric", "language")
"""What may be put right; all that is said of a release beside its text."""
SEARCHED = frozenset({"title", "issuer", "published", "language"})
"""Fields that passages and indexes hold too."""
LONGEST = {"title": 1_000, "issuer": 300, "place": 200, "rubric": 200, "by": 200, "note": 2_000}
_HOUR = re.compile(
    r"(?:,|\bà|\bat)?\s*(?<![\dT:])(?P<hour>\d{1,2})\s*(?:h(?:eures?)?|:(?=\d))\s*(?P<minute>\d{2})?\s*$", re.IGNORECASE
)


class BadAmendment(PressArchiveError):
    """A value that cannot be laid; `reason` is one of "field", "empty", "long", "day", "moment", "language"."""

    def __init__(self, field: str, reason: str, said: str) -> None:
        super().__init__(f"{field}: {said}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Amendment:
    """One field put right: `value` stands, `was` is what the document says; None where there is none.

    Days and moments are ISO text. `recheck`: a later version says something new of it.
    """

    field: str
    value: str | None
    was: str | None
    by: str
    at: datetime
    note: str = ""
    recheck: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """Values that somebody lays over what was read, at a moment. Raises BadAmendment where one cannot stand."""

    values: Mapping[str, str | None]
    by: str
    at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        stamp(self.at)
        object.__setattr__(self, "values", {field: checked(field, value) for field, value in self.values.items()})
        object.__setattr__(self, "by", one_line(self.by)[: LONGEST["by"]])
        object.__setattr__(self, "note", one_line(self.note)[: LONGEST["note"]])

    def over(self, release: Release) -> Release:
        """The release with these values, wherever they came from before."""
        changed = {field: value for field, value in self.values.items() if value != said(release, field)}
        return _laid(release, changed)


def checked(field: str, value: str | None) -> str | None:
    """A value as it is kept: one line, a day or a moment as ISO text. Raises BadAmendment."""
    if field not in FIELDS:
        raise BadAmendment(field, "field", f"cannot be put right; {', '.join(FIELDS)} can")
    text = one_line(value or "")
    if not text:
        if field in ("title", "language"):
            raise BadAmendment(field, "empty", "must say something")
        return None
    if field == "published":
        return _day(text)
    if field == "embargo":
        return _moment(text)
    if field == "language":
        if not re.fullmatch(r"[a-z]{2}", text):
            raise BadAmendment(field, "language", f"« {text[:20]} » is no code of two letters, such as fr")
        return text
    if len(text) > LONGEST[field]:
        raise BadAmendment(field, "long", f"longer than {LONGEST[field]} characters")
    return text


def said(release: Release, field: str) -> str | None:
    """What a release says in a field, as it is kept."""
    value = getattr(release, field)
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value or None


def differ(one: Release, other: Release) -> bool:
    """Whether passages and indexes hold other values of one than of the other."""
    return any(getattr(one, field) != getattr(other, field) for field in SEARCHED)


def of(connection: Connection, release_id: str, version: int) -> tuple[Amendment, ...]:
    """What was put right in a version, in the order of `FIELDS`."""
    found = [_amendment(row) for row in _rows(connection, release_id, version)]
    return tuple(sorted(found, key=lambda one: FIELDS.index(one.field)))


def as_read(connection: Connection, release: Release) -> Release:
    """A version as its document says it, without what was put right."""
    return _without(release, _rows(connection, release.id, release.version))


def lay(connection: Connection, release: Release, hand: Hand) -> Release:
    """Keep what a hand lays over a shelved version; a value the document itself says is no amendment.

    A value laid anew is looked at: it is to be rechecked no longer. Gives the release as it stands then.
    """
    before = {row.field: row for row in _rows(connection, release.id, release.version)}
    given_up = [before[field] for field, value in hand.values.items() if field in before and value == before[field].was]
    laid = {
        field: value
        for field, value in hand.values.items()
        if (value != before[field].was if field in before else value != said(release, field))
    }
    _forget(connection, release, [row.field for row in given_up] + list(laid))
    for field, value in laid.items():
        row = before.get(field)
        was = said(release, field) if row is None else row.was
        _keep(connection, release, Amendment(field, value, was, hand.by, hand.at, hand.note))
    return _laid(_without(release, given_up), laid)


def take_back(connection: Connection, release: Release, fields: Collection[str]) -> Release:
    """Give up what was laid in these fields of a shelved version: the release as its document says it."""
    rows = [row for row in _rows(connection, release.id, release.version) if row.field in fields]
    _forget(connection, release, [row.field for row in rows])
    return _without(release, rows)


def carry(connection: Connection, release: Release, before: int) -> Release:
    """Keep what was put right in version `before` for the one that takes its place, as just read.

    Where the document says another embargo than it did, the later one holds: nothing laid
    earlier may publish what it holds back.
    """
    laid: dict[str, str | None] = {}
    for row in _rows(connection, release.id, before):
        was = said(release, row.field)
        new = was != row.was
        value = row.value
        if row.field == "embargo" and new:
            value = max(row.value or "", was or "") or None
        recheck = bool(row.recheck and row.value != was) or (new and row.value != was)
        _keep(connection, release, replace(_amendment(row), value=value, was=was, recheck=recheck))
        laid[row.field] = value
    return _laid(release, laid)


def _rows(connection: Connection, release_id: str, version: int) -> list[Row[Any]]:
    here = (amendments.c.release_id == release_id, amendments.c.version == version)
    return list(connection.execute(select(amendments).where(*here)))


def _amendment(row: Row[Any]) -> Amendment:
    return Amendment(row.field, row.value, row.was, row.by, datetime.fromisoformat(row.at), row.note, bool(row.recheck))


def _keep(connection: Connection, release: Release, one: Amendment) -> None:
    row = {
        "release_id": release.id,
        "version": release.version,
        "field": one.field,
        "value": one.value,
        "was": one.was,
        "by": one.by,
        "at": stamp(one.at),
        "note": one.note,
        "recheck": one.recheck,
    }
    connection.execute(insert(amendments), row)


def _forget(connection: Connection, release: Release, fields: Collection[str]) -> None:
    here = (amendments.c.release_id == release.id, amendments.c.version == release.version)
    connection.execute(delete(amendments).where(*here, amendments.c.field.in_(sorted(fields))))


def _without(release: Release, rows: Iterable[Row[Any]]) -> Release:
    was = {row.field: row.was for row in rows}
    kept = [one for one in release.origins if one.kind is not OriginKind.HAND or one.field not in was]
    return replace(_with(release, was), origins=tuple(kept)) if was else release


def _laid(release: Release, values: Mapping[str, str | None]) -> Release:
    """The release with these values, told as laid by hand; where the others were read stays told."""
    by_hand = [Origin(field, OriginKind.HAND) for field in values]
    origins = dict.fromkeys([*release.origins, *by_hand])
    return replace(_with(release, values), origins=tuple(origins)) if values else release


def _with(release: Release, values: Mapping[str, str | None]) -> Release:
    return replace(release, **{field: _value(field, text) for field, text in values.items()})


def _value(field: str, text: str | None) -> Any:
    if field == "published":
        return None if text is None else date.fromisoformat(text)
    if field == "embargo":
        return None if text is None else datetime.fromisoformat(text)
    return text or "" if field == "title" else text


def _day(text: str) -> str:
    try:
        day = parse_day(text)
    except ValueError as error:
        raise BadAmendment("published", "day", str(error)) from error
    if not 1800 <= day.year <= 2200:
        raise BadAmendment("published", "day", f"« {day} » is no day of a press release")
    return day.isoformat()


def _read_moment(text: str) -> datetime:
    """ISO text, « 12 mars 2026 à 10 h 30 », "12 March 2026, 10:30". Raises ValueError."""
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    hour = _HOUR.search(text)
    day = parse_day(text[: hour.start()] if hour else text)
    return datetime.combine(day, time(int(hour["hour"]), int(hour["minute"] or 0)) if hour else time())


def _moment(text: str) -> str:
    """A moment, as ISO text or in words; without a time zone it is Paris's, a day alone its first minute."""
    try:
        moment = _read_moment(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadAmendment("embargo", "moment", f"« {text[:40]} » is no moment, such as 2026-05-06T10:00") from error
    if not 1800 <= moment.year <= 2200:
        raise BadAmendment("embargo", "moment", f"« {text[:40]} » is no moment of a press release")
    return stamp(moment)
