"""Errors as problem details, in the asker's language."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from assistant.web import problems
from assistant.web.contract import Asked
from assistant.web.messages.problems import WORDS
from store.records import ReleaseNotFound


def _asked_in(accepted: str | None) -> str:
    headers = [] if accepted is None else [(b"accept-language", accepted.encode())]
    return problems.language(HTTPConnection({"type": "http", "headers": headers}))


@pytest.mark.parametrize(
    ("accepted", "language"), [(None, "en"), ("fr-FR,fr;q=0.9", "fr"), ("en,fr;q=0.5", "en"), ("ja", "en")]
)
def test_who_asks_is_told_in_their_language(accepted: str | None, language: str) -> None:
    """French or English as Accept-Language says; a program that says nothing is told in English."""
    assert _asked_in(accepted) == language


def test_title_detail_and_header_are_in_one_language() -> None:
    """A problem is all French or all English."""
    french = problems.of(ReleaseNotFound("CP-1"), "fr")
    assert french.headers["content-language"] == "fr"
    assert problems.problem(404, "x", "fr")["title"] == "Introuvable"
    assert "communiqué" in bytes(french.body).decode()
    assert b"No release" in problems.of(ReleaseNotFound("CP-1")).body


def test_english_words_of_ours_are_known_in_french() -> None:
    """Whoever raises one of our English sentences is told in French too; other words stay as they are."""
    assert problems.problem(401, "Sign in first.", "fr")["detail"] == "Identifiez-vous d’abord."
    assert problems.problem(400, "Whatever.", "fr")["detail"] == "Whatever."


def test_a_key_that_words_lack_is_a_fault_of_ours() -> None:
    """A refusal without words cannot be raised at all."""
    with pytest.raises(KeyError):
        problems.Refused(404, "no_such_words")


class _Form(BaseModel):
    number: int = Field(ge=1, le=5)
    name: str = Field(min_length=2, max_length=3, pattern="^a")
    names: list[str] = Field(max_length=1)
    sure: bool


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"number": 0, "name": "b", "names": ["a", "b"], "sure": "x"},
        {"number": 9, "name": "aaaa", "names": 1, "sure": []},
        {"number": "x", "name": 1, "names": None, "sure": None},
        {"number": 1.5, "name": "bb", "names": [], "sure": 1},
        [],
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_french(given: object) -> None:
    """Every kind of error that a request can have has French words, and keeps the field's name."""
    with pytest.raises(ValidationError) as raised:
        _Form.model_validate(given)
    for item in raised.value.errors():
        assert f"problem_field_{item['type']}" in WORDS, item["type"]
        words = problems._field_error(dict(item, loc=("body", *item["loc"])), "fr")["message"]
        assert words != item["msg"]
        assert "{" not in words


def test_a_question_s_errors_keep_their_fields() -> None:
    """Field names stay as they are sent, whatever the language."""
    with pytest.raises(ValidationError) as raised:
        Asked.model_validate({"question": "a", "filters": {"from": 1}})
    items = [problems._field_error(dict(item), "fr") for item in raised.value.errors()]
    assert items == [{"field": "filters.from", "message": "doit être un texte"}]


def test_an_unknown_status_has_a_title() -> None:
    """A status that we have no title for is an error all the same."""
    assert problems.problem(418, "x")["title"] == "Error"
    assert problems.of(HTTPException(418, "x"), "fr").status_code == 418
