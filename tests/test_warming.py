"""What the first visitor would wait for is made before anybody comes."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest

from assistant.desk import Desk
from assistant.web.callers import Everybody
from assistant.web.room import Room
from assistant.web.warming import seen_by, settle, warm
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import ArchiveError, Filters, Scope

Shelve = Callable[..., Added]


class Recording(Desk):
    """The desk, which keeps who searched."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive, lambda: NOW)
        self.searched: list[Scope] = []

    def search(self, text: str, scope: Scope, filters: Filters | None = None, limit: int = 10) -> tuple[()]:
        self.searched.append(scope)
        super().search(text, scope, filters, limit)
        return ()


class Broken(Desk):
    def search(self, text: str, scope: Scope, filters: Filters | None = None, limit: int = 10) -> tuple[()]:
        raise ArchiveError("the archive cannot be read")


def room(desk: Desk, archive: Archive, bound: str) -> Room:
    return Room(desk, archive, Everybody(bound), lambda: NOW)


def test_everything_that_may_be_seen_is_looked_at(archive: Archive, shelve: Shelve) -> None:
    """At this machine staff come first, then whoever keeps the archive, then the API's callers."""
    shelve("Le pont rouvre lundi. « Il est sûr », a dit Anne Roux, maire.", title="Le pont rouvre")
    archive.flush()
    desk = Recording(archive)
    warm(room(desk, archive, "127.0.0.1"))
    assert desk.searched == [Scope.STAFF, Scope.ARCHIVIST, Scope.PUBLIC]
    assert seen_by(Everybody("0.0.0.0")) == (Scope.PUBLIC,)


def test_an_archive_that_cannot_be_read_is_logged(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    """The server goes on: whoever asks is told."""
    warm(room(Broken(archive, lambda: NOW), archive, "127.0.0.1"))
    assert "cannot be read" in caplog.text


def test_what_was_made_beforehand_is_not_looked_through_again() -> None:
    """What stays for good is no business of whoever looks for what nobody needs."""
    before = gc.get_threshold()
    try:
        settle()
        assert gc.get_freeze_count() > 1_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
