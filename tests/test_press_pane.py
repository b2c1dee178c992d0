"""The staff's pane for the press: drafts reviewed word for word; nothing is overwritten in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from json import dumps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from kept import ANNE, CAROLE, NOBODY, ByHeader, words

from app import Program
from assistant.answer import Question
from assistant.desk import Desk
from assistant.gathered import Gathering
from assistant.records import Recorder
from assistant.web import problems
from assistant.web.callers import Visitor
from assistant.web.panes import curating, press, sheets
from assistant.web.panes.press import since
from assistant.web.room import Parts, Room
from conftest import NOW, archive_in, release
from hostile import EXECUTABLE, HOSTILE, Elements
from store.answers import Answers
from store.archive import Archive
from store.enquiries import Enquiries
from store.enquiry_rows import EnquiryState, Left
from store.entries import Draft, Entry, State
from store.records import Scope

EMBARGO = NOW + timedelta(days=8)
POOL = "Quand rouvre la piscine de Bréval ?"


class PressRoom:
    """A room with its press pane, its clock, and the ids of its releases."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.now = NOW
        self.archive = archive_in(folder / "archive", program)
        self.answers = Answers(folder / "answers.sqlite")
        self.enquiries = Enquiries(folder / "enquiries.sqlite")
        gathering = Gathering(self.answers, self.enquiries, program.embedder.embed_query, program.model.unrelated)
        parts = Parts(answers=self.answers, enquiries=self.enquiries, gathering=gathering)
        self.desk = Desk(self.archive, lambda: self.now, recorder=Recorder(self.answers, lambda: self.now))
        self.app = FastAPI()
        self.app.state.room = Room(self.desk, self.archive, ByHeader(), lambda: self.now, parts)
        problems.install(self.app)
        for pane in (press, curating, sheets):
            self.app.include_router(pane.routes())
        self.ids = {name: self.archive.add(each).release_id for name, each in shelf().items()}
        self.archive.flush()

    def as_(self, visitor: Visitor = CAROLE) -> TestClient:
        headers = {"x-who": visitor.name, "x-porte-parole": "1"}
        return TestClient(self.app, base_url="http://127.0.0.1", headers=headers)

    def get(self, path: str, visitor: Visitor = CAROLE, status: int = 200) -> str:
        got = self.as_(visitor).get(f"/room/press{path}")
        assert got.status_code == status, got.text
        return got.text

    def post(self, path: str, status: int = 200, visitor: Visitor = CAROLE, **json: Any) -> str:
        got = self.as_(visitor).post(f"/room/press{path}", json=json)
        assert got.status_code == status, got.text
        return got.text

    def entry(self, question: str, rests_on: str = "pool", **more: Any) -> Entry:
        draft = Draft(question, more.pop("answer", "Lundi 9 mars."), releases=(self.ids[rests_on],), **more)
        return self.archive.curated.add(draft, "anne", self.now)

    def approve(self, entry: Entry, status: int = 200) -> str:
        """What an archivist does who reviewed the entry as it is."""
        edition = form(self.get(f"/entries/{entry.id}"))["edition"]
        return self.post(f"/entries/{entry.id}/approve", status, edition=edition)

    def standing(self, entry: Entry) -> Entry:
        return self.archive.curated.entry(entry.id, self.now)


def shelf() -> dict[str, Any]:
    return {
        "pool": release("La piscine de Bréval rouvre lundi 9 mars. Elle a coûté 3 millions d'euros.",
                        title="La piscine de Bréval rouvre", reference="PISCINE-1"),
        "held": release("Le musée Quinxela ouvrira en avril.", title="Le musée Quinxela", embargo=EMBARGO),
        "ferry": release("La navette fluviale coûte 2 euros.", title="La navette arrive"),
        "gone": release("La halle Zorglubine fermera en mai.", title="La halle Zorglubine"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def room(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PressRoom]:
    made = PressRoom(program, tmp_path_factory.mktemp("press"))
    yield made
    made.answers.close()
    made.enquiries.close()
    made.archive.close()


def found(pattern: str, html: str) -> str:
    match = re.search(pattern, html)
    assert match is not None, html
    return match[1]


def form(html: str) -> dict[str, Any]:
    """What the form of an entry would send."""
    values: dict[str, Any] = {}
    for name in ("question", "valid_until", "owner"):
        values[name] = unescape(found(rf'name="{name}"[^>]*? value="([^"]*)"', html))
    for name in ("variants", "answer"):
        values[name] = unescape(found(rf'name="{name}"[^>]*>\n([^<]*)</textarea>', html))
    values["releases"] = re.findall(r'<li data-id="([^"]*)"', html)
    values["edition"] = found(r'<form class="entry-form"[^>]*data-edition="([^"]*)"', html)
    return values


def test_readers_look_and_archivists_write(room: PressRoom) -> None:
    """The public has no such pane; a reader reads the form and changes nothing."""
    entry = room.entry("Qui lit ceci ?")
    for path in ("", "/waiting", "/asked", "/entries", f"/entries/{entry.id}", "/enquiries"):
        room.get(path, NOBODY, 403)
        room.get(path, ANNE)
    page = room.get(f"/entries/{entry.id}", ANNE)
    assert "readonly" in page
    assert "data-act" not in page
    assert "data-act" in room.get(f"/entries/{entry.id}")
    for path in (f"/entries/{entry.id}", "/entries/new", f"/entries/{entry.id}/approve", f"/entries/{entry.id}/remove"):
        room.post(path, 403, ANNE)
    stranger = room.as_()
    del stranger.headers["x-porte-parole"]
    assert stranger.post(f"/room/press/entries/{entry.id}/remove", json={}).status_code == 403


def test_a_question_asked_becomes_a_draft_then_an_answer(room: PressRoom) -> None:
    """From the desk's own cited sentences: drafted, put right, reviewed, approved, taken back, removed."""
    for question in (POOL, "quand rouvre la piscine de bréval", "Quand va rouvrir la piscine de Bréval ?"):
        room.desk.ask(Question(question), Scope.PUBLIC)
    asked = room.get("/asked")
    assert "posée 3 fois" in words(asked)
    assert "La piscine de Bréval rouvre" in words(asked)
    page = room.post("/drafts", 201, question=POOL)
    written = form(page)
    assert "La piscine de Bréval rouvre lundi 9 mars." in written["answer"]
    assert written["variants"] == "Quand va rouvrir la piscine de Bréval ?"
    assert written["releases"] == [room.ids["pool"]]
    entry_id = found(r'data-entry="([^"]*)"', page)
    assert f"entry={entry_id}" in room.get("/asked"), "the question leads to its draft from now on"
    assert room.post("/drafts", question=POOL).count('class="one-entry"') == 1, "a second proposal opens the first"
    assert "posée 3 fois" in words(room.get("/asked")), "what staff asked to draft it was not asked by the press"

    written["answer"] = "La piscine rouvre le lundi 9 mars, à 9 heures.\n\nL'entrée est libre ce jour-là."
    saved = room.post(f"/entries/{entry_id}", **written)
    assert "Enregistrée comme brouillon." in words(saved)
    review = room.get(f"/entries/{entry_id}/public")
    assert '<p class="paragraph">La piscine rouvre le lundi 9 mars, à 9 heures.</p>' in review
    sources = review.partition("Sources")[2]
    assert "La piscine de Bréval rouvre" in words(sources)
    assert "La piscine de Bréval rouvre lundi 9 mars.</blockquote>" in sources
    edition = found(r'data-act="approve" data-edition="([^"]*)"', review)
    approved = room.post(f"/entries/{entry_id}/approve", edition=edition)
    assert "la presse la lit dès maintenant" in words(approved)
    [given] = room.archive.view(Scope.PUBLIC, NOW).curated()
    assert given.answer == written["answer"]

    assert "Brouillon" in words(room.post(f"/entries/{entry_id}/draft"))
    assert room.archive.view(Scope.PUBLIC, NOW).curated() == ()
    room.post(f"/entries/{entry_id}/remove")
    assert "n’existe plus" in words(room.get(f"/entries/{entry_id}", status=404))


def test_what_the_archive_does_not_say_is_drafted_empty(room: PressRoom) -> None:
    """The press office writes it; until then it cannot be approved, and the page says why."""
    room.desk.ask(Question("Qui dirige l'opéra de Novarrive ?"), Scope.PUBLIC)
    assert "Sans réponse" in words(room.get("/asked?only=waiting"))
    page = room.post("/drafts", 201, question="Qui dirige l'opéra de Novarrive ?")
    assert "écrivez-la" in words(page)
    entry_id = found(r'data-entry="([^"]*)"', page)
    assert "La réponse est vide." in words(room.get(f"/entries/{entry_id}/public"))
    assert "La réponse est vide." in words(
        room.post(f"/entries/{entry_id}/approve", 422, edition=form(page)["edition"])
    )
    room.post(f"/entries/{entry_id}", **{**form(page), "answer": "Ada Morin."})
    assert "Nommez au moins un communiqué." in words(room.get(f"/entries/{entry_id}/public"))
    room.post("/drafts", 404, question="Une question que personne n'a posée ?")


def test_nobody_overwrites_what_another_wrote(room: PressRoom) -> None:
    """Whoever saves an older edition is shown the newer one, and may then choose."""
    entry = room.entry("Qui écrit le dernier ?")
    mine = form(room.get(f"/entries/{entry.id}"))
    room.now += timedelta(minutes=5)
    theirs = room.post(f"/entries/{entry.id}", **{**mine, "answer": "Carole."})
    conflict = room.post(f"/entries/{entry.id}", 409, **{**mine, "answer": "Bruno."})
    assert "carole a modifié cette réponse" in words(conflict)
    assert "Carole." in words(conflict)
    assert room.standing(entry).answer == "Carole."
    stale = room.post(f"/entries/{entry.id}/approve", 409, edition=mine["edition"])
    assert "relisez-le" in words(stale)
    chosen = found(r'data-act="mine" data-edition="([^"]*)"', conflict)
    assert chosen == form(theirs)["edition"]
    room.post(f"/entries/{entry.id}", **{**mine, "answer": "Bruno.", "edition": chosen})
    assert room.standing(entry).answer == "Bruno."


def test_what_cannot_be_approved_says_why(room: PressRoom) -> None:
    """Expired; resting on a withdrawn release: before it is tried, and when it is."""
    over = room.entry("Est-ce encore valable ?", valid_until=NOW.date() - timedelta(days=1))
    assert "La date de validité est passée." in words(room.get(f"/entries/{over.id}/public"))
    assert "La date de validité est passée." in words(room.approve(over, 422))
    fallen = room.entry("Quand ferme la halle ?", "gone", answer="La halle Zorglubine ferme en mai.")
    room.approve(fallen)
    room.archive.withdraw(room.ids["gone"], "erreur", room.now)
    listed = room.get("/entries?state=fallen")
    assert "a été retiré" in words(listed)
    assert words(room.get("/entries")).index("Quand ferme la halle ?") < words(room.get("/entries")).index(
        "Qui lit ceci"
    )
    assert "est retiré" in words(room.get(f"/entries/{fallen.id}/public"))
    assert "est retiré" in words(room.approve(fallen, 422))
    for path in ("/entries", "/entries?q=halle", f"/entries/{fallen.id}"):
        assert "Zorglubine" not in room.get(path, ANNE), "readers do not read what was withdrawn"
    assert "Aucune réponse ne correspond" in words(room.get("/entries?q=zorglubine", ANNE))
    assert "fallen" in room.get("/entries?q=zorglubine")


def test_an_embargoed_release_lets_an_answer_wait(room: PressRoom) -> None:
    """It may be approved beforehand; the page says from when on it is given."""
    entry = room.entry("Quand ouvre le musée ?", "held", answer="Le musée Quinxela ouvre en avril.")
    assert "Sous embargo jusqu’au" in words(room.get(f"/entries/{entry.id}/public"))
    assert "quand tous ses communiqués seront publiés" in words(room.approve(entry))
    assert "en attente d’un embargo" in words(room.get("/entries?state=waiting"))
    assert entry.id not in {one.id for one in room.archive.view(Scope.PUBLIC, room.now).curated()}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": " "}, "Écrivez la question."),
        ({"question": "x" * 600}, "trop long"),
        ({"question": "Déjà prise ?"}, "a déjà cette question"),
        ({"releases": ["unknown"]}, "n’est pas dans l’archive"),
        ({"valid_until": "demain"}, "La date n’est pas valable."),
        ({"language": "français"}, "La langue n’est pas valable."),
        ({"variants": "\n".join(f"Variante {n} ?" for n in range(60))}, "Il y en a trop"),
    ],
)
def test_what_no_entry_can_be_is_refused_in_words(room: PressRoom, change: dict[str, Any], told: str) -> None:
    """And nothing is kept of it."""
    if not any(one.question == "Déjà prise ?" for one in room.archive.curated.listed(room.now)):
        room.entry("Déjà prise ?")
    before = len(room.archive.curated.listed(room.now))
    written = {"question": "Une toute nouvelle question ?", "answer": "Oui.", "language": "fr", **change}
    assert told in words(room.post("/entries/new", 422, **written))
    assert len(room.archive.curated.listed(room.now)) == before


def test_releases_are_found_by_their_head(room: PressRoom) -> None:
    """By title or reference, embargoed ones too and marked so; withdrawn ones are not offered."""
    offered = room.get("/releases?q=musée")
    assert room.ids["held"] in offered
    assert "embargo" in words(offered)
    assert room.ids["pool"] in room.get("/releases?q=piscine-1")
    assert room.get("/releases?q=") == ""


def test_a_question_left_is_answered_by_mail(room: PressRoom) -> None:
    """With a letter to read first, in the journalist's language; then it is marked as answered, and can be reopened."""
    left = Left(POOL, "fr", "Camille Ferrand", "Le Courrier", "camille@courrier.example", "+33 6 12 34 56 78",
                room.now - timedelta(hours=1))  # fmt: skip
    one = room.enquiries.leave(left, room.now)
    page = room.get("/enquiries", ANNE)
    for part in (POOL, "Camille Ferrand", "Le Courrier", one.id, "Délai dépassé"):
        assert part in words(page)
    assert 'href="tel:+33612345678"' in page
    assert "data-set" not in page
    reply = room.get(f"/enquiries/{one.id}/reply")
    address = urlsplit(unescape(found(r'href="(mailto:[^"]*)"', reply)))
    assert address.path == "camille@courrier.example"
    body = parse_qs(address.query)["body"][0]
    assert "La piscine de Bréval rouvre lundi 9 mars." in body
    assert "– La piscine de Bréval rouvre, Métropole de Sarvelle, 6 mai 2025" in body
    done = room.post(f"/enquiries/{one.id}", state="answered")
    assert "Répondue par carole" in words(done)
    assert room.enquiries.enquiry(one.id).state is EnquiryState.ANSWERED
    assert one.id not in room.get("/enquiries")
    assert one.id in room.get("/enquiries?state=answered")
    room.post(f"/enquiries/{one.id}", state="open")
    room.post(f"/enquiries/{one.id}", 403, ANNE, state="closed")
    room.post("/enquiries/unknown", 404, state="closed")
    english = room.enquiries.leave(Left("Who runs the opera of Novarrive?", "en", "John"), room.now)
    letter = words(room.get(f"/enquiries/{english.id}/reply"))
    assert "Hello," in letter
    assert "Aucune adresse valable" in letter


def test_answers_come_in_from_a_sheet_and_go_out(room: PressRoom) -> None:
    """A row that cannot stand says why, in words, and stops no other; what one may not read is left out."""
    sheet = (
        "question;réponse;communiqués;état;valable jusqu'au\n"
        "Combien coûte la navette ?;Deux euros.;PISCINE-1;approved;\n"
        "Une ligne sans communiqué connu ?;Oui.;NON-1;;\n"
        "Une date folle ?;Oui.;;;demain matin\n"
        "Sans communiqué ?;Oui.;;approved;\n"
        "combien coûte la navette;Trois.;;;\n"
    )
    got = room.as_().post("/room/press/entries.csv", content=sheet.encode("cp1252"))
    told = words(got.text)
    assert "2 ajoutées · 3 refusées" in told
    assert "Ligne 3 refusée – Une ligne sans communiqué connu ? Un des communiqués n’est pas dans l’archive." in told
    assert "Ligne 4 refusée – Une date folle ? La date n’est pas valable." in told
    assert "Ligne 5 gardée en brouillon – Sans communiqué ? Nommez au moins un communiqué." in told
    assert "Une ligne précédente pose la même question." in told
    again = words(room.as_().post("/room/press/entries.csv", content=sheet.encode()).text)
    assert "2 inchangées · 3 refusées" in again
    out = room.get("/entries.csv", ANNE)
    assert "Combien coûte la navette ?" in out
    assert "Zorglubine" not in out
    assert room.as_(ANNE).post("/room/press/entries.csv", content=b"x").status_code == 403
    assert "nommer les colonnes" in words(room.as_().post("/room/press/entries.csv", content=b"a;b\n1;2").text)
    assert room.as_().post("/room/press/entries.csv", content=b"x" * 5_000_001).status_code == 413


def test_what_waits_is_counted_beside_the_name(room: PressRoom) -> None:
    """Unanswered questions, answers to look at again, questions left; nothing where nothing waits."""
    room.desk.ask(Question("Combien de dragons vivent à Novarrive ?"), Scope.PUBLIC)
    before = int(words(room.get("/waiting")).split(",")[0])
    entry = room.entry("Faut-il encore attendre ?", valid_until=room.now.date())
    room.approve(entry)
    one = room.enquiries.leave(Left("Combien de dragons à Novarrive, encore ?"), room.now)
    after = int(words(room.get("/waiting")).split(",")[0])
    assert after >= before + 1
    room.enquiries.forget_one(one.id)
    assert f"{before} choses vous attendent" in words(room.get("/waiting"))
    assert words(room.get("")).startswith("Presse Questions posées")


def test_nothing_hostile_runs(room: PressRoom) -> None:
    """Questions of strangers, names, entries: all are words on the page, whatever they hold."""
    texts = [text for name, text in HOSTILE if name != "very_long_word"]
    for text in texts[:12]:
        room.enquiries.leave(Left(text[:300], name=text[:80], email=text[:80], phone=text[:40]), room.now)
    for text in texts:
        json = {"question": text[:200], "answer": text, "owner": text[:200], "variants": text[:400]}
        got = room.as_().post("/room/press/entries/new", content=dumps(json))
        assert got.status_code in (200, 422), got.text
    pages = [room.get(path) for path in ("/asked", "/enquiries", "/entries", "/entries?first=25")]
    for one in room.archive.curated.listed(room.now):
        pages += [room.get(f"/entries/{one.id}"), room.get(f"/entries/{one.id}/public")]
    for page in pages:
        elements = Elements(page)
        assert EXECUTABLE.isdisjoint(set(elements.tags) - {"form"})
        assert not [one for one in elements.attributes if one[1].startswith("on")]
        assert not [one for one in elements.attributes if one[1] in ("href", "src") and "script:" in one[2].lower()]


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-02-27T18:00+01:00"),  # a Monday
        (datetime(2026, 3, 6, 18, tzinfo=UTC), "2026-02-27T18:00+01:00"),  # Friday evening: the one before
        (datetime(2026, 3, 7, 9, tzinfo=UTC), "2026-03-06T18:00+01:00"),
        (datetime(2026, 3, 31, 9, tzinfo=UTC), "2026-03-27T18:00+01:00"),  # the clocks changed in between
    ],
)
def test_the_weekend_begins_on_friday_evening(moment: datetime, begins: str) -> None:
    """In Paris, and not just now."""
    assert since("weekend", moment) == datetime.fromisoformat(begins)
    assert since("week", moment).hour == 0


def test_an_archive_without_answers_says_so(archive: Archive) -> None:
    """Nothing is gathered where nothing is kept, and no form is open where there is no shelf for it."""
    app = FastAPI()
    app.state.room = Room(Desk(archive, lambda: NOW), archive, ByHeader(), lambda: NOW, Parts())
    app.include_router(press.routes())
    client = TestClient(app, base_url="http://127.0.0.1", headers={"x-who": ANNE.name})
    assert "ne sont pas conservées" in words(client.get("/room/press/asked").text)
    assert "Aucun formulaire" in words(client.get("/room/press/enquiries").text)
    assert client.get("/room/press/waiting").text == ""
    assert State.DRAFT.value == "draft"
