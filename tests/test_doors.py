"""What programs do at the API beside asking: list, read, withdraw, hand in, look again; each as its key says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection

from app import Program
from assistant.desk import Desk
from assistant.records import Recorder
from assistant.tray import Tray
from assistant.web.admission import Keyless
from assistant.web.api import create_app
from assistant.web.callers import Role, Visitor, language_of
from assistant.web.room import Parts
from conftest import NOW, archive_in, release
from ingest.arriving import read
from store.answers import Answers
from store.archive import Archive
from store.arrivals import Arrivals
from store.originals import Originals
from store.records import Quote, Release, Scope, Span

EMBARGO = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ROLES = {"staff": Role.READER, "archivist": Role.ARCHIVIST}


class ByHeader(Keyless):
    """Whoever the header says, with a key of their own."""

    def admit(self, connection: HTTPConnection) -> Visitor:
        who = connection.headers.get("x-who", "")
        role = ROLES.get(who, Role.PUBLIC)
        return Visitor(who and f"key:{who}", role, role.scope, language_of(connection), key=who)


@dataclass
class Door:
    """A client of the API as whoever it says, the archive behind it, and ids by name."""

    client: TestClient
    archive: Archive
    tray: Tray
    ids: dict[str, str] = field(default_factory=dict)
    moment: datetime = NOW

    def get(self, path: str, who: str = "", expecting: int = 200, **query: Any) -> Any:
        response = self.client.get(path, params=query, headers={"x-who": who})
        assert response.status_code == expecting, response.text
        return response.json()

    def post(self, path: str, who: str = "", expecting: int = 200, **body: Any) -> Any:
        response = self.client.post(path, json=body, headers={"x-who": who})
        assert response.status_code == expecting, response.text
        return response.json()

    def ask(self, question: str, who: str = "") -> dict[str, Any]:
        return dict(self.post("/v1/ask", who, question=question))

    def listed(self, who: str = "", **query: Any) -> set[str]:
        found = {each["release_id"] for each in self.get("/v1/releases", who, **query)["releases"]}
        return {name for name, release_id in self.ids.items() if release_id in found}

    def shelve(self, name: str, text: str, **facts: Any) -> str:
        self.ids[name] = self.archive.add(release(text, name=f"/presse/{name}.txt", **facts)).release_id
        return self.ids[name]


@pytest.fixture(scope="module")
def door(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("doors")
    archive = archive_in(folder / "archive", program)
    answers, originals = Answers(folder / "answers.sqlite"), Originals(folder / "originals")
    tray = Tray(Arrivals(folder / "arrivals"), archive, read, lambda: NOW, originals)

    def clock() -> datetime:
        return made.moment

    desk = Desk(archive, clock, recorder=Recorder(answers, clock))
    parts = Parts(answers=answers, originals=originals, tray=tray)
    app = create_app(desk, archive, clock=clock, version="9", parts=parts, admission=ByHeader())
    made = Door(TestClient(app, raise_server_exceptions=False), archive, tray)
    with archive:
        for name, one in _shelf().items():
            made.ids[name] = archive.add(one).release_id
            originals.keep(one.source.sha256, _bytes(one))
        archive.withdraw(made.ids["gone"], "erreur de chiffre", NOW)
        archive.flush()
        tray.begin()
        yield made
        tray.close()
        answers.close()


def _bytes(one: Release) -> bytes:
    return f"{one.title}\n{one.text}\n{one.published}".encode()


def _shelf() -> dict[str, Release]:
    said = "Le pont de Bréval rouvre le 12 mai. « Ce pont est à tous », déclare Ada Morin, maire de Bréval."
    quote = Quote(Span(said.index("Ce pont"), said.index(" »")), "Ada Morin", "maire de Bréval", "déclare")
    reported = "Selon Jules Tardif, le marché couvert coûtera 3 millions d'euros."
    told = Quote(Span(17, len(reported) - 1), "Jules Tardif", None, "selon", indirect=True)
    held = "La halle Zorglub sera vendue. « Vendre est sage », déclare Quinxela Vorrande."
    secret = Quote(Span(held.index("Vendre"), held.index(" »")), "Quinxela Vorrande", None, "déclare")
    return {
        "bridge": release(said, title="Le pont rouvre", reference="CP/2025/7", quotes=(quote,), rubric="Voirie"),
        "market": release(
            reported, title="Un marché couvert", published=date(2024, 2, 1), issuer="Ville de Lorme", quotes=(told,)
        ),
        "held": release(
            held, title="La halle Zorglub", published=date(2026, 3, 1), embargo=EMBARGO, quotes=(secret,)
        ),
        "gone": release("Le phare ferme. Il a coûté 9 millions.", title="Le phare ferme", published=date(2025, 1, 5)),
    }  # fmt: skip


class TestListing:
    def test_each_sees_what_their_key_shows(self, door: Door) -> None:
        """The public: what is published; staff also what is embargoed, archivists also what was withdrawn."""
        assert door.listed() == {"bridge", "market"}
        assert door.listed("staff") == {"bridge", "market", "held"}
        assert door.listed("archivist") == {"bridge", "market", "held", "gone"}

    def test_rubric_status_and_words_narrow(self, door: Door) -> None:
        """A list is narrowed by rubric, by status as far as one sees it, and by words of the head."""
        assert door.listed(rubric="Voirie") == door.listed(q="PONT rouvre") == {"bridge"}
        assert door.listed(q="cp/2025") == {"bridge"}
        assert door.listed(q="marché", issuer="Ville de Lorme", to="2024-12-31") == {"market"}
        assert door.listed(q="marché", issuer="Métropole de Sarvelle") == set()
        assert door.listed(status="embargoed") == door.listed(status="withdrawn", q="phare") == set()
        assert door.listed("staff", status="embargoed") == {"held"}
        assert door.listed("archivist", status=["embargoed", "withdrawn"]) == {"held", "gone"}
        assert door.listed("archivist", status="withdrawn", q="phare") == {"gone"}

    def test_pages_lead_to_the_next(self, door: Door) -> None:
        """Following `next` gives every release once, in order, and ends."""
        dates, path = [], "/v1/releases?limit=1&order=oldest&language=fr"
        while path:
            response = door.client.get(path)
            page = response.json()
            dates += [each["published"] for each in page["releases"]]
            assert page["total"] == 2
            assert ("link" in response.headers) == (page["next"] is not None)
            path = page["next"]
        assert dates == ["2024-02-01", "2025-05-06"]

    def test_what_no_search_rests_on_is_only_listed(self, door: Door) -> None:
        """An archivist's search and answers rest on nothing that was withdrawn."""
        hits = door.get("/v1/search", "archivist", q="phare")["hits"]
        assert door.ids["gone"] not in {hit["release_id"] for hit in hits}
        assert "9 millions" not in json.dumps(door.ask("Combien a coûté le phare ?", "archivist"), ensure_ascii=False)


class TestReading:
    def test_a_version_is_read_by_whom_it_shows_itself_to(self, door: Door) -> None:
        """The current version is everybody's; an older one the archivist's, and for others it does not exist."""
        first = door.shelve("pool", "La piscine ouvre en mai.", title="Piscine", reference="CP-8")
        assert door.shelve("pool", "La piscine ouvre en juin.", title="Piscine", reference="CP-8") == first
        assert door.get(f"/v1/releases/{first}/versions/2")["text"] == "La piscine ouvre en juin."
        old = door.get("/v1/releases/CP-8/versions/1", "archivist")
        assert (old["version"], old["text"]) == (1, "La piscine ouvre en mai.")
        assert [each["version"] for each in old["versions"]] == [1, 2]
        hidden = door.get(f"/v1/releases/{first}/versions/1", expecting=404)
        assert hidden == door.get(f"/v1/releases/{first}/versions/9", expecting=404)

    def test_a_reference_may_hold_slashes(self, door: Door) -> None:
        """A reference with slashes serves wherever an id does."""
        assert door.get("/v1/releases/CP/2025/7")["release_id"] == door.ids["bridge"]
        assert door.get("/v1/releases/CP/2025/7/versions/1")["release_id"] == door.ids["bridge"]

    def test_a_document_is_handed_over_as_it_came(self, door: Door) -> None:
        """The original is the bytes that were read, to be saved and not run; what is hidden has none."""
        address = door.get(f"/v1/releases/{door.ids['bridge']}")["original"]
        response = door.client.get(address)
        assert response.content == _bytes(_shelf()["bridge"])
        assert response.headers["content-disposition"].startswith("attachment; ")
        assert response.headers["x-content-type-options"] == "nosniff"
        hidden = door.get(f"/v1/releases/{door.ids['held']}/original", expecting=404)
        unknown = door.get("/v1/releases/nowhere/original", expecting=404)
        assert json.dumps(hidden).replace(door.ids["held"], "nowhere") == json.dumps(unknown)
        assert door.client.get(f"/v1/releases/{door.ids['held']}/original", headers={"x-who": "staff"}).is_success

    def test_the_archivist_reads_when_and_why_it_was_withdrawn(self, door: Door) -> None:
        """What was withdrawn is read by archivists alone, with its day and reason."""
        told = door.get(f"/v1/releases/{door.ids['gone']}", "archivist")
        assert told["status"] == "withdrawn"
        assert told["withdrawal"] == {"at": NOW.isoformat(), "reason": "erreur de chiffre"}
        door.get(f"/v1/releases/{door.ids['gone']}", "staff", expecting=404)
        assert door.get(f"/v1/releases/{door.ids['bridge']}")["withdrawal"] is None


class TestVerbatims:
    def test_a_verbatim_is_the_text_at_its_offsets(self, door: Door) -> None:
        """What is quoted is exactly the release's text from `start` to `end`."""
        said = door.get("/v1/verbatims", speaker="Ada Morin")
        assert said["total"] == len(said["verbatims"]) == 1
        one = said["verbatims"][0]
        text = door.get(f"/v1/releases/{one['release_id']}")["text"]
        assert text[one["start"] : one["end"]] == one["text"] == "Ce pont est à tous"
        assert (one["office"], one["reported"]) == ("maire de Bréval", False)
        assert said["speakers"][0]["name"] == "Ada Morin"

    def test_they_are_narrowed(self, door: Door) -> None:
        """By beginnings of the speaker's name, words said, office, kind of speech, days and issuer."""

        def speakers(**query: Any) -> list[str]:
            return [each["speaker"] for each in door.get("/v1/verbatims", **query)["verbatims"]]

        assert speakers() == ["Ada Morin", "Jules Tardif"]
        assert speakers(order="oldest", limit=1) == ["Jules Tardif"]
        assert speakers(speaker="mor") == speakers(q="ponts") == speakers(office="maire") == ["Ada Morin"]
        assert speakers(speech="reported") == speakers(to="2024-12-31") == speakers(issuer="Ville de Lorme")
        assert speakers(speaker="orin") == speakers(speaker="nobody") == []

    def test_nobody_hears_what_is_held_back(self, door: Door) -> None:
        """Of an embargoed release neither words nor speakers nor counts are told, until its minute."""
        staff = door.get("/v1/verbatims", "staff", speaker="Quinxela")
        assert [each["status"] for each in staff["verbatims"]] == ["embargoed"]
        public = door.get("/v1/verbatims", speaker="Quinxela")
        assert public == door.get("/v1/verbatims", speaker="Zzz")
        door.moment = EMBARGO
        try:
            assert door.get("/v1/verbatims", speaker="Quinxela")["total"] == 1
        finally:
            door.moment = NOW


class TestWithdrawing:
    def test_it_takes_a_key_of_the_archivist(self, door: Door) -> None:
        """Without a key one is asked for it; with another, one may not; nothing is withdrawn."""
        path = f"/v1/releases/{door.ids['bridge']}/withdraw"
        refused = door.client.post(path, json={"reason": "x"})
        assert (refused.status_code, refused.headers["www-authenticate"][:6]) == (401, "Bearer")
        door.post(path, "staff", expecting=403, reason="x")
        door.post(path, "archivist", expecting=422, reason="  ")
        assert "bridge" in door.listed()

    def test_it_acts_at_once_and_only_once(self, door: Door) -> None:
        """From its answer on the release is nowhere; the second withdrawal answers as the first."""
        wrong = door.shelve("wrong", "Le tunnel de Bréval coûte 7 millions.", title="Tunnel de Bréval")
        first = door.post(f"/v1/releases/{wrong}/withdraw", "archivist", reason=" chiffre\nfaux ")
        assert first == {"release_id": wrong, "status": "withdrawn", "at": NOW.isoformat(), "reason": "chiffre faux"}
        assert door.post(f"/v1/releases/{wrong}/withdraw", "archivist", reason="autre") == first
        door.get(f"/v1/releases/{wrong}", expecting=404)
        assert wrong not in json.dumps(door.ask("Combien coûte le tunnel de Bréval ?"))
        door.post("/v1/releases/nowhere/withdraw", "archivist", expecting=404, reason="x")


class TestAnswersAgain:
    def test_the_record_is_what_was_answered(self, door: Door) -> None:
        """An answer is read again by its id, with what became of the releases it cites."""
        answer = door.ask("Quand rouvre le pont de Bréval ?")
        record = door.get(f"/v1/answers/{answer['answer_id']}")
        assert record["question"] == answer["question"]
        for key in ("sentences", "citations", "searched", "writer"):
            assert record[key] == answer[key], key
        assert [each["state"] for each in record["releases"]] == ["unchanged"]

    def test_an_id_opens_nothing(self, door: Door) -> None:
        """What was told to staff does not exist for the public, whoever has its id."""
        told = door.ask("Que devient la halle Zorglub ?", "staff")["answer_id"]
        assert "Zorglub" in json.dumps(door.get(f"/v1/answers/{told}", "staff"))
        assert door.get(f"/v1/answers/{told}", expecting=404) == door.get("/v1/answers/nothing", expecting=404)

    def test_what_was_withdrawn_since_is_told_no_more(self, door: Door) -> None:
        """No word, title or id of a release that was withdrawn since; an archivist is told what became of it."""
        ferry = door.shelve("ferry", "Le bac Ulmiste de Bréval coûte 5 millions d'euros.", title="Bac Ulmiste")
        answer = door.ask("Combien coûte le bac de Bréval ?")
        assert "Ulmiste" in json.dumps(answer)
        door.archive.withdraw(ferry, "erreur", NOW)
        public = door.get(f"/v1/answers/{answer['answer_id']}")
        assert "ulmiste" not in json.dumps(public, ensure_ascii=False).lower()
        assert "gone" in {each["state"] for each in public["releases"]}
        staff = door.get(f"/v1/answers/{answer['answer_id']}", "staff")
        assert "ulmiste" not in json.dumps(staff, ensure_ascii=False).lower()
        assert "withdrawn" in {each["state"] for each in staff["releases"]}
        assert ferry in json.dumps(door.get(f"/v1/answers/{answer['answer_id']}", "archivist"))

    def test_a_newer_version_is_told(self, door: Door) -> None:
        """Of a release corrected since, the old words are left out and the new version named."""
        quay = door.shelve("quay", "Le quai Virgule ouvre en avril.", title="Le quai", reference="Q-1")
        answer = door.ask("Quand ouvre le quai Virgule ?")["answer_id"]
        door.shelve("quay", "Le quai Virgule ouvre en septembre.", title="Le quai", reference="Q-1")
        record = door.get(f"/v1/answers/{answer}")
        became = next(each for each in record["releases"] if each["release_id"] == quay)
        assert (became["state"], became["version"], became["version_now"]) == ("corrected", 1, 2)
        assert "avril" not in json.dumps(record)


class TestHandingIn:
    def test_a_file_is_taken_in_and_followed(self, door: Door) -> None:
        """JSON Lines become releases; the job tells of each document, and the release is there."""
        whole = {"title": "La gare", "date": "2025-06-01", "issuer": "Ville de Lorme", "text": "La gare rouvre."}
        lines = [whole, {"title": "Vide", "date": "2025-06-01", "text": ""}]
        job = self.sent(door, "\n".join(json.dumps(line) for line in lines).encode(), name="export.jsonl", accept="all")
        assert job["state"] == "done"
        taken, empty = job["documents"]
        assert (taken["state"], taken["outcome"]) == ("accepted", "added")
        assert (empty["state"], bool(empty["reason"])) == ("unreadable", True)
        assert door.get(f"/v1/releases/{taken['release_id']}")["title"] == "La gare"

    def test_what_is_doubtful_waits_for_a_person(self, door: Door) -> None:
        """Unless all is accepted, a document with a doubt waits, and its doubts are named."""
        job = self.sent(door, "Une note sans date ni émetteur, à propos de rien.".encode(), name="note.txt")
        assert job["state"] == "waiting"
        assert job["documents"][0]["doubts"]
        assert job["documents"][0]["foreseen"]["outcome"] == "added"
        assert "note" not in json.dumps(door.get("/v1/releases"))

    @pytest.mark.parametrize(("who", "status"), [("", 401), ("staff", 403)])
    def test_only_archivists_hand_in_or_look(self, door: Door, who: str, status: int) -> None:
        """Files are handed in and followed with a key of the archivist alone."""
        waiting = len(door.tray.arrivals.waiting())
        sent = door.client.post("/v1/ingest", content=b"x", headers={"x-who": who})
        assert sent.status_code == status
        door.get(f"/v1/ingest/{'0' * 16}", who, expecting=status)
        assert len(door.tray.arrivals.waiting()) == waiting

    def test_what_is_no_file_is_refused(self, door: Door) -> None:
        """An empty body, an unknown job and a file over the limit are refused, each in its words."""
        headers = {"x-who": "archivist", "accept-language": "fr"}
        empty = door.client.post("/v1/ingest?name=a.txt", content=b"", headers=headers)
        assert (empty.status_code, empty.json()["detail"]) == (422, "«\u00a0a.txt\u00a0» est vide.")
        door.get(f"/v1/ingest/{'0' * 16}", "archivist", expecting=404)
        large = door.client.post("/v1/ingest", content=b"x", headers={**headers, "content-length": str(2**30)})
        assert large.status_code == 413

    def sent(self, door: Door, content: bytes, **query: str) -> dict[str, Any]:
        response = door.client.post("/v1/ingest", params=query, content=content, headers={"x-who": "archivist"})
        assert response.status_code == 202, response.text
        assert response.headers["location"] == f"/v1/ingest/{response.json()['job']}"
        ticking = threading.Event()
        for _ in range(200):
            job = dict(door.get(response.headers["location"], "archivist"))
            if job["state"] not in ("reading", "accepting"):
                return job
            ticking.wait(0.05)
        raise AssertionError(job)


def test_reasons_are_told_in_the_asker_s_language(door: Door) -> None:
    """With `explain`, why a release is there is said in French or English as the asker reads."""
    for language, word in (("fr", "mots : "), ("en", "words: ")):
        headers = {"accept-language": language}
        hits = door.client.get("/v1/search", params={"q": "pont", "explain": "1"}, headers=headers).json()["hits"]
        assert hits[0]["why"][0].startswith(word)


def test_a_day_s_end_is_no_embargo_s(door: Door) -> None:
    """A list made a second before an embargo's minute does not hold the release, at the minute it does."""
    try:
        door.moment = EMBARGO - timedelta(seconds=1)
        before = door.listed(q="halle")
        door.moment = EMBARGO
        assert (before, door.listed(q="halle")) == (set(), {"held"})
    finally:
        door.moment = NOW
    assert door.archive.view(Scope.PUBLIC, NOW).extent().releases >= 2
