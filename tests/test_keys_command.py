"""What `porte-parole keys` and `widgets` do, and never do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import main
from assistant.keys_command import expiry
from store.keys import Keys
from store.records import KeyRefused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *arguments: main(["--archive", str(tmp_path / "archive"), *arguments])


def held(tmp_path: Path, token: str) -> str | None:
    shelf = Keys(tmp_path / "archive" / "keys.sqlite")
    key = shelf.held(token, datetime.now(UTC))
    shelf.close()
    return None if key is None else key.scope


def test_a_key_is_printed_once(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is shown when it is added, never again; revoked by its id it opens nothing any more."""
    assert run("keys") == 0
    assert "there is no key" in capsys.readouterr().out
    assert run("keys", "add", "Site", "--scope", "staff", "--rate", "60/minute", "--expires", "90d") == 0
    line, token, once = capsys.readouterr().out.splitlines()
    assert token.startswith("pp_")
    assert "once" in once
    assert "Site  staff  60/minute  until " in line
    assert held(tmp_path, token) == "staff"
    assert run("keys", "--json") == 0
    told = capsys.readouterr().out
    (listed,) = json.loads(told)["keys"]
    assert (listed["name"], listed["state"], listed["revoked"]) == ("Site", "in force", None)
    assert run("keys", "revoke", listed["id"]) == 0
    assert run("keys") == 0
    assert token not in told + (printed := capsys.readouterr().out)
    assert "[revoked]" in printed
    assert held(tmp_path, token) is None


def test_a_key_is_added_for_programs_too(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json one document holds the key and its token; found in a log, the token itself revokes it."""
    assert run("keys", "add", "Site", "--scope", "archivist", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["scope"], made["rate"], made["expires"]) == ("archivist", None, None)
    assert held(tmp_path, made["token"]) == "archivist"
    assert run("keys", "revoke", made["token"]) == 0
    assert held(tmp_path, made["token"]) is None
    assert run("keys", "revoke", made["token"]) == 1
    told = capsys.readouterr()
    assert made["token"] not in told.out + told.err


def test_a_widget_is_one_line_for_a_page(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names the server's own address; widgets are public, rated, and listed apart from keys."""
    monkeypatch.setenv("PORTE_PAROLE_ORIGIN", "https://bot.example")
    origins = ("--origin", "https://Presse.example/", "--origin", "https://www.presse.example")
    assert run("widgets", "add", "Salle de presse", *origins) == 0
    line, script, once = capsys.readouterr().out.splitlines()
    token = script.split('data-token="')[1].split('"')[0]
    assert script == f'<script src="https://bot.example/widget.js" data-token="{token}" async></script>'
    assert line.endswith("Salle de presse  https://presse.example https://www.presse.example  300/minute")
    assert "https://www.presse.example" in once
    assert held(tmp_path, token) == "public"
    assert run("keys", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"keys": []}
    assert run("widgets", "--json") == 0
    (listed,) = json.loads(capsys.readouterr().out)["widgets"]
    assert run("keys", "revoke", listed["id"]) == 1
    assert run("widgets", "revoke", listed["id"]) == 0
    assert held(tmp_path, token) is None


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("keys", "revoke", "nobody"), 1),
        (("keys", "add", "a", "--scope", "staff", "--rate", "often"), 1),
        (("keys", "add", "a", "--scope", "staff", "--expires", "tomorrow"), 1),
        (("keys", "add", "a", "--scope", "staff", "--expires", "2020-01-01"), 1),
        (("keys", "add", "a", "--scope", "admin"), 2),
        (("keys", "add", "a"), 2),
        (("widgets", "add", "a"), 2),
        (("widgets", "add", "a", "--origin", "*"), 1),
        (("widgets", "add", "a", "--origin", "https://a.example", "--scope", "staff"), 2),
    ],
)
def test_what_makes_no_sense_adds_nothing(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int
) -> None:
    """An error exits 1, misuse exits 2, both on standard error alone."""
    try:
        ended = run(*arguments)
    except SystemExit as exit:
        ended = int(exit.code or 0)
    assert ended == status
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err


def test_a_key_ends_with_its_last_day_in_paris() -> None:
    """A day is given as one writes it, and holds to its end; or so many days are."""
    assert expiry("2026-03-31", NOW) == datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
    assert expiry("90d", NOW) == NOW + timedelta(days=90)
    for wrong in ("", "90", "0d", "9999d", "2026-02-30", "31/03/2026", "9999-12-31", "٩d"):
        with pytest.raises(KeyRefused):
            expiry(wrong, NOW)
