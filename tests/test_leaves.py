"""A release on screen, asked for as the page's script asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.web.api import create_app
from assistant.web.callers import Everybody
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Span

Shelve = Callable[..., Added]
BRIDGE = "Le pont de la Varlone rouvre lundi. Sa réfection a coûté 3,4 millions d'euros."
FERRY = "La navette fluviale coûtera 2 euros. Elle partira de la Varlone chaque matin."
EMBARGO = datetime(2031, 1, 1, tzinfo=UTC)


class Door:
    def __init__(self, client: TestClient) -> None:
        self.client = client

    def opened(self, release: str, quoted: Span) -> str:
        params = {"version": 1, "start": quoted.start, "end": quoted.end}
        return self.client.get(f"/room/release/{release}", params=params).text


def door(archive: Archive, bound: str = "127.0.0.1") -> Door:
    desk = Desk(archive, lambda: NOW)
    app = create_app(desk, archive, clock=lambda: NOW, version="0", callers=Everybody(bound))
    return Door(TestClient(app, base_url="http://127.0.0.1"))


def test_a_hidden_release_does_not_open(archive: Archive, shelve: Shelve) -> None:
    """An embargoed release opens for staff alone; hidden and unknown look alike."""
    held = shelve(FERRY, title="La navette arrive", embargo=EMBARGO).release_id
    quoted = Span(0, 36)
    assert "La navette arrive" in door(archive).opened(held, quoted)
    public = door(archive, "0.0.0.0")
    assert "La navette" not in public.opened(held, quoted)
    assert public.opened(held, quoted) == public.opened("nowhere", quoted)


def test_a_replaced_text_is_not_marked(archive: Archive, shelve: Shelve) -> None:
    """Once a correction replaces the cited version, the current text opens, unmarked, and says so."""
    cited = shelve(BRIDGE, title="Le pont", reference="CP-1").release_id
    shelve(BRIDGE.replace("3,4", "3,9"), title="Le pont", reference="CP-1")
    html = door(archive).opened(cited, Span(0, 35))
    assert "3,9 millions" in html
    assert "<mark>" not in html
    assert "nouvelle version" in html


@pytest.mark.parametrize("quoted", [Span(0, 10**6), Span(9, 4)])
def test_a_false_place_marks_nothing(archive: Archive, shelve: Shelve, quoted: Span) -> None:
    """A place that is not in the text opens the release without a mark."""
    shelved = shelve(BRIDGE, title="Le pont").release_id
    html = door(archive).opened(shelved, quoted)
    assert "Le pont" in html
    assert "<mark>" not in html
