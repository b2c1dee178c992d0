"""Who is let in, as whom, and until when: the page behind accounts."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app import Program
from assistant.desk import Desk
from assistant.web.api import create_app
from assistant.web.attempts import PLACED
from assistant.web.callers import Everybody, Role
from assistant.web.outside import Outside
from assistant.web.panes import PANES
from assistant.web.sessions import SignedIn, device
from conftest import NOW
from hostile import HOSTILE
from ingest.passages import CHUNKING, cut
from store.accounts import Accounts
from store.archive import Archive
from store.passwords import Passwords

CHEAP = Passwords(time=1, memory=8, lanes=1)
PASSWORD = "douze lettres au moins"
NAMES = {Role.READER: "Bruno", Role.ARCHIVIST: "Aïssa", Role.ADMIN: "Hélène"}
ORIGIN = "http://press.example"
SAME = {"origin": ORIGIN}
SCRIPT = {"x-porte-parole": "1"}


@dataclass
class Clock:
    moment: Any = NOW

    def __call__(self) -> Any:
        return self.moment


@pytest.fixture(scope="module")
def archive(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(
        tmp_path_factory.mktemp("signing") / "archive",
        model=lambda: program.model.name,
        embedder=lambda: program.embedder,
        chunking=CHUNKING,
        cut=lambda made: cut(made, program.tokens.count),
    ) as made:
        yield made


@dataclass
class House:
    """A server that asks for accounts, its clock, its accounts."""

    app: FastAPI
    callers: SignedIn
    clock: Clock

    @property
    def accounts(self) -> Accounts:
        return self.callers.accounts

    def visitor(self, role: Role | None = None, **more: Any) -> TestClient:
        """Somebody at the page, signed in where a role is given."""
        more = {"base_url": ORIGIN, "follow_redirects": False, "raise_server_exceptions": False, **more}
        client = TestClient(self.app, **more)
        if role is not None:
            assert signed_in(client, NAMES[role]).status_code == 303
        return client


def signed_in(client: TestClient, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/sign-in", data={"name": name, "password": password, **more}, headers=SAME)


@pytest.fixture(scope="module")
def build(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., House]]:
    """Makes houses; Gradio's page is built once for each, so tests share what they can."""
    made: list[Accounts] = []

    def build_one(outside: Outside = Outside()) -> House:
        accounts = Accounts(tmp_path_factory.mktemp("accounts") / "accounts.sqlite", CHEAP)
        made.append(accounts)
        clock = Clock()
        callers = SignedIn(accounts, clock, outside)
        desk = Desk(archive, clock)
        app = create_app(desk, archive, clock=clock, version="0", callers=callers, outside=outside)
        return House(app, callers, clock)

    yield build_one
    for accounts in made:
        accounts.close()


@pytest.fixture(scope="module")
def shared(build: Callable[..., House]) -> House:
    return build()


@pytest.fixture
def house(shared: House) -> House:
    """The house as on its first day: three people, nobody signed in, no failures."""
    shared.accounts.close()
    for file in shared.accounts.path.parent.iterdir():
        file.unlink()
    for role, name in NAMES.items():
        shared.accounts.add(name, role, PASSWORD, NOW)
    shared.clock.moment = NOW
    shared.callers.attempts.__init__()  # type: ignore[misc]
    return shared


# Who may ask for what: the longest beginning that fits decides.
EXPECTED: dict[tuple[str, str], Role] = {
    ("GET", "/r/"): Role.PUBLIC,
    ("GET", "/room/release/"): Role.PUBLIC,
    ("GET", "/room/find"): Role.PUBLIC,
    ("GET", "/room/issuers"): Role.PUBLIC,
    ("GET", "/room/timeline"): Role.PUBLIC,
    ("GET", "/room/filtering"): Role.PUBLIC,
    ("GET", "/room/rewording"): Role.PUBLIC,
    ("GET", "/room/underway"): Role.PUBLIC,
    ("POST", "/room/stop"): Role.PUBLIC,
    ("GET", "/room/answers/"): Role.PUBLIC,
    ("GET", "/room/conversations"): Role.READER,
    ("POST", "/room/conversations"): Role.READER,
    ("POST", "/room/judging/"): Role.READER,
    ("GET", "/room/judgments"): Role.ARCHIVIST,
    ("POST", "/room/judgments"): Role.ARCHIVIST,
    ("GET", "/room/press"): Role.READER,
    ("GET", "/room/press/releases"): Role.ARCHIVIST,
    ("GET", "/room/press/entries/{entry_id}/public"): Role.ARCHIVIST,
    ("GET", "/room/press/enquiries/{enquiry_id}/reply"): Role.ARCHIVIST,
    ("POST", "/room/press"): Role.ARCHIVIST,
    ("GET", "/room/verbatims"): Role.PUBLIC,
    ("GET", "/room/archive"): Role.ARCHIVIST,
    ("POST", "/room/archive/"): Role.ARCHIVIST,
    ("GET", "/room/arrivals"): Role.ARCHIVIST,
    ("POST", "/room/arrivals"): Role.ARCHIVIST,
    ("GET", "/room/account"): Role.READER,
    ("POST", "/room/account"): Role.READER,
    ("GET", "/room/accounts"): Role.ADMIN,
    ("POST", "/room/accounts"): Role.ADMIN,
}
DOOR = {"/sign-in", "/sign-out", "/language"}


def panes() -> list[tuple[str, str]]:
    """Every route of the panes, as method and path."""
    app = FastAPI()
    for pane in PANES:
        app.include_router(pane())
    paths = app.openapi()["paths"]
    return sorted((method.upper(), path) for path, methods in paths.items() for method in methods)


def expected(method: str, path: str) -> Role:
    fitting = [known for known in EXPECTED if known[0] == method and path.startswith(known[1])]
    assert fitting, f"{method} {path}: who may ask for it? Say so in EXPECTED"
    return EXPECTED[max(fitting, key=lambda known: len(known[1]))]


@pytest.mark.parametrize(("method", "path"), [route for route in panes() if route[1] not in DOOR])
def test_every_pane_is_for_whom_it_is_meant(everybody: dict[Role | None, TestClient], method: str, path: str) -> None:
    """Signed out is 401 or the way to sign in, too small a role is 403, and a role that may is let through."""
    least, asked = expected(method, path), re.sub(r"\{\w+\}", "x", path)
    for role, client in everybody.items():
        response = client.request(method, asked, headers={**SAME, **SCRIPT}, json={} if method == "POST" else None)
        if role is not None and role.rank >= least.rank:
            assert response.status_code not in (401, 403, 500), (role, path, response.text[:200])
        else:
            assert response.status_code == (401 if role is None else 403), (role, path)
            assert response.headers["content-type"] == "application/problem+json"
        if path.endswith("sign-out-everywhere") and role in NAMES:
            signed_in(client, NAMES[role])


@pytest.fixture(scope="module")
def everybody(build: Callable[..., House], archive: Archive) -> dict[Role | None, TestClient]:
    """One visitor of each role, the public's at a server without accounts, and one who is signed out."""
    house, clock = build(), Clock()
    for role, name in NAMES.items():
        house.accounts.add(name, role, PASSWORD, NOW)
    public = create_app(Desk(archive, clock), archive, clock=clock, version="0", callers=Everybody("0.0.0.0"))
    stranger = TestClient(public, base_url=ORIGIN, follow_redirects=False, raise_server_exceptions=False)
    return {None: house.visitor(), Role.PUBLIC: stranger, **{role: house.visitor(role) for role in NAMES}}


@pytest.mark.parametrize(
    "path", ["/config", "/gradio_api/info", "/gradio_api/queue/data?session_hash=x", "/room/account"]
)
def test_whoever_is_signed_out_gets_nothing(house: House, path: str) -> None:
    """The page's data is for those who are signed in; others are told so as a problem, not shown a page."""
    response = house.visitor().get(path)
    assert response.status_code == 401
    assert response.json()["status"] == 401
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("body", [{"data": [], "fn_index": 0, "session_hash": "x"}, {}])
def test_gradio_takes_no_event_of_a_stranger(house: House, body: dict[str, Any]) -> None:
    """Neither an event nor a cancellation nor a server function runs for somebody who is signed out."""
    for path in ("queue/join", "cancel", "reset", "component_server"):
        assert house.visitor().post(f"/gradio_api/{path}", json=body, headers=SAME).status_code == 401


@pytest.mark.parametrize(
    "path", ["/sign-in", "/healthz", "/openapi.json", "/v1/releases", "/theme.css", "/favicon.ico"]
)
def test_what_is_open_stays_open(house: House, path: str) -> None:
    """The page to sign in at, the public API and what pictures the page need no account."""
    assert house.visitor().get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/sign-in"),
        ("/?release=a&start=3", "/sign-in?next=%2F%3Frelease%3Da%26start%3D3"),
        ("/r/2024-x?start=1", "/sign-in?next=%2Fr%2F2024-x%3Fstart%3D1"),
    ],
)
def test_a_page_leads_to_where_one_signs_in_and_back(house: House, path: str, location: str) -> None:
    """A link to a release leads there after signing in."""
    client = house.visitor()
    response = client.get(path)
    assert (response.status_code, response.headers["location"]) == (303, location)
    page = client.get(location).text
    following = re.search(r'name="next" value="([^"]*)"', page)
    assert following is not None
    back = following[1].replace("&amp;", "&")
    assert back == path
    assert signed_in(client, "Bruno", next=back).headers["location"] == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://hostile.example/", "//hostile.example", "/\\hostile.example", "\\\\hostile.example",
        "javascript:alert(1)",
        "///hostile.example", "/\t/hostile.example", "http:hostile.example", "hostile.example", "/a\r\nSet-Cookie: x=1",
        "/" + "x" * 3_000, "https:///hostile.example", "//[hostile", " /", "",
    ],
)  # fmt: skip
def test_after_signing_in_one_stays_here(house: House, elsewhere: str) -> None:
    """Whatever a link says, signing in, or choosing a language, leads to a place of this server."""
    response = signed_in(house.visitor(), "Bruno", next=elsewhere)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "x" not in response.cookies
    chosen = house.visitor().post("/language", data={"language": "en", "next": elsewhere}, headers=SAME)
    assert chosen.headers["location"] == "/"


@pytest.mark.parametrize(("what", "text"), HOSTILE, ids=[what for what, _ in HOSTILE])
def test_nothing_typed_at_the_door_runs(house: House, what: str, text: str) -> None:
    """Names, places and languages come back as text, in an attribute that they cannot leave."""
    plain = text.encode("utf-8", "replace").decode()
    response = house.visitor().post("/sign-in", data={"name": plain, "password": plain, "next": plain}, headers=SAME)
    assert response.status_code == 401
    body = response.text.split("<body", 1)[1]
    assert body.count("<script") == body.count("<img") == body.count("<svg") == body.count("<iframe") == 0
    assert re.findall(r"<(?!/?(?:header|p|main|h1|form|input|label|button|body|html)\b)[a-zA-Z!]", body) == []
    assert re.findall(r"\son\w+=(?![^<>]*&)", re.sub(r'"[^"]*"', '""', body)) == []


def test_a_session_is_a_cookie_that_scripts_do_not_see(house: House) -> None:
    """The cookie is HttpOnly and SameSite=Lax, for the whole server, as long as a session lasts at most."""
    response = signed_in(house.visitor(), "Bruno")
    cookie = response.headers["set-cookie"]
    assert re.match(r"session=[\w-]{43};", cookie)
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=43200"} <= {part.strip() for part in cookie.split(";")}
    assert response.headers["cache-control"] == "no-store"


def test_a_wrong_password_and_an_unknown_name_are_one_answer(house: House) -> None:
    """Nothing tells whether an account exists, is disabled, or has no password."""
    house.accounts.add("vouched", "reader", None, NOW)
    house.accounts.disable("Aïssa", NOW)
    pages = set()
    for name, password in (("Bruno", "faux"), ("nobody", PASSWORD), ("vouched", ""), ("Aïssa", PASSWORD), ("", "")):
        response = signed_in(house.visitor(), name, password)
        assert response.status_code == 401
        assert "set-cookie" not in response.headers
        pages.add(response.text.replace(f'value="{name}"', "").replace(" autofocus", ""))
    assert len(pages) == 1
    assert "ne vont pas ensemble" in pages.pop()


def test_a_password_is_never_shown_or_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """What was typed as a password stands neither in the page that comes back nor in the log."""
    with caplog.at_level(logging.DEBUG):
        assert "sésame-secret" not in signed_in(house.visitor(), "Bruno", "sésame-secret").text
        signed_in(house.visitor(), "Bruno")
    assert "sésame-secret" not in caplog.text
    assert PASSWORD not in caplog.text


def test_too_many_failures_wait_and_are_told_how_long(house: House) -> None:
    """After too many failures even the right password waits; the page says until when; then it goes."""
    client = house.visitor()
    for _ in range(PLACED.free):
        assert signed_in(client, "Bruno", "faux").status_code == 401
    response = signed_in(client, "Bruno")
    assert response.status_code == 429
    assert response.headers["retry-after"] == "2"
    assert "Réessayez dans une seconde." in response.text
    assert signed_in(house.visitor(), "Aïssa").status_code == 303
    house.clock.moment += timedelta(seconds=1)
    assert signed_in(client, "Bruno").status_code == 303


def test_signing_out_is_at_once(house: House) -> None:
    """The session ends here and on the server: its cookie, kept by whoever, opens nothing any more."""
    client = house.visitor(Role.READER)
    token = client.cookies["session"]
    assert client.get("/room/account").status_code == 200
    response = client.post("/sign-out", headers=SAME)
    assert (response.status_code, response.headers["location"]) == (303, "/sign-in?out=1")
    assert "session" not in client.cookies
    client.cookies["session"] = token
    assert client.get("/room/account").status_code == 401
    assert "fermée" in client.get("/sign-in?out=1").text


def test_signing_in_again_ends_the_session_before(house: House) -> None:
    """A session never outlives a new sign-in in the same browser, and a token never is reused."""
    client = house.visitor(Role.READER)
    before = client.cookies["session"]
    signed_in(client, "Hélène")
    assert client.cookies["session"] != before
    assert client.get("/room/account/here").text == "Hélène"
    assert house.accounts.session(before, NOW) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 101, "a" * 5_000, "../../x", "'; DROP TABLE sessions --"])
def test_no_other_cookie_opens(house: House, token: str) -> None:
    """A token is either the one that was given or nothing."""
    house.visitor(Role.ADMIN)
    client = house.visitor()
    assert client.get("/room/account", headers={"cookie": f"session={token}"}).status_code == 401


def test_a_session_goes_on_while_it_is_used(house: House) -> None:
    """Asking keeps a session open, for twelve hours at most."""
    client = house.visitor(Role.READER)
    for _ in range(7):
        house.clock.moment += timedelta(minutes=100)
        assert client.get("/room/account").status_code == 200
    house.clock.moment += timedelta(minutes=20)
    assert client.get("/room/account").status_code == 401


@pytest.mark.parametrize("change", ["disable", "role", "password", "sign-out"])
def test_what_an_administrator_ends_is_over(house: House, change: str) -> None:
    """A disabled account, another role or password close the sessions at the next request."""
    client = house.visitor(Role.ARCHIVIST)
    assert client.get("/room/account").status_code == 200
    if change == "password":
        house.accounts.set_password("Aïssa", "un tout autre secret")
    else:
        body = {"change": change, "name": "aïssa", "role": "reader"}
        changed = house.visitor(Role.ADMIN).post("/room/accounts", json=body, headers={**SAME, **SCRIPT})
        assert changed.status_code == 200
        assert 'class="told"' in changed.text
    assert client.get("/room/account").status_code == 401


def test_nobody_changes_their_own_account(house: House) -> None:
    """An administrator can neither give away nor close their own account, so that one is always left."""
    admin = house.visitor(Role.ADMIN)
    for change in ("disable", "role", "sign-out", "enable"):
        refused = admin.post("/room/accounts", json={"change": change, "name": "HÉLÈNE"}, headers={**SAME, **SCRIPT})
        assert refused.status_code == 409
        assert "propre compte" in refused.text
    gone = admin.post("/room/accounts", json={"change": "disable", "name": "zoé"}, headers={**SAME, **SCRIPT})
    assert gone.status_code == 404
    assert house.accounts.account("Hélène").role == "admin"


def test_accounts_show_names_as_text(house: House) -> None:
    """A name that looks like markup is listed as it is written."""
    house.accounts.add("<img src=x onerror=alert(1)>", "reader", PASSWORD, NOW)
    client = house.visitor(Role.ADMIN)
    listed = client.get("/room/accounts").text
    assert "<img" not in listed
    assert "&lt;img src=x onerror=alert(1)&gt;" in listed
    assert json.dumps(PASSWORD) not in listed
    assert "argon2" not in listed


def test_ones_sessions_are_listed_and_ended(house: House) -> None:
    """Everybody sees where they are signed in, which session is this one, and may end all of them."""
    first, second = house.visitor(Role.READER), house.visitor()
    second.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"
    signed_in(second, "Bruno")
    own = second.get("/room/account").text
    assert own.count("<li>") == 2
    assert own.count("cette session") == 1
    assert "Firefox, Windows" in own
    assert "Aïssa" not in own
    ended = second.post("/room/account/sign-out-everywhere", headers={**SAME, **SCRIPT})
    assert ended.status_code == 204
    assert first.get("/room/account").status_code == second.get("/room/account").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://hostile.example"},
        {"origin": "null"},
        {"origin": "http://press.example.hostile.example"},
        {"origin": "http://press.example:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "origin": ORIGIN},
    ],
)
def test_another_sites_page_asks_nothing(house: House, headers: dict[str, str]) -> None:
    """With a visitor's cookie, another site's form or script neither changes nor reads anything."""
    client = house.visitor(Role.ADMIN)
    for path, body in (
        ("/sign-out", {}),
        ("/sign-in", {"name": "Bruno", "password": PASSWORD}),
        ("/language", {"language": "en"}),
        ("/room/account/sign-out-everywhere", {}),
        ("/gradio_api/queue/join", {}),
    ):
        refused = client.post(path, data=body, headers={**headers, **SCRIPT})
        assert refused.status_code == 403, path
        assert "set-cookie" not in refused.headers
    assert client.get("/room/account/here").text == "Hélène"
    if "sec-fetch-mode" not in headers:
        assert client.get("/room/accounts", headers=headers).status_code == 403


def test_no_other_site_may_read(house: House) -> None:
    """No answer of the page grants another origin anything."""
    response = house.visitor(Role.ADMIN).get("/config", headers=SAME)
    assert response.status_code == 200
    assert not [name for name in response.headers if name.startswith("access-control-allow")]


def test_a_link_from_elsewhere_is_followed(house: House) -> None:
    """A link in a mail opens the page for whoever is signed in."""
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert house.visitor(Role.READER).get("/?release=x", headers=headers).status_code == 200


def test_a_change_needs_the_pages_own_script(house: House) -> None:
    """A change without the header that only our script sends is refused, wherever it comes from."""
    client = house.visitor(Role.ADMIN)
    for headers in (SAME, {}, {**SAME, "x-porte-parole": "2"}):
        assert client.post("/room/account/sign-out-everywhere", headers=headers).status_code == 403
    assert client.get("/room/account").status_code == 200


def test_a_body_is_bounded_for_everybody_but_who_adds(house: House) -> None:
    """Only an archivist's documents may be larger than 256 KiB, and only where they arrive."""
    large = b"x" * (256 * 1024 + 1)
    assert house.visitor().post("/sign-in", content=large, headers=SAME).status_code == 413
    for role, status in ((Role.READER, 413), (Role.ARCHIVIST, None), (Role.ADMIN, None)):
        client = house.visitor(role)
        assert client.post("/room/account", content=large, headers={**SAME, **SCRIPT}).status_code == 413
        arrived = client.post("/room/arrivals", content=large, headers={**SAME, **SCRIPT}).status_code
        assert (arrived == 413) == (status == 413), role


def test_the_page_speaks_the_language_one_chose(house: House) -> None:
    """French unless the browser puts English first, or one chose; a form and a script may choose."""
    client = house.visitor()
    assert "Se connecter" in client.get("/sign-in").text
    assert "Se connecter" in client.get("/sign-in", headers={"accept-language": "fr-FR,en;q=0.9"}).text
    assert "Se connecter" in client.get("/sign-in", headers={"accept-language": "de, fr;q=0.5, en;q=0.4"}).text
    assert "Sign in" in client.get("/sign-in", headers={"accept-language": "en-GB,fr;q=0.9"}).text
    chosen = client.post("/language", json={"language": "en"}, headers={**SAME, **SCRIPT})
    assert chosen.status_code == 204
    english = client.get("/sign-in").text
    assert '<html lang="en">' in english
    assert "Mot de passe" not in english
    client.post("/language", data={"language": "xx", "next": "/"}, headers=SAME)
    assert "Sign in" in client.get("/sign-in").text


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[1]", b"{", b'"x"', b"null", b"[" * 5_000, b'{"language": 3}'])
def test_what_is_no_form_is_refused_or_ignored(house: House, body: bytes) -> None:
    """A body that is no form changes nothing, and is nobody's fault but the sender's."""
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        sent = house.visitor().post("/language", content=body, headers={**SAME, "content-type": kind})
        assert sent.status_code in (204, 400)
        assert "set-cookie" not in sent.headers


def test_accounts_that_cannot_be_read_open_nothing(house: House) -> None:
    """Where the accounts are damaged, nobody is let in, and the answer says nothing of them."""
    client = house.visitor(Role.ADMIN)
    house.accounts.close()
    for file in house.accounts.path.parent.iterdir():
        file.unlink()
    house.accounts.path.write_bytes(b"no database " * 500)
    response = client.get("/room/accounts")
    assert response.status_code == 500
    assert "sqlite" not in response.text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
            "Safari, macOS",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_two_words(agent: str, words: str) -> None:
    """Of a browser's own description only its name and its system are kept."""
    assert device(agent) == words


@pytest.fixture(scope="module")
def behind(build: Callable[..., House]) -> House:
    """A house behind a proxy on this machine that says who asks, reached by https."""
    outside = Outside.read(
        {
            "PORTE_PAROLE_ORIGIN": "https://press.example",
            "PORTE_PAROLE_PROXY_HEADER": "Remote-User",
            "PORTE_PAROLE_PROXY_ADDRESSES": "127.0.0.1",
        }
    )
    house = build(outside)
    for role, name in NAMES.items():
        house.accounts.add(name, role, None if role is Role.READER else PASSWORD, NOW)
    house.accounts.add("Zoé", "admin", None, NOW)
    house.accounts.disable("Zoé", NOW)
    return house


HTTPS = {"host": "press.example", "origin": "https://press.example"}


def test_who_a_trusted_proxy_names_is_in(behind: House) -> None:
    """The account's own role counts; no cookie is needed, and signing out is the proxy's."""
    client = behind.visitor(client=("127.0.0.1", 5000))
    named = {**HTTPS, "remote-user": "bruno"}
    assert client.get("/room/account/here", headers=named).text == "Bruno"
    assert "aucune session" in client.get("/room/account", headers=named).text
    assert client.get("/room/accounts", headers=named).status_code == 403
    assert client.get("/", headers=named).status_code == 200
    out = client.post("/sign-out", headers=named)
    assert "votre organisation" in out.text.lower()


@pytest.mark.parametrize("name", ["zoé", "nobody", "Aïssa, admin", "<script>"])
def test_a_name_without_an_account_is_nobody(behind: House, name: str) -> None:
    """A proxy's word opens no account that is not there, or is disabled; a session beside it counts for nothing."""
    client = behind.visitor(client=("127.0.0.1", 5000))
    named = {"host": "press.example", "remote-user": name.encode()}
    assert client.get("/room/account", headers=named).status_code == 401  # type: ignore[arg-type]
    assert "pas de compte ici" in client.get("/sign-in", headers=named).text  # type: ignore[arg-type]


def test_from_another_peer_the_name_is_forged(behind: House, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reaches the server past the proxy cannot name themselves."""
    stranger = behind.visitor(client=("192.0.2.7", 5000))
    assert stranger.get("/room/account", headers={**HTTPS, "remote-user": "Bruno"}).status_code == 401
    assert "forged" in caplog.text
    assert stranger.get("/room/account", headers={**HTTPS, "x-forwarded-for": "127.0.0.1"}).status_code == 401


def test_by_https_a_cookie_travels_no_other_way(behind: House) -> None:
    """With an https origin the session's cookie is Secure, of this host alone, and plain http signs nobody in."""
    client = behind.visitor(base_url="https://press.example")
    entered = client.post("/sign-in", data={"name": "Hélène", "password": PASSWORD}, headers=HTTPS)
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "domain" not in cookie.lower()
    assert client.get("/room/account/here").text == "Hélène"
    config = client.get("/config").json()
    assert config["root"] == "https://press.example"


@pytest.mark.parametrize(
    ("host", "status"), [("press.example", 401), ("127.0.0.1:7860", 401), ("hostile.example", 403)]
)
def test_the_server_answers_to_its_own_names(behind: House, host: str, status: int) -> None:
    """With an origin, only its host and this machine's reach the page; the API answers to any."""
    client = behind.visitor()
    assert client.get("/room/account", headers={"host": host}).status_code == status
    assert client.get("/healthz", headers={"host": host}).status_code == 200
