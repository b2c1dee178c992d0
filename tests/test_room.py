"""What the chat's room does, without a browser."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.answer import Question, Turn
from assistant.desk import Desk
from assistant.web.callers import Everybody, Role, Visitor
from assistant.web.room import Kept, Room
from assistant.web.server import serve
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Filters, Scope, SettingsError

Shelve = Callable[..., Added]
BRIDGE = "Le pont de la Varlone rouvre lundi. Sa réfection a coûté 3,4 millions d'euros."
FERRY = "La navette fluviale coûtera 2 euros. Elle partira de la Varlone chaque matin."
EMBARGO = datetime(2031, 1, 1, tzinfo=UTC)


class Remembering(Desk):
    """The desk, which keeps the questions it was asked."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive, lambda: NOW)
        self.asked: list[Question] = []

    def events(self, question: Question, scope: Scope) -> Any:
        self.asked.append(question)
        return super().events(question, scope)


class Failing(Desk):
    def events(self, question: Question, scope: Scope) -> Any:
        def broken() -> Any:
            yield from ()
            raise RuntimeError("inside")

        return broken()


PUBLIC = Visitor("", Role.PUBLIC, Scope.PUBLIC)
STAFF = Visitor("local", Role.ADMIN, Scope.STAFF)


def room(archive: Archive, desk: Desk | None = None) -> Room:
    return Room(desk or Desk(archive, lambda: NOW), archive, Everybody("127.0.0.1"), lambda: NOW)


def test_an_empty_archive_says_what_to_do(archive: Archive) -> None:
    """Staff of an empty archive read which command fills it; the public, that nothing is out yet."""
    assert "porte-parole ingest" in room(archive).beginning(STAFF)
    assert "ingest" not in room(archive).beginning(PUBLIC)
    assert "Aucun communiqué" in room(archive).heading(STAFF)
    assert "No releases" in room(archive).heading(replace(STAFF, language="en"))


def test_follow_ups_know_what_was_said(archive: Archive, shelve: Shelve) -> None:
    """The desk is told the earlier questions and the releases their answers cited."""
    cited = shelve(BRIDGE, title="Le pont rouvre lundi").release_id
    archive.flush()
    desk = Remembering(archive)
    here = room(archive, desk=desk)
    *_, (html, turn) = here.answered(Question("Combien a coûté la réfection du pont ?"), (), STAFF)
    assert turn == Kept("Combien a coûté la réfection du pont ?", (cited,), html, turn.answer, turn.mark)
    assert f'data-turn="{turn.mark}"' in html
    past = Kept("Combien ?", (cited,), html, "an-id", "a-mark", ("period",), Filters(languages=("fr",)))
    list(here.answered(Question("Et quand rouvre-t-il ?"), (past,), replace(STAFF, language="en")))
    assert desk.asked[1].history == (Turn("Combien ?", (cited,), "an-id", ("period",), Filters(languages=("fr",))),)
    assert desk.asked[1].language == "en"


def test_a_failure_is_said_calmly(archive: Archive) -> None:
    """Where the desk fails, the turn says so and tells nothing of the inside."""
    *_, (html, turn) = room(archive, desk=Failing(archive, lambda: NOW)).answered(Question("Combien ?"), (), STAFF)
    assert (turn.question, turn.releases, turn.html) == ("Combien ?", (), html)
    assert "reposez la question" in html
    assert "inside" not in html


def test_a_taken_port_is_a_clear_error(archive: Archive) -> None:
    """A port that is taken is named, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{port} .*choose another"):
            serve(Desk(archive, lambda: NOW), archive, clock=lambda: NOW, version="0", host="127.0.0.1", port=port)
