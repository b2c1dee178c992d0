"""The forms that put right what was understood, what a script may put, and the stop of an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.web.api import create_app
from assistant.web.callers import Everybody
from assistant.web.putting import named, put
from conftest import NOW
from hostile import HOSTILE
from store.archive import Archive
from store.catalogue import Added
from store.period import Period
from store.records import Filters

Shelve = Callable[..., Added]


def client(archive: Archive, bound: str = "127.0.0.1") -> TestClient:
    app = create_app(Desk(archive, lambda: NOW), archive, clock=lambda: NOW, version="0", callers=Everybody(bound))
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


def test_issuers_are_offered_by_any_of_their_words(archive: Archive, shelve: Shelve) -> None:
    """Twenty at most, the most prolific first, whatever accents are typed; those chosen stay ticked."""
    for number in range(25):
        shelve(f"Texte {number}.", title=f"T{number}", issuer=f"Société numéro {number}")
    shelve("Texte.", title="T", issuer="Ville d'Ormeval")
    page = client(archive)
    assert page.get("/room/issuers").text.count("<input") == 20
    assert "6" in page.get("/room/issuers").text.rpartition("<li")[2]
    found = page.get("/room/issuers", params={"words": "SOCIETE 24"}).text
    assert found.count("<input") == 1
    chosen = page.get("/room/issuers", params={"words": "ville", "issuer": "Société numéro 3"}).text
    assert chosen.index("Société numéro 3") < chosen.index("Ormeval")
    assert chosen.count("checked") == 1
    assert "Aucun émetteur" in page.get("/room/issuers", params={"words": "zzz"}).text


def test_nobody_learns_an_issuer_from_an_embargo(archive: Archive, shelve: Shelve) -> None:
    """The public is offered the issuers it may read, and no other."""
    shelve("Texte.", title="T", issuer="Ville d'Ormeval")
    shelve("Secret.", title="S", issuer="Zéphyrine SA", embargo=NOW.replace(year=2031))
    assert "Zéphyrine" in client(archive).get("/room/filtering").text
    assert "Zéphyrine" not in client(archive, "0.0.0.0").get("/room/filtering").text


def test_no_hostile_name_is_markup(archive: Archive) -> None:
    """Whatever an issuer is called, or a question says, the forms hold it as text."""
    page = client(archive)
    for name, text in HOSTILE:
        words = text.encode("utf-8", "replace").decode()[:280]
        for path, params in (
            ("/room/filtering", {"issuer": words}),
            ("/room/issuers", {"words": words[:200], "issuer": words}),
            ("/room/rewording", {"question": words}),
        ):
            html = page.get(path, params=params).text.lower()
            assert not [tag for tag in ("<script", "<img", "<iframe", "<svg") if tag in html], name


def test_the_form_is_filled_in(archive: Archive, shelve: Shelve) -> None:
    """The filters in force stand in the form; a day that is none is an error that says so."""
    shelve("Texte.", title="T", language="fr")
    page = client(archive)
    html = page.get("/room/filtering", params={"from": "2025-01-01", "issuer": "Métropole de Sarvelle"}).text
    assert 'value="2025-01-01"' in html
    assert html.count(" checked") == 1
    assert page.get("/room/filtering", params={"from": "2025-31-01"}).status_code == 400


def test_an_answer_is_stopped_by_its_mark_only(archive: Archive) -> None:
    """Only a mark stops an answer, and only the page's script may ask for it."""
    page = client(archive)
    room = page.app.state.room  # type: ignore[attr-defined]
    answering = room.underway.begin()
    script = {"X-Porte-Parole": "1"}
    assert page.get("/room/underway", params={"mark": answering.mark}).status_code == 204
    assert page.post("/room/stop", json={"mark": "another"}, headers=script).status_code == 404
    assert page.post("/room/stop", json={"mark": answering.mark}).status_code == 403
    assert not answering.stopped
    assert page.post("/room/stop", json={"mark": answering.mark}, headers=script).status_code == 204
    assert answering.stopped
    room.underway.end(answering)
    assert page.get("/room/underway", params={"mark": answering.mark}).status_code == 404


def test_what_a_script_puts_is_read_with_suspicion() -> None:
    """A question with what was taken back and chosen; anything else is no question."""
    told = put(
        {
            "question": " Combien\u00a0? ",
            "declined": ["period", "issuer:Ville", "period"],
            "filters": {"from": "2025-01-01", "to": None, "issuers": ["Ville"], "languages": []},
            "replaces": "a-mark",
        }
    )
    assert told is not None
    assert (told.question.text, told.question.filters, told.replaces) == ("Combien ?", None, "a-mark")
    assert told.question.declined == ("period", "issuer:Ville")
    assert told.question.chosen == Filters(Period(date(2025, 1, 1), None), ("Ville",))
    assert put({"question": "Combien ?"}).question.chosen == Filters()  # type: ignore[union-attr]
    for wrong in (
        {},
        {"question": ""},
        {"question": " \u00a0 "},
        {"question": "Combien ?", "declined": ["everything"]},
        {"question": "Combien ?", "filters": {"from": "hier"}},
        {"question": "Combien ?", "filters": {"from": "2025-02-01", "to": "2025-01-01"}},
        {"question": ["Combien ?"]},
        {"question": "x" * 3_000},
        None,
        ["question"],
        "question",
        5,
        True,
    ):
        assert put(wrong) is None


def test_a_conversation_is_named_by_words_only() -> None:
    """Whatever else a script sends names none."""
    assert named({"conversation": "c" * 500}) == "c" * 100
    for wrong in (None, 5, True, "conversation", ["conversation"], {}, {"conversation": {"id": 1}}):
        assert named(wrong) == ""
