"""The widget: the journalists' page in a frame, on the pages it was made for and on no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from app import Program
from assistant.desk import Desk
from assistant.web.admission import Keyed
from assistant.web.api import create_app
from assistant.web.press.office import Office
from assistant.web.press.widget import stands
from assistant.web.room import Parts
from browsing import Page, served
from conftest import NOW, archive_in, release
from ingest.passages import cut
from store.archive import Archive
from store.keys import Keys
from store.records import Contact

ROOM = "https://salle.example"
OFFICE = Office("Ville d'Ormelune", Contact(name="Camille Arnaud", phone="01 23 45 67 89"))
STADIUM = "Ormelune, le 6 mai 2025\n\nLe coût des travaux du stade s'élève à 48,6 millions d'euros."
QUESTION = "Combien coûtent les travaux du stade ?"


@pytest.fixture(scope="module")
def archive(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_in(tmp_path_factory.mktemp("widget") / "archive", program) as archive:
        made = release(STADIUM, title="Le stade sera rénové")
        archive.add(made, cut(made, program.tokens.count))
        archive.flush()
        yield archive


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    kept = Keys(tmp_path_factory.mktemp("keys") / "keys.sqlite")
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def client(archive: Archive, keys: Keys) -> TestClient:
    admission, parts = Keyed(keys, lambda: NOW), Parts(keys=keys, press=OFFICE)
    app = create_app(
        Desk(archive, lambda: NOW), archive, clock=lambda: NOW, version="0", admission=admission, parts=parts
    )
    return TestClient(app, base_url="http://127.0.0.1:7860", headers={"accept-language": "fr"})


FRAMED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}


def test_a_widget_is_framed_by_its_own_pages_alone(client: TestClient, keys: Keys) -> None:
    """The browser is told exactly the origins of the widget; where it names the page itself, that must be one too."""
    _, token = keys.add("salle", "public", NOW, kind="widget", origins=[ROOM, "https://autre.example:8443"])
    for said in ({}, {"referer": f"{ROOM}/presse/2026"}, {"referer": "https://autre.example:8443/"}):
        framed = client.get("/faq", params={"widget": token}, headers=FRAMED | said)
        assert framed.status_code == 200
        policy = framed.headers["content-security-policy"]
        assert policy.endswith(f"frame-ancestors {ROOM} https://autre.example:8443")
        assert f'data-origins="{ROOM} https://autre.example:8443"' in framed.text
    within = client.get("/faq", params={"widget": token}, headers={"referer": "http://127.0.0.1:7860/faq/enquiries"})
    assert within.status_code == 200
    for site in ("https://hostile.example/", "https://salle.example.hostile.example/", "http://salle.example/", "x:["):
        refused = client.get("/faq", params={"widget": token}, headers=FRAMED | {"referer": site})
        assert refused.status_code == 403
        assert "Camille Arnaud" in refused.text
        assert not any(part in refused.text for part in ("<form", "<script", token))


def test_a_token_that_does_not_hold_says_whom_to_call(client: TestClient, keys: Keys) -> None:
    """Unknown, revoked, expired, or a program's key: the same words, and nothing else."""
    revoked, first = keys.add("révoqué", "public", NOW, kind="widget", origins=[ROOM])
    keys.revoke(revoked.id, NOW)
    _, second = keys.add(
        "expiré", "public", NOW - timedelta(days=2), expires=NOW - timedelta(days=1), kind="widget", origins=[ROOM]
    )
    _, third = keys.add("programme", "staff", NOW)
    told = {
        client.get("/faq", params={"widget": one}, headers=FRAMED).content
        for one in (first, second, third, "x", "x" * 5_000)
    }
    assert len(told) == 1
    assert b"Camille Arnaud" in told.pop()
    for token in (first, second, third):
        asked = client.post("/faq/ask", json={"question": QUESTION, "widget": token})
        assert asked.status_code in (401, 403)
        assert "48,6" not in asked.text


def test_a_token_opens_nothing_else(client: TestClient, keys: Keys) -> None:
    """It is no key at the API; on the page itself it is taken off the address."""
    _, token = keys.add("ailleurs", "public", NOW, kind="widget", origins=[ROOM])
    for address in ("/v1/search?q=stade", "/v1/releases"):
        assert client.get(address, headers={"authorization": f"Bearer {token}"}).status_code == 401
    alone = client.get("/faq", params={"widget": token}, headers={"sec-fetch-dest": "document"}, follow_redirects=False)
    assert (alone.status_code, alone.headers["location"]) == (303, "/faq?lang=fr")
    assert client.post("/faq/ask", json={"question": QUESTION, "widget": token, "lang": "fr"}).status_code == 200


def test_a_widget_has_a_rate(client: TestClient, keys: Keys) -> None:
    """Whoever takes its token and asks with it soon asks no more; the page itself goes on."""
    _, token = keys.add("lent", "public", NOW, rate="2/hour", kind="widget", origins=[ROOM])
    told = [client.get("/faq", params={"widget": token}, headers=FRAMED) for _ in range(3)]
    assert [one.status_code for one in told] == [200, 200, 429]
    assert "Réessayez dans" in told[2].text
    assert told[2].headers["content-security-policy"].endswith("frame-ancestors *")
    assert client.get("/faq").status_code == 200


def test_the_script_may_be_loaded_from_anywhere_and_nothing_else(client: TestClient) -> None:
    """The one line of a press room's page works there; its words are in both languages, and no token is in it."""
    foreign = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}
    script = client.get("/widget.js", headers=foreign)
    assert script.status_code == 200
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["content-type"].startswith("text/javascript")
    assert "Press office" in script.text
    assert "/* words */" not in script.text
    for address in ("/faq", "/faq/releases/x"):
        assert client.get(address, headers=foreign).status_code == 403


@pytest.mark.parametrize(
    "referrer", ["", "https://salle.example", "https://salle.example:443/a?b#c", "HTTPS://SALLE.example/"]
)
def test_one_origin_has_several_spellings(referrer: str) -> None:
    """A browser's address of a page is compared as an origin."""
    assert stands([ROOM], Headers({"referer": referrer} if referrer else {}))


POLICY = "default-src 'none'; script-src {server}; frame-src {server}; style-src 'unsafe-inline'"
PAGE = f"""<!doctype html><html lang="{{language}}"><head><meta charset="utf-8"><title>Salle de presse</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<style>:root {{{{ --porte-parole-accent: rgb(122, 31, 92); --porte-parole-font: url(//hostile.example/); }}}}</style>
</head><body><h1>Salle de presse</h1>
<script src="{{server}}/widget.js" data-token="{{token}}" async></script></body></html>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A folder of pages on another port, and the port: two sites, `localhost` and `127.0.0.1`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield tmp_path, server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def test_on_a_press_rooms_page(browser: Any, archive: Archive, keys: Keys, rooms: tuple[Path, int]) -> None:
    """Opened, asked and closed with the keyboard, in the page's colours and language; refused on another site."""
    folder, port = rooms
    _, token = keys.add("navigateur", "public", NOW, kind="widget", origins=[f"http://localhost:{port}"])
    parts, admission = Parts(keys=keys, press=OFFICE), Keyed(keys, lambda: NOW)
    with served(archive, parts=parts, callers=None, admission=admission) as (address, _):
        for language in ("fr", "en"):
            page = PAGE.format(language=language, server=address, token=token)
            (folder / f"{language}.html").write_text(page, encoding="utf-8")
        room = Room(browser, f"http://localhost:{port}")
        room.goes_to("fr.html")
        assert "Service de presse" in room.within("return shadow.querySelector('.open').innerText")
        opened = room.opens()
        assert opened == "Posez votre question"
        style = "return getComputedStyle(document.querySelector('.button')).backgroundColor"
        assert room.js(style) == "rgb(122, 31, 92)"
        assert "hostile" not in room.js("return getComputedStyle(document.documentElement).fontFamily")
        room.until(lambda: room.js("return document.activeElement.id") == "question", "the question has no focus")
        room.all("#question")[0].send_keys(QUESTION, "\ue007")
        room.until(lambda: browser.find_elements("css selector", "[data-state=finished]"), "no answer")
        assert "48,6 millions" in room.text(".answer")
        room.all("#question")[0].send_keys("\ue00c")
        browser.switch_to.default_content()
        room.until(lambda: room.within("return shadow.querySelector('.panel').hidden"), "Esc does not close it")
        assert room.within("return shadow.activeElement.className") == "open"
        room.goes_to("en.html")
        assert room.opens() == "Ask your question"

        elsewhere = Room(browser, f"http://127.0.0.1:{port}")
        elsewhere.goes_to("fr.html")
        assert elsewhere.opens() == "Ce service de questions n’est pas disponible sur cette page."
        assert browser.get_cookies() == []


class Room(Page):
    """A journalist on a press room's page."""

    def goes_to(self, page: str) -> None:
        self.browser.switch_to.default_content()
        self.browser.get(f"{self.address}/{page}")
        self.all("porte-parole-widget")

    def within(self, script: str) -> Any:
        """What a script gives that knows the widget's inside as `shadow`."""
        return self.js(f"const shadow = document.querySelector('porte-parole-widget').shadowRoot; {script}")

    def opens(self) -> str:
        """Open the panel and go into its frame; gives the heading there."""
        self.within("shadow.querySelector('.open').click()")
        frame = self.until(lambda: self.within("return shadow.querySelector('iframe')"), "no frame")
        self.browser.switch_to.frame(frame)
        return str(self.until(lambda: self.browser.find_elements("css selector", "h1"), "no heading")[0].text)
