"""What is noted of requests, how the server says that it is ready, and how it stops."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import redirect_stderr, suppress
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app import Program
from assistant.answer import Assignment, Claim, Written
from assistant.desk import Desk
from assistant.tracing import Tracing
from assistant.web.admission import Admission
from assistant.web.api import create_app
from assistant.web.callers import Role, Visitor
from assistant.web.logs import configure
from assistant.web.room import Parts
from browsing import PATIENCE, served
from conftest import NOW, archive_in, release
from ingest.passages import cut
from store.archive import Archive
from store.records import Scope, Span

STADIUM = "Le stade Albert-Fauvel rouvrira le 6 mai 2026. Les travaux du stade ont coûté 48 millions d'euros."
ASKED = {"question": "Combien ont coûté les travaux du stade ?"}


@pytest.fixture(scope="module")
def stadium(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_in(tmp_path_factory.mktemp("noting") / "archive", program) as archive:
        made = release(STADIUM, title="Le stade Albert-Fauvel", reference="CP-1")
        archive.add(made, cut(made, program.tokens.count))
        archive.flush()
        yield archive


class KeyOf:
    """Everybody has a key of this scope."""

    def __init__(self, role: Role) -> None:
        self.role = role

    def admit(self, connection: Any) -> Visitor:
        return Visitor("invented", self.role, self.role.scope)


def _client(archive: Archive, admission: Admission | None = None, parts: Parts = Parts()) -> TestClient:
    more = {} if admission is None else {"admission": admission}
    app = create_app(Desk(archive, lambda: NOW), archive, clock=lambda: NOW, version="0", parts=parts, **more)  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False)


def test_every_answer_carries_the_requests_id(stadium: Archive) -> None:
    """The caller's own where it is fit for a log, a new one otherwise; errors carry it too."""
    client = _client(stadium)
    assert client.get("/healthz", headers={"x-request-id": "call-2026.1_a"}).headers["x-request-id"] == "call-2026.1_a"
    for hostile in ("short", "a b c d e f", "x" * 65, "<script>alert(1)</script>"):
        named = client.get("/v1/nothing", headers={"x-request-id": hostile}).headers["x-request-id"]
        assert named != hostile
        assert len(named) == 16


def test_a_request_is_counted_under_its_route_never_under_its_address(stadium: Archive) -> None:
    """An address may hold the words of a release that nobody may see, and there are endless ones."""
    client = _client(stadium, KeyOf(Role.READER))
    client.get("/v1/releases/zorglubine")
    client.get("/v1/zorglubine")
    client.request("ZORGLUBINE", "/zorglubine")
    told = client.get("/metrics").text
    assert 'route="/v1/releases/{release_id}' in told.replace(":path", "")
    assert 'method="other",route="other",status="404"' in told
    assert "zorglubine" not in told.casefold()


def test_the_figures_are_for_staff_unless_only_this_machine_reaches_the_server(stadium: Archive) -> None:
    """And then without what would give an embargoed release away."""
    assert _client(stadium).get("/metrics").status_code == 403
    assert 'porte_parole_releases{kind="staff"} 1.0' in _client(stadium, KeyOf(Role.READER)).get("/metrics").text
    client = _client(stadium)
    client.app.state.private = True  # type: ignore[attr-defined]
    told = client.get("/metrics")
    assert told.status_code == 200
    assert "porte_parole_requests" in told.text
    assert "porte_parole_releases" not in told.text


def test_whoever_stops_or_is_not_warm_is_not_ready(stadium: Archive) -> None:
    """It answers, but nobody is to be sent there."""
    client = _client(stadium)
    assert client.get("/readyz").json() == {"status": "ready"}
    running = client.app.state.house.running  # type: ignore[attr-defined]
    running.warm = False
    assert (client.get("/readyz").status_code, client.get("/readyz").json()["status"]) == (503, "warming")
    running.stopping = True
    assert client.get("/readyz").json()["status"] == "stopping"
    assert client.get("/healthz").status_code == 200


class Waiting:
    """Says a sentence, and another one once it is let."""

    def __init__(self) -> None:
        self.written = Written("waiting")
        self.begun, self.go_on = threading.Event(), threading.Event()

    def write(self, assignment: Assignment) -> Iterator[Claim]:
        about = assignment.hits[0].release
        for words in ("Le stade Albert-Fauvel rouvrira le 6 mai 2026.", "Les travaux du stade ont coûté 48 millions"):
            start = about.text.index(words)
            yield Claim(words, ((about, Span(start, start + len(words))),))
            self.begun.set()
            assert self.go_on.wait(PATIENCE)


def test_an_answer_in_flight_ends_whole_when_the_server_is_told_to_stop(stadium: Archive) -> None:
    """Nobody new is let in meanwhile."""
    writer = Waiting()
    ended: list[str] = []
    with served(stadium, Desk(stadium, lambda: NOW, writer), callers=None, patience=PATIENCE) as (address, stop):

        def ask() -> None:
            with httpx.stream("POST", f"{address}/v1/ask", json={**ASKED, "stream": True}, timeout=PATIENCE) as told:
                ended.extend(line for line in told.iter_lines() if line.startswith("event: "))

        asking, stopping = threading.Thread(target=ask), threading.Thread(target=stop)
        asking.start()
        assert writer.begun.wait(PATIENCE)
        stopping.start()
        refused = _refused(address)
        writer.go_on.set()
        stopping.join(PATIENCE)
        asking.join(PATIENCE)
    assert refused
    assert ended.count("event: sentence") == 2
    assert ended[-1] == "event: finished"


def _refused(address: str) -> bool:
    """Whether the server takes no further connection, some time after it was told to stop."""
    with suppress(httpx.ConnectError):
        while httpx.get(f"{address}/readyz", timeout=PATIENCE).status_code:
            pass
    return True


def test_the_log_is_a_line_of_json_for_each_event_with_its_request(stadium: Archive) -> None:
    """What libraries log comes the same way; no question is in it."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    written = io.StringIO()
    try:
        with redirect_stderr(written):
            configure("json")
            _client(stadium).post("/v1/ask", json=ASKED, headers={"x-request-id": "call-0001"})
            logging.getLogger("elsewhere").warning("something %s", "happened")
    finally:
        root.handlers = before
        root.setLevel(level)
        logging.getLogger("porte-parole.request").setLevel(logging.NOTSET)
        logging.getLogger("porte-parole.audit").setLevel(logging.NOTSET)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    (asked,) = [line for line in lines if line["event"] == "request"]
    assert (asked["route"], asked["status"], asked["request"]) == ("/v1/ask", 200, "call-0001")
    assert any(line["event"] == "something happened" and line["logger"] == "elsewhere" for line in lines)
    assert "stade" not in written.getvalue()


def test_spans_are_sent_where_an_address_is_configured(stadium: Archive, collector: tuple[str, list[Any]]) -> None:
    """In the caller's trace, with the route and the answer's outcome, without a word of it."""
    address, received = collector
    tracing = Tracing(address, "0")
    desk = Desk(stadium, lambda: NOW, watches=[tracing.traced])
    app = create_app(desk, stadium, clock=lambda: NOW, version="0", parts=Parts(tracing=tracing))
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    TestClient(app).post("/v1/ask", json=ASKED, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    tracing.close()
    spans = {span.name: span for span in received}
    assert set(spans) == {"POST /v1/ask", "answer"}
    assert {span.trace_id.hex() for span in received} == {trace}
    told = {one.key: one.value for one in spans["answer"].attributes}
    assert told["porte_parole.sentences"].int_value >= 1
    assert told["porte_parole.scope"].string_value == Scope.PUBLIC.value
    assert "stade" not in str(received)


@pytest.fixture
def collector() -> Iterator[tuple[str, list[Any]]]:
    """An OTLP collector on the loopback interface: its address, and the spans it received."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    proto = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2")
    received: list[Any] = []

    class Collects(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent = proto.ExportTraceServiceRequest.FromString(body)
            received.extend(span for one in sent.resource_spans for part in one.scope_spans for span in part.spans)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collects)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/traces", received
    server.shutdown()
    server.server_close()
