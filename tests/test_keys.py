"""What the shelf of keys promises."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hostile import HOSTILE
from store.key_checks import LONGEST_NAME, MOST, MOST_ORIGINS, checked_origin
from store.keys import Keys
from store.records import ArchiveError, ArchiveTooNew, KeyNotFound, KeyRefused

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ORIGIN = "https://presse.example"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Keys]:
    made = Keys(tmp_path / "keys.sqlite")
    yield made
    made.close()


def test_there_is_no_key_before_one_is_added(shelf: Keys) -> None:
    """No key comes with the program; asking makes no file."""
    assert not shelf.anybody()
    assert shelf.listed(NOW) == []
    for token in ("", "pp_", "admin", "None", "pp_" + "a" * 43):
        assert shelf.held(token, NOW) is None
    assert not shelf.path.exists()


def test_a_key_is_what_it_was_added_as(shelf: Keys) -> None:
    """Its token finds it, with scope, rate and expiry; no other token does."""
    key, token = shelf.add("Site de la ville", "staff", NOW, "60 per Minute", NOW + timedelta(days=90))
    assert (key.name, key.scope, key.rate, key.kind, key.origins) == (
        "Site de la ville",
        "staff",
        "60/minute",
        "key",
        (),
    )
    assert shelf.held(token, NOW) == key
    assert shelf.anybody()
    for near in (token[:-1], token + "A", token.upper(), token.lower(), " " + token, token + "\n", token + "\x00"):
        assert shelf.held(near, NOW) is None


def test_the_file_opens_no_door(shelf: Keys) -> None:
    """It is for its owner only, as is what SQLite writes beside it, and no token stands in it."""
    _, token = shelf.add("un", "archivist", NOW)
    files = list(shelf.path.parent.iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(token.encode() not in file.read_bytes() for file in files)


def test_tokens_are_long_and_never_the_same(shelf: Keys) -> None:
    """256 random bits each; what they are for shows at their beginning."""
    tokens = {shelf.add(f"n{each}", "public", NOW)[1] for each in range(20)}
    assert len(tokens) == 20
    assert all(token.startswith("pp_") and len(token) == 3 + 43 for token in tokens)
    assert shelf.add("w", "public", NOW, kind="widget", origins=(ORIGIN,))[1].startswith("pp_widget_")


def test_a_key_ends_when_it_expires(shelf: Keys) -> None:
    """To its last moment it holds, from then on not; the list says so."""
    key, token = shelf.add("un", "public", NOW, expires=NOW + timedelta(hours=1))
    assert shelf.held(token, NOW + timedelta(minutes=59)) == key
    assert shelf.held(token, NOW + timedelta(hours=1)) is None
    assert [key.state(NOW), key.state(NOW + timedelta(hours=1))] == ["in force", "expired"]
    with pytest.raises(KeyRefused, match="expired already"):
        shelf.add("deux", "public", NOW, expires=NOW)


def test_a_revoked_key_is_revoked_for_every_process_at_once(shelf: Keys) -> None:
    """Whoever has the file open elsewhere finds it revoked at the next look, and it never comes back."""
    elsewhere = Keys(shelf.path)
    key, token = shelf.add("un", "staff", NOW)
    assert elsewhere.held(token, NOW) == key
    assert shelf.revoke(key.id, NOW).revoked == NOW
    assert elsewhere.held(token, NOW) is None
    assert elsewhere.revoke(key.id, NOW + timedelta(days=1)).revoked == NOW
    assert not elsewhere.anybody()
    with pytest.raises(KeyNotFound):
        elsewhere.revoke("nobody", NOW)
    elsewhere.close()


def test_a_name_is_one_key_s_while_it_holds(shelf: Keys) -> None:
    """Two keys that could both be used are never confused in the trail; a revoked one's name is free."""
    key, _ = shelf.add("un", "public", NOW)
    with pytest.raises(KeyRefused, match="there already"):
        shelf.add("un", "staff", NOW)
    shelf.revoke(key.id, NOW)
    again, _ = shelf.add("un", "staff", NOW)
    assert [each.id for each in shelf.listed(NOW)] == [again.id, key.id]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": ""}, "1 to"),
        ({"name": " a"}, "no blank"),
        ({"name": "a" * (LONGEST_NAME + 1)}, "1 to"),
        ({"name": "a\nb"}, "line breaks"),
        ({"name": "a\u202eb"}, "cannot be seen"),
        ({"scope": "admin"}, "no scope"),
        ({"scope": ""}, "no scope"),
        ({"rate": "60"}, "no rate"),
        ({"rate": "0/minute"}, "no rate"),
        ({"rate": "-1/minute"}, "no rate"),
        ({"rate": f"{MOST + 1}/day"}, "no rate"),
        ({"rate": "٦٠/minute"}, "no rate"),
        ({"rate": "60/minute; 1/day"}, "no rate"),
        ({"kind": "widget"}, "at least one origin"),
        ({"kind": "widget", "scope": "staff", "origins": (ORIGIN,)}, "its scope is public"),
        ({"kind": "widget", "origins": [f"https://h{n}.example" for n in range(MOST_ORIGINS + 1)]}, "At most"),
        ({"kind": "master"}, "no kind"),
        ({"origins": (ORIGIN,)}, "Only a widget"),
    ],
)
def test_what_cannot_be_a_key_is_refused(shelf: Keys, wrong: dict[str, Any], why: str) -> None:
    """A name, scope, rate, kind or origins that make no sense add nothing."""
    given: dict[str, Any] = {"name": "un", "scope": "public", "now": NOW, **wrong}
    with pytest.raises(KeyRefused, match=why):
        shelf.add(**given)
    assert shelf.listed(NOW) == []


def test_hostile_names_and_tokens_are_only_words(shelf: Keys) -> None:
    """They are refused, or kept as they are; the shelf stands."""
    for _, text in HOSTILE:
        assert shelf.held(text, NOW) is None
        try:
            key, token = shelf.add(text, "public", NOW)
        except KeyRefused:
            continue
        assert shelf.held(token, NOW) == key


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://presse.example", "https://presse.example"),
        ("HTTPS://Presse.Example:443/", "https://presse.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://métropole.example", "https://xn--mtropole-b1a.example"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(given: str, kept: str) -> None:
    """Small letters, no usual port, no path: what a browser sends can be compared with it."""
    assert checked_origin(given) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "*", "null", "", "presse.example", "https://", "https://*.presse.example", "https://presse.example/salle",
        "https://presse.example?", "https://presse.example#", "https://a:b@presse.example", "ftp://presse.example",
        "javascript:alert(1)", "https://presse.example evil.example", "https://presse.example;evil", "https://a'b",
        "https://presse.example:99999", "https://" + "a" * 300, "https://a\\b", "https://presse.example\x00",
    ],
)  # fmt: skip
def test_what_is_no_origin_is_refused(wrong: str) -> None:
    """Nothing that could stand for other sites, or for more than an origin in a header."""
    with pytest.raises(KeyRefused):
        checked_origin(wrong)


def test_many_threads_share_the_shelf(shelf: Keys) -> None:
    """Keys added and revoked at once, while others are looked up, each end as they should."""
    failed: list[Exception] = []

    def one(number: int) -> None:
        try:
            key, token = shelf.add(f"n{number}", "public", NOW)
            assert shelf.held(token, NOW) == key
            shelf.revoke(key.id, NOW)
            assert shelf.held(token, NOW) is None
        except Exception as error:  # a thread's own would be lost
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [key.state(NOW) for key in shelf.listed(NOW)] == ["revoked"] * 12


def test_a_broken_or_newer_file_is_said_to_be(tmp_path: Path) -> None:
    """A file that is no shelf opens nothing: an error, never everybody."""
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveError, match="keys cannot be used"):
        Keys(broken).held("pp_x", NOW)
    newer = Keys(tmp_path / "newer.sqlite")
    newer.add("un", "public", NOW)
    with newer._file.writing() as connection:
        connection.exec_driver_sql("UPDATE keys_format SET version = 99")
    newer.close()
    with pytest.raises(ArchiveTooNew):
        Keys(newer.path).held("pp_x", NOW)
