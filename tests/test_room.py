"""What the chat's room does, without a browser."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.answer import Question, Turn
from assistant.desk import Desk
from assistant.web.messages import Messages
from assistant.web.room import Kept, Room
from assistant.web.server import serve
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Scope, SettingsError, Span

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


def room(archive: Archive, scope: Scope = Scope.STAFF, desk: Desk | None = None, language: str = "fr") -> Room:
    desk = desk or Desk(archive, lambda: NOW)
    return Room(desk, archive, scope, clock=lambda: NOW, say=Messages(language), examples=())


def test_an_empty_archive_says_what_to_do(archive: Archive) -> None:
    """Staff of an empty archive read which command fills it; the public, that nothing is out yet."""
    assert "python app.py ingest" in room(archive).beginning()
    assert "ingest" not in room(archive, Scope.PUBLIC).beginning()
    assert "Aucun communiqué" in room(archive).heading()
    assert "No releases" in room(archive, language="en").heading()


def test_examples_come_from_the_archive(archive: Archive, shelve: Shelve) -> None:
    """The first screen offers questions about what is there, and none about what is under embargo."""
    shelve(BRIDGE, title="Le pont rouvre lundi")
    shelve(FERRY, title="La navette arrive", embargo=EMBARGO, published=date(2026, 2, 1))
    beginning = room(archive).beginning()
    assert "Le pont rouvre lundi" in beginning
    assert "mai 2025" in beginning
    assert "La navette" not in beginning


def test_follow_ups_know_what_was_said(archive: Archive, shelve: Shelve) -> None:
    """The desk is told the earlier questions and the releases their answers cited."""
    cited = shelve(BRIDGE, title="Le pont rouvre lundi").release_id
    archive.flush()
    desk = Remembering(archive)
    here = room(archive, desk=desk)
    *_, (html, turn) = here.answered("Combien a coûté la réfection du pont ?", ())
    assert turn == Kept("Combien a coûté la réfection du pont ?", (cited,), html)
    list(here.answered("Et quand rouvre-t-il ?", (Kept("Combien ?", (cited,), html, "an-id"),)))
    assert desk.asked[1].history == (Turn("Combien ?", (cited,), "an-id"),)


def test_a_failure_is_said_calmly(archive: Archive) -> None:
    """Where the desk fails, the turn says so and tells nothing of the inside."""
    *_, (html, turn) = room(archive, desk=Failing(archive, lambda: NOW)).answered("Combien ?", ())
    assert turn == Kept("Combien ?", (), html)
    assert "reposez la question" in html
    assert "inside" not in html


def test_a_hidden_release_does_not_open(archive: Archive, shelve: Shelve) -> None:
    """An embargoed release opens for staff alone; hidden and unknown look alike."""
    held = shelve(FERRY, title="La navette arrive", embargo=EMBARGO).release_id
    quoted = Span(0, 36)
    assert "La navette arrive" in room(archive).opened(held, 1, quoted)
    public = room(archive, Scope.PUBLIC)
    assert "La navette" not in public.opened(held, 1, quoted)
    assert public.opened(held, 1, quoted) == public.opened("nowhere", 1, quoted)


def test_a_replaced_text_is_not_marked(archive: Archive, shelve: Shelve) -> None:
    """Once a correction replaces the cited version, the current text opens, unmarked, and says so."""
    cited = shelve(BRIDGE, title="Le pont", reference="CP-1").release_id
    shelve(BRIDGE.replace("3,4", "3,9"), title="Le pont", reference="CP-1")
    html = room(archive).opened(cited, 1, Span(0, 35))
    assert "3,9 millions" in html
    assert "<mark>" not in html
    assert "nouvelle version" in html


@pytest.mark.parametrize("quoted", [Span(0, 10**6), Span(-3, 2), Span(9, 4)])
def test_a_false_place_marks_nothing(archive: Archive, shelve: Shelve, quoted: Span) -> None:
    """A place that is not in the text opens the release without a mark."""
    shelved = shelve(BRIDGE, title="Le pont").release_id
    html = room(archive).opened(shelved, 1, quoted)
    assert "Le pont" in html
    assert "<mark>" not in html


def test_a_taken_port_is_a_clear_error(archive: Archive) -> None:
    """A port that is taken is named, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{port} .*choose another"):
            serve(Desk(archive, lambda: NOW), archive, clock=lambda: NOW, version="0", host="127.0.0.1", port=port)
