"""The description of the API: every call that it allows is answered as it says; its examples are true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance
from starlette.requests import HTTPConnection

from app import Program
from assistant.desk import Desk
from assistant.records import Recorder
from assistant.tray import Tray
from assistant.web import specimens
from assistant.web.admission import Keyless
from assistant.web.api import create_app
from assistant.web.callers import Role, Visitor, language_of
from assistant.web.doors import DOORS
from assistant.web.problems import MEDIA_TYPE
from assistant.web.room import Parts
from conftest import NOW, archive_in, release
from ingest.arriving import read
from store.answers import Answers
from store.arrivals import Arrivals
from store.originals import Originals
from store.records import Filters, Scope

EXCLUDED = [ignored_auth, positive_data_acceptance, negative_data_rejection]
"""What a call that is made up here cannot tell; a run by hand checks it too: `schemathesis run …/openapi.json`."""
HOSTILE = ("", "\x00", "../../etc/passwd", "-1", "é" * 3_000)
BODIES: dict[str, Any] = {
    "POST /v1/ask": {"question": "Quand rouvre le stade ?"},
    "POST /v1/chat/completions": {"messages": [{"role": "user", "content": "Quand rouvre le stade ?"}]},
    "POST /v1/ingest": b"{}",
    "POST /v1/releases/{release_id}/withdraw": {"reason": "  "},
}


class ByHeader(Keyless):
    """An archivist where the header says so."""

    def admit(self, connection: HTTPConnection) -> Visitor:
        if connection.headers.get("x-who") != "archivist":
            return super().admit(connection)
        return Visitor("key:a", Role.ARCHIVIST, Scope.STAFF, language_of(connection), key="a")


@pytest.fixture(scope="module")
def app(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("openapi")
    with archive_in(folder / "archive", program) as archive:
        text = "Le stade rouvre en mai. « Ce stade est à tous », déclare Ada Morin."
        archive.add(release(text, title="Le stade rouvre", reference="CP-1"))
        archive.flush()
        answers = Answers(folder / "answers.sqlite")
        tray = Tray(Arrivals(folder / "arrivals"), archive, read, lambda: NOW)
        parts = Parts(answers=answers, originals=Originals(folder / "originals"), tray=tray)
        desk = Desk(archive, lambda: NOW, recorder=Recorder(answers, lambda: NOW))
        yield create_app(desk, archive, clock=lambda: NOW, version="9", parts=parts, admission=ByHeader())
        tray.close()
        answers.close()


@pytest.fixture(scope="module")
def described(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def test_every_call_is_answered_as_described(app: FastAPI) -> None:
    """No fault of ours, no undocumented status, header, media type or key, for good calls and bad ones."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    for operation in (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)):
        for who, values, body in calls(operation):
            case = operation.Case(
                path_parameters={one.name: values.get(one.name, "CP-1") for one in operation.path_parameters},
                query={one.name: values[one.name] for one in operation.query if one.name in values},
                body=body,
                media_type=None if body is NOT_SET else operation.body[0].media_type,
            )
            case.call_and_validate(headers={"x-who": who}, excluded_checks=EXCLUDED)


def calls(operation: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Who calls, with which parameters, and with which body: as it should be, and as it should not."""
    named = {one.name for one in (*operation.path_parameters, *operation.query)}
    good = {name: value for name, value in {**specimens.VALUES, "release_id": "CP-1"}.items() if name in named}
    body = BODIES.get(operation.label, NOT_SET)
    yield "", good, body
    yield "archivist", good, body
    for value in HOSTILE:
        bad = dict.fromkeys(named, value) | {one.name: value or "x" for one in operation.path_parameters}
        yield "archivist", bad, value if body is not NOT_SET and not isinstance(body, bytes) else body


def test_every_answer_has_an_example_that_is_one() -> None:
    """Each route's example is a document of its model, with every key and no other."""
    routes = [one for door in DOORS for one in door().routes if isinstance(one, APIRoute)]
    known = {one.name: one for one in routes if one.include_in_schema}
    assert set(specimens.GIVEN) <= set(known)
    for name, example in specimens.GIVEN.items():
        model = known[name].response_model
        assert model.model_validate(example).model_dump(by_alias=True, mode="json") == example, name
    citation, text = specimens.ANSWER["citations"][0], specimens.GIVEN["read_release"]["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_every_operation_is_told_whole(described: dict[str, Any]) -> None:
    """Each has a readable name of its own, words, who may call it, and an example of every error."""
    operations = [one for methods in described["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and "v1" not in name for name in names)
    for operation in operations:
        assert operation["description"]
        assert {"403", "500", "503"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if status >= "4" and MEDIA_TYPE in response["content"]:
                assert response["content"][MEDIA_TYPE]["example"]["status"] == int(status)
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    paths = described["paths"]
    assert paths["/v1/ingest"]["post"]["security"] == [{"key": []}]
    assert paths["/v1/ask"]["post"]["security"] == [{}, {"key": []}]
    assert "security" not in paths["/healthz"]["get"]


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "DELETE", "HEAD", "PUT", "POST"])
def test_a_method_that_nobody_takes_is_405(app: FastAPI, method: str) -> None:
    """With the methods that are taken, at every address of programs."""
    client = TestClient(app, raise_server_exceptions=False)
    for path, allowed in (("/healthz", "GET"), ("/v1/search", "GET"), ("/v1/releases/CP-1/versions/1", "GET")):
        response = client.request(method, path)
        assert (response.status_code, response.headers["allow"]) == (405, allowed), path


def test_the_archive_is_whole_after_all_that(app: FastAPI, tmp_path: Path) -> None:
    """Whatever was called, the release that nobody withdrew is there."""
    assert app.state.house.archive.view(Scope.PUBLIC, NOW).extent(Filters()).releases == 1
