"""What the HTTP API promises."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import Program
from assistant.desk import Desk
from assistant.web.api import create_app
from conftest import NOW, release
from ingest.passages import CHUNKING, cut
from store.archive import Archive

STADIUM = """Ormelune, le 6 mai 2025

Le conseil a voté la rénovation du stade Albert-Fauvel. Le coût des travaux s'élève à 48,6 millions d'euros.
La réouverture est prévue le 6 septembre 2026.

« Ce stade sera celui de tous les clubs », déclare Hélène Varenne, présidente de la Métropole.
"""
TRAM = "Le tramway de la ligne C transporte 21 000 voyageurs par jour. Il dessert dix-neuf stations depuis janvier."
POOL = "Le prix d'entrée de la piscine Zéphyrine sera de 4,20 euros. Le bassin zéphyrinien ouvrira en juin."
CLINIC = "La clinique Quorbeline accueillera 80 lits. Son ouverture quorbelinoise est reportée."

EMBARGO = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Door:
    """A client of the API, the archive behind it, and the ids of what was shelved."""

    client: TestClient
    clock: Clock
    ids: dict[str, str]

    def ask(self, question: str, **more: Any) -> dict[str, Any]:
        response = self.client.post("/v1/ask", json={"question": question, **more})
        assert response.status_code == 200, response.text
        return dict(response.json())


@pytest.fixture(scope="module")
def door(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("api")
    archive = Archive(
        folder / "archive",
        model=lambda: program.model.name,
        embedder=lambda: program.embedder,
        chunking=CHUNKING,
        cut=lambda made: cut(made, program.tokens.count),
    )
    clock = Clock()
    ids: dict[str, str] = {}
    with archive:
        for name, text, facts in _shelf():
            made = release(text, name=name, **facts)
            ids[name] = archive.add(made, cut(made, program.tokens.count)).release_id
        archive.withdraw(ids["clinic"], "erreur", NOW)
        archive.flush()
        app = create_app(Desk(archive, clock), archive, clock=clock, version="9.9")
        yield Door(TestClient(app, raise_server_exceptions=False), clock, ids)


def _shelf() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("stadium", STADIUM, {"title": "Le stade sera rénové", "reference": "CP-2025-7"}),
        ("tram", TRAM, {"title": "La ligne C", "published": date(2024, 2, 1), "issuer": "Réseau Cadence"}),
        ("pool", POOL, {"title": "La piscine Zéphyrine", "published": date(2026, 3, 10), "embargo": EMBARGO}),
        ("clinic", CLINIC, {"title": "La clinique Quorbeline", "published": date(2025, 1, 5)}),
    ]


@pytest.fixture
def client(door: Door) -> TestClient:
    return door.client


class TestAsking:
    def test_an_answer_has_every_key_of_the_contract(self, door: Door) -> None:
        """An answer's document has every key, each sentence a citation that exists."""
        answer = door.ask("Combien coûtent les travaux du stade ?")
        assert set(answer) == {
            "question", "standalone", "filters", "understood", "sentences", "citations", "abstention", "evidence",
            "searched", "notices", "writer", "answer_id",
        }  # fmt: skip
        numbers = {citation["number"] for citation in answer["citations"]}
        assert answer["sentences"]
        for sentence in answer["sentences"]:
            assert sentence["citations"]
            assert set(sentence["citations"]) <= numbers
        assert any("48,6 millions" in sentence["text"] for sentence in answer["sentences"])

    def test_a_quote_is_the_text_at_its_offsets(self, door: Door) -> None:
        """What a citation quotes is exactly the release's text from `start` to `end`."""
        for citation in door.ask("Combien coûtent les travaux du stade ?")["citations"]:
            text = door.client.get(f"/v1/releases/{citation['release_id']}").json()["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"] != ""

    def test_a_stream_ends_with_the_whole_document(self, door: Door) -> None:
        """A stream says what is understood, what is found, each sentence, then everything."""
        question = "Combien coûtent les travaux du stade ?"
        response = door.client.post("/v1/ask", json={"question": question, "stream": True})
        events = [_event(block) for block in response.text.strip().split("\n\n")]
        names = [name for name, _ in events]
        assert response.headers["content-type"].startswith("text/event-stream")
        assert names[:2] == ["understood", "found"]
        assert names[-1] == "finished"
        sentences = [data for name, data in events if name == "sentence"]
        whole = events[-1][1]
        assert whole == door.ask(question)
        assert [data["sentence"] for data in sentences] == whole["sentences"]
        assert [citation for data in sentences for citation in data["citations"]] == whole["citations"]

    def test_what_is_declined_is_not_inferred(self, door: Door) -> None:
        """`declined` takes back one thing that was inferred; a name that means nothing is refused."""
        question = "Qu'avons-nous annoncé en février 2024 ?"
        assert door.ask(question)["filters"]["from"] is not None
        assert door.ask(question, declined=["period"])["filters"]["from"] is None
        response = door.client.post("/v1/ask", json={"question": question, "declined": ["everything"]})
        assert response.status_code == 422

    def test_given_filters_win(self, door: Door) -> None:
        """Filters that are given are used as they are, whatever the question's words say."""
        asked = "Que disiez-vous en mai 2025 ?"
        inferred = door.ask(asked)["filters"]
        given = {"from": "2024-01-01", "to": None, "issuers": ["Réseau Cadence"], "languages": None}
        answer = door.ask(asked, filters=given)
        assert inferred["from"] == "2025-05-01"
        assert answer["filters"] == {"from": "2024-01-01", "to": None, "issuers": ["Réseau Cadence"], "languages": []}
        assert {each["release_id"] for each in answer["evidence"]} <= {door.ids["tram"]}

    def test_filters_all_null_are_no_filters(self, door: Door) -> None:
        """Filters whose four keys are null leave the desk to infer them."""
        nothing = {"from": None, "to": None, "issuers": None, "languages": None}
        asked = "Que disiez-vous en mai 2025 ?"
        assert door.ask(asked, filters=nothing) == door.ask(asked)

    @pytest.mark.parametrize(
        ("body", "status", "field"),
        [
            ({}, 422, "question"),
            ({"question": "   "}, 422, "question"),
            ({"question": "a" * 2001}, 422, "question"),
            ({"question": ["a"]}, 422, "question"),
            ({"question": "a", "history": [{"releases": []}]}, 422, "history.0.question"),
            ({"question": "a", "filters": {"languages": ["français"]}}, 422, "filters.languages.0"),
            ({"question": "a", "filters": {"from": "2025-02-30"}}, 400, "filters.from"),
            ({"question": "a", "filters": {"to": "hier"}}, 400, "filters.to"),
            ({"question": "a", "filters": {"from": "2025-02-02", "to": "2025-02-01"}}, 400, "filters.to"),
        ],
    )
    def test_bad_questions_name_the_field(self, client: TestClient, body: Any, status: int, field: str) -> None:
        """A question that cannot be asked is refused, and the field at fault named."""
        response = client.post("/v1/ask", json=body)
        _is_problem(response, status)
        assert [error["field"] for error in response.json()["errors"]] == [field]

    def test_broken_json_is_refused(self, client: TestClient) -> None:
        """A body that is no JSON is refused as bad input."""
        response = client.post("/v1/ask", content=b'{"question": ', headers={"content-type": "application/json"})
        _is_problem(response, 422)

    @pytest.mark.parametrize("announced", [True, False])
    def test_large_bodies_are_refused(self, client: TestClient, announced: bool) -> None:
        """A body over 256 KiB is refused, whether its length was announced or not."""
        chunks = [b"x" * 1024] * 300
        content = b"".join(chunks) if announced else iter(chunks)
        response = client.post("/v1/ask", content=content, headers={"content-type": "application/json"})
        _is_problem(response, 413)


class TestSearching:
    def test_best_release_first_and_each_once(self, door: Door) -> None:
        """A search gives releases best first, each once, with the passage that was found."""
        hits = door.client.get("/v1/search", params={"q": "travaux du stade"}).json()["hits"]
        assert hits[0]["release_id"] == door.ids["stadium"]
        assert set(hits[0]) == {"release_id", "reference", "title", "issuer", "published", "score", "passage", "why"}
        assert hits[0]["why"] == []
        text = door.client.get("/v1/releases/CP-2025-7").json()["text"]
        passage = hits[0]["passage"]
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert len({hit["release_id"] for hit in hits}) == len(hits)
        assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)

    def test_hits_say_why_where_asked(self, door: Door) -> None:
        """With `explain`, each hit says in words why it is there."""
        hits = door.client.get("/v1/search", params={"q": "travaux du stade", "explain": "true"}).json()["hits"]
        assert hits[0]["why"][0].startswith("mots : ")
        assert "stade" in hits[0]["why"][0]
        assert all(hit["why"] for hit in hits)

    def test_filters_narrow(self, door: Door) -> None:
        """Days and issuers narrow a search; `issuer` may be repeated."""

        def found(**filters: Any) -> set[str]:
            hits = door.client.get("/v1/search", params={"q": "stade tramway", **filters}).json()["hits"]
            return {hit["release_id"] for hit in hits}

        both = ["Réseau Cadence", "Métropole de Sarvelle"]
        assert found(issuer="Réseau Cadence") == {door.ids["tram"]}
        assert found(issuer=both) == {door.ids["tram"], door.ids["stadium"]}
        assert found(**{"from": "2025-01-01"}) == {door.ids["stadium"]}
        assert found(to="2024-12-31") == {door.ids["tram"]}
        assert len(found(limit=1)) == 1

    @pytest.mark.parametrize(
        ("query", "status", "field"),
        [
            ("", 422, "q"),
            ("q=", 422, "q"),
            ("q=%20", 422, "q"),
            ("q=a&limit=0", 422, "limit"),
            ("q=a&limit=101", 422, "limit"),
            ("q=a&from=20250101", 400, "from"),
            ("q=a&to=2025-13-01", 400, "to"),
        ],
    )
    def test_bad_searches_name_the_field(self, client: TestClient, query: str, status: int, field: str) -> None:
        """A search that cannot be made is refused, and the field at fault named."""
        response = client.get(f"/v1/search?{query}")
        _is_problem(response, status)
        assert [error["field"] for error in response.json()["errors"]] == [field]


class TestReading:
    def test_releases_newest_first(self, door: Door) -> None:
        """The list is newest first, a page at a time, and counts all there is."""
        listed = door.client.get("/v1/releases").json()
        page = door.client.get("/v1/releases", params={"limit": 1, "offset": 1}).json()
        assert [each["release_id"] for each in listed["releases"]] == [door.ids["stadium"], door.ids["tram"]]
        assert listed["total"] == page["total"] == 2
        assert page["releases"] == listed["releases"][1:]
        assert door.client.get("/v1/releases", params={"issuer": "Réseau Cadence"}).json()["total"] == 1

    def test_a_release_by_id_or_reference(self, door: Door) -> None:
        """A release is read by its id or its reference, with its versions."""
        by_id = door.client.get(f"/v1/releases/{door.ids['stadium']}").json()
        assert by_id == door.client.get("/v1/releases/CP-2025-7").json()
        assert by_id["text"] == STADIUM
        assert [version["version"] for version in by_id["versions"]] == [1]
        assert {"rubric", "place", "url", "language", "pages", "lead", "quotes", "contacts", "doubts"} <= set(by_id)

    def test_hidden_and_unknown_look_alike(self, door: Door) -> None:
        """A release one may not see is answered as one that does not exist."""
        for name in ("pool", "clinic"):
            hidden = door.client.get(f"/v1/releases/{door.ids[name]}")
            unknown = door.client.get("/v1/releases/nowhere")
            _is_problem(hidden, 404)
            assert hidden.text.replace(door.ids[name], "nowhere") == unknown.text
            own = {"content-length": "", "x-request-id": ""}
            assert dict(hidden.headers, **own) == dict(unknown.headers, **own)


class TestWhoSees:
    """Without a key, every route shows the public view."""

    @pytest.fixture
    def every_answer(self, door: Door) -> Callable[[], str]:
        """Everything every route of the API says to questions that fit the hidden releases."""

        def gathered() -> str:
            said = [door.client.get("/healthz").text]
            for words in ("piscine Zéphyrine", "clinique Quorbeline", "ouverture", "dernier communiqué"):
                said.append(door.client.get("/v1/search", params={"q": words, "limit": 100}).text)
                history = [{"question": words, "releases": list(door.ids.values())}]
                for body in ({}, {"stream": True}, {"history": history}, {"filters": {"from": "2020-01-01"}}):
                    said.append(door.client.post("/v1/ask", json={"question": f"{words} ?", **body}).text)
            said.append(door.client.get("/v1/releases", params={"limit": 1000}).text)
            said += [door.client.get(f"/v1/releases/{door.ids[name]}").text for name in ("pool", "clinic")]
            return "\n".join(said)

        return gathered

    def test_embargoed_and_withdrawn_releases_do_not_exist(self, every_answer: Callable[[], str]) -> None:
        """No route tells a word of an embargoed or a withdrawn release."""
        said = every_answer()
        for word in ("4,20", "zéphyrinien", "80 lits", "quorbelinoise", "La piscine Zéphyrine", "La clinique"):
            assert word not in said, word

    def test_an_embargo_ends_at_its_minute(self, door: Door) -> None:
        """A release is invisible until its embargo ends, and there from that moment on."""
        try:
            door.clock.moment = EMBARGO - timedelta(microseconds=1)
            before = [door.client.get("/v1/releases").json()["total"], door.client.get("/healthz").json()["releases"]]
            door.clock.moment = EMBARGO
            after = [door.client.get("/v1/releases").json()["total"], door.client.get("/healthz").json()["releases"]]
            answer = door.ask("Quel est le prix d'entrée de la piscine Zéphyrine ?")
        finally:
            door.clock.moment = NOW
        assert (before, after) == ([2, 2], [3, 3])
        assert any("4,20 euros" in sentence["text"] for sentence in answer["sentences"])


class TestTheDoorItself:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [("GET", "/v1/ask", 405), ("POST", "/v1/releases", 405), ("GET", "/v1/nothing", 404), ("GET", "/docs", 404)],
    )
    def test_other_requests_are_problems_too(self, client: TestClient, method: str, path: str, status: int) -> None:
        """What no route takes is answered as a problem, with the methods that are taken."""
        response = client.request(method, path)
        _is_problem(response, status)
        assert (status == 405) == ("allow" in response.headers)

    def test_health(self, client: TestClient) -> None:
        """Health counts the public's releases."""
        assert client.get("/healthz").json() == {"status": "ok", "version": "9.9", "releases": 2}

    def test_every_response_is_guarded(self, client: TestClient) -> None:
        """Responses are not kept, not sniffed, not framed by others; no cookie, no CORS."""
        for response in (client.get("/healthz"), client.get("/v1/nothing"), client.post("/v1/ask", json={})):
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["cache-control"] == "no-store"
            assert "frame-ancestors 'self'" in response.headers["content-security-policy"]
            assert not {"set-cookie", "access-control-allow-origin"} & set(response.headers)
        asked = client.options(
            "/v1/ask", headers={"origin": "https://a.example", "access-control-request-method": "POST"}
        )
        assert "access-control-allow-origin" not in asked.headers

    def test_the_description_has_examples(self, client: TestClient) -> None:
        """/openapi.json describes questions with examples that the API accepts."""
        described = client.get("/openapi.json").json()
        examples = described["components"]["schemas"]["Asked"]["examples"]
        assert [client.post("/v1/ask", json=example).status_code for example in examples] == [200] * len(examples)

    def test_a_fault_tells_nothing_of_the_inside(self, door: Door, tmp_path: Path) -> None:
        """An error of ours is a problem without trace, path or message of the inside."""

        class Broken:
            writes_itself = False

            def ask(self, *_: Any) -> Any:
                raise RuntimeError(f"secret {tmp_path}")

        app = create_app(Broken(), None, clock=door.clock, version="0")  # type: ignore[arg-type]
        response = TestClient(app, raise_server_exceptions=False).post("/v1/ask", json={"question": "a"})
        _is_problem(response, 500)
        assert "secret" not in response.text


def _is_problem(response: Any, status: int) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert {"type", "title", "detail"} <= set(response.json())


def _event(block: str) -> tuple[str, Any]:
    name, data = block.split("\n", 1)
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))
