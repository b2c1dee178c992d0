"""Drafts that answer mails: in a maildir and on a mail server, from an archive."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from filelock import FileLock
from post_office import post_office

from app import Program, main
from assistant.answer import Citation
from assistant.desk import Desk
from assistant.faq import Faq
from assistant.mailroom.box import MailboxError
from assistant.mailroom.command import permanent
from assistant.mailroom.imap import ImapAddress, ImapBox
from assistant.mailroom.letter import read
from assistant.mailroom.maildir import Maildir
from assistant.mailroom.round import A_DAY, Mailroom, Outcome, Seen
from conftest import NOW, archive_in, release
from hostile import HOSTILE, Elements
from ingest.passages import cut
from ingest.readers.mail import words_of
from store.entries import Draft
from store.letters import BEGUN, Letters
from store.records import SettingsError, Span

STADIUM = (
    "Le conseil a voté la rénovation du stade Albert-Fauvel. Le coût des travaux s'élève à 48,6 millions d'euros. "
    "La réouverture du stade est prévue le 6 septembre 2026."
)
COST = "Combien coûte la rénovation du stade Albert-Fauvel ?"
CURATED = "Qui peut louer la buvette du parc Mirabelle le dimanche ?"
POOL = "Le prix d'entrée de la piscine Zéphyrine sera de 4,20 euros. Le bassin zéphyrinien ouvrira en juin."


@dataclass
class Clock:
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture(scope="module")
def faq(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faq]:
    """Who answers journalists, over an archive with one curated answer."""
    hostile = " ".join(text for _, text in HOSTILE[:10])
    with archive_in(tmp_path_factory.mktemp("mail") / "archive", program) as archive:
        ids = []
        for text, facts in (
            (STADIUM, {"title": "Le stade", "url": "https://presse.example/stade"}),
            (POOL, {"title": "Piscine", "embargo": NOW + timedelta(days=8)}),
            (f"La navette fluviale coûte 3 euros {HOSTILE[0][1]}.", {"title": f"Navette {hostile}"}),
        ):
            made = release(text, **facts)
            ids.append(archive.add(made, cut(made, program.tokens.count)).release_id)
        archive.flush()
        entry = archive.curated.add(
            Draft(CURATED, "Aux associations.\n\nElles le partagent.", releases=(ids[0],)), "Ada", NOW
        )
        archive.curated.approve(entry.id, "Ada", NOW)
        yield Faq(Desk(archive, lambda: NOW), archive, lambda: NOW, lambda: program.embedder)


@dataclass
class Post:
    """A mailroom over a maildir: mails put into it, and drafts read from it."""

    folder: Path
    room: Mailroom
    clock: Clock

    def arrives(self, text: str, subject: str = "Question", sender: str = "claire@echo.example", *more: str) -> None:
        number = len(list((self.folder / "new").iterdir())) + 1
        head = [f"From: Claire <{sender}>", f"Subject: {subject}", f"Message-ID: <{number}@x.example>", *more]
        (self.folder / "new" / f"{number}.x").write_bytes(("\n".join(head) + f"\n\n{text}\n").encode())

    def round(self) -> list[Seen]:
        return list(self.room.round())

    def drafts(self) -> list[EmailMessage]:
        found = sorted((self.folder / ".Drafts" / "cur").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [_mail(path.read_bytes()) for path in found]


def _mail(data: bytes) -> EmailMessage:
    made = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(made, EmailMessage)
    return made


def _plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\u00a0", " ")


@pytest.fixture
def post(faq: Faq, tmp_path: Path) -> Iterator[Post]:
    folder, clock = tmp_path / "box", Clock()
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True)
    letters = Letters(tmp_path / "letters.sqlite")
    yield Post(
        folder, Mailroom(Maildir(folder), letters, faq.answer, words_of, clock, ("presse@house.example",)), clock
    )
    letters.close()


def test_a_mail_is_answered_with_a_draft(post: Post) -> None:
    """The draft replies in the thread, cites its sources, says that it is one, and quotes what was asked."""
    post.arrives(f"Bonjour,\n\n{COST}\n\nMerci,\nClaire", "RE: Stade")
    assert [one.outcome for one in post.round()] == [Outcome.DRAFTED]
    (draft,) = post.drafts()
    assert (draft["To"], draft["From"]) == ("Claire <claire@echo.example>", "presse@house.example")
    assert (draft["Subject"], draft["In-Reply-To"], draft["References"]) == (
        "Re: Stade",
        "<1@x.example>",
        "<1@x.example>",
    )
    text = _plain(draft)
    assert text.startswith("[Brouillon préparé par Porte-parole")
    assert "48,6 millions d'euros [" in text
    assert "Disponible sur : https://presse.example/stade" in text
    assert f"> {COST}" in text
    assert [path.name for path in (post.folder / "new").iterdir()] == ["1.x"]


def test_each_question_of_a_mail_is_answered(post: Post) -> None:
    """A question may go on from the one before; where there is no answer, the draft says so."""
    post.arrives(f"{COST} Et quand rouvre-t-il ? Qui a gagné la régate de Plouzévédé ?")
    (seen,) = post.round()
    assert [one.answer.abstention is None for one in seen.answered] == [True, True, False]
    text = _plain(post.drafts()[0])
    assert "48,6 millions" in text
    assert "6 septembre 2026" in text
    assert "— Qui a gagné la régate de Plouzévédé ?" in text


def test_what_the_press_office_approved_answers_first(post: Post) -> None:
    """A curated answer stands in the draft word for word, in its paragraphs, with its source."""
    post.arrives(f"Bonjour,\n\n{CURATED}")
    post.round()
    text = _plain(post.drafts()[0])
    assert "\n\nAux associations.\n\nElles le partagent. [1]\n\n" in text
    assert "Le stade [communiqué de presse]" in text


def test_nothing_is_drafted_twice(post: Post, tmp_path: Path) -> None:
    """Neither in the next round, nor after a restart, nor for a copy of the same mail."""
    post.arrives("Combien coûte le stade Albert-Fauvel ?")
    post.round()
    post.room.letters.close()
    assert post.round() == []
    (post.folder / "cur" / "copy:2,S").write_bytes((post.folder / "new" / "1.x").read_bytes())
    assert [one.why for one in post.round()] == ["a copy of it has its draft"]
    assert len(post.drafts()) == 1


def test_what_was_cut_short_is_finished_and_not_done_again(post: Post) -> None:
    """Cut short before its draft was laid down, a mail is answered; cut short after, its draft is found."""
    post.arrives("Combien coûte le stade Albert-Fauvel ?")
    (arrived,) = post.room.box.letters(post.clock() - timedelta(days=1))
    letter = read(arrived.read(), words_of)
    for _ in range(2):
        post.room.letters.note(arrived.place, letter.id, letter.sender, BEGUN, post.clock())
        assert [one.outcome for one in post.round()] == [Outcome.DRAFTED]
        assert len(post.drafts()) == 1


def test_what_is_under_embargo_is_in_no_draft(post: Post) -> None:
    """A journalist is answered from what is published: the embargoed release and one that never was read the same."""
    post.arrives("Quel est le prix d'entrée de la piscine Zéphyrine ?")
    post.round()
    assert "4,20" not in _plain(post.drafts()[0]).partition("a écrit")[0]
    assert "Piscine" not in _plain(post.drafts()[0]).partition("a écrit")[0]


def test_who_writes_much_waits(post: Post) -> None:
    """Beyond so many drafts a day for one sender the next waits for another day, and is not lost."""
    for number in range(A_DAY + 1):
        post.arrives(f"Combien coûte le stade ? {number}")
    assert [one.outcome for one in post.round()].count(Outcome.WAITS) == 1
    post.clock.moment += timedelta(hours=25)
    assert [one.outcome for one in post.round()] == [Outcome.DRAFTED]


@pytest.mark.parametrize(
    ("sender", "more", "why"),
    [
        ("presse@house.example", "X: y", "own"),
        ("a@x.example", "List-Id: <x>", "list"),
        ("a@x.example", "Auto-Submitted: auto-generated", "machine"),
    ],
)
def test_who_waits_for_no_answer_gets_none(post: Post, sender: str, more: str, why: str) -> None:
    """Our own mails, lists and machines are passed over, once."""
    post.arrives("Combien coûte le stade ?", "x", sender, more)
    assert [(one.outcome, why in one.why) for one in post.round()] == [(Outcome.PASSED, True)]
    assert post.round() == []


def test_no_mail_stops_the_others(post: Post) -> None:
    """Damaged, empty, huge and hostile mails are seen to one by one, and nothing of them runs or adds a header."""
    for name, data in (
        ("a", b""),
        ("b", b"\xff\xfe" * 1000),
        ("c", b"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 5000),
        ("d", b"From: d@x.example\nMessage-ID: <d@x>\n\nCombien ?\n" + b"x" * 3_000_000),
        ("e", b"From: a@x.example\nContent-Type: application/pkcs7-mime\n\nx"),
    ):
        (post.folder / "new" / name).write_bytes(data)
    for number, (_, text) in enumerate(HOSTILE[:6]):
        subject = " ".join(text.encode("utf-8", "replace").decode().split())
        post.arrives(f"Combien coûte la navette fluviale {text} ?", subject, f"n{number}@x.example")
    seen = post.round()
    assert len(seen) == 11
    drafts = post.drafts()
    assert len(drafts) >= 6
    for draft in drafts:
        html = draft.get_body(("html",))
        assert html is not None
        assert not Elements(html.get_content()).dangerous
        assert "Bcc" not in draft
        assert draft.defects == []


def test_old_mails_and_answered_ones_rest(post: Post) -> None:
    """Mails of long ago are left alone, as are those that somebody replied to."""
    for part, name in (("new", "old"), ("cur", "replied:2,RS")):
        (post.folder / part / name).write_bytes(b"From: a@x.example\n\nCombien ?\n")
    post.clock.moment += timedelta(days=15)
    assert post.round() == []
    (post.folder / "new" / "old").unlink()
    post.clock.moment -= timedelta(days=15)
    assert post.round() == []


def test_a_mail_server_is_read_without_a_trace(faq: Faq, tmp_path: Path) -> None:
    """The mailbox is opened to be read only; the draft goes where the server keeps drafts, marked so."""
    mail = b"From: a@x.example\r\nMessage-ID: <1@x>\r\n\r\nCombien co\xc3\xbbte le stade Albert-Fauvel ?\r\n"
    letters = Letters(tmp_path / "letters.sqlite")
    with post_office({7: mail, 9: b"From: b@x.example\r\nList-Id: x\r\n\r\nOui ?\r\n"}) as office:
        address = ImapAddress.read(f"imap://presse%40h.example@127.0.0.1:{office.port}/INBOX")
        for expected in ([Outcome.DRAFTED, Outcome.PASSED], []):
            with ImapBox(address, "secret").opened() as box:
                room = Mailroom(box, letters, faq.answer, words_of, Clock())
                assert [one.outcome for one in room.round()] == expected
        ((flags, draft),) = office.drafts
        assert flags == "\\Draft"
        assert "48,6 millions" in _plain(_mail(draft))
        assert any(said.startswith('APPEND "Mes brouillons"') for said in office.heard)
        assert not [said for said in office.heard if said.startswith(("SELECT", "STORE", "UID STORE", "EXPUNGE"))]
        letters.note("presse@h.example@127.0.0.1/INBOX;77;7", "<1@x>", "a@x.example", BEGUN, Clock()())
        with ImapBox(address, "secret").opened() as box:
            assert box.holds(str(_mail(draft)["Message-ID"]))
            assert not box.holds("<other@porte-parole.invalid>")
    letters.close()


def test_a_mail_server_that_refuses_is_named_without_the_password(tmp_path: Path) -> None:
    """A wrong password and a server that is not there end in an error that says where, never with the password."""
    with post_office({}) as office:
        address = ImapAddress.read(f"imap://presse@127.0.0.1:{office.port}/INBOX")
        with (
            pytest.raises(MailboxError, match=r"presse at 127\.0\.0\.1") as refused,
            ImapBox(address, "wrong!").opened(),
        ):
            pass
    assert "wrong!" not in str(refused.value) + repr(ImapBox(address, "wrong!"))
    with pytest.raises(MailboxError, match="cannot be reached"), ImapBox(address, "x").opened():
        pass


@pytest.mark.parametrize(
    "url",
    [
        "imap://u@mail.example/INBOX",
        "imaps://mail.example",
        "https://u@x",
        "imaps://u:p@x/INBOX",
        "imaps://u@x:port",
        "",
    ],
)
def test_a_mailbox_is_asked_over_tls(url: str) -> None:
    """An address without TLS, a user, or with a password in it is refused."""
    with pytest.raises(SettingsError):
        ImapAddress.read(url)


def test_the_command_tells_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON document on stdout; another round under way, a folder that is no maildir, and no mailbox are errors."""
    monkeypatch.delenv("PORTE_PAROLE_MAIL_IMAP", raising=False)
    archive = ["--archive", str(tmp_path / "archive"), "--json", "mail"]
    for part in ("cur", "new"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1").write_bytes(b"From: a@x.example\nList-Id: x\nSubject: S\n\nOui ?\n")
    assert main([*archive, "--maildir", str(tmp_path / "box")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["outcome"], one["why"]) for one in told["letters"]] == [("passed", "it came by a list")]
    with FileLock(tmp_path / "archive" / "letters.lock"):
        assert main([*archive, "--maildir", str(tmp_path / "box")]) == 1
    assert "Another" in capsys.readouterr().err
    assert main([*archive, "--maildir", str(tmp_path)]) == 1
    assert main(archive) == 1
    assert "PORTE_PAROLE_MAIL_IMAP" in capsys.readouterr().err


def test_sources_lead_where_no_account_is_asked_for() -> None:
    """Below a reply a journalist finds links to the journalists' page, which anybody may open."""
    link = permanent("https://ormelune.example")
    assert link is not None
    cited = Citation(1, "2025-05-06-stade-3f2a", None, 2, "Le stade", None, None, None, None, Span(4, 9), "stade")
    assert link(cited) == ("https://ormelune.example/faq/releases/2025-05-06-stade-3f2a?version=2&start=4&end=9#quoted")
    assert permanent("") is None
