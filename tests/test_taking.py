"""Answers and conversations taken away, asked for as the page's links ask."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from taken import EMBARGO, TITLE, Shelve, stadium

from assistant.answer import Finished, Question
from assistant.desk import Desk
from assistant.records import Recorder
from assistant.web.api import create_app
from assistant.web.callers import Everybody
from assistant.web.panes import taking
from assistant.web.room import Parts, Room
from conftest import NOW
from hostile import HOSTILE, Elements
from store.answers import Answers
from store.archive import Archive
from store.conversations import Conversations, Exchange
from store.records import Scope

QUESTION = "Combien coûtera la toiture du stade Albert-Fauvel ?"
ENDS = ("docx", "md", "txt", "html")


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[Answers]:
    kept = Answers(tmp_path / "answers.sqlite")
    yield kept
    kept.close()


def door(archive: Archive, parts: Parts, bound: str = "127.0.0.1", host: str = "127.0.0.1") -> TestClient:
    """The routes alone, without the page and its gate."""
    app = FastAPI()
    app.state.room = Room(Desk(archive, lambda: NOW), archive, Everybody(bound), lambda: NOW, parts)
    app.include_router(taking.routes())
    return TestClient(app, base_url=f"http://{host}")


def asked(archive: Archive, answers: Answers, question: str = QUESTION, scope: Scope = Scope.STAFF) -> str:
    """The id of an answer to this question, which is kept."""
    archive.flush()
    desk = Desk(archive, clock=lambda: NOW, recorder=Recorder(answers, lambda: NOW))
    answer_id = desk.ask(Question(question), scope).id
    assert answer_id is not None
    return answer_id


def test_an_answer_is_had_in_every_format(archive: Archive, shelve: Shelve, answers: Answers) -> None:
    """As files named after the question, and as a page that opens; nothing of it is cached."""
    stadium(shelve)
    answer_id = asked(archive, answers)
    desk = Desk(archive, lambda: NOW)
    app = create_app(
        desk, archive, clock=lambda: NOW, version="0", callers=Everybody("127.0.0.1"), parts=Parts(answers)
    )
    client = TestClient(app, base_url="http://127.0.0.1")
    for end, kind in zip(ENDS, ("wordprocessingml", "text/markdown", "text/plain", "text/html"), strict=True):
        got = client.get(f"/room/answers/{answer_id}.{end}")
        assert got.status_code == 200
        assert kind in got.headers["content-type"]
        assert got.headers["cache-control"] == "no-store"
        named = got.headers.get("content-disposition", "")
        if end == "html":
            assert named == ""
            assert "12 millions" in got.text
            continue
        plain, _, full = named.partition("; filename*=UTF-8''")
        assert plain == f'attachment; filename="combien-coutera-la-toiture-du-stade-albert-fauvel.{end}"'
        assert unquote(full) == f"Combien coûtera la toiture du stade Albert-Fauvel.{end}"
    docx = pytest.importorskip("docx")
    opened = docx.Document(io.BytesIO(client.get(f"/room/answers/{answer_id}.docx").content))
    assert opened.paragraphs[0].text.startswith("Combien coûtera la toiture")


def test_what_is_copied_is_html_and_text(archive: Archive, shelve: Shelve, answers: Answers) -> None:
    """Both with marks and sources."""
    stadium(shelve)
    got = door(archive, Parts(answers)).get(f"/room/answers/{asked(archive, answers)}/copy").json()
    assert "<sup>1</sup>" in got["html"]
    assert "[1]" in got["text"]
    assert all(TITLE in got[form] for form in ("html", "text"))


def test_it_speaks_the_language_of_its_reader(archive: Archive, shelve: Shelve, answers: Answers) -> None:
    """Whatever the answer's."""
    stadium(shelve)
    answer_id = asked(archive, answers)
    client = door(archive, Parts(answers))
    english = client.get(f"/room/answers/{answer_id}.md", headers={"accept-language": "en"}).text
    assert "[press release" in english
    assert "Question posée" not in english


def test_the_public_cannot_have_what_staff_was_answered(archive: Archive, shelve: Shelve, answers: Answers) -> None:
    """It looks as if it did not exist; what the public was answered, staff may have."""
    stadium(shelve)
    inside, outside = asked(archive, answers), asked(archive, answers, scope=Scope.PUBLIC)
    public = door(archive, Parts(answers), "0.0.0.0")
    assert public.get(f"/room/answers/{outside}.txt").status_code == 200
    for path in (f"{inside}.txt", f"{inside}/copy", "20260101-000000000000.txt"):
        refused = public.get(f"/room/answers/{path}")
        assert refused.status_code == 404
        assert "n’est plus conservée" in refused.text
    assert door(archive, Parts(answers)).get(f"/room/answers/{outside}.txt").status_code == 200


def test_words_that_are_hidden_since_do_not_leave(archive: Archive, shelve: Shelve, answers: Answers) -> None:
    """Neither in a file nor on the clipboard: a withdrawal acts at once."""
    release_id = stadium(shelve)
    answer_id = asked(archive, answers)
    archive.withdraw(release_id, "erreur", NOW)
    client = door(archive, Parts(answers))
    for path in (*(f"{answer_id}.{end}" for end in ENDS[1:]), f"{answer_id}/copy"):
        got = client.get(f"/room/answers/{path}").text
        assert "12 millions" not in got
        assert "Retiré le" in got


def test_the_permanent_link_leads_to_where_the_page_is_opened(
    archive: Archive, shelve: Shelve, answers: Answers
) -> None:
    """At another machine's address; what only this machine can follow is left out."""
    release_id = stadium(shelve)
    answer_id = asked(archive, answers)
    here = door(archive, Parts(answers)).get(f"/room/answers/{answer_id}.txt").text
    assert "http" not in here
    behind = door(archive, Parts(answers))
    behind.app.state.origin = "https://cp.example"  # type: ignore[attr-defined]
    assert f"https://cp.example/r/{release_id}?version=1&" in behind.get(f"/room/answers/{answer_id}.txt").text
    public_id = asked(archive, answers, scope=Scope.PUBLIC)
    there = door(archive, Parts(answers), "0.0.0.0", "presse.example").get(f"/room/answers/{public_id}.txt").text
    assert f"http://presse.example/r/{release_id}?version=1&start=0&end=" in there


def test_where_none_are_kept_the_last_ones_are_remembered(archive: Archive, shelve: Shelve) -> None:
    """By the room itself, each under an id of its own, the oldest forgotten."""
    stadium(shelve)
    archive.flush()
    client = door(archive, Parts())
    room: Room = client.app.state.room  # type: ignore[attr-defined]
    answer = Desk(archive, clock=lambda: NOW).ask(Question(QUESTION), Scope.STAFF)
    event = room.fresh.identified(Finished(answer), Question(QUESTION), Scope.STAFF, NOW)
    assert isinstance(event, Finished)
    assert "12 millions" in client.get(f"/room/answers/{event.answer.id}.txt").text
    assert client.get("/room/answers/20260302-000000000000.txt").status_code == 404


def test_a_conversation_is_its_owners(archive: Archive, shelve: Shelve, answers: Answers) -> None:
    """Under its title, its answers in order; nobody else has it, nor what is not there."""
    stadium(shelve)
    first, second = asked(archive, answers), asked(archive, answers, "Qui a gagné la coupe du monde de rugby ?")
    conversations = Conversations(answers.notebook)
    for owner, name, answer_id in (("local", "c1", first), ("local", "c1", second), ("anne", "c2", first)):
        conversations.add(owner, name, Exchange(f"Question {answer_id}", NOW, answer_id), "")
    conversations.rename("local", "c1", "Le stade & la coupe")
    client = door(archive, Parts(answers, conversations))
    told = client.get("/room/conversations/c1.md").text
    assert told.startswith("# Le stade &amp; la coupe\n")
    assert 0 < told.index("Combien coûtera") < told.index("Qui a gagné")
    named = client.get("/room/conversations/c1.docx").headers["content-disposition"]
    assert 'filename="le-stade-la-coupe.docx"' in named
    for other in ("c2", "c3"):
        refused = client.get(f"/room/conversations/{other}.md")
        assert refused.status_code == 404
        assert "n’existe pas" in refused.text
    assert door(archive, Parts(answers, conversations), "0.0.0.0").get("/room/conversations/c1.md").status_code == 403
    assert door(archive, Parts(answers)).get("/room/conversations/c1.md").status_code == 404


def test_hostile_questions_name_harmless_files(archive: Archive) -> None:
    """No header of theirs, no path, no element on the page."""
    fresh = door(archive, Parts())
    room: Room = fresh.app.state.room  # type: ignore[attr-defined]
    for name, text in HOSTILE:
        answer = replace(Desk(archive, clock=lambda: NOW).ask(Question("Quoi ?"), Scope.STAFF), question=text)
        event = room.fresh.identified(Finished(answer), Question(text), Scope.STAFF, NOW)
        assert isinstance(event, Finished)
        got = fresh.get(f"/room/answers/{event.answer.id}.md")
        assert got.status_code == 200, name
        told = got.headers["content-disposition"]
        assert re.fullmatch(r"attachment; filename=\"[a-z0-9-]+\.md\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+", told), name
        assert "set-cookie" not in got.headers
        page = fresh.get(f"/room/answers/{event.answer.id}.html").text
        assert [one for one in Elements(page).dangerous if one != "meta"] == []


def test_strange_addresses_are_refused(archive: Archive, answers: Answers) -> None:
    """Unknown formats, long ids, paths."""
    client = door(archive, Parts(answers))
    for path in (
        "x.exe",
        "x." + "y" * 300,
        "z" * 300 + ".md",
        "..%2F..%2Fetc%2Fpasswd.md",
        "x.docx.exe",
        "<script>.md",
    ):
        got = client.get(f"/room/answers/{path}")
        assert got.status_code in (404, 422), path
        assert "<script>" not in got.text or got.headers["content-type"].startswith("application/")


def test_an_embargo_is_on_what_staff_takes(archive: Archive, shelve: Shelve, answers: Answers, tmp_path: Path) -> None:
    """And is gone from what is taken once it has ended."""
    stadium(shelve, embargo=EMBARGO)
    answer_id = asked(archive, answers)
    assert (
        "Contient des extraits sous embargo" in door(archive, Parts(answers)).get(f"/room/answers/{answer_id}.txt").text
    )
    after = datetime(2031, 6, 1, tzinfo=UTC)
    keeping = Answers(tmp_path / "answers.sqlite", 36_500)
    client = door(archive, Parts(keeping))
    room: Room = client.app.state.room  # type: ignore[attr-defined]
    client.app.state.room = replace(room, clock=lambda: after)  # type: ignore[attr-defined]
    later = client.get(f"/room/answers/{answer_id}.txt").text
    keeping.close()
    assert "12 millions" in later
    assert "Contient des extraits" not in later
