"""What `porte-parole accounts` does, and never does."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import Settings, main
from store.accounts import Accounts
from store.records import SettingsError

PASSWORD = "douze lettres au moins"
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run_one(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return main(["--archive", str(tmp_path / "archive"), "accounts", *arguments])

    return run_one


def test_an_account_is_added_changed_and_listed(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A password comes from standard input; what is printed never holds it."""
    assert run() == 0
    assert "nobody has an account" in capsys.readouterr().out
    assert run("add", "Hélène", "--role", "reader", "--password-stdin", typed=f"{PASSWORD}\n") == 0
    assert run("add", "proxy@press.example", "--role", "archivist", "--no-password") == 0
    assert run("role", "hélène", "admin") == 0
    assert run("disable", "proxy@press.example") == 0
    assert run("sign-out", "Hélène") == 0
    assert run("password", "Hélène", "--password-stdin", typed="un tout autre secret\r\n") == 0
    capsys.readouterr()
    assert run("--json") == 0
    printed = capsys.readouterr().out
    found = {each["name"]: each for each in json.loads(printed)["accounts"]}
    assert (found["Hélène"]["role"], found["Hélène"]["password"], found["Hélène"]["disabled"]) == ("admin", True, None)
    assert found["proxy@press.example"]["disabled"] is not None
    assert run() == 0
    shown = capsys.readouterr().out
    assert shown == "Hélène  admin\nproxy@press.example  archivist  [disabled, no password]\n"
    assert "argon2" not in printed + shown
    shelf = Accounts(tmp_path / "archive" / "accounts.sqlite")
    assert shelf.known("Hélène", "un tout autre secret") is not None
    shelf.close()
    assert run("enable", "proxy@press.example") == 0


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (("add", "Hélène", "--role", "reader", "--password-stdin"), "court\n", "at least 12 characters"),
        (("add", "Hélène", "--role", "reader", "--password-stdin"), "", "at least 12 characters"),
        (("add", "Hélène", "--role", "reader"), PASSWORD, "--password-stdin"),
        (("add", "local", "--role", "reader", "--no-password"), "", "« local »"),
        (("password", "zoé", "--password-stdin"), PASSWORD, "No account « zoé »"),
        (("role", "zoé", "admin"), "", "No account « zoé »"),
        (("disable", "zoé"), "", "No account « zoé »"),
    ],
)
def test_what_cannot_be_done_says_why(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], typed: str, why: str
) -> None:
    """A refusal says what to do, changes nothing, and does not repeat what was typed as a password."""
    assert run(*arguments, typed=typed) == 1
    told = capsys.readouterr().err
    assert why in told
    assert PASSWORD not in told
    run("--json")
    assert json.loads(capsys.readouterr().out) == {"accounts": []}


@pytest.mark.parametrize(
    "arguments", [("add", "x"), ("add", "x", "--role", "public"), ("role", "x", "chief"), ("remove", "x")]
)
def test_misuse_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    """A role must be given, and be one of three: there is no default."""
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2


def test_no_argument_takes_a_password(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A password on the command line would stand in the shell's history: no option takes one."""
    for command in ("add", "password"):
        with pytest.raises(SystemExit):
            run(command, "--help")
        assert "--password " not in capsys.readouterr().out.replace("--password-stdin", "")


def at_a_terminal(archive: Path, *typed: str) -> str:
    """What a terminal shows while `accounts add` asks for a password there."""
    leader, follower = pty.openpty()
    code = "import sys, app; sys.exit(app.main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "--archive", str(archive), "accounts", "add", "Hélène", "--role", "admin"]
    begun = subprocess.Popen(
        command,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        cwd=Path(__file__).parent.parent,
    )
    os.close(follower)
    shown = b""
    waiting = list(typed)
    while True:
        try:
            shown += os.read(leader, 1024)
        except OSError:
            break
        if waiting and shown.count(b": ") > len(typed) - len(waiting):
            os.write(leader, f"{waiting.pop(0)}\n".encode())
    begun.wait(30)
    os.close(leader)
    return shown.decode()


def test_a_terminal_asks_twice_and_shows_nothing(tmp_path: Path) -> None:
    """At a terminal the password is asked twice, unseen; two different ones change nothing."""
    shown = at_a_terminal(tmp_path / "archive", PASSWORD, PASSWORD)
    assert "Once more" in shown
    assert "Hélène (admin): added" in shown
    assert PASSWORD not in shown
    shown = at_a_terminal(tmp_path / "other", PASSWORD, "un tout autre secret")
    assert "two different passwords" in shown
    assert not (tmp_path / "other" / "accounts.sqlite").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("SIGN_IN", "yes"), ("ORIGIN", "press.example"), ("PROXY_HEADER", "Remote-User"), ("PROXY_ADDRESSES", "anywhere")],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    """A mistaken setting stops the program: it never opens more than was meant."""
    with pytest.raises(SettingsError, match=f"PORTE_PAROLE_{name}"):
        Settings.read({f"PORTE_PAROLE_{name}": value})


def test_signing_in_is_a_setting() -> None:
    """PORTE_PAROLE_SIGN_IN=1 asks for accounts; nothing does by default."""
    assert Settings.read({"PORTE_PAROLE_SIGN_IN": "1"}).sign_in
    assert not Settings.read({}).sign_in
    assert not Settings.read({"PORTE_PAROLE_SIGN_IN": "0"}).sign_in
