"""Who is let through, and as whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from assistant.web.callers import Everybody, api_scope, page_scope
from assistant.web.gate import PAGE, Gate
from assistant.web.outside import Outside
from assistant.web.server import admitting, told
from assistant.web.sessions import SignedIn
from store.accounts import Accounts
from store.passwords import Passwords
from store.records import Scope, SettingsError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def private() -> TestClient:
    app = FastAPI()

    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        return {}

    app.add_middleware(Gate, private=True)
    return TestClient(app, base_url="http://127.0.0.1:7860")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "LOCALHOST"])
def test_loopback_is_staff(host: str) -> None:
    """Who reaches a loopback address sits at this machine."""
    assert page_scope(host) is Scope.STAFF


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "", "192.0.2.7", "press.example", "localhost.example", "127.0.0.1.example"]
)
def test_any_other_address_is_public(host: str) -> None:
    """Every other address, and every interface, is open to strangers."""
    assert page_scope(host) is Scope.PUBLIC


def test_the_api_is_public_without_a_key() -> None:
    """Without a key the API shows the public view, from this machine too."""
    assert api_scope() is Scope.PUBLIC


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "[::1]:7860"])
def test_this_machine_is_let_in(private: TestClient, host: str) -> None:
    """A request that names a loopback host passes."""
    assert private.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["press.example", "127.0.0.1.example:7860", "[2001:db8::1]:80", ""])
def test_other_names_are_refused(private: TestClient, host: str) -> None:
    """A renamed address or a proxy does not open the staff's server."""
    assert private.get("/healthz", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_a_proxy_that_hides_the_name_is_refused_too(private: TestClient, header: str) -> None:
    """A proxy on this machine that asks under a loopback name does not open the staff's page to those behind it."""
    assert private.get("/healthz", headers={header: "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_scripts_are_refused(private: TestClient, site: str) -> None:
    """Another page's script may not ask; a link that is followed may."""
    assert private.get("/healthz", headers={"sec-fetch-site": site, "sec-fetch-mode": "cors"}).status_code == 403
    assert private.get("/healthz", headers={"sec-fetch-site": site, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/monitoring", "/gradio_api/info/x"]
)
def test_the_page_needs_no_more(path: str) -> None:
    """Gradio's other routes stay shut."""
    assert PAGE.fullmatch(path) is None


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    made = Accounts(tmp_path / "accounts.sqlite", Passwords(time=1, memory=8, lanes=1))
    made.add("Bruno", "reader", None, NOW)
    yield made
    made.close()


@pytest.fixture
def streaming(accounts: Accounts) -> TestClient:
    """A server whose answers take long, and somebody signed in who is disabled meanwhile."""
    app = FastAPI()

    def events() -> Iterator[str]:
        yield "data: before\n\n"
        accounts.disable("Bruno", NOW)
        yield "data: after\n\n"
        yield "data: end\n\n"

    @app.get("/gradio_api/queue/data")
    def data() -> StreamingResponse:
        return StreamingResponse(events(), media_type="text/event-stream")

    @app.get("/room/file")
    def file() -> StreamingResponse:
        return StreamingResponse(iter(("one ", "two")), media_type="text/plain")

    app.add_middleware(Gate, private=False, callers=SignedIn(accounts, lambda: NOW))
    token = accounts.begin(accounts.account("Bruno"), NOW)
    return TestClient(app, base_url="http://press.example", cookies={"session": token})


def test_an_answer_in_flight_ends_with_its_session(streaming: TestClient) -> None:
    """Who is signed out or disabled while an answer is written reads no further word of it."""
    assert streaming.get("/room/file").text == "one two"
    assert streaming.get("/gradio_api/queue/data").text == "data: before\n\n"
    assert streaming.get("/gradio_api/queue/data").status_code == 401


def test_a_page_left_open_does_not_keep_its_session(accounts: Accounts) -> None:
    """What an open page asks for by itself is no use of the session; what its reader asks for is."""
    moments = [NOW]
    app = FastAPI()
    for path in ("/gradio_api/heartbeat/x", "/gradio_api/queue/data", "/room/find"):
        app.get(path)(lambda: {})
    app.add_middleware(Gate, private=False, callers=SignedIn(accounts, lambda: moments[-1]))
    token = accounts.begin(accounts.account("Bruno"), NOW)
    client = TestClient(app, base_url="http://press.example", cookies={"session": token})

    def after(minutes: int, path: str) -> int:
        moments.append(moments[-1] + timedelta(minutes=minutes))
        return client.get(path).status_code

    assert after(90, "/room/find") == 200
    assert after(90, "/gradio_api/heartbeat/x") == 200
    assert after(20, "/gradio_api/queue/data") == 200
    assert after(20, "/room/find") == 401


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "press.example"])
def test_links_lead_to_where_people_come_from(host: str) -> None:
    """Behind a proxy the server's own links are those of its origin, whether or not the proxy passes the name on."""
    app = FastAPI()

    @app.get("/room/link")
    def link(request: Request) -> str:
        return str(request.base_url)

    app.add_middleware(Gate, private=False, outside=Outside(origin="https://press.example"))
    client = TestClient(app, base_url="http://127.0.0.1:7860")
    assert client.get("/room/link", headers={"host": host}).json() == "https://press.example/"


def test_no_websocket_is_answered() -> None:
    """The page uses none, so none is open."""
    app = FastAPI()
    app.add_middleware(Gate, private=False)
    with pytest.raises(WebSocketDisconnect), TestClient(app).websocket_connect("/room/x"):
        pass


PROXIED = Outside.read({"PORTE_PAROLE_PROXY_HEADER": "Remote-User", "PORTE_PAROLE_PROXY_ADDRESSES": "127.0.0.1"})
FAR = Outside(origin="https://press.example")


@pytest.mark.parametrize(
    ("host", "outside", "sign_in", "someone", "whom"),
    [
        ("127.0.0.1", Outside(), False, True, Everybody("127.0.0.1")),
        ("127.0.0.1", Outside(), False, False, Everybody("127.0.0.1")),
        ("127.0.0.1", Outside(), True, True, None),
        ("127.0.0.1", PROXIED, False, True, None),
        ("127.0.0.1", FAR, False, True, None),
        ("127.0.0.1", FAR, False, False, Everybody("press.example")),
        ("127.0.0.1", Outside(origin="http://localhost:7860"), False, True, Everybody("localhost")),
        ("0.0.0.0", Outside(), False, True, None),
        ("0.0.0.0", Outside(origin="http://localhost:7860"), False, True, None),
        ("0.0.0.0", Outside(), False, False, Everybody("0.0.0.0")),
    ],
)
def test_where_strangers_reach_it_an_account_is_asked_for(
    accounts: Accounts, host: str, outside: Outside, sign_in: bool, someone: bool, whom: Everybody | None
) -> None:
    """On this machine alone nobody signs in unless asked to; elsewhere accounts do, or everybody is the public."""
    if not someone:
        accounts.disable("Bruno", NOW)
    callers = admitting(host, accounts, lambda: NOW, outside, sign_in)
    assert callers == whom if whom else isinstance(callers, SignedIn)
    said, more = told(callers, outside)
    if whom is None:
        assert said == "people with an account"
        assert any("unprotected" in line for line in more) is not outside.secure
    else:
        private = whom.bound in ("127.0.0.1", "localhost")
        assert said.startswith("staff" if private else "public")
        assert any("accounts add NAME" in line for line in more) is not private


@pytest.mark.parametrize(("outside", "sign_in"), [(Outside(), True), (PROXIED, False)])
def test_signing_in_is_not_asked_of_nobody(tmp_path: Path, outside: Outside, sign_in: bool) -> None:
    """A server that only people with an account may open does not start while there is none."""
    with pytest.raises(SettingsError, match="accounts add NAME --role admin"):
        admitting("127.0.0.1", Accounts(tmp_path / "none.sqlite"), lambda: NOW, outside, sign_in)
