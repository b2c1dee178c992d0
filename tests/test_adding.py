"""The archive's pane over HTTP: files handed in, decided on, put right and withdrawn, by archivists alone."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import HTTPConnection
from starlette.testclient import TestClient
from test_tray import BRIDGE, POOL, until, zipped

from assistant.desk import Desk
from assistant.tray import Tray
from assistant.web import problems
from assistant.web.callers import Role, Visitor
from assistant.web.panes import adding, shelving
from assistant.web.room import Parts, Room
from conftest import NOW
from hostile import HOSTILE, Elements
from ingest.arriving import read
from store.answers import Answers, Told
from store.archive import Archive
from store.arrival import State
from store.arrivals import Arrivals
from store.catalogue import Added
from store.records import Scope

Shelve = Callable[..., Added]
BY_SCRIPT = {"X-Porte-Parole": "1"}
TEXT = "La piscine de Bréval rouvre le 12 mai après huit mois de travaux."


class Whoever:
    """A visitor of the role and language that are set."""

    def __init__(self) -> None:
        self.role, self.language = Role.ARCHIVIST, "fr"

    def visitor(self, connection: HTTPConnection) -> Visitor:
        return Visitor("ada", self.role, self.role.scope, self.language)

    def used(self, connection: HTTPConnection) -> None:
        """Nobody is signed out here."""


class Door:
    """The page's server, and what an archivist asks of it."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self.archive = archive
        self.who = Whoever()
        self.answers = Answers(folder / "answers.sqlite")
        self.tray = Tray(Arrivals(folder / "tray", largest=1 << 20), archive, read, lambda: NOW)
        self.tray.begin()
        parts = Parts(answers=self.answers, tray=self.tray)
        app = FastAPI()
        app.state.room = Room(Desk(archive, lambda: NOW), archive, self.who, lambda: NOW, parts)
        problems.install(app)
        for pane in (adding, shelving):
            app.include_router(pane.routes())
        self.client = TestClient(app, base_url="http://127.0.0.1", headers=BY_SCRIPT, raise_server_exceptions=False)

    def get(self, path: str) -> str:
        answer = self.client.get(f"/room/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text.replace("\u00a0", " ")

    def post(self, path: str, status: int = 200, json: Any = None, **more: Any) -> str:
        answer = self.client.post(f"/room/{path}", json=more if json is None else json)
        assert answer.status_code == status, answer.text
        return answer.text.replace("\u00a0", " ")

    def hand_in(self, name: str, data: str | bytes) -> str:
        """A file handed in and read; its id."""
        answer = self.client.post("/room/arrivals", params={"name": name}, content=data)
        assert answer.status_code == 201, answer.text
        found = re.search(r'data-arrival="([0-9a-f]{16})"', answer.text)
        assert found is not None
        until(lambda: self.tray.arrivals.arrival(found[1]).state is not State.READING)
        return found[1]

    def close(self) -> None:
        self.tray.close()
        self.answers.close()


@pytest.fixture
def door(archive: Archive, tmp_path: Path) -> Iterator[Door]:
    made = Door(archive, tmp_path)
    yield made
    made.close()


def test_a_disk_that_refuses_is_told_in_words(door: Door) -> None:
    """Who hands a file in reads what to do, and no path of this machine; nothing waits."""
    (door.tray.arrivals.folder / "coming").write_text("no folder can be made here")
    answer = door.client.post("/room/arrivals", params={"name": "<b>a.txt"}, content=POOL)
    assert answer.status_code == 507
    assert "le disque du serveur refuse d’écrire" in answer.text
    assert str(door.tray.arrivals.folder) not in answer.text
    assert "<b>" not in answer.text
    assert door.tray.arrivals.waiting() == []


def test_other_copies_of_the_words_are_named_before_they_are_forgotten(door: Door, shelve: Shelve) -> None:
    """Whoever holds a release back, or withdraws it, sees its translation that stays; not one that is gone."""
    one = shelve(TEXT, reference="cp-1", group="g").release_id
    kept = shelve(
        "The pool of Bréval opens again on May 12.", reference="cp-2", title="The pool", language="en", group="g"
    )
    gone = shelve("Das Bad in Bréval öffnet am 12. Mai.", reference="cp-3", title="Das Bad", language="de", group="g")
    door.archive.withdraw(gone.release_id, "erreur", NOW)
    alone = shelve("Autre texte.", reference="cp-4").release_id
    for form in ("amend", "withdraw"):
        told = door.get(f"archive/{one}/{form}")
        assert kept.release_id in told
        assert "The pool" in told
        assert gone.release_id not in told
        assert "ne changent pas" not in door.get(f"archive/{alone}/{form}")


def test_only_archivists_come_in(door: Door, shelve: Shelve) -> None:
    """Whoever may less is refused at every address, and nothing is taken, read out or changed."""
    release_id = shelve(TEXT, reference="cp-1").release_id
    arrival_id = door.hand_in("piscine.txt", POOL)
    paths = (
        "arrivals/states", f"arrivals/{arrival_id}", f"arrivals/{arrival_id}/0", "archive", "archive/list",
        f"archive/{release_id}/amend", f"archive/{release_id}/withdraw",
    )  # fmt: skip
    acts = (
        "arrivals?name=a.txt", f"arrivals/{arrival_id}/accept", f"arrivals/{arrival_id}/discard",
        f"arrivals/{arrival_id}/0/accept", f"arrivals/{arrival_id}/0/discard", f"archive/{release_id}/amend",
        f"archive/{release_id}/unamend", f"archive/{release_id}/withdraw",
    )  # fmt: skip
    for role in (Role.PUBLIC, Role.READER):
        door.who.role = role
        assert {door.client.get(f"/room/{path}").status_code for path in paths} == {403}
        assert {door.client.post(f"/room/{path}", json={"reason": "x"}).status_code for path in acts} == {403}
    assert door.tray.arrivals.arrival(arrival_id).counts == {State.WAITING: 1}
    assert len(door.archive.view(Scope.STAFF, NOW).releases()) == 1


def test_nothing_changes_but_through_the_page_itself(door: Door, shelve: Shelve) -> None:
    """A form of another site, which cannot send the header, is refused."""
    release_id = shelve(TEXT).release_id
    del door.client.headers["X-Porte-Parole"]
    asked = door.client.post(f"/room/archive/{release_id}/withdraw", json={"reason": "x"})
    assert asked.status_code == 403
    assert door.archive.view(Scope.STAFF, NOW).release(release_id)


def test_a_file_is_looked_at_and_put_right_before_it_counts(door: Door) -> None:
    """The card shows what was understood; what is corrected on it stands as it is added."""
    arrival_id = door.hand_in("piscine.txt", POOL)
    card = door.get(f"arrivals/{arrival_id}/0")
    for words in ("Nouveau communiqué", "La piscine de Bréval rouvre ses portes", "6 mai 2025", "1 contact"):
        assert words in card
    values = {"issuer": "Commune de Bréval", "embargo": "12 mars 2026, 10 h 30"}
    assert "Ajouté à l’archive" in door.post(f"arrivals/{arrival_id}/0/accept", values=values)
    view = door.archive.view(Scope.STAFF, NOW)
    release = view.release(view.releases()[0].id)
    assert (release.issuer, release.embargo) == ("Commune de Bréval", datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
    assert door.archive.view(Scope.PUBLIC, NOW).releases() == []
    assert {one.by for one in view.amendments(release.id)} == {"ada"}


def test_a_value_that_cannot_stand_is_told_and_nothing_is_added(door: Door) -> None:
    """The field and what to write are said, in the reader's language."""
    arrival_id = door.hand_in("piscine.txt", POOL)
    path = f"arrivals/{arrival_id}/0/accept"
    assert "ce n’est pas une date" in door.post(path, 422, values={"published": "un jour"})
    door.who.language = "en"
    assert "this is no day" in door.post(path, 422, values={"published": "un jour"})
    assert door.tray.arrivals.arrival(arrival_id).counts == {State.WAITING: 1}


def test_a_replacement_is_said_with_what_it_replaces(door: Door) -> None:
    """A file of the same name is offered as a new version, and may be another release."""
    first = door.hand_in("communique.txt", POOL)
    door.post(f"arrivals/{first}/0/accept")
    again = door.hand_in("communique.txt", BRIDGE)
    card = door.get(f"arrivals/{again}/0")
    assert "Nouvelle version (2) de :" in card
    assert "même nom de fichier" in card
    assert "La piscine de Bréval rouvre ses portes" in card
    assert "Ajouté à l’archive" in door.post(f"arrivals/{again}/0/accept", json={"as": "apart"})
    assert len(door.archive.view(Scope.STAFF, NOW).releases()) == 2


def test_what_was_decided_is_decided(door: Door) -> None:
    """The second to decide is told so; a document discarded does not come back."""
    arrival_id = door.hand_in("piscine.txt", POOL)
    assert "Écarté" in door.post(f"arrivals/{arrival_id}/0/discard")
    assert "déjà décidé" in door.post(f"arrivals/{arrival_id}/0/discard", 409)
    assert "déjà décidé" in door.post(f"arrivals/{arrival_id}/0/accept", 409)
    assert door.archive.view(Scope.STAFF, NOW).releases() == []


def test_many_documents_are_lines_and_accepted_together(door: Door) -> None:
    """A packed file shows each document; what is sure is added at one press."""
    arrival_id = door.hand_in("lot.zip", zipped(piscine=POOL, passerelle=BRIDGE, note="Une note sans date."))
    shown = door.get(f"arrivals/{arrival_id}")
    assert shown.count('<details class="line"') == 3
    assert "2 doutes" in shown
    door.post(f"arrivals/{arrival_id}/accept")
    until(lambda: door.tray.arrivals.arrival(arrival_id).counts.get(State.ACCEPTED) == 2)
    assert door.get(f"arrivals/{arrival_id}").count("Ajouté à l’archive") == 2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("setup.exe", b"MZ\x00", "Ce n’est pas un format que l’archive sait lire."),
        ("blancs.txt", b"   ", "Il n’y a rien à lire dans ce fichier."),
        ("tronque.pdf", b"%PDF-1.7 rien", "Il est abîmé ou incomplet."),
    ],
)
def test_a_wrong_file_has_its_own_words(door: Door, name: str, data: bytes, words: str) -> None:
    """Why it could not be read and what to do, in plain words; the reader's own beside."""
    assert words in door.get(f"arrivals/{door.hand_in(name, data)}")


def test_a_file_without_a_byte_or_too_large_is_not_taken(door: Door) -> None:
    """It is refused by name as it comes, announced or not, and nothing of it stays."""
    empty = door.client.post("/room/arrivals", params={"name": "vide.pdf"}, content=b"")
    assert (empty.status_code, "vide.pdf" in empty.text) == (422, True)

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * (1 << 16)

    for content in (b"x" * (2 << 20), endless()):
        large = door.client.post("/room/arrivals", params={"name": "gros.pdf"}, content=content)
        assert (large.status_code, "1 Mo" in large.text.replace("\u00a0", " ")) == (413, True)
    assert list((door.tray.arrivals.folder / "coming").iterdir()) == []
    assert door.tray.arrivals.waiting() == []


def test_a_release_is_put_right_and_restored(door: Door, shelve: Shelve) -> None:
    """The form tells what the document says beside what stands, and gives it back."""
    release_id = shelve(TEXT, reference="cp-1", title="La piscine rouvre").release_id
    saved = door.post(f"archive/{release_id}/amend", values={"issuer": "Ville de Bréval"}, note="signature")
    assert "Correction enregistrée" in saved
    form = door.get(f"archive/{release_id}/amend")
    assert "Le document dit : Métropole de Sarvelle" in form
    assert "Corrigé par ada le 2 mars 2026 : « signature »" in form
    door.post(f"archive/{release_id}/unamend", field="issuer")
    assert door.archive.view(Scope.STAFF, NOW).release("cp-1").issuer == "Métropole de Sarvelle"
    unchanged = door.post(f"archive/{release_id}/amend", values={"published": "6 mai 2025"})
    assert "Rien n’a changé" in unchanged


def test_what_is_to_be_rechecked_is_listed_until_somebody_has_looked(door: Door, shelve: Shelve) -> None:
    """A new version that says otherwise asks for a look; keeping the correction is one."""
    release_id = shelve(TEXT, reference="cp-1").release_id
    door.post(f"archive/{release_id}/amend", values={"issuer": "Ville de Bréval"})
    shelve(f"{TEXT} Erratum.", reference="cp-1", issuer="Office du tourisme")
    assert "1 communiqué corrigé à la main est à revérifier" in door.get("archive/list")
    assert "À revérifier" in door.get("archive/list?state=recheck")
    door.post(f"archive/{release_id}/amend", values={"issuer": "Ville de Bréval"})
    assert "revérifier" not in door.get("archive/list")


def test_a_withdrawal_needs_a_reason_and_tells_what_cites_it(door: Door, shelve: Shelve) -> None:
    """How many kept answers cite it is said before; then no door but the archivist's shows it."""
    release_id = shelve(TEXT, reference="cp-1").release_id
    for number in range(2):
        door.answers.keep(Told(f"a{number}", NOW, "staff", "Quand ?", ((release_id, 1),), {}))
    assert "2 réponses gardées le citent" in door.get(f"archive/{release_id}/withdraw")
    assert "Écrivez un motif" in door.post(f"archive/{release_id}/withdraw", 422, reason="  ")
    assert "Retiré le 2 mars 2026 : date erronée" in door.post(f"archive/{release_id}/withdraw", reason="date erronée")
    assert door.archive.view(Scope.STAFF, NOW).releases() == []
    assert "date erronée" in door.get("archive/list?state=withdrawn")


def test_the_list_is_searched_and_narrowed(door: Door, shelve: Shelve) -> None:
    """By words of title, issuer or reference, accents and capitals aside; by status; in pages."""
    shelve(TEXT, reference="cp-été", title="L’Été à la piscine", issuer="Ville de Bréval")
    shelve(f"{TEXT} 2", reference="cp-2", embargo=datetime(2030, 1, 1, tzinfo=UTC), title="Œuvres d’hiver")
    for number in range(30):
        shelve(f"Texte {number}.", title=f"Titre {number}", reference=f"t-{number}")

    def count(query: str) -> int:
        found = re.search(r'<p class="count"[^>]*>(\d+)', door.get(f"archive/list?{query}"))
        return int(found[1]) if found else 0

    assert [count(f"q={words}") for words in ("ete", "BREVAL piscine", "cp-2", "oeuvres", "rien", "100%25_")] == [
        1, 1, 1, 1, 0, 0,
    ]  # fmt: skip
    assert (count("state=embargoed"), count("state=published"), count("state=withdrawn")) == (1, 31, 0)
    assert "Page 2 sur 2" in door.get("archive/list?first=25")


def test_every_change_leaves_a_line_that_tells_no_secret(
    door: Door, shelve: Shelve, caplog: pytest.LogCaptureFixture
) -> None:
    """Who did what to which release; of an embargoed one not even the words of its id."""
    audit = logging.getLogger("porte-parole.audit")
    audit.propagate = True
    public = shelve(TEXT, reference="cp-1", title="Piscine ouverte").release_id
    secret = shelve(f"{TEXT} 2", reference="cp-2", title="Secret absolu", embargo=datetime(2030, 1, 1, tzinfo=UTC))
    with caplog.at_level(logging.INFO, logger=audit.name):
        door.post(f"archive/{public}/amend", values={"place": "Bréval"})
        door.post(f"archive/{secret.release_id}/withdraw", reason="trop tôt, affaire Untel")
    told = [record.getMessage() for record in caplog.records if record.name == audit.name]
    assert told[0] == f"ada (archivist) amended place of {public}"
    assert told[1].startswith("ada (archivist) withdrew ")
    assert not re.search("secret|absolu|Untel", told[1])


def foreign(page: str) -> list[str]:
    """What is dangerous in a page but our own forms, which lead nowhere."""
    return [one for one in Elements(page).dangerous if one != "form"]


def test_no_name_value_or_reason_becomes_more_than_words(door: Door, shelve: Shelve) -> None:
    """Hostile strings in a file's name and text, a correction, a note and a reason are shown as words, or refused."""
    for name, text in HOSTILE:
        plain = text.encode("utf-8", "replace").decode()
        title, issuer = f"{name} {plain}"[:900], plain[:200] or None
        release_id = shelve(f"{TEXT} {name}", reference=name, title=title, issuer=issuer).release_id
        sent = door.client.post("/room/arrivals", params={"name": plain[:300]}, content=f"{plain}\n{POOL}".encode())
        assert sent.status_code == 201
        for values in ({"title": text[:900]}, {"issuer": text[:200]}, {"embargo": text}, {"language": text}):
            answer = door.client.post(
                f"/room/archive/{release_id}/amend", content=json.dumps({"values": values, "note": text[:3_000]})
            )
            assert answer.status_code in (200, 422), name
        door.client.post(f"/room/archive/{release_id}/withdraw", content=json.dumps({"reason": text[:3_000]}))
        for form in ("amend", "withdraw"):
            assert foreign(door.get(f"archive/{release_id}/{form}")) == [], name
    until(lambda: all(one.state is not State.READING for one in door.tray.arrivals.waiting()))
    assert foreign(door.get("archive")) == []
    assert foreign(door.get("archive/list?first=25")) == []
