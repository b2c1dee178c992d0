"""Who is let through, and as whom."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.web.callers import api_scope, page_scope
from assistant.web.gate import PAGE, Gate
from store.records import Scope


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
