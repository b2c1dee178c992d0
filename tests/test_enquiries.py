"""Questions that journalists leave for the press office, and how they get there."""

from __future__ import annotations

import email
import email.policy
import hashlib
import hmac
import json
import socket
import stat
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.enquiries_command import enquiry_arguments, run
from assistant.web.press.courier import LATER, Courier
from assistant.web.press.ways import Hook, Letter, read, signature, written
from hostile import HOSTILE
from store.enquiries import Enquiries
from store.enquiry_rows import EnquiryState, Left
from store.records import ArchiveBusy, EnquiryNotFound, SettingsError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKED = Left(
    "Quand rouvre le stade ?",
    name="Ada Brunel",
    medium="La Gazette d'Ormelune",
    email="ada.brunel@gazette.example",
    deadline=NOW + timedelta(hours=6),
    releases=("2025-05-06-stade-1a2b",),
)


@pytest.fixture
def enquiries(tmp_path: Path) -> Iterator[Enquiries]:
    kept = Enquiries(tmp_path / "enquiries.sqlite")
    yield kept
    kept.close()


def test_a_question_left_is_kept_as_it_was_left(enquiries: Enquiries) -> None:
    """Every field comes back, with a number and the moment, and it is open."""
    left = enquiries.leave(ASKED, NOW)
    (found,) = enquiries.listed(EnquiryState.OPEN)
    assert found == left == enquiries.enquiry(left.id)
    assert (found.at, found.question, found.deadline, found.releases) == (
        NOW,
        ASKED.question,
        ASKED.deadline,
        ASKED.releases,
    )
    assert found.id.startswith("20260302-")


def test_nobody_else_on_the_machine_reads_them(enquiries: Enquiries) -> None:
    """The file is its owner's alone."""
    enquiries.leave(ASKED, NOW)
    assert stat.S_IMODE(enquiries.path.stat().st_mode) == 0o600


def test_nothing_is_made_before_somebody_asks(enquiries: Enquiries) -> None:
    """Reading makes no file."""
    assert (enquiries.listed(), enquiries.due(NOW), enquiries.next_due(), enquiries.forget(NOW)) == ([], [], None, 0)
    assert not enquiries.path.exists()


def test_what_became_of_it_is_said_by_somebody(enquiries: Enquiries) -> None:
    """A state has its author and its moment; the lists follow."""
    left = enquiries.leave(ASKED, NOW)
    told = enquiries.set_state(left.id, EnquiryState.ANSWERED, "camille", NOW + timedelta(hours=1))
    assert (told.state, told.changed_by, told.changed) == (EnquiryState.ANSWERED, "camille", NOW + timedelta(hours=1))
    assert enquiries.listed(EnquiryState.OPEN) == []
    with pytest.raises(EnquiryNotFound):
        enquiries.set_state("20260302-NONE2", EnquiryState.CLOSED, "camille", NOW)


def test_they_are_forgotten(enquiries: Enquiries) -> None:
    """What is old goes with what was to be delivered of it; one goes when its author asks."""
    old = enquiries.leave(ASKED, NOW - timedelta(days=31), by=("letter",))
    new, other = enquiries.leave(ASKED, NOW), enquiries.leave(ASKED, NOW)
    assert enquiries.forget(NOW - timedelta(days=30)) == 1
    assert enquiries.due(NOW) == []
    enquiries.forget_one(other.id)
    assert [one.id for one in enquiries.listed()] == [new.id]
    with pytest.raises(EnquiryNotFound):
        enquiries.enquiry(old.id)


def test_a_flood_ends(tmp_path: Path) -> None:
    """Only so many are kept; more are refused, and say so."""
    kept = Enquiries(tmp_path / "few.sqlite", most=2)
    for _ in range(2):
        kept.leave(ASKED, NOW)
    with pytest.raises(ArchiveBusy):
        kept.leave(ASKED, NOW)
    kept.close()


def test_what_waits_to_be_delivered_survives_a_restart(tmp_path: Path) -> None:
    """A failed delivery is due again later, by another process too; what arrived is due no more."""
    first = Enquiries(tmp_path / "enquiries.sqlite")
    left = first.leave(ASKED, NOW, by=("letter", "hook"))
    letter, hook = sorted(first.due(NOW), key=lambda parcel: parcel.by, reverse=True)
    first.undelivered(letter, "no route", NOW + timedelta(minutes=1))
    first.delivered(hook, NOW)
    first.close()

    again = Enquiries(tmp_path / "enquiries.sqlite")
    assert again.due(NOW) == []
    assert again.next_due() == NOW + timedelta(minutes=1)
    (parcel,) = again.due(NOW + timedelta(minutes=1))
    assert (parcel.enquiry.id, parcel.by, parcel.attempts) == (left.id, "letter", 1)
    assert (parcel.enquiry.delivered, parcel.enquiry.trouble) == (NOW, "no route")
    again.undelivered(parcel, "given up", None)
    assert again.next_due() is None
    again.close()


def test_hostile_words_are_only_words(enquiries: Enquiries) -> None:
    """Whatever is written is kept as text, or as what of it is text."""
    left = [enquiries.leave(Left(text, name=text, medium=text), NOW).id for _, text in HOSTILE]
    kept = {one.id: one for one in enquiries.listed()}
    for enquiry_id, (name, text) in zip(left, HOSTILE, strict=True):
        assert kept[enquiry_id].question == text or name in ("control_characters", "not_characters")


@dataclass
class Postbox:
    """A mail server's inside: what it took, and what it answers to the data, if it refuses."""

    taken: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    answer: str = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, letter))
        return self.answer


@pytest.fixture
def post() -> Iterator[tuple[Postbox, Letter]]:
    """A real mail server on this machine, and the way to it."""
    controller = pytest.importorskip("aiosmtpd.controller")
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = controller.Controller(box, hostname="127.0.0.1", port=port)
    running.start()
    yield box, Letter("127.0.0.1", port, "robot@ormelune.example", "presse@ormelune.example")
    running.stop()


def test_a_letter_goes_to_the_press_office_alone(enquiries: Enquiries, post: tuple[Postbox, Letter]) -> None:
    """From and to whom the settings say; the journalist is whom one replies to, and nothing else."""
    box, letter = post
    left = enquiries.leave(ASKED, NOW, by=("smtp",))
    assert Courier(enquiries, lambda: NOW, [letter]).round(NOW) == 1
    ((sender, recipients, told),) = box.taken
    assert (sender, recipients) == ("robot@ormelune.example", ["presse@ormelune.example"])
    assert (told["To"], told["Reply-To"]) == ("presse@ormelune.example", ASKED.email)
    assert left.id in told["Subject"]
    assert told["Auto-Submitted"] == "auto-generated"
    assert ASKED.question in told.get_content()
    assert "02/03/2026, 16 h 00 (heure de Paris)" in told.get_content()
    assert enquiries.enquiry(left.id).delivered == NOW
    assert Courier(enquiries, lambda: NOW, [letter]).round(NOW) == 0


def test_nothing_written_becomes_a_header_or_a_recipient(enquiries: Enquiries, post: tuple[Postbox, Letter]) -> None:
    """Line ends, commas and addresses in every field: one letter each, to the one address."""
    box, letter = post
    evil = "x@y.example>\r\nBcc: victim@hostile.example\r\n\r\nbody, z@hostile.example"
    for text in (evil, *(text for _, text in HOSTILE)):
        enquiries.leave(Left(text, name=text[:200], medium=text[:200], email=text[:200], phone=text[:40]), NOW)
    letters = [written(one, letter.sender, letter.recipient) for one in enquiries.listed()]
    enquiries.leave(Left(evil, name=evil, medium=evil, email=evil), NOW, by=("smtp",))
    assert Courier(enquiries, lambda: NOW, [letter]).round(NOW) == 1
    ((_, recipients, arrived),) = box.taken
    assert recipients == [letter.recipient]
    for each in (arrived, *letters):
        told = email.message_from_bytes(each.as_bytes(), policy=email.policy.default)
        assert (told["To"], told["Bcc"], told["Cc"], told["Reply-To"]) == (letter.recipient, None, None, None)


def test_a_dead_server_is_tried_again_later(tmp_path: Path, post: tuple[Postbox, Letter]) -> None:
    """Later and later, across a restart, and the same letter; refused for good, it stays on the shelf."""
    box, letter = post
    box.answer = "451 later"
    kept = Enquiries(tmp_path / "enquiries.sqlite")
    kept.leave(ASKED, NOW, by=("smtp",))
    assert Courier(kept, lambda: NOW, [letter]).round(NOW) == 0
    assert kept.next_due() == NOW + LATER[0]
    kept.close()
    again = Enquiries(tmp_path / "enquiries.sqlite")
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = replace(letter, port=free.getsockname()[1])
    assert Courier(again, lambda: NOW, [nobody]).round(NOW + LATER[0]) == 0
    assert again.next_due() == NOW + LATER[0] + LATER[1]
    box.answer = "250 OK"
    assert Courier(again, lambda: NOW, [letter]).round(NOW + LATER[0] + LATER[1]) == 1
    box.answer = "554 no"
    refused = again.leave(ASKED, NOW, by=("smtp",))
    assert Courier(again, lambda: NOW, [letter]).round(NOW + LATER[4]) == 0
    assert again.next_due() is None
    assert "554" in again.enquiry(refused.id).trouble
    again.close()


@contextmanager
def hooked(status: int) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A program of the press office that answers so; its address, and what it was told."""
    told: list[tuple[dict[str, str], bytes]] = []

    class Hooked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hooked) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/presse", told
        server.shutdown()
        thread.join()


def test_a_webhook_is_told_under_seal(enquiries: Enquiries) -> None:
    """The body is the enquiry as JSON; its seal is the HMAC of moment and body, which the other side makes too."""
    with hooked(204) as (url, told):
        left = enquiries.leave(ASKED, NOW, by=("webhook",))
        assert Courier(enquiries, lambda: NOW, [Hook(url, "un secret de seize")]).round(NOW) == 1
    ((headers, body),) = told
    assert json.loads(body)["id"] == left.id == headers["idempotency-key"]
    seconds, sealed = (part.partition("=")[2] for part in headers["x-porte-parole-signature"].split(","))
    mine = hmac.new(b"un secret de seize", f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert sealed == mine
    assert signature("un secret de seize", body, int(seconds)).endswith(mine)


@pytest.mark.parametrize(("status", "again"), [(302, True), (410, False)])
def test_a_webhook_that_does_not_take_it(enquiries: Enquiries, status: int, again: bool) -> None:
    """No redirection is followed; what is gone for good is not tried for ever."""
    with hooked(status) as (url, told):
        enquiries.leave(ASKED, NOW, by=("webhook",))
        assert Courier(enquiries, lambda: NOW, [Hook(url, "un secret de seize")]).round(NOW) == 0
    assert len(told) == 1
    assert (enquiries.next_due() is not None) is again


def test_the_courier_forgets_what_is_old(enquiries: Enquiries) -> None:
    """After the days that are set nothing is left, nor is a way that is not set any more waited for."""
    enquiries.leave(ASKED, NOW - timedelta(days=31))
    enquiries.leave(ASKED, NOW, by=("gone",))
    assert Courier(enquiries, lambda: NOW, [], days=30).round(NOW) == 0
    assert len(enquiries.listed()) == 1
    assert enquiries.next_due() is None


@pytest.mark.parametrize(
    "settings",
    [
        {"SMTP": "http://mail.example"}, {"SMTP": "smtp://a:b@mail.example"}, {"SMTP": "smtp://a@mail.example"},
        {"SMTP": "smtp://mail.example", "SMTP_FROM": "a@b.example", "SMTP_TO": "a@b.example, c@d.example"},
        {"SMTP": "smtp://mail.example", "SMTP_FROM": "a@b.example\nBcc: c@d.example", "SMTP_TO": "a@b.example"},
        {"ENQUIRY_WEBHOOK": "http://hook.example/", "ENQUIRY_SECRET": "x" * 16},
        {"ENQUIRY_WEBHOOK": "https://hook.example/", "ENQUIRY_SECRET": "short"}, {"ENQUIRY_WEBHOOK": "file:///etc"},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_named(settings: dict[str, str]) -> None:
    """A password in an address, two recipients, a webhook in the clear: said at the start, without the secret."""
    with pytest.raises(SettingsError) as refused:
        read({f"PORTE_PAROLE_{name}": value for name, value in settings.items()})
    assert not any(value in str(refused.value) for value in settings.values())


def test_settings_give_the_ways() -> None:
    """None are set by default; no secret is in what is printed of them."""
    assert read({}) == ()
    given = {
        "SMTP": "smtps://robot@mail.example",
        "SMTP_PASSWORD": "geheim",
        "SMTP_FROM": "a@b.example",
        "SMTP_TO": "c@d.example",
        "ENQUIRY_WEBHOOK": "https://hook.example/geheim",
        "ENQUIRY_SECRET": "geheimgeheimgeheim",
    }
    ways = read({f"PORTE_PAROLE_{name}": value for name, value in given.items()})
    assert [way.name for way in ways] == ["smtp", "webhook"]
    assert "geheim" not in repr(ways)


def test_the_command_lists_settles_and_forgets(enquiries: Enquiries, capsys: pytest.CaptureFixture[str]) -> None:
    """What staff do without a page: with JSON that is one document, and lines in which nothing hides."""
    shared, parser = ArgumentParser(add_help=False), ArgumentParser()
    shared.add_argument("--json", action="store_true", default=False)
    enquiry_arguments(parser, shared)
    left = enquiries.leave(replace(ASKED, name="Ada\x1b[2J"), NOW)

    def told(*arguments: str) -> str:
        options = parser.parse_args(arguments)
        options.json = getattr(options, "json", False)
        assert run(enquiries, options, NOW) == 0
        return capsys.readouterr().out

    assert "\x1b" not in told()
    assert left.id in told("--state", "open")
    assert json.loads(told("close", left.id, "--by", "Zoé", "--json"))["changed_by"] == "Zoé"
    assert "no enquiry" in told("--state", "open")
    assert "forgotten" in told("forget", left.id)
    assert enquiries.listed() == []
    assert "0 forgotten" in told("forget", "--before", "30d")
