"""What the shelf of accounts promises."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest

import app
from hostile import HOSTILE
from store.account_rows import ROLES
from store.accounts import SESSIONS_EACH, Accounts, Lasting
from store.passwords import Passwords
from store.records import AccountNotFound, AccountRefused, ArchiveError, ArchiveTooNew

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHEAP = Passwords(time=1, memory=8, lanes=1)
PASSWORD = "douze lettres au moins"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Accounts]:
    made = Accounts(tmp_path / "accounts.sqlite", CHEAP)
    yield made
    made.close()


def test_there_is_no_account_before_one_is_added(shelf: Accounts) -> None:
    """No account, no password comes with the program; asking makes no file."""
    assert not shelf.anybody()
    assert shelf.listed(NOW) == []
    for name, password in (("admin", "admin"), ("", ""), ("local", ""), ("porte-parole", "porte-parole")):
        assert shelf.known(name, password) is None
    assert shelf.session("", NOW) is None
    assert not shelf.path.exists()


def test_the_file_is_for_its_owner_only(shelf: Accounts) -> None:
    """Nobody else on the machine reads the accounts, nor what SQLite writes beside them."""
    shelf.add("hélène", "admin", PASSWORD, NOW)
    assert [stat.S_IMODE(file.stat().st_mode) for file in shelf.path.parent.iterdir()] != []
    assert {stat.S_IMODE(file.stat().st_mode) for file in shelf.path.parent.iterdir()} == {0o600}


def test_a_file_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    """A file that others could read is taken from them when it is opened."""
    first = Accounts(tmp_path / "accounts.sqlite", CHEAP)
    first.add("hélène", "admin", PASSWORD, NOW)
    first.close()
    first.path.chmod(0o644)
    again = Accounts(first.path, CHEAP)
    assert again.anybody()
    again.close()
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600


def test_neither_password_nor_token_is_written(shelf: Accounts) -> None:
    """The file holds an argon2id hash and a digest: nothing in it signs anybody in."""
    token = shelf.begin(shelf.add("hélène", "admin", PASSWORD, NOW), NOW)
    shelf.close()
    written = b"".join(file.read_bytes() for file in shelf.path.parent.iterdir())
    assert b"$argon2id$" in written
    assert PASSWORD.encode() not in written
    assert token.encode() not in written
    assert len(token) >= 43


def test_the_usual_cost_is_what_is_recommended() -> None:
    """Where nothing else is said, passwords cost 64 MiB and three passes (RFC 9106)."""
    assert Passwords() == Passwords(time=3, memory=65_536, lanes=4)


def test_a_name_is_one_however_it_is_written(shelf: Accounts) -> None:
    """Capitals and composed accents do not make another account."""
    shelf.add("Hélène", "reader", PASSWORD, NOW)
    for name in ("hélène", "HÉLÈNE", "He\u0301le\u0300ne"):
        with pytest.raises(AccountRefused, match="is there already"):
            shelf.add(name, "admin", PASSWORD, NOW)
        assert shelf.known(name, PASSWORD) is not None
        assert shelf.account(name).name == "Hélène"


@pytest.mark.parametrize(
    "name", ["", " hélène", "hélène\n", "a\nb", "a\x00b", "a\u202eb", "\ud800", "x" * 65, "Local", "PUBLIC"]
)
def test_names_that_mislead_are_refused(shelf: Accounts, name: str) -> None:
    """No blank around a name, nothing unseen in it, and none that passes for somebody without account."""
    with pytest.raises(AccountRefused):
        shelf.add(name, "reader", PASSWORD, NOW)


@pytest.mark.parametrize(("what", "text"), HOSTILE, ids=[what for what, _ in HOSTILE])
def test_hostile_names_are_only_looked_up(shelf: Accounts, what: str, text: str) -> None:
    """Whatever is typed as a name or a password, it is nobody's, and nothing fails."""
    shelf.add("hélène", "admin", PASSWORD, NOW)
    assert shelf.known(text, PASSWORD) is None
    assert shelf.known("hélène", text) is None
    assert shelf.vouched(text) is None
    assert shelf.session(text, NOW) is None
    with pytest.raises(AccountNotFound):
        shelf.disable(text, NOW)


@pytest.mark.parametrize("password", ["", "court", "onze lettre", "x" * 1_001])
def test_passwords_too_short_or_too_long_are_refused(shelf: Accounts, password: str) -> None:
    """A password has twelve characters at least, a thousand at most; nothing is kept otherwise."""
    with pytest.raises(AccountRefused, match="password"):
        shelf.add("hélène", "admin", password, NOW)
    assert shelf.listed(NOW) == []


def test_an_accent_is_the_same_from_every_keyboard(shelf: Accounts) -> None:
    """A password typed with combining accents is the one typed with whole letters."""
    shelf.add("hélène", "reader", "mot de passe ménagé", NOW)
    assert shelf.known("hélène", "mot de passe me\u0301nage\u0301") is not None
    assert shelf.known("hélène", "Mot de passe ménagé") is None


def test_only_known_roles_exist(shelf: Accounts) -> None:
    """An account is a reader's, an archivist's or an administrator's; commands offer just these."""
    with pytest.raises(AccountRefused, match="reader, archivist or admin"):
        shelf.add("hélène", "public", PASSWORD, NOW)
    assert app.ROLES == ROLES


def test_no_account_without_its_name(shelf: Accounts) -> None:
    """Whatever names an account that is not there says so."""
    for change in (
        lambda: shelf.set_password("zoé", PASSWORD),
        lambda: shelf.set_role("zoé", "admin"),
        lambda: shelf.disable("zoé", NOW),
        lambda: shelf.enable("zoé"),
        lambda: shelf.sign_out("zoé"),
    ):
        with pytest.raises(AccountNotFound, match="« zoé »"):
            change()


def test_a_session_ends_when_idle_and_when_it_has_lasted(tmp_path: Path) -> None:
    """A session ends two hours after it was last used, and twelve after it began however much it is used."""
    shelf = Accounts(tmp_path / "accounts.sqlite", CHEAP)
    assert shelf.lasting == Lasting(idle=timedelta(hours=2), whole=timedelta(hours=12))
    account = shelf.add("hélène", "reader", PASSWORD, NOW)
    idle, used = shelf.begin(account, NOW), shelf.begin(account, NOW)
    for hour in range(1, 12):
        shelf.seen(used, NOW + timedelta(hours=hour))
    assert shelf.session(idle, NOW + timedelta(minutes=119)) is not None
    assert shelf.session(idle, NOW + timedelta(hours=2)) is None
    assert shelf.session(used, NOW + timedelta(hours=11, minutes=59)) is not None
    assert shelf.session(used, NOW + timedelta(hours=12)) is None
    shelf.seen(idle, NOW + timedelta(hours=3))
    assert shelf.session(idle, NOW + timedelta(hours=3)) is None
    shelf.close()


@pytest.mark.parametrize("how", ["end", "sign-out", "password", "role", "disable"])
def test_a_session_ends_at_once(shelf: Accounts, how: str) -> None:
    """Signing out, another password, another role and disabling end what was open."""
    account = shelf.add("hélène", "reader", PASSWORD, NOW)
    other = shelf.begin(shelf.add("bruno", "reader", PASSWORD, NOW), NOW)
    token = shelf.begin(account, NOW)
    match how:
        case "end":
            shelf.end(token)
        case "sign-out":
            assert shelf.sign_out("Hélène") == 1
        case "password":
            shelf.set_password("hélène", "un tout autre secret")
        case "role":
            shelf.set_role("hélène", "admin")
        case "disable":
            shelf.disable("hélène", NOW)
    assert shelf.session(token, NOW) is None
    assert shelf.sessions("hélène", NOW) == []
    assert shelf.session(other, NOW) is not None


def test_another_process_sees_a_session_end(shelf: Accounts) -> None:
    """What a command ends is over for a server that has the file open."""
    token = shelf.begin(shelf.add("hélène", "reader", PASSWORD, NOW), NOW)
    command = Accounts(shelf.path, CHEAP)
    command.disable("hélène", NOW)
    command.close()
    assert shelf.session(token, NOW) is None
    assert shelf.known("hélène", PASSWORD) is None
    assert shelf.vouched("hélène") is None


def test_who_is_enabled_again_signs_in_again(shelf: Accounts) -> None:
    """Enabling gives back the account, not the sessions it had."""
    token = shelf.begin(shelf.add("hélène", "reader", PASSWORD, NOW), NOW)
    shelf.disable("hélène", NOW)
    assert not shelf.anybody()
    shelf.enable("hélène")
    assert shelf.known("hélène", PASSWORD) is not None
    assert shelf.session(token, NOW) is None


def test_an_account_without_password_is_only_vouched_for(shelf: Accounts) -> None:
    """No password, not even an empty one, opens an account that has none."""
    shelf.add("hélène", "archivist", None, NOW)
    assert shelf.known("hélène", "") is None
    assert shelf.known("hélène", "nobody's password") is None
    assert shelf.vouched("HÉLÈNE") is not None
    assert shelf.account("hélène").document()["password"] is False


def test_a_document_holds_no_hash(shelf: Accounts) -> None:
    """What commands print of an account is its name, role, state and number of sessions."""
    account = shelf.add("hélène", "reader", PASSWORD, NOW)
    shelf.begin(account, NOW)
    facts = {"name": "hélène", "role": "reader", "created": NOW.isoformat(), "disabled": None, "password": True}
    assert [each.document() for each in shelf.listed(NOW)] == [{**facts, "sessions": 1}]


def test_one_account_has_so_many_sessions(shelf: Accounts) -> None:
    """Signing in again and again ends the oldest sessions, not the newest; ended ones are forgotten."""
    account = shelf.add("hélène", "reader", PASSWORD, NOW)
    tokens = [shelf.begin(account, NOW + timedelta(seconds=n)) for n in range(SESSIONS_EACH + 2)]
    later = NOW + timedelta(minutes=1)
    assert [shelf.session(token, later) is not None for token in tokens] == [False] * 2 + [True] * SESSIONS_EACH
    assert shelf.sessions("hélène", later)[0].began == NOW + timedelta(seconds=SESSIONS_EACH + 1)


def test_a_password_is_hashed_anew_when_the_cost_rises(shelf: Accounts) -> None:
    """Who signs in after the cost was raised has a hash of the new cost, and the same password."""
    shelf.add("hélène", "reader", PASSWORD, NOW)
    dearer = Accounts(shelf.path, Passwords(time=2, memory=16, lanes=1))
    assert dearer.known("hélène", PASSWORD) is not None
    dearer.close()
    written = b"".join(file.read_bytes() for file in shelf.path.parent.iterdir())
    assert b"m=16,t=2,p=1" in written
    assert shelf.known("hélène", PASSWORD) is not None


def test_nobody_is_told_by_the_time_it_takes() -> None:
    """A name that nobody has costs a hash as well as one that somebody has."""
    passwords = Passwords(time=4, memory=4_096, lanes=1)
    kept = passwords.hashed(PASSWORD)
    passwords.matches(None, PASSWORD)
    times: dict[str | None, list[float]] = {kept: [], None: []}
    for _ in range(7):
        for hashed, taken in times.items():
            began = perf_counter()
            assert passwords.matches(hashed, "un autre secret") is False
            taken.append(perf_counter() - began)
    nobody, somebody = min(times[None]), min(times[kept])
    assert 0.5 < nobody / somebody < 2


def test_a_file_that_is_damaged_or_newer_says_so(tmp_path: Path) -> None:
    """A file that cannot be read is an error, never an empty list that would let everybody in."""
    damaged = Accounts(tmp_path / "damaged.sqlite", CHEAP)
    damaged.path.write_bytes(b"no database " * 1000)
    with pytest.raises(ArchiveError, match=r"damaged\.sqlite: the accounts cannot be used"):
        damaged.anybody()
    newer = Accounts(tmp_path / "newer.sqlite", CHEAP)
    newer.add("hélène", "reader", PASSWORD, NOW)
    with newer._file.writing() as connection:
        connection.exec_driver_sql("UPDATE accounts_format SET version = 99")
    newer.close()
    with pytest.raises(ArchiveTooNew, match="format 99"):
        newer.anybody()
