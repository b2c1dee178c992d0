"""Who may call, as whom, and how often: the gate with keys before a small app."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from anyio import sleep_forever
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection
from starlette.types import Message

from assistant.web import gate
from assistant.web.admission import Keyed, NotAdmitted
from assistant.web.callers import Visitor
from assistant.web.cors import Cors
from assistant.web.gate import Gate
from assistant.web.outside import Outside
from assistant.web.places import Places
from assistant.web.rates import Rates
from assistant.web.terms import Terms
from hostile import HOSTILE
from store.keys import Keys

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = "https://presse.example"
STRANGER = "192.0.2.7"
LOCAL = "http://127.0.0.1:7860"


@dataclass
class Doorway:
    """A server of two routes behind the gate, with a clock that one moves."""

    keys: Keys
    terms: Terms = field(default_factory=lambda: Terms(rate="6/minute", costly="3/minute"))
    outside: Outside = field(default_factory=Outside)
    places: Places = field(default_factory=Places)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.admission = Keyed(
            self.keys, lambda: self.now, self.outside, self.terms, rates=Rates(clock=lambda: self.seconds)
        )
        app = FastAPI()

        @app.get("/v1/who")
        def who(request: Request) -> dict[str, Any]:
            caller: Visitor = request.state.caller
            return {"name": caller.name, "role": caller.role, "scope": caller.scope, "key": caller.key}

        @app.post("/v1/ask")
        async def ask(request: Request) -> dict[str, Any]:
            return {"read": len(await request.body())}

        @app.get("/v1/stream")
        def stream() -> StreamingResponse:
            def events() -> Iterator[str]:
                yield "data: first\n\n"
                for key in self.keys.listed(self.now):
                    self.keys.revoke(key.id, self.now)
                yield "data: secret\n\n"

            return StreamingResponse(events(), media_type="text/event-stream")

        @app.post("/mcp")
        def mcp() -> dict[str, Any]:
            return {}

        told: dict[str, Any] = {"outside": self.outside, "cors": Cors(self.terms.origins), "places": self.places}
        app.add_middleware(Gate, private=False, admission=self.admission, **told)
        self.app = app
        self.local = TestClient(app, base_url=LOCAL, client=("127.0.0.1", 4000))

    @property
    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def client(self, address: str = STRANGER, base: str = "http://api.example") -> TestClient:
        return TestClient(self.app, base_url=base, client=(address, 4000))

    def token(self, scope: str = "staff", **more: Any) -> str:
        return self.keys.add(f"un {scope}", scope, self.now, **more)[1]


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Keys]:
    made = Keys(tmp_path / "keys.sqlite")
    yield made
    made.close()


@pytest.fixture
def door(keys: Keys) -> Doorway:
    return Doorway(keys)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


class TestWhoCalls:
    @pytest.mark.parametrize(
        ("scope", "role", "seen"),
        [("public", "public", "public"), ("staff", "reader", "staff"), ("archivist", "archivist", "staff")],
    )
    def test_a_key_gives_its_scope(self, door: Doorway, scope: str, role: str, seen: str) -> None:
        """Under the key's own name, which no account can have; an archivist's answers are what staff are shown."""
        told = door.local.get("/v1/who", headers=bearer(door.token(scope))).json()
        assert (told["name"], told["role"], told["scope"]) == (f"key:un {scope}", role, seen)
        assert told["key"]

    def test_a_key_comes_in_either_header(self, door: Doorway) -> None:
        """As a bearer's or by its own name, in whatever letters and blanks HTTP allows."""
        token = door.token()
        for headers in (
            bearer(token),
            {"authorization": f"bearer {token}"},
            {"Authorization": f"BEARER   {token} "},
            {"X-API-Key": token},
        ):
            assert door.local.get("/v1/who", headers=headers).json()["scope"] == "staff"

    def test_without_a_key_one_is_the_public(self, door: Doorway) -> None:
        """From this machine too; a cookie or a proxy's header makes nobody staff."""
        for headers in ({}, {"Cookie": "session=x; key=y"}, {"Remote-User": "ada"}):
            assert door.local.get("/v1/who", headers=headers).json()["scope"] == "public"

    @pytest.mark.parametrize(
        "sent",
        [
            [("Authorization", "")],
            [("Authorization", "Bearer")],
            [("Authorization", "Bearer ")],
            [("Authorization", "Basic dTpw")],
            [("Authorization", "TOKEN")],
            [("Authorization", "Token TOKEN")],
            [("Authorization", "Bearer pp_" + "a" * 43)],
            [("Authorization", "Bearer TOKEN, Bearer TOKEN")],
            [("Authorization", "Bearer TOKEN TOKEN")],
            [("Authorization", "Bearer\xa0TOKEN")],
            [("Authorization", "Bearer TOKEN\xe9")],
            [("Authorization", "Bearer TOKEN\x00")],
            [("Authorization", "Bearer " + "pp_" + "a" * 40_000)],
            [("Authorization", "Bearer TOKEN"), ("Authorization", "Bearer TOKEN")],
            [("Authorization", "Bearer TOKEN"), ("Authorization", "")],
            [("Authorization", "Bearer TOKEN"), ("X-API-Key", "TOKEN")],
            [("X-API-Key", "TOKEN"), ("X-API-Key", "TOKEN")],
            [("X-API-Key", "")],
            [("X-API-Key", "Bearer TOKEN")],
            [("X-API-Key", "tokenless")],
        ],
    )
    def test_what_is_no_key_is_never_the_public(self, door: Doorway, sent: list[tuple[str, str]]) -> None:
        """Whatever stands where a key would, and is none, opens nothing: 401, and how to send one."""
        token = door.token()
        raw = [(name.encode(), text.replace("TOKEN", token).encode("latin-1")) for name, text in sent]
        answer = door.local.get("/v1/who", headers=raw)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith('Bearer realm="Porte-parole"')
        assert answer.headers["content-type"] == "application/problem+json"
        assert token not in answer.text

    def test_a_hostile_key_is_only_wrong(self, door: Doorway) -> None:
        """Strings that try to be more are refused like any other, and never echoed."""
        for name, text in HOSTILE:
            raw = text.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b"")
            for header in (b"x-api-key", b"authorization"):
                answer = door.client(f"198.51.100.{len(name)}").get("/v1/who", headers=[(header, raw)])
                assert answer.status_code == 401
                assert "hostile" not in answer.text

    def test_expired_and_revoked_keys_tell_no_more_than_wrong_ones(self, door: Doorway) -> None:
        """All three give the same answer, at once."""
        ended, gone = door.token("public", expires=NOW + timedelta(seconds=5)), door.token("staff")
        assert door.local.get("/v1/who", headers=bearer(gone)).status_code == 200
        door.keys.revoke(door.keys.listed(NOW)[1].id, NOW)
        door.seconds = 6
        tokens = (ended, gone, "pp_" + "a" * 43)
        answers = [door.local.get("/v1/who", headers=bearer(token)) for token in tokens]
        assert {(each.status_code, each.content) for each in answers} == {(401, answers[0].content)}

    def test_a_widget_s_token_opens_no_api(self, door: Doorway) -> None:
        """It serves its page only, there as what it is; a key is no widget."""
        widget = door.token("public", kind="widget", origins=(SITE,))
        assert door.local.get("/v1/who", headers=bearer(widget)).status_code == 401
        assert door.local.post("/mcp", headers=bearer(widget)).status_code == 401
        scope = {"type": "http", "method": "POST", "path": "/faq/ask", "headers": [], "client": (STRANGER, 1)}
        held = door.admission.journalist(HTTPConnection(scope), widget)
        assert held is not None
        assert held.origins == (SITE,)
        for token in (door.token("staff"), "pp_widget_wrong", "x"):
            with pytest.raises(NotAdmitted):
                door.admission.journalist(HTTPConnection(scope), token)

    def test_one_reader_does_not_use_up_a_widget(self, door: Doorway) -> None:
        """Whoever asks too often is refused by their address, and the widget goes on for everybody else."""
        widget = door.token("public", kind="widget", origins=(SITE,), rate="3/minute")
        admission = Keyed(door.keys, lambda: door.now, terms=Terms(rate="2/minute", costly=None))

        def asks(address: str) -> bool:
            scope = {"type": "http", "method": "GET", "path": "/faq", "headers": [], "client": (address, 1)}
            with suppress(NotAdmitted):
                return admission.journalist(HTTPConnection(scope), widget) is not None
            return False

        assert [asks(STRANGER) for _ in range(9)] == [True, True] + [False] * 7
        assert asks("203.0.113.77")

    @pytest.mark.parametrize(
        "address",
        [
            "/v1/who?api_key=x",
            "/v1/who?access%5Ftoken=x",
            "/v1/who?X-API-Key=",
            "/v1/who?q=TOKEN",
            "/v1/who?q=pp%5FTAIL",
            "/v1/TOKEN",
        ],
    )
    def test_a_key_is_refused_in_an_address(self, door: Doorway, address: str) -> None:
        """Addresses are kept in logs: nothing is answered, not even what the public may see, and it is not repeated."""
        token = door.token()
        answer = door.local.get(address.replace("TOKEN", token).replace("TAIL", token[3:]))
        assert answer.status_code == 400
        assert token[3:] not in answer.text

    def test_it_is_said_in_the_caller_s_language(self, door: Doorway) -> None:
        """French to whoever asks for French, English to programs that do not say."""
        wrong = bearer("pp_" + "a" * 43)
        assert "not known here" in door.local.get("/v1/who", headers=wrong).json()["detail"]
        told = door.local.get("/v1/who", headers={**wrong, "Accept-Language": "fr"})
        assert "pas connue ici" in told.json()["detail"]
        assert told.headers["content-language"] == "fr"

    def test_a_key_revoked_meanwhile_opens_nothing_more(self, door: Doorway) -> None:
        """Of many calls at once, none that begins after the revocation is let in."""
        token, ended = door.token(), threading.Event()
        late: list[int] = []

        def call(_: int) -> None:
            after = ended.is_set()
            status = door.local.get("/v1/who", headers=bearer(token)).status_code
            if after:
                late.append(status)

        with ThreadPoolExecutor(4) as pool:
            calls = pool.map(call, range(24))
            door.keys.revoke(door.keys.listed(NOW)[0].id, NOW)
            ended.set()
            list(calls)
            list(pool.map(call, range(4)))
        assert late
        assert set(late) <= {401, 429}

    def test_an_answer_in_flight_ends_with_its_key(self, door: Doorway) -> None:
        """Revoked while it streams, a key is told nothing more; the public's answers go on."""
        assert door.local.get("/v1/stream", headers=bearer(door.token())).text == "data: first\n\n"
        assert "secret" in door.local.get("/v1/stream").text

    def test_keys_that_cannot_be_looked_up_open_nothing(self, door: Doorway) -> None:
        """A broken shelf is an error of the server, never everybody's door; the public is not held up by it."""
        token = door.token()
        door.keys.close()
        door.keys.path.write_bytes(b"broken" * 4096)
        assert door.local.get("/v1/who", headers=bearer(token)).status_code == 500
        assert door.local.get("/v1/who").status_code == 200


class TestHowOften:
    def test_a_key_is_counted_as_it_says(self, door: Doorway) -> None:
        """Wherever it is used from, this machine included; then 429, with how long to wait."""
        headers = bearer(door.token(rate="2/minute"))
        assert [door.local.get("/v1/who", headers=headers).status_code for _ in range(2)] == [200, 200]
        door.seconds = 20
        refused = door.client("203.0.113.9").get("/v1/who", headers=headers)
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "40"
        assert refused.headers["ratelimit-policy"] == '"calls";q=2;w=60'
        assert refused.headers["ratelimit"] == '"calls";r=0;t=40'
        assert refused.json()["status"] == 429
        door.seconds = 61
        assert door.local.get("/v1/who", headers=headers).status_code == 200

    def test_strangers_are_counted_by_address(self, door: Doorway) -> None:
        """One who calls too often keeps nobody else from calling; of IPv6 a whole network is one address."""
        statuses = [door.client().get("/v1/who").status_code for _ in range(8)]
        assert statuses == [200] * 6 + [429] * 2
        assert door.client("192.0.2.8").get("/v1/who").status_code == 200
        addresses = [f"2001:db8:0:1::{number:x}" for number in range(7)]
        assert [door.client(each).get("/v1/who").status_code for each in addresses] == [200] * 6 + [429]
        assert door.client("2001:db8:0:2::1").get("/v1/who").status_code == 200

    def test_questions_are_counted_for_themselves(self, door: Doorway) -> None:
        """What takes long may be asked less often; the rest goes on."""
        assert [door.client().post("/v1/ask").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert door.client().get("/v1/who").status_code == 200

    def test_a_wrong_key_does_not_spend_anybody_s_calls(self, door: Doorway) -> None:
        """What was refused is not counted as a call."""
        for _ in range(7):
            assert door.client().get("/v1/who", headers=bearer("pp_" + "a" * 43)).status_code == 401
        assert door.client().get("/v1/who").status_code == 200

    def test_this_machine_is_not_counted(self, door: Doorway) -> None:
        """Programs here call as often as they like."""
        assert {door.local.get("/v1/who").status_code for _ in range(20)} == {200}

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
    def test_a_proxy_that_was_not_named_is_one_place(self, door: Doorway, header: str) -> None:
        """What it says of addresses is not believed: whoever comes through it is not this machine."""
        statuses = [door.local.get("/v1/who", headers={header: f"10.0.0.{n}"}).status_code for n in range(7)]
        assert statuses == [200] * 6 + [429]
        assert door.client("127.0.0.1", "https://press.example").get("/v1/who").status_code == 429

    def test_behind_a_named_proxy_the_forwarded_address_counts(self, keys: Keys) -> None:
        """The last address the proxy itself saw; what a caller claims before it changes nothing."""
        door = Doorway(keys, outside=Outside.read({"PORTE_PAROLE_PROXY_ADDRESSES": "127.0.0.1,10.0.0.0/8"}))

        def call(claimed: str) -> int:
            return door.local.get("/v1/who", headers={"X-Forwarded-For": claimed}).status_code

        statuses = [call(f"198.51.100.{number}, 203.0.113.1, 10.0.0.2") for number in range(7)]
        assert statuses == [200] * 6 + [429]
        assert call("203.0.113.1, 203.0.113.2") == 200

    def test_guessing_keys_is_slowed(self, door: Doorway) -> None:
        """After some wrong keys an address waits, longer each time; who has a right one works on there."""
        right = bearer(door.token())
        guesser = door.client()
        assert guesser.get("/v1/who", headers=right).status_code == 200
        statuses = [guesser.get("/v1/who", headers=bearer(f"pp_{n:043}")).status_code for n in range(12)]
        assert statuses[:9] == [401] * 9
        assert statuses[-1] == 429
        told = guesser.get("/v1/who", headers=bearer(door.token("public")))
        assert told.status_code == 429
        assert int(told.headers["retry-after"]) >= 1
        assert guesser.get("/v1/who", headers=right).status_code == 200
        assert door.client("192.0.2.8").get("/v1/who", headers=bearer("pp_" + "b" * 43)).status_code == 401


class TestOtherSites:
    def test_no_other_site_s_page_may_read(self, door: Doorway) -> None:
        """Without a setting no answer says that a page may, and a preflight gets nothing."""
        answers = [
            door.local.get("/v1/who", headers={"Origin": SITE}),
            door.local.options("/v1/who", headers={"Origin": SITE, "Access-Control-Request-Method": "GET"}),
        ]
        for answer in answers:
            assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert answers[1].status_code == 405

    def test_named_sites_may(self, keys: Keys) -> None:
        """Exactly those, without cookies; refusals can be read too; nobody remembers it for another."""
        door = Doorway(keys, terms=Terms(None, None, (SITE,)))
        first = door.local.options("/v1/ask", headers={"Origin": SITE, "Access-Control-Request-Method": "POST"})
        assert first.status_code == 204
        assert "POST" in first.headers["access-control-allow-methods"]
        assert "Authorization" in first.headers["access-control-allow-headers"]
        for answer in (
            first,
            door.local.get("/v1/who", headers={"Origin": SITE}),
            door.local.get("/v1/who", headers={"Origin": SITE, **bearer("wrong")}),
        ):
            assert answer.headers["access-control-allow-origin"] == SITE
            assert "access-control-allow-credentials" not in answer.headers
        for origin in ("https://evil.example", "null", SITE + ".evil.example", "http://presse.example", SITE + ":444"):
            other = door.local.get("/v1/who", headers={"Origin": origin})
            assert "access-control-allow-origin" not in other.headers
            assert "Origin" in other.headers["vary"]
        assert "access-control-allow-origin" not in door.local.post("/mcp", headers={"Origin": SITE}).headers

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", SITE])
    def test_no_page_of_another_site_reaches_mcp(self, keys: Keys, origin: str) -> None:
        """Named or not, and under whatever name it gave this machine: an MCP server checks who calls it."""
        door = Doorway(keys, terms=Terms(None, None, (SITE,)))
        assert door.local.post("/mcp", headers={"Origin": origin}).status_code == 403
        assert door.local.post("/mcp", headers={"Origin": LOCAL}).status_code == 200
        assert door.local.post("/mcp").status_code == 200
        renamed = door.client("127.0.0.1", "http://evil.example:7860")
        assert renamed.post("/mcp", headers={"Origin": "http://evil.example:7860"}).status_code == 403

    def test_what_a_caller_sees_is_kept_for_nobody_else(self, door: Doorway) -> None:
        """No cache may give one caller's answer to another."""
        answer = door.local.get("/v1/who")
        assert answer.headers["cache-control"] == "no-store"
        assert "Authorization" in answer.headers["vary"]


class TestInTurn:
    def test_a_question_that_is_too_large_takes_no_place(self, door: Doorway) -> None:
        """Whether it says how large it is, or not."""
        large = b"a" * (256 * 1024 + 1)
        assert door.local.post("/v1/ask", content=large).status_code == 413
        assert door.local.post("/v1/ask", content=iter([large[:100_000]] * 3)).status_code == 413
        assert door.local.post("/v1/ask", content=iter([b"a" * 1000] * 3)).json() == {"read": 3000}

    def test_a_request_that_is_measured_twice_is_refused(self, door: Doorway) -> None:
        """What a proxy took for one request and this server for two is neither."""
        headers = {"Content-Length": "4", "Transfer-Encoding": "chunked"}
        assert door.local.post("/v1/ask", content=b"0\r\n\r\n", headers=headers).status_code == 400

    def test_too_many_at_once_are_told_to_come_again(self, keys: Keys) -> None:
        """With no place free in time, a question is refused with words, and when to ask again."""
        door = Doorway(keys, places=Places(in_all=0, waiting=1, patience=0.01))
        answer = door.client().post("/v1/ask")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        own = Doorway(keys, places=Places(each=0, each_waiting=0))
        assert own.client().post("/v1/ask").status_code == 429
        assert own.local.post("/v1/ask").status_code == 200

    @pytest.mark.anyio
    async def test_a_question_that_arrives_slowly_takes_no_place(
        self, door: Doorway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Until it is whole nobody waits for it; in the end it is refused."""
        monkeypatch.setattr(gate, "ARRIVES_IN", 0.01)
        sent: list[Message] = []

        async def receive() -> Message:
            if not sent:
                await sleep_forever()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/v1/ask", "query_string": b"", "headers": []}
        await door.app({**scope, "client": (STRANGER, 1), "app": door.app}, receive, send)
        assert sent[0]["status"] == 408
