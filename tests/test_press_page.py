"""The journalists' page: asking, reading what is cited, leaving a question."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from app import Program
from assistant.desk import Desk
from assistant.faq import Faq
from assistant.web.admission import Keyed
from assistant.web.api import create_app
from assistant.web.outside import Outside
from assistant.web.press.form import LATEST, QUICKEST, Stamps, judged
from assistant.web.press.office import Office
from assistant.web.room import Parts
from assistant.web.terms import Terms
from conftest import NOW, archive_in, release
from hostile import HOSTILE, Elements
from ingest.passages import cut
from store.archive import Archive
from store.enquiries import Enquiries
from store.entries import Draft
from store.keys import Keys
from store.records import Contact, SettingsError

STADIUM = (
    "Ormelune, le 6 mai 2025\n\nLe conseil a voté hier la rénovation du stade Albert-Fauvel. Le coût des travaux du "
    "stade s'élève à 48,6 millions d'euros.\n\nContact presse : Inès Valdor"
)
SECRET = "Ormelune, le 2 mars 2026\n\nLa fusion avec Brumezirk sera annoncée mardi. La fusion coûte 7 millions d'euros."
EVIL = " ".join(
    text for name, text in HOSTILE if name not in ("control_characters", "not_characters", "very_long_word")
)
ADA = {
    "question": "Quand rouvre le stade ?",
    "name": "Ada Brunel",
    "medium": "La Gazette",
    "email": "ada.brunel@gazette.example",
    "phone": "",
    "deadline": "2026-03-03T17:00",
}
OFFICE = Office(
    "Ville d'Ormelune", Contact(name="Camille Arnaud", phone="01 23 45 67 89", email="presse@ormelune.example")
)
STADIUM_COST = "Combien coûtent les travaux du stade ?"
NOTHING = "Quel est le prix d'un billet de train pour Tokyo ?"


class Moment:
    """A clock that is set by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def archive(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_in(tmp_path_factory.mktemp("press") / "archive", program) as archive:
        for made in (
            release(
                STADIUM,
                title="Le stade sera rénové",
                reference="CP-1",
                contacts=(Contact(name="Inès Valdor", phone="05 11 22 33 44 / 06 11 22 33 44"),),
            ),
            release(SECRET, title="La fusion", reference="CP-2", embargo=NOW + timedelta(days=1)),
            release(
                f"Ormelune, le 7 mai 2025\n\nLe hamac est ceci : {EVIL}",
                title=EVIL,
                reference="CP-3",
                url="javascript:window.hostile=1",
            ),
            release("Ormelune, le 8 mai 2025\n\nLa piscine ferme.", title="La piscine", reference="CP-4"),
        ):
            archive.add(made, cut(made, program.tokens.count))
        archive.withdraw("CP-4", "erreur", NOW)
        archive.flush()
        yield archive


@pytest.fixture(scope="module")
def served(
    archive: Archive, program: Program, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, Moment, Enquiries]]:
    clock, kept = Moment(), Enquiries(tmp_path_factory.mktemp("left") / "enquiries.sqlite")
    desk = Desk(archive, clock)
    faq = Faq(desk, archive, clock, lambda: program.embedder)
    parts = Parts(enquiries=kept, press=OFFICE, faq=faq)
    app = create_app(desk, archive, clock=clock, version="0", parts=parts)
    yield TestClient(app, base_url="http://127.0.0.1:7860", headers={"accept-language": "fr"}), clock, kept
    kept.close()


@pytest.fixture
def page(served: tuple[TestClient, Moment, Enquiries]) -> TestClient:
    return served[0]


@pytest.fixture
def clock(served: tuple[TestClient, Moment, Enquiries]) -> Iterator[Moment]:
    yield served[1]
    served[1].now = NOW


@pytest.fixture
def enquiries(served: tuple[TestClient, Moment, Enquiries]) -> Enquiries:
    served[2].forget(datetime.max.replace(tzinfo=UTC))
    return served[2]


def asked(page: TestClient, question: str, **more: Any) -> list[dict[str, Any]]:
    """The events of a question put by the page's script; each with its `event`."""
    response = page.post("/faq/ask", json={"question": question, "lang": "fr", **more})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = re.findall(r"event: (\w+)\ndata: (.*)\n\n", response.text)
    return [{"event": name, **json.loads(data)} for name, data in told]


def test_the_page_is_light_and_keeps_nothing(page: TestClient) -> None:
    """One page and two files, under 60 kB; no cookie, no inline script or style, nothing from elsewhere."""
    first = page.get("/faq")
    assert first.status_code == 200
    files = [page.get(address) for address in re.findall(r'(?:src|href)="(/faq/files/[^"]+)"', first.text)]
    assert len(files) == 2
    assert {one.status_code for one in files} == {200}
    assert sum(len(one.content) for one in (first, *files)) < 60_000
    assert all("immutable" in one.headers["cache-control"] for one in files)
    assert first.headers["cache-control"] == "no-store"
    assert not page.cookies
    policy = first.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in first.text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", first.text))
    assert not re.search(r'style="|(?:src|href)="(?:https?:)?//', first.text)


def test_a_file_under_another_name_or_digest_is_not_kept(page: TestClient) -> None:
    """Only what the address promises may be kept for ever; nothing else of the machine is a file here."""
    assert page.get("/faq/files/0000/press.css").headers["cache-control"] == "no-store"
    for name in ("../door.py", "%2e%2e%2fdoor.py", "widget.js", "press.py"):
        assert page.get(f"/faq/files/0000/{name}").status_code == 404


def test_it_speaks_the_readers_language(page: TestClient) -> None:
    """French, English where the browser asks for it, and what the address says before both."""
    assert 'lang="fr"' in page.get("/faq", headers={"accept-language": "de"}).text
    assert 'lang="en"' in page.get("/faq", headers={"accept-language": "en"}).text
    assert "Ask your question" in page.get("/faq?lang=en").text


def test_an_answer_comes_by_sentence_with_its_exact_source(page: TestClient) -> None:
    """The last event has the sentence, a mark that leads to the quotation, and the way to the release."""
    *_, last = asked(page, STADIUM_COST)
    assert last["event"] == "finished"
    assert "48,6 millions d" in last["aloud"] or any("48,6" in one["aloud"] for one in asked(page, STADIUM_COST))
    (mark,) = set(re.findall(r'class="cite" href="#([^"]+)"', last["html"]))
    assert f'id="{mark}"' in last["html"]
    assert "Le coût des travaux du stade s'élève à 48,6 millions d'euros." in last["html"].replace("&#39;", "'")
    assert last["kept"]["releases"]


def test_what_the_press_office_has_written_answers_first(page: TestClient, archive: Archive, clock: Moment) -> None:
    """Word for word, with its day and the release it rests on, once it is approved and as long as it is."""
    words = f"Le stade rouvre <b>en septembre</b>.\n\nLa billetterie ouvre en août. {EVIL[:500]}"
    drafted = archive.curated.add(
        Draft("Quand le stade rouvre-t-il ?", words, ("Date de réouverture ?",), releases=("CP-1",)), "camille", NOW
    )
    assert "curated" not in asked(page, drafted.question)[-1]["html"]
    archive.curated.approve(drafted.id, "camille", NOW)
    *_, last = asked(page, drafted.question)
    assert "Réponse du service de presse, mise à jour le 2 mars 2026" in last["html"]
    assert "<p>Le stade rouvre &lt;b&gt;en septembre&lt;/b&gt;.</p><p>La billetterie" in last["html"]
    assert "Le stade sera rénové" in last["html"]
    assert drafted.question in page.get("/faq").text
    assert "beyond" not in last["html"]
    otherwise = asked(page, "Date de réouverture ?")[-1]["html"]
    assert drafted.question in otherwise
    assert "beyond" in otherwise
    assert "curated" not in asked(page, drafted.question, beyond=True)[-1]["html"]
    archive.curated.withdraw_to_draft(drafted.id, "camille", NOW)
    assert "curated" not in asked(page, drafted.question)[-1]["html"]
    assert drafted.question not in page.get("/faq").text


def test_the_source_can_be_read_with_the_sentence_marked(page: TestClient) -> None:
    """The link of a quotation opens the release, the very words marked; its contact's telephones are links."""
    *_, last = asked(page, STADIUM_COST)
    (address,) = set(re.findall(r'href="(/faq/releases/[^"]+)"', last["html"]))
    read = page.get(address.replace("&amp;", "&"))
    assert read.status_code == 200
    (marked,) = re.findall(r"<mark>(.*?)</mark>", read.text)
    assert marked.replace("&#39;", "'") == "Le coût des travaux du stade s'élève à 48,6 millions d'euros."
    assert 'href="tel:0511223344"' in read.text
    assert "frame-ancestors 'none'" in read.headers["content-security-policy"]


def test_a_follow_up_leans_on_what_the_page_sends_back(page: TestClient) -> None:
    """The page keeps the conversation; the server keeps none."""
    *_, last = asked(page, STADIUM_COST)
    followed, alone = asked(page, "Et quand ?", history=[last["kept"]])[-1], asked(page, "Et quand ?")[-1]
    assert followed["html"].partition("</h2>")[2] != alone["html"].partition("</h2>")[2]


@pytest.mark.parametrize("history", ["[", [None, 3, {"question": 4}, {"question": "a", "releases": "b"}]])
def test_a_history_that_is_none_is_left_out(page: TestClient, history: Any) -> None:
    """Whatever is sent as the turns before, a question is answered."""
    assert asked(page, STADIUM_COST, history=history)[-1]["event"] == "finished"


def test_where_nothing_answers_there_is_somebody_to_call(page: TestClient) -> None:
    """An abstention names the nearest release's contact and the office's, and offers the form."""
    *_, last = asked(page, NOTHING)
    for part in ("Aucun communiqué publié ne répond", "Inès Valdor", "Camille Arnaud", "tel:0123456789", "data-leave"):
        assert part in last["html"]


def test_without_a_script_a_form_does_the_same(page: TestClient) -> None:
    """A plain form gets the answer as a page, whose composer carries the turn on; the form is a page too."""
    response = page.post("/faq/ask", data={"question": STADIUM_COST, "lang": "fr", "history": "[]"})
    assert response.status_code == 200
    assert "48,6" in response.text
    history = re.search(r'name="history" value="([^"]*)"', response.text)
    assert history is not None
    assert json.loads(history[1].replace("&#34;", '"'))[0]["question"] == STADIUM_COST
    form = page.get("/faq/enquiries", params={"question": STADIUM_COST})
    assert STADIUM_COST in form.text
    assert 'name="stamp"' in form.text


@pytest.mark.parametrize("question", ["", "   ", "x" * 2_001, None, 7, ["a"]])
def test_what_is_no_question_is_said_so(page: TestClient, question: Any) -> None:
    """Nothing, too much, or something else entirely: told in words, in the page's language."""
    response = page.post("/faq/ask", json={"question": question, "lang": "fr"})
    assert response.status_code == 422
    assert "trop longue" in response.text
    assert page.post("/faq/ask", content=b"\xff{", headers={"content-type": "application/json"}).status_code == 422


def test_what_may_not_be_seen_does_not_exist(page: TestClient, clock: Moment) -> None:
    """An embargoed, a withdrawn and an invented release give the same bytes; the minute makes the difference."""
    missing = page.get("/faq/releases/CP-999")
    for reference in ("CP-2", "CP-4"):
        hidden = page.get(f"/faq/releases/{reference}")
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    html = asked(page, "Combien coûte la fusion avec Brumezirk ?")[-1]["html"]
    assert "7 millions" not in html
    assert "mardi" not in html
    clock.now = NOW + timedelta(days=1, seconds=1)
    assert page.get("/faq/releases/CP-2").status_code == 200
    assert "7 millions" in asked(page, "Combien coûte la fusion avec Brumezirk ?")[-1]["html"]


def test_nothing_hostile_runs(page: TestClient) -> None:
    """Whatever a release or a question holds is words on every page, and no link leads to a script."""
    pages = [page.get("/faq/releases/CP-3").text, asked(page, "Qu'est-ce que le hamac ?")[-1]["html"]]
    words = [text.encode("utf-8", "replace").decode()[:1_900] for _, text in HOSTILE]
    for text in words:
        told = {**ADA, "question": text, "name": text, "email": text, "widget": text, "lang": text[:9]}
        pages.append(page.post("/faq/enquiries", data={**told, "widget": ""}).text)
    for start in (0, 10):
        several = " ".join(words[start : start + 10])[:300]
        pages.append(page.post("/faq/ask", data={"question": several, "history": several, "lang": several[:9]}).text)
    for shown in pages:
        allowed = (
            shown.replace('<script src="/faq/files/', "<x ")
            .replace('<link rel="icon" href="data:,"', "<x")
            .replace('<link rel="', "<x ")
            .replace("<meta ", "<x ")
        )
        assert [one for one in Elements(allowed).dangerous if not one.startswith(("form", "button"))] == []


def stamped(page: TestClient) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page.get("/faq").text)
    assert found is not None
    return found[1]


def test_a_question_is_left_for_the_press_office(page: TestClient, clock: Moment, enquiries: Enquiries) -> None:
    """It is kept as written, with what stood beside it, and confirmed by its number."""
    stamp = stamped(page)
    clock.now = NOW + QUICKEST
    fields = {**ADA, "stamp": stamp, "releases": "2025-05-06-a 2025-05-06-b", "answer": "20260302-0123456789ab"}
    response = page.post("/faq/enquiries", json={**fields, "lang": "fr"})
    (kept,) = enquiries.listed()
    assert response.status_code == 201
    assert kept.id in response.text
    assert (kept.name, kept.email, kept.releases) == ("Ada Brunel", ADA["email"], ("2025-05-06-a", "2025-05-06-b"))
    assert kept.answer_id == "20260302-0123456789ab"
    assert kept.deadline == datetime(2026, 3, 3, 16, 0, tzinfo=UTC)


def test_who_is_too_quick_or_fills_the_trap_is_asked_again(
    page: TestClient, clock: Moment, enquiries: Enquiries
) -> None:
    """Nothing is kept and nothing written is lost: the form comes back with what to put right."""
    stamp = stamped(page)
    for wrong in ({"stamp": stamp}, {"stamp": "1.x"}):
        response = page.post("/faq/enquiries", data={**ADA, **wrong})
        assert response.status_code == 422
        assert "Ada Brunel" in response.text
    clock.now = NOW + QUICKEST
    trapped = page.post("/faq/enquiries", data={**ADA, "stamp": stamp, "website": "https://buy.example"})
    assert trapped.status_code == 422
    clock.now = NOW + LATEST + timedelta(seconds=1)
    assert page.post("/faq/enquiries", data={**ADA, "stamp": stamp}).status_code == 422
    assert enquiries.listed() == []


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("question", ""), ("name", " \u2028 "), ("name", "n" * 101), ("email", "ada@gazette"), ("email", "a@@b.c"),
        ("email", "a@b.example\r\nBcc: c@d.example"), ("email", ""), ("phone", "appelez-moi"), ("deadline", "demain"),
        ("deadline", "2020-01-01T10:00"), ("deadline", "9999-12-31T23:59:59+00:00"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_beside_its_field(field: str, written: str) -> None:
    """An address that is none, a deadline gone by: named by field."""
    stamps = Stamps()
    sent = {**ADA, "stamp": stamps.stamp(NOW - QUICKEST), field: written}
    assert list(judged(sent, "fr", stamps, NOW)[1]) == [field]
    assert judged({**ADA, "stamp": sent["stamp"]}, "fr", stamps, NOW)[1] == {}


def test_one_address_leaves_only_so_many(page: TestClient, clock: Moment, enquiries: Enquiries) -> None:
    """A flood from one place is told to wait, and to call."""
    stamp = stamped(page)
    clock.now = NOW + QUICKEST
    told = [page.post("/faq/enquiries", data={**ADA, "stamp": stamp}).status_code for _ in range(8)]
    assert told == sorted(told)
    assert set(told) == {201, 429}
    assert len(enquiries.listed()) == told.count(201)


def test_questions_are_counted_by_address(archive: Archive, tmp_path: Path) -> None:
    """Who asks too often reads how long to wait, in the page and without a script."""
    keys = Keys(tmp_path / "keys.sqlite")
    admission = Keyed(keys, lambda: NOW, Outside(), Terms("100/minute", "2/minute"))
    desk = Desk(archive, lambda: NOW)
    app = create_app(desk, archive, clock=lambda: NOW, version="0", admission=admission, parts=Parts(press=OFFICE))
    far = TestClient(app, base_url="http://press.example", client=("192.0.2.7", 1), headers={"accept-language": "fr"})
    told = [far.post("/faq/ask", json={"question": STADIUM_COST}) for _ in range(3)]
    assert [one.status_code for one in told] == [200, 200, 429]
    assert "Retry-After" in told[2].headers
    assert "Réessayez dans" in told[2].text
    assert far.post("/faq/ask", data={"question": STADIUM_COST}).status_code == 429
    keys.close()


def test_other_sites_forms_are_refused(page: TestClient) -> None:
    """Another site's page asks nothing here; a link that is followed leads in."""
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://hostile.example"}
    assert page.post("/faq/enquiries", data=ADA, headers=foreign).status_code == 403
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert page.get("/faq", headers=followed).status_code == 200


def test_whom_to_call_is_read_from_the_settings() -> None:
    """Name, number and address in any order; neither is told to be written."""
    told = Office.read(
        {"PORTE_PAROLE_HOUSE": " Ville ", "PORTE_PAROLE_PRESS_CONTACT": "Ada, adjointe, +33 1 23 45 67 89, a@b.example"}
    )
    assert (told.name, told.contact) == (
        "Ville",
        Contact(name="Ada, adjointe", phone="+33 1 23 45 67 89", email="a@b.example"),
    )
    with pytest.raises(SettingsError, match="PRESS_CONTACT"):
        Office.read({"PORTE_PAROLE_PRESS_CONTACT": "Ada"})


def test_nothing_asked_of_the_journalists_door_reaches_the_room(archive: Archive) -> None:
    """What no route of it takes is refused there, for the page behind would answer whom it does not know."""
    app = create_app(Desk(archive, lambda: NOW), archive, clock=lambda: NOW, version="0")
    app.mount("/", PlainTextResponse("the room"))
    with TestClient(app) as client:
        for method, path in (("GET", "/faq/config"), ("PUT", "/faq"), ("HEAD", "/faq"), ("POST", "/widget.js")):
            refused = client.request(method, path)
            assert refused.status_code == (404 if path == "/faq/config" else 405)
            assert refused.headers.get("allow", "GET") == "GET"
            assert "room" not in refused.text
