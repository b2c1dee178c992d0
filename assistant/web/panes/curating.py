"""Curated answers, edited by the press office: listed, drafted, reviewed, approved; in the pane for the press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant import drafted
from assistant.faq import sources_of
from assistant.gathered import Asked
from assistant.web import amending, audit, entries, reviewed
from assistant.web import entry as drawn
from assistant.web.callers import Role, Visitor
from assistant.web.messages import Messages
from assistant.web.panes.press import AT_ONCE, First, Period, since
from assistant.web.panes.visitors import Archivist, InRoom, Reader, fragment
from assistant.web.room import Room
from store.entries import BadEntry, Draft, Entry, EntryNotFound, Standing, State
from store.inventory import Kept, inventory, kept
from store.records import ReleaseNotFound, Scope, Status
from store.schema import PARIS

EntryId = Annotated[str, Path(max_length=100)]
Words = Annotated[str, Query(alias="q", max_length=200)]
Id = Annotated[str, StringConstraints(max_length=300)]


class Written(BaseModel):
    """An entry as it is written in the form; `edition` is what its writer had before them ("": a new one)."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field("", max_length=2_000)
    variants: str = Field("", max_length=40_000)
    answer: str = Field("", max_length=40_000)
    releases: list[Id] = Field(default_factory=list, max_length=100)
    valid_until: str = Field("", max_length=20)
    owner: str = Field("", max_length=400)
    language: str = Field("fr", max_length=10)
    edition: str = Field("", max_length=40)

    def draft(self) -> Draft:
        """Raises BadEntry."""
        try:
            last = date.fromisoformat(self.valid_until) if self.valid_until.strip() else None
        except ValueError as error:
            raise BadEntry("valid_until", "date", "is no day such as 2026-12-31") from error
        variants = tuple(line for line in self.variants.splitlines() if line.strip())
        return Draft(self.question, self.answer, variants, self.language, tuple(self.releases), last, self.owner)


class Seen(BaseModel):
    """The edition of an entry that somebody has before them."""

    model_config = ConfigDict(extra="forbid")

    edition: str = Field("", max_length=40)


class Proposed(BaseModel):
    """A question that journalists asked, and since when it was looked for."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=1_000)
    since: Period = "week"


def routes() -> APIRouter:
    router = APIRouter(prefix="/room/press")

    @router.get("/entries")
    def listed(
        room: InRoom,
        visitor: Reader,
        words: Words = "",
        state: Literal["", "fallen", "draft", "answering", "waiting", "expired"] = "",
        first: First = 0,
        rows: bool = False,
    ) -> HTMLResponse:
        """The entries, those to be looked at again first; with `rows`, only the list."""
        say = room.say(visitor)
        every = room.archive.curated.listed(room.clock())
        hidden = unread(room, visitor, every)
        found = entries.chosen(every, words, state, hidden)
        page = found[first : first + AT_ONCE]
        sheet = entries.Sheet(page, first, len(found), AT_ONCE, words, state, hidden)
        writes = visitor.may(Role.ARCHIVIST)
        return fragment(entries.listed(sheet, say) if rows else entries.section(sheet, writes, say))

    @router.get("/entries/{entry_id}")
    def one(entry_id: EntryId, room: InRoom, visitor: Reader) -> HTMLResponse:
        """An entry, to read or to change; "new" is one that is not written yet."""
        say, writes = room.say(visitor), visitor.may(Role.ARCHIVIST)
        if entry_id == drawn.NEW:
            return fragment(drawn.page(drawn.Sheet(None, {}), writes, say))
        try:
            entry = room.archive.curated.entry(entry_id, room.clock())
        except EntryNotFound:
            return _gone(say)
        if entry.id in unread(room, visitor, [entry]):
            return fragment(drawn.unseen(entry, say))
        return _page(room, visitor, entry)

    @router.get("/entries/{entry_id}/public")
    def public(entry_id: EntryId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """What the press will read, word for word; and why it cannot be approved, where it cannot."""
        say = room.say(visitor)
        try:
            entry = room.archive.curated.entry(entry_id, room.clock())
        except EntryNotFound:
            return _gone(say)
        known = _kept(room, visitor, entry)
        hindrance = _hindrance(room, visitor, entry, known)
        return fragment(reviewed.public(reviewed.Reviewed(entry, known, _quotes(room, entry), hindrance), say))

    @router.get("/releases")
    def offered(room: InRoom, visitor: Archivist, words: Words = "") -> HTMLResponse:
        """Releases an entry may rest on, by words of their head."""
        say = room.say(visitor)
        if not words.strip():
            return fragment(Markup(""))
        view = room.archive.view(Scope.STAFF, room.clock())
        found = inventory(view, words, most=drawn.OFFERED).kept
        return fragment(drawn.offered(found, say))

    @router.post("/drafts")
    def propose(proposed: Proposed, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Draft the answer to a question that was asked from the archive's own cited answer to it."""
        say, now = room.say(visitor), room.clock()
        asked = _asked(room, proposed)
        if asked is None:
            return fragment(amending.failed(say("gather_gone")), 404)
        known = room.archive.curated.asking(asked.question, now)
        if known is not None:
            return _page(room, visitor, known)
        try:
            entry = room.archive.curated.add(drafted.entry(room.desk, asked), visitor.name, now)
        except BadEntry as error:
            return fragment(reviewed.refused(error, say), 422)
        audit.note(visitor, "drafted entry", entry.id)
        return _page(room, visitor, entry, say("entry_proposed" if entry.answer else "entry_proposed_empty"), 201)

    @router.post("/entries/{entry_id}")
    def save(entry_id: EntryId, written: Written, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Write an entry, over the edition that its writer had before them only."""
        say, now, shelf = room.say(visitor), room.clock(), room.archive.curated
        try:
            draft = written.draft()
            if entry_id == drawn.NEW:
                entry = shelf.add(draft, visitor.name, now)
            else:
                seen = shelf.entry(entry_id, now)
                if drawn.edition(seen) != written.edition:
                    return fragment(reviewed.conflict(seen, draft, say), 409)
                entry = shelf.change(entry_id, draft, visitor.name, now, seen)
        except EntryNotFound:
            return _gone(say)
        except BadEntry as error:
            return _refused(room, visitor, entry_id, error, written)
        _noted(room, visitor, "wrote entry", entry)
        kept_online = entry.state is State.APPROVED
        return _page(room, visitor, entry, say("entry_saved_online" if kept_online else "entry_saved"))

    @router.post("/entries/{entry_id}/approve")
    def approve(entry_id: EntryId, seen: Seen, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Let an entry answer, in the edition that was reviewed."""
        say, now, shelf = room.say(visitor), room.clock(), room.archive.curated
        try:
            entry = shelf.entry(entry_id, now)
            if drawn.edition(entry) != seen.edition:
                return fragment(amending.failed(say("entry_approve_changed")), 409)
            entry = shelf.approve(entry_id, visitor.name, now, entry)
        except EntryNotFound:
            return _gone(say)
        except BadEntry as error:
            return fragment(reviewed.refused(error, say), 422)
        _noted(room, visitor, "approved entry", entry)
        later = entry.standing is Standing.WAITING
        return _page(room, visitor, entry, say("entry_approved_later" if later else "entry_approved"))

    @router.post("/entries/{entry_id}/draft")
    def to_draft(entry_id: EntryId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Let an entry answer no more."""
        say = room.say(visitor)
        try:
            entry = room.archive.curated.withdraw_to_draft(entry_id, visitor.name, room.clock())
        except EntryNotFound:
            return _gone(say)
        _noted(room, visitor, "took back entry", entry)
        return _page(room, visitor, entry, say("entry_drafted"))

    @router.post("/entries/{entry_id}/remove")
    def remove(entry_id: EntryId, room: InRoom, visitor: Archivist) -> HTMLResponse:
        """Forget an entry."""
        say = room.say(visitor)
        try:
            entry = room.archive.curated.entry(entry_id, room.clock())
            room.archive.curated.remove(entry_id)
        except EntryNotFound:
            return _gone(say)
        _noted(room, visitor, "removed entry", entry)
        return fragment(Markup('<p class="done" role="status" tabindex="-1">{}</p>').format(say("entry_removed")))

    return router


def _page(room: Room, visitor: Visitor, entry: Entry, said: str = "", status: int = 200) -> HTMLResponse:
    sheet = drawn.Sheet(entry, _kept(room, visitor, entry), said)
    return fragment(drawn.page(sheet, visitor.may(Role.ARCHIVIST), room.say(visitor)), status)


def _kept(room: Room, visitor: Visitor, entry: Entry) -> dict[str, Kept]:
    view = room.archive.view(visitor.whole, room.clock())
    return {one.entry.id: one for one in kept(view, [release_id for release_id, _ in entry.releases])}


def unread(room: Room, visitor: Visitor, some: Sequence[Entry]) -> set[str]:
    """Of these entries (ids), those that rest on what this visitor may not read any more."""
    if visitor.may(Role.ARCHIVIST):
        return set()
    view = room.archive.view(visitor.scope, room.clock())
    unstable = view.unstable({one for entry in some for one in entry.releases})
    return {entry.id for entry in some if entry.fallen is not None or not unstable.isdisjoint(entry.releases)}


def _hindrance(room: Room, visitor: Visitor, entry: Entry, known: Mapping[str, Kept]) -> str:
    """Why an entry could not be approved now, in words; "" where nothing is known to hinder it."""
    say, own = room.say(visitor), [release_id for release_id, _ in entry.releases]
    if not entry.answer:
        return say("entry_bad_empty_answer")
    if not own:
        return say("entry_bad_releases")
    if entry.valid_until is not None and entry.valid_until < room.clock().astimezone(PARIS).date():
        return say("entry_bad_expired")
    standing = (Status.PUBLISHED, Status.EMBARGOED)
    if any(one not in known or known[one].entry.status not in standing for one in own):
        return say("entry_bad_gone")
    correcting = room.archive.view(Scope.STAFF, room.clock()).corrections(own)
    if any(other.id not in own for others in correcting.values() for other in others):
        return say("entry_bad_corrected")
    return ""


def _quotes(room: Room, entry: Entry) -> dict[str, str]:
    """The sentence of each release that would be quoted, were the entry approved now; none where it cannot be."""
    view = room.archive.view(Scope.STAFF, room.clock())
    try:
        current = tuple((release_id, view.release(release_id).version) for release_id, _ in entry.releases)
    except ReleaseNotFound:
        return {}
    return {one.release_id: one.quote for one in sources_of(view, replace(entry, releases=current))}


def _refused(room: Room, visitor: Visitor, entry_id: str, error: BadEntry, written: Written) -> HTMLResponse:
    """Why an entry cannot be written so; where it is another by now, what it is."""
    say = room.say(visitor)
    if error.reason == "changed":
        theirs = room.archive.curated.entry(entry_id, room.clock())
        return fragment(reviewed.conflict(theirs, written.draft(), say), 409)
    return fragment(reviewed.refused(error, say), 422)


def _asked(room: Room, proposed: Proposed) -> Asked | None:
    gathering, now = room.parts.gathering, room.clock()
    if gathering is None:
        raise HTTPException(404, "No questions are gathered here.")
    return gathering.gathered(since(proposed.since, now), now).of(proposed.question)


def _noted(room: Room, visitor: Visitor, did: str, entry: Entry) -> None:
    public = room.archive.view(Scope.PUBLIC, room.clock())
    secret = bool(public.unstable(entry.releases))
    audit.note(visitor, did, entry.id, secret=secret)


def _gone(say: Messages) -> HTMLResponse:
    return fragment(amending.failed(say("entry_gone")), 404)
