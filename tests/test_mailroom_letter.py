"""A mail as far as it must be understood to be answered."""

from __future__ import annotations

import pytest

from assistant.mailroom.letter import Letter, read
from ingest.readers.mail import words_of


def letter(*head: str, text: str = "Combien ?") -> Letter:
    return read(("\n".join(head) + f"\n\n{text}\n").encode("utf-8", "surrogateescape"), words_of)


def test_who_asks_about_what() -> None:
    """Name, address, subject and thread are read out of their encodings."""
    found = letter(
        "From: =?utf-8?q?Claire_Dum=C3=A9zil?= <claire@echo.example>",
        "Subject: Re: RE : =?iso-8859-1?q?R=E9novation?=",
        " du stade",
        "Message-ID: <a1@echo.example>",
        "References: <z@x> junk <y@x>",
        "Date: Mon, 23 Feb 2026 10:00:00 +0100",
    )
    assert (found.name, found.sender) == ("Claire Dumézil", "claire@echo.example")
    assert (found.subject, found.id, found.references) == (
        "Rénovation du stade",
        "<a1@echo.example>",
        ("<z@x>", "<y@x>"),
    )
    assert found.sent is not None
    assert found.sent.hour == 9


def test_a_reply_goes_where_it_is_asked_to() -> None:
    """Reply-To stands before From; an address that is none leads nowhere."""
    assert letter("From: a@x.example", "Reply-To: b@x.example").sender == "b@x.example"
    assert letter("From: a@x.example", "Reply-To: <script>").sender == "a@x.example"
    assert letter("From: nobody").sender == ""


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Auto-Submitted: auto-replied", "automatic"),
        ("Auto-Submitted: no", ""),
        ("Precedence: bulk", "automatic"),
        ("Precedence: list", "list"),
        ("List-Unsubscribe: <mailto:x@y>", "list"),
        ("Return-Path: <>", "bounce"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "bounce"),
        ("X-Porte-Parole-Draft: 1", "own"),
        ("X-Priority: 1", ""),
    ],
)
def test_machines_wait_for_no_answer(head: str, why: str) -> None:
    """Lists, absences, bounces and our own drafts are known by their headers."""
    assert letter("From: a@x.example", head).automatic == why


@pytest.mark.parametrize(
    "user", ["MAILER-DAEMON", "no-reply", "noreply+7", "news-noreply", "ne-pas-repondre", "bounces+a=b"]
)
def test_machines_are_known_by_their_addresses(user: str) -> None:
    """Nobody reads what is sent to a machine."""
    assert letter(f"From: {user}@x.example").automatic == "automatic"
    assert letter("From: norbert@x.example").automatic == ""


def test_headers_inject_nothing() -> None:
    """Line ends within encoded words, bytes of no charset and endless headers end on one line, and short."""
    found = letter(
        "From: =?utf-8?q?A=0D=0ABcc:_evil@x.example?= <a@x.example>",
        "Subject: =?utf-8?q?B=0D=0ABcc:_evil@x.example?= =?none-8?q?=FF?= \udcff" + "x" * 100_000,
        "Message-ID: <a b@x>",
        "Date: yesterday",
    )
    assert not {"\r", "\n"} & set(found.name + found.subject + found.id)
    assert len(found.subject) <= 300
    assert (found.threaded, found.sent) == (False, None)


def test_only_what_the_sender_wrote_counts() -> None:
    """What they answer and their signature are left out; below an empty note the mail passed on is read."""
    thread = "Et quand ?\n\n-- \nClaire\n"
    outlook = (
        "\nDe : Presse <p@h.example>\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Claire\nObjet : Stade\n\nLe stade rouvre."
    )
    assert letter("From: a@x.example", text=thread).text == "Et quand ?"
    assert letter("From: a@x.example", text="Et quand ?\n" + outlook).text == "Et quand ?"
    assert letter("From: a@x.example", text=outlook).text == "Le stade rouvre."
